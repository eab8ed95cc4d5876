//! Files that were broken on the way: whatever happens to the bytes, nothing panics or hangs, and both passes agree.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::samples::sample_files;
use super::*;

static FILES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(files);

/// Files of our own, with most of what a statement can have, and the samples.
fn files() -> Vec<Vec<u8>> {
    let balances = "<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">1.00</Amt>\
        <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-05</Dt></Dt></Bal>\n";
    let batch = "<NtryDtls>\n<TxDtls><Amt Ccy=\"EUR\">10.00</Amt><Refs><AcctSvcrRef>R</AcctSvcrRef></Refs></TxDtls>\n\
        <TxDtls><Amt Ccy=\"EUR\">2.50</Amt><RltdPties><Cdtr><Pty><Nm>M&#252;ller &amp; Co</Nm></Pty></Cdtr></RltdPties>\
        </TxDtls>\n</NtryDtls><AddtlNtryInf><![CDATA[x < y]]></AddtlNtryInf>";
    let entries = format!("{balances}<Ntry>{DEBIT}{batch}</Ntry>\n<!-- é -->\n<Ntry>{DEBIT}</Ntry>\n<Ntry/>");
    let text = file(&entries);
    let wide = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut files = vec![text.into_bytes(), wide];
    files.extend(sample_files());
    files
}

const ODD: &[&[u8]] = &[
    b"<",
    b">",
    b"&",
    b"/",
    b"</Ntry>",
    b"<Ntry>",
    b"<TxDtls>",
    b"<a/>",
    b"<Amt Ccy='EUR'>99999999999999999999999999999</Amt>",
    b"<!DOCTYPE a>",
    b"&#x41;",
    b"<![CDATA[",
    b"<!--",
    b"-->",
    b"\0",
    b"\r",
    b"\n",
    b"\xff",
    b"\xc3",
    b" ",
    b"9",
];

fn check(bytes: &[u8]) {
    let Ok(outcome) = try_read(bytes, &Options::default()) else { return };
    assert_told(outcome.facts.row_count, &outcome.lines, &outcome.rejected);
    let lines = bytes.iter().filter(|b| matches!(b, b'\n' | b'\r')).count() as u64 + 1;
    for line in &outcome.lines {
        assert!((1..=lines).contains(&line.line));
        assert!(!line.raw.is_empty());
        assert_tidy(line);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn no_change_to_a_file_makes_the_passes_differ(
        at in any::<prop::sample::Index>(),
        changes in prop::collection::vec(change(ODD, 2000), 0..5),
    ) {
        check(&changed(FILES[at.index(FILES.len())].clone(), &changes));
    }

    #[test]
    fn no_bytes_at_all_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check(&bytes);
        check(&[b"<BkToCstmrStmt><Stmt><Ntry>", &bytes[..], b"</Ntry></Stmt></BkToCstmrStmt>"].concat());
    }
}

#[test]
fn a_file_cut_anywhere_is_refused_or_whole() {
    let whole = file(&format!("<Ntry>{DEBIT}</Ntry>"));
    let end = whole.trim_end().len();
    for at in 0..end {
        let cut = try_read(&whole.as_bytes()[..at], &Options::default());
        assert!(matches!(cut, Err(SurveyError::Invalid(_))), "{at}: {cut:?}");
    }
}

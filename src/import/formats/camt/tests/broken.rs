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

/// One change to the bytes.
#[derive(Clone, Debug)]
enum Change {
    Set(usize, u8),
    Insert(usize, Vec<u8>),
    Remove(usize, usize),
    Repeat(usize, usize),
    Cut(usize),
}

fn change() -> impl Strategy<Value = Change> {
    let odd = prop::sample::select(vec![
        &b"<"[..],
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
    ]);
    prop_oneof![
        (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        (any::<usize>(), odd).prop_map(|(at, bytes)| Change::Insert(at, bytes.to_vec())),
        (any::<usize>(), 0_usize..40).prop_map(|(at, length)| Change::Remove(at, length)),
        (any::<usize>(), 0_usize..2000).prop_map(|(at, length)| Change::Repeat(at, length)),
        any::<usize>().prop_map(Change::Cut),
    ]
}

fn changed(mut bytes: Vec<u8>, changes: &[Change]) -> Vec<u8> {
    for change in changes {
        let length = bytes.len().max(1);
        let range = |at: usize, count: usize| at % length..(at % length + count).min(bytes.len());
        match change {
            Change::Set(at, byte) => {
                if let Some(place) = bytes.get_mut(at % length) {
                    *place = *byte;
                }
            }
            Change::Insert(at, inserted) => {
                bytes.splice(range(*at, 0), inserted.iter().copied());
            }
            Change::Remove(at, count) => {
                bytes.drain(range(*at, *count));
            }
            Change::Repeat(at, count) => {
                let piece = bytes[range(*at, *count)].to_vec();
                let at = range(*at, 0).start;
                bytes.splice(at..at, piece);
            }
            Change::Cut(at) => bytes.truncate(at % length),
        }
    }
    bytes
}

fn check(bytes: &[u8]) -> Result<(), TestCaseError> {
    let Ok(outcome) = try_read(bytes, &Options::default()) else { return Ok(()) };
    prop_assert_eq!(outcome.facts.row_count, (outcome.lines.len() + outcome.rejected.len()) as u64);
    let lines = bytes.iter().filter(|b| matches!(b, b'\n' | b'\r')).count() as u64 + 1;
    for line in &outcome.lines {
        prop_assert!((1..=lines).contains(&line.line));
        prop_assert!(!line.raw.is_empty());
        let texts =
            [&line.payee, &line.memo, &line.bank_id, &line.account, &line.other_account, &line.currency];
        for text in texts.into_iter().flatten() {
            prop_assert!(!text.trim().is_empty() && text.trim() == text, "{:?}", text);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn no_change_to_a_file_makes_the_passes_differ(
        at in any::<prop::sample::Index>(),
        changes in prop::collection::vec(change(), 0..5),
    ) {
        check(&changed(FILES[at.index(FILES.len())].clone(), &changes))?;
    }

    #[test]
    fn no_bytes_at_all_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check(&bytes)?;
        check(&[b"<BkToCstmrStmt><Stmt><Ntry>", &bytes[..], b"</Ntry></Stmt></BkToCstmrStmt>"].concat())?;
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

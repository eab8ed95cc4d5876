//! Files that were broken on the way: whatever happens to the bytes, nothing panics, and both passes agree.

use proptest::prelude::*;

use super::samples::samples;
use super::*;

/// One change to the bytes.
#[derive(Clone, Debug)]
enum Change {
    Set(usize, u8),
    Insert(usize, &'static [u8]),
    Remove(usize, usize),
    Repeat(usize, usize),
    Cut(usize),
}

const ODD: [&[u8]; 24] = [
    b"<",
    b">",
    b"</",
    b"/>",
    b"&",
    b"&#",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"<?",
    b"\0",
    b"\r",
    b"\xff",
    b"\xc3",
    b"1,234",
    b"<STMTTRN>",
    b"</STMTTRN>",
    b"<STMTTRN/>",
    b"<LEDGERBAL>",
    b"</STMTRS>",
    b"<STMTRS>",
    b"null",
    b"99999999999999999999999999999999",
];

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        (any::<usize>(), prop::sample::select(ODD.to_vec()))
            .prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        (any::<usize>(), 0_usize..60).prop_map(|(at, length)| Change::Remove(at, length)),
        (any::<usize>(), 0_usize..300).prop_map(|(at, length)| Change::Repeat(at, length)),
        any::<usize>().prop_map(Change::Cut),
    ]
}

fn changed(mut bytes: Vec<u8>, changes: &[Change]) -> Vec<u8> {
    for change in changes {
        let length = bytes.len().max(1);
        let range = |at: usize, count: usize| at % length..(at % length + count).min(bytes.len());
        match change {
            Change::Set(at, byte) => bytes.iter_mut().skip(at % length).take(1).for_each(|b| *b = *byte),
            Change::Insert(at, inserted) => drop(bytes.splice(range(*at, 0), inserted.iter().copied())),
            Change::Remove(at, count) => drop(bytes.drain(range(*at, *count))),
            Change::Repeat(at, count) => bytes.extend_from_within(range(*at, *count)),
            Change::Cut(at) => bytes.truncate(at % length),
        }
    }
    bytes
}

/// Reads a broken file and checks what holds for every outcome.
fn check(bytes: &[u8], options: &Options) {
    let Ok(outcome) = try_read(bytes, options) else { return };
    assert_eq!((outcome.lines.len() + outcome.rejected.len()) as u64, outcome.facts.row_count);
    assert!(outcome.lines.is_sorted_by(|a, b| a.line <= b.line));
    assert!(outcome.rejected.iter().all(|row| !row.reason.is_empty() && !row.reason.ends_with('.')));
    for line in &outcome.lines {
        let texts =
            [&line.payee, &line.memo, &line.bank_id, &line.account, &line.currency, &line.other_account];
        for text in texts.into_iter().flatten() {
            assert!(!text.is_empty() && text.trim() == text && !text.contains("  "), "{text:?}");
        }
        assert!(line.account.iter().all(|account| outcome.facts.accounts.contains(account)));
        assert!(!line.raw.is_empty() && !line.raw.contains('\r'));
    }
}

fn own() -> Vec<Vec<u8>> {
    let rows = row("20260301", "-5.00", "<FITID>1<NAME>A &amp; B<MEMO><![CDATA[C]]>")
        + &row("20260302", "1,234", "<NAME>C<!-- d --><CURRENCY><CURSYM>USD</CURRENCY>")
        + &row("20260303", "null", "<PAYEE><NAME>E</PAYEE><BANKACCTTO><ACCTID>9</BANKACCTTO>");
    let sgml =
        file(&rows).replace("</STMTRS>", "<LEDGERBAL><BALAMT>1.00<DTASOF>20260303</LEDGERBAL></STMTRS>");
    let xml = "<?xml version=\"1.0\"?><?OFX OFXHEADER=\"200\" VERSION=\"211\"?>\r\n<OFX><CCSTMTRS><CURDEF>EUR</CURDEF>\r\n\
               <CCACCTFROM><ACCTID>1 é</ACCTID></CCACCTFROM><BANKTRANLISTP><STMTTRNP><DTTRAN>20260301</DTTRAN>\r\n\
               <TRNAMT>2,50</TRNAMT><NAME>F</NAME></STMTTRNP></BANKTRANLISTP></CCSTMTRS></OFX>";
    vec![sgml.into_bytes(), xml.as_bytes().to_vec(), xml.encode_utf16().flat_map(u16::to_le_bytes).collect()]
}

fn options() -> impl Strategy<Value = Options> {
    let decimal = prop::option::of(prop::sample::select(vec!['.', ',']));
    (decimal, any::<bool>()).prop_map(|(decimal, is_inverted)| Options {
        decimal,
        is_inverted: Some(is_inverted),
        ..Options::default()
    })
}

proptest! {
    #[test]
    fn broken_files_are_read_or_refused(
        file in prop::sample::select(own()),
        changes in prop::collection::vec(change(), 1..8),
        options in options(),
    ) {
        check(&changed(file, &changes), &options);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), options in options()) {
        check(&bytes, &options);
        check(&[b"<OFX><STMTTRN>", &bytes[..]].concat(), &options);
    }

    #[test]
    fn any_markup_is_read_or_refused(pieces in prop::collection::vec(prop::sample::select(ODD.to_vec()), 0..60)) {
        check(&[b"<OFX><STMTRS>", &pieces.concat()[..]].concat(), &Options::default());
    }

    /// A file that was cut keeps all rows before the place, and tells of the one that it lies in.
    #[test]
    fn a_cut_file_keeps_the_rows_before(count in 1_usize..20, at in any::<prop::sample::Index>()) {
        let rows: String = (1..=count).map(|n| row("20260301", &format!("{n}.50"), "<NAME>A")).collect();
        let text = file(&rows);
        let start = text.find("<BANKTRANLIST>").unwrap();
        let cut = start + at.index(text.len() - start);
        let outcome = read(&text[..cut]);
        prop_assert_eq!(outcome.lines.len(), text[..cut].matches("</STMTTRN>").count());
        prop_assert_eq!(outcome.facts.row_count as usize, text[..cut].matches("<STMTTRN>").count());
    }
}

#[test]
fn broken_samples_are_read_or_refused() {
    let Some(folder) = samples() else { return };
    let mut files = Vec::new();
    for bank in std::fs::read_dir(folder.join("ofx")).unwrap() {
        for file in std::fs::read_dir(bank.unwrap().path()).unwrap() {
            files.push(std::fs::read(file.unwrap().path()).unwrap());
        }
    }
    let config = ProptestConfig { cases: 300, ..ProptestConfig::default() };
    let changes = prop::collection::vec(change(), 1..6);
    proptest!(config, |(file in prop::sample::select(files), changes in changes)| {
        check(&changed(file, &changes), &Options::default());
    });
}

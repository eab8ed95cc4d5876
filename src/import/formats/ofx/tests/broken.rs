//! Files that were broken on the way: whatever happens to the bytes, nothing panics, and both passes agree.

use proptest::prelude::*;

use super::samples::samples;
use super::*;

const ODD: &[&[u8]] = &[
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

/// Reads a broken file and checks what holds for every outcome.
fn check(bytes: &[u8], options: &Options) {
    let Ok(outcome) = try_read(bytes, options) else { return };
    assert_told(outcome.facts.row_count, &outcome.lines, &outcome.rejected);
    assert!(outcome.lines.is_sorted_by(|a, b| a.line <= b.line));
    for line in &outcome.lines {
        assert_tidy(line);
        let texts =
            [&line.payee, &line.memo, &line.bank_id, &line.account, &line.currency, &line.other_account];
        for text in texts.into_iter().flatten() {
            assert!(!text.contains("  "), "{text:?}");
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
        changes in prop::collection::vec(change(ODD, 300), 1..8),
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
    let changes = prop::collection::vec(change(ODD, 300), 1..6);
    proptest!(config, |(file in prop::sample::select(files), changes in changes)| {
        check(&changed(file, &changes), &Options::default());
    });
}

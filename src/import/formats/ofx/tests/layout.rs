//! Files whose tags are not where they belong: headers, closing tags, torn ends, raw texts and lines.

use super::*;

const BODY: &str = "<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>B<ACCTID>1</BANKACCTFROM>\
<BANKTRANLIST><DTSTART>00000000<STMTTRN><DTPOSTED>20260301<TRNAMT>1.00<FITID>7<NAME>A</STMTTRN></BANKTRANLIST>\
</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>";

#[test]
fn headers_may_be_missing_or_of_any_shape() {
    let headers = [
        "",
        "\n\n\n",
        "OFXHEADER:100DATA:OFXSGMLVERSION:102SECURITY:NONEENCODING:USASCIICHARSET:1252COMPRESSION:NONE",
        "OFXHEADER:100\rDATA:OFXSGML\rVERSION:102\r",
        "OFXHEADER:100 \r\nVERSION:103 \r\n\r\n",
        "<?xml version=\"1.0\" encoding=\"utf-16\"?><?OFX OFXHEADER=\"200\" VERSION=\"220\" SECURITY=\"NONE\"?>",
        "\u{feff}<?xml version=\"1.0\"?>\n<!-- made by < a > bank -->\n",
    ];
    for header in headers {
        let outcome = read(&format!("{header}{BODY}"));
        assert_eq!(shown(&outcome), ["2026-03-01 1.00 A"], "{header}");
        assert_eq!(outcome.facts.notes, [""; 0], "{header}");
    }
}

#[test]
fn closing_tags_may_be_missing_mixed_or_misplaced() {
    let first = "<DTPOSTED>20260301<TRNAMT>1.00<NAME>A";
    let second = "<DTPOSTED>20260302</DTPOSTED><TRNAMT>2.00</TRNAMT><NAME>B</NAME>";
    let cases = [
        format!("<STMTTRN>{first}</STMTTRN><STMTTRN>{second}</STMTTRN>"),
        format!("<STMTTRN>{first}<STMTTRN>{second}"),
        format!("<STMTTRN>{first}</NAME></TRNAMT></DTPOSTED></STMTTRN><STMTTRN>{second}</STMTTRN></STMTTRN>"),
        format!("<stmttrn>{first}</stmttrn><n:STMTTRN xmlns:n=\"x\">{second}</n:STMTTRN>"),
        format!("<STMTTRN><MEMO/><FITID/>{first}</STMTTRN><STMTTRN>{second}<CURRENCY/></STMTTRN>"),
    ];
    for rows in cases {
        let outcome = read(&file(&rows));
        assert_eq!(shown(&outcome), ["2026-03-01 1.00 A", "2026-03-02 2.00 B"], "{rows}");
    }
}

#[test]
fn a_row_without_closing_tags_takes_nothing_from_behind_it() {
    let text = file("<STMTTRN><DTPOSTED>20260301<TRNAMT>1.00").replace(
        "</BANKTRANLIST></STMTRS>",
        "<LEDGERBAL><BALAMT>9.00<DTASOF>20260302<AVAILBAL><BALAMT>8.00<DTASOF>20260303</AVAILBAL></STMTRS>\
         <CCSTMTRS><CCACCTFROM><ACCTID>2<BANKTRANLIST><STMTTRN><DTPOSTED>20260305<TRNAMT>5.00</CCSTMTRS>",
    );
    let outcome = read(&text);
    assert_eq!(shown(&outcome), ["2026-03-01 1.00 -", "2026-03-05 5.00 -"]);
    assert_eq!(outcome.lines[1].account.as_deref(), Some("2"));
    assert_eq!(outcome.lines[1].currency, None);
    let [balance] = &outcome.facts.balances[..] else { panic!("{:?}", outcome.facts) };
    assert_eq!((balance.amount.to_string(), balance.date.to_string()), ("9.00".into(), "2026-03-02".into()));
}

#[test]
fn a_file_cut_in_a_row_keeps_what_is_before() {
    let text = file(&(row("20260301", "1.00", "") + &row("20260302", "-123.45", "")));
    let at = text.find("-123.45").unwrap();
    for cut in [at + 2, at, text.find("20260302").unwrap(), at + 7, at + 12] {
        let outcome = read(&text[..cut]);
        assert_eq!(shown(&outcome), ["2026-03-01 1.00 -"], "{cut}");
        assert_eq!(reasons(&outcome), ["5: the file ends in the row"], "{cut}");
        assert_eq!(outcome.facts.notes, ["the file ends before `</OFX>`: rows may be missing"]);
        assert_eq!(outcome.facts.row_count, 2);
    }
}

#[test]
fn a_file_cut_in_a_balance_states_none() {
    let text =
        file("").replace("</STMTRS>", "<LEDGERBAL><BALAMT>123.45<DTASOF>20260301</LEDGERBAL></STMTRS>");
    let at = text.find("123.45").unwrap();
    for cut in [at + 2, at + 6, at + 20, at + 24] {
        assert_eq!(read(&text[..cut]).facts.balances, [], "{cut}");
    }
    assert_eq!(read(&text).facts.balances.len(), 1);
}

#[test]
fn the_raw_text_of_a_row_is_its_own() {
    for end in ["\n", "\r\n", "\r", "\r\r\n"] {
        let rows = "<STMTTRN>\n  <DTPOSTED>20260301\n<TRNAMT>1.00<NAME>H&amp;M<!-- x -->\n</STMTTRN>\n\n<STMTTRN><TRNAMT>2\n";
        let outcome = read(&file(rows).replace('\n', end));
        let raw = "<STMTTRN>\n  <DTPOSTED>20260301\n<TRNAMT>1.00<NAME>H&amp;M<!-- x -->\n</STMTTRN>";
        assert_eq!((outcome.lines[0].line, outcome.lines[0].raw.as_str()), (4, raw), "{end:?}");
        assert_eq!((outcome.rejected[0].line, outcome.rejected[0].text.as_str()), (9, "<STMTTRN><TRNAMT>2"));
    }
}

#[test]
fn files_of_other_kinds_are_refused() {
    for text in
        ["", "Date,Amount\n2026-03-01,5.00\n", "OFXHEADER:100\nVERSION:102\n", "<html><body>", "<STMTTRN>"]
    {
        let invalid = refused(text, &Options::default());
        assert_eq!(invalid.message, "the file is no OFX: it has no `<OFX>` in it", "{text}");
        assert!(invalid.hint.is_some());
    }
    assert!(try_read(b"GIF89a\x01\0\x02\x03", &Options::default()).is_err());
}

#[test]
fn declarations_of_entities_are_refused_once_and_not_expanded() {
    let bomb = "<!DOCTYPE OFX [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>";
    for text in
        [format!("<?xml version=\"1.0\"?>\n{bomb}{BODY}"), BODY.replace("<NAME>", &format!("\n{bomb}<NAME>"))]
    {
        let invalid = refused(&text, &Options::default());
        let message = "the file declares a document type or entities in line 2, as no bank's OFX does";
        assert_eq!(invalid.message, message);
    }
}

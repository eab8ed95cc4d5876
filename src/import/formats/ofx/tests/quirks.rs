//! What the banks' files do that no specification allows: amounts, dates, texts, ids of single rows.

use super::*;

#[test]
fn amounts_are_read_as_they_are_meant() {
    let cases = [
        ("-6.60", "-6.60"),
        ("-1006,60", "-1006.60"),
        ("-1.006,60", "-1006.60"),
        ("-1,006.60", "-1006.60"),
        ("+1 006,60", "1006.60"),
        ("            -11,76\n", "-11.76"),
        ("115.8331", "115.8331"),
        ("0.00", "0.00"),
    ];
    for (text, expected) in cases {
        let outcome = read(&file(&row("20260301", text, "")));
        assert_eq!(shown(&outcome), [format!("2026-03-01 {expected} -")], "{text}");
    }
}

#[test]
fn texts_are_no_amounts() {
    for (text, reason) in [
        ("$20", "the amount `$20` is not a number"),
        ("12.34.5", "the amount `12.34.5` is not a number"),
        ("", "the amount is missing"),
    ] {
        let outcome = read(&file(&row("20260301", text, "<NAME>A")));
        assert_eq!(reasons(&outcome), [format!("4: {reason}")]);
    }
    let outcome = read(&file("<STMTTRN><DTPOSTED>20261301<TRNAMT>x</STMTTRN>"));
    let both = "4: the date `20261301` cannot be read or does not exist; the amount `x` is not a number";
    assert_eq!(reasons(&outcome), [both]);
}

#[test]
fn notices_without_an_amount_are_no_rows_but_zero_is_one() {
    let texts = ["null", "-null", "            .  ", "0.00", "0", "5.00"];
    let rows: String = texts.iter().map(|text| row("20260301", text, "")).collect();
    let outcome = read(&file(&rows));
    assert_eq!(outcome.lines.len(), 3);
    assert_eq!(outcome.facts.row_count, 3);
    assert_eq!(outcome.facts.notes, ["3 rows without an amount are left out: no money moved"]);
}

#[test]
fn other_rows_settle_the_decimal_mark() {
    for (other, expected) in [("5,5", "1.234"), ("5.00", "1234"), ("1.000,00", "1.234"), ("1,000.00", "1234")]
    {
        let outcome = read(&file(&(row("20260301", "1,234", "") + &row("20260302", other, ""))));
        assert_eq!(shown(&outcome)[0], format!("2026-03-01 {expected} -"), "{other}");
    }
}

#[test]
fn a_balance_settles_the_mark_where_no_row_does() {
    let text = file(&row("20260301", "1,234", ""))
        .replace("</STMTRS>", "<LEDGERBAL><BALAMT>5,50<DTASOF>20260301</LEDGERBAL></STMTRS>");
    assert_eq!(shown(&read(&text)), ["2026-03-01 1.234 -"]);
}

#[test]
fn an_open_decimal_mark_is_asked_for() {
    let text = file(&row("20260301", "1,234", ""));
    let invalid = refused(&text, &Options::default());
    assert_eq!(invalid.message, "the decimal mark is open: `1,234` in line 4, and no row settles it");
    assert_eq!(invalid.hint.as_deref(), Some("say `--decimal .` for 1234, or `--decimal ,` for 1.234"));
    let said = Options { decimal: Some(','), ..Options::default() };
    let outcome = try_read(text.as_bytes(), &said).unwrap();
    assert_eq!((shown(&outcome), outcome.facts.decimal), (vec!["2026-03-01 1.234 -".to_owned()], Some(',')));
    let outcome = try_read(file(&row("20260301", "12.50", "")).as_bytes(), &said).unwrap();
    assert_eq!(reasons(&outcome), ["4: the amount `12.50` is not a number with `,` as its decimal mark"]);
}

#[test]
fn a_row_with_two_amounts_or_days_may_be_two_rows() {
    let twice = "<STMTTRN><DTPOSTED>20260301<TRNAMT>1.00<NAME>A<DTPOSTED>20260301<TRNAMT>2.00</STMTTRN>";
    assert_eq!(reasons(&read(&file(twice))), ["4: it has two amounts, `1.00` and `2.00`"]);
    let twice = "<STMTTRN><DTPOSTED>20260301<TRNAMT>1.00<DTPOSTED>20260302<TRNAMT>1.00</STMTTRN>";
    assert_eq!(reasons(&read(&file(twice))), ["4: it has two dates, `20260301` and `20260302`"]);
    let same = "<STMTTRN><DTPOSTED>20260301<TRNAMT>1.00<DTPOSTED>20260301<TRNAMT>1.00</STMTTRN>";
    assert_eq!(read(&file(same)).lines.len(), 1);
}

#[test]
fn the_payee_is_the_plainest_field() {
    let payee = "<PAYEE><NAME>B<ADDR1>Street<CITY>C</PAYEE>";
    let cases = [
        ("<NAME>A".to_owned() + payee + "<MEMO>M", Some("A"), Some("M")),
        ("<NAME> ".to_owned() + payee + "<MEMO>M", Some("B"), Some("M")),
        (payee.to_owned() + "<NAME>A", Some("A"), None),
        ("<EXTDNAME>E<MEMO>M".to_owned(), Some("E"), Some("M")),
        ("<MEMO>M".to_owned(), Some("M"), None),
        ("<NAME>A  B<MEMO> A B ".to_owned(), Some("A B"), None),
        ("<NAME>A<MEMO>M<CHECKNUM>700".to_owned(), Some("A"), Some("M")),
        ("<NAME>A<MEMO>A<CHECKNUM>700".to_owned(), Some("A"), Some("check 700")),
        ("<CHECKNUM>0001223".to_owned(), None, Some("check 0001223")),
        ("<NAME>A<CHECKNUM>0".to_owned(), Some("A"), None),
        ("<NAME>A<MEMO>M<MEMO>N<MEMO>M N".to_owned(), Some("A"), Some("M N")),
        (String::new(), None, None),
    ];
    for (fields, payee, memo) in cases {
        let line = line(&fields);
        assert_eq!((line.payee.as_deref(), line.memo.as_deref()), (payee, memo), "{fields}");
    }
}

#[test]
fn texts_keep_what_looks_like_markup() {
    let cases = [
        ("<NAME>H&M A&T; B &amp; C &lt;D&gt;", "H&M A&T; B & C <D>"),
        ("<NAME><![CDATA[EFTPOS  <WDL> &amp;  ]]>", "EFTPOS <WDL> &amp;"),
        ("<NAME>A < B > C", "A < B > C"),
        ("<NAME>PAY <a@b.org> <3", "PAY <a@b.org> <3"),
        ("<NAME>A<!-- no\n -->B", "AB"),
        ("<NAME>A\n   B</NAME>", "A B"),
        ("<name>A</name>", "A"),
        ("<NAME>A<INTU.X>1<VAL_UE>2<NAME>B", "A"),
    ];
    for (fields, expected) in cases {
        assert_eq!(line(fields).payee.as_deref(), Some(expected), "{fields}");
    }
}

#[test]
fn placeholders_are_no_ids() {
    for (text, expected) in
        [("", None), ("0", None), ("NONREF", None), ("0001", Some("0001")), (" a b ", Some("a b"))]
    {
        assert_eq!(line(&format!("<FITID>{text}")).bank_id.as_deref(), expected, "{text}");
    }
}

#[test]
fn the_other_side_is_kept() {
    let line = line("<BANKACCTTO><BANKID>X<ACCTID>DE02  1234<ACCTTYPE>SAVINGS</BANKACCTTO><NAME>A");
    assert_eq!((line.other_account.as_deref(), line.payee.as_deref()), (Some("DE02 1234"), Some("A")));
    let line = super::line("<CCACCTTO><ACCTID>4111</CCACCTTO>");
    assert_eq!((line.other_account.as_deref(), line.account.as_deref()), (Some("4111"), Some("1")));
    assert_eq!(super::line("<BANKACCTTO><ACCTID>0</BANKACCTTO>").other_account, None);
}

#[test]
fn a_row_has_its_own_currency_unless_it_was_converted() {
    let cases = [
        ("", "EUR"),
        ("<CURRENCY><CURRATE>1.1<CURSYM>usd</CURRENCY>", "USD"),
        ("<ORIGCURRENCY><CURRATE>1.1<CURSYM>USD</ORIGCURRENCY>", "EUR"),
        ("<CURRENCY>GBP</CURRENCY>", "GBP"),
        ("<ORIGCURRENCY>GBP</ORIGCURRENCY>", "EUR"),
        ("<CURRENCY></CURRENCY>", "EUR"),
    ];
    for (fields, expected) in cases {
        assert_eq!(line(fields).currency.as_deref(), Some(expected), "{fields}");
    }
    let foreign = file(&row("20260301", "1.00", "<CURRENCY><CURSYM>USD</CURRENCY>"));
    assert_eq!(read(&foreign).facts.currencies, ["EUR", "USD"]);
    let said = Options { currency: Some("CHF".into()), ..Options::default() };
    let none =
        try_read(file(&row("20260301", "1.00", "")).replace("<CURDEF>EUR", "<CURDEF>").as_bytes(), &said);
    assert_eq!(none.unwrap().lines[0].currency.as_deref(), Some("CHF"));
}

#[test]
fn a_row_about_an_earlier_one_is_no_movement_of_its_own() {
    let of = |fields: &str| reasons(&read(&file(&row("20260301", "1.00", fields))));
    let replaces = "4: it replaces the bank's earlier row `A1`: correct that one by hand";
    assert_eq!(of("<FITID>A2<CORRECTFITID>A1<CORRECTACTION>REPLACE"), [replaces]);
    let takes_back = "4: it takes back the bank's earlier row `A1`: correct that one by hand";
    assert_eq!(of("<FITID>A1<CORRECTFITID>A1<CORRECTACTION>DELETE"), [takes_back]);
    assert!(of("<FITID>A1<CORRECTFITID>A1<CORRECTACTION>REPLACE").is_empty());
    assert!(of("<FITID>A1<CORRECTFITID>0").is_empty());
}

#[test]
fn a_statement_that_counts_what_is_owed_is_turned_round_as_said() {
    let said = Options { is_inverted: Some(true), ..Options::default() };
    let text = file(&(row("20260301", "5.00", "") + &row("20260302", "0.00", "")))
        .replace("</STMTRS>", "<LEDGERBAL><BALAMT>5,50<DTASOF>20260301</LEDGERBAL></STMTRS>");
    let outcome = try_read(text.as_bytes(), &said).unwrap();
    assert_eq!(shown(&outcome), ["2026-03-01 -5.00 -", "2026-03-02 0.00 -"]);
    assert_eq!(outcome.facts.balances[0].amount.to_string(), "-5.50");
}

//! Small files of our own, one for each thing that banks do.

use super::super::super::DateOrder;
use super::*;

#[test]
fn a_plain_file_is_read_whole() {
    let outcome = read(
        "Date,Description,Amount,Currency,Balance,Reference,Transaction ID,Status\n\
         2026-03-01,Corner Shop,-12.50,GBP,100.00,card 12,T1,Booked\n\
         2026-03-02,\"Smith, Jane\",\"1,000.00\",GBP,1100.00,,T2,Pending\n",
    );
    assert!(outcome.rejected.is_empty());
    let expected = FileLine {
        line: 2,
        date: "2026-03-01".parse().unwrap(),
        amount: "-12.50".parse().unwrap(),
        currency: Some("GBP".into()),
        payee: Some("Corner Shop".into()),
        memo: Some("card 12".into()),
        bank_id: Some("T1".into()),
        account: None,
        is_pending: false,
        balance: Some("100.00".parse().unwrap()),
        other_account: None,
        booking: None,
        statement: 0,
        purpose: None,
        raw: "2026-03-01,Corner Shop,-12.50,GBP,100.00,card 12,T1,Booked".into(),
    };
    assert_eq!(outcome.lines[0], expected);
    assert_eq!(shown(&outcome)[1], "2026-03-02 1000.00 Smith, Jane");
    assert!(outcome.lines[1].is_pending);
    assert_eq!((outcome.layout.row_count(), outcome.layout.currencies()), (2, &["GBP".to_owned()][..]));
}

#[test]
fn encodings_and_line_ends_do_not_matter() {
    let text = "Datum;Empfänger;Betrag (EUR)\n25.03.2026;Müller;-5,50\n01.03.2026;Łódź €;7,00\n";
    let expected = shown(&read(text));
    assert_eq!(expected[0], "2026-03-25 -5.50 Müller");
    for end in ["\r\n", "\r", "\r\r\n"] {
        let outcome = read(&text.replace('\n', end));
        assert_eq!(shown(&outcome), expected, "{end:?}");
        assert_eq!(outcome.lines.iter().map(|line| line.line).collect::<Vec<_>>(), [2, 3], "{end:?}");
    }
    let utf16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<_>>();
    let files = [
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        [b"\xff\xfe".as_slice(), &utf16(u16::to_le_bytes)].concat(),
        [b"\xfe\xff".as_slice(), &utf16(u16::to_be_bytes)].concat(),
        utf16(u16::to_le_bytes),
    ];
    for file in files {
        let outcome = try_read(&file, &Options::default()).unwrap();
        assert_eq!(shown(&outcome), expected);
    }
    let cp1252: Vec<u8> = encoding_rs::WINDOWS_1252.encode(&text.replace("Łódź €", "Café €")).0.into_owned();
    let outcome = try_read(&cp1252, &Options::default()).unwrap();
    assert_eq!(shown(&outcome), ["2026-03-25 -5.50 Müller", "2026-03-01 7.00 Café €"]);
}

#[test]
fn money_out_and_in_may_have_a_column_each() {
    let outcome = read(
        "Date,Details,Withdrawals,Deposits\n\
         25/03/2026,a,5.00,\n\
         25/03/2026,b,,7.00\n\
         25/03/2026,c,0.00,8.00\n\
         25/03/2026,d,9.00,-\n\
         25/03/2026,e,0,0\n\
         25/03/2026,f,,\n\
         25/03/2026,g,1.00,2.00\n",
    );
    let amounts: Vec<_> = outcome.lines.iter().map(|line| line.amount.to_string()).collect();
    assert_eq!(amounts, ["-5.00", "7.00", "8.00", "-9.00", "0"]);
    let expected = [
        "7: neither money out nor money in is filled",
        "8: money out (`1.00`) and money in (`2.00`) are both filled",
    ];
    assert_eq!(reasons(&outcome), expected);
}

#[test]
fn money_out_may_have_its_minus_already() {
    let amounts =
        |text: &str| read(text).lines.iter().map(|line| line.amount.to_string()).collect::<Vec<_>>();
    assert_eq!(amounts("Date,Debit,Credit\n2026-03-01,-5.00,\n2026-03-01,,7.00\n"), ["-5.00", "7.00"]);
    // A minus among unsigned ones takes money out back.
    assert_eq!(amounts("Date,Debit,Credit\n2026-03-01,-5.00,\n2026-03-01,6.00,\n"), ["5.00", "-6.00"]);
}

#[test]
fn a_flag_tells_the_direction_of_unsigned_amounts() {
    let amounts =
        |text: &str| read(text).lines.iter().map(|line| line.amount.to_string()).collect::<Vec<_>>();
    assert_eq!(
        amounts("Datum,Af Bij,Bedrag\n20260301,Af,\"5,00\"\n20260301,Bij,\"7,00\"\n"),
        ["-5.00", "7.00"]
    );
    assert_eq!(amounts("Datum;Betrag; \n01.03.2026;5,00;S\n01.03.2026;7,00;H\n"), ["-5.00", "7.00"]);
    assert_eq!(amounts("Date,Amount,\n2026-03-01,5.00,\n2026-03-01,7.00,CR\n"), ["-5.00", "7.00"]);
    assert_eq!(amounts("Date,Amount\n2026-03-01,5.00\n2026-03-01,7.00 CR\n"), ["-5.00", "7.00"]);
    // Signs of their own need no flag.
    assert_eq!(
        amounts("Date,Type,Amount\n2026-03-01,Debit,5.00\n2026-03-01,Debit,-7.00\n"),
        ["5.00", "-7.00"]
    );
}

#[test]
fn every_bad_row_is_told_and_stops_nothing() {
    let outcome = read(
        "Date,Payee,Amount\n\
         2026-03-01,a,1.00\n\
         2026-02-30,b,1.00\n\
         2026-03-01,c,12.3x\n\
         ,d,1.00\n\
         2026-03-01,e,\n\
         2026-03-01\n\
         2026-03-01,f,g,1.00\n\
         yesterday,h,9.99.9\n\
         2026-03-01,i,2.00\n",
    );
    assert_eq!(shown(&outcome), ["2026-03-01 1.00 a", "2026-03-01 2.00 i"]);
    let expected = [
        "3: the date `2026-02-30` cannot be read",
        "4: the amount `12.3x` is not a number",
        "5: the date is empty",
        "6: the amount is empty",
        "7: the amount is missing: the row ends after 1 of 3 fields",
        "8: it has 4 fields where others have 3: a `,` within a text may lack its quotes",
    ];
    assert_eq!(reasons(&outcome), expected);
    assert_eq!(outcome.rejected[1].text, "2026-03-01,c,12.3x");
    assert_eq!(
        outcome.layout.notes(),
        [
            "no amount has a minus, so every row counts as money in; `--invert` if these are payments",
            "1 line has neither date nor amount, the first is line 9: `yesterday,h,9.99.9`"
        ]
    );
}

#[test]
fn a_date_that_the_order_forbids_is_rejected() {
    let rows: String = (13..29).map(|day| format!("{day}/03/2026,1.00\n")).collect();
    let outcome = read(&format!("Date,Amount\n{rows}03/25/2026,1.00\n"));
    assert_eq!(reasons(&outcome), ["18: the date `03/25/2026` does not exist as day, month, year"]);
    let rows: String = (10..30).map(|n| format!("2026-03-01,\"{n},50\"\n")).collect();
    let outcome = read(&format!("Date,Amount\n{rows}2026-03-01,1.5\n"));
    assert_eq!(reasons(&outcome), ["22: the amount `1.5` is not a number with `,` as its decimal mark"]);
}

#[test]
fn what_no_row_settles_is_asked_for() {
    let date = open("Date,Amount\n05/03/2026,1.00\n");
    assert_eq!(date.message, "the date order is open: `05/03/2026` in line 2, and no row settles it");
    let hint = "say `--date-order dmy` for 5 March 2026, or `--date-order mdy` for 3 May 2026";
    assert_eq!(date.hint.as_deref(), Some(hint));
    let mark = open("Date,Amount\n2026-03-05,\"1,234\"\n");
    assert_eq!(mark.message, "the decimal mark is open: `1,234` in line 2, and no row settles it");
    assert_eq!(mark.hint.as_deref(), Some("say `--decimal .` for 1234, or `--decimal ,` for 1.234"));
    let both = open("Date,Amount\n05/03/2026,\"1,234\"\n");
    assert!(both.message.contains("date") || both.message.contains("; the decimal mark"));
    let said = Options { date_order: Some(DateOrder::Mdy), decimal: Some(','), ..Options::default() };
    let outcome = try_read(b"Date,Amount\n05/03/2026,\"1,234\"\n", &said).unwrap();
    assert_eq!(shown(&outcome), ["2026-05-03 1.234 -"]);
}

#[test]
fn other_columns_help_to_settle() {
    let outcome = read("Date,Value date,Amount,Balance\n05/03/2026,25/03/2026,\"1,234\",\"5,234.50\"\n");
    assert_eq!(shown(&outcome), ["2026-03-05 1234 -"]);
    assert_eq!((outcome.layout.date_order(), outcome.layout.decimal()), (Some(DateOrder::Dmy), Some('.')));
    let outcome = read("Date (MM/DD/YYYY),Amount\n05/03/2026,1.00\n");
    assert_eq!(shown(&outcome), ["2026-05-03 1.00 -"]);
}

#[test]
fn what_reads_the_same_is_not_asked_for() {
    let outcome = read("Date,Amount\n01/01/2026,100\n02/02/2026,5\n");
    assert_eq!(shown(&outcome), ["2026-01-01 100 -", "2026-02-02 5 -"]);
    assert_eq!((outcome.layout.date_order(), outcome.layout.decimal()), (None, None));
}

#[test]
fn footers_balances_and_declined_rows_are_left_out_and_told() {
    let outcome = read(
        "Account:,123\n\
         Date,Description,Amount,Status\n\
         2026-03-01,Opening balance,100.00,\n\
         2026-03-01,a,1.00,Completed\n\
         2026-03-01,b,2.00,Declined\n\
         Pending,c,3.00,\n\
         Total,,3.00,\n\
         \n\
         End of statement\n",
    );
    assert!(outcome.rejected.is_empty(), "{:?}", outcome.rejected);
    assert_eq!(shown(&outcome), ["2026-03-01 1.00 a"]);
    let expected = [
        "2 lines have neither date nor amount, the first is line 7: `Total,,3.00,`",
        "1 pending row has no date yet; a later file will have it",
        "1 row was declined or failed: no money moved",
        "1 row is a balance, not a movement, the first is line 3: `2026-03-01,Opening balance,100.00,`",
    ];
    assert_eq!(outcome.layout.notes(), expected);
}

#[test]
fn a_line_of_text_alone_goes_on_with_the_row_before() {
    let outcome =
        read("Date,Value date,Details,Amount\n2026-03-01,2026-03-01,CARD,-5.00\n,,TESCO 42,\n,,LONDON,\n");
    assert_eq!(outcome.lines[0].memo.as_deref(), Some("TESCO 42 LONDON"));
    assert_eq!(outcome.lines[0].raw, "2026-03-01,2026-03-01,CARD,-5.00\n,,TESCO 42,\n,,LONDON,");
}

#[test]
fn a_quoted_line_end_is_part_of_its_field() {
    let outcome = read("Date,Payee,Amount\n2026-03-01,\"Flubber\r\nCo\",5.00\n2026-03-02,b,6.00\n");
    assert_eq!(outcome.lines[0].payee.as_deref(), Some("Flubber\nCo"));
    assert_eq!(outcome.lines[1].line, 4);
}

#[test]
fn a_file_that_was_cut_off_rejects_its_last_row() {
    let outcome = read("Date,Payee,Amount\n2026-03-01,a,5.00\n2026-03-02,\"b");
    assert_eq!(reasons(&outcome), ["3: a quote opens a field and never closes it"]);
    let outcome = read("Date,Payee,Amount,Balance\n2026-03-01,a,5.00,1\n2026-03-02,b,6.0");
    assert_eq!(reasons(&outcome), ["3: the file ends in the row: it has 3 of 4 fields"]);
    // Without a line end at its end a file is whole all the same.
    assert_eq!(read("Date,Payee,Amount,\n2026-03-01,a,5.00").lines.len(), 1);
}

#[test]
fn a_stray_quote_swallows_no_row() {
    let outcome = read("Date,Payee,Amount\n2026-03-01,\"a,5.00\n2026-03-02,b,6.00\n2026-03-03,\"c\",7.00\n");
    assert_eq!(shown(&outcome), ["2026-03-02 6.00 b", "2026-03-03 7.00 c"]);
    assert_eq!(reasons(&outcome), ["2: a quote opens a field and never closes it"]);
}

#[test]
fn ids_are_those_of_transactions() {
    let ids = |text: &str| read(text).lines.iter().map(|line| line.bank_id.clone()).collect::<Vec<_>>();
    assert_eq!(
        ids("Date,Amount,ID\n2026-03-01,5,T1\n2026-03-01,6,NONREF\n2026-03-02,6,T2\n"),
        [Some("T1".to_owned()), None, Some("T2".to_owned())]
    );
    // One that comes twice, one that is mostly empty, and numbers of other things.
    assert_eq!(ids("Date,Amount,ID\n2026-03-01,5,T1\n2026-03-01,6,T1\n"), [None, None]);
    assert_eq!(ids("Date,Amount,ID\n2026-03-01,5,T1\n2026-03-01,6,\n"), [None, None]);
    assert_eq!(ids("Date,Amount,Card Number,Check Number\n2026-03-01,5,1,2\n"), [None]);
    // The same id in two accounts is two ids.
    let two = "Account,Date,Amount,ID\nA,2026-03-01,5,1\nB,2026-03-01,6,1\n";
    assert_eq!(ids(two), [Some("1".to_owned()), Some("1".to_owned())]);
}

#[test]
fn accounts_and_currencies_are_those_of_the_rows() {
    let outcome =
        read("IBAN,Date,Amount,Currency\nNL1,2026-03-01,5,EUR\nNL2,2026-03-01,6,USD\nNL1,2026-03-01,7,EUR\n");
    assert_eq!(outcome.layout.accounts(), ["NL1", "NL2"]);
    assert_eq!(outcome.layout.currencies(), ["EUR", "USD"]);
    assert_eq!(outcome.lines[1].account.as_deref(), Some("NL2"));
    let outcome = read("Date,Amount\n2026-03-01,5 EUR\n2026-03-01,$6\n");
    assert_eq!(
        outcome.lines.iter().map(|l| l.currency.as_deref()).collect::<Vec<_>>(),
        [Some("EUR"), Some("$")]
    );
    let outcome = read("Date,Amount (EUR)\n2026-03-01,5\n");
    assert_eq!(outcome.lines[0].currency.as_deref(), Some("EUR"));
    assert_eq!(outcome.layout.currencies(), ["EUR"]);
}

#[test]
fn who_sent_money_is_the_payee_of_what_came_in() {
    let outcome = read(
        "Datum;Zahlungspflichtige*r;Zahlungsempfänger*in;Betrag\n\
         25.03.2026;Me;Shop;-5,00\n\
         25.03.2026;Boss;Me;7,00\n",
    );
    assert_eq!(shown(&outcome), ["2026-03-25 -5.00 Shop", "2026-03-25 7.00 Boss"]);
}

#[test]
fn the_source_is_the_same_next_month_and_another_for_another_bank() {
    let source = |text: &str| read(text).layout.source();
    let first = source("Date,Amount\n2026-03-01,5\n");
    assert_eq!(first, source("\nDate,Amount\n2026-04-01,6\n2026-04-02,7\n"));
    assert_ne!(first, source("Date,Amount,Payee\n2026-03-01,5,a\n"));
    assert_eq!(first, "csv:cda414b2425658d3:1,2,,");
}

#[test]
fn columns_can_be_said() {
    let text = "Wann;Wieviel;Wozu\n25.03.2026;5,00;x\n";
    let said = Options {
        date_column: Some("Wann".into()),
        amount_column: Some("2".into()),
        payee_columns: Some(vec!["wozu".into()]),
        ..Options::default()
    };
    assert_eq!(shown(&try_read(text.as_bytes(), &said).unwrap()), ["2026-03-25 5.00 x"]);
    let bare = "25.03.2026;5,00;x\n26.03.2026;6,00;y\n";
    let said = Options {
        date_column: Some("1".into()),
        amount_column: Some("2".into()),
        payee_columns: Some(vec!["3".into()]),
        ..Options::default()
    };
    assert_eq!(shown(&try_read(bare.as_bytes(), &said).unwrap()), ["2026-03-25 5.00 x", "2026-03-26 6.00 y"]);
}

#[test]
fn a_file_that_is_no_csv_is_one_clear_error() {
    let messages = ["", "\n\n \n", "GIF89a...", "<!DOCTYPE html><html>", "just a text\nwithout columns\n"];
    let messages = messages.map(|text| invalid(text).message);
    let expected = [
        "the file is empty",
        "the file is empty",
        "the file is no statement: it is a GIF picture",
        "the file is no statement: it is a web page (of a log-in that had ended?)",
        "no column of the file is known as its date and none as its amount",
    ];
    assert_eq!(messages, expected);
    assert_eq!(invalid("Da\0te,Amount\n1,2\n").message, "the file is no statement: it has binary data in it");
    let unknown = invalid("Foo,Bar\n1,2\n");
    assert!(unknown.hint.unwrap().ends_with("the columns are 1 `Foo`, 2 `Bar`"));
}

#[test]
fn a_header_without_rows_is_sound() {
    let outcome = read("Date,Amount\n");
    assert_eq!((outcome.lines.len(), outcome.rejected.len(), outcome.layout.row_count()), (0, 0, 0));
}

#[test]
fn what_was_detected_is_told() {
    let layout = read("Datum;Text;Betrag in EUR\n25.03.2026;x;-5,00\n").layout;
    let told: Vec<_> =
        layout.describe().into_iter().map(|(what, value)| format!("{what}: {value}")).collect();
    let expected = [
        "format: CSV",
        "encoding: UTF-8",
        "delimiter: `;`",
        "header: line 1",
        "date: column 1 `Datum`",
        "date order: day, month, year",
        "amount: column 3 `Betrag in EUR`",
        "decimal mark: `,`",
        "payee: column 2 `Text`",
        "currency: EUR, from the header",
    ];
    assert_eq!(told, expected);
}

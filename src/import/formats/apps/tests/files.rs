//! What concerns all programs: recognition, encodings, delimiters, what stays open, rows that do not fit.

use super::super::recognise;
use super::*;

fn head(header: &str) -> Option<&'static str> {
    recognise(&header.to_lowercase()).map(Program::name)
}

#[test]
fn programs_are_known_by_their_headings() {
    let headers = [
        (ynab::HEADER, "ynab"),
        (ynab::HEADER_4, "ynab"),
        (actual::HEADER, "actual"),
        (mint::HEADER, "mint"),
        (firefly::HEADER, "firefly"),
    ];
    for (header, name) in headers {
        assert_eq!(head(header), Some(name));
        let plain = header.replace('"', "");
        let forms = [
            format!("\u{feff}{header}\r\nmore"),
            format!("\n{header}\rmore"),
            plain.replace(',', ";"),
            plain.replace(',', "\t"),
            format!("{plain},and more"),
        ];
        for form in forms {
            assert_eq!(head(&form), Some(name), "{form}");
        }
        // Without any one of its headings it may be a bank's.
        assert_eq!(head(&format!("x\n{header}")), None);
        assert_eq!(head(&plain.replace("Date,", "Day,").replace(",date,", ",day,")), None, "{header}");
    }
}

#[test]
fn banks_headings_are_no_programs() {
    let headers = [
        "",
        "Date,Payee,Memo,Outflow,Inflow",
        "Date,Payee,Category,Memo,Outflow,Inflow",
        "Account,Date,Payee,Notes,Category,Amount,Cleared",
        "Date,Description,Original Description,Category,Amount,Status",
        "Date,Description,Amount,Transaction Type,Category,Account Name,Labels,Notes",
        "Account,Flag,Date,Payee,Memo,Amount",
        "journal_id,type,amount,currency_code,description,date,source_name,destination_name",
        "Month,Category Group/Category,Category Group,Category,Budgeted,Activity,Available",
    ];
    for header in headers {
        assert_eq!(head(header), None, "{header}");
    }
    let SurveyError::Invalid(invalid) = refused("Date,Payee,Memo,Outflow,Inflow\n2026-01-01,a,b,1,0\n")
    else {
        panic!("it was read");
    };
    let message =
        "the first line has the headings of no known program (YNAB, Actual Budget, Mint, Firefly III)";
    assert_eq!(invalid.message, message);
}

#[test]
fn files_are_read_however_they_were_saved() {
    let header =
        "Account;Flag;Date;Payee;Category Group/Category;Category Group;Category;Memo;Outflow;Inflow;Cleared";
    let row = "Konto;;25.01.2026;Bäcker;Alltag: Essen;Alltag;Essen;\"zwei\nZeilen\";1.084,23€;0,00€;Cleared";
    let text = format!("{header}\n{row}\n{row}\n");
    let expected = "Konto 2026-01-25 -1084.23 | Bäcker | zwei Zeilen |  | Alltag:Essen -1084.23";
    let utf_16 = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let latin: Vec<u8> = text.replace('€', "").chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let forms = [
        text.clone().into_bytes(),
        format!("\u{feff}{text}").into_bytes(),
        [vec![0xff, 0xfe], utf_16].concat(),
        latin,
        text.replace('\n', "\r").into_bytes(),
        text.replace('\n', "\r\n").into_bytes(),
        text.replace(';', "\t").into_bytes(),
    ];
    for form in forms {
        let outcome = try_read(&form, &Options::default()).unwrap();
        assert_eq!(all_shown(&outcome), [expected, expected]);
        assert_eq!(outcome.lines.iter().map(|line| line.line).collect::<Vec<_>>(), [2, 4]);
        assert_eq!(outcome.lines[1].raw.lines().count(), 2);
        assert_eq!((outcome.facts.date_order, outcome.facts.decimal), (Some(DateOrder::Dmy), Some(',')));
    }
}

#[test]
fn what_stays_open_is_asked() {
    let row = |date: &str, amount: &str| format!("{}\n\"A\",,{date},P,,,,,\"{amount}\",0,C\n", ynab::HEADER);
    let question = open(&row("03/04/2026", "5.00"));
    assert_eq!(question.message, "the date order is open: `03/04/2026` in line 2, and no row settles it");
    assert!(question.hint.is_some_and(|hint| hint.contains("--date-order dmy")));
    let question = open(&row("2026-01-02", "1,234"));
    assert!(question.hint.is_some_and(|hint| hint.contains("--decimal ,")));

    for (order, date) in [(DateOrder::Dmy, "2026-04-03"), (DateOrder::Mdy, "2026-03-04")] {
        let outcome = try_read(row("03/04/2026", "5.00").as_bytes(), &ordered(order)).unwrap();
        assert_eq!(outcome.lines[0].date.to_string(), date);
    }
    let said = Options {
        date_format: Some("%d/%m/%Y".into()),
        decimal: Some(','),
        currency: Some("CAD".into()),
        ..Options::default()
    };
    let outcome = try_read(row("03/04/2026", "1,234").as_bytes(), &said).unwrap();
    let line = &outcome.lines[0];
    assert_eq!((line.date.to_string(), line.amount.to_string()), ("2026-04-03".into(), "-1.234".into()));
    assert_eq!(outcome.facts.currencies, ["CAD"]);
}

#[test]
fn bad_rows_stop_no_others() {
    let good = "A,,2026-01-15,P,,,,,1.00,0,C";
    let cases = [
        ("A,,2026-01-15,P,,,,,1.00,0", "the row has 10 fields, but the header has 11"),
        ("A,,2026-01-15,P,,,,,1,00,0,00,C", "the row has 13 fields, but the header has 11"),
        (",,2026-01-15,P,,,,,1.00,0,C", "the row names no account"),
        ("A,,,P,,,,,1.00,0,C", "the row has no date"),
        ("A,,soon,P,,,,,1.00,0,C", "the date `soon` cannot be read"),
        ("A,,2026-02-30,P,,,,,1.00,0,C", "the date `2026-02-30` cannot be read"),
        ("A,,2026-01-15,\"P,,,,,1.00,0,C", "a quote opens a field and does not close it"),
    ];
    for (row, expected) in cases {
        let outcome = read(&format!("{}\n{good}\n{row}\n{good}\n", ynab::HEADER));
        assert_eq!(reasons(&outcome), [format!("3: {expected}")], "{row}");
        assert_eq!((outcome.lines.len(), outcome.facts.row_count), (2, 3), "{row}");
        assert_eq!(outcome.rejected[0].text, row);
    }
    // Nothing is written in these.
    let outcome = read(&format!("{}\n{good}\n,,,,,,,,,,\n\n{good},,\n", ynab::HEADER));
    assert_eq!((outcome.lines.len(), outcome.facts.row_count), (2, 2));
    assert_eq!(read(&format!("{}\n", ynab::HEADER)).facts.row_count, 0);
    // A split's part before a bad row keeps its place.
    let outcome =
        read(&format!("{}\n{}\nA,x\n", ynab::HEADER, good.replace(",,,,1.00", ",,,Split (1/2),1.00")));
    assert_eq!((outcome.lines.len(), outcome.rejected.len()), (1, 1));
}

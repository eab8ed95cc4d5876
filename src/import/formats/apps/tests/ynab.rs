//! YNAB's register, of now and of YNAB 4.

use super::*;

pub const HEADER: &str = r#""Account","Flag","Date","Payee","Category Group/Category","Category Group","Category","Memo","Outflow","Inflow","Cleared""#;
pub const HEADER_4: &str = r#""Account","Flag","Check Number","Date","Payee","Category","Master Category","Sub Category","Memo","Outflow","Inflow","Cleared","Running Balance""#;

fn file(rows: &[&str]) -> String {
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

fn file_4(rows: &[&str]) -> String {
    format!("{HEADER_4}\n{}\n", rows.join("\n"))
}

#[test]
fn registers_are_read() {
    let rows = [
        r#""Checking","Red","08/14/2026","Grocer","Everyday: Food","Everyday","Food","weekly",$84.23,$0.00,"Cleared""#,
        r#""Checking","","08/14/2026","Employer","Inflow: Ready to Assign","Inflow","Ready to Assign","",$0.00,"$2,500.00","Reconciled""#,
        r#""Checking","","08/15/2026","Transfer : Savings","","","","",$300.00,$0.00,"Uncleared""#,
        r#""Savings","","08/15/2026","Transfer : Checking","","","","",$0.00,$300.00,"Uncleared""#,
        r#""House","","08/15/2026","Transfer : Checking","Home: Mortgage","Home","Mortgage","",$0.00,$10.00,"Cleared""#,
        r#""Savings","","08/01/2026","Starting Balance","Inflow: Ready to Assign","Inflow","Ready to Assign","",$0.00,$50.00,"Cleared""#,
        r#""House","","08/01/2026","Starting Balance","","","","",$900.00,$0.00,"Cleared""#,
    ];
    let outcome = read(&file(&rows));
    let expected = [
        "Checking 2026-08-14 -84.23 | Grocer | weekly |  | Everyday:Food -84.23 | Red",
        "Checking 2026-08-14 2500.00 | Employer |  |  | income:Income 2500.00",
        "Checking 2026-08-15 -300.00 |  |  | Savings",
        "Savings 2026-08-15 300.00 |  |  | Checking",
        "House 2026-08-15 10.00 |  |  | Checking | Home:Mortgage 10.00",
        "Savings 2026-08-01 50.00 | Starting Balance |  |  | Starting balances 50.00",
        "House 2026-08-01 -900.00 | Starting Balance |  |  | Starting balances -900.00",
    ];
    assert_eq!(all_shown(&outcome), expected);
    assert_eq!(outcome.program.name(), "ynab");
    let facts = outcome.facts;
    assert_eq!(facts.accounts, ["Checking", "Savings", "House"]);
    assert_eq!((facts.row_count, facts.date_order, facts.decimal), (7, Some(DateOrder::Mdy), Some('.')));
    let note = "1 row is reconciled in the other program, and cleared here: `groat reconcile` locks what agrees with a statement";
    assert_eq!(facts.notes, [note]);
}

#[test]
fn categories_are_found_in_whatever_column() {
    let cases = [
        (["Everyday: Food", "Everyday", "Food"], "Everyday:Food"),
        (["Everyday: Food", "", ""], "Everyday:Food"),
        (["", "Everyday", "Food"], "Everyday:Food"),
        (["Inflow: To be Budgeted", "Inflow", "To be Budgeted"], "income:Income"),
        (["", "", "Ready to Assign"], "income:Income"),
        (
            ["Food/Out: Restaurants/Takeout", "Food/Out", "Restaurants/Takeout"],
            "Food Out:Restaurants Takeout",
        ),
        (["Uncategorized", "", "Uncategorized"], ""),
        (["Internal Master Category: Uncategorized", "Internal Master Category", "Uncategorized"], ""),
        (["", "", ""], ""),
        (["Hidden Categories: Old", "Hidden Categories", "Old"], "Hidden Categories:Old"),
    ];
    for ([path, group, name], expected) in cases {
        let row = format!(r#""A","","2026-01-13","P","{path}","{group}","{name}","",1.00,0.00,"Cleared""#);
        let outcome = read(&file(&[&row]));
        let expected = if expected.is_empty() { String::new() } else { format!(" |  |  | {expected} -1.00") };
        assert_eq!(one(&outcome), format!("A 2026-01-13 -1.00 | P{expected}"), "{path}");
    }
}

#[test]
fn ynab_4_has_other_headings() {
    let rows = [
        r#""Cash","","","14/03/2015","Cafe","Food:Dining","Food","Dining","","4,50 zł","0,00 zł","U","95,50 zł""#,
        r#""Cash","Blue","1024","15/03/2015","Work","Income:Available this month","Income","Available this month","","0,00 zł","50,00 zł","R","145,50 zł""#,
        r#""Cash","","","15/03/2015","Work","Income:Available next month","Income","Available next month","","0,00 zł","5,00 zł","C","150,50 zł""#,
        r#""Cash","","","15/03/2015","Old","","Hidden Categories","Everyday ` Fun ` 11","","1,00 zł","0,00 zł","C","149,50 zł""#,
        r#""Cash","","","16/03/2015","Shop","Food:Dining","Food","Dining","(Split 1/2) tea","2,00 zł","0,00 zł","C","147,50 zł""#,
        r#""Cash","","","16/03/2015","Shop / Transfer : Bank","","","","(Split 2/2) ","3,00 zł","0,00 zł","C","144,50 zł""#,
    ];
    let outcome = read(&file_4(&rows));
    let expected = [
        "Cash 2015-03-14 -4.50 | Cafe |  |  | Food:Dining -4.50",
        "Cash 2015-03-15 50.00 | Work | check 1024 |  | income:Income 50.00 | Blue",
        "Cash 2015-03-15 5.00 | Work |  |  | income:Income 5.00",
        "Cash 2015-03-15 -1.00 | Old |  |  | Everyday:Fun -1.00",
        "Cash 2015-03-16 -5.00 | Shop |  |  | Food:Dining -2.00 (tea), [Bank] -3.00",
    ];
    assert_eq!(all_shown(&outcome), expected);
    assert_eq!(outcome.facts.currencies, ["PLN"]);
}

/// Rows of `number of payee group memo`, in one account on one day, each of the amount of its number.
fn split(rows: &[(&str, &str)]) -> Outcome {
    let rows = rows.iter().zip(1..).map(|((payee, memo), amount)| {
        format!(r#""A","","2026-01-13","{payee}","","G","C{amount}","{memo}",{amount}.00,0.00,"Cleared""#)
    });
    read(&format!("{HEADER}\n{}", rows.collect::<Vec<_>>().join("\n")))
}

#[test]
fn parts_of_splits_are_one_row() {
    let outcome =
        split(&[("S", "Split (1/3) a"), ("Transfer : B", "Split (2/3)"), ("S", "Split (3/3) c"), ("T", "d")]);
    let expected = [
        "A 2026-01-13 -6.00 | S |  |  | G:C1 -1.00 (a), G:C2 -2.00, G:C3 -3.00 (c)",
        "A 2026-01-13 -4.00 | T | d |  | G:C4 -4.00",
    ];
    assert_eq!(all_shown(&outcome), expected);
    let line = &outcome.lines[0];
    assert_eq!(line.purpose.as_ref().unwrap().parts[1].other_account.as_deref(), Some("B"));
    assert_eq!((line.line, line.raw.lines().count(), outcome.facts.row_count), (2, 3, 2));
}

/// Payees and memos, the rows that they make, and the note.
type Split<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str], &'a str);

#[test]
fn parts_of_splits_are_told_apart() {
    let cases: [Split<'_>; 7] = [
        // Two splits of a day, the second written from its last part on.
        (
            &[("S", "Split (1/2)"), ("S", "Split (2/2)"), ("S", "Split (2/2)"), ("S", "Split (1/2)")],
            &["-3.00 | S |  |  | G:C1 -1.00, G:C2 -2.00", "-7.00 | S |  |  | G:C4 -4.00, G:C3 -3.00"],
            "",
        ),
        // Another row between the parts.
        (
            &[("S", "Split (1/2)"), ("T", ""), ("S", "Split (2/2)")],
            &["-4.00 | S |  |  | G:C1 -1.00, G:C3 -3.00", "-2.00 | T |  |  | G:C2 -2.00"],
            "",
        ),
        // A part is missing.
        (
            &[("S", "Split (1/2) a"), ("T", "")],
            &["-1.00 | S | Split (1/2) a |  | G:C1 -1.00", "-2.00 | T |  |  | G:C2 -2.00"],
            "1 part of a split is taken alone: the other parts are not in the file, or not of that day",
        ),
        // The other side of a part is whole.
        (&[("Transfer : B", "Split (2/2) a")], &["-1.00 |  | Split (2/2) a | B | G:C1 -1.00"], ""),
        // Payees of their own.
        (
            &[("S", "Split (1/2) a"), ("T", "Split (2/2) b")],
            &["-3.00 | S |  |  | G:C1 -1.00 (a), G:C2 -2.00 (T, b)"],
            "",
        ),
        (&[("S", "Split (1/1) a")], &["-1.00 | S | a |  | G:C1 -1.00"], ""),
        (&[("S", "Split (2/1) a")], &["-1.00 | S | Split (2/1) a |  | G:C1 -1.00"], ""),
    ];
    for (rows, expected, note) in cases {
        let outcome = split(rows);
        let expected: Vec<_> = expected.iter().map(|row| format!("A 2026-01-13 {row}")).collect();
        assert_eq!(all_shown(&outcome), expected, "{rows:?}");
        assert_eq!(outcome.facts.notes.join("; "), note, "{rows:?}");
    }
}

#[test]
fn amounts_may_have_any_sign_of_a_currency() {
    let cases = [
        ("€144,36", "€0,00", Ok(("-144.36", Some("EUR")))),
        ("kr 30,00", "kr 0,00", Ok(("-30.00", Some("kr")))),
        ("₱0.00", "₱1,234.50", Ok(("1234.50", None))),
        ("£5.00", "", Ok(("-5.00", Some("£")))),
        ("-$5.00", "$0.00", Ok(("5.00", Some("$")))),
        ("¥1,234", "¥0", Ok(("-1234", Some("¥")))),
        ("", "", Err("the row has neither an outflow nor an inflow")),
        ("lots", "0.00", Err("the amount `lots` is not a number")),
    ];
    for (outflow, inflow, expected) in cases {
        let row = format!(r#""A","","2026-01-13","P","","","","","{outflow}","{inflow}","Cleared""#);
        let options = Options { decimal: outflow.contains('¥').then_some('.'), ..Options::default() };
        let outcome = try_read(file(&[&row]).as_bytes(), &options).unwrap();
        let found = outcome.lines.first().map(|line| (line.amount.to_string(), line.currency.clone()));
        match expected {
            Ok((amount, currency)) => {
                assert_eq!(found, Some((amount.to_owned(), currency.map(str::to_owned))), "{outflow}");
            }
            Err(reason) => assert_eq!(reasons(&outcome), [format!("2: {reason}")], "{outflow}"),
        }
    }
}

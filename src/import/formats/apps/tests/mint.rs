//! Mint's transactions.

use super::*;

pub const HEADER: &str = r#""Date","Description","Original Description","Amount","Transaction Type","Category","Account Name","Labels","Notes""#;

fn file(rows: &[&str]) -> Outcome {
    read(&format!("{HEADER}\n{}\n", rows.join("\n")))
}

#[test]
fn transactions_are_read() {
    let outcome = file(&[
        r#""1/15/2023","Corner Shop","CORNER SHOP #12","12.50","debit","Groceries","Checking","Tax Related Vacation","for Ann""#,
        r#""1/14/2023","Acme","Acme","2,000.00","credit","Paycheck","Checking","","""#,
        r#""1/13/2023","Corner Shop","","2.50","credit","Groceries","Checking","","""#,
        r#""1/12/2023","To savings","TFR 1","100.00","debit","Transfer","Checking","","""#,
        r#""1/12/2023","Card","PAYMENT","50.00","credit","Credit Card Payment","Visa","","""#,
        r#""1/11/2023","Who","","1.00","debit","Uncategorized","Visa","a a,b","""#,
        r#""1/10/2023","Bank","","0.05","debit","Interest Income","Checking","","""#,
    ]);
    let expected = [
        "Checking 2023-01-15 -12.50 | Corner Shop | CORNER SHOP #12 for Ann |  | Groceries -12.50 | Tax Related, Vacation",
        "Checking 2023-01-14 2000.00 | Acme |  |  | income:Paycheck 2000.00",
        "Checking 2023-01-13 2.50 | Corner Shop |  |  | Groceries 2.50",
        "Checking 2023-01-12 -100.00 | To savings | TFR 1",
        "Visa 2023-01-12 50.00 | Card | PAYMENT",
        "Visa 2023-01-11 -1.00 | Who |  |  |  | a, b",
        "Checking 2023-01-10 -0.05 | Bank |  |  | income:Interest Income -0.05",
    ];
    assert_eq!(all_shown(&outcome), expected);
    assert_eq!(outcome.program.name(), "mint");
    let note = "2 rows are called a transfer without the other account: what belongs together is found by day and amount";
    assert_eq!(outcome.facts.notes, [note]);
}

#[test]
fn the_side_has_to_be_said() {
    let cases = [
        ("12.50", "", "the transaction type `` is neither `debit` nor `credit`"),
        ("12.50", "refund", "the transaction type `refund` is neither `debit` nor `credit`"),
        ("-12.50", "debit", "the amount `-12.50` has a sign, but `debit` beside it says which way it went"),
        ("", "debit", "the row has no amount"),
        ("n/a", "debit", "the amount `n/a` is not a number"),
    ];
    for (amount, side, expected) in cases {
        let row = format!(r#""1/15/2023","S","","{amount}","{side}","Food","Checking","","""#);
        assert_eq!(reasons(&file(&[&row])), [format!("2: {expected}")], "{amount} {side}");
    }
}

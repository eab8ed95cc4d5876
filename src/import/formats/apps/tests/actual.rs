//! Actual Budget's transactions, with and without groups of categories.

use super::*;

pub const HEADER: &str = "Account,Date,Payee,Notes,Category,Amount,Split_Amount,Cleared";
const WITH_GROUPS: &str = "Account,Date,Payee,Notes,Category_Group,Category,Amount,Split_Amount,Cleared";

fn file(rows: &[&str]) -> Outcome {
    read(&format!("{HEADER}\n{}\n", rows.join("\n")))
}

#[test]
fn transactions_are_read() {
    let outcome = file(&[
        "Checking,2026-01-15,Shop,with Ann,Food,-12.5,0,Cleared",
        "Checking,2026-01-14,Savings,,,-100,0,Reconciled",
        "Savings,2026-01-14,Checking,,,100,0,Not cleared",
        "Checking,2026-01-13,'-Minus,'=note,Income,2000,0,Cleared",
        "Savings,2026-01-01,Starting Balance,,Starting Balances,50.25,0,Cleared",
        "House,2026-01-01,Starting Balance,,,-50,0,Cleared",
    ]);
    let expected = [
        "Checking 2026-01-15 -12.5 | Shop | with Ann |  | Food -12.5",
        "Checking 2026-01-14 -100 |  |  | Savings",
        "Savings 2026-01-14 100 |  |  | Checking",
        "Checking 2026-01-13 2000 | -Minus | =note |  | Income 2000",
        "Savings 2026-01-01 50.25 | Starting Balance |  |  | Starting balances 50.25",
        "House 2026-01-01 -50 | Starting Balance |  |  | Starting balances -50",
    ];
    assert_eq!(all_shown(&outcome), expected);
    assert_eq!((outcome.program.name(), outcome.facts.row_count), ("actual", 6));
    assert_eq!(outcome.facts.notes.len(), 1);
    assert_eq!(outcome.facts.accounts, ["Checking", "Savings", "House"]);
}

#[test]
fn later_versions_name_the_group() {
    let rows =
        ["A,2026-01-15,Shop,,Living,Food,-12.5,0,Cleared", "A,2026-01-15,Work,,Income,Salary,12,0,Cleared"];
    let outcome = read(&format!("{WITH_GROUPS}\n{}", rows.join("\n")));
    let expected = [
        "A 2026-01-15 -12.5 | Shop |  |  | Living:Food -12.5",
        "A 2026-01-15 12 | Work |  |  | income:Salary 12",
    ];
    assert_eq!(all_shown(&outcome), expected);
}

#[test]
fn splits_are_one_row() {
    let outcome = file(&[
        "A,2026-01-15,Shop,(SPLIT INTO 2) all of it,,0,-10,Cleared",
        "A,2026-01-15,Shop,(SPLIT 1 OF 2) bread,Food,-6,0,Cleared",
        "A,2026-01-15,B,(SPLIT 2 OF 2) ,,-4,0,Not cleared",
        "B,2026-01-15,A,,,4,0,Cleared",
    ]);
    let expected =
        ["A 2026-01-15 -10 | Shop | all of it |  | Food -6 (bread), [B] -4", "B 2026-01-15 4 |  |  | A"];
    assert_eq!(all_shown(&outcome), expected);
    assert_eq!(outcome.lines[0].raw.lines().count(), 3);
}

#[test]
fn parts_stand_anywhere_in_the_day() {
    // As Actual sorts: the wholes among the day's rows, all first parts behind, then all second ones.
    let outcome = file(&[
        "A,2026-01-15,One,(SPLIT INTO 2) ,,0,-3,Cleared",
        "A,2026-01-15,Else,,Fun,-7,0,Cleared",
        "A,2026-01-15,Two,(SPLIT INTO 2) ,,0,-30,Cleared",
        "A,2026-01-15,Two,(SPLIT 1 OF 2) ,Food,-10,0,Cleared",
        "A,2026-01-15,One,(SPLIT 1 OF 2) ,Food,-1,0,Cleared",
        "A,2026-01-15,One,(SPLIT 2 OF 2) ,Fun,-2,0,Cleared",
        "A,2026-01-15,Two,(SPLIT 2 OF 2) ,Fun,-20,0,Cleared",
        "A,2026-01-14,Else,,Fun,-7,0,Cleared",
    ]);
    let expected = [
        "A 2026-01-15 -3 | One |  |  | Food -1, Fun -2",
        "A 2026-01-15 -7 | Else |  |  | Fun -7",
        "A 2026-01-15 -30 | Two |  |  | Food -10, Fun -20",
        "A 2026-01-14 -7 | Else |  |  | Fun -7",
    ];
    assert_eq!(all_shown(&outcome), expected);
}

#[test]
fn splits_without_their_parts_lose_no_money() {
    // The parts cannot be told apart: they are rows of their own, and nothing is missing.
    let outcome = file(&[
        "A,2026-01-15,S,(SPLIT INTO 2) ,,0,-3,Cleared",
        "A,2026-01-15,S,(SPLIT INTO 2) ,,0,-30,Cleared",
        "A,2026-01-15,S,(SPLIT 1 OF 2) ,Food,-1,0,Cleared",
        "A,2026-01-15,S,(SPLIT 1 OF 2) ,Food,-10,0,Cleared",
        "A,2026-01-15,S,(SPLIT 2 OF 2) ,Fun,-20,0,Cleared",
        "A,2026-01-15,S,(SPLIT 2 OF 2) ,Fun,-2,0,Cleared",
    ]);
    assert_eq!((outcome.lines.len(), outcome.rejected.len()), (4, 0));
    assert_eq!(outcome.lines.iter().map(|line| line.amount).sum::<rust_decimal::Decimal>(), (-33).into());
    let note =
        "2 splits are taken as single rows: the parts cannot be told from those of another split of the day";
    assert_eq!(outcome.facts.notes[0], note);

    // A part is not in the file.
    let outcome = file(&[
        "A,2026-01-15,S,(SPLIT INTO 2) ,,0,-3,Cleared",
        "A,2026-01-15,S,(SPLIT 1 OF 2) note,Food,-1,0,Cleared",
    ]);
    assert_eq!(all_shown(&outcome), ["A 2026-01-15 -1 | S | (SPLIT 1 OF 2) note |  | Food -1"]);
    let reason = "2: of the 2 parts of the split not all are on its day, or they do not come to its total";
    assert_eq!(reasons(&outcome), [reason]);
    assert_eq!(outcome.facts.row_count, 2);

    let cases = [
        ("A,2026-01-15,S,(SPLIT INTO undefined) ,,0,-3,Cleared", "split amount `-3`"),
        ("A,2026-01-15,S,(SPLIT INTO 2) ,,0,-3,Cleared", "of the 2 parts"),
        ("A,2026-01-15,S,,,0,-3,Cleared", "split amount `-3`"),
        ("A,2026-01-15,S,(SPLIT INTO 2) ,,-3,-3,Cleared", "split amount `-3`"),
    ];
    for (row, expected) in cases {
        let reasons = reasons(&file(&[row]));
        assert!(reasons.len() == 1 && reasons[0].contains(expected), "{row}: {reasons:?}");
    }
}

#[test]
fn an_account_of_the_name_of_a_payee_needs_rows_of_its_own() {
    let outcome = file(&["A,2026-01-15,B,,,-1,0,Cleared", "A,2026-01-15,A,,Food,-1,0,Cleared"]);
    let expected = ["A 2026-01-15 -1 | B", "A 2026-01-15 -1 | A |  |  | Food -1"];
    assert_eq!(all_shown(&outcome), expected);
}

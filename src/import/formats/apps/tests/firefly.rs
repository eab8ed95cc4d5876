//! Firefly III's journals.

use super::*;

pub const HEADER: &str = "user_id,group_id,journal_id,created_at,updated_at,group_title,type,amount,foreign_amount,\
currency_code,foreign_currency_code,description,date,source_name,source_iban,source_type,destination_name,\
destination_iban,destination_type,reconciled,category,budget,bill,tags,notes";

/// A journal's fields that tests differ in.
#[derive(Clone, Copy)]
struct Journal {
    ids: (u32, u32),
    title: &'static str,
    what: &'static str,
    /// Amount and currency, and the foreign ones.
    money: [&'static str; 4],
    source: [&'static str; 2],
    destination: [&'static str; 2],
    /// Category, budget, bill, tags, notes.
    rest: [&'static str; 5],
}

const ASSET: &str = "Asset account";
const SHOP: [&str; 2] = ["Shop", "Expense account"];
const GIRO: [&str; 2] = ["Giro", ASSET];
const SAVINGS: [&str; 2] = ["Savings", ASSET];

const SPENT: Journal = Journal {
    ids: (1, 11),
    title: "",
    what: "Withdrawal",
    money: ["-12.50", "EUR", "", ""],
    source: GIRO,
    destination: SHOP,
    rest: ["Food", "", "", "", ""],
};

fn row(journal: Journal) -> String {
    let Journal { ids: (group, id), title, what, money: [amount, code, foreign, foreign_code], .. } = journal;
    let ([source, source_type], [destination, destination_type]) = (journal.source, journal.destination);
    let rest = journal.rest.map(|text| format!("\"{text}\"")).join(",");
    format!(
        "1,{group},{id},2026-02-01T10:00:00+01:00,2026-02-01T10:00:00+01:00,{title},{what},{amount},{foreign},\
         {code},{foreign_code},text {id},2026-01-31T23:30:00+01:00,\"{source}\",,{source_type},{destination},,\
         {destination_type},,{rest}"
    )
}

fn file(journals: &[Journal]) -> Outcome {
    let rows: Vec<_> = journals.iter().copied().map(row).collect();
    read(&format!("{HEADER}\n{}\n", rows.join("\n")))
}

#[test]
fn the_sides_say_where_money_went() {
    let opening = ["Initial balance for Giro", "Initial balance account"];
    let correction = ["Giro reconciliation", "Reconciliation account"];
    let moved = Journal { what: "Transfer", destination: SAVINGS, rest: [""; 5], ..SPENT };
    let cases: [(Journal, &[&str]); 11] = [
        (SPENT, &["Giro 2026-01-31 -12.50 | Shop | text 11 |  | Food -12.50"]),
        (
            Journal { money: ["'-12.50", "EUR", "", ""], ..SPENT },
            &["Giro 2026-01-31 -12.50 | Shop | text 11 |  | Food -12.50"],
        ),
        (
            Journal {
                what: "Deposit",
                source: ["Acme", "Revenue account"],
                destination: GIRO,
                rest: ["Pay", "", "", "", ""],
                ..SPENT
            },
            &["Giro 2026-01-31 12.50 | Acme | text 11 |  | income:Pay 12.50"],
        ),
        (
            moved,
            &[
                "Giro 2026-01-31 -12.50 |  | text 11 | Savings",
                "Savings 2026-01-31 12.50 |  | text 11 | Giro",
            ],
        ),
        (
            Journal { destination: ["Car", "Loan"], ..SPENT },
            &["Giro 2026-01-31 -12.50 |  | text 11 | Car", "Car 2026-01-31 12.50 |  | text 11 | Giro"],
        ),
        (
            Journal { destination: ["Cash account", "Cash account"], ..SPENT },
            &["Giro 2026-01-31 -12.50 |  | text 11 |  | Food -12.50"],
        ),
        (
            Journal { what: "Opening balance", source: opening, destination: GIRO, rest: [""; 5], ..SPENT },
            &["Giro 2026-01-31 12.50 |  | text 11 |  | Starting balances 12.50"],
        ),
        (
            Journal { what: "Opening balance", destination: opening, rest: [""; 5], ..SPENT },
            &["Giro 2026-01-31 -12.50 |  | text 11 |  | Starting balances -12.50"],
        ),
        (
            Journal { what: "Reconciliation", source: correction, destination: GIRO, rest: [""; 5], ..SPENT },
            &["Giro 2026-01-31 12.50 |  | text 11"],
        ),
        (
            Journal { rest: ["", "", "", "work, home,work", "two\n lines"], ..SPENT },
            &["Giro 2026-01-31 -12.50 | Shop | text 11 two lines |  |  | work, home"],
        ),
        (
            Journal { source: ["Giro \"\"old\"\"", ASSET], rest: [""; 5], ..SPENT },
            &["Giro \"old\" 2026-01-31 -12.50 | Shop | text 11"],
        ),
    ];
    for (journal, expected) in cases {
        let outcome = file(&[journal]);
        assert_eq!(all_shown(&outcome), expected, "{:?}", reasons(&outcome));
        assert_eq!(outcome.program.name(), "firefly");
        assert!(outcome.lines.iter().all(|line| line.currency.as_deref() == Some("EUR")));
    }
    let outcome = file(&[Journal { source: SHOP, ..SPENT }, Journal { source: ["", ASSET], ..SPENT }]);
    let expected = [
        "2: neither `Shop` nor `Shop` is an asset account or a liability",
        "3: the row does not name its own account",
    ];
    assert_eq!(reasons(&outcome), expected);
}

#[test]
fn ids_are_those_of_journals() {
    let moved = Journal { what: "Transfer", destination: SAVINGS, ids: (2, 12), ..SPENT };
    let ids: Vec<_> = file(&[SPENT, moved]).lines.into_iter().filter_map(|line| line.bank_id).collect();
    assert_eq!(ids, ["11", "12", "12/2"]);
}

#[test]
fn what_came_back_is_no_income() {
    let back = Journal { what: "Deposit", source: ["Shop", "Revenue account"], destination: GIRO, ..SPENT };
    assert_eq!(all_shown(&file(&[back, SPENT]))[0], "Giro 2026-01-31 12.50 | Shop | text 11 |  | Food 12.50");
}

#[test]
fn groups_are_one_row_in_each_account() {
    let part = |ids, category, amount| Journal {
        ids,
        title: "all of it",
        money: [amount, "EUR", "", ""],
        rest: [category, "", "", "x", ""],
        ..SPENT
    };
    let other = Journal { ids: (9, 90), ..SPENT };
    let kiosk = Journal { destination: ["Kiosk", "Expense account"], ..part((3, 22), "Fun", "-2") };
    // First parts, then second ones, as the export sorts them.
    let outcome = file(&[
        part((3, 21), "Food", "-1"),
        part((4, 31), "Food", "-10"),
        other,
        kiosk,
        part((4, 32), "Fun", "-20"),
    ]);
    let expected = [
        "Giro 2026-01-31 -3 | Shop | all of it |  | Food -1 (text 21), Fun -2 (Kiosk, text 22) | x",
        "Giro 2026-01-31 -30 | Shop | all of it |  | Food -10 (text 31), Fun -20 (text 32) | x",
        "Giro 2026-01-31 -12.50 | Shop | text 90 |  | Food -12.50",
    ];
    assert_eq!(all_shown(&outcome), expected);
    assert_eq!(outcome.lines[0].bank_id.as_deref(), Some("21"));

    let moved = |ids, amount| Journal { what: "Transfer", destination: SAVINGS, ..part(ids, "", amount) };
    let outcome = file(&[moved((5, 9), "1"), moved((5, 10), "2")]);
    let expected = [
        "Giro 2026-01-31 -3 |  | all of it | Savings |  | x",
        "Savings 2026-01-31 3 |  | all of it | Giro |  | x",
    ];
    assert_eq!(all_shown(&outcome), expected);
    let ids: Vec<_> = outcome.lines.iter().filter_map(|line| line.bank_id.as_deref()).collect();
    assert_eq!(ids, ["9", "9/2"]);
}

#[test]
fn transfers_between_currencies_have_an_amount_in_each() {
    let dollars = ["Dollars", ASSET];
    let moved =
        Journal { what: "Transfer", money: ["10.00", "EUR", "11.00", "USD"], destination: dollars, ..SPENT };
    let opening = Journal {
        what: "Opening balance",
        source: ["", "Initial balance account"],
        destination: dollars,
        money: ["1.00", "USD", "", ""],
        ..SPENT
    };
    let amounts = |journals: &[Journal]| {
        let outcome = file(journals);
        let shown = |line: FileLine| format!("{} {}", line.amount, line.currency.unwrap_or_default());
        outcome.lines.into_iter().map(shown).collect::<Vec<_>>()
    };
    assert_eq!(amounts(&[moved]), ["-10.00 EUR", "11.00 USD"]);
    assert_eq!(amounts(&[opening, moved]), ["1.00 USD", "-10.00 EUR", "11.00 USD"]);
    // What is only noted beside a transfer between accounts of one currency.
    let opening = Journal { money: ["1.00", "EUR", "", ""], ..opening };
    assert_eq!(amounts(&[opening, moved]), ["1.00 EUR", "-10.00 EUR", "10.00 EUR"]);
    // Of spending abroad, the account's own currency counts.
    let abroad = Journal { money: ["-10.00", "EUR", "-11.00", "USD"], ..SPENT };
    assert_eq!(amounts(&[abroad]), ["-10.00 EUR"]);
}

#[test]
fn what_is_left_out_is_told() {
    let spent = Journal {
        money: ["-10.00", "EUR", "-11.00", "USD"],
        rest: ["Food", "Month", "Rent", "", ""],
        ..SPENT
    };
    let moved = Journal { what: "Transfer", destination: SAVINGS, ..SPENT };
    let expected = [
        "1 row names a budget: that is left out",
        "1 row names a bill: that is left out",
        "1 row has an amount in a foreign currency, too: that is left out",
        "1 transfer has a category: that is left out",
    ];
    assert_eq!(file(&[spent, moved]).facts.notes, expected);
}

#[test]
fn each_side_of_a_transfer_between_currencies_says_what_the_other_has() {
    let dollars = ["Dollar", ASSET];
    for foreign in ["110.00", "-110.00"] {
        let moved = Journal {
            what: "Transfer",
            money: ["-100.00", "EUR", foreign, "USD"],
            destination: dollars,
            rest: [""; 5],
            ..SPENT
        };
        let outcome = file(&[moved]);
        let parts: Vec<String> = outcome
            .lines
            .iter()
            .map(|line| {
                let part = &line.purpose.as_ref().expect("a purpose").parts[0];
                let there = part.other_amount.as_ref().expect("an amount").0;
                format!("{} {} {there}", line.amount, part.other_account.as_deref().unwrap_or("-"))
            })
            .collect();
        assert_eq!(parts, ["-100.00 Dollar 110.00", "110.00 Giro -100.00"]);
    }
}

#[test]
fn a_foreign_amount_between_accounts_of_one_currency_is_in_neither() {
    let moved = Journal { what: "Transfer", destination: SAVINGS, rest: [""; 5], ..SPENT };
    let told = Journal { ids: (2, 12), money: ["-20.00", "EUR", "22.00", "USD"], ..moved };
    let outcome = file(&[told, moved]);
    let found: Vec<_> =
        outcome.lines.iter().map(|line| (line.amount.to_string(), line.purpose.is_none())).collect();
    let expected = ["-20.00", "20.00", "-12.50", "12.50"].map(|amount| (amount.to_owned(), true));
    assert_eq!(found, expected);
}

#[test]
fn later_versions_have_more_columns() {
    let header = "user_id,group_id,journal_id,created_at,updated_at,group_title,type,currency_code,amount,\
                  foreign_currency_code,foreign_amount,primary_currency_code,pc_amount,pc_foreign_amount,description,\
                  date,source_name,source_iban,source_type,destination_name,destination_iban,destination_type,\
                  reconciled,category,budget,bill,tags,notes,sepa_cc,external_id";
    let row = "1,5,7,x,x,,Withdrawal,KWD,-1.234,,,KWD,,,Lunch,2026-01-02T00:00:00+00:00,Wallet,,Asset account,Cafe,,\
               Expense account,1,Food,,,,,,";
    let outcome = read(&format!("{header}\n{row}\n"));
    // Its numbers have no marks between thousands: three decimals leave nothing open.
    assert_eq!(all_shown(&outcome), ["Wallet 2026-01-02 -1.234 | Cafe | Lunch |  | Food -1.234"]);
    assert_eq!(outcome.facts.currencies, ["KWD"]);
    assert_eq!(
        outcome.facts.notes,
        [
            "1 row is reconciled in the other program, and cleared here: `groat reconcile` locks what agrees with a statement"
        ]
    );
}

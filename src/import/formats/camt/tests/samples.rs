//! The CAMT files of other projects' test suites: counts, sums, days and balances as `EXPECTED.tsv` has them.
//!
//! They are no part of the project: `import::shared` finds them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rust_decimal::Decimal;

use super::*;
use crate::import::shared;

/// What is expected of each file, by kind.
type Expected = BTreeMap<String, BTreeMap<String, String>>;

fn samples() -> Option<(PathBuf, Expected)> {
    let list = shared::find("EXPECTED.tsv")?;
    let mut expected = Expected::new();
    for line in std::fs::read_to_string(&list).unwrap().lines() {
        let [file, kind, value, ..] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
        if file.starts_with("camt/") {
            expected.entry(file.to_owned()).or_default().insert(kind.to_owned(), value.to_owned());
        }
    }
    Some((list.parent().map(PathBuf::from)?, expected))
}

pub fn sample_files() -> Vec<Vec<u8>> {
    let Some((folder, expected)) = samples() else { return Vec::new() };
    expected.keys().map(|file| std::fs::read(folder.join(file)).unwrap()).collect()
}

/// `-2.00` and `-2` are one amount.
fn plain(text: &str) -> String {
    text.parse::<Decimal>().map_or(text.to_owned(), |value| value.normalize().to_string())
}

/// What a file gives, in the words of the list, as far as all files can be held against it.
fn found(outcome: &Outcome, rows: u64) -> Vec<(&'static str, String)> {
    let described = |what: &str| {
        let found = outcome.facts.described.iter().find(|(name, _)| name == what);
        found.map_or(String::new(), |(_, value)| value.clone())
    };
    let days = || outcome.lines.iter().map(|line| line.date);
    let sum: Decimal = outcome.lines.iter().map(|line| line.amount).sum();
    vec![
        ("namespace", described("version")),
        ("statements/reports", described("statements")),
        ("rows", rows.to_string()),
        ("signed sum Ntry/Amt", sum.normalize().to_string()),
        ("first BookgDt", days().min().map_or(String::new(), |day| day.to_string())),
        ("last BookgDt", days().max().map_or(String::new(), |day| day.to_string())),
    ]
}

/// Each batch of the samples sums to its entry, so each of its details is a row; an entry without details is one, too,
/// so that there are as many rows as details and entries without any.
fn expected_rows(file: &str, expected: &BTreeMap<String, String>) -> u64 {
    let details: u64 = expected["count TxDtls"].parse().unwrap();
    assert!(details >= expected["count Ntry"].parse().unwrap(), "{file}");
    details
}

#[test]
fn every_sample_loads_as_expected() {
    let Some((folder, expected)) = samples() else { return };
    assert_eq!(expected.len(), 5);
    for (file, expected) in &expected {
        let outcome = try_read(&std::fs::read(folder.join(file)).unwrap(), &Options::default()).unwrap();
        assert_eq!(outcome.reasons(), [], "{file}");
        for (kind, found) in found(&outcome, outcome.facts.row_count) {
            let wanted = if kind == "rows" {
                expected_rows(file, expected).to_string()
            } else {
                plain(&expected[kind])
            };
            assert_eq!(found, wanted, "{file}: {kind}");
        }
        let currencies: Vec<_> = outcome.lines.iter().filter_map(|line| line.currency.as_deref()).collect();
        assert!(currencies.iter().all(|code| *code == expected["currency"]), "{file}");
        assert_eq!(currencies.len(), outcome.lines.len(), "{file}");
        check_balances(file, expected, &outcome);
        check_stated(file, expected, &outcome);
    }
}

/// The list has all balances of a statement; kept are the closing booked ones, the last of a day.
fn check_balances(file: &str, expected: &BTreeMap<String, String>, outcome: &Outcome) {
    let mut closing = Vec::new();
    for (kind, value) in expected.iter().filter(|(kind, _)| kind.starts_with("balances of statement")) {
        let of_statement = value.split("; ").filter_map(|balance| balance.strip_prefix("CLBD "));
        closing.extend(of_statement.map(|balance| (kind, balance)));
    }
    let last = closing.last().map(|(_, balance)| (*balance).to_owned());
    let found: Vec<_> = outcome
        .facts
        .balances
        .iter()
        .map(|kept| format!("{} {}", kept.amount, kept.currency.as_deref().unwrap_or_default()))
        .collect();
    assert_eq!(found.last().cloned(), last, "{file}");
    assert_eq!(found.len(), 1, "{file}");
}

/// What other projects' own tests say of the file.
fn check_stated(file: &str, expected: &BTreeMap<String, String>, outcome: &Outcome) {
    let account = expected.get("account").or(expected.get("account hint"));
    if let Some(account) = account {
        let number = account.split(' ').next().unwrap();
        assert_eq!(outcome.facts.accounts, [number], "{file}");
        assert!(outcome.lines.iter().all(|line| line.account.as_deref() == Some(number)), "{file}");
    }
    if let Some(entry) = expected.get("entry").or(expected.get("entry 0")) {
        let line = &outcome.lines[0];
        let [amount, currency] = entry.split(' ').take(2).collect::<Vec<_>>()[..] else { panic!("{entry}") };
        assert_eq!(line.amount, amount.trim_start_matches('+').parse().unwrap(), "{file}");
        assert_eq!(line.currency.as_deref(), Some(currency), "{file}");
        assert!(entry.contains(&line.date.to_string()), "{file}");
    }
    if let Some(transactions) = expected.get("transactions") {
        check_transactions(transactions, outcome);
    }
}

/// The list has the amounts in that program's order, which is not the file's; its days are those of the value where
/// one is stated, ours are those of the booking, on which balances rest.
fn check_transactions(stated: &str, outcome: &Outcome) {
    let (_, amounts) = stated.split_once(": ").unwrap();
    let amounts = amounts.split(" (").next().unwrap().split(", ");
    let mut wanted: Vec<Decimal> = amounts.map(|amount| amount.parse().unwrap()).collect();
    let mut found: Vec<_> = outcome.lines.iter().map(|line| line.amount).collect();
    wanted.sort();
    found.sort();
    assert_eq!(found, wanted);
}

#[test]
fn german_and_swiss_details_are_read() {
    let Some(path) = shared::find("camt/skyengpro__actualbudget/camt.053.xml") else { return };
    let outcome = try_read(&std::fs::read(path).unwrap(), &Options::default()).unwrap();
    let lines: Vec<_> = outcome
        .lines
        .iter()
        .map(|line| {
            let text =
                |text: &Option<String>| text.as_deref().unwrap_or("-").chars().take(24).collect::<String>();
            format!(
                "{} {} | {} | {} | {}",
                line.date,
                line.amount,
                text(&line.bank_id),
                text(&line.payee),
                text(&line.memo)
            )
        })
        .collect();
    let expected = [
        "2013-12-30 0.60 | 2013123001153870000 | Testkonto Nummer 2 | Sammler aus Testknto 2 Z",
        "2013-12-30 0.50 | 2013123001153870001 | Testkonto Nummer 2 | Sammler aus Testkonto 2 ",
        "2024-03-12 -89.85 | 640387810124072/2 | - | Supermarkt A",
        "2014-01-07 1.20 | 2014010509572410000 | - | Retoure SEPA Lastschrift",
        "2024-03-12 -80 | 367406715024072/1 | Rega | 002462",
        "2014-01-03 2.25 | 2014010303263400000#1 | Testkonto Nummer 2 | Lastschrift 2. Zahlung T",
        "2014-01-03 1.20 | 2014010303263400000#2 | Testkonto Nummer 2 | Lastschrift 1. Zahlung T",
    ];
    assert_eq!(lines, expected);
    // The file was put together by hand.
    let note = "the statement 0352C5320140103220142 of DE14740618130000033626: opening 24.16 and entries of -164.10 \
                give -139.94, but it closes with 27.61 EUR";
    assert_eq!(outcome.facts.notes, [note]);
}

#[test]
fn the_other_side_of_a_sample_is_never_the_own_account() {
    let Some(path) = shared::find("camt/viafintech__camt_parser/valid_example.xml") else { return };
    let outcome = try_read(&std::fs::read(path).unwrap(), &Options::default()).unwrap();
    let others: Vec<_> =
        outcome.lines.iter().map(|line| line.other_account.as_deref().unwrap_or("-")).collect();
    // The file's batch names the account itself as its creditor.
    let batch = "DE58740618130100033626";
    assert_eq!(
        others,
        ["DE09300606010012345671", "DE58740618130100033626", "740618130100033626", batch, batch]
    );
    assert_eq!(outcome.facts.notes, [""; 0]);
    assert_eq!(outcome.lines[0].bank_id.as_deref(), Some("BankReference"));
}

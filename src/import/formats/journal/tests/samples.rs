//! The journals of other projects' test suites: what `EXPECTED.tsv` has of them.
//!
//! They are no part of the project: `import::shared` finds them. Their balances are of all postings; ours are
//! of money in own accounts, and of what that was for. Where the two differ by policy, the case says why.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::*;
use crate::import::shared;

/// A sample with what differs by policy from what its program says.
struct Sample {
    file: &'static str,
    dialect: Dialect,
    /// Kind of balance and by how much ours is more.
    differs: &'static [(&'static str, &'static str)],
    /// Transactions without a row.
    without_row: usize,
}

const SAMPLES: [Sample; 5] = [
    Sample {
        file: "journal/adept__full-fledged-hledger/fullfledged-2017-all.journal",
        dialect: Dialect::Hledger,
        differs: &[],
        without_row: 0,
    },
    // A rule adds virtual postings of 12 % of the income to a liability: no money moves.
    Sample {
        file: "journal/ledger__ledger/drewr3.dat",
        dialect: Dialect::Ledger,
        differs: &[("Liabilities USD", "243.60")],
        without_row: 0,
    },
    // Likewise 10 % of the books. Two transactions are in accounts of no known type, with 1,500.00 of income; the
    // opening of shares is in no money.
    Sample {
        file: "journal/ledger__ledger/sample.dat",
        dialect: Dialect::Ledger,
        differs: &[("Liabilities USD", "2.00"), ("Income USD", "1500.00"), ("Equity USD", "1500.00")],
        without_row: 3,
    },
    // Nothing in money differs. Six transactions are in hours of vacation or in a quota for
    // pensions; one moves 0.00, and is a row.
    Sample {
        file: "journal/beancount__fava/long-example.beancount",
        dialect: Dialect::Beancount,
        differs: &[],
        without_row: 6,
    },
    Sample {
        file: "journal/beancount__fava/example.beancount",
        dialect: Dialect::Beancount,
        differs: &[],
        without_row: 0,
    },
];

pub fn samples() -> Option<PathBuf> {
    shared::find("EXPECTED.tsv").and_then(|path| path.parent().map(PathBuf::from))
}

/// Every sample's bytes, with whose it is.
pub fn contents() -> Vec<(Vec<u8>, Dialect)> {
    let Some(folder) = samples() else { return Vec::new() };
    SAMPLES.iter().map(|sample| (std::fs::read(folder.join(sample.file)).unwrap(), sample.dialect)).collect()
}

/// What is expected of a file, by kind.
fn expected(folder: &std::path::Path, file: &str) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(folder.join("EXPECTED.tsv")).unwrap();
    let rows = text.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let of_file = rows.filter(|row| row.len() > 2 && row[0] == file);
    of_file.map(|row| (row[1].to_owned(), row[2].to_owned())).collect()
}

/// The balances by top account and currency, such as `Assets USD`; currencies alone.
fn balances(expected: &BTreeMap<String, String>) -> BTreeMap<String, Decimal> {
    let mut all = BTreeMap::new();
    for (text, separator) in [("balances depth 1", " / "), ("units by top account and currency", "; ")] {
        let mut open = Vec::new();
        for piece in
            expected.get(text).map_or("", String::as_str).split(separator).flat_map(|p| p.split("; "))
        {
            let piece = piece.replace('$', "USD ").replace('£', "GBP ").replace('€', " EUR ");
            let words: Vec<_> = piece.split([' ', ';']).flat_map(|word| split_name(word)).collect();
            let number = words.iter().find_map(|word| word.replace(',', "").parse::<Decimal>().ok());
            let currency = words.iter().find(|word| ["USD", "GBP", "EUR"].contains(word));
            if let (Some(number), Some(currency)) = (number, currency) {
                open.push((number, (*currency).to_owned()));
            }
            let roots = ["assets", "liabilities", "equity", "income", "expenses"];
            let name = words.iter().find(|word| roots.contains(&word.to_lowercase().as_str()));
            if let Some(name) = name {
                let name = name[..1].to_uppercase() + &name[1..];
                for (number, currency) in open.drain(..) {
                    all.insert(format!("{name} {currency}"), number);
                }
            } else if words.iter().any(|word| !word.is_ascii()) {
                open.clear();
            }
        }
    }
    all
}

/// hledger writes `assets,£5.00`.
fn split_name(word: &str) -> Vec<&str> {
    match word.split_once(',') {
        Some((name, rest)) if name.chars().all(char::is_alphabetic) => vec![name, rest],
        _ => vec![word],
    }
}

/// The same of ours: accounts by their first part, categories as what they stand for. What has no category is
/// whatever the file calls so.
fn our_balances(outcome: &Outcome) -> BTreeMap<String, Decimal> {
    let mut all = BTreeMap::new();
    let mut add = |name: &str, line: &FileLine, amount: Decimal| {
        let name = name[..1].to_uppercase() + &name[1..];
        let key = format!("{name} {}", line.currency.as_deref().unwrap());
        *all.entry(key).or_insert(Decimal::ZERO) += amount;
    };
    for line in &outcome.lines {
        add(line.account.as_deref().unwrap().split(':').next().unwrap(), line, line.amount);
        for part in &line.purpose.as_ref().unwrap().parts {
            match part.category.as_deref() {
                Some("Starting balances") => add("equity", line, -part.amount),
                Some(name) if name.starts_with("income:") => add("income", line, -part.amount),
                None if part.other_account.is_some() => {}
                None if !line.raw.to_lowercase().contains("expenses:unknown") => {}
                _ => add("expenses", line, -part.amount),
            }
        }
    }
    all.retain(|_, amount| !amount.is_zero());
    all
}

fn differences(folder: &std::path::Path, sample: &Sample) -> Vec<String> {
    let expected = expected(folder, sample.file);
    let bytes = std::fs::read(folder.join(sample.file)).unwrap();
    let outcome = try_read(&bytes, &Options::default(), sample.dialect).unwrap();
    check(&outcome);
    let mut all = reasons(&outcome);
    let mut wanted = balances(&expected);
    assert!(wanted.len() >= 3, "{wanted:?}");
    for (name, more) in sample.differs {
        *wanted.entry((*name).to_owned()).or_insert(Decimal::ZERO) += more.parse::<Decimal>().unwrap();
    }
    wanted.retain(|_, amount| !amount.is_zero());
    let found = our_balances(&outcome);
    if wanted != found {
        all.push(format!("{found:?}, expected {wanted:?}"));
    }
    let starts: BTreeSet<u64> = outcome.lines.iter().map(|line| line.line).collect();
    let count = starts.len() + sample.without_row;
    if let Some(wanted) = transactions(&expected).filter(|wanted| *wanted != count) {
        all.push(format!("{count} transactions, expected {wanted}"));
    }
    all
}

/// How many transactions there are; beancount counts what a pad puts in as one, too.
fn transactions(expected: &BTreeMap<String, String>) -> Option<usize> {
    let counted = ["transactions", "transactions (lines starting with a digit)"];
    let plain = counted.iter().find_map(|kind| expected.get(*kind)?.parse().ok());
    let among = |word: &str| {
        let (_, rest) = expected.get("directives")?.split_once(&format!("\"{word}\": "))?;
        rest.split([',', '}']).next()?.parse::<usize>().ok()
    };
    plain.or_else(|| among("Transaction"))
}

#[test]
fn every_sample_loads_as_expected() {
    let Some(folder) = samples() else { return };
    let mut failures = Vec::new();
    for sample in &SAMPLES {
        let found = differences(&folder, sample);
        failures.extend(found.iter().map(|difference| format!("{}: {difference}", sample.file)));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_sample_is_recognised() {
    for (bytes, dialect) in contents() {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(16 * 1024)]).to_lowercase();
        assert_eq!(super::super::recognise(&head), Some(dialect));
    }
}

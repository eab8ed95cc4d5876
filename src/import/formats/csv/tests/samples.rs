//! The CSV files of other projects' test suites: counts, sums and days as `EXPECTED.tsv` has them.
//!
//! They are no part of the project: `import::shared` finds them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rust_decimal::Decimal;

use super::*;
use crate::import::shared;

/// The folder of the samples.
pub fn samples() -> Option<PathBuf> {
    shared::find("EXPECTED.tsv").and_then(|path| path.parent().map(PathBuf::from))
}

/// What is computed for each CSV file, by kind.
fn expected(folder: &std::path::Path) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut expected = BTreeMap::<_, BTreeMap<_, _>>::new();
    for line in std::fs::read_to_string(folder.join("EXPECTED.tsv")).unwrap().lines() {
        let [file, kind, value, "computed", _] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
        if file.starts_with("csv/") {
            expected.entry(file.to_owned()).or_default().insert(kind.to_owned(), value.to_owned());
        }
    }
    expected
}

/// How a file differs from what is expected of it.
fn differences(expected: &BTreeMap<String, String>, outcome: &Outcome) -> Vec<String> {
    let days = || outcome.lines.iter().map(|line| line.date);
    let sum: Decimal = outcome.lines.iter().map(|line| line.amount).sum();
    let found = [
        ("transactions", outcome.lines.len().to_string()),
        ("sum", sum.normalize().to_string()),
        ("first date", days().min().map_or(String::new(), |day| day.to_string())),
        ("last date", days().max().map_or(String::new(), |day| day.to_string())),
    ];
    let mut all = reasons(outcome);
    for (kind, found) in found {
        let value = &expected[kind];
        let wanted = value.parse::<Decimal>().map_or(value.clone(), |sum| sum.normalize().to_string());
        if found != wanted {
            all.push(format!("{kind}: {found}, expected {wanted}"));
        }
    }
    all
}

#[test]
fn every_sample_loads_as_expected() {
    let Some(folder) = samples() else { return };
    let expected = expected(&folder);
    assert_eq!(expected.len(), 16);
    let mut failures = Vec::new();
    for (file, expected) in expected {
        let bytes = std::fs::read(folder.join(&file)).unwrap();
        match try_read(&bytes, &Options::default()) {
            Err(error) => failures.push(format!("{file}: {error:?}")),
            Ok(outcome) => {
                let found = differences(&expected, &outcome);
                failures.extend(found.iter().map(|difference| format!("{file}: {difference}")));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

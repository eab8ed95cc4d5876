//! The CSV files of other projects' test suites: counts, sums and days as `EXPECTED.tsv` has them.
//!
//! They are read from `GROAT_SAMPLES`, else from `../shared/samples` beside the checkout, and are no
//! part of the project.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rust_decimal::Decimal;

use super::*;

/// The folder of the samples; absent ones are told, and fail where nothing may be left out.
pub fn samples() -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "tests find their samples by the environment")]
    let (said, is_ci) =
        (std::env::var_os("GROAT_SAMPLES"), std::env::var_os("CI").is_some_and(|ci| ci == "true"));
    let beside = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/samples"));
    let folder = said.map_or_else(beside, PathBuf::from);
    if folder.join("EXPECTED.tsv").is_file() {
        return Some(folder);
    }
    assert!(!is_ci, "the samples are not in `{}`", folder.display());
    eprintln!("left out: the samples are not in `{}`; set GROAT_SAMPLES", folder.display());
    None
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

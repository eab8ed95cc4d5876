//! The QIF files of other projects' test suites: counts, sums and days as `EXPECTED.tsv` has them.
//!
//! They are no part of the project: `import::shared` finds them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rust_decimal::Decimal;

use super::*;
use crate::import::shared;

/// The folder of the samples.
pub fn samples() -> Option<PathBuf> {
    shared::find("EXPECTED.tsv").and_then(|path| path.parent().map(PathBuf::from))
}

/// What is expected of each QIF file, by kind.
pub fn expected(folder: &Path) -> BTreeMap<String, Vec<(String, String)>> {
    let mut expected = BTreeMap::<String, Vec<_>>::new();
    for line in std::fs::read_to_string(folder.join("EXPECTED.tsv")).unwrap().lines() {
        let [file, kind, value, ..] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
        if file.starts_with("qif/") {
            expected.entry(file.to_owned()).or_default().push((kind.to_owned(), value.to_owned()));
        }
    }
    expected
}

/// `splits.qif` has 6/1/94 and 6/2/94, and YNAB's export is settled by its first row: only the first leaves its order
/// open, which is asked for, not guessed.
fn options(file: &str) -> Options {
    if file.ends_with("/splits.qif") { ordered(DateOrder::Mdy) } else { Options::default() }
}

fn sample(folder: &Path, file: &str) -> Outcome {
    try_read(&std::fs::read(folder.join(file)).unwrap(), &options(file)).unwrap()
}

/// What can be found out for a kind of expectation, in the table's words.
fn found(outcome: &Outcome, kind: &str) -> Option<String> {
    let sum: Decimal = outcome.lines.iter().map(|line| line.amount).sum();
    let note = |what: &str| {
        let found = outcome.facts.notes.iter().find(|note| note.contains(what));
        found.map_or("0".to_owned(), |note| note.split(' ').next().unwrap_or_default().to_owned())
    };
    let purposes = || outcome.lines.iter().filter_map(|line| line.purpose.as_ref());
    Some(match kind {
        "records in !Type:Bank" | "bank transactions" => outcome.lines.len().to_string(),
        "sum T in !Type:Bank" => sum.normalize().to_string(),
        "split lines" => {
            purposes().filter(|p| p.parts.len() > 1).map(|p| p.parts.len()).sum::<usize>().to_string()
        }
        "investment transactions (skip)" | "records in !Type:Invst" => note("trade"),
        "securities" | "records in !Type:Security" => note("securit"),
        "transactions" => {
            let all = outcome.lines.iter().map(|line| format!("{} {}", line.date, line.amount));
            format!("{}: {}", outcome.lines.len(), all.collect::<Vec<_>>().join(", "))
        }
        "amounts" => outcome
            .lines
            .iter()
            .map(|line| line.amount.round_dp(1).to_string())
            .collect::<Vec<_>>()
            .join(", "),
        _ => return None,
    })
}

#[test]
fn every_sample_loads_as_expected() {
    let Some(folder) = samples() else { return };
    let expected = expected(&folder);
    assert_eq!(expected.len(), 9);
    let (mut failures, mut checked) = (Vec::new(), 0);
    // The splits of both its records do not sum to their totals (`=746.36` is no number, 23 is not 75): such rows are
    // rejected, whatever other readers make of them. See below.
    for (file, expected) in expected.iter().filter(|(file, _)| !file.ends_with("/splits.qif")) {
        let outcome = sample(&folder, file);
        failures.extend(reasons(&outcome).iter().map(|reason| format!("{file}: {reason}")));
        for (kind, wanted) in expected {
            // One stated list is a summary in prose, which has a test of its own.
            let Some(found) = found(&outcome, kind).filter(|_| !wanted.contains("first")) else { continue };
            let wanted = wanted.trim_end_matches(" (date format given)");
            let wanted =
                wanted.parse::<Decimal>().map_or(wanted.to_owned(), |sum| sum.normalize().to_string());
            checked += 1;
            if found != wanted {
                failures.push(format!("{file}: {kind}: {found}, expected {wanted}"));
            }
        }
    }
    assert!(checked > 20, "{checked}");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn splits_that_do_not_sum_are_rejected_in_the_sample() {
    let Some(folder) = samples() else { return };
    let file = "qif/jemmyw__Qif/splits.qif";
    let bytes = std::fs::read(folder.join(file)).unwrap();
    assert!(matches!(try_read(&bytes, &Options::default()), Err(SurveyError::Open(_))));
    let outcome = sample(&folder, file);
    let expected =
        ["2: the amount `=746.36` is not a number", "15: the splits sum to 23, but the total is 75.00"];
    assert_eq!(reasons(&outcome), expected);
    assert_eq!(outcome.facts.row_count, 2);
}

#[test]
fn samples_are_read_as_their_sources_state() {
    let Some(folder) = samples() else { return };
    let outcome = sample(&folder, "qif/lelemm__actual/data.qif");
    let amounts: Vec<_> = outcome.lines.iter().map(|line| line.amount.to_string()).collect();
    assert_eq!((amounts.len(), &amounts[0][..], &amounts[17][..]), (18, "-25.00", "-62.78"));
    assert_eq!(outcome.lines.iter().filter(|line| line.amount.is_sign_positive()).count(), 1);
    assert!(outcome.lines[1].payee.as_deref().is_some_and(|payee| payee.starts_with("õSSELDORF KÖLN")));
    let ends = (outcome.lines[0].date.to_string(), outcome.lines[17].date.to_string());
    assert_eq!(ends, ("2018-12-19".to_owned(), "2018-12-21".to_owned()));

    let outcome = sample(&folder, "qif/isaacharrisholt__quiffen/test.qif");
    assert_eq!(shown(&outcome)[0], "29: 2020-02-10 0.00 Opening Balance TestExport");
    let notes = [
        "1 trade is left out: investments are not kept",
        "4 securities are left out: investments are not kept",
    ];
    assert_eq!(outcome.facts.notes, notes);
    let phone = outcome.lines[1].purpose.as_ref().unwrap();
    assert_eq!(
        (phone.tags.clone(), phone.parts[1].memo.as_deref()),
        (vec!["Test class".to_owned()], Some("new account"))
    );

    let outcome = sample(&folder, "qif/isaacharrisholt__quiffen/test_split.qif");
    assert_eq!(shown(&outcome), ["2: 2000-01-01 -10.00 A Payee -"]);
    let parts = &outcome.lines[0].purpose.as_ref().unwrap().parts;
    assert_eq!(
        (parts[0].other_account.as_deref(), parts[1].category.as_deref()),
        (Some("An Account"), Some("A Category"))
    );
}

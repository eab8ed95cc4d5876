//! Whole journals through survey and rows: our own fixtures, other projects' samples, and broken ones.

mod beancount;
mod broken;
mod fixtures;
mod hledger;
mod ledger;
mod programs;
mod recognised;
mod samples;
mod size;

use std::collections::{BTreeMap, HashSet};
use std::io::Cursor;

use rust_decimal::Decimal;

use super::super::{Facts, FileLine, Options, Rejected, Row, Statement, SurveyError};
use super::{Dialect, survey};
use crate::domain::invalid::Invalid;

/// What came of a file.
struct Outcome {
    facts: Facts,
    lines: Vec<FileLine>,
    rejected: Vec<Rejected>,
}

fn try_read(bytes: &[u8], options: &Options, dialect: Dialect) -> Result<Outcome, SurveyError> {
    let mut input = Cursor::new(bytes);
    let journal = survey(&mut input, options, dialect)?;
    let (mut lines, mut rejected) = (Vec::new(), Vec::new());
    for row in journal.rows(&mut input)? {
        match row? {
            Row::Line(line) => lines.push(line),
            Row::Rejected(row) => rejected.push(row),
        }
    }
    Ok(Outcome { facts: journal.facts().clone(), lines, rejected })
}

fn read(text: &str, dialect: Dialect) -> Outcome {
    try_read(text.as_bytes(), &Options::default(), dialect).unwrap()
}

fn invalid(text: &str, dialect: Dialect) -> Invalid {
    match try_read(text.as_bytes(), &Options::default(), dialect) {
        Err(SurveyError::Invalid(invalid)) => invalid,
        Err(other) => panic!("{other}"),
        Ok(outcome) => panic!("{:?}", outcome.facts),
    }
}

/// The lines as `date account amount currency [part; part]`, a part as `amount category` or `amount ->
/// account`.
fn shown(outcome: &Outcome) -> Vec<String> {
    outcome.lines.iter().map(show).collect()
}

fn show(line: &FileLine) -> String {
    let purpose = line.purpose.as_ref().unwrap();
    let parts = purpose.parts.iter().map(|part| {
        let other = part.other_account.as_ref().map(|other| format!("-> {other}"));
        let what = other.or_else(|| part.category.clone()).unwrap_or_else(|| "-".to_owned());
        format!("{} {what}", part.amount)
    });
    let parts: Vec<_> = parts.collect();
    let account = line.account.as_deref().unwrap();
    let currency = line.currency.as_deref().unwrap_or("-");
    format!("{} {account} {} {currency} [{}]", line.date, line.amount, parts.join("; "))
}

/// The rejected rows as `line: reason`.
fn reasons(outcome: &Outcome) -> Vec<String> {
    outcome.rejected.iter().map(|row| format!("{}: {}", row.line, row.reason)).collect()
}

/// The texts of the first line: payee, memo and tags.
fn texts(outcome: &Outcome) -> (&str, &str, Vec<&str>) {
    let line = &outcome.lines[0];
    let tags = line.purpose.as_ref().unwrap().tags.iter().map(String::as_str).collect();
    (line.payee.as_deref().unwrap_or("-"), line.memo.as_deref().unwrap_or("-"), tags)
}

/// What a line was for.
fn purpose_of(outcome: &Outcome, line: usize) -> &super::super::Purpose {
    outcome.lines[line].purpose.as_deref().unwrap()
}

/// The accounts and amounts of lines, and whether each is not confirmed yet.
fn unconfirmed(outcome: &Outcome) -> Vec<(&str, bool)> {
    let lines = outcome.lines.iter().zip(0..);
    lines
        .map(|(line, at)| (line.account.as_deref().unwrap(), purpose_of(outcome, at).is_unconfirmed))
        .collect()
}

/// What holds for every outcome, however broken the file.
fn check(outcome: &Outcome) {
    assert_eq!((outcome.lines.len() + outcome.rejected.len()) as u64, outcome.facts.row_count);
    assert!(outcome.rejected.iter().all(|row| !row.reason.is_empty() && !row.reason.ends_with('.')));
    let accounts: HashSet<_> = outcome.facts.accounts.iter().collect();
    for line in &outcome.lines {
        let purpose = line.purpose.as_ref().unwrap();
        let sum: Decimal = purpose.parts.iter().map(|part| part.amount).sum();
        assert_eq!(sum, line.amount, "{line:?}");
        let texts = [&line.payee, &line.memo, &line.account, &line.other_account].into_iter().flatten();
        let of_parts =
            purpose.parts.iter().flat_map(|part| [&part.category, &part.memo, &part.other_account]);
        let mut all = texts.chain(purpose.tags.iter()).chain(of_parts.flatten());
        assert!(all.all(|text| !text.trim().is_empty() && text.trim() == text), "{line:?}");
        assert!(accounts.contains(line.account.as_ref().unwrap()), "{line:?}");
    }
}

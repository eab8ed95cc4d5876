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

use super::super::tests_shared::*;
use super::super::{FileLine, Options, Statement, SurveyError};
use super::{Dialect, survey};
use crate::domain::invalid::Invalid;

fn try_read(bytes: &[u8], options: &Options, dialect: Dialect) -> Result<Outcome, SurveyError> {
    let mut input = Cursor::new(bytes);
    Outcome::of(&survey(&mut input, options, dialect)?, &mut input)
}

fn read(text: &str, dialect: Dialect) -> Outcome {
    try_read(text.as_bytes(), &Options::default(), dialect).unwrap()
}

fn invalid(text: &str, dialect: Dialect) -> Invalid {
    invalid_of(try_read(text.as_bytes(), &Options::default(), dialect))
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
    assert_told(outcome.facts.row_count, &outcome.lines, &outcome.rejected);
    let accounts: HashSet<_> = outcome.facts.accounts.iter().collect();
    for line in &outcome.lines {
        let purpose = line.purpose.as_ref().unwrap();
        let sum: Decimal = purpose.parts.iter().map(|part| part.amount).sum();
        assert_eq!(sum, line.amount, "{line:?}");
        assert_tidy(line);
        assert!(accounts.contains(line.account.as_ref().unwrap()), "{line:?}");
    }
}

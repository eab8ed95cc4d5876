//! Whole files through survey and rows: our own fixtures, other projects' samples, and broken ones.

mod broken;
mod dates;
mod files;
mod purpose;
mod samples;

use std::io::Cursor;

use super::super::{DateOrder, Facts, FileLine, Options, ReadSeek, Rejected, Row, Statement, SurveyError};
use super::survey;
use crate::domain::invalid::Invalid;

/// What came of a file.
struct Outcome {
    facts: Facts,
    lines: Vec<FileLine>,
    rejected: Vec<Rejected>,
}

fn outcome_of(input: &mut dyn ReadSeek, options: &Options) -> Result<Outcome, SurveyError> {
    let statement = survey(input, options)?;
    let (mut lines, mut rejected) = (Vec::new(), Vec::new());
    for row in statement.rows(input)? {
        match row? {
            Row::Line(line) => lines.push(line),
            Row::Rejected(row) => rejected.push(row),
        }
    }
    Ok(Outcome { facts: statement.facts().clone(), lines, rejected })
}

fn try_read(bytes: &[u8], options: &Options) -> Result<Outcome, SurveyError> {
    outcome_of(&mut Cursor::new(bytes), options)
}

fn read(text: &str) -> Outcome {
    try_read(text.as_bytes(), &Options::default()).unwrap()
}

fn ordered(order: DateOrder) -> Options {
    Options { date_order: Some(order), ..Options::default() }
}

/// The lines as `line: date amount payee account`.
fn shown(outcome: &Outcome) -> Vec<String> {
    let show = |line: &FileLine| {
        let [payee, account] = [&line.payee, &line.account].map(|text| text.as_deref().unwrap_or("-"));
        format!("{}: {} {} {payee} {account}", line.line, line.date, line.amount)
    };
    outcome.lines.iter().map(show).collect()
}

/// The rejected rows as `line: reason`.
fn reasons(outcome: &Outcome) -> Vec<String> {
    outcome.rejected.iter().map(|row| format!("{}: {}", row.line, row.reason)).collect()
}

fn invalid(bytes: &[u8]) -> Invalid {
    match try_read(bytes, &Options::default()) {
        Err(SurveyError::Invalid(invalid)) => invalid,
        Err(other) => panic!("{other}"),
        Ok(outcome) => panic!("{:?}", outcome.facts),
    }
}

fn open(text: &str) -> Invalid {
    match try_read(text.as_bytes(), &Options::default()) {
        Err(SurveyError::Open(invalid)) => invalid,
        Err(other) => panic!("{other}"),
        Ok(outcome) => panic!("{:?}", outcome.facts),
    }
}

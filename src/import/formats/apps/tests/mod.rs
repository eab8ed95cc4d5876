//! Whole files through survey and rows: fixtures of our own for each program, the one sample, and broken files.

mod actual;
mod broken;
mod files;
mod firefly;
mod great;
mod mint;
mod samples;
mod ynab;

use std::io::Cursor;

use super::super::{DateOrder, Facts, FileLine, Options, ReadSeek, Rejected, Row, Statement, SurveyError};
use super::{Program, survey};
use crate::domain::invalid::Invalid;

/// What came of a file.
#[derive(Debug)]
struct Outcome {
    facts: Facts,
    program: Program,
    lines: Vec<FileLine>,
    rejected: Vec<Rejected>,
}

fn outcome_of(input: &mut dyn ReadSeek, options: &Options) -> Result<Outcome, SurveyError> {
    let export = survey(input, options)?;
    let (mut lines, mut rejected) = (Vec::new(), Vec::new());
    for row in export.rows(input)? {
        match row? {
            Row::Line(line) => lines.push(line),
            Row::Rejected(row) => rejected.push(row),
        }
    }
    Ok(Outcome { facts: export.facts().clone(), program: export.header.program, lines, rejected })
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

/// A row as `account date amount | payee | memo | other account | parts | tags`; what is not there is left out.
fn shown(line: &FileLine) -> String {
    let purpose = line.purpose.clone().unwrap_or_default();
    let parts = purpose.parts.iter().map(|part| {
        let of = part.category.clone().or(part.other_account.as_ref().map(|name| format!("[{name}]")));
        let memo = part.memo.as_ref().map_or(String::new(), |memo| format!(" ({memo})"));
        format!("{} {}{memo}", of.unwrap_or("-".into()), part.amount)
    });
    let texts =
        [&line.payee, &line.memo, &line.other_account].map(|text| text.as_deref().unwrap_or_default());
    let [payee, memo, other] = texts;
    let account = line.account.as_deref().unwrap_or("-");
    let parts = parts.collect::<Vec<_>>().join(", ");
    let tags = purpose.tags.join(", ");
    let all =
        format!("{account} {} {} | {payee} | {memo} | {other} | {parts} | {tags}", line.date, line.amount);
    all.trim_end_matches([' ', '|']).to_owned()
}

fn all_shown(outcome: &Outcome) -> Vec<String> {
    outcome.lines.iter().map(shown).collect()
}

/// The rejected rows as `line: reason`.
fn reasons(outcome: &Outcome) -> Vec<String> {
    outcome.rejected.iter().map(|row| format!("{}: {}", row.line, row.reason)).collect()
}

/// The one row that a file has, or why it has none.
fn one(outcome: &Outcome) -> String {
    match &outcome.lines[..] {
        [line] => shown(line),
        _ => format!("{} rows; {}", outcome.lines.len(), reasons(outcome).join("; ")),
    }
}

fn refused(text: &str) -> SurveyError {
    match try_read(text.as_bytes(), &Options::default()) {
        Err(error) => error,
        Ok(outcome) => panic!("{outcome:?}"),
    }
}

fn open(text: &str) -> Invalid {
    match refused(text) {
        SurveyError::Open(invalid) => invalid,
        other => panic!("{other}"),
    }
}

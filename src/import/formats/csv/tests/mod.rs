//! Whole files through survey and rows: our own fixtures, the banks' samples, and broken ones.

mod banks;
mod broken;
mod files;
mod guessed;
mod round_trip;
mod said;
mod samples;

use std::io::Cursor;

use super::super::{FileLine, FormatName, Layout, Options, Rejected, Row, SurveyError, rows, survey};
use crate::domain::invalid::Invalid;

/// What came of a file.
struct Outcome {
    layout: Layout,
    lines: Vec<FileLine>,
    rejected: Vec<Rejected>,
}

fn try_read(bytes: &[u8], options: &Options) -> Result<Outcome, SurveyError> {
    let mut input = Cursor::new(bytes);
    let layout = survey(&mut input, FormatName::Csv, options)?;
    let (mut lines, mut rejected) = (Vec::new(), Vec::new());
    for row in rows(&mut input, &layout)? {
        match row? {
            Row::Line(line) => lines.push(line),
            Row::Rejected(row) => rejected.push(row),
        }
    }
    Ok(Outcome { layout, lines, rejected })
}

fn read(text: &str) -> Outcome {
    try_read(text.as_bytes(), &Options::default()).unwrap()
}

/// The lines as `date amount payee`.
fn shown(outcome: &Outcome) -> Vec<String> {
    let show =
        |line: &FileLine| format!("{} {} {}", line.date, line.amount, line.payee.as_deref().unwrap_or("-"));
    outcome.lines.iter().map(show).collect()
}

/// The rejected rows as `line: reason`.
fn reasons(outcome: &Outcome) -> Vec<String> {
    outcome.rejected.iter().map(|row| format!("{}: {}", row.line, row.reason)).collect()
}

fn invalid(text: &str) -> Invalid {
    match try_read(text.as_bytes(), &Options::default()) {
        Err(SurveyError::Invalid(invalid)) => invalid,
        Err(other) => panic!("{other}"),
        Ok(outcome) => panic!("{:?}", outcome.layout),
    }
}

fn open(text: &str) -> Invalid {
    match try_read(text.as_bytes(), &Options::default()) {
        Err(SurveyError::Open(invalid)) => invalid,
        Err(other) => panic!("{other}"),
        Ok(outcome) => panic!("{:?}", outcome.layout),
    }
}

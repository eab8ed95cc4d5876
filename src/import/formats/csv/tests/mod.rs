//! Whole files through survey and rows: our own fixtures, the banks' samples, and broken ones.

mod banks;
mod broken;
mod files;
mod guessed;
mod round_trip;
mod said;
mod samples;

use std::io::Cursor;

use super::super::tests_shared::*;
use super::super::{FileLine, FormatName, Layout, Options, Rejected, SurveyError, rows, survey};
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
    let (lines, rejected) = sorted_out(rows(&mut input, &layout)?)?;
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
    reasons_of(&outcome.rejected)
}

fn invalid(text: &str) -> Invalid {
    invalid_of(try_read(text.as_bytes(), &Options::default()))
}

fn open(text: &str) -> Invalid {
    open_of(try_read(text.as_bytes(), &Options::default()))
}

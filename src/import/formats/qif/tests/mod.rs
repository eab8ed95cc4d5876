//! Whole files through survey and rows: our own fixtures, other projects' samples, and broken ones.

mod broken;
mod dates;
mod files;
mod purpose;
mod samples;

use std::io::Cursor;

use super::super::tests_shared::*;
use super::super::{DateOrder, FileLine, Options, ReadSeek, Statement, SurveyError};
use super::survey;
use crate::domain::invalid::Invalid;

fn outcome_of(input: &mut dyn ReadSeek, options: &Options) -> Result<Outcome, SurveyError> {
    Outcome::of(&survey(input, options)?, input)
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

fn invalid(bytes: &[u8]) -> Invalid {
    invalid_of(try_read(bytes, &Options::default()))
}

fn open(text: &str) -> Invalid {
    open_of(try_read(text.as_bytes(), &Options::default()))
}

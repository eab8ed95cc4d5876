//! Whole files through survey and rows: our own fixtures, the banks' samples, and broken ones.

mod broken;
mod details;
mod files;
mod samples;

use std::io::Cursor;

use super::super::tests_shared::*;
use super::super::{FileLine, Options, ReadSeek, Statement, SurveyError};
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

/// The lines as `line: date amount currency account`.
fn shown(outcome: &Outcome) -> Vec<String> {
    let show = |line: &FileLine| {
        let [currency, account] = [&line.currency, &line.account].map(|text| text.as_deref().unwrap_or("-"));
        format!("{}: {} {} {currency} {account}", line.line, line.date, line.amount)
    };
    outcome.lines.iter().map(show).collect()
}

fn invalid(bytes: &[u8]) -> Invalid {
    invalid_of(try_read(bytes, &Options::default()))
}

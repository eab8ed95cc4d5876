//! Whole files through survey and rows: our own fixtures, the banks' samples, and broken ones.

mod broken;
mod encodings;
mod large;
mod layout;
mod quirks;
mod samples;
mod statements;

use std::io::Cursor;

use super::super::tests_shared::*;
use super::super::{FileLine, Options, Row, Statement, SurveyError};
use super::survey;
use crate::domain::invalid::Invalid;

/// Both passes over a file.
fn try_read(bytes: &[u8], options: &Options) -> Result<Outcome, SurveyError> {
    let mut input = Cursor::new(bytes);
    Outcome::of(&survey(&mut input, options)?, &mut input)
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

fn refused(text: &str, options: &Options) -> Invalid {
    match try_read(text.as_bytes(), options) {
        Err(SurveyError::Invalid(invalid) | SurveyError::Open(invalid)) => invalid,
        Err(other) => panic!("{other}"),
        Ok(outcome) => panic!("{:?}", outcome.facts),
    }
}

/// A file of one account with these rows.
fn file(rows: &str) -> String {
    format!(
        "OFXHEADER:100\nVERSION:102\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR\
         <BANKACCTFROM><BANKID>B<ACCTID>1</BANKACCTFROM><BANKTRANLIST>\n{rows}</BANKTRANLIST></STMTRS>\
         </STMTTRNRS></BANKMSGSRSV1></OFX>\n"
    )
}

/// A row with a day, an amount, and these other fields.
fn row(date: &str, amount: &str, others: &str) -> String {
    format!("<STMTTRN><TRNTYPE>OTHER<DTPOSTED>{date}<TRNAMT>{amount}{others}</STMTTRN>\n")
}

/// The one row that a file of these fields has.
fn line(others: &str) -> FileLine {
    let mut outcome = read(&file(&row("20260301", "-5.00", others)));
    assert_eq!((outcome.lines.len(), outcome.rejected.len()), (1, 0), "{others}");
    outcome.lines.remove(0)
}

//! Open Financial Exchange: OFX 1 (SGML) and OFX 2 (XML); QFX and QBO are the same with tags of Intuit's.
//!
//! Banks write both loosely, so one tolerant reader takes both, and no parser of XML would do. In two passes: `survey`
//! finds encoding, accounts, balances and the decimal mark; `rows` reads each row by it. From the bottom up: `source`
//! (text) -> `tag`, `scanner` (elements) -> `walker` (parts, `record`) -> `row`.

mod account;
mod dates;
mod found;
mod header;
mod money;
mod notes;
mod record;
mod row;
mod rows;
mod scanner;
mod source;
mod status;
mod survey;
mod tag;
#[cfg(test)]
mod tests;
mod texts;
mod walker;

use std::io::{self, SeekFrom};

use super::text::Encoded;
use super::{Facts, Options, ReadSeek, Rows, Statement, SurveyError};
use row::Reading;
use scanner::Scanner;
use source::Source;
use walker::Walker;

/// A surveyed file.
#[derive(Debug)]
pub struct OfxStatement {
    facts: Facts,
    encoded: Encoded,
    reading: Reading,
}

/// Goes through the whole file and settles how its rows are read.
///
/// # Errors
/// `Invalid` for a file that is no OFX, or declares entities of its own; `Open` where the decimal mark stays undecided;
/// `Io` where it cannot be read.
pub fn survey(input: &mut dyn ReadSeek, options: &Options) -> Result<OfxStatement, SurveyError> {
    let header = header::read(input)?;
    let encoded = header::encoding(input, options.encoding.as_deref(), &header)?;
    let mut survey = survey::Survey::default();
    let mut walker = walk(input, encoded)?;
    while let Some(found) = walker.next()? {
        survey.count(found)?;
    }
    let (mut facts, reading) = survey.settle(options)?;
    facts.described = described(&header.shown(), encoded, &reading);
    Ok(OfxStatement { facts, encoded, reading })
}

/// The parts of the file from its beginning.
fn walk(input: &mut dyn ReadSeek, encoded: Encoded) -> io::Result<Walker<&mut dyn ReadSeek>> {
    input.seek(SeekFrom::Start(encoded.bom))?;
    Ok(Walker::new(Scanner::new(Source::new(input, encoded.encoding))))
}

fn described(version: &str, encoded: Encoded, reading: &Reading) -> Vec<(String, String)> {
    let mark = reading.mark.mark.map_or("none".to_owned(), |mark| format!("`{mark}`"));
    let mut all = vec![("version", version.to_owned()), ("encoding", encoded.encoding.name().to_owned())];
    if reading.is_inverted {
        all.push(("in or out", "upside down: a plus is money out".to_owned()));
    }
    all.push(("decimal mark", mark));
    all.into_iter().map(|(what, value)| (what.to_owned(), value)).collect()
}

impl Statement for OfxStatement {
    fn facts(&self) -> &Facts {
        &self.facts
    }

    fn names_categories(&self) -> bool {
        self.reading.has_starts
    }

    fn rows<'a>(&'a self, input: &'a mut dyn ReadSeek) -> io::Result<Rows<'a>> {
        Ok(Box::new(rows::OfxRows::new(walk(input, self.encoded)?, &self.reading)))
    }
}

//! Quicken's text format QIF: sections (`!Type:Bank`), records of lines with one letter each, `^` between them.
//!
//! From the bottom up: `records` (lines of one record, and the headers between) -> `section` (what a header opens,
//! whose account it is) -> `fields` (one record's letters) -> `category`, `parts`, `dates` -> `row`. `survey` settles
//! date order, decimal mark and which `sides` are one transfer over all records, `rows` reads each by them; both walk the
//! file by `entries`.

mod category;
mod dates;
mod entries;
mod fields;
mod parts;
mod records;
mod row;
mod section;
mod sides;
mod survey;
#[cfg(test)]
mod tests;

use std::io::{self, SeekFrom};

use super::text::{self, Encoded};
use super::{Facts, Options, ReadSeek, Rows, Statement, SurveyError};
use entries::Entries;
use row::Reading;

/// A surveyed QIF file.
#[derive(Debug)]
pub struct Qif {
    facts: Facts,
    encoded: Encoded,
    reading: Reading,
}

/// Goes through the whole file once and settles date order and decimal mark.
///
/// # Errors
/// `Invalid` for a file without sections, `Open` where order or mark stay undecided, `Io` where it cannot be read.
pub fn survey(input: &mut dyn ReadSeek, options: &Options) -> Result<Qif, SurveyError> {
    let encoded = text::detect(input, options.encoding.as_deref())?;
    let mut survey = survey::Survey::new(encoded, options);
    let mut entries = entries(input, encoded)?;
    while let Some(item) = entries.read()? {
        survey.count(&item)?;
    }
    let (facts, reading) = survey.settle(entries.left_out(), options)?;
    Ok(Qif { facts, encoded, reading })
}

impl Statement for Qif {
    fn facts(&self) -> &Facts {
        &self.facts
    }

    fn rows<'a>(&'a self, input: &'a mut dyn ReadSeek) -> io::Result<Rows<'a>> {
        let mut entries = entries(input, self.encoded)?;
        Ok(Box::new(std::iter::from_fn(move || {
            let item = entries.read().transpose()?;
            Some(item.map(|item| row::read(&item, &self.reading)))
        })))
    }
}

/// What both passes read.
fn entries(input: &mut dyn ReadSeek, encoded: Encoded) -> io::Result<Entries<&mut dyn ReadSeek>> {
    input.seek(SeekFrom::Start(encoded.bom))?;
    Ok(Entries::new(text::Lines::new(input, encoded.encoding, 0)))
}

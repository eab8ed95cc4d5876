//! What other budget programs export as CSV: YNAB, Actual Budget, Mint and Firefly III, for people who move in.
//!
//! Unlike a bank's file, these say what rows were for, and which account is on the other side. From the bottom up:
//! `columns` (headings) -> `fields` (one record by them) -> `ynab`, `actual`, `mint`, `firefly` (one record's
//! `entry`) -> `window` (a day's entries) -> `splits`, `join` (parts of one transaction put together) -> `reader`.
//! `survey` goes through the file twice: `learned` settles what needs all records, then the rows are counted as
//! `rows` streams them.

mod actual;
mod category;
mod columns;
mod entry;
mod fields;
mod firefly;
mod header;
mod join;
mod learned;
mod left_out;
mod markers;
mod mint;
mod money;
mod program;
mod reader;
mod reading;
mod sides;
mod splits;
mod survey;
#[cfg(test)]
mod tests;
mod window;
mod ynab;

use std::io::{self, SeekFrom};

use super::csv::records::Records;
use super::text::{self, Encoded};
use super::{Facts, Options, ReadSeek, Rows, Statement, SurveyError};
use columns::Column;
use header::Header;
pub use program::{Program, recognise};
use reader::Reader;
use reading::Reading;

/// A surveyed export of another program.
#[derive(Debug)]
pub struct Export {
    facts: Facts,
    encoded: Encoded,
    header: Header,
    reading: Reading,
}

/// Goes through the whole file and settles date order and decimal mark; memory stays flat.
///
/// # Errors
/// `Invalid` for a file without the headings of a known program, `Open` where order or mark stay undecided, `Io`
/// where it cannot be read.
pub fn survey(input: &mut dyn ReadSeek, options: &Options) -> Result<Export, SurveyError> {
    let encoded = text::detect(input, options.encoding.as_deref())?;
    let header = Header::find(input, encoded, options.delimiter)?;
    let reading = survey::learn(records(input, encoded, &header)?, &header, options)?;
    let reader = Reader::new(records(input, encoded, &header)?, &header, &reading);
    let facts = survey::facts(reader, encoded, &header, &reading)?;
    Ok(Export { facts, encoded, header, reading })
}

impl Statement for Export {
    fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Actual's do by the group, which earlier versions do not write.
    fn tells_income(&self) -> bool {
        let has_groups = self.header.columns.place(Column::Group).is_some();
        self.header.program != Program::Actual || has_groups
    }

    fn rows<'a>(&'a self, input: &'a mut dyn ReadSeek) -> io::Result<Rows<'a>> {
        let records = records(input, self.encoded, &self.header)?;
        let mut reader = Reader::new(records, &self.header, &self.reading);
        Ok(Box::new(std::iter::from_fn(move || reader.read().transpose())))
    }
}

/// The records from the beginning of the file, its header first.
fn records<'a>(
    input: &'a mut dyn ReadSeek,
    encoded: Encoded,
    header: &Header,
) -> io::Result<Records<&'a mut dyn ReadSeek>> {
    input.seek(SeekFrom::Start(encoded.bom))?;
    let lines = text::Lines::new(input, encoded.encoding, 0);
    Ok(Records::new(lines, header.delimiter, header.columns.width()))
}

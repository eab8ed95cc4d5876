//! Delimited text: what the banks call CSV.
//!
//! In two passes: `survey` finds encoding, delimiter, header and columns, and counts what all rows
//! say of date order, decimal mark, signs, ids; `rows` reads each row by it. From the bottom up:
//! lines (`text`) -> `records` -> `cells` -> rows.
//! Words of the banks are data: `words` (headers), `phrases` (inside rows).

mod cells;
mod dialect;
mod directions;
mod flags;
mod guess;
mod guess_money;
mod head;
mod headers;
mod layout;
mod phrases;
mod profile;
pub(super) mod records;
mod row;
mod rows;
mod said;
pub(super) mod seen;
mod settle;
mod splitter;
mod survey;
#[cfg(test)]
mod tests;
mod told;
mod words;

use std::collections::HashSet;
use std::io::{self, Cursor, Read, SeekFrom};

pub use layout::Layout;
pub use profile::options;
pub use told::{describe, notes};

use dialect::Beginning;
use flags::FlagWords;

use super::{Options, ReadSeek, Row, SurveyError, text};

/// Goes through the file and settles how its rows are read.
pub fn survey(input: &mut dyn ReadSeek, options: &Options) -> Result<Layout, SurveyError> {
    let encoded = text::detect(input, options.encoding.as_deref())?;
    let Beginning { dialect, first, guess } = dialect::detect(input, encoded, options)?;
    let columns = headers::choose(&dialect.names, first.as_ref(), options, guess.as_ref())?;
    let words = FlagWords::new(&options.debit_words, &options.credit_words);
    let mut survey = survey::Survey::new(columns, &words);
    let mut record = records::Record::default();
    let mut records = dialect.records(input)?;
    while records.read(&mut record)? {
        survey.count(&record);
    }
    survey.settle(dialect, words, guess, options)
}

/// The fingerprints of the lines near the beginning, any of which may be the header.
pub fn fingerprints(input: &mut dyn ReadSeek) -> io::Result<HashSet<String>> {
    let mut head = Vec::new();
    input.seek(SeekFrom::Start(0))?;
    input.take(head::HEAD_BYTES).read_to_end(&mut head)?;
    // A character that is cut at the end would look like another encoding.
    let whole = head.iter().rposition(|b| matches!(b, b'\n' | b'\r')).map_or(head.len(), |at| at + 1);
    head.truncate(whole);
    let mut head = Cursor::new(head);
    let found = text::detect(&mut head, None).and_then(|encoded| dialect::fingerprints(&mut head, encoded));
    match found {
        Ok(found) => Ok(found),
        Err(SurveyError::Io(error)) => Err(error),
        // What is no text has no header; `survey` says so.
        Err(_) => Ok(HashSet::new()),
    }
}

/// Streams the rows of a surveyed file.
pub fn rows<'a>(
    input: &'a mut dyn ReadSeek,
    layout: &'a Layout,
) -> io::Result<impl Iterator<Item = io::Result<Row>> + 'a> {
    Ok(rows::Rows::new(layout.dialect.records(input)?, layout))
}

//! Delimited text: what the banks call CSV.
//!
//! In two passes: `survey` finds encoding, delimiter, header and columns, and counts what all rows
//! say of date order, decimal mark, signs, ids; `rows` reads each row by it. From the bottom up:
//! bytes (`encoding`) -> `lines` -> `records` -> `cells` (`dates`, `amounts`, `currency`) -> rows.
//! Words of the banks are data: `words` (headers), `phrases` (inside rows), `months`.

mod amounts;
mod cells;
mod currency;
mod dates;
mod dialect;
mod encoding;
mod flags;
mod head;
mod headers;
mod layout;
mod lines;
mod months;
mod phrases;
mod records;
mod row;
mod rows;
mod said;
mod seen;
mod settle;
mod splitter;
mod survey;
#[cfg(test)]
mod tests;
mod votes;
mod words;

use std::io;

pub use layout::{Layout, describe, notes};

use super::{Options, ReadSeek, Row, SurveyError};

/// Goes through the file and settles how its rows are read.
pub fn survey(input: &mut dyn ReadSeek, options: &Options) -> Result<Layout, SurveyError> {
    let encoded = encoding::detect(input, options.encoding.as_deref())?;
    let (dialect, first) = dialect::detect(input, encoded, options)?;
    let columns = headers::choose(&dialect.names, first.as_ref(), options)?;
    let mut survey = survey::Survey::new(columns);
    let mut record = records::Record::default();
    let mut records = dialect.records(input)?;
    while records.read(&mut record)? {
        survey.count(&record);
    }
    survey.settle(dialect, options)
}

/// Streams the rows of a surveyed file.
pub fn rows<'a>(
    input: &'a mut dyn ReadSeek,
    layout: &'a Layout,
) -> io::Result<impl Iterator<Item = io::Result<Row>> + 'a> {
    Ok(rows::Rows::new(layout.dialect.records(input)?, layout))
}

//! CSV and TSV on stdout: a header, then rows; cells that a spreadsheet would run are guarded.

use std::borrow::Cow;
use std::io::{self, Write};

use super::forgive_closed_pipe;
use crate::error::Result;

/// Rows under a header.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The columns' names.
    pub header: Vec<String>,
    /// The cells; what is absent is empty.
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// A sheet with these columns.
    pub fn new(header: &[&str]) -> Sheet {
        Sheet { header: header.iter().map(|name| (*name).to_owned()).collect(), rows: Vec::new() }
    }

    /// A sheet of one row, whose columns are the keys of an object.
    pub fn of_object(value: &serde_json::Value) -> Sheet {
        let Some(object) = value.as_object() else { return Sheet::default() };
        let cells = object.values().map(|cell| match cell {
            serde_json::Value::Null => String::new(),
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        });
        Sheet { header: object.keys().cloned().collect(), rows: vec![cells.collect()] }
    }
}

/// Writes a sheet.
pub fn write(sheet: &Sheet, delimiter: u8) -> Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    // Headings may be names of the book: they are guarded like cells.
    let written = write_records(&mut out, delimiter, std::iter::once(&sheet.header).chain(&sheet.rows));
    forgive_closed_pipe(written.and_then(|()| out.flush()))
}

/// Writes records, each cell guarded.
///
/// # Errors
/// A writer that takes no more.
pub(super) fn write_records<R>(
    out: &mut impl Write,
    delimiter: u8,
    records: impl IntoIterator<Item = R>,
) -> io::Result<()>
where
    R: IntoIterator<Item: AsRef<str>>,
{
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(out);
    let written = records.into_iter().try_for_each(|record| {
        for cell in record {
            writer.write_field(&*guarded(cell.as_ref()))?;
        }
        writer.write_record(None::<&[u8]>)
    });
    written.map_err(|e| match e.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    })?;
    writer.flush()
}

/// A cell that begins like a formula gets an apostrophe in front, unless it is a number.
fn guarded(cell: &str) -> Cow<'_, str> {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let is_number =
        cell.trim_start_matches(['+', '-']).chars().all(|c| c.is_ascii_digit() || c == '.') && cell.len() > 1;
    if is_formula && !is_number { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        for (cell, shown) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-12.50", "-12.50"),
            ("+49 89 1234", "'+49 89 1234"),
            ("-", "'-"),
            ("Tesco", "Tesco"),
            ("", ""),
        ] {
            assert_eq!(guarded(cell), shown);
        }
    }
}

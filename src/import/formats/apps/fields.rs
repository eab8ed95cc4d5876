//! One record by its columns: texts without blanks around them, and without the apostrophe that guards spreadsheets.

use csv::StringRecord;

use super::columns::{Column, Columns};

/// The fields of a record.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'a> {
    columns: &'a Columns,
    record: &'a StringRecord,
}

impl<'a> Fields<'a> {
    /// A record of the file that has these columns.
    pub fn new(columns: &'a Columns, record: &'a StringRecord) -> Self {
        Fields { columns, record }
    }

    /// The text of a column, trimmed; empty where the file does not have it.
    pub fn get(&self, column: Column) -> &'a str {
        let field = self.columns.place(column).and_then(|place| self.record.get(place));
        unguarded(field.unwrap_or_default().trim())
    }

    /// The text of a column as one line; none where it is blank.
    pub fn text(&self, column: Column) -> Option<String> {
        one_line(self.get(column))
    }

    /// The account of the row.
    ///
    /// # Errors
    /// Where it names none.
    pub fn account(&self) -> Result<String, String> {
        self.text(Column::Account).ok_or_else(|| "the row names no account".to_owned())
    }

    /// Why the record cannot be read by the columns: one lower-case sentence. Blank fields more than those do no harm.
    pub fn misfit(&self) -> Option<String> {
        let (width, count) = (self.columns.width(), self.record.len());
        let is_fit = count >= width && self.record.iter().skip(width).all(|field| field.trim().is_empty());
        (!is_fit).then(|| format!("the row has {count} fields, but the header has {width}"))
    }

    /// Whether nothing is written in it.
    pub fn are_blank(&self) -> bool {
        self.record.iter().all(|field| field.trim().is_empty())
    }
}

/// The text without the apostrophe that Actual and Firefly III put before what a spreadsheet would run as a formula.
fn unguarded(text: &str) -> &str {
    let rest = text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t', '\r']));
    rest.map_or(text, str::trim)
}

/// The text with one blank for every run of blanks and control characters; none where nothing is left.
pub fn one_line(text: &str) -> Option<String> {
    let is_blank = |c: char| c.is_whitespace() || c.is_control();
    let words: Vec<_> = text.split(is_blank).filter(|word| !word.is_empty()).collect();
    Some(words.join(" ")).filter(|text| !text.is_empty())
}

/// The texts joined by a blank; none where there are none.
pub fn joined<const N: usize>(texts: [Option<String>; N]) -> Option<String> {
    let texts: Vec<_> = texts.into_iter().flatten().collect();
    Some(texts.join(" ")).filter(|text| !text.is_empty())
}

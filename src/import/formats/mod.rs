//! Files of banks: bytes in, statement lines and per-line problems out.
//!
//! A format knows no database, no account of the book and no scale of a currency. `import`'s plan
//! calls `survey` first, which reads the whole file and settles everything that needs all rows (date
//! order, decimal mark, which column is what), then `rows`, which streams them. Neither keeps the
//! file in memory. A new format is a folder here, a `FormatName`, an arm in `survey` and a mark in `magic`.

mod apps;
mod camt;
mod csv;
mod journal;
mod layout;
mod line;
mod magic;
mod mt940;
mod ofx;
mod options;
mod qif;
mod signs;
mod statement;
#[cfg(test)]
mod tests_shared;
pub mod text;

use std::collections::HashSet;
use std::io::{self, Read, Seek};

pub use apps::Program;
pub use journal::{Dialect, Rules};
pub use layout::Layout;
pub use line::{Booking, FileLine, FilePart, Purpose, Rejected, Row};
pub use options::{DateOrder, FormatName, Options, currency, date_format, decimal_mark, delimiter};
pub use signs::Signs;
pub use statement::{Facts, StatedBalance, Statement};

use crate::domain::invalid::Invalid;

/// What a format reads from: a file, or stdin spooled to one, since it is gone through twice.
pub trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// The rows of a file in its order; an error is of the reading itself and ends it.
pub type Rows<'a> = Box<dyn Iterator<Item = io::Result<Row>> + 'a>;

/// Why a file cannot be read as a whole; a single bad row is a `Rejected` instead.
#[derive(Debug, thiserror::Error)]
pub enum SurveyError {
    /// The file is not what it claims to be, or an option does not fit it.
    #[error("{0}")]
    Invalid(Invalid),
    /// The rows can be read in two ways: the user would have to be asked; the hint names the flag.
    #[error("{0}")]
    Open(Invalid),
    /// The file could not be read.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl From<Invalid> for SurveyError {
    fn from(invalid: Invalid) -> Self {
        SurveyError::Invalid(invalid)
    }
}

/// Goes through the whole file and settles how its rows are to be read; memory stays flat.
///
/// # Errors
/// `Invalid` for a file that is not of the format, `Open` where date order or decimal mark stay
/// undecided, `Io` where it cannot be read.
pub fn survey(
    input: &mut dyn ReadSeek,
    format: FormatName,
    options: &Options,
) -> Result<Layout, SurveyError> {
    let found = magic::recognise(input)?;
    match if format == FormatName::Auto { found } else { format } {
        FormatName::Camt => Ok(Layout::of_statement(Box::new(camt::survey(input, options)?))),
        FormatName::Qif => Ok(Layout::of_statement(Box::new(qif::survey(input, options)?))),
        FormatName::Mt940 => Ok(Layout::of_statement(Box::new(mt940::survey(input, options)?))),
        FormatName::Ofx => Ok(Layout::of_statement(Box::new(ofx::survey(input, options)?))),
        FormatName::Export(_) => Ok(Layout::of_statement(Box::new(apps::survey(input, options)?))),
        FormatName::Journal(dialect) => {
            Ok(Layout::of_statement(Box::new(journal::survey(input, options, dialect)?)))
        }
        FormatName::Auto | FormatName::Csv => match &options.rules {
            Some(rules) => Ok(Layout::of_statement(Box::new(journal::survey_ruled(input, options, rules)?))),
            None => Ok(Layout::of_csv(csv::survey(input, options)?)),
        },
    }
}

/// The marks of lines near the beginning of a file, any of which may be its headings: a profile that
/// bears one of them knows the file. Reads no more than that beginning.
///
/// # Errors
/// Where the file cannot be read.
pub fn fingerprints(input: &mut dyn ReadSeek) -> io::Result<HashSet<String>> {
    csv::fingerprints(input)
}

/// Streams the rows as the layout of the same file says; a bad one is `Row::Rejected` and stops nothing.
///
/// # Errors
/// Where the file cannot be read again from its beginning.
pub fn rows<'a>(input: &'a mut dyn ReadSeek, layout: &'a Layout) -> io::Result<Rows<'a>> {
    layout.rows(input)
}

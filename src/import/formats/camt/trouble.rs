//! Why a file cannot be read to its end: it is no sound XML, or reading itself fails.
//!
//! Both passes meet the same trouble at the same place, but only `survey` can tell it with a hint; for the rows it is an
//! error of reading, which the first pass has excluded unless the file has changed since.

use std::io;

use super::super::SurveyError;
use crate::domain::invalid::Invalid;

/// What ends the reading of a file.
#[derive(Debug)]
pub enum Trouble {
    /// The file is not what it should be.
    Invalid(Invalid),
    /// The file could not be read.
    Io(io::Error),
}

impl Trouble {
    /// A fault of the XML in this line; `what` is a sentence.
    pub fn in_line(line: u64, what: impl std::fmt::Display) -> Trouble {
        let invalid = Invalid::new(format!("line {line}: {what}"));
        Trouble::Invalid(invalid.hint("download the statement from the bank's site again"))
    }
}

impl From<Trouble> for SurveyError {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Invalid(invalid) => SurveyError::Invalid(invalid),
            Trouble::Io(error) => SurveyError::Io(error),
        }
    }
}

impl From<Trouble> for io::Error {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Invalid(invalid) => io::Error::new(io::ErrorKind::InvalidData, invalid),
            Trouble::Io(error) => error,
        }
    }
}

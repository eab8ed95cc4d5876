//! The first line of a file: which program wrote it, where the columns are, and what parts them.

use std::io::SeekFrom;

use csv::StringRecord;

use super::super::csv::records::{Record, Records};
use super::super::text::{Encoded, Lines};
use super::super::{ReadSeek, SurveyError};
use super::columns::Columns;
use super::program::Program;
use crate::domain::invalid::Invalid;

/// What may part columns: a spreadsheet that saved the file again writes what its country likes.
pub const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// What the header says.
#[derive(Clone, Debug)]
pub struct Header {
    /// The program that wrote the file.
    pub program: Program,
    /// Where the columns are.
    pub columns: Columns,
    /// What parts them.
    pub delimiter: u8,
}

impl Header {
    /// The header that these fields are, if a program has all of them.
    pub fn of(fields: &StringRecord, delimiter: u8) -> Option<Header> {
        let columns = Columns::of(fields);
        let has_all =
            |program: &Program| program.headings().iter().all(|column| columns.place(*column).is_some());
        let program = Program::ALL.into_iter().find(has_all)?;
        Some(Header { program, columns, delimiter })
    }

    /// The header of a file, parted by what was `said`, else by whatever makes one of it.
    ///
    /// # Errors
    /// `Invalid` where the first line is no known program's, `Io` where the file cannot be read.
    pub fn find(
        input: &mut dyn ReadSeek,
        encoded: Encoded,
        said: Option<char>,
    ) -> Result<Header, SurveyError> {
        let said = said.and_then(|mark| u8::try_from(mark).ok());
        for delimiter in said.map_or_else(|| DELIMITERS.to_vec(), |said| vec![said]) {
            input.seek(SeekFrom::Start(encoded.bom))?;
            let mut first = Record::default();
            Records::new(Lines::new(&mut *input, encoded.encoding, 0), delimiter, 1).read(&mut first)?;
            if let Some(header) = Header::of(&first.fields, delimiter) {
                return Ok(header);
            }
        }
        let titles = Program::ALL.map(Program::title).join(", ");
        Err(Invalid::new(format!("the first line has the headings of no known program ({titles})"))
            .hint("export the transactions again, or leave out `--input-format` to read it as a bank's CSV")
            .into())
    }
}

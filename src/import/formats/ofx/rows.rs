//! The second pass: each record becomes a statement line or is rejected with its reason.
//!
//! Everything that needs more than one row was settled by `survey`; `row` reads each on its own.

use std::io::{self, Read};

use super::super::{Row, SurveyError};
use super::found::Found;
use super::row::Reading;
use super::walker::Walker;

/// The rows of a file, in its order.
pub struct OfxRows<'a, R> {
    walker: Walker<R>,
    reading: &'a Reading,
    is_done: bool,
}

impl<'a, R: Read> OfxRows<'a, R> {
    /// The rows among these parts.
    pub fn new(walker: Walker<R>, reading: &'a Reading) -> Self {
        OfxRows { walker, reading, is_done: false }
    }

    fn find(&mut self) -> Result<Option<Row>, SurveyError> {
        while let Some(found) = self.walker.next()? {
            if let Found::Row(record) = found
                && let Some(row) = self.reading.row(&record)
            {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }
}

impl<R: Read> Iterator for OfxRows<'_, R> {
    type Item = io::Result<Row>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let row = self.find().map_err(|error| match error {
            SurveyError::Io(error) => error,
            // The file was changed since it was surveyed.
            SurveyError::Invalid(invalid) | SurveyError::Open(invalid) => io::Error::other(invalid),
        });
        self.is_done = !matches!(row, Ok(Some(_)));
        row.transpose()
    }
}

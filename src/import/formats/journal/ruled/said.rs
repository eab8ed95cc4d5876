//! What comments of rules say: text, tags, and a day of a posting's own.

use chrono::NaiveDate;

use super::super::dialect::Dialect;
use super::super::remarks::Remark;

/// What a comment says.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The text without tags; never blank.
    pub text: Option<String>,
    /// Tags as `name` or `name:value`.
    pub tags: Vec<String>,
    /// A day of its own.
    pub date: Option<NaiveDate>,
}

impl Said {
    /// Reads a comment, line by line; a day without a year is in `year`.
    ///
    /// # Errors
    /// For a tag `date` that is no day.
    pub fn of(comment: Option<&str>, year: i32) -> Result<Said, String> {
        let mut remark = Remark::default();
        for line in comment.unwrap_or_default().lines() {
            remark.read(line, Dialect::Hledger, year)?;
        }
        Ok(Said { text: remark.text, tags: remark.tags, date: remark.date })
    }
}

//! ISO 20022's messages from a bank to its customer: the statement camt.053, the interim report camt.052 and the
//! notification camt.054, all versions of each.
//!
//! From the bottom up: `source` (text of any encoding) -> `xml` (elements) -> `leaf`; `parties`, `detail` and `entry`,
//! `balance` and `summary` (one element each) -> `batch`, `rows` -> `items`, which both passes share -> `survey`.
//! The day of a row is that of its booking; a file that breaks off is refused as a whole.

mod amount;
mod balance;
mod batch;
mod date;
mod detail;
mod encoding;
mod entry;
mod items;
mod kind;
mod leaf;
mod line_count;
mod parties;
mod path;
mod rows;
mod source;
mod summary;
mod survey;
#[cfg(test)]
mod tests;
mod trouble;
mod xml;

use std::io::{self, SeekFrom};

use super::text::Encoded;
use super::{Facts, Options, ReadSeek, Rows, Statement, SurveyError};
use items::{Item, Items};
use xml::Xml;

/// A surveyed CAMT file.
#[derive(Debug)]
pub struct Camt {
    facts: Facts,
    encoded: Encoded,
    /// The currency of what states none.
    currency: Option<String>,
}

/// Goes through the whole file once: counts its rows, and checks every statement against its balances.
///
/// # Errors
/// `Invalid` for a file that is no sound XML or has no statement in it, `Io` where it cannot be read.
pub fn survey(input: &mut dyn ReadSeek, options: &Options) -> Result<Camt, SurveyError> {
    let encoded = encoding::find(input, options.encoding.as_deref())?;
    let currency = options.currency.clone();
    let mut survey = survey::Survey::new(encoded);
    for item in items(input, encoded, currency.as_deref())? {
        survey.count(&item?)?;
    }
    Ok(Camt { facts: survey.facts()?, encoded, currency })
}

impl Statement for Camt {
    fn facts(&self) -> &Facts {
        &self.facts
    }

    fn rows<'a>(&'a self, input: &'a mut dyn ReadSeek) -> io::Result<Rows<'a>> {
        let items = items(input, self.encoded, self.currency.as_deref())?;
        Ok(Box::new(items.filter_map(|item| match item {
            Ok(Item::Row(row)) => Some(Ok(*row)),
            Ok(Item::Message(..) | Item::Statement(_)) => None,
            Err(trouble) => Some(Err(trouble.into())),
        })))
    }
}

/// What both passes read.
fn items<'a>(
    input: &'a mut dyn ReadSeek,
    encoded: Encoded,
    currency: Option<&'a str>,
) -> io::Result<Items<'a, &'a mut dyn ReadSeek>> {
    input.seek(SeekFrom::Start(encoded.bom))?;
    Ok(Items::new(Xml::new(input, encoded.encoding), currency))
}

//! SWIFT's customer statement MT940, as banks send it: with or without the SWIFT envelope, with prose before it.
//!
//! From the bottom up: `fields` (tags and their lines) -> `entry`, `balance`, `account` (one field each) and `details`
//! (what the banks write into `:86:`) -> `row` -> `statements`, which both passes share -> `survey`. The day of a row is
//! its entry date, on which it was booked; the value date stands in only where the bank states no other.

mod account;
mod amount;
mod balance;
mod check;
mod dates;
mod details;
mod entry;
mod fields;
mod row;
mod statements;
mod survey;
#[cfg(test)]
mod tests;

use std::io::{self, SeekFrom};

use super::text::{self, Encoded};
use super::{Facts, Options, ReadSeek, Row, Rows, Statement, SurveyError};
use statements::{Item, Items};

/// A surveyed MT940 file.
#[derive(Debug)]
pub struct Mt940 {
    facts: Facts,
    encoded: Encoded,
    /// The currency of statements that state none.
    currency: Option<String>,
}

/// Goes through the whole file once: counts its entries, and checks every statement against its balances.
///
/// # Errors
/// `Invalid` for a file without a statement in it, `Io` where it cannot be read.
pub fn survey(input: &mut dyn ReadSeek, options: &Options) -> Result<Mt940, SurveyError> {
    let encoded = text::detect(input, options.encoding.as_deref())?;
    let currency = options.currency.clone();
    let mut survey = survey::Survey::new(encoded);
    for item in items(input, encoded, currency.as_deref())? {
        survey.count(&item?)?;
    }
    Ok(Mt940 { facts: survey.facts()?, encoded, currency })
}

impl Statement for Mt940 {
    fn facts(&self) -> &Facts {
        &self.facts
    }

    fn rows<'a>(&'a self, input: &'a mut dyn ReadSeek) -> io::Result<Rows<'a>> {
        let items = items(input, self.encoded, self.currency.as_deref())?;
        Ok(Box::new(items.filter_map(|item| row_of(item).transpose())))
    }
}

/// What both passes read.
fn items<'a>(
    input: &'a mut dyn ReadSeek,
    encoded: Encoded,
    currency: Option<&'a str>,
) -> io::Result<Items<'a, &'a mut dyn ReadSeek>> {
    input.seek(SeekFrom::Start(encoded.bom))?;
    Ok(Items::new(text::Lines::new(input, encoded.encoding, 0), currency))
}

fn row_of(item: io::Result<Item>) -> io::Result<Option<Row>> {
    Ok(match item? {
        Item::Row(row) => Some(*row),
        Item::Statement(_) => None,
    })
}

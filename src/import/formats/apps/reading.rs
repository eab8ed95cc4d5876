//! How the records of a file are read, by what `learned` settled over all of them.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::DateOrder;
use super::super::text::amounts::{self, AmountText};
use super::super::text::dates::{self, DateText};
use super::money;

/// What holds for the whole file.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The order of dates; none where every date is the same in any.
    pub order: Option<DateOrder>,
    /// How a date is written, where it was said.
    pub date_format: Option<String>,
    /// The decimal mark; none where every amount is the same with any.
    pub decimal: Option<char>,
    /// Whether any currency's sign may stand beside an amount.
    pub has_signs: bool,
    /// The currency of rows that state none, where it was said.
    pub currency: Option<String>,
    /// The accounts whose rows are in the file.
    pub accounts: HashSet<String>,
    /// The currency of an account, where rows that are in its own say it.
    pub currencies: HashMap<String, String>,
    /// Categories that money was spent on.
    pub spending: HashSet<String>,
}

impl Reading {
    /// The day that a date means.
    ///
    /// # Errors
    /// One lower-case sentence.
    pub fn date(&self, text: &str) -> Result<NaiveDate, String> {
        if text.is_empty() {
            return Err("the row has no date".to_owned());
        }
        let read = self.date_text(text).ok_or_else(|| format!("the date `{text}` cannot be read"))?;
        let order = self.order.unwrap_or(DateOrder::Dmy);
        read.day(order).ok_or_else(|| format!("the date `{text}` does not exist as {}", order.words()))
    }

    /// What a date can mean.
    pub fn date_text(&self, text: &str) -> Option<DateText> {
        match &self.date_format {
            Some(format) => dates::read_as(text, format),
            None => dates::read(text),
        }
    }

    /// The value of an amount with the sign that stands there, and the currency that it states.
    ///
    /// # Errors
    /// One lower-case sentence.
    pub fn amount(&self, text: &str) -> Result<(Decimal, Option<&'static str>), String> {
        if text.is_empty() {
            return Err("the row has no amount".to_owned());
        }
        let read = self.amount_text(text).ok_or_else(|| format!("the amount `{text}` is not a number"))?;
        let mark = self.decimal.unwrap_or('.');
        let value = read.value(mark).ok_or_else(|| {
            format!("the amount `{text}` is not a number with `{mark}` as its decimal mark")
        })?;
        Ok((value, read.currency))
    }

    /// What an amount can mean.
    pub fn amount_text(&self, text: &str) -> Option<AmountText> {
        if self.has_signs { money::read(text) } else { amounts::read(text) }
    }
}

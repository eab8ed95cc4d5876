//! A calendar month: what budgets, kept totals and columns of reports are about.
//!
//! Reads and writes `2026-03` only; what people say for a month is read by `parse_period`.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::calendar::in_range;
use crate::domain::invalid::Invalid;

/// A month of a year. Ordered by time; as text, and in JSON, `2026-03`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Month {
    // Always a year that chrono has days for, so that `first_day` and `last_day` cannot fail.
    year: i32,
    month: u32,
}

impl Month {
    /// The month that holds a day.
    pub fn of(date: NaiveDate) -> Self {
        Month { year: date.year(), month: date.month() }
    }

    /// Reads `2026-03`, from 1900-01 to 9999-12, and nothing looser: this is the stored form.
    ///
    /// # Errors
    /// Any other text, and a month that there is not.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let first_day = NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d").ok();
        // chrono also reads `+2026-3`: only what is written back the same is the stored form.
        let month = in_range(first_day).ok().map(Month::of).filter(|month| month.to_string() == text);
        month.ok_or_else(|| {
            Invalid::new(format!("`{text}` is not a month"))
                .hint("write it as `2026-03`, from 1900-01 to 9999-12")
        })
    }

    /// The month of a [`key`](Self::key); `None` for a number that is no month of chrono's years.
    pub fn from_ordinal(ordinal: i32) -> Option<Self> {
        let (first, last) = (Month::of(NaiveDate::MIN), Month::of(NaiveDate::MAX));
        (first.key()..=last.key()).contains(&ordinal).then(|| Month::at(ordinal))
    }

    /// The ordinal `year * 12 + month - 1` (2026-03 is 24314): what databases store. Later is greater and the
    /// difference of two keys is a number of months.
    pub fn key(self) -> i32 {
        self.year * 12 + self.month as i32 - 1
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The number of the month in its year, 1 to 12.
    pub fn month(self) -> u32 {
        self.month
    }

    /// The month after this one; it may leave the years that are read (10000-01), so that loops end.
    #[must_use]
    pub fn next(self) -> Self {
        self.plus(1)
    }

    /// The month before this one.
    #[must_use]
    pub fn previous(self) -> Self {
        self.plus(-1)
    }

    /// The month so many later, earlier if negative. Stops at the ends of chrono's years, 260,000 years
    /// away: check a number that a user gave before it comes here.
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        let (first, last) = (Month::of(NaiveDate::MIN), Month::of(NaiveDate::MAX));
        Month::at(self.key().saturating_add(months).clamp(first.key(), last.key()))
    }

    /// The first of the month.
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.month, 1).expect("a month is only made within chrono's years")
    }

    /// The 28th to 31st, whichever is the last.
    pub fn last_day(self) -> NaiveDate {
        let first = self.first_day();
        first
            .with_day(first.num_days_in_month().into())
            .expect("a month has as many days as chrono counts in it")
    }

    /// The caller has checked the ordinal.
    fn at(ordinal: i32) -> Self {
        Month { year: ordinal.div_euclid(12), month: ordinal.rem_euclid(12) as u32 + 1 }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

impl TryFrom<String> for Month {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        Month::parse(&text)
    }
}

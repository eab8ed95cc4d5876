//! The most that an envelope may hold: `up to 200`, `up to 10 per day`, `up to 100 per week starting 2026-01-05`.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use super::print::Plain;
use super::recurrence::{Every, Recurrence, Unit};
use crate::domain::transaction::Amount;
use crate::domain::when::Month;

/// A limit on an envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Zero or above.
    pub amount: Amount,
    /// What the amount is for.
    pub per: Per,
    /// Whether what is above the limit may stay: the word `hold`.
    pub is_held: bool,
}

/// What a limit's amount is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    /// The whole month.
    Month,
    /// Each day, from the start on if there is one.
    Day {
        /// Days before it are not counted.
        start: Option<NaiveDate>,
    },
    /// Each day of the start's weekday, from the start on.
    Week {
        /// The first one.
        start: NaiveDate,
    },
}

impl Limit {
    /// The limit in a month, in minor units.
    pub fn in_month(&self, month: Month) -> i128 {
        i128::from(self.amount.minor.0) * i128::from(self.times(month))
    }

    fn times(&self, month: Month) -> u32 {
        let since = |unit, start| Recurrence { every: Every { count: 1, unit }, start }.count_in(month);
        match self.per {
            Per::Month => 1,
            Per::Day { start: None } => month.last_day().day(),
            Per::Day { start: Some(start) } => since(Unit::Day, start),
            Per::Week { start } => since(Unit::Week, start),
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "up to {}", Plain(self.amount))?;
        match self.per {
            Per::Month => {}
            Per::Day { start: None } => f.write_str(" per day")?,
            Per::Day { start: Some(start) } => write!(f, " per day starting {start}")?,
            Per::Week { start } => write!(f, " per week starting {start}")?,
        }
        if self.is_held { f.write_str(" hold") } else { Ok(()) }
    }
}

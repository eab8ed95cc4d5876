//! What a template line is once it was read. What it asks for in a month is computed in `budget/plan/`.

use chrono::NaiveDate;

use super::by::By;
use super::limit::Limit;
use super::parser;
use super::percent::Percent;
use super::recurrence::Recurrence;
use crate::domain::money::{Currency, DecimalMark, Exact};
use crate::domain::query::Misread;
use crate::domain::transaction::Amount;
use crate::domain::when::DateOrder;

/// What the words of a line are read by.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// The user's day: what a date without a year goes by.
    pub today: NaiveDate,
    /// What decides how `1,234` is read.
    pub mark: DecimalMark,
    /// In which order the numbers of `05/03` stand; none if nobody said.
    pub order: Option<DateOrder>,
    /// The book's: amounts are in it.
    pub currency: &'a Currency,
}

/// One template line of an envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// When it is served: 0 first, and even from nothing; then 1, 2 and so on.
    pub priority: u32,
    /// What it asks for.
    pub ask: Ask,
    /// The most that the whole envelope may hold.
    pub limit: Option<Limit>,
}

/// What a line asks for. Amounts are above zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// The same every month: `50`.
    Fixed(Amount),
    /// What is missing to the line's limit: `up to 200`.
    Refill,
    /// An amount for each occurrence in the month: `100 every 2 weeks starting 2026-01-01`.
    Every(Amount, Recurrence),
    /// An amount that is there by a month: `500 by 2027-03`.
    By(By),
    /// A share of income or of what is left: `10% of previous Salary`.
    Share {
        /// Which share.
        percent: Percent,
        /// What it is a share of.
        of: Base,
        /// Whether last month's income is meant.
        is_previous: bool,
    },
    /// What a schedule will need: `schedule full Rent`.
    Schedule {
        /// Its name as it was written.
        name: String,
        /// Whether all of it is asked for in its month, and nothing before.
        is_full: bool,
        /// What is added to it.
        adjust: Option<Adjust>,
    },
    /// What was spent on average: `average 6 months +10%`.
    Average {
        /// How many months back; 1 or more.
        months: u32,
        /// What is added to it.
        adjust: Option<Adjust>,
    },
    /// What was assigned so many months ago, 1 or more: `copy from 3 months ago`.
    Copy {
        /// How many.
        months_ago: u32,
    },
    /// A share, by weight, of what is left after every priority: `remainder 2`.
    Remainder {
        /// 1 or more.
        weight: u32,
    },
    /// Nothing; the balance is shown against it: `goal 1000`.
    Goal(Amount),
}

/// What a percentage is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// The income in a category, by its name as it was written.
    Category(String),
    /// The income in all categories.
    AllIncome,
    /// What is to be budgeted when the line's priority is reached.
    AvailableFunds,
}

/// What is added to a computed amount; less if negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adjust {
    /// A part of it: `+10%`.
    Percent(Percent),
    /// A fixed amount: `-1`.
    Fixed(Amount),
}

impl Line {
    /// Reads a line, in any case; `print.rs` has its canonical text.
    ///
    /// # Errors
    /// A text that is no template line, with the place where it stops being one.
    pub fn parse(text: &str, reading: &Reading<'_>) -> Result<Line, Misread> {
        Line::parse_exact(text, reading).map(|(line, _)| line)
    }

    /// The same, with those of its amounts that had to be rounded.
    ///
    /// # Errors
    /// As `parse`.
    pub fn parse_exact(text: &str, reading: &Reading<'_>) -> Result<(Line, Vec<Exact>), Misread> {
        parser::parse(text, reading)
    }

    /// The category that a percentage is of, as it was written; none in every other line.
    pub fn category(&self) -> Option<&str> {
        match &self.ask {
            Ask::Share { of: Base::Category(name), .. } => Some(name),
            _ => None,
        }
    }

    /// The same line with this name for its category, if it has one: what the category is called by now.
    #[must_use]
    pub fn with_category(mut self, name: impl Into<String>) -> Line {
        if let Ask::Share { of: Base::Category(written), .. } = &mut self.ask {
            *written = name.into();
        }
        self
    }

    /// Whether it can ask for money: everything but `goal`.
    pub fn asks(&self) -> bool {
        !matches!(self.ask, Ask::Goal(_))
    }
}

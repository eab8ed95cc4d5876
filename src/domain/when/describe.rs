//! Periods in words, for headings and confirmations.
//!
//! The year is always named, so that a `mar` read as another March than was meant is seen.

use chrono::{Datelike, NaiveDate};

use super::month::Month;
use super::period::Period;
use super::step::Step;

impl Period {
    /// The period for people: `2026`, `Q1 2026`, `March 2026`, `5 Mar 2026`, `2024 to 2026`,
    /// `week 12 of 2026 (16 Mar 2026 to 22 Mar 2026)`, `January 2026 to April 2026`,
    /// `1 Jan 2026 to 15 Jan 2026`, `from 1 Mar 2026 on`, `up to 31 Mar 2026` or `everything`.
    /// Both ends are included. Not for scripts: those get `to_string`.
    pub fn describe(&self) -> String {
        match (self.from, self.to) {
            (None, None) => "everything".to_owned(),
            (Some(from), None) => format!("from {} on", day(from)),
            (None, Some(to)) => format!("up to {}", day(to)),
            (Some(from), Some(to)) => match self.step() {
                Some((step, _)) => one(step, from, to),
                None => {
                    self.whole_months().map_or_else(|| days(from, to), |(first, last)| months(first, last))
                }
            },
        }
    }
}

fn one(step: Step, from: NaiveDate, to: NaiveDate) -> String {
    match step {
        Step::Year => from.year().to_string(),
        Step::Quarter => format!("Q{} {}", from.quarter(), from.year()),
        Step::Month => month(from),
        Step::Week => {
            format!("week {} of {} ({})", from.iso_week().week(), from.iso_week().year(), days(from, to))
        }
        Step::Day => day(from),
    }
}

fn months(first: Month, last: Month) -> String {
    match (first.month(), last.month()) {
        (1, 12) => format!("{} to {}", first.year(), last.year()),
        _ => format!("{} to {}", month(first.first_day()), month(last.first_day())),
    }
}

fn days(from: NaiveDate, to: NaiveDate) -> String {
    format!("{} to {}", day(from), day(to))
}

fn month(date: NaiveDate) -> String {
    date.format("%B %Y").to_string()
}

fn day(date: NaiveDate) -> String {
    date.format("%-d %b %Y").to_string()
}

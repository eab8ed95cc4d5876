//! The days there are: the range groat keeps, and what is wrong with `31 apr`.
//!
//! Errors from here are reasons ("April 2026 has 30 days"); `date.rs` and `range.rs` put the text in front.

use chrono::{Datelike, NaiveDate};

use super::month::Month;
use crate::domain::invalid::Invalid;

/// The first day that is read. Nobody budgets before it, so an earlier year is a slip worth refusing
/// (`0206-03-01`). It is also a Monday: the week, month and year that hold it all begin with it.
pub const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(1900, 1, 1).expect("1 January 1900 is a day");

/// The last day that is read: years keep four digits, so that days sort as text in databases and files.
pub const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).expect("31 December 9999 is a day");

/// The day if there is one and it lies from [`FIRST_DAY`] to [`LAST_DAY`].
pub(super) fn in_range(date: Option<NaiveDate>) -> Result<NaiveDate, Invalid> {
    date.filter(|date| (FIRST_DAY..=LAST_DAY).contains(date))
        .ok_or_else(|| Invalid::new(format!("days go from {FIRST_DAY} to {LAST_DAY}")))
}

/// The month of a year, both as written.
pub(super) fn month_in(year: u32, month: u32) -> Result<Month, Invalid> {
    if !(1..=12).contains(&month) {
        return Err(Invalid::new(format!("there is no month {month}")).hint("months go from 01 to 12"));
    }
    let first_day = i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, month, 1));
    Ok(Month::of(in_range(first_day)?))
}

/// The day of a month, as written.
pub(super) fn day_in(month: Month, day: u32) -> Result<NaiveDate, Invalid> {
    match month.first_day().with_day(day) {
        Some(date) => in_range(Some(date)),
        None if day == 0 => Err(Invalid::new("days count from 1")),
        None if day > 31 => Err(Invalid::new(format!("no month has {day} days"))),
        None => {
            let last = month.last_day();
            let reason = format!("{} has {} days", last.format("%B %Y"), last.day());
            Err(Invalid::new(reason).hint(format!("its last day is `{last}`")))
        }
    }
}

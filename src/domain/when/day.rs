//! From a reading of one day to the day.
//!
//! What names no year is looked for at or before `today`, or, as the end of a range, at or after its start.

use chrono::{Datelike, Days, NaiveDate, TimeDelta, Weekday};

use super::calendar::{day_in, in_range, month_in};
use super::month::Month;
use super::numbers::{DateOrder, Numbers};
use super::span::Lean;
use super::step::Step;
use crate::domain::invalid::Invalid;

/// What a reading is resolved against.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    pub today: NaiveDate,
    pub lean: Lean,
    pub order: Option<DateOrder>,
    /// The start of the range that the text is the end of: `1..15` and `nov..feb` run forwards from it.
    pub not_before: Option<NaiveDate>,
}

/// One day as written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Day {
    Exact {
        year: u32,
        month: u32,
        day: u32,
    },
    /// Days after today.
    FromToday(i64),
    Ago {
        count: u32,
        step: Step,
    },
    Weekday(Weekday),
    OfMonth(u32),
    OfYear {
        month: u32,
        day: u32,
    },
    Numbers(Numbers),
    /// `05/03/26`.
    ShortYear,
}

impl Day {
    pub(super) fn resolve(self, frame: &Frame) -> Result<NaiveDate, Invalid> {
        match self {
            Day::Exact { year, month, day } => day_in(month_in(year, month)?, day),
            Day::FromToday(days) => in_range(frame.today.checked_add_signed(TimeDelta::days(days))),
            Day::Ago { count, step } => in_range(step.back(frame.today, count)),
            Day::Weekday(weekday) => in_range(of_week(weekday, frame)),
            Day::OfMonth(day) => of_month(day, frame),
            Day::OfYear { month, day } => of_year(month, day, frame),
            Day::Numbers(numbers) => numbers.resolve(frame),
            Day::ShortYear => Err(Invalid::new("its year has two digits").hint("write the year with four")),
        }
    }
}

/// The last such weekday, today excluded; forwards: the first from the start on.
fn of_week(weekday: Weekday, frame: &Frame) -> Option<NaiveDate> {
    match frame.not_before {
        Some(start) => start.checked_add_days(Days::new(weekday.days_since(start.weekday()).into())),
        None => {
            let yesterday = frame.today.pred_opt()?;
            yesterday.checked_sub_days(Days::new(yesterday.weekday().days_since(weekday).into()))
        }
    }
}

/// The latest such day that is not in the future: of this month or of the last, and of no earlier one,
/// which would be further away than anybody means.
fn of_month(day: u32, frame: &Frame) -> Result<NaiveDate, Invalid> {
    let here = frame.not_before.unwrap_or(frame.today);
    let month = match frame.not_before {
        Some(start) if day < start.day() => Month::of(here).next(),
        None if day > here.day() => Month::of(here).previous(),
        _ => Month::of(here),
    };
    // Of two neighbouring months one has 31 days, so the one before has the day.
    let earlier = in_range(month.previous().first_day().with_day(day)).ok();
    day_in(month, day).map_err(|reason| match earlier {
        Some(date) if frame.not_before.is_none() => reason.hint(format!("for the one before write `{date}`")),
        _ => reason,
    })
}

/// The last such day that is not in the future; 29 February of the last leap year.
pub(super) fn of_year(month: u32, day: u32, frame: &Frame) -> Result<NaiveDate, Invalid> {
    let some = some_year(month, day)?;
    let here = frame.not_before.unwrap_or(frame.today);
    let is_near = |date: &NaiveDate| frame.not_before.map_or(*date <= here, |start| *date >= start);
    // 1900 and 2100 are no leap years: 29 February can be eight years away.
    let years =
        (0..=8).map(|away| if frame.not_before.is_some() { here.year() + away } else { here.year() - away });
    in_range(years.filter_map(|year| some.with_year(year)).find(is_near))
}

/// The day in a leap year, so that only what no year has is refused, and without naming that year.
fn some_year(month: u32, day: u32) -> Result<NaiveDate, Invalid> {
    let leap = month_in(2000, month)?;
    day_in(leap, day).map_err(|reason| match (month, day) {
        (_, 0 | 32..) => reason,
        (2, _) => Invalid::new("February has at most 29 days"),
        _ => Invalid::new(format!("{} has 30 days", leap.first_day().format("%B"))),
    })
}

//! From a reading of a week, a month, `last 30 days` and the like to the period.

use chrono::{NaiveDate, Weekday};

use super::calendar::{in_range, month_in};
use super::day::Frame;
use super::month::Month;
use super::period::Period;
use super::step::Step;
use crate::domain::invalid::Invalid;

/// Which March `mar` is, and which first quarter `q1`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lean {
    /// The last one begun: for what has happened.
    Past,
    /// The nearest, for budgets, which look ahead too; of two equally far ones the coming.
    Nearest,
}

/// More days than one as written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Span {
    All,
    Year(u32),
    Month { year: u32, month: u32 },
    Quarter { year: u32, quarter: u32 },
    Week { year: u32, week: u32 },
    NamedMonth(u32),
    NamedQuarter(u32),
    This(Step),
    Next(Step),
    Last { count: u32, step: Step },
    ToDate(Step),
}

impl Span {
    pub(super) fn resolve(self, frame: &Frame) -> Result<Period, Invalid> {
        let today = frame.today;
        let (step, date) = match self {
            Span::All => return Ok(Period::ALL),
            Span::ToDate(step) => return between(Some(step.start_of(today)), Some(today)),
            Span::Last { count, step } => return last(count, step, today),
            Span::Year(year) => (Step::Year, month_in(year, 1)?.first_day()),
            Span::Month { year, month } => (Step::Month, month_in(year, month)?.first_day()),
            Span::Quarter { year, quarter } => {
                (Step::Quarter, month_in(year, month_of(quarter)?)?.first_day())
            }
            Span::Week { year, week } => (Step::Week, monday(year, week)?),
            Span::NamedMonth(month) => (Step::Month, named(month, Step::Month, frame)?),
            Span::NamedQuarter(quarter) => (Step::Quarter, named(month_of(quarter)?, Step::Quarter, frame)?),
            Span::This(step) => (step, today),
            Span::Next(step) => (step, in_range(step.next(today))?),
        };
        Ok(Period::of(step, in_range(Some(date))?))
    }
}

fn between(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<Period, Invalid> {
    Ok(Period { from: Some(in_range(from)?), to: Some(in_range(to)?) })
}

/// Days run up to today. Of the others only complete ones count, so that `last 1 month` is `last month` and
/// an average over `last 3 months` is not pulled down by one that has just begun.
fn last(count: u32, step: Step, today: NaiveDate) -> Result<Period, Invalid> {
    if count == 0 {
        return Err(Invalid::new("it has no days"));
    }
    if step == Step::Day {
        return between(step.back(today, count - 1), Some(today));
    }
    let this = step.start_of(today);
    between(step.back(this, count), this.pred_opt())
}

/// The first month of a quarter.
fn month_of(quarter: u32) -> Result<u32, Invalid> {
    match quarter {
        1..=4 => Ok(quarter * 3 - 2),
        _ => Err(Invalid::new(format!("there is no quarter {quarter}")).hint("quarters go from Q1 to Q4")),
    }
}

/// The first day of an ISO week.
fn monday(year: u32, week: u32) -> Result<NaiveDate, Invalid> {
    let january = month_in(year, 1)?;
    let monday = |week| NaiveDate::from_isoywd_opt(january.year(), week, Weekday::Mon);
    monday(week).ok_or_else(|| {
        let last = if monday(53).is_some() { 53 } else { 52 };
        Invalid::new(format!("the weeks of {year} go from W01 to W{last}"))
    })
}

/// The first day of the named month, or of the quarter that begins with it, of the year that is meant.
fn named(month: u32, step: Step, frame: &Frame) -> Result<NaiveDate, Invalid> {
    let here = Month::of(step.start_of(frame.not_before.unwrap_or(frame.today)));
    let ahead = (month as i32 - here.month() as i32).rem_euclid(12);
    let months = match (frame.not_before, frame.lean) {
        (Some(_), _) => ahead,
        (None, Lean::Nearest) if ahead <= 6 => ahead,
        (None, Lean::Past) if ahead == 0 => 0,
        (None, _) => ahead - 12,
    };
    in_range(Some(here.plus(months).first_day()))
}

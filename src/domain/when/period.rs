//! A stretch of days, and the short name it is shown and stored by.
//!
//! `range.rs` reads periods from text, `describe.rs` says them in words.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use super::month::Month;
use super::step::Step;

/// Days from one to another, both included.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Period {
    /// The first day; `None` is open.
    pub from: Option<NaiveDate>,
    /// The last day, included; `None` is open.
    pub to: Option<NaiveDate>,
}

impl Period {
    /// Every day there is.
    pub const ALL: Period = Period { from: None, to: None };

    /// The whole day, week, month, quarter or year that holds a day.
    pub fn of(step: Step, date: NaiveDate) -> Self {
        Period { from: Some(step.start_of(date)), to: Some(step.end_of(date)) }
    }

    /// Whether a day lies in it, ends included.
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }

    /// Its first and its last month, if it consists of whole months and both ends are closed.
    pub fn whole_months(&self) -> Option<(Month, Month)> {
        let (from, to) = (self.from?, self.to?);
        let is_whole = from <= to && from.day() == 1 && to == Month::of(to).last_day();
        is_whole.then(|| (Month::of(from), Month::of(to)))
    }

    /// The one of the same kind before it: the day, week, month, quarter or year before; as many months before whole
    /// months; the same days of the month or year before when it begins with one (`mtd`, `ytd`); else as many days.
    /// None with an open end.
    pub fn previous(&self) -> Option<Period> {
        let (from, to) = (self.from?, self.to?);
        let before = from.pred_opt()?;
        if let Some((step, _)) = self.step() {
            return Some(Period::of(step, before));
        }
        if let Some((first, last)) = self.whole_months() {
            let first = first.plus(first.key() - last.key() - 1);
            return Some(Period { from: Some(first.first_day()), to: Some(before) });
        }
        if from.day() == 1 && Month::of(from) == Month::of(to) {
            return Some(Period { from: Step::Month.back(from, 1), to: Step::Month.back(to, 1) });
        }
        if from.ordinal() == 1 && from.year() == to.year() {
            return Some(Period { from: Step::Year.back(from, 1), to: Step::Year.back(to, 1) });
        }
        let days = u64::try_from((to - from).num_days()).ok()?;
        Some(Period { from: Some(before.checked_sub_days(chrono::Days::new(days))?), to: Some(before) })
    }

    /// Whether it begins on the first and ends on the last of a month; an open end does both.
    pub fn is_whole_months(&self) -> bool {
        self.from.is_none_or(|from| from.day() == 1)
            && self.to.is_none_or(|to| Month::of(to).last_day() == to)
    }

    /// Whether it is one day.
    pub(super) fn is_day(&self) -> bool {
        self.from.is_some() && self.from == self.to
    }

    /// The greatest step that this is one of: a whole year is that and nothing less.
    pub(super) fn step(&self) -> Option<(Step, NaiveDate)> {
        let from = self.from?;
        let steps = [Step::Year, Step::Quarter, Step::Month, Step::Week, Step::Day];
        steps.into_iter().find(|step| Period::of(*step, from) == *self).map(|step| (step, from))
    }
}

/// The canonical text, which `parse_period` reads back: `all`, `2026`, `2026Q1`, `2026-03`, `2026-W12`,
/// `2026-03-05`, else ISO days with `..`, nothing at an open end.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = |end: Option<NaiveDate>| end.map(|day| day.to_string()).unwrap_or_default();
        match self.step() {
            Some((step, from)) => f.write_str(&step.label(from)),
            None if *self == Period::ALL => f.write_str("all"),
            None => write!(f, "{}..{}", day(self.from), day(self.to)),
        }
    }
}

//! The five lengths that time is cut into: columns of reports, and the units of `3d ago` and `last month`.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::calendar::LAST_DAY;
use super::month::Month;

/// A day, an ISO week (from Monday), or a calendar month, quarter or year.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// One day.
    Day,
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// January to March, and so on.
    Quarter,
    /// A calendar year.
    Year,
}

impl Step {
    /// The first day of the step that holds a day.
    pub fn start_of(self, date: NaiveDate) -> NaiveDate {
        let month = Month::of(date);
        match self {
            Step::Day => date,
            // Only the first days that chrono has lie in a week without its Monday.
            Step::Week => {
                date.checked_sub_days(Days::new(date.weekday().num_days_from_monday().into())).unwrap_or(date)
            }
            Step::Month => month.first_day(),
            Step::Quarter => month.plus(-(month.key().rem_euclid(3))).first_day(),
            Step::Year => month.plus(-(month.key().rem_euclid(12))).first_day(),
        }
    }

    /// The last day of the step that holds a day, itself included. The last week of 9999 ends with that
    /// year, on a Friday.
    pub fn end_of(self, date: NaiveDate) -> NaiveDate {
        self.next(date).and_then(|next| next.pred_opt()).unwrap_or(LAST_DAY.max(date))
    }

    /// The first day of the step after the one that holds `start`; `None` after 9999-12-31.
    pub fn next(self, start: NaiveDate) -> Option<NaiveDate> {
        let first = self.start_of(start);
        match self {
            Step::Day => first.checked_add_days(Days::new(1)),
            Step::Week => first.checked_add_days(Days::new(7)),
            Step::Month => first.checked_add_months(Months::new(1)),
            Step::Quarter => first.checked_add_months(Months::new(3)),
            Step::Year => first.checked_add_months(Months::new(12)),
        }
        .filter(|next| *next <= LAST_DAY)
    }

    /// The name of the step that holds `start`, which `parse_period` reads: `2026-03-05`, `2026-W12` (with
    /// the ISO week's year, so 2024-12-30 is in `2025-W01`), `2026-03`, `2026Q1`, `2026`.
    pub fn label(self, start: NaiveDate) -> String {
        match self {
            Step::Day => start.to_string(),
            Step::Week => format!("{:04}-W{:02}", start.iso_week().year(), start.iso_week().week()),
            Step::Month => Month::of(start).to_string(),
            Step::Quarter => format!("{:04}Q{}", start.year(), start.quarter()),
            Step::Year => format!("{:04}", start.year()),
        }
    }

    /// The same day so many steps earlier; the last day of a month that is too short for it. `None` where
    /// chrono has no such day.
    pub(super) fn back(self, date: NaiveDate, count: u32) -> Option<NaiveDate> {
        let months = |each: u32| date.checked_sub_months(Months::new(count.checked_mul(each)?));
        match self {
            Step::Day => date.checked_sub_days(Days::new(count.into())),
            Step::Week => date.checked_sub_days(Days::new(u64::from(count) * 7)),
            Step::Month => months(1),
            Step::Quarter => months(3),
            Step::Year => months(12),
        }
    }
}

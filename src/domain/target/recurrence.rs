//! How often something comes back, and how often that is in a month: by arithmetic, however far apart they lie.

use std::fmt;

use chrono::NaiveDate;

use crate::domain::when::Month;

/// What is counted between two occurrences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum Unit {
    Day,
    Week,
    Month,
    Year,
}

impl Unit {
    /// All of them, the shortest first.
    pub(super) const ALL: [Unit; 4] = [Unit::Day, Unit::Week, Unit::Month, Unit::Year];

    /// `week`.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
        }
    }

    /// `weeks`.
    pub(super) fn plural(self) -> &'static str {
        match self {
            Unit::Day => "days",
            Unit::Week => "weeks",
            Unit::Month => "months",
            Unit::Year => "years",
        }
    }
}

/// Every so many days, weeks, months or years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Every {
    /// 1 or more.
    pub count: u32,
    /// Of these.
    pub unit: Unit,
}

impl Every {
    /// How many months lie between two occurrences; none where they are counted in days or weeks.
    pub fn months(self) -> Option<i32> {
        let each = match self.unit {
            Unit::Day | Unit::Week => return None,
            Unit::Month => 1,
            Unit::Year => 12,
        };
        i32::try_from(self.count).ok()?.checked_mul(each)
    }

    /// How many days lie between two occurrences; none where they are counted in months or years.
    fn days(self) -> Option<i64> {
        match self.unit {
            Unit::Day => Some(i64::from(self.count)),
            Unit::Week => Some(i64::from(self.count) * 7),
            Unit::Month | Unit::Year => None,
        }
    }
}

/// `every week`, `every 2 weeks`.
impl fmt::Display for Every {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.count {
            1 => write!(f, "every {}", self.unit.as_str()),
            count => write!(f, "every {count} {}", self.unit.plural()),
        }
    }
}

/// Occurrences from a day on. In months that are too short for the day it is their last: whatever the day, an
/// occurrence that is counted in months or years lies in its month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recurrence {
    /// How far apart they are.
    pub every: Every,
    /// The first one.
    pub start: NaiveDate,
}

impl Recurrence {
    /// How many occurrences lie in a month.
    pub fn count_in(&self, month: Month) -> u32 {
        match (self.every.days(), self.every.months()) {
            (Some(days), _) if days > 0 => self.count_of_days(month, days),
            (None, Some(months)) if months > 0 => {
                let since = month.key() - Month::of(self.start).key();
                u32::from(since >= 0 && since % months == 0)
            }
            _ => 0,
        }
    }

    fn count_of_days(&self, month: Month, apart: i64) -> u32 {
        let up_to = |since_start: i64| if since_start < 0 { 0 } else { since_start / apart + 1 };
        let since_start = |date: NaiveDate| (date - self.start).num_days();
        let count = up_to(since_start(month.last_day())) - up_to(since_start(month.first_day()) - 1);
        u32::try_from(count).unwrap_or(0)
    }
}

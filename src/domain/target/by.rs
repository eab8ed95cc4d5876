//! Money that has to be there by a month: `500 by 2027-03 repeat every year`, `500 by 2027-12 spend from 2027-03`.

use std::fmt;

use super::print::Plain;
use super::recurrence::Every;
use crate::domain::transaction::Amount;
use crate::domain::when::Month;

/// An amount and its deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct By {
    /// Above zero.
    pub amount: Amount,
    /// The month in which it has to be there.
    pub month: Month,
    /// From when on it may be spent; not after the month.
    pub spend_from: Option<Month>,
    /// Every so many months or years; none if it comes once.
    pub repeat: Option<Every>,
}

/// A deadline that is not past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The deadline.
    pub month: Month,
    /// From when on the money for it may be spent.
    pub spend_from: Option<Month>,
}

impl By {
    /// The first deadline in or after a month; none where it is past and does not come back.
    pub fn next_due(&self, month: Month) -> Option<Due> {
        let late = month.key() - self.month.key();
        let later_by = match self.months_apart() {
            _ if late <= 0 => 0,
            None => return None,
            Some(apart) => late.checked_add(apart - 1)? / apart * apart,
        };
        Some(Due {
            month: self.month.plus(later_by),
            spend_from: self.spend_from.map(|from| from.plus(later_by)),
        })
    }

    /// How often it is due from a month to a later one, both included.
    pub fn times_due(&self, first: Month, last: Month) -> i32 {
        match (self.next_due(first), self.months_apart()) {
            (Some(due), _) if due.month > last => 0,
            (Some(_), None) => 1,
            (Some(due), Some(apart)) => (last.key() - due.month.key()) / apart + 1,
            (None, _) => 0,
        }
    }

    fn months_apart(&self) -> Option<i32> {
        self.repeat.and_then(Every::months).filter(|months| *months > 0)
    }
}

impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} by {}", Plain(self.amount), self.month)?;
        if let Some(from) = self.spend_from {
            write!(f, " spend from {from}")?;
        }
        self.repeat.map_or(Ok(()), |every| write!(f, " repeat {every}"))
    }
}

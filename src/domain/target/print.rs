//! Lines as text again. What is printed parses to the same line, whatever decimal mark it is read by.

use std::fmt;

use super::line::{Adjust, Ask, Base, Line};
use super::name::as_name;
use crate::domain::transaction::Amount;

/// An amount as short as it can be: `50`, `12.50`.
pub(super) struct Plain(pub Amount);

impl fmt::Display for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        match digits.split_once('.') {
            Some((whole, decimals)) if decimals.bytes().all(|digit| digit == b'0') => f.write_str(whole),
            // Three digits behind a mark may be read as thousands; four are always decimals.
            Some((_, decimals)) if decimals.len() == 3 => write!(f, "{digits}0"),
            _ => f.write_str(&digits),
        }
    }
}

/// The canonical text: `!2 50 up to 200`.
impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.priority > 0 {
            write!(f, "!{} ", self.priority)?;
        }
        match (&self.ask, &self.limit) {
            (Ask::Refill, Some(limit)) => limit.fmt(f),
            (ask, None) => ask.fmt(f),
            (ask, Some(limit)) => write!(f, "{ask} {limit}"),
        }
    }
}

impl fmt::Display for Ask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Ask::Fixed(amount) => Plain(*amount).fmt(f),
            // All that it says is its limit, which the line prints.
            Ask::Refill => Ok(()),
            Ask::Every(amount, recurrence) => {
                write!(f, "{} {} starting {}", Plain(*amount), recurrence.every, recurrence.start)
            }
            Ask::By(by) => by.fmt(f),
            Ask::Share { percent, of, is_previous } => {
                write!(f, "{percent} of {}{of}", if *is_previous { "previous " } else { "" })
            }
            Ask::Schedule { name, is_full, adjust } => {
                write!(f, "schedule {}{}", if *is_full { "full " } else { "" }, as_name(name))?;
                write_adjust(*adjust, f)
            }
            Ask::Average { months, adjust } => {
                write!(f, "average {}", months_of(*months))?;
                write_adjust(*adjust, f)
            }
            Ask::Copy { months_ago } => write!(f, "copy from {} ago", months_of(*months_ago)),
            Ask::Remainder { weight: 1 } => f.write_str("remainder"),
            Ask::Remainder { weight } => write!(f, "remainder {weight}"),
            Ask::Goal(amount) => write!(f, "goal {}", Plain(*amount)),
        }
    }
}

fn months_of(count: u32) -> String {
    crate::domain::counted(i64::from(count), "month", "months")
}

fn write_adjust(adjust: Option<Adjust>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    adjust.map_or(Ok(()), |adjust| write!(f, " {adjust}"))
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Base::Category(name) => f.write_str(&as_name(name)),
            Base::AllIncome => f.write_str("all income"),
            Base::AvailableFunds => f.write_str("available funds"),
        }
    }
}

/// With its sign: `+10%`, `-1`.
impl fmt::Display for Adjust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_less = match self {
            Adjust::Percent(percent) => percent.parts() < 0,
            Adjust::Fixed(amount) => amount.minor.is_negative(),
        };
        f.write_str(if is_less { "" } else { "+" })?;
        match self {
            Adjust::Percent(percent) => percent.fmt(f),
            Adjust::Fixed(amount) => Plain(*amount).fmt(f),
        }
    }
}

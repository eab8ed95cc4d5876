//! What a line asks for, before limits and before anybody looks at what is left.

use super::due;
use super::input::{History, Target};
use super::round::wide;
use super::seat::{Seat, said};
use crate::domain::counted;
use crate::domain::ids::CategoryId;
use crate::domain::invalid::Invalid;
use crate::domain::money::half_even;
use crate::domain::target::{Adjust, Ask, Base, Percent};
use crate::domain::when::Month;

/// What every line is asked by.
pub(super) struct Asking<'a> {
    pub month: Month,
    pub current_month: Month,
    pub exponent: u32,
    pub history: &'a dyn History,
    /// What was to be budgeted when the priority level started.
    pub funds: i128,
}

/// An amount, never negative, and how it came about.
pub(super) struct Asked {
    pub amount: i128,
    pub words: Option<String>,
    pub warning: Option<String>,
}

impl Asked {
    pub fn nothing() -> Asked {
        Asked::plain(0)
    }

    pub fn said(amount: i128, words: String) -> Asked {
        Asked { amount, words: Some(words), warning: None }
    }

    fn plain(amount: i128) -> Asked {
        Asked { amount, words: None, warning: None }
    }
}

/// What the line at a place asks for.
///
/// # Errors
/// What the history cannot say.
pub(super) fn ask(at: usize, seat: &Seat<'_>, asking: &Asking<'_>) -> Result<Asked, Invalid> {
    let category = seat.category.id;
    let target = &seat.category.targets[at];
    match &target.line.ask {
        Ask::Fixed(amount) => Ok(Asked::plain(wide(amount.minor))),
        Ask::Refill => Ok(refill(seat)),
        Ask::Every(amount, recurrence) => {
            let times = recurrence.count_in(asking.month);
            let words = format!("{} in {}", counted(i64::from(times), "time", "times"), asking.month);
            Ok(Asked::said(wide(amount.minor) * i128::from(times), words))
        }
        Ask::By(by) if by.spend_from.is_some() => due::spend(by, seat, asking),
        Ask::By(_) => Ok(due::by(at, seat, asking)),
        Ask::Share { percent, of, is_previous } => {
            let month = if *is_previous { asking.month.previous() } else { asking.month };
            share(*percent, base(of, target, month, asking)?, asking)
        }
        Ask::Average { months, adjust } => average(category, *months, *adjust, asking),
        Ask::Copy { months_ago } => copy(category, *months_ago, asking),
        // A remainder is served after all levels; schedules were refused.
        Ask::Remainder { .. } | Ask::Goal(_) | Ask::Schedule { .. } => Ok(Asked::nothing()),
    }
}

fn refill(seat: &Seat<'_>) -> Asked {
    let words = seat.limit.map(|(limit, _)| format!("to {}", seat.said(limit)));
    Asked { amount: seat.room().unwrap_or(0), words, warning: None }
}

fn base(of: &Base, target: &Target, month: Month, asking: &Asking<'_>) -> Result<i128, Invalid> {
    match of {
        Base::AvailableFunds => Ok(asking.funds),
        Base::AllIncome => asking.history.income(None, month).map(wide),
        // Without an income category the line was refused; it must not become a share of all income.
        Base::Category(_) if target.income.is_none() => Ok(0),
        Base::Category(_) => asking.history.income(target.income, month).map(wide),
    }
}

fn share(percent: Percent, base: i128, asking: &Asking<'_>) -> Result<Asked, Invalid> {
    let base = base.max(0);
    let amount = half_even(times(base, percent.parts())?, Percent::WHOLE);
    Ok(Asked::said(amount, format!("{percent} of {}", said(base, asking.exponent))))
}

fn average(
    category: CategoryId,
    months: u32,
    adjust: Option<Adjust>,
    asking: &Asking<'_>,
) -> Result<Asked, Invalid> {
    let last = asking.month.min(asking.current_month).previous();
    let mut spent = 0_i128;
    for back in 0..months {
        spent -= wide(asking.history.activity(category, back_from(last, back))?);
    }
    let spent = spent.max(0);
    let adjusted = match adjust {
        None => half_even(spent, i128::from(months)),
        // One rounding, of the exact result.
        Some(Adjust::Percent(percent)) => {
            let parts = times(spent, Percent::WHOLE + percent.parts())?;
            half_even(parts, i128::from(months) * Percent::WHOLE)
        }
        Some(Adjust::Fixed(amount)) => half_even(spent, i128::from(months)) + wide(amount.minor),
    };
    let first = back_from(last, months - 1);
    let words = format!("{} spent from {first} to {last}", said(spent, asking.exponent));
    Ok(Asked::said(adjusted.max(0), words))
}

fn copy(category: CategoryId, months_ago: u32, asking: &Asking<'_>) -> Result<Asked, Invalid> {
    let month = back_from(asking.month, months_ago);
    let assigned = wide(asking.history.assigned(category, month)?);
    let words = match assigned {
        ..0 => format!("{} in {month}: taken out, not asked for", said(assigned, asking.exponent)),
        _ => format!("as in {month}"),
    };
    Ok(Asked::said(assigned.max(0), words))
}

/// Counts are read up to 9999, so that there is always such a month.
fn back_from(month: Month, months: u32) -> Month {
    month.plus(i32::try_from(months).map_or(i32::MIN, |months| -months))
}

fn times(amount: i128, parts: i128) -> Result<i128, Invalid> {
    amount.checked_mul(parts).ok_or_else(|| Invalid::new("it is more than an amount can be"))
}

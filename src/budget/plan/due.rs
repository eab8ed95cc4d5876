//! `by` and `spend from`: how much a month has to save so that the money is there in time.

use super::ask::{Asked, Asking};
use super::round::wide;
use super::seat::Seat;
use crate::domain::counted;
use crate::domain::invalid::Invalid;
use crate::domain::money::half_even;
use crate::domain::target::{Ask, By, Due};
use crate::domain::when::Month;

/// All `by` lines of a category together: the largest, over their next deadlines, of what is due until then and
/// missing, by the months that are left with this one. The first line asks for all of them.
pub(super) fn by(at: usize, seat: &Seat<'_>, asking: &Asking<'_>) -> Asked {
    let lines = || {
        seat.category.targets.iter().enumerate().filter_map(|(at, target)| match &target.line.ask {
            Ask::By(by) if by.spend_from.is_none() => Some((at, by)),
            _ => None,
        })
    };
    if lines().next().is_some_and(|(first, _)| first < at) {
        return Asked::said(0, "asked for together with the first `by`".to_owned());
    }
    let deadlines = lines().filter_map(|(_, by)| by.next_due(asking.month)).map(|due| due.month);
    let each = deadlines.map(|deadline| {
        let due: i128 = lines().map(|(_, by)| due_until(by, asking.month, deadline)).sum();
        let missing = (due - seat.balance()).max(0);
        (half_even(missing, months_left(asking.month, deadline)), missing, deadline)
    });
    let largest = each.reduce(|one, other| if other.0 > one.0 { other } else { one });
    largest.map_or_else(Asked::nothing, |(amount, missing, deadline)| {
        Asked::said(amount, until(seat.said(missing), asking.month, deadline))
    })
}

/// What is due from this month up to a deadline.
fn due_until(by: &By, month: Month, deadline: Month) -> i128 {
    wide(by.amount.minor) * i128::from(by.times_due(month, deadline))
}

/// `500 by 2027-12 spend from 2027-03`: what is missing, by the months that are left with this one. What was spent
/// since the first of the two months counts as saved.
///
/// # Errors
/// What the history cannot say.
pub(super) fn spend(by: &By, seat: &Seat<'_>, asking: &Asking<'_>) -> Result<Asked, Invalid> {
    let Some(due) = by.next_due(asking.month) else {
        let warning = format!("{}: `{by}` is past and asks for nothing", seat.category.name);
        return Ok(Asked { warning: Some(warning), ..Asked::said(0, format!("{} is past", by.month)) });
    };
    let missing = (wide(by.amount.minor) - saved(due, seat, asking)?).max(0);
    let amount = half_even(missing, months_left(asking.month, due.month));
    Ok(Asked::said(amount, until(seat.said(missing), asking.month, due.month)))
}

fn saved(due: Due, seat: &Seat<'_>, asking: &Asking<'_>) -> Result<i128, Invalid> {
    let Some(from) = due.spend_from.filter(|from| *from < asking.month) else {
        return Ok(wide(seat.category.rollover));
    };
    let (category, history) = (seat.category.id, asking.history);
    let mut saved = wide(history.available(category, from)?) - wide(history.activity(category, from)?);
    let mut month = from.next();
    while month < asking.month {
        saved += wide(history.assigned(category, month)?);
        month = month.next();
    }
    Ok(saved)
}

/// This month and those up to the deadline.
fn months_left(month: Month, deadline: Month) -> i128 {
    i128::from(deadline.key() - month.key()) + 1
}

fn until(missing: String, month: Month, deadline: Month) -> String {
    let left = deadline.key() - month.key() + 1;
    format!("{missing} missing for {deadline}, over {}", counted(i64::from(left), "month", "months"))
}

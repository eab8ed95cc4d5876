//! Assigning: what a month gives to an envelope, set, changed, averaged over the past, or copied from last month.

use std::ops::RangeInclusive;

use super::changed::Changed;
use super::envelopes::{Envelopes, Place};
use super::moving::{change, human, rounding, store};
use crate::db::writer::Writer;
use crate::domain::money::{AmountInput, Currency, Minor, average};
use crate::domain::when::Month;
use crate::error::{OrUsage, Problem, Result};

/// What the assigned is to become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Assignment {
    /// This much.
    To(AmountInput),
    /// This much more; less with a minus.
    By(AmountInput),
    /// What was spent on average in so many complete months before it.
    Average(u32),
}

/// Of how many months an average can be.
pub const AVERAGED: RangeInclusive<u32> = 1..=120;

/// Assigns money to an envelope for a month. It may be more than there is.
///
/// # Errors
/// An unknown category, or one of income; an amount that cannot be; a sum beyond 64 bits.
pub fn assign(
    w: &mut Writer<'_>,
    month: Month,
    current: Month,
    category: &str,
    to: &Assignment,
) -> Result<Changed> {
    let envelopes = Envelopes::load(w.conn())?;
    let at = envelopes.envelope(category)?;
    let before = envelopes.at(month)?.envelopes[at].assigned;
    let (after, notes) = wanted(&envelopes, at, month, current, before, to, w.currency)?;
    let name = envelopes.called(at);
    let shown = format!("{} {}", human(after.0, w.currency), w.currency.code);
    if after == before {
        let summary = format!("{name} has {shown} assigned in {month} already");
        return Changed::tell(w, &envelopes, month, &[Place::Envelope(at)], summary, notes);
    }
    let summary = format!("assigned {shown} to {name} in {month}, {} before", human(before.0, w.currency));
    w.begin(&summary)?;
    store(w, &envelopes, month, &[change(at, difference(after, before)?)?])?;
    Changed::tell(w, &envelopes, month, &[Place::Envelope(at)], summary, notes)
}

fn wanted(
    envelopes: &Envelopes,
    at: usize,
    month: Month,
    current: Month,
    before: Minor,
    to: &Assignment,
    currency: &Currency,
) -> Result<(Minor, Vec<String>)> {
    match to {
        Assignment::Average(count) => {
            Ok((spent_on_average(envelopes, at, month, current, *count)?, Vec::new()))
        }
        Assignment::To(amount) | Assignment::By(amount) => {
            let exact = amount.to_minor(currency).usage()?;
            let notes = rounding(&exact, currency);
            match to {
                Assignment::By(_) => Ok((before.checked_add(exact.minor).usage()?, notes)),
                _ => Ok((exact.minor, notes)),
            }
        }
    }
}

/// What was spent on average in the complete months before a month and before the current one; empty ones count as 0,
/// and what came back on the whole as nothing. Rounded half to even.
fn spent_on_average(
    envelopes: &Envelopes,
    at: usize,
    month: Month,
    current: Month,
    count: u32,
) -> Result<Minor> {
    if !AVERAGED.contains(&count) {
        let (least, most) = AVERAGED.into_inner();
        let message = format!("an average is of {least} to {most} months, not of {count}");
        return Err(Problem::usage(message).into());
    }
    let months = i32::try_from(count)?;
    let end = month.min(current);
    let states = envelopes.series.between(end.plus(-months), end.previous()).usage()?;
    let sum = Minor::checked_sum(states.iter().map(|state| state.envelopes[at].activity)).usage()?;
    let spent = average(sum.checked_neg().usage()?, states.len());
    Ok(spent.max(Minor::ZERO))
}

/// Makes what is assigned to every envelope in a month what it was the month before.
///
/// # Errors
/// A sum beyond 64 bits.
pub fn copy(w: &mut Writer<'_>, month: Month) -> Result<Changed> {
    let envelopes = Envelopes::load(w.conn())?;
    let (before, now) = (envelopes.at(month.previous())?, envelopes.at(month)?);
    let mut moves = Vec::new();
    let mut places = Vec::new();
    for (at, (before, now)) in before.envelopes.iter().zip(&now.envelopes).enumerate() {
        if before.assigned != now.assigned {
            moves.push(change(at, difference(before.assigned, now.assigned)?)?);
            places.push(Place::Envelope(at));
        }
    }
    if moves.is_empty() {
        let summary = format!("{month} is assigned as {} is already", month.previous());
        return Changed::tell(w, &envelopes, month, &[], summary, Vec::new());
    }
    let count = crate::domain::counted(i64::try_from(moves.len())?, "category", "categories");
    let summary = format!("assigned in {month} what {} was, in {count}", month.previous());
    w.begin(&summary)?;
    store(w, &envelopes, month, &moves)?;
    Changed::tell(w, &envelopes, month, &places, summary, Vec::new())
}

fn difference(after: Minor, before: Minor) -> Result<i64> {
    Ok(after.checked_sub(before).usage()?.0)
}

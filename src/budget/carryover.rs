//! The carryover flag: whether an overspent envelope keeps its deficit, or starts anew and what is to be budgeted pays.

use super::changed::Changed;
use super::envelopes::{Envelopes, Place};
use crate::db::carryovers;
use crate::db::totals::month_key;
use crate::db::writer::Writer;
use crate::domain::envelope::MonthState;
use crate::domain::when::Month;
use crate::error::{OrUsage, Result};

/// Sets the flag of an envelope for a month and every later one. Says which months' figures changed, up to the
/// current one or the last with anything in it.
///
/// # Errors
/// An unknown category, or one of income; a sum beyond 64 bits.
pub fn set(w: &mut Writer<'_>, month: Month, current: Month, category: &str, is_on: bool) -> Result<Changed> {
    let before = Envelopes::load(w.conn())?;
    let at = before.envelope(category)?;
    let last = before.series.last().map_or(current, |last| last.max(current)).max(month).next();
    let then = before.series.between(month, last).usage()?;
    let word = if is_on { "on" } else { "off" };
    let name = before.categories[at].name.clone();
    if then.iter().all(|state| state.envelopes[at].is_carried == is_on) {
        let summary = format!("carryover of {name} is {word} from {month} on already");
        return Changed::tell_of(w, &before, month, &[Place::Envelope(at)], summary, Vec::new());
    }
    let summary = format!("turned carryover of {name} {word} from {month} on");
    w.begin(&summary)?;
    carryovers::set(w, before.categories[at].id, month_key(month.first_day()), is_on)?;
    let after = Envelopes::load(w.conn())?;
    let notes = vec![differing(&then, &after.series.between(month, last).usage()?)];
    Changed::tell_of(w, &after, month, &[Place::Envelope(at)], summary, notes)
}

/// In which months more than the flag differs.
fn differing(then: &[MonthState], now: &[MonthState]) -> String {
    let differs = |(then, now): &(&MonthState, &MonthState)| {
        let figures = |state: &MonthState| {
            let envelopes: Vec<_> = state.envelopes.iter().map(|e| (e.rollover, e.available)).collect();
            (state.to_be_budgeted, envelopes)
        };
        figures(then) != figures(now)
    };
    let months: Vec<Month> = then.iter().zip(now).filter(differs).map(|(state, _)| state.month).collect();
    match months.as_slice() {
        [] => "no month's figures change by it".to_owned(),
        [first, ..] if now.last().is_some_and(|last| Some(&last.month) == months.last()) => {
            format!("the figures of {first} and later change by it")
        }
        [one] => format!("the figures of {one} change by it"),
        [first, .., last] => format!("the figures of {first} to {last} change by it"),
    }
}

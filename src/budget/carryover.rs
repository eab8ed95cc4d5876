//! The carryover flag: whether an overspent envelope keeps its deficit, or starts anew and what is to be budgeted pays.

use super::changed::Changed;
use super::differing::differing;
use super::envelopes::{Envelopes, Place};
use crate::db::carryovers;
use crate::db::totals::month_key;
use crate::db::writer::Writer;
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
    let places = [Place::Envelope(at)];
    let last = before.series.last().map_or(month, |last| last.max(month));
    let stretches = before.series.stretches(month, last).usage()?;
    let word = if is_on { "on" } else { "off" };
    let name = before.called(at);
    if stretches.iter().all(|stretch| stretch.state.envelopes[at].is_carried == is_on) {
        let summary = format!("carryover of {name} is {word} from {month} on already");
        return Changed::tell_of(w, &before, &before, month, &places, summary, Vec::new());
    }
    let summary = format!("turned carryover of {name} {word} from {month} on");
    w.begin(&summary)?;
    carryovers::set(w, before.categories[at].id, month_key(month.first_day()), is_on)?;
    let after = Envelopes::load(w.conn())?;
    let changes = differing(&before, &after, month, current, None)?;
    let notes = vec![changes.unwrap_or_else(|| "no month's figures change by it".to_owned())];
    Changed::tell_of(w, &before, &after, month, &places, summary, notes)
}

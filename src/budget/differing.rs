//! Which months' figures a change moved: the months before it and after it, laid beside each other. Said by whatever
//! changes the past of a budget: a flag of carryover, a category that is merged, an account that joins or leaves.

use std::collections::BTreeMap;

use super::envelopes::Envelopes;
use crate::domain::envelope::Stretch;
use crate::domain::ids::CategoryId;
use crate::domain::money::Minor;
use crate::domain::when::Month;
use crate::error::{OrUsage, Result};

/// What is said of the months from one on whose figures are others than before, up to the current one or the last with
/// anything in it; none when no figure is. What the first of two `merged` categories had counts as the other's.
///
/// # Errors
/// A sum beyond 64 bits.
pub(super) fn differing(
    before: &Envelopes,
    after: &Envelopes,
    from: Month,
    current: Month,
    merged: Option<(CategoryId, CategoryId)>,
) -> Result<Option<String>> {
    let ends = [before.series.last(), after.series.last(), Some(current), Some(from)];
    let to = ends.into_iter().flatten().max().unwrap_or(from).next();
    let figures = |envelopes: &Envelopes, stretch: &Stretch| figures(envelopes, stretch, merged);
    let then = before.series.stretches(from, to).usage()?;
    let now = after.series.stretches(from, to).usage()?;
    let (mut then, mut now) = (then.iter().peekable(), now.iter().peekable());
    let mut ends: Option<(Month, Month)> = None;
    let mut month = from;
    while let (Some(old), Some(new)) = (then.peek(), now.peek()) {
        let last = old.last().min(new.last());
        if figures(before, old)? != figures(after, new)? {
            ends = Some((ends.map_or(month, |(first, _)| first), last));
        }
        month = last.next();
        then.next_if(|old| old.last() == last);
        now.next_if(|new| new.last() == last);
    }
    Ok(ends.map(|(first, last)| match last {
        last if last == to => format!("the figures of {first} and later change by it"),
        last if last == first => format!("the figures of {first} change by it"),
        last => format!("the figures of {first} to {last} change by it"),
    }))
}

/// What a month shows beside what was assigned and spent: its tops, and what each envelope that is not empty got from
/// the month before and has.
type Figures = ([Minor; 3], BTreeMap<CategoryId, (Minor, Minor)>);

fn figures(
    envelopes: &Envelopes,
    stretch: &Stretch,
    merged: Option<(CategoryId, CategoryId)>,
) -> Result<Figures> {
    let state = &stretch.state;
    let mut each: BTreeMap<CategoryId, (Minor, Minor)> = BTreeMap::new();
    for (category, envelope) in envelopes.categories.iter().zip(&state.envelopes) {
        let id = merged.filter(|(from, _)| *from == category.id).map_or(category.id, |(_, into)| into);
        let (rollover, available) = each.entry(id).or_default();
        *rollover = rollover.checked_add(envelope.rollover).usage()?;
        *available = available.checked_add(envelope.available).usage()?;
    }
    each.retain(|_, sums| *sums != Default::default());
    Ok(([state.to_be_budgeted, state.uncategorised_to_date, state.in_transit], each))
}

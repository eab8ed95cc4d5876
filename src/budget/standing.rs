//! Changes of what a budget stands on, accounts and categories: done by `ledger`, told here with what they do to the
//! months.

use super::differing::differing;
use super::envelopes::Envelopes;
use super::targets::lines_of;
use crate::db::writer::Writer;
use crate::domain::when::Month;
use crate::error::Result;
use crate::ledger::{Done, accounts, categories};

/// Changes an account. When that takes it into the budget or out of it, the notes say which months' figures change.
///
/// # Errors
/// As `ledger::accounts::edit`; a sum beyond 64 bits.
pub fn edit_account(
    w: &mut Writer<'_>,
    current: Month,
    text: &str,
    edit: &accounts::Edit,
) -> Result<accounts::Changed> {
    if edit.is_on_budget.is_none() && edit.currency.is_none() {
        return accounts::edit(w, text, edit);
    }
    let before = Envelopes::load(w.conn())?;
    let mut changed = accounts::edit(w, text, edit)?;
    let after = settled(w)?;
    changed.notes.extend(differing(&before, &after, first(&before, &after, current), current, None)?);
    Ok(changed)
}

/// Moves all that one category holds to another, and deletes it. The notes say what the other has no use for, and which
/// months' figures change.
///
/// # Errors
/// As `ledger::categories::merge`; a sum beyond 64 bits.
pub fn merge_categories(
    w: &mut Writer<'_>,
    current: Month,
    from: &str,
    into: &str,
) -> Result<(Done, Vec<String>)> {
    let before = Envelopes::load(w.conn())?;
    let done = categories::merge(w, from, into)?;
    let after = settled(w)?;
    // Categories of income have no envelope, and nothing of one to lose.
    let (Ok(gone), Ok(stays)) = (before.envelope(from), before.envelope(into)) else {
        return Ok((done, Vec::new()));
    };
    let (from, into) = (&before.categories[gone], &before.categories[stays]);
    let (from_name, into_name) = (before.called(gone), before.called(stays));
    let mut notes = Vec::new();
    if let Some(month) = before.series.carried_from(gone) {
        notes.push(format!(
            "carryover of {from_name}, on from {month}, is dropped: {into_name} keeps its own"
        ));
    }
    if before.targets.contains_key(&into.id)
        && let Some(lines) = lines_of(&before, from, current, w.currency)?
    {
        notes.push(format!(
            "the target of {from_name} is dropped, as {into_name} has one: {}",
            lines.join(", ")
        ));
    }
    let merged = Some((from.id, into.id));
    notes.extend(differing(&before, &after, first(&before, &after, current), current, merged)?);
    Ok((done, notes))
}

/// The budget with what was done so far: it is read from the kept totals.
fn settled(w: &mut Writer<'_>) -> Result<Envelopes> {
    w.settle_totals()?;
    Envelopes::load(w.conn())
}

/// The first month with anything in it, before or after.
fn first(before: &Envelopes, after: &Envelopes, current: Month) -> Month {
    let firsts = [before.series.first(), after.series.first()];
    firsts.into_iter().flatten().min().unwrap_or(current)
}

//! Moving money: from an envelope to another, or to and from what is to be budgeted. What everything else that gives
//! money to envelopes ends in.

use super::changed::Changed;
use super::envelopes::{Envelopes, Place, has};
use crate::db::budget_moves::{self, NewMove};
use crate::db::totals::month_key;
use crate::db::writer::Writer;
use crate::domain::money::{AmountInput, Currency, Exact, Minor, Sign, format_human};
use crate::domain::when::Month;
use crate::error::{OrUsage, Problem, Result};

/// Moves money in a month, no more than there is.
///
/// # Errors
/// An unknown place, or the same twice; an amount that is not above 0; more than the first place has.
pub fn move_money(
    w: &mut Writer<'_>,
    month: Month,
    amount: &AmountInput,
    from: &str,
    to: &str,
) -> Result<Changed> {
    let envelopes = Envelopes::load(w.conn())?;
    let (from, to) = (envelopes.place(from)?, envelopes.place(to)?);
    if from == to {
        return Err(Problem::usage(format!("the money is in `{}` already", envelopes.name(to)))
            .hint("`groat budget move AMOUNT FROM TO` takes it from one place to another")
            .into());
    }
    let (amount, notes) = above_nothing(amount, w.currency)?;
    let state = envelopes.at(month)?;
    let there = has(&state, from);
    if amount > there {
        return Err(too_little(&envelopes, from, month, there, amount, w.currency).into());
    }
    let summary = format!(
        "moved {} {} from {} to {} in {month}",
        human(amount, w.currency),
        w.currency.code,
        envelopes.name(from),
        envelopes.name(to)
    );
    w.begin(&summary)?;
    store(w, &envelopes, month, &[(from, to, amount)])?;
    Changed::tell(w, &envelopes, month, &[from, to], summary, notes)
}

fn too_little(
    envelopes: &Envelopes,
    from: Place,
    month: Month,
    there: i64,
    amount: i64,
    currency: &Currency,
) -> Problem {
    let problem = Problem::conflict(format!(
        "{} has {} {} in {month}, less than {}",
        match from {
            Place::ToBeBudgeted => "to be budgeted".to_owned(),
            Place::Envelope(_) => format!("`{}`", envelopes.name(from)),
        },
        human(there, currency),
        currency.code,
        human(amount, currency)
    ));
    match from {
        Place::ToBeBudgeted => {
            problem.hint("`groat budget assign` gives out more than there is, and says so; `groat budget` shows what is where")
        }
        Place::Envelope(_) => problem.hint(format!("`groat budget explain {}` shows where it went", envelopes.word(from))),
    }
}

/// Stores moves: from, to, and how much; what is nothing is no move.
///
/// # Errors
/// What the database says.
pub(super) fn store(
    w: &mut Writer<'_>,
    envelopes: &Envelopes,
    month: Month,
    moves: &[(Place, Place, i64)],
) -> Result<()> {
    let moves: Vec<NewMove> = moves
        .iter()
        .filter(|(_, _, amount)| *amount != 0)
        .map(|(from, to, amount)| NewMove {
            month: month_key(month.first_day()),
            from: envelopes.id(*from),
            to: envelopes.id(*to),
            amount: *amount,
        })
        .collect();
    budget_moves::insert(w, &moves)
}

/// The move that changes what is assigned to an envelope by so much.
pub(super) fn change(at: usize, by: i64) -> Result<(Place, Place, i64)> {
    let amount =
        by.checked_abs().ok_or_else(|| Problem::usage("the amount is more than an amount can be"))?;
    let (tbb, envelope) = (Place::ToBeBudgeted, Place::Envelope(at));
    Ok(if by < 0 { (envelope, tbb, amount) } else { (tbb, envelope, amount) })
}

/// An amount without a sign, above 0, with what is to be said of its rounding.
pub(super) fn above_nothing(amount: &AmountInput, currency: &Currency) -> Result<(i64, Vec<String>)> {
    let exact = amount.to_minor(currency).usage()?;
    if amount.sign != Sign::Unsigned || exact.minor.0 <= 0 {
        return Err(Problem::usage("the amount is to be above 0 and without a sign")
            .hint("which way the money goes is said by FROM and TO")
            .into());
    }
    Ok((exact.minor.0, rounding(&exact, currency)))
}

/// What is to be said of an amount if it was rounded.
pub(super) fn rounding(exact: &Exact, currency: &Currency) -> Vec<String> {
    let shown = human(exact.minor.0, currency);
    let note = exact.rounded_from.map(|from| format!("{from} was rounded to {shown} {}", currency.code));
    note.into_iter().collect()
}

/// An amount as people read it.
pub(super) fn human(minor: i64, currency: &Currency) -> String {
    format_human(Minor(minor), currency.exponent)
}

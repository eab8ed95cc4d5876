//! Holding: keeping money out of what is to be budgeted, for the next month.

use super::changed::Changed;
use super::envelopes::Envelopes;
use super::moving::{human, rounding};
use crate::db::budget_holds;
use crate::db::totals::month_key;
use crate::db::writer::Writer;
use crate::domain::money::{AmountInput, Sign};
use crate::domain::when::Month;
use crate::error::{OrUsage, Problem, Result};

/// How much is to be held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hold {
    /// This much; nothing releases it.
    Amount(AmountInput),
    /// All that is held and to be budgeted.
    Max,
}

/// Sets what a month keeps for the next one. Lowering it always works.
///
/// # Errors
/// More than is held and to be budgeted; an amount below 0.
pub fn hold(w: &mut Writer<'_>, month: Month, hold: &Hold) -> Result<Changed> {
    let envelopes = Envelopes::load(w.conn())?;
    let state = envelopes.at(month)?;
    let most = i128::from(state.held.0) + i128::from(state.to_be_budgeted.0.max(0));
    let (amount, notes) = match hold {
        Hold::Max => (i64::try_from(most)?, Vec::new()),
        Hold::Amount(amount) => {
            let exact = amount.to_minor(w.currency).usage()?;
            if amount.sign != Sign::Unsigned {
                return Err(Problem::usage("what is held has no sign")
                    .hint("`groat budget hold 0` releases it")
                    .into());
            }
            (exact.minor.0, rounding(&exact, w.currency))
        }
    };
    let code = w.currency.code;
    let shown = human(amount, w.currency);
    if i128::from(amount) > most && amount > state.held.0 {
        return Err(Problem::conflict(format!(
            "no more than {} {code} can be held in {month}, not {shown}",
            human(i64::try_from(most)?, w.currency)
        ))
        .hint("`groat budget hold max` holds all of it")
        .into());
    }
    if amount == state.held.0 {
        let summary = format!("{shown} {code} is held in {month} already");
        return Changed::tell(w, &envelopes, month, &[], summary, notes);
    }
    let summary = format!("held {shown} {code} in {month} for {}", month.next());
    w.begin(&summary)?;
    budget_holds::set(w, month_key(month.first_day()), amount)?;
    Changed::tell(w, &envelopes, month, &[], summary, notes)
}

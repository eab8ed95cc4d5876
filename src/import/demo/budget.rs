//! The household's budget: every month gives each envelope about what the three months before it took, rounded up to
//! whole units of the currency; the first month what it takes itself.

use crate::budget::Envelopes;
use crate::db::budget_moves::{self, NewMove};
use crate::db::totals::{month_key, too_large};
use crate::db::writer::Writer;
use crate::domain::envelope::MonthState;
use crate::domain::money::{Minor, average};
use crate::error::{OrUsage, Result};

/// How many months an average is of.
const MONTHS: usize = 3;

/// Assigns money to all envelopes in all months of a book whose transactions were written.
///
/// # Errors
/// What the database says; a sum beyond 64 bits.
pub fn assign(w: &mut Writer<'_>) -> Result<()> {
    // What the months add up to is read from the kept totals.
    w.settle_totals()?;
    let envelopes = Envelopes::load(w.conn())?;
    let (Some(first), Some(last)) = (envelopes.series.first(), envelopes.series.last()) else {
        return Ok(());
    };
    let states = envelopes.series.between(first, last).usage()?;
    let unit = 10_i64.pow(w.currency.exponent);
    let mut moves = Vec::new();
    for (number, state) in states.iter().enumerate() {
        let before = &states[number.saturating_sub(MONTHS)..number.max(1)];
        for (at, category) in envelopes.categories.iter().enumerate() {
            let amount = up_to_whole(spent(before, at)?, unit)?;
            if amount > 0 {
                let month = month_key(state.month.first_day());
                moves.push(NewMove { month, from: None, to: Some(category.id), amount });
            }
        }
    }
    budget_moves::insert(w, &moves)
}

fn up_to_whole(amount: i64, unit: i64) -> Result<i64> {
    let above = amount.checked_add(unit - 1).ok_or_else(too_large)?;
    Ok(above / unit * unit)
}

/// What an envelope spent on average, rounded half to even; nothing where refunds were more.
fn spent(states: &[MonthState], at: usize) -> Result<i64> {
    let sum = Minor::checked_sum(states.iter().map(|state| state.envelopes[at].activity)).usage()?;
    Ok(average(sum.checked_neg().usage()?, states.len()).0.max(0))
}

//! Whether every month's budget closes: what is to be budgeted, held and in envelopes is what the accounts on budget
//! hold, less what has no category and what is on its way between them. Compared with the postings themselves.

use super::envelopes::Envelopes;
use crate::db::connection::DbConn;
use crate::db::envelope_items::on_budget_by_month;
use crate::domain::envelope::MonthState;
use crate::domain::when::Month;
use crate::error::{OrUsage, Result};

/// A month that does not close. In minor units of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The first such month.
    pub month: Month,
    /// What the budget places.
    pub placed: i128,
    /// What the accounts hold for it.
    pub held: i128,
}

/// The first month that does not close; none when all do.
///
/// # Errors
/// A sum beyond 64 bits.
pub fn gap(conn: &mut DbConn) -> Result<Option<Gap>> {
    let envelopes = Envelopes::load(conn)?;
    let mut postings = on_budget_by_month(conn)?.into_iter().peekable();
    let (Some(first), Some(last)) = (envelopes.series.first(), envelopes.series.last()) else {
        return Ok(postings.peek().map(|(month, value)| Gap {
            month: *month,
            placed: 0,
            held: (*value).into(),
        }));
    };
    let mut sum = 0_i128;
    for stretch in envelopes.series.stretches(first, last).usage()? {
        let (state, placed) = (&stretch.state, placed(&stretch.state));
        // What the budget places is the same in all its months; a posting there would be one that it does not know.
        let mut month = stretch.first;
        loop {
            while let Some((_, value)) = postings.next_if(|(of, _)| *of <= month) {
                sum += i128::from(value);
            }
            let held = sum - i128::from(state.uncategorised_to_date.0) - i128::from(state.in_transit.0);
            if placed != held {
                return Ok(Some(Gap { month, placed, held }));
            }
            match postings.peek().filter(|(next, _)| *next <= stretch.last()) {
                Some((next, _)) => month = *next,
                None => break,
            }
        }
    }
    Ok(None)
}

fn placed(state: &MonthState) -> i128 {
    let envelopes: i128 = state.envelopes.iter().map(|envelope| i128::from(envelope.available.0)).sum();
    envelopes + i128::from(state.to_be_budgeted.0) + i128::from(state.held.0)
}

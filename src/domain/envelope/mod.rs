//! Envelopes: what every number of a month's budget means, worked out from facts that are kept.
//!
//! Pure. The area `budget` reads the facts and shows the months; nothing that is worked out here is ever stored, so
//! that a change in the past is seen in every later month at once. Amounts are minor units of the book's currency;
//! money in is positive, money out negative.

mod series;
mod state;

#[cfg(test)]
mod tests;

pub use series::{Later, Series, Stretch};
pub use state::{Envelope, MonthState};

use super::when::Month;

/// One thing that a month's budget is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// When it counts.
    pub month: Month,
    /// What it is about.
    pub what: What,
    /// How much, in minor units; several facts about one thing add up.
    pub amount: i64,
}

/// What a fact is about. Envelopes are counted from 0, in the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The sum of an envelope's postings in accounts on budget.
    Activity(usize),
    /// Money moved into an envelope; out of it when negative.
    Assigned(usize),
    /// Whether an envelope keeps its deficit from that month on: 1 or 0.
    Carryover(usize),
    /// The sum of income categories' postings in accounts on budget, starting balances included.
    Income,
    /// Money kept for the next month.
    Held,
    /// The sum of postings on budget that have no category and are no leg of a transfer between accounts on budget.
    Uncategorised,
    /// The sum of the legs of transfers between accounts on budget.
    InTransit,
}

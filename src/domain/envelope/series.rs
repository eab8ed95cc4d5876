//! All months of a budget: each follows from the one before it, the first from nothing.

use super::{Fact, MonthState, What};
use crate::domain::invalid::Invalid;
use crate::domain::money::Minor;
use crate::domain::when::Month;

/// The facts of a book in the order of their months.
#[derive(Debug, Clone)]
pub struct Series {
    envelopes: usize,
    facts: Vec<Fact>,
}

impl Series {
    /// The series of these facts, given in any order, for so many envelopes.
    pub fn new(envelopes: usize, mut facts: Vec<Fact>) -> Series {
        facts.sort_by_key(|fact| fact.month);
        Series { envelopes, facts }
    }

    /// The earliest month with a fact.
    pub fn first(&self) -> Option<Month> {
        self.facts.first().map(|fact| fact.month)
    }

    /// The latest month with a fact.
    pub fn last(&self) -> Option<Month> {
        self.facts.last().map(|fact| fact.month)
    }

    /// Whether any money was ever assigned: without, every expense would look overspent.
    pub fn is_budgeted(&self) -> bool {
        self.facts.iter().any(|fact| matches!(fact.what, What::Assigned(_)))
    }

    /// The budget of a month.
    ///
    /// # Errors
    /// A sum beyond 64 bits.
    pub fn at(&self, month: Month) -> Result<MonthState, Invalid> {
        let mut reached = MonthState::blank(month, self.envelopes);
        self.walk(month, |state| reached = state)?;
        Ok(reached)
    }

    /// The budgets of the months from the first to the second, both included.
    ///
    /// # Errors
    /// A sum beyond 64 bits.
    pub fn between(&self, from: Month, to: Month) -> Result<Vec<MonthState>, Invalid> {
        let mut states = Vec::new();
        let mut month = from;
        // Before the first fact nothing is anywhere, and nobody asks for longer than a table can be.
        while month <= to && self.first().is_none_or(|first| month < first) {
            states.push(MonthState::blank(month, self.envelopes));
            month = month.next();
        }
        self.walk(to, |state| {
            while month <= state.month {
                states.push(MonthState { month, ..state.clone() });
                month = month.next();
            }
        })?;
        Ok(states)
    }

    /// What is assigned in the months after one.
    ///
    /// # Errors
    /// A sum beyond 64 bits.
    pub fn assigned_after(&self, month: Month) -> Result<Minor, Invalid> {
        let later = self.facts.iter().filter(|fact| fact.month > month);
        Minor::checked_sum(
            later.filter(|fact| matches!(fact.what, What::Assigned(_))).map(|fact| Minor(fact.amount)),
        )
    }

    /// Goes from the first month to that one. Of months in which nothing happens only the first two differ: a
    /// deficit is settled in the first and forgotten in the second, so that further ones are passed over.
    fn walk(&self, to: Month, mut visit: impl FnMut(MonthState)) -> Result<(), Invalid> {
        let Some(first) = self.first() else { return Ok(()) };
        let mut state = MonthState::blank(first.previous(), self.envelopes);
        let mut rest = self.facts.as_slice();
        let mut quiet = 0;
        while state.month < to {
            let month = state.month.next();
            let count = rest.iter().take_while(|fact| fact.month == month).count();
            let (own, later) = rest.split_at(count);
            rest = later;
            quiet = if own.is_empty() { quiet + 1 } else { 0 };
            state = state.next(own)?;
            if quiet >= 2 {
                let until = rest.first().map_or(to, |fact| fact.month.previous().min(to));
                state.month = until.max(state.month);
            }
            visit(state.clone());
        }
        Ok(())
    }
}

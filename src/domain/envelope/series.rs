//! All months of a budget: each follows from the one before it, the first from nothing.

use super::{Fact, MonthState, What};
use crate::domain::invalid::Invalid;
use crate::domain::money::Minor;
use crate::domain::when::Month;

/// Months that follow each other and have the same figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The first of them.
    pub first: Month,
    /// The budget of the last, and but for the month of each.
    pub state: MonthState,
}

impl Stretch {
    /// The last of them.
    pub fn last(&self) -> Month {
        self.state.month
    }

    /// Each of them.
    pub fn months(&self) -> impl Iterator<Item = Month> + use<> {
        let last = self.last();
        std::iter::successors(Some(self.first), move |month| Some(month.next()).filter(|next| *next <= last))
    }
}

/// What the months after one give out already, and what that leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Later {
    /// The sum of what they assign.
    pub assigned: Minor,
    /// Up to the last that assigns, the first month with the least to be budgeted, and how much that is; none where
    /// none assigns.
    pub least: Option<(Month, Minor)>,
}

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

    /// Whether anybody assigned or held money in any month.
    pub fn is_budgeted(&self) -> bool {
        self.facts.iter().any(|fact| matches!(fact.what, What::Assigned(_) | What::Held))
    }

    /// The first month from which on an envelope was to keep its deficit.
    pub fn carried_from(&self, envelope: usize) -> Option<Month> {
        let is_on = |fact: &&Fact| fact.what == What::Carryover(envelope) && fact.amount != 0;
        self.facts.iter().find(is_on).map(|fact| fact.month)
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

    /// The budgets of the months from the first to the second, both included: those that follow each other and have the
    /// same figures as one, however many they are.
    ///
    /// # Errors
    /// A sum beyond 64 bits.
    pub fn stretches(&self, from: Month, to: Month) -> Result<Vec<Stretch>, Invalid> {
        let mut stretches = Vec::new();
        if from > to {
            return Ok(stretches);
        }
        let mut first = from;
        let mut reach = |state: MonthState| {
            if state.month >= first {
                let next = state.month.next();
                stretches.push(Stretch { first, state });
                first = next;
            }
        };
        // Before the first fact nothing is anywhere.
        let blank = self.first().map_or(to, |month| month.previous().min(to));
        reach(MonthState::blank(blank, self.envelopes));
        self.walk(to, reach)?;
        Ok(stretches)
    }

    /// The budgets of the months from the first to the second, both included, one by one: for few of them.
    ///
    /// # Errors
    /// A sum beyond 64 bits.
    pub fn between(&self, from: Month, to: Month) -> Result<Vec<MonthState>, Invalid> {
        let stretches = self.stretches(from, to)?;
        let each = stretches
            .iter()
            .flat_map(|stretch| stretch.months().map(|month| MonthState { month, ..stretch.state.clone() }));
        Ok(each.collect())
    }

    /// What the months after one give out already.
    ///
    /// # Errors
    /// A sum beyond 64 bits.
    pub fn later(&self, month: Month) -> Result<Later, Invalid> {
        let later = self.facts.iter().filter(|fact| fact.month > month);
        let moves: Vec<&Fact> = later.filter(|fact| matches!(fact.what, What::Assigned(_))).collect();
        let assigned = Minor::checked_sum(moves.iter().map(|fact| Minor(fact.amount)))?;
        let mut least: Option<(Month, Minor)> = None;
        if let Some(last) = moves.last() {
            for stretch in self.stretches(month.next(), last.month)? {
                let left = stretch.state.to_be_budgeted;
                if least.is_none_or(|(_, least)| left < least) {
                    least = Some((stretch.first, left));
                }
            }
        }
        Ok(Later { assigned, least })
    }

    /// Goes from the first month to that one. Of months in which nothing happens only the first two differ: a
    /// deficit is settled in the first and forgotten in the second, so that further ones are passed over, and what is
    /// visited holds for all months since the one before.
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

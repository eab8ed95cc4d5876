//! What an import did, or would do: a part for each account, and what can be asked of them. `apply` fills it.

use std::collections::HashMap;

use super::answers::RowPlace;
use super::formats::Rejected;
use super::given::TakenOver;
use super::matching::Offer;
use super::plan::{ImportPlan, PlannedRow};
use super::purpose::Told;
use crate::domain::ids::{BatchId, OperationId, TransactionId};
use crate::domain::money::Minor;

/// What an import did.
#[derive(Debug)]
pub struct Imported {
    /// What it did in each account, in the order of the requests.
    pub parts: Vec<Part>,
    /// The operation; none when there was nothing to keep.
    pub operation: Option<OperationId>,
    /// What was taken over, of a file that says what its rows were for.
    pub taken_over: Option<TakenOver>,
}

/// What an import did in one account.
#[derive(Debug)]
pub struct Part {
    /// What was decided.
    pub plan: ImportPlan,
    /// The batch; none when there was nothing to keep.
    pub batch: Option<BatchId>,
    /// The transactions that were made, in the order of the file.
    pub transactions: Vec<TransactionId>,
    /// What shown rows were for, by their place.
    pub purposes: HashMap<usize, Told>,
    /// What the rows come to that are in the book now, in minor units.
    pub moved: i128,
    /// What the account holds by all its transactions, where the file is one of another program's to compare with.
    pub balance: Option<Minor>,
}

impl Part {
    /// A part in which nothing was made yet.
    pub(super) fn new(plan: ImportPlan, batch: Option<BatchId>) -> Part {
        Part { plan, batch, transactions: Vec::new(), purposes: HashMap::new(), moved: 0, balance: None }
    }

    /// The transactions of new rows that look like the other sides of others, with those.
    pub fn offers(&self) -> impl Iterator<Item = (TransactionId, &Offer)> {
        self.plan.matched.offers.iter().filter_map(|offer| Some((self.made_of(offer.index)?, offer)))
    }

    /// The transaction that was made of the row at that place.
    pub(super) fn made_of(&self, index: usize) -> Option<TransactionId> {
        let decisions = &self.plan.matched.decisions;
        decisions.get(index).filter(|decision| decision.makes_one())?;
        let place = decisions[..index].iter().filter(|decision| decision.makes_one()).count();
        self.transactions.get(place).copied()
    }

    /// The place of the row that a transaction was made of.
    fn row_of(&self, transaction: i64) -> Option<usize> {
        let place = self.transactions.iter().position(|made| made.0 == transaction)?;
        let all = self.plan.matched.decisions.iter().enumerate();
        all.filter(|(_, decision)| decision.makes_one()).nth(place).map(|(index, _)| index)
    }

    /// The row at that place, if it is one of those kept for showing.
    pub fn shown(&self, index: usize) -> Option<&PlannedRow> {
        let shown = &self.plan.matched.shown;
        shown.binary_search_by_key(&index, |row| row.index).ok().map(|place| &shown[place])
    }
}

impl Imported {
    /// How many rows have that word.
    pub fn count(&self, word: &str) -> usize {
        self.parts.iter().map(|part| part.plan.count(word)).sum()
    }

    /// Every row that cannot be read or does not fit its account, in the order of the file.
    pub fn rejected(&self) -> Vec<&Rejected> {
        let mut all: Vec<_> = self.parts.iter().flat_map(|part| &part.plan.matched.rejected).collect();
        all.sort_by_key(|rejected| rejected.line);
        all
    }

    /// The row that the import made a transaction of.
    pub fn made_from(&self, transaction: i64) -> Option<RowPlace> {
        let mut parts = self.parts.iter().enumerate();
        parts.find_map(|(part, one)| Some(RowPlace { part, index: one.row_of(transaction)? }))
    }
}

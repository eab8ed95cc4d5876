//! What a transaction does to one account on one day: what files are made of that are told account by account, as a
//! bank tells it.

use std::io::Write;

use super::told::Told;
use crate::db::connection::DbConn;
use crate::db::pages::{self, Entry, Leg};
use crate::db::query::Condition;
use crate::domain::category::Role;
use crate::domain::ids::AccountId;
use crate::domain::legs;
use crate::domain::transaction::Status;
use crate::error::Result;

/// The legs of a transaction that stand in one account on one day.
pub struct Movement<'a> {
    /// The transaction, of that day.
    pub entry: &'a Entry,
    /// At least one.
    pub legs: Vec<&'a Leg>,
    /// Of each of them that is one of a transfer, where the money went or came from.
    pub others: Vec<Option<AccountId>>,
    /// Where the first of them stands among all legs of the transaction.
    pub position: usize,
}

impl<'a> Movement<'a> {
    fn of(entry: &'a Entry, account: AccountId) -> Self {
        let is_meant = |leg: &Leg| leg.account == account && leg.date == entry.date;
        let others = other_accounts(entry);
        let own = entry.legs.iter().zip(others).filter(|(leg, _)| is_meant(leg));
        let (legs, others) = own.unzip();
        let position = entry.legs.iter().position(is_meant).unwrap_or_default();
        Movement { entry, legs, others, position }
    }

    /// Minor units of the account.
    pub fn amount(&self) -> i128 {
        self.legs.iter().map(|leg| i128::from(leg.amount.0)).sum()
    }

    /// The least that all of its legs are.
    pub fn status(&self) -> Status {
        let has = |status: Status| self.legs.iter().any(|leg| leg.status == status);
        let least = [Status::Pending, Status::Cleared].into_iter().find(|status| has(*status));
        least.unwrap_or(Status::Reconciled)
    }

    /// Whether it is what was there when the account's books began.
    ///
    /// # Errors
    /// A category that came meanwhile.
    pub fn is_start(&self, told: &Told) -> Result<bool> {
        let [Leg { category: Some(category), .. }] = self.legs[..] else { return Ok(false) };
        Ok(self.others[0].is_none() && told.category(*category)?.role == Some(Role::StartingBalances))
    }

    /// Of a transfer, where the money went or came from; none where parts of it are spent or earned.
    pub fn other(&self) -> Option<AccountId> {
        self.others.iter().copied().collect::<Option<Vec<_>>>()?.first().copied()
    }
}

/// Of each leg of an entry that is one of a transfer, where the money went or came from.
fn other_accounts(entry: &Entry) -> Vec<Option<AccountId>> {
    let leg = |leg: &Leg| legs::Leg {
        account: leg.account.0,
        has_category: leg.category.is_some(),
        worth: leg.value.unwrap_or(leg.amount).0,
    };
    let all: Vec<_> = entry.legs.iter().map(leg).collect();
    legs::other_accounts(&all).into_iter().map(|other| other.map(AccountId)).collect()
}

/// Writes `text` and what `write` appends of each movement of an account, in the order of their days, a page at a time;
/// what is left in `text` at the end is for the caller to go on with.
///
/// # Errors
/// Those of `write`; what the database says; a writer that takes no more.
pub fn each(
    conn: &mut DbConn,
    condition: Option<&Condition>,
    account: AccountId,
    text: &mut String,
    out: &mut dyn Write,
    mut write: impl FnMut(&mut String, &Movement<'_>) -> Result<()>,
) -> Result<()> {
    let mut last = None;
    loop {
        let entries = pages::of_account(conn, condition, account, last)?;
        let Some(newest) = entries.last() else { return Ok(()) };
        last = Some((newest.date, newest.id));
        for entry in &entries {
            write(text, &Movement::of(entry, account))?;
        }
        out.write_all(text.as_bytes())?;
        text.clear();
    }
}

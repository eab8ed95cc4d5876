//! The lock on what agrees with a statement: account, day, amount and status of what is reconciled of a transaction, and
//! that it is there, change only by force. The one rule for edits, deletions and taking imports back.
//!
//! What the money was for, in one part or in several, who got it, tags and notes are free.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::db::transactions::TransactionImage;
use crate::domain::ids::{AccountId, TransactionId};
use crate::domain::money::Minor;
use crate::domain::transaction::{NewPosting, NewTransaction, Posting, Status, Transaction};
use crate::error::{Problem, Result};

/// What of a transaction is locked: the sum of each account and day.
type Locked = HashMap<(AccountId, NaiveDate), i128>;

/// Whether a change leaves all that is locked as it is, in however many parts.
pub fn is_kept(before: &Transaction, after: &NewTransaction) -> bool {
    are_kept(&before.postings, &after.postings)
}

/// Whether these postings leave all that is locked of those as it is, in however many parts.
pub fn are_kept(before: &[Posting], after: &[NewPosting]) -> bool {
    let of_old = |p: &Posting| (p.status, (p.account_id, p.date), p.amount.minor);
    let of_new = |p: &NewPosting| (p.status, (p.account, p.date), p.amount);
    let left = locked(after.iter().map(of_new));
    locked(before.iter().map(of_old)).iter().all(|(whose, sum)| left.get(whose) == Some(sum))
}

fn locked(postings: impl Iterator<Item = (Status, (AccountId, NaiveDate), Minor)>) -> Locked {
    let mut sums = Locked::new();
    for (_, whose, amount) in postings.filter(|(status, ..)| *status == Status::Reconciled) {
        *sums.entry(whose).or_default() += i128::from(amount.0);
    }
    sums
}

/// Whether a transaction must stay where it is and as it is.
pub fn holds(image: &TransactionImage) -> bool {
    image.is_reconciled()
}

/// Whether what a transaction is in one account must stay.
pub fn holds_in(image: &TransactionImage, account: AccountId) -> bool {
    image.is_reconciled_in(account)
}

/// Refuses to break the locks of these transactions, unless by force.
///
/// # Errors
/// A lock, without force.
pub fn refuse(broken: &[TransactionId], is_forced: bool) -> Result<()> {
    if broken.is_empty() || is_forced {
        return Ok(());
    }
    let (whose, those) = match broken {
        [one] => (format!("transaction {one} is reconciled"), "it"),
        _ => (format!("transactions {} are reconciled", listed(broken)), "them"),
    };
    Err(Problem::conflict(format!("{whose}: account, date, amount and status are locked"))
        .hint(format!("`--force` overrules the lock; category, payee, tags and note of {those} are free"))
        .into())
}

/// What an operation is called that broke these locks.
pub fn told(summary: &str, broken: &[TransactionId]) -> String {
    if broken.is_empty() { summary.to_owned() } else { format!("{summary}, {}", overruled(broken)) }
}

/// `overruling the lock of 3 and 5`.
pub fn overruled(broken: &[TransactionId]) -> String {
    format!("overruling the lock of {}", listed(broken))
}

fn listed(ids: &[TransactionId]) -> String {
    const SHOWN: usize = 5;
    let mut parts: Vec<String> = ids.iter().take(SHOWN).map(ToString::to_string).collect();
    if ids.len() > SHOWN {
        parts.push(format!("{} more", ids.len() - SHOWN));
    }
    match parts.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => parts.concat(),
    }
}

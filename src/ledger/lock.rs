//! The lock on what agrees with a statement: account, day, amount and status of a reconciled posting, and that its
//! transaction is there, change only by force. The one rule for edits, deletions and taking imports back.
//!
//! What the money was for, who got it, tags and notes are free.

use chrono::NaiveDate;

use crate::db::transactions::TransactionImage;
use crate::domain::ids::{AccountId, TransactionId};
use crate::domain::money::Minor;
use crate::domain::transaction::{NewPosting, NewTransaction, Posting, Status, Transaction};
use crate::error::{Problem, Result};

/// What of a posting is locked.
type Locked = (AccountId, NaiveDate, Minor);

/// Whether a change leaves all that is locked as it is, in whatever order.
pub fn is_kept(before: &Transaction, after: &NewTransaction) -> bool {
    let of_new = |p: &NewPosting| (p.status == Status::Reconciled).then_some((p.account, p.date, p.amount));
    let of_old =
        |p: &Posting| (p.status == Status::Reconciled).then_some((p.account_id, p.date, p.amount.minor));
    let mut left: Vec<Locked> = after.postings.iter().filter_map(of_new).collect();
    before.postings.iter().filter_map(of_old).all(|locked| {
        let place = left.iter().position(|other| *other == locked);
        place.map(|place| left.swap_remove(place)).is_some()
    })
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

//! How much of a transaction the rules may change: what the user chose stays theirs. The history tells.

use std::collections::{BTreeMap, HashMap};

use crate::db::changes::{self, Change};
use crate::db::connection::DbConn;
use crate::db::postings::{self, PostingRow};
use crate::db::tables::{Imaged, Table};
use crate::db::transactions::TransactionImage;
use crate::domain::ids::{OperationId, TransactionId};
use crate::error::Result;
use crate::import::unmatching::{Doer, doer_of};

/// How much the rules may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freedom {
    /// All that a rule says: an import made it, and nobody has touched it since.
    Whole,
    /// Its category, which the user did not choose; of the rest what is empty.
    Category,
    /// Nothing: the user chose its category.
    None,
}

/// What each part of a transaction is for; of several parts with the amounts.
type Parts = Vec<(Option<i64>, i64)>;

/// A transaction on its way back through the history.
struct Trail {
    id: i64,
    /// What it was for after the operation that is looked at next.
    parts: Parts,
    /// Whether the user did something else to it since.
    is_touched: bool,
}

/// What the rules may change of each transaction.
///
/// # Errors
/// What the database says.
pub fn of(conn: &mut DbConn, ids: &[TransactionId]) -> Result<HashMap<TransactionId, Freedom>> {
    let numbers: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let mut own: HashMap<i64, Vec<PostingRow>> = HashMap::new();
    for posting in postings::of_transactions(conn, &numbers)? {
        own.entry(posting.transaction_id).or_default().push(posting);
    }
    // By the operation that comes next; the latest is looked at first.
    let mut open: BTreeMap<i64, Vec<Trail>> = BTreeMap::new();
    for image in TransactionImage::find_many(conn, &numbers)? {
        let parts = parts(&own.remove(&image.id()).unwrap_or_default());
        let trail = Trail { id: image.id(), parts, is_touched: false };
        open.entry(image.operation().unwrap_or(0)).or_default().push(trail);
    }
    let mut found = HashMap::new();
    while let Some((operation, trails)) = open.pop_last() {
        let by = OperationId(operation);
        let is_users = doer_of(conn, by)? == Doer::User;
        let ids: Vec<i64> = trails.iter().map(|trail| trail.id).collect();
        let changed = changes::of_rows(conn, by, Table::Transactions, &ids)?;
        let mut changed: HashMap<i64, Change> =
            changed.into_iter().map(|change| (change.row_id, change)).collect();
        for trail in trails {
            let change = changed.remove(&trail.id);
            let prior = change.as_ref().and_then(|change| change.prior);
            let before = change.as_ref().map(Change::postings).transpose()?;
            let freedom = match before.map(|postings| postings.as_deref().map(parts)) {
                Some(Some(before)) if !is_users || before == trail.parts => {
                    let is_touched = trail.is_touched || is_users;
                    open.entry(prior.unwrap_or(0)).or_default().push(Trail {
                        parts: before,
                        is_touched,
                        ..trail
                    });
                    continue;
                }
                Some(None) if !is_users && !trail.is_touched => Freedom::Whole,
                Some(None) if !is_users => Freedom::Category,
                _ => chosen(&trail.parts),
            };
            found.insert(TransactionId(trail.id), freedom);
        }
    }
    Ok(found)
}

/// As the user left it.
fn chosen(parts: &Parts) -> Freedom {
    match parts.iter().all(|(category, _)| category.is_none()) {
        true => Freedom::Category,
        false => Freedom::None,
    }
}

fn parts(postings: &[PostingRow]) -> Parts {
    let amount = |posting: &PostingRow| if postings.len() > 1 { posting.amount } else { 0 };
    postings.iter().map(|posting| (posting.category_id, amount(posting))).collect()
}

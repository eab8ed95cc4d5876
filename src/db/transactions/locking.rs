//! Locking what agrees with a statement: many transactions at once, as the first statement may hold years.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Imaged, TransactionImage, get_images, restore};
use crate::db::connection::DbConn;
use crate::db::schema::{postings, transactions};
use crate::db::tables::CHUNK;
use crate::db::writer::Writer;
use crate::domain::ids::{AccountId, TransactionId};
use crate::domain::transaction::Status;
use crate::error::Result;

const RECONCILED: &str = Status::Reconciled.as_str();
const CLEARED: &str = Status::Cleared.as_str();
const PENDING: &str = Status::Pending.as_str();

impl TransactionImage {
    /// Whether a posting of it is agreed with a statement.
    pub fn is_reconciled(&self) -> bool {
        self.postings.iter().any(|posting| posting.status == RECONCILED)
    }

    /// Whether one in that account is.
    pub fn is_reconciled_in(&self, account: AccountId) -> bool {
        let mut own = self.postings.iter().filter(|posting| posting.account_id == account.0);
        own.any(|posting| posting.status == RECONCILED)
    }
}

/// Makes the pending postings of these transactions cleared that stand in an account up to a day (inclusive); what they
/// are elsewhere stays.
///
/// # Errors
/// An unknown id; what the database says; a sum beyond 64 bits.
pub fn clear(w: &mut Writer<'_>, account: AccountId, until: NaiveDate, ids: &[TransactionId]) -> Result<()> {
    let operation_id = w.operation()?.0;
    for before in get_images(w.conn(), ids)? {
        let mut after = before.clone();
        let own = after.postings.iter_mut().filter(|p| p.account_id == account.0 && p.date <= until);
        own.filter(|posting| posting.status == PENDING).for_each(|p| p.status = CLEARED.to_owned());
        if after != before {
            after.transaction.operation_id = operation_id;
            restore(w, &before, &after)?;
        }
    }
    Ok(())
}

/// Makes the cleared postings of an account up to a day (inclusive) reconciled, and answers the transactions that they
/// belong to, in order. The kept totals count both alike.
///
/// # Errors
/// What the database says.
pub fn reconcile(w: &mut Writer<'_>, account: AccountId, until: NaiveDate) -> Result<Vec<TransactionId>> {
    let operation_id = w.operation()?.0;
    let ids = cleared(w.conn(), account, until)?;
    for chunk in ids.chunks(CHUNK) {
        for before in TransactionImage::find_many(w.conn(), chunk)? {
            w.touching(&before)?;
        }
        diesel::update(transactions::table.filter(transactions::id.eq_any(chunk)))
            .set(transactions::operation_id.eq(operation_id))
            .execute(w.conn())?;
        let own = postings::table
            .filter(postings::transaction_id.eq_any(chunk))
            .filter(postings::account_id.eq(account.0))
            .filter(postings::date.le(until))
            .filter(postings::status.eq(CLEARED));
        diesel::update(own).set(postings::status.eq(RECONCILED)).execute(w.conn())?;
    }
    Ok(ids.into_iter().map(TransactionId).collect())
}

fn cleared(conn: &mut DbConn, account: AccountId, until: NaiveDate) -> Result<Vec<i64>> {
    Ok(postings::table
        .filter(postings::account_id.eq(account.0))
        .filter(postings::date.le(until))
        .filter(postings::status.eq(CLEARED))
        .select(postings::transaction_id)
        .distinct()
        .order(postings::transaction_id)
        .load(conn)?)
}

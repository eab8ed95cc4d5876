//! Many transactions become others at once: what rules do to those that are there.

use std::collections::HashMap;

use super::confirming::restore_many;
use super::{Imaged, TransactionImage, TransactionRow, keep_posting_ids, no_such, posting_rows};
use crate::db::dialect::lock_transactions;
use crate::db::tables::CHUNK;
use crate::db::writer::Writer;
use crate::domain::ids::TransactionId;
use crate::domain::transaction::NewTransaction;
use crate::error::Result;

/// Makes each of these transactions what stands beside it, each at most once.
///
/// # Errors
/// A transaction that is gone; what the database says; a sum beyond 64 bits.
pub fn update_many(w: &mut Writer<'_>, all: &[(TransactionId, NewTransaction)]) -> Result<()> {
    for chunk in all.chunks(CHUNK) {
        let mut ids: Vec<i64> = chunk.iter().map(|(id, _)| id.0).collect();
        ids.sort_unstable();
        lock_transactions(w.conn(), &ids)?;
        let found = TransactionImage::find_many(w.conn(), &ids)?.into_iter();
        let mut images: HashMap<i64, TransactionImage> = found.map(|image| (image.id(), image)).collect();
        let mut pairs = Vec::with_capacity(chunk.len());
        for (id, new) in chunk {
            let before = images.remove(&id.0).ok_or_else(|| no_such(*id))?;
            let after = rewritten(&before, new);
            pairs.push((before, after));
        }
        restore_many(w, pairs)?;
    }
    Ok(())
}

/// The image with what is new; the operation stays.
fn rewritten(before: &TransactionImage, new: &NewTransaction) -> TransactionImage {
    let mut tags: Vec<i64> = new.tags.iter().map(|tag| tag.0).collect();
    tags.sort_unstable();
    tags.dedup();
    let mut after = TransactionImage {
        transaction: TransactionRow {
            date: new.date,
            payee_id: new.payee.map(|id| id.0),
            note: new.note.clone(),
            ..before.transaction.clone()
        },
        tags,
        postings: posting_rows(before.id(), &new.postings),
    };
    keep_posting_ids(before, &mut after);
    after
}

//! The imports that were made: listed, shown, and taken back.

use std::collections::{BTreeSet, HashSet};

use super::unmatching;
use crate::db::batches::{self, Batch, BatchLine};
use crate::db::connection::DbConn;
use crate::db::dialect;
use crate::db::statement_balances;
use crate::db::statement_lines::LineRow;
use crate::db::tables::Imaged;
use crate::db::transactions::{self, TransactionImage};
use crate::db::writer::Writer;
use crate::domain::ids::{BatchId, TransactionId};
use crate::error::Result;
use crate::ledger::{Done, lock};

/// Every batch, newest first.
///
/// # Errors
/// What the database says.
pub fn list(conn: &mut DbConn) -> Result<Vec<Batch>> {
    batches::list(conn)
}

/// One batch with its rows in the order of the file.
///
/// # Errors
/// A number that no batch bears.
pub fn show(conn: &mut DbConn, id: BatchId) -> Result<(Batch, Vec<BatchLine>)> {
    Ok((batches::get(conn, id)?, batches::lines(conn, id)?))
}

/// What taking an import back did.
#[derive(Debug, Clone)]
pub struct Undone {
    /// The operation.
    pub done: Done,
    /// Transactions that are gone.
    pub removed: Vec<TransactionId>,
    /// Transactions that are again as the user had left them.
    pub restored: Vec<TransactionId>,
    /// Transactions that stay, as they were edited or reconciled since.
    pub kept: Vec<TransactionId>,
    /// Those of them that are reconciled.
    pub locked: Vec<TransactionId>,
    /// Transactions that stay as other batches hold them too.
    pub held: Vec<TransactionId>,
    /// Those batches.
    pub holders: Vec<BatchId>,
    /// The batches of the same file that stay: those of its other accounts.
    pub siblings: Vec<BatchId>,
}

/// Takes a batch back: its rows that no other batch holds, with what they became or confirmed; what was edited since
/// stays, with its row, so that the file does not bring it in again.
///
/// # Errors
/// A number that no batch bears.
pub fn undo(w: &mut Writer<'_>, id: BatchId) -> Result<Undone> {
    let batch = batches::get(w.conn(), id)?;
    let image = batches::get_image(w.conn(), id)?;
    let account = image.account();
    let siblings = batches::siblings(w.conn(), id, batch.operation)?;
    let shared = batches::shared_transactions(w.conn(), id)?;
    let own = batches::own_lines(w.conn(), id)?;
    let lines = LineRow::find_many(w.conn(), &own)?;
    let ids: Vec<i64> = lines.iter().filter_map(|line| line.transaction_id).collect();
    let images = TransactionImage::find_many(w.conn(), &ids)?;
    dialect::lock_transactions(w.conn(), &ids)?;
    let locked: HashSet<i64> =
        images.iter().filter(|image| lock::holds_in(image, account)).map(Imaged::id).collect();
    let fates = unmatching::fates(w.conn(), account, &lines, images)?;
    let kept: HashSet<i64> = fates.kept.iter().copied().collect();
    let locked = numbers(locked.intersection(&kept).copied());
    let kept_rows = unmatching::rows_of(&lines, &kept);
    let gone: Vec<LineRow> =
        lines.into_iter().filter(|line| !kept_rows.contains(&unmatching::row_of(line))).collect();
    let summary = format!("took back the import of {}", batch.file_name);
    let operation = w.begin(&summary)?;
    statement_balances::delete_of_batch(w, id)?;
    w.delete_all(&[image])?;
    w.delete_all(&gone)?;
    let removed = numbers(fates.removed.iter().map(Imaged::id));
    let restored = numbers(fates.restored.iter().map(|(now, _)| now.id()));
    transactions::remove(w, &fates.removed)?;
    transactions::take_back(w, account, fates.restored)?;
    let kept = numbers(fates.kept.into_iter());
    let mut transactions: Vec<TransactionId> = removed.iter().chain(&restored).copied().collect();
    transactions.sort_unstable();
    let told: HashSet<TransactionId> = transactions.iter().chain(&kept).copied().collect();
    let stays: Vec<(i64, i64)> =
        shared.into_iter().filter(|(id, _)| !told.contains(&TransactionId(*id))).collect();
    let held = numbers(stays.iter().map(|(id, _)| *id));
    let holders: BTreeSet<i64> = stays.into_iter().map(|(_, batch)| batch).collect();
    let holders = holders.into_iter().map(BatchId).collect();
    Ok(Undone {
        done: Done { operation: Some(operation), summary, transactions },
        removed,
        restored,
        kept,
        locked,
        held,
        holders,
        siblings,
    })
}

/// In ascending order, each once.
fn numbers(ids: impl Iterator<Item = i64>) -> Vec<TransactionId> {
    ids.collect::<BTreeSet<i64>>().into_iter().map(TransactionId).collect()
}

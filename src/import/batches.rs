//! The imports that were made: listed, shown, and taken back.

use std::collections::{HashMap, HashSet};

use crate::db::batches::{self, Batch, BatchLine};
use crate::db::connection::DbConn;
use crate::db::statement_lines::LineRow;
use crate::db::tables::Imaged;
use crate::db::transactions::{self, TransactionImage};
use crate::db::writer::Writer;
use crate::domain::ids::{BatchId, TransactionId};
use crate::error::Result;
use crate::ledger::Done;

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
    /// Transactions that stay, as they were edited since.
    pub kept: Vec<TransactionId>,
}

/// Takes a batch back: its rows that no other batch holds, with what they became; what was edited since stays.
///
/// # Errors
/// A number that no batch bears.
pub fn undo(w: &mut Writer<'_>, id: BatchId) -> Result<Undone> {
    let batch = batches::get(w.conn(), id)?;
    let image = batches::get_image(w.conn(), id)?;
    let own = batches::own_lines(w.conn(), id)?;
    let lines = LineRow::find_many(w.conn(), &own)?;
    let ids: Vec<i64> = lines.iter().filter_map(|line| line.transaction_id).collect();
    let images = TransactionImage::find_many(w.conn(), &ids)?;
    let makers: HashMap<i64, i64> =
        lines.iter().filter_map(|line| Some((line.transaction_id?, line.operation_id))).collect();
    let (go, stay): (Vec<TransactionImage>, Vec<TransactionImage>) =
        images.into_iter().partition(|image| image.operation() == makers.get(&image.id()).copied());
    let kept: HashSet<i64> = stay.iter().map(Imaged::id).collect();
    // A row whose transaction stays is kept too, so that the file does not bring it in again.
    let gone: Vec<LineRow> = lines
        .iter()
        .filter(|line| line.transaction_id.is_none_or(|id| !kept.contains(&id)))
        .cloned()
        .collect();
    let summary = format!("took back the import of {}", batch.file_name);
    let operation = w.begin(&summary)?;
    w.delete_all(&[image])?;
    w.delete_all(&gone)?;
    transactions::remove(w, &go)?;
    let transactions = go.iter().map(|image| TransactionId(image.id())).collect();
    let kept = stay.iter().map(|image| TransactionId(image.id())).collect();
    Ok(Undone { done: Done { operation, summary, transactions }, kept })
}

//! The rows of the banks' files that a transaction came from or was joined by; read by `show`.

use diesel::prelude::*;

use super::changes;
use super::connection::DbConn;
use super::schema::{batch_lines, import_batches, statement_lines};
use super::tables::Table;
use crate::domain::ids::{BatchId, OperationId, TransactionId};
use crate::error::Result;

/// A row of a file, as the first import that brought it read it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Origin {
    /// That import.
    pub batch: BatchId,
    /// The name of the file, without its folder.
    pub file: String,
    /// The line in the file, from 1.
    pub line: i64,
    /// What was decided of the row.
    pub decision: String,
    /// Why, and by which rule it was changed since.
    pub reason: String,
    /// Whom the bank names.
    pub payee: Option<String>,
    /// The row as the bank wrote it.
    pub text: String,
}

/// Where a transaction came from, oldest first: each row once, of those that later imports brought again.
///
/// # Errors
/// What the database says.
pub fn of_transaction(conn: &mut DbConn, id: TransactionId) -> Result<Vec<Origin>> {
    type Row = (i64, (i64, i64, String), i64, String, String, Option<String>, String);
    let rows: Vec<Row> = statement_lines::table
        .inner_join(batch_lines::table.inner_join(import_batches::table))
        .filter(statement_lines::transaction_id.eq(id.0))
        .select((
            statement_lines::id,
            (import_batches::id, import_batches::operation_id, import_batches::file_name),
            batch_lines::line,
            batch_lines::decision,
            batch_lines::reason,
            statement_lines::payee,
            statement_lines::raw,
        ))
        .order((statement_lines::id, import_batches::id))
        .load(conn)?;
    let newest = changes::newest_reasons(conn, Table::Transactions, &[id.0])?;
    let mut origins = Vec::new();
    let mut last = None;
    for (row, (batch, by, file), line, decision, reason, payee, text) in rows {
        // One of several payments that a row was is a line beside that row's own.
        let is_again =
            |origin: &Origin| origin.batch.0 == batch && origin.line == line && origin.text == text;
        if last.replace(row) != Some(row) && !origins.last().is_some_and(is_again) {
            let reason = changes::told(reason, OperationId(by), newest.get(&id.0));
            origins.push(Origin { batch: BatchId(batch), file, line, decision, reason, payee, text });
        }
    }
    Ok(origins)
}

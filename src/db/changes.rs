//! Changes: what operations did to rows. Written by the `Writer`, read by undo.

use std::collections::HashMap;

use diesel::prelude::*;
use serde::Deserialize;

use super::connection::DbConn;
use super::postings::PostingRow;
use super::schema::{changes, operations};
use super::tables::{CHUNK, Table};
use crate::domain::ids::OperationId;
use crate::error::Result;

/// What one operation did to one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The row's table.
    pub table: Table,
    /// The row's id.
    pub row_id: i64,
    /// The operation that the row carried before.
    pub prior: Option<i64>,
    /// The row before; none when the operation created it.
    pub before: Option<String>,
}

#[derive(Deserialize)]
struct WithPostings {
    postings: Vec<PostingRow>,
}

impl Change {
    /// The postings of a transaction before; none when the operation made it.
    ///
    /// # Errors
    /// An image that cannot be read.
    pub fn postings(&self) -> Result<Option<Vec<PostingRow>>> {
        let image = self.before.as_deref().map(serde_json::from_str::<WithPostings>).transpose()?;
        Ok(image.map(|image| image.postings))
    }
}

/// All that an operation did.
///
/// # Errors
/// What the database says.
pub fn of_operation(conn: &mut DbConn, id: OperationId) -> Result<Vec<Change>> {
    let rows: Vec<(String, i64, Option<i64>, Option<String>)> = changes::table
        .filter(changes::operation_id.eq(id.0))
        .select((changes::table_name, changes::row_id, changes::prior_operation_id, changes::row_before))
        .order((changes::table_name, changes::row_id))
        .load(conn)?;
    rows.into_iter()
        .map(|(table, row_id, prior, before)| {
            Ok(Change { table: Table::named(&table)?, row_id, prior, before })
        })
        .collect()
}

/// What one operation did to one row.
///
/// # Errors
/// What the database says.
pub fn of_row(conn: &mut DbConn, id: OperationId, table: Table, row_id: i64) -> Result<Option<Change>> {
    let row: Option<(Option<i64>, Option<String>)> = changes::table
        .find((id.0, table.as_str(), row_id))
        .select((changes::prior_operation_id, changes::row_before))
        .first(conn)
        .optional()?;
    Ok(row.map(|(prior, before)| Change { table, row_id, prior, before }))
}

/// What one operation did to these rows.
///
/// # Errors
/// What the database says.
pub fn of_rows(conn: &mut DbConn, id: OperationId, table: Table, rows: &[i64]) -> Result<Vec<Change>> {
    let mut found = Vec::new();
    for chunk in rows.chunks(CHUNK) {
        let rows: Vec<(i64, Option<i64>, Option<String>)> = changes::table
            .filter(changes::operation_id.eq(id.0))
            .filter(changes::table_name.eq(table.as_str()))
            .filter(changes::row_id.eq_any(chunk))
            .select((changes::row_id, changes::prior_operation_id, changes::row_before))
            .load(conn)?;
        found.extend(rows.into_iter().map(|(row_id, prior, before)| Change { table, row_id, prior, before }));
    }
    Ok(found)
}

/// Why an operation changed a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The operation.
    pub by: OperationId,
    /// In words: `Groceries by rule 2`.
    pub why: String,
}

/// The newest reason for which each of these rows was changed, by operations that stand; most have none.
///
/// # Errors
/// What the database says.
pub fn newest_reasons(conn: &mut DbConn, table: Table, rows: &[i64]) -> Result<HashMap<i64, Reason>> {
    let mut found = HashMap::new();
    for chunk in rows.chunks(CHUNK) {
        let rows: Vec<(i64, i64, Option<String>)> = changes::table
            .inner_join(operations::table.on(operations::id.eq(changes::operation_id)))
            .filter(changes::table_name.eq(table.as_str()))
            .filter(changes::row_id.eq_any(chunk))
            .filter(changes::why.is_not_null())
            .filter(operations::is_undone.eq(false))
            .select((changes::row_id, changes::operation_id, changes::why))
            .order((changes::row_id, changes::operation_id))
            .load(conn)?;
        // The last to be put in is the newest.
        let reason = |(row, by, why): (i64, i64, Option<String>)| {
            Some((row, Reason { by: OperationId(by), why: why? }))
        };
        found.extend(rows.into_iter().filter_map(reason));
    }
    Ok(found)
}

/// Why a row of a file is what it is: as its import said, and for what reason its transaction was changed since.
pub fn told(reason: String, batch: OperationId, newest: Option<&Reason>) -> String {
    match newest.filter(|newest| newest.by > batch) {
        Some(newest) => format!("{reason}; then {}", newest.why),
        None => reason,
    }
}

/// Whether an operation made or took back an import.
///
/// # Errors
/// What the database says.
pub fn is_import(conn: &mut DbConn, id: OperationId) -> Result<bool> {
    let batches = changes::table
        .filter(changes::operation_id.eq(id.0))
        .filter(changes::table_name.eq(Table::ImportBatches.as_str()));
    Ok(diesel::select(diesel::dsl::exists(batches.select(changes::row_id))).get_result(conn)?)
}

/// Whether an operation changed a payee, category or tag itself, as merging does: what it did to transactions came of
/// that.
///
/// # Errors
/// What the database says.
pub fn is_about_names(conn: &mut DbConn, id: OperationId) -> Result<bool> {
    let names = [Table::Payees, Table::Categories, Table::Tags].map(Table::as_str);
    let changed = changes::table
        .filter(changes::operation_id.eq(id.0))
        .filter(changes::table_name.eq_any(names))
        .filter(changes::row_before.is_not_null());
    Ok(diesel::select(diesel::dsl::exists(changed.select(changes::row_id))).get_result(conn)?)
}

/// Whether an operation asked the rules again of what imports had brought: it comes from imports, and brought nothing.
///
/// # Errors
/// What the database says.
pub fn is_by_rules(conn: &mut DbConn, id: OperationId) -> Result<bool> {
    let source: Option<String> =
        operations::table.find(id.0).select(operations::source).first(conn).optional()?;
    Ok(source.as_deref() == Some("import") && !is_import(conn, id)?)
}

/// What rows of a table were before operations later than `since` changed or removed them.
///
/// # Errors
/// What the database says.
pub fn images_since(conn: &mut DbConn, table: Table, since: OperationId) -> Result<Vec<(i64, String)>> {
    let rows: Vec<(i64, Option<String>)> = changes::table
        .filter(changes::operation_id.gt(since.0))
        .filter(changes::table_name.eq(table.as_str()))
        .filter(changes::row_before.is_not_null())
        .select((changes::row_id, changes::row_before))
        .order((changes::operation_id, changes::row_id))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, image)| Some((id, image?))).collect())
}

/// The rows of a table that were not there after `since` and that a later operation made or brought back, each with the
/// first that did.
///
/// # Errors
/// What the database says.
pub fn appeared_since(
    conn: &mut DbConn,
    table: Table,
    since: OperationId,
) -> Result<HashMap<i64, OperationId>> {
    let all: Vec<(i64, i64, bool)> = changes::table
        .filter(changes::operation_id.gt(since.0))
        .filter(changes::table_name.eq(table.as_str()))
        .select((changes::row_id, changes::operation_id, changes::row_before.is_null()))
        .order((changes::operation_id, changes::row_id))
        .load(conn)?;
    let mut first = HashMap::new();
    for (row, operation, is_made) in all {
        first.entry(row).or_insert((OperationId(operation), is_made));
    }
    first.retain(|_, (_, is_made)| *is_made);
    Ok(first.into_iter().map(|(row, (operation, _))| (row, operation)).collect())
}

/// The operation that changed a row which carried `prior`: who came after.
///
/// # Errors
/// What the database says.
pub fn who_came_after(
    conn: &mut DbConn,
    prior: OperationId,
    table: Table,
    row_id: i64,
) -> Result<Option<OperationId>> {
    let id: Option<i64> = changes::table
        .filter(changes::prior_operation_id.eq(prior.0))
        .filter(changes::table_name.eq(table.as_str()))
        .filter(changes::row_id.eq(row_id))
        .select(changes::operation_id)
        .order(changes::operation_id.desc())
        .first(conn)
        .optional()?;
    Ok(id.map(OperationId))
}

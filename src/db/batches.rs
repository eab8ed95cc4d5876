//! Import batches and the lines that each contained; imaged whole.

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};
use serde::{Deserialize, Serialize};

use super::changes;
use super::connection::DbConn;
use super::dialect::{insert_many, load_bound};
use super::schema::{accounts, batch_lines, import_batches, statement_lines};
use super::statement_lines::IS_SHARE;
use super::tables::{CHUNK, Imaged, Table};
use super::writer::Writer;
use crate::domain::ids::{AccountId, BatchId, OperationId};
use crate::error::{Problem, Result};

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, AsChangeset, Serialize, Deserialize)]
#[diesel(table_name = import_batches, treat_none_as_null = true, treat_none_as_default_value = false)]
struct BatchRow {
    id: i64,
    account_id: i64,
    format: String,
    source: String,
    file_name: String,
    created_at: NaiveDateTime,
    operation_id: i64,
}

/// A row of the table of which batch contained which line.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, Serialize, Deserialize)]
#[diesel(table_name = batch_lines, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "the columns of the table, described there")]
pub struct BatchLineRow {
    pub batch_id: i64,
    pub line: i64,
    pub statement_line_id: i64,
    pub decision: String,
    pub reason: String,
}

/// A line of a batch that is to be stored.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = batch_lines, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "the columns of the table, described there")]
pub struct NewBatchLine {
    pub batch_id: i64,
    pub line: i64,
    pub statement_line_id: i64,
    pub decision: &'static str,
    pub reason: Cow<'static, str>,
}

/// A batch with the lines that it contained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchImage {
    batch: BatchRow,
    lines: Vec<BatchLineRow>,
}

impl BatchImage {
    /// Where its rows went.
    pub fn account(&self) -> AccountId {
        AccountId(self.batch.account_id)
    }
}

impl Imaged for BatchImage {
    const TABLE: Table = Table::ImportBatches;

    fn id(&self) -> i64 {
        self.batch.id
    }

    fn operation(&self) -> Option<i64> {
        Some(self.batch.operation_id)
    }

    fn label(&self) -> String {
        self.batch.id.to_string()
    }

    fn find_many(conn: &mut DbConn, ids: &[i64]) -> Result<Vec<Self>> {
        let rows: Vec<BatchRow> = import_batches::table
            .filter(import_batches::id.eq_any(ids))
            .order(import_batches::id)
            .load(conn)?;
        rows.into_iter()
            .map(|batch| {
                let lines = batch_lines::table
                    .filter(batch_lines::batch_id.eq(batch.id))
                    .order((batch_lines::line, batch_lines::statement_line_id))
                    .load(conn)?;
                Ok(BatchImage { batch, lines })
            })
            .collect()
    }

    fn insert_many(conn: &mut DbConn, images: &[Self]) -> Result<()> {
        for image in images {
            diesel::insert_into(import_batches::table).values(image.batch.clone()).execute(conn)?;
            insert_lines(conn, &image.lines)?;
        }
        Ok(())
    }

    fn replace(conn: &mut DbConn, image: &Self) -> Result<()> {
        diesel::delete(batch_lines::table.filter(batch_lines::batch_id.eq(image.id()))).execute(conn)?;
        diesel::update(import_batches::table.find(image.id())).set(image.batch.clone()).execute(conn)?;
        insert_lines(conn, &image.lines)
    }

    fn delete_many(conn: &mut DbConn, ids: &[i64]) -> Result<()> {
        diesel::delete(batch_lines::table.filter(batch_lines::batch_id.eq_any(ids))).execute(conn)?;
        diesel::delete(import_batches::table.filter(import_batches::id.eq_any(ids))).execute(conn)?;
        Ok(())
    }
}

fn insert_lines(conn: &mut DbConn, lines: &[BatchLineRow]) -> Result<()> {
    insert_many!(conn, batch_lines::table, lines);
    Ok(())
}

/// A batch with what became of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Its identity.
    pub id: BatchId,
    /// Where its rows went.
    pub account: String,
    /// The format.
    pub format: String,
    /// The file's name, without its folder.
    pub file_name: String,
    /// When, UTC.
    pub created_at: NaiveDateTime,
    /// The operation that made it.
    pub operation: OperationId,
    /// How many rows had each decision.
    pub counts: Vec<(String, i64)>,
}

impl Batch {
    /// How many of its rows had that decision.
    pub fn count(&self, decision: &str) -> i64 {
        self.counts.iter().find(|(word, _)| word == decision).map_or(0, |(_, count)| *count)
    }
}

/// Every batch, newest first.
///
/// # Errors
/// What the database says.
pub fn list(conn: &mut DbConn) -> Result<Vec<Batch>> {
    let rows: Vec<(BatchRow, String)> = import_batches::table
        .inner_join(accounts::table)
        .select((import_batches::all_columns, accounts::name))
        .order(import_batches::id.desc())
        .load(conn)?;
    let counts: Vec<(i64, String, i64)> = batch_lines::table
        .group_by((batch_lines::batch_id, batch_lines::decision))
        .select((batch_lines::batch_id, batch_lines::decision, diesel::dsl::count_star()))
        .order((batch_lines::batch_id, batch_lines::decision))
        .load(conn)?;
    let shares = shares(conn)?;
    let rows_of = |(batch, word, lines): &(i64, String, i64)| {
        let of = |of: &&Shares| of.batch_id == *batch && of.decision == *word;
        (word.clone(), lines - shares.iter().find(of).map_or(0, |of| of.lines))
    };
    Ok(rows
        .into_iter()
        .map(|(row, account)| Batch {
            id: BatchId(row.id),
            account,
            format: row.format,
            file_name: row.file_name,
            created_at: row.created_at,
            operation: OperationId(row.operation_id),
            counts: counts.iter().filter(|count| count.0 == row.id).map(rows_of).collect(),
        })
        .collect())
}

/// How many lines of a batch are no rows: payments that rows are as one.
#[derive(QueryableByName)]
struct Shares {
    #[diesel(sql_type = BigInt)]
    batch_id: i64,
    #[diesel(sql_type = Text)]
    decision: String,
    #[diesel(sql_type = BigInt)]
    lines: i64,
}

fn shares(conn: &mut DbConn) -> Result<Vec<Shares>> {
    // These are few: SQLite keeps this order, and does not look every line of every batch up.
    let sql = format!(
        "SELECT b.batch_id, b.decision, count(*) AS lines FROM statement_lines CROSS JOIN batch_lines b \
         WHERE b.statement_line_id = statement_lines.id AND {IS_SHARE} GROUP BY b.batch_id, b.decision"
    );
    Ok(load_bound(conn, &sql, &[])?)
}

/// The batch of that number.
///
/// # Errors
/// A number that no batch bears.
pub fn get(conn: &mut DbConn, id: BatchId) -> Result<Batch> {
    list(conn)?.into_iter().find(|batch| batch.id == id).ok_or_else(|| no_such(id).into())
}

fn no_such(id: BatchId) -> Problem {
    Problem::not_found(format!("no import batch has the number {id}"))
        .hint("`groat import list` shows the numbers")
}

/// One line as a batch contained it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchLine {
    /// The line in the file, from 1.
    pub line: i64,
    /// What was decided, in this batch.
    pub decision: String,
    /// Why, and by which rule its transaction was changed since.
    pub reason: String,
    /// The text as the bank wrote it.
    pub raw: String,
    /// The transaction that it is now.
    pub transaction: Option<i64>,
}

/// What a batch contained, in the order of the file.
///
/// # Errors
/// What the database says.
pub fn lines(conn: &mut DbConn, id: BatchId) -> Result<Vec<BatchLine>> {
    let by: i64 = import_batches::table.find(id.0).select(import_batches::operation_id).first(conn)?;
    let rows: Vec<(i64, String, String, String, Option<i64>)> = batch_lines::table
        .inner_join(statement_lines::table)
        .filter(batch_lines::batch_id.eq(id.0))
        // The row that they are stands there, too.
        .filter(diesel::dsl::not(sql::<Bool>(IS_SHARE)))
        .select((
            batch_lines::line,
            batch_lines::decision,
            batch_lines::reason,
            statement_lines::raw,
            statement_lines::transaction_id,
        ))
        .order((batch_lines::line, batch_lines::statement_line_id))
        .load(conn)?;
    let transactions: Vec<i64> = rows.iter().filter_map(|row| row.4).collect();
    let newest = changes::newest_reasons(conn, Table::Transactions, &transactions)?;
    let line = |(line, decision, reason, raw, transaction): (i64, String, String, String, Option<i64>)| {
        let newest = transaction.and_then(|id| newest.get(&id));
        let reason = changes::told(reason, OperationId(by), newest);
        BatchLine { line, decision, reason, raw, transaction }
    };
    Ok(rows.into_iter().map(line).collect())
}

/// Stores a batch and answers its number.
///
/// # Errors
/// What the database says.
pub fn insert(
    w: &mut Writer<'_>,
    account: AccountId,
    format: &str,
    source: &str,
    file_name: &str,
) -> Result<BatchId> {
    let id: i64 = diesel::insert_into(import_batches::table)
        .values((
            import_batches::account_id.eq(account.0),
            import_batches::format.eq(format),
            import_batches::source.eq(source),
            import_batches::file_name.eq(file_name),
            import_batches::created_at.eq(w.now()),
            import_batches::operation_id.eq(w.operation()?.0),
        ))
        .returning(import_batches::id)
        .get_result(w.conn())?;
    w.created(Table::ImportBatches, id)?;
    Ok(BatchId(id))
}

/// Stores which lines a batch contained.
///
/// # Errors
/// What the database says.
pub fn add_lines(w: &mut Writer<'_>, lines: &[NewBatchLine]) -> Result<()> {
    insert_many!(w.conn(), batch_lines::table, lines);
    Ok(())
}

/// The image of a batch.
///
/// # Errors
/// A number that no batch bears.
pub fn get_image(conn: &mut DbConn, id: BatchId) -> Result<BatchImage> {
    BatchImage::find(conn, id.0)?.ok_or_else(|| no_such(id).into())
}

/// The newest batch that contained a line; none when all were taken back.
///
/// # Errors
/// What the database says.
pub fn newest_of_line(conn: &mut DbConn, line: i64) -> Result<Option<BatchId>> {
    let newest: Option<i64> = batch_lines::table
        .filter(batch_lines::statement_line_id.eq(line))
        .select(diesel::dsl::max(batch_lines::batch_id))
        .get_result(conn)?;
    Ok(newest.map(BatchId))
}

/// The other batches of the operation that made this one: of the same file, of its other accounts.
///
/// # Errors
/// What the database says.
pub fn siblings(conn: &mut DbConn, id: BatchId, operation: OperationId) -> Result<Vec<BatchId>> {
    let others: Vec<i64> = import_batches::table
        .filter(import_batches::operation_id.eq(operation.0))
        .filter(import_batches::id.ne(id.0))
        .select(import_batches::id)
        .order(import_batches::id)
        .load(conn)?;
    Ok(others.into_iter().map(BatchId).collect())
}

/// The lines of a batch that no other batch contained.
///
/// # Errors
/// What the database says.
pub fn own_lines(conn: &mut DbConn, id: BatchId) -> Result<Vec<i64>> {
    let other = diesel::alias!(batch_lines as other_lines);
    Ok(batch_lines::table
        .filter(batch_lines::batch_id.eq(id.0))
        .filter(diesel::dsl::not(diesel::dsl::exists(
            other
                .filter(other.field(batch_lines::statement_line_id).eq(batch_lines::statement_line_id))
                .filter(other.field(batch_lines::batch_id).ne(id.0)),
        )))
        .select(batch_lines::statement_line_id)
        .distinct()
        .order(batch_lines::statement_line_id)
        .load(conn)?)
}

/// The transactions of a batch's rows that rows of other batches stand for as well, each with the number of such a batch.
///
/// # Errors
/// What the database says.
pub fn shared_transactions(conn: &mut DbConn, id: BatchId) -> Result<Vec<(i64, i64)>> {
    let (also, others) = diesel::alias!(batch_lines as also, statement_lines as others);
    let shared = others
        .field(statement_lines::transaction_id)
        .eq(statement_lines::transaction_id)
        .and(others.field(statement_lines::transaction_id).is_not_null());
    let found: Vec<(Option<i64>, i64)> = batch_lines::table
        .inner_join(statement_lines::table)
        .inner_join(others.on(shared))
        .inner_join(
            also.on(also
                .field(batch_lines::statement_line_id)
                .eq(others.field(statement_lines::id))
                .and(also.field(batch_lines::batch_id).ne(id.0))),
        )
        .filter(batch_lines::batch_id.eq(id.0))
        .select((statement_lines::transaction_id, also.field(batch_lines::batch_id)))
        .distinct()
        .order((statement_lines::transaction_id, also.field(batch_lines::batch_id)))
        .load(conn)?;
    Ok(found.into_iter().filter_map(|(transaction, batch)| Some((transaction?, batch))).collect())
}

/// The file that each of these lines came with first, of the imports that are still there.
///
/// # Errors
/// What the database says.
pub fn files_of(conn: &mut DbConn, lines: &[i64]) -> Result<HashMap<i64, String>> {
    let mut files = HashMap::new();
    for chunk in lines.chunks(CHUNK * 10) {
        let found: Vec<(i64, String)> = batch_lines::table
            .inner_join(import_batches::table.on(import_batches::id.eq(batch_lines::batch_id)))
            .filter(batch_lines::statement_line_id.eq_any(chunk))
            .select((batch_lines::statement_line_id, import_batches::file_name))
            .order(import_batches::id.desc())
            .load(conn)?;
        // The last to be put in is the oldest.
        files.extend(found);
    }
    Ok(files)
}

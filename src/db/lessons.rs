//! What people use categories for: the newest transactions that have one, with what their banks say. One statement; the
//! learner and `rule learn` read it.

use std::collections::HashSet;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text};

use super::connection::DbConn;
use super::tables::CHUNK;
use crate::domain::ids::{OperationId, TransactionId};
use crate::error::Result;

/// A transaction of one posting with a category; once more for each further row of a bank that it is.
#[derive(Debug, Clone, QueryableByName)]
pub struct Lesson {
    /// The transaction.
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// Its day.
    #[diesel(sql_type = Date)]
    pub date: NaiveDate,
    /// Its category.
    #[diesel(sql_type = BigInt)]
    pub category_id: i64,
    /// Its account.
    #[diesel(sql_type = BigInt)]
    pub account_id: i64,
    /// In minor units of the account.
    #[diesel(sql_type = BigInt)]
    pub amount: i64,
    /// Whom it names.
    #[diesel(sql_type = Nullable<Text>)]
    pub payee: Option<String>,
    /// Its note.
    #[diesel(sql_type = Nullable<Text>)]
    pub note: Option<String>,
    /// Whom the bank names.
    #[diesel(sql_type = Nullable<Text>)]
    pub bank_payee: Option<String>,
    /// What else the bank says.
    #[diesel(sql_type = Nullable<Text>)]
    pub bank_memo: Option<String>,
}

/// That a transaction `t` has the category that an import suggested, and nobody has touched it since: what was guessed
/// teaches nothing, or one wrong guess would be the reason of the next.
pub const IS_GUESSED: &str = "EXISTS (SELECT 1 FROM statement_lines g WHERE g.transaction_id = t.id \
     AND g.operation_id = t.operation_id AND g.reason LIKE '%; suggested %')";

/// Those of the transactions that have a category which was only suggested.
///
/// # Errors
/// What the database says.
pub fn guessed(conn: &mut DbConn, ids: &[TransactionId]) -> Result<HashSet<TransactionId>> {
    let mut found = HashSet::new();
    for chunk in ids.chunks(CHUNK) {
        let numbers: Vec<String> = chunk.iter().map(ToString::to_string).collect();
        let sql = format!(
            "SELECT t.id FROM transactions t WHERE t.id IN ({}) AND {IS_GUESSED}",
            numbers.join(", ")
        );
        let rows: Vec<Guessed> = diesel::sql_query(sql).load(conn)?;
        found.extend(rows.into_iter().map(|row| TransactionId(row.id)));
    }
    Ok(found)
}

#[derive(QueryableByName)]
struct Guessed {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// The newest `limit` transactions but for transfers, splits, what was only guessed and what `except` did, newest first.
///
/// # Errors
/// What the database says.
pub fn newest(conn: &mut DbConn, limit: u32, except: Option<OperationId>) -> Result<Vec<Lesson>> {
    let except = except.map_or(0, |id| id.0);
    let sql = format!(
        "SELECT n.id, n.date, n.category_id, n.account_id, n.amount, y.name AS payee, n.note, \
         s.payee AS bank_payee, s.memo AS bank_memo \
         FROM (SELECT t.id, t.date, t.payee_id, t.note, p.category_id, p.account_id, p.amount \
         FROM transactions t JOIN postings p ON p.transaction_id = t.id AND p.position = 0 \
         WHERE p.category_id IS NOT NULL AND NOT p.is_transfer AND t.operation_id <> {except} \
         AND NOT {IS_GUESSED} \
         AND NOT EXISTS (SELECT 1 FROM postings q WHERE q.transaction_id = t.id AND q.position = 1) \
         ORDER BY t.date DESC, t.id DESC LIMIT {limit}) n \
         LEFT JOIN payees y ON y.id = n.payee_id LEFT JOIN statement_lines s ON s.transaction_id = n.id \
         ORDER BY n.date DESC, n.id DESC, s.id"
    );
    Ok(diesel::sql_query(sql).load(conn)?)
}

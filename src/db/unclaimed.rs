//! What no bank has claimed yet: transactions that stand in an account and that no booked row of a statement is.
//! `import`'s plan looks here for what a row may be that was typed, or seen pending, before.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Nullable, Text};

use super::connection::DbConn;
use super::dialect::load_bound;
use crate::domain::ids::{AccountId, OperationId};
use crate::error::Result;

/// A transaction by its total in one account.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Unclaimed {
    /// The transaction.
    #[diesel(sql_type = BigInt)]
    pub transaction_id: i64,
    /// The day it hits the account; of a pending row the bank's day.
    #[diesel(sql_type = Date)]
    pub date: NaiveDate,
    /// In minor units of the account; of a pending row as the bank showed it.
    #[diesel(sql_type = BigInt)]
    pub amount: i64,
    /// Its payee.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub payee_id: Option<i64>,
    /// Whether it stands in another account, too.
    #[diesel(sql_type = Bool)]
    pub is_transfer: bool,
    /// Whether it is what was there when the book began: no bank's row is that, but another program's may be.
    #[diesel(sql_type = Bool)]
    pub is_start: bool,
}

/// A transaction that a bank has shown, but not booked yet.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct StillPending {
    /// The statement line that showed it.
    #[diesel(sql_type = BigInt)]
    pub line_id: i64,
    /// What it was read by.
    #[diesel(sql_type = Text)]
    pub source: String,
    /// Whether the bank numbered it.
    #[diesel(sql_type = Bool)]
    pub has_bank_id: bool,
    /// The booking of several payments that it is one of.
    #[diesel(sql_type = Nullable<Text>)]
    pub booking: Option<String>,
    /// Whether the line made the transaction, instead of joining one that was typed.
    #[diesel(sql_type = Bool)]
    pub is_made_by_it: bool,
    /// The transaction.
    #[diesel(sql_type = BigInt)]
    pub transaction_id: i64,
    /// The bank's day.
    #[diesel(sql_type = Date)]
    pub date: NaiveDate,
    /// As the bank showed it.
    #[diesel(sql_type = BigInt)]
    pub amount: i64,
    /// The transaction's payee.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub payee_id: Option<i64>,
}

const IS_START: &str = "EXISTS (SELECT 1 FROM postings b JOIN categories c ON c.id = b.category_id \
    WHERE b.transaction_id = p.transaction_id AND c.role = 'starting-balances') AS is_start";
const NO_LINE: &str = "NOT EXISTS (SELECT 1 FROM statement_lines s \
    WHERE s.transaction_id = p.transaction_id AND s.account_id = p.account_id)";

/// Transactions from a day to another, both included, whose total in the account is one of these amounts and that
/// no row of a statement of this account is.
///
/// # Errors
/// What the database says.
pub fn typed(
    conn: &mut DbConn,
    account: AccountId,
    amounts: &[i64],
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<Unclaimed>> {
    let listed: Vec<String> = amounts.iter().map(ToString::to_string).collect();
    let (id, listed) = (account.0, listed.join(","));
    let days = format!("p.account_id = {id} AND p.date >= '{from}' AND p.date <= '{to}'");
    let whole = format!(
        "SELECT p.transaction_id, p.date, p.amount, t.payee_id, p.is_transfer, {IS_START} \
         FROM postings p JOIN transactions t ON t.id = p.transaction_id \
         WHERE {days} AND p.amount IN ({listed}) AND {NO_LINE} \
         AND NOT EXISTS (SELECT 1 FROM postings q WHERE q.transaction_id = p.transaction_id \
         AND q.account_id = p.account_id AND q.id <> p.id)"
    );
    let split = format!(
        "SELECT p.transaction_id, min(p.date) AS date, CAST(sum(p.amount) AS BIGINT) AS amount, t.payee_id, \
         max(CASE WHEN p.is_transfer THEN 1 ELSE 0 END) = 1 AS is_transfer, {IS_START} \
         FROM postings p JOIN transactions t ON t.id = p.transaction_id \
         WHERE p.account_id = {id} AND {NO_LINE} AND p.transaction_id IN (\
         SELECT p.transaction_id FROM postings p WHERE {days} AND p.position > 0) \
         GROUP BY p.transaction_id, t.payee_id HAVING count(*) > 1 AND sum(p.amount) IN ({listed})"
    );
    let mut found: Vec<Unclaimed> = load_bound(conn, &whole, &[])?;
    found.extend(load_bound::<Unclaimed>(conn, &split, &[])?);
    Ok(found)
}

/// Transactions from a day to another, both included, that stand in the account with one posting of one of these amounts,
/// and that rows of other sources than this one are.
///
/// # Errors
/// What the database says.
pub fn of_others(
    conn: &mut DbConn,
    account: AccountId,
    source: &str,
    amounts: &[i64],
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<Unclaimed>> {
    let listed: Vec<String> = amounts.iter().map(ToString::to_string).collect();
    let line = "SELECT 1 FROM statement_lines s WHERE s.transaction_id = p.transaction_id AND s.account_id = p.account_id";
    let sql = format!(
        "SELECT p.transaction_id, p.date, p.amount, t.payee_id, p.is_transfer, {IS_START} \
         FROM postings p JOIN transactions t ON t.id = p.transaction_id \
         WHERE p.account_id = {} AND p.date >= '{from}' AND p.date <= '{to}' AND p.amount IN ({}) \
         AND EXISTS ({line} AND s.source <> $1) AND NOT EXISTS ({line} AND s.source = $1) \
         AND NOT EXISTS (SELECT 1 FROM postings q WHERE q.transaction_id = p.transaction_id \
         AND q.account_id = p.account_id AND q.id <> p.id)",
        account.0,
        listed.join(",")
    );
    Ok(load_bound(conn, &sql, &[source.to_owned()])?)
}

/// Transactions that rows of statements showed as not booked, with keys from a text to before another, and that no
/// booked row is.
///
/// # Errors
/// What the database says.
pub fn still_pending(
    conn: &mut DbConn,
    account: AccountId,
    keys: &(String, String),
) -> Result<Vec<StillPending>> {
    let sql = format!(
        "SELECT s.id AS line_id, s.source, s.bank_id IS NOT NULL AS has_bank_id, s.booking, \
         s.decision = 'new' AS is_made_by_it, s.transaction_id, s.date, s.amount, t.payee_id \
         FROM statement_lines s JOIN transactions t ON t.id = s.transaction_id \
         WHERE s.account_id = {} AND s.row_key >= $1 AND s.row_key < $2 AND NOT EXISTS (\
         SELECT 1 FROM statement_lines b WHERE b.transaction_id = s.transaction_id \
         AND b.account_id = s.account_id AND substr(b.row_key, 1, 8) <> 'pending|') ORDER BY s.id",
        account.0
    );
    Ok(load_bound(conn, &sql, &[keys.0.clone(), keys.1.clone()])?)
}

/// Transactions from a day to another, both included, that stand in this account alone with one of these amounts,
/// claimed by a statement or not; but for those that `operation` made.
///
/// # Errors
/// What the database says.
pub fn single_legs(
    conn: &mut DbConn,
    account: AccountId,
    amounts: &[i64],
    from: NaiveDate,
    to: NaiveDate,
    operation: Option<OperationId>,
) -> Result<Vec<Unclaimed>> {
    let listed: Vec<String> = amounts.iter().map(ToString::to_string).collect();
    let sql = format!(
        "SELECT p.transaction_id, p.date, p.amount, t.payee_id, p.is_transfer, {IS_START} \
         FROM postings p JOIN transactions t ON t.id = p.transaction_id \
         WHERE p.account_id = {} AND p.date >= '{from}' AND p.date <= '{to}' AND p.amount IN ({}) \
         AND NOT p.is_transfer AND t.operation_id <> {} ORDER BY p.transaction_id",
        account.0,
        listed.join(","),
        operation.map_or(0, |operation| operation.0),
    );
    Ok(load_bound(conn, &sql, &[])?)
}

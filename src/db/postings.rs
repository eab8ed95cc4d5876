//! Postings: rows, and the sums that are read from them.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::connection::DbConn;
use super::dialect::insert_many;
use super::schema::{account_totals, postings};
use crate::domain::ids::{AccountId, CategoryId};
use crate::error::Result;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, Serialize, Deserialize)]
#[diesel(table_name = postings, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "the columns of the table, described there")]
pub struct PostingRow {
    pub id: i64,
    pub transaction_id: i64,
    pub position: i32,
    pub account_id: i64,
    pub category_id: Option<i64>,
    pub date: NaiveDate,
    pub amount: i64,
    pub value: Option<i64>,
    pub memo: Option<String>,
    pub status: String,
    pub is_transfer: bool,
}

/// A row whose id the database is to give.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = postings, treat_none_as_default_value = false)]
struct UnnumberedRow {
    transaction_id: i64,
    position: i32,
    account_id: i64,
    category_id: Option<i64>,
    date: NaiveDate,
    amount: i64,
    value: Option<i64>,
    memo: Option<String>,
    status: String,
    is_transfer: bool,
}

/// Puts postings in; those with id 0 get one.
///
/// # Errors
/// What the database says.
pub(super) fn insert_many(conn: &mut DbConn, rows: &[PostingRow]) -> Result<()> {
    let numbered: Vec<PostingRow> = rows.iter().filter(|row| row.id != 0).cloned().collect();
    insert_many!(conn, postings::table, numbered);
    let new: Vec<UnnumberedRow> = rows.iter().filter(|row| row.id == 0).map(unnumbered).collect();
    insert_many!(conn, postings::table, new);
    Ok(())
}

fn unnumbered(row: &PostingRow) -> UnnumberedRow {
    UnnumberedRow {
        transaction_id: row.transaction_id,
        position: row.position,
        account_id: row.account_id,
        category_id: row.category_id,
        date: row.date,
        amount: row.amount,
        value: row.value,
        memo: row.memo.clone(),
        status: row.status.clone(),
        is_transfer: row.is_transfer,
    }
}

/// The postings of transactions, in the order of transaction and position.
///
/// # Errors
/// What the database says.
pub fn of_transactions(conn: &mut DbConn, ids: &[i64]) -> Result<Vec<PostingRow>> {
    Ok(postings::table
        .filter(postings::transaction_id.eq_any(ids))
        .order((postings::transaction_id, postings::position))
        .load(conn)?)
}

/// How many postings stand in an account.
///
/// # Errors
/// What the database says.
pub fn count_in_account(conn: &mut DbConn, id: AccountId) -> Result<i64> {
    Ok(postings::table.filter(postings::account_id.eq(id.0)).count().get_result(conn)?)
}

/// How many postings have a category.
///
/// # Errors
/// What the database says.
pub fn count_in_category(conn: &mut DbConn, id: CategoryId) -> Result<i64> {
    Ok(postings::table.filter(postings::category_id.eq(id.0)).count().get_result(conn)?)
}

/// The transactions with a posting in a category, each once, in order.
///
/// # Errors
/// What the database says.
pub fn transactions_in_category(conn: &mut DbConn, id: CategoryId) -> Result<Vec<i64>> {
    Ok(postings::table
        .filter(postings::category_id.eq(id.0))
        .select(postings::transaction_id)
        .distinct()
        .order(postings::transaction_id)
        .load(conn)?)
}

/// The balance of one account, of everything, in its minor units.
///
/// # Errors
/// What the database says; a sum beyond 64 bits.
pub fn balance_of(conn: &mut DbConn, id: AccountId) -> Result<i64> {
    #[derive(QueryableByName)]
    struct Sum {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        balance: i64,
    }
    let sum: Sum = diesel::sql_query(
        "SELECT CAST(coalesce(sum(amount), 0) AS BIGINT) AS balance FROM account_totals WHERE account_id = $1",
    )
    .bind::<diesel::sql_types::BigInt, _>(id.0)
    .get_result(conn)?;
    Ok(sum.balance)
}

/// Whether anything is posted in an account.
///
/// # Errors
/// What the database says.
pub fn are_in(conn: &mut DbConn, id: AccountId) -> Result<bool> {
    let own = postings::table.filter(postings::account_id.eq(id.0));
    Ok(diesel::select(diesel::dsl::exists(own)).get_result(conn)?)
}

/// Whether anything at all is posted: after that the book's currency is settled.
///
/// # Errors
/// What the database says.
pub fn is_anything_posted(conn: &mut DbConn) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(account_totals::table.select(account_totals::account_id)))
        .get_result(conn)?)
}

/// Whether money came into an account up to a day (inclusive).
///
/// # Errors
/// What the database says.
pub fn has_inflow(conn: &mut DbConn, id: AccountId, until: NaiveDate) -> Result<bool> {
    let inflows = postings::table
        .filter(postings::account_id.eq(id.0))
        .filter(postings::date.le(until))
        .filter(postings::amount.gt(0));
    Ok(diesel::select(diesel::dsl::exists(inflows.select(postings::id))).get_result(conn)?)
}

/// Whether an account has postings that are worth nothing known in the book's currency.
///
/// # Errors
/// What the database says.
pub fn has_valueless(conn: &mut DbConn, id: AccountId) -> Result<bool> {
    let of_account = postings::table.filter(postings::account_id.eq(id.0)).filter(postings::value.is_null());
    Ok(diesel::select(diesel::dsl::exists(of_account.select(postings::id))).get_result(conn)?)
}

//! What statements say that accounts held at the end of a day: said by the user when reconciling, or stated by a file.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::connection::DbConn;
use super::schema::{import_batches, statement_balances};
use super::tables::{Table, imaged_row};
use super::writer::Writer;
use crate::domain::ids::{AccountId, BatchId, OperationId};
use crate::domain::money::Minor;
use crate::error::{Problem, Result};

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, AsChangeset, Serialize, Deserialize)]
#[diesel(table_name = statement_balances, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct BalanceRow {
    id: i64,
    account_id: i64,
    date: NaiveDate,
    amount: i64,
    origin: String,
    batch_id: Option<i64>,
    operation_id: i64,
}

imaged_row!(BalanceRow, statement_balances, Table::StatementBalances,
    operation: |row| Some(row.operation_id), label: |row| format!("of {}", row.date));

impl BalanceRow {
    /// Whose balance it is.
    pub fn account(&self) -> i64 {
        self.account_id
    }
}

/// Who said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// An imported file.
    File,
    /// The user, who reconciled the account with it.
    Reconciled,
}

impl Origin {
    fn as_str(self) -> &'static str {
        match self {
            Origin::File => "file",
            Origin::Reconciled => "reconciled",
        }
    }
}

/// A balance that a statement says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// Whose.
    pub account: AccountId,
    /// The day at whose end it held.
    pub date: NaiveDate,
    /// In minor units of the account; what is owed is negative.
    pub amount: Minor,
    /// Who said so.
    pub origin: Origin,
    /// The file that stated it, and its import.
    pub file: Option<(String, BatchId)>,
    /// The operation that brought it.
    pub operation: OperationId,
}

/// What a file states, and what was reconciled since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// The balance.
    pub stated: Stated,
    /// The one that the account was reconciled with at that day's end, else the newest of later days.
    pub reconciled: Option<Stated>,
}

/// Stores what a file states of an account, with its import: the same day and amount once.
///
/// # Errors
/// What the database says.
pub fn insert_of_batch(
    w: &mut Writer<'_>,
    batch: BatchId,
    account: AccountId,
    stated: &[(NaiveDate, Minor)],
) -> Result<()> {
    let known: Vec<(NaiveDate, i64)> = statement_balances::table
        .filter(statement_balances::batch_id.eq(batch.0))
        .filter(statement_balances::account_id.eq(account.0))
        .select((statement_balances::date, statement_balances::amount))
        .load(w.conn())?;
    let mut known: BTreeSet<(NaiveDate, Minor)> =
        known.into_iter().map(|(date, amount)| (date, Minor(amount))).collect();
    for (date, amount) in stated {
        if known.insert((*date, *amount)) {
            insert(w, account, *date, *amount, Origin::File, Some(batch))?;
        }
    }
    Ok(())
}

/// Stores a balance that the user reconciled an account with.
///
/// # Errors
/// What the database says.
pub fn insert_reconciled(
    w: &mut Writer<'_>,
    account: AccountId,
    date: NaiveDate,
    amount: Minor,
) -> Result<()> {
    insert(w, account, date, amount, Origin::Reconciled, None)
}

fn insert(
    w: &mut Writer<'_>,
    account: AccountId,
    date: NaiveDate,
    amount: Minor,
    origin: Origin,
    batch: Option<BatchId>,
) -> Result<()> {
    let id: i64 = diesel::insert_into(statement_balances::table)
        .values((
            statement_balances::account_id.eq(account.0),
            statement_balances::date.eq(date),
            statement_balances::amount.eq(amount.0),
            statement_balances::origin.eq(origin.as_str()),
            statement_balances::batch_id.eq(batch.map(|batch| batch.0)),
            statement_balances::operation_id.eq(w.operation()?.0),
        ))
        .returning(statement_balances::id)
        .get_result(w.conn())?;
    w.created(Table::StatementBalances, id)
}

/// Removes what the file of an import stated, before the import itself goes.
///
/// # Errors
/// What the database says.
pub fn delete_of_batch(w: &mut Writer<'_>, batch: BatchId) -> Result<()> {
    let rows: Vec<BalanceRow> =
        statement_balances::table.filter(statement_balances::batch_id.eq(batch.0)).load(w.conn())?;
    w.delete_all(&rows)
}

/// Forgets the balances of an account that is about to go.
///
/// # Errors
/// What the database says.
pub fn forget(w: &mut Writer<'_>, account: AccountId) -> Result<()> {
    let rows: Vec<BalanceRow> =
        statement_balances::table.filter(statement_balances::account_id.eq(account.0)).load(w.conn())?;
    w.delete_all(&rows)
}

/// How many balances are known of an account.
///
/// # Errors
/// What the database says.
pub fn count_in_account(conn: &mut DbConn, account: AccountId) -> Result<i64> {
    Ok(statement_balances::table
        .filter(statement_balances::account_id.eq(account.0))
        .count()
        .get_result(conn)?)
}

/// The newest balance that a file states of an account up to `until` (inclusive), of that one day with `on`.
///
/// # Errors
/// What the database says.
pub fn newest_filed(
    conn: &mut DbConn,
    account: AccountId,
    until: NaiveDate,
    on: Option<NaiveDate>,
) -> Result<Option<Filed>> {
    let own = statement_balances::table.filter(statement_balances::account_id.eq(account.0));
    let mut wanted = own
        .left_join(import_batches::table)
        .filter(statement_balances::origin.eq(Origin::File.as_str()))
        .filter(statement_balances::date.le(until))
        .select((statement_balances::all_columns, import_batches::file_name.nullable()))
        .order((statement_balances::date.desc(), statement_balances::id.desc()))
        .into_boxed();
    if let Some(day) = on {
        wanted = wanted.filter(statement_balances::date.eq(day));
    }
    let found: Option<(BalanceRow, Option<String>)> = wanted.first(conn).optional()?;
    let Some((row, file)) = found else { return Ok(None) };
    let reconciled: Vec<BalanceRow> = own
        .filter(statement_balances::origin.eq(Origin::Reconciled.as_str()))
        .filter(statement_balances::date.ge(row.date))
        .order((statement_balances::date.desc(), statement_balances::id.desc()))
        .load(conn)?;
    let same_day = reconciled.iter().position(|other| other.date == row.date).unwrap_or(0);
    let reconciled = reconciled.into_iter().nth(same_day).map(|row| stated(row, None)).transpose()?;
    Ok(Some(Filed { stated: stated(row, file)?, reconciled }))
}

/// Of every account the newest balance of each origin up to a day (inclusive), in the order of accounts.
///
/// # Errors
/// What the database says.
pub fn newest_of_all(conn: &mut DbConn, until: NaiveDate) -> Result<Vec<Stated>> {
    let later = diesel::alias!(statement_balances as later);
    let is_later = later.field(statement_balances::date).gt(statement_balances::date).or(later
        .field(statement_balances::date)
        .eq(statement_balances::date)
        .and(later.field(statement_balances::id).gt(statement_balances::id)));
    let rows: Vec<(BalanceRow, Option<String>)> = statement_balances::table
        .left_join(import_batches::table)
        .filter(statement_balances::date.le(until))
        .filter(diesel::dsl::not(diesel::dsl::exists(
            later
                .filter(later.field(statement_balances::account_id).eq(statement_balances::account_id))
                .filter(later.field(statement_balances::origin).eq(statement_balances::origin))
                .filter(later.field(statement_balances::date).le(until))
                .filter(is_later),
        )))
        .select((statement_balances::all_columns, import_batches::file_name.nullable()))
        .order((statement_balances::account_id, statement_balances::origin))
        .load(conn)?;
    rows.into_iter().map(|(row, file)| stated(row, file)).collect()
}

fn stated(row: BalanceRow, file: Option<String>) -> Result<Stated> {
    let known = [Origin::File, Origin::Reconciled];
    let origin = known.into_iter().find(|origin| origin.as_str() == row.origin);
    Ok(Stated {
        account: AccountId(row.account_id),
        date: row.date,
        amount: Minor(row.amount),
        origin: origin.ok_or_else(|| Problem::internal(format!("a balance is said by `{}`", row.origin)))?,
        file: file.zip(row.batch_id.map(BatchId)),
        operation: OperationId(row.operation_id),
    })
}

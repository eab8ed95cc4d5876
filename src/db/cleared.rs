//! What of an account its bank has seen, and what not yet: sums and the rows behind them, for reconciling.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Integer, Nullable, Text};

use super::connection::DbConn;
use super::totals::month_key;
use crate::domain::ids::{AccountId, TransactionId};
use crate::domain::money::Minor;
use crate::domain::transaction::Status;
use crate::error::{OrUsage, Result};

/// What an account holds at the end of a day, in its minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct Sums {
    /// The sum of what is cleared or reconciled.
    #[diesel(sql_type = BigInt)]
    pub cleared: i64,
    /// The sum of what is pending.
    #[diesel(sql_type = BigInt)]
    pub pending: i64,
}

/// What an account holds at the end of a day (inclusive): whole months from the kept totals, the rest from the postings.
///
/// # Errors
/// What the database says; a sum beyond 64 bits.
pub fn sums(conn: &mut DbConn, account: AccountId, until: NaiveDate) -> Result<Sums> {
    Ok(diesel::sql_query(
        "SELECT CAST(coalesce(sum(cleared), 0) AS BIGINT) AS cleared, \
         CAST(coalesce(sum(amount), 0) - coalesce(sum(cleared), 0) AS BIGINT) AS pending FROM (\
         SELECT amount, cleared FROM account_totals WHERE account_id = $1 AND month < $2 \
         UNION ALL SELECT amount, CASE WHEN status = 'pending' THEN 0 ELSE amount END AS cleared \
         FROM postings WHERE account_id = $1 AND date >= $3 AND date <= $4) AS parts",
    )
    .bind::<BigInt, _>(account.0)
    .bind::<Integer, _>(month_key(until))
    .bind::<Date, _>(until.with_day(1).unwrap_or(until))
    .bind::<Date, _>(until)
    .get_result(conn)?)
}

/// The sum of what is reconciled in an account up to a day (inclusive).
///
/// # Errors
/// What the database says; a sum beyond 64 bits.
pub fn reconciled(conn: &mut DbConn, account: AccountId, until: NaiveDate) -> Result<Minor> {
    #[derive(QueryableByName)]
    struct Sum {
        #[diesel(sql_type = BigInt)]
        amount: i64,
    }
    let sum: Sum = diesel::sql_query(
        "SELECT CAST(coalesce(sum(amount), 0) AS BIGINT) AS amount FROM postings \
         WHERE account_id = $1 AND date <= $2 AND status = 'reconciled'",
    )
    .bind::<BigInt, _>(account.0)
    .bind::<Date, _>(until)
    .get_result(conn)?;
    Ok(Minor(sum.amount))
}

/// What was cleared in an account up to a day (inclusive) and is not reconciled: how many transactions, and their sum.
///
/// # Errors
/// What the database says; a sum beyond 64 bits.
pub fn open(conn: &mut DbConn, account: AccountId, until: NaiveDate) -> Result<(i64, Minor)> {
    #[derive(QueryableByName)]
    struct Open {
        #[diesel(sql_type = BigInt)]
        count: i64,
        #[diesel(sql_type = BigInt)]
        amount: i64,
    }
    let open: Open = diesel::sql_query(
        "SELECT count(DISTINCT transaction_id) AS count, CAST(coalesce(sum(amount), 0) AS BIGINT) AS amount \
         FROM postings WHERE account_id = $1 AND date <= $2 AND status = 'cleared'",
    )
    .bind::<BigInt, _>(account.0)
    .bind::<Date, _>(until)
    .get_result(conn)?;
    Ok((open.count, Minor(open.amount)))
}

/// How an account begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct Opening {
    /// Whether nothing says what it held at first: no starting balance, no statement that it agreed with.
    #[diesel(sql_type = Bool)]
    pub is_missing: bool,
    /// The day of its first posting.
    #[diesel(sql_type = Nullable<Date>)]
    pub first_day: Option<NaiveDate>,
}

/// How an account begins.
///
/// # Errors
/// What the database says.
pub fn opening(conn: &mut DbConn, account: AccountId) -> Result<Opening> {
    Ok(diesel::sql_query(
        "SELECT NOT EXISTS (SELECT 1 FROM postings p LEFT JOIN categories c ON c.id = p.category_id \
         WHERE p.account_id = $1 AND (p.status = 'reconciled' OR c.role = 'starting-balances')) AS is_missing, \
         (SELECT min(date) FROM postings WHERE account_id = $1) AS first_day",
    )
    .bind::<BigInt, _>(account.0)
    .get_result(conn)?)
}

/// A transaction as an account sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The transaction.
    pub transaction: TransactionId,
    /// The day it hits the account.
    pub date: NaiveDate,
    /// Who was paid, or paid; of a transfer the other account.
    pub party: Option<String>,
    /// What of it stands in the account with the status asked for, in minor units.
    pub amount: Minor,
    /// Whether that is one posting and all of the transaction, so that its amount can be edited.
    pub is_whole: bool,
}

#[derive(QueryableByName)]
struct Leg {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Date)]
    date: NaiveDate,
    #[diesel(sql_type = Nullable<Text>)]
    party: Option<String>,
    #[diesel(sql_type = BigInt)]
    amount: i64,
    #[diesel(sql_type = Bool)]
    is_whole: bool,
}

/// The transactions with that status in an account up to a day (inclusive), the nearest to it first; of very many the
/// nearest.
///
/// # Errors
/// What the database says; a sum beyond 64 bits.
pub fn rows(
    conn: &mut DbConn,
    account: AccountId,
    until: NaiveDate,
    status: Status,
    limit: usize,
) -> Result<Vec<Row>> {
    let sql = format!(
        "SELECT p.transaction_id AS id, p.date AS date, CASE WHEN p.is_transfer THEN \
         (SELECT b.name FROM postings q JOIN accounts b ON b.id = q.account_id WHERE q.transaction_id = p.transaction_id \
         AND q.account_id <> p.account_id ORDER BY q.position LIMIT 1) ELSE y.name END AS party, p.amount AS amount, \
         NOT EXISTS (SELECT 1 FROM postings q WHERE q.transaction_id = p.transaction_id AND q.id <> p.id) AS is_whole \
         FROM (SELECT * FROM postings WHERE account_id = $1 AND date <= $2 AND status = $3 \
         ORDER BY date DESC, transaction_id DESC, position LIMIT {limit}) p \
         JOIN transactions t ON t.id = p.transaction_id LEFT JOIN payees y ON y.id = t.payee_id \
         ORDER BY p.date DESC, p.transaction_id DESC, p.position"
    );
    let legs: Vec<Leg> = diesel::sql_query(sql)
        .bind::<BigInt, _>(account.0)
        .bind::<Date, _>(until)
        .bind::<Text, _>(status.as_str())
        .load(conn)?;
    let is_cut = legs.len() == limit;
    let mut rows = together(legs)?;
    if is_cut {
        // The last may be a split of which a part was cut off.
        rows.pop();
    }
    Ok(rows)
}

/// The parts of a split as one.
fn together(legs: Vec<Leg>) -> Result<Vec<Row>> {
    let mut rows: Vec<Row> = Vec::with_capacity(legs.len());
    let mut places: HashMap<i64, usize> = HashMap::new();
    for leg in legs {
        match places.get(&leg.id).and_then(|place| rows.get_mut(*place)) {
            Some(row) => row.amount = row.amount.checked_add(Minor(leg.amount)).usage()?,
            None => {
                places.insert(leg.id, rows.len());
                rows.push(Row {
                    transaction: TransactionId(leg.id),
                    date: leg.date,
                    party: leg.party,
                    amount: Minor(leg.amount),
                    is_whole: leg.is_whole,
                });
            }
        }
    }
    Ok(rows)
}

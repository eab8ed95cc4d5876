//! Accounts with what they hold: one statement for what is most often asked.

use chrono::{Datelike, NaiveDate};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Integer, Text};

use super::connection::DbConn;
use super::totals::month_key;
use crate::domain::account::{Account, AccountKind};
use crate::domain::ids::AccountId;
use crate::domain::money::CurrencyCode;
use crate::error::{Problem, Result};

/// An account and its balance at the end of a day, in its minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// The account.
    pub account: Account,
    /// The sum of all amounts.
    pub balance: i64,
    /// The sum of those that are cleared or reconciled.
    pub cleared: i64,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    name_key: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = Integer)]
    exponent: i32,
    #[diesel(sql_type = Bool)]
    is_on_budget: bool,
    #[diesel(sql_type = Bool)]
    is_closed: bool,
    #[diesel(sql_type = BigInt)]
    balance: i64,
    #[diesel(sql_type = BigInt)]
    cleared: i64,
}

/// Every account at the end of `at` (inclusive), open ones first, in the order of their names: whole months from the
/// kept totals, the days of the last month from the postings.
///
/// # Errors
/// What the database says; a sum beyond 64 bits.
pub fn load(conn: &mut DbConn, at: NaiveDate) -> Result<Vec<Holding>> {
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT a.id, a.name, a.name_key, a.kind, a.currency, u.exponent, a.is_on_budget, a.is_closed, \
         coalesce(s.balance, 0) AS balance, coalesce(s.cleared, 0) AS cleared \
         FROM accounts a JOIN currencies u ON u.code = a.currency LEFT JOIN (\
         SELECT account_id, CAST(sum(amount) AS BIGINT) AS balance, CAST(sum(cleared) AS BIGINT) AS cleared FROM (\
         SELECT account_id, amount, cleared FROM account_totals WHERE month < $1 \
         UNION ALL SELECT account_id, amount, CASE WHEN status = 'pending' THEN 0 ELSE amount END \
         FROM postings WHERE date >= $2 AND date <= $3) AS parts GROUP BY account_id) s ON s.account_id = a.id",
    )
    .bind::<Integer, _>(month_key(at))
    .bind::<Date, _>(at.with_day(1).unwrap_or(at))
    .bind::<Date, _>(at)
    .load(conn)?;
    let mut holdings = rows.into_iter().map(holding).collect::<Result<Vec<Holding>>>()?;
    // Sorted here: the two databases order letters differently.
    holdings
        .sort_by(|a, b| (a.account.is_closed, &a.account.key).cmp(&(b.account.is_closed, &b.account.key)));
    Ok(holdings)
}

fn holding(row: Row) -> Result<Holding> {
    Ok(Holding {
        account: Account {
            id: AccountId(row.id),
            name: row.name,
            key: row.name_key,
            kind: AccountKind::parse(&row.kind).map_err(|e| Problem::internal(e.message))?,
            currency: CurrencyCode::parse(&row.currency).map_err(|e| Problem::internal(e.message))?,
            exponent: u32::try_from(row.exponent)?,
            is_on_budget: row.is_on_budget,
            is_closed: row.is_closed,
        },
        balance: row.balance,
        cleared: row.cleared,
    })
}

//! What accounts hold at the end of each month, from the kept totals: one statement, however long the history is.

use chrono::{Datelike, NaiveDate};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer};

use super::connection::DbConn;
use super::schema::account_totals;
use super::totals::{month_key, month_of};
use crate::domain::when::Month;
use crate::error::Result;

/// What one account's postings of one month sum to, in its minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthSum {
    /// The account.
    pub account_id: i64,
    /// The month.
    pub month: Month,
    /// The sum of the amounts.
    pub amount: i64,
}

#[derive(QueryableByName, Queryable)]
struct Row {
    #[diesel(sql_type = BigInt)]
    account_id: i64,
    #[diesel(sql_type = Integer)]
    month: i32,
    #[diesel(sql_type = BigInt)]
    amount: i64,
}

/// Every month in which something was posted, up to the end of a day or of everything, in order of time.
///
/// # Errors
/// What the database says; a sum beyond 64 bits.
pub fn monthly(conn: &mut DbConn, to: Option<NaiveDate>) -> Result<Vec<MonthSum>> {
    let sum =
        |Row { account_id, month, amount }| Ok(MonthSum { account_id, month: month_of(month)?, amount });
    rows(conn, to)?.into_iter().map(sum).collect()
}

fn rows(conn: &mut DbConn, to: Option<NaiveDate>) -> Result<Vec<Row>> {
    let Some(to) = to else {
        let columns = (account_totals::account_id, account_totals::month, account_totals::amount);
        return Ok(account_totals::table
            .filter(account_totals::postings.ne(0))
            .order((account_totals::month, account_totals::account_id))
            .select(columns)
            .load(conn)?);
    };
    // The last month may be cut: its days are read from the postings, as for balances.
    Ok(diesel::sql_query(
        "SELECT account_id, month, amount FROM account_totals WHERE month < $1 AND postings <> 0 \
         UNION ALL SELECT account_id, $2, CAST(sum(amount) AS BIGINT) FROM postings \
         WHERE date >= $3 AND date <= $4 GROUP BY account_id ORDER BY 2, 1",
    )
    .bind::<Integer, _>(month_key(to))
    .bind::<Integer, _>(month_key(to))
    .bind::<Date, _>(to.with_day(1).unwrap_or(to))
    .bind::<Date, _>(to)
    .load(conn)?)
}

//! The sums behind statements of income and spending: what came in and went out by category, in one or several
//! periods at once, from the kept totals for whole months and from the postings for other days. One statement.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer};

use super::connection::DbConn;
use super::dialect;
use super::totals::{UNCATEGORISED_IN, UNCATEGORISED_OUT, month_key, month_of};
use crate::domain::when::{Month, Period};
use crate::error::Result;

/// What a category, or what has none, took or gave in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// A category's id, `UNCATEGORISED_OUT` or `UNCATEGORISED_IN`.
    pub bucket: i64,
    /// The month.
    pub month: Month,
    /// The sum of the values in minor units of the book; money in is positive.
    pub value: i64,
    /// How many postings.
    pub count: i64,
    /// Whether it counts as spending; as income otherwise.
    pub is_spending: bool,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    bucket: i64,
    #[diesel(sql_type = Integer)]
    month: i32,
    #[diesel(sql_type = BigInt)]
    value: i64,
    #[diesel(sql_type = BigInt)]
    count: i64,
    #[diesel(sql_type = Bool)]
    is_spending: bool,
}

/// What each category took and gave in each month of a period (ends included), and what was uncategorised; starting
/// balances and legs of transfers without a category are left out.
///
/// # Errors
/// What the database says; a sum beyond 64 bits.
pub fn monthly(conn: &mut DbConn, period: Period) -> Result<Vec<Flow>> {
    let rows: Vec<Row> = diesel::sql_query(sql(conn, &[period], true)).load(conn)?;
    let flow = |row: Row| {
        let Row { bucket, month, value, count, is_spending } = row;
        Ok(Flow { bucket, month: month_of(month)?, value, count, is_spending })
    };
    rows.into_iter().map(flow).collect()
}

/// The statement: `slot` is which of the periods, from 0; `month` is `year * 100 + month`, 0 of whole periods. Others
/// join it with theirs.
pub fn sql(conn: &DbConn, periods: &[Period], by_month: bool) -> String {
    let parts: Vec<String> = periods
        .iter()
        .enumerate()
        .map(|(slot, period)| {
            if period.is_whole_months() {
                from_totals(slot, *period, by_month)
            } else {
                from_postings(conn, slot, *period, by_month)
            }
        })
        .collect();
    format!(
        "SELECT f.slot AS slot, f.bucket AS bucket, f.month AS month, f.value AS value, f.count AS count, \
         (f.bucket = {UNCATEGORISED_OUT} OR (c.kind IS NOT NULL AND c.kind = 'expense')) AS is_spending \
         FROM ({}) f LEFT JOIN categories c ON c.id = f.bucket \
         WHERE f.count <> 0 AND (f.bucket IN ({UNCATEGORISED_OUT}, {UNCATEGORISED_IN}) \
         OR c.kind = 'expense' OR (c.kind = 'income' AND (c.role IS NULL OR c.role <> 'starting-balances')))",
        parts.join(" UNION ALL ")
    )
}

/// Grouped in the order in which the totals are kept, so that nothing needs to be sorted.
fn from_totals(slot: usize, period: Period, by_month: bool) -> String {
    let (month, groups) = if by_month { ("k.month", "k.month, k.bucket") } else { ("0", "k.bucket") };
    let from = period.from.map_or(String::new(), |from| format!(" AND k.month >= {}", month_key(from)));
    let to = period.to.map_or(String::new(), |to| format!(" AND k.month <= {}", month_key(to)));
    format!(
        "SELECT CAST({slot} AS BIGINT) AS slot, k.bucket AS bucket, {month} AS month, \
         CAST(sum(k.value) AS BIGINT) AS value, CAST(sum(k.postings) AS BIGINT) AS count \
         FROM category_totals k WHERE 1 = 1{from}{to} GROUP BY {groups}"
    )
}

fn from_postings(conn: &DbConn, slot: usize, period: Period, by_month: bool) -> String {
    let month = if by_month { dialect::month_sql(conn, "date") } else { "0".to_owned() };
    format!(
        "SELECT CAST({slot} AS BIGINT) AS slot, CAST(CASE WHEN category_id IS NOT NULL THEN category_id \
         WHEN value < 0 THEN {UNCATEGORISED_OUT} ELSE {UNCATEGORISED_IN} END AS BIGINT) AS bucket, \
         {month} AS month, CAST(sum(value) AS BIGINT) AS value, count(*) AS count \
         FROM postings WHERE value IS NOT NULL AND (category_id IS NOT NULL OR NOT is_transfer){} GROUP BY 1, 2, 3",
        days_between("date", period)
    )
}

/// ` AND date >= .. AND date <= ..`, as far as the ends are closed. Dates are digits and dashes: they stand in the text.
pub fn days_between(column: &str, period: Period) -> String {
    let from = period.from.map_or(String::new(), |from| format!(" AND {column} >= '{from}'"));
    period.to.map_or(from.clone(), |to| format!("{from} AND {column} <= '{to}'"))
}

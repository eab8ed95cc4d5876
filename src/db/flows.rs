//! The sums behind statements of income and spending: what came in and went out by category, in one or several
//! periods at once, from the kept totals for whole months and from the postings for other days. One statement.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::connection::DbConn;
use super::dialect;
use super::totals::{UNCATEGORISED_IN, UNCATEGORISED_OUT, month_key};
use crate::domain::when::Period;
use crate::error::Result;

/// One sum: of a category, or of what has none, in a month or in a whole period.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Flow {
    /// Which of the periods asked for, from 0.
    #[diesel(sql_type = BigInt)]
    pub slot: i64,
    /// A category's id, `UNCATEGORISED_OUT` or `UNCATEGORISED_IN`.
    #[diesel(sql_type = BigInt)]
    pub bucket: i64,
    /// `year * 100 + month`; 0 for the whole period.
    #[diesel(sql_type = BigInt)]
    pub month: i64,
    /// The sum of the values in minor units of the book; money in is positive.
    #[diesel(sql_type = BigInt)]
    pub value: i64,
    /// How many postings.
    #[diesel(sql_type = BigInt)]
    pub count: i64,
    /// The category's name.
    #[diesel(sql_type = Nullable<Text>)]
    pub name: Option<String>,
    /// `group/category`.
    #[diesel(sql_type = Nullable<Text>)]
    pub slug: Option<String>,
    /// `expense` or `income`.
    #[diesel(sql_type = Nullable<Text>)]
    pub kind: Option<String>,
}

impl Flow {
    /// Whether it counts as spending; as income otherwise.
    pub fn is_spending(&self) -> bool {
        self.bucket == UNCATEGORISED_OUT || self.kind.as_deref() == Some("expense")
    }
}

/// What each category took and gave in these periods (ends included), and what was uncategorised; starting balances
/// and legs of transfers without a category are left out.
///
/// # Errors
/// What the database says; a sum beyond 64 bits.
pub fn load(conn: &mut DbConn, periods: &[Period], by_month: bool) -> Result<Vec<Flow>> {
    Ok(diesel::sql_query(sql(conn, periods, by_month)).load(conn)?)
}

/// The statement; others join it with theirs.
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
        "SELECT f.slot AS slot, f.bucket AS bucket, f.month AS month, f.value AS value, f.count AS count, c.name AS name, \
         g.name_key || '/' || c.name_key AS slug, c.kind AS kind FROM ({}) f \
         LEFT JOIN categories c ON c.id = f.bucket LEFT JOIN category_groups g ON g.id = c.group_id \
         WHERE f.count <> 0 AND (f.bucket IN ({UNCATEGORISED_OUT}, {UNCATEGORISED_IN}) \
         OR c.kind = 'expense' OR (c.kind = 'income' AND (c.role IS NULL OR c.role <> 'starting-balances')))",
        parts.join(" UNION ALL ")
    )
}

fn from_totals(slot: usize, period: Period, by_month: bool) -> String {
    let month = if by_month { "month" } else { "0" };
    let from = period.from.map_or(String::new(), |from| format!(" AND month >= {}", month_key(from)));
    let to = period.to.map_or(String::new(), |to| format!(" AND month <= {}", month_key(to)));
    format!(
        "SELECT CAST({slot} AS BIGINT) AS slot, bucket, CAST({month} AS BIGINT) AS month, \
         CAST(sum(value) AS BIGINT) AS value, CAST(sum(postings) AS BIGINT) AS count \
         FROM category_totals WHERE 1 = 1{from}{to} GROUP BY 1, 2, 3"
    )
}

fn from_postings(conn: &DbConn, slot: usize, period: Period, by_month: bool) -> String {
    let month = if by_month { dialect::month_sql(conn, "date") } else { "0".to_owned() };
    format!(
        "SELECT CAST({slot} AS BIGINT) AS slot, CAST(CASE WHEN category_id IS NOT NULL THEN category_id \
         WHEN value < 0 THEN {UNCATEGORISED_OUT} ELSE {UNCATEGORISED_IN} END AS BIGINT) AS bucket, \
         CAST({month} AS BIGINT) AS month, CAST(sum(value) AS BIGINT) AS value, count(*) AS count \
         FROM postings WHERE value IS NOT NULL AND (category_id IS NOT NULL OR NOT is_transfer){} GROUP BY 1, 2, 3",
        days_between("date", period)
    )
}

/// ` AND date >= .. AND date <= ..`, as far as the ends are closed. Dates are digits and dashes: they stand in the text.
pub fn days_between(column: &str, period: Period) -> String {
    let from = period.from.map_or(String::new(), |from| format!(" AND {column} >= '{from}'"));
    period.to.map_or(from.clone(), |to| format!("{from} AND {column} <= '{to}'"))
}

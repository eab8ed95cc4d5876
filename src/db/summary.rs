//! What the summary of a period is made of: its flows and those of the period before, and its largest payees. One
//! statement.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};

use super::connection::DbConn;
use super::flows::{self, days_between};
use super::payee_sums::{COUNTS, IS_SPENDING};
use crate::domain::when::Period;
use crate::error::Result;

/// The slot of what flowed in the period itself.
pub const NOW: i64 = 0;
/// The slot of what flowed in the period before.
pub const BEFORE: i64 = 1;
/// The slot of payees.
pub const PAYEE: i64 = 2;

/// A category in one of the two periods, or a payee in both.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Line {
    /// `NOW`, `BEFORE` or `PAYEE`.
    #[diesel(sql_type = BigInt)]
    pub slot: i64,
    /// The id; of flows as in `flows::Flow`.
    #[diesel(sql_type = BigInt)]
    pub bucket: i64,
    /// In minor units of the book, money in positive; of a payee what was spent there, positive.
    #[diesel(sql_type = BigInt)]
    pub value: i64,
    /// Of a payee, what was spent there in the period before.
    #[diesel(sql_type = BigInt)]
    pub before: i64,
    /// How many postings.
    #[diesel(sql_type = BigInt)]
    pub count: i64,
    /// What it is called.
    #[diesel(sql_type = Nullable<Text>)]
    pub name: Option<String>,
    /// A category's `group/category`.
    #[diesel(sql_type = Nullable<Text>)]
    pub slug: Option<String>,
    /// Whether it counts as spending; as income otherwise.
    #[diesel(sql_type = Bool)]
    pub is_spending: bool,
}

/// The flows of a period and of the one before, and the payees where most was spent.
///
/// # Errors
/// What the database says; a sum beyond 64 bits.
pub fn load(conn: &mut DbConn, period: Period, before: Option<Period>, payees: i64) -> Result<Vec<Line>> {
    let periods: Vec<Period> = std::iter::once(period).chain(before).collect();
    let flows = flows::sql(conn, &periods, false);
    Ok(diesel::sql_query(format!(
        "SELECT w.slot AS slot, w.bucket AS bucket, w.value AS value, CAST(0 AS BIGINT) AS before, w.count AS count, \
         n.name AS name, g.name_key || '/' || n.name_key AS slug, w.is_spending AS is_spending FROM ({flows}) w \
         LEFT JOIN categories n ON n.id = w.bucket LEFT JOIN category_groups g ON g.id = n.group_id \
         UNION ALL SELECT * FROM ({}) z",
        largest_payees(period, before, payees)
    ))
    .load(conn)?)
}

fn largest_payees(period: Period, before: Option<Period>, limit: i64) -> String {
    let is_in = |period: Period| format!("(1 = 1{})", days_between("p.date", period));
    let now = is_in(period);
    let earlier = before.map_or_else(|| "1 = 0".to_owned(), is_in);
    // One stretch for the index, the two periods in it for the sums.
    let whole = Period { from: before.unwrap_or(period).from, to: period.to };
    let sum = |of: &str| format!("CAST(sum(CASE WHEN {of} THEN -p.value ELSE 0 END) AS BIGINT)");
    format!(
        "SELECT CAST({PAYEE} AS BIGINT) AS slot, y.id AS bucket, s.spent AS value, s.before AS before, s.count AS count, \
         y.name AS name, CAST(NULL AS TEXT) AS slug, (1 = 1) AS is_spending FROM (\
         SELECT t.payee_id AS payee_id, {} AS spent, {} AS before, \
         CAST(sum(CASE WHEN {now} THEN 1 ELSE 0 END) AS BIGINT) AS count \
         FROM postings p JOIN transactions t ON t.id = p.transaction_id LEFT JOIN categories c ON c.id = p.category_id \
         WHERE {COUNTS} AND {IS_SPENDING}{} GROUP BY t.payee_id) s JOIN payees y ON y.id = s.payee_id \
         WHERE s.spent > 0 ORDER BY s.spent DESC, y.name_key LIMIT {limit}",
        sum(&now),
        sum(&earlier),
        days_between("p.date", whole)
    )
}

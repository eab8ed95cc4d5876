//! What each payee got and gave in a period: read from the postings, as no totals are kept by payee.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text};

use super::connection::DbConn;
use super::dialect;
use super::flows::days_between;
use super::query::{self, Condition, Scope};
use crate::domain::when::Period;
use crate::error::Result;

/// One payee's sums, in minor units of the book.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct PayeeSum {
    /// The name; none for what has no payee.
    #[diesel(sql_type = Nullable<Text>)]
    pub payee: Option<String>,
    /// What was spent there; positive, negative where more came back.
    #[diesel(sql_type = BigInt)]
    pub spending: i64,
    /// What came in from there.
    #[diesel(sql_type = BigInt)]
    pub income: i64,
    /// How many transactions.
    #[diesel(sql_type = BigInt)]
    pub count: i64,
    /// The day of the last.
    #[diesel(sql_type = Date)]
    pub last: NaiveDate,
}

/// What counts as spending, of postings `p` with their categories `c`.
pub const IS_SPENDING: &str = "(c.kind = 'expense' OR (p.category_id IS NULL AND p.value < 0))";
/// What counts at all: starting balances and legs of transfers without a category do not.
pub const COUNTS: &str = "p.value IS NOT NULL AND (c.kind = 'expense' \
    OR (c.kind = 'income' AND (c.role IS NULL OR c.role <> 'starting-balances')) \
    OR (p.category_id IS NULL AND NOT p.is_transfer))";

/// Every payee with income or spending in the period (ends included) in postings that fit the condition, largest
/// spending first.
///
/// # Errors
/// What the database says; a sum beyond 64 bits.
pub fn load(conn: &mut DbConn, period: Period, condition: Option<&Condition>) -> Result<Vec<PayeeSum>> {
    let days = days_between("p.date", period);
    let mut binds = Vec::new();
    let fits = condition.map(|condition| query::sql(conn, condition, Scope::Posting, &mut binds));
    let fits = fits.map_or_else(String::new, |fits| format!(" AND {fits}"));
    let sql = format!(
        "SELECT y.name AS payee, s.spending AS spending, s.income AS income, s.count AS count, s.last AS last FROM (\
         SELECT t.payee_id AS payee_id, \
         CAST(sum(CASE WHEN {IS_SPENDING} THEN -p.value ELSE 0 END) AS BIGINT) AS spending, \
         CAST(sum(CASE WHEN {IS_SPENDING} THEN 0 ELSE p.value END) AS BIGINT) AS income, \
         count(DISTINCT p.transaction_id) AS count, max(p.date) AS last \
         FROM postings p JOIN transactions t ON t.id = p.transaction_id LEFT JOIN categories c ON c.id = p.category_id \
         WHERE {COUNTS}{days}{fits} GROUP BY t.payee_id) s LEFT JOIN payees y ON y.id = s.payee_id \
         ORDER BY s.spending DESC, s.income DESC, (y.name_key IS NULL), y.name_key"
    );
    Ok(dialect::load_bound(conn, &sql, &binds)?)
}

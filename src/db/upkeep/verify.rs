//! Whether the kept totals are what the postings say, and whether the rows fit together; and mending totals.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::db::connection::DbConn;
use crate::db::dialect;
use crate::error::Result;

/// One thing that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// Which rule is broken.
    pub check: &'static str,
    /// Where, and by how much.
    pub message: String,
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    message: String,
}

/// Everything that is wrong with the book; empty when it is sound.
///
/// # Errors
/// What the database says.
pub fn verify(conn: &mut DbConn) -> Result<Vec<Flaw>> {
    let mut flaws = Vec::new();
    for (check, sql) in checks(conn) {
        let found: Vec<Found> = diesel::sql_query(sql).load(conn)?;
        flaws.extend(found.into_iter().map(|row| Flaw { check, message: row.message }));
    }
    flaws.extend(dialect::integrity(conn)?.into_iter().map(|message| Flaw { check: "integrity", message }));
    Ok(flaws)
}

fn checks(conn: &DbConn) -> Vec<(&'static str, String)> {
    let accounts = account_totals_sql(conn);
    let categories = category_totals_sql(conn);
    vec![
        ("account-totals", differences(
            &accounts, "account_totals", &["account_id", "month"], &["amount", "cleared", "postings"])),
        ("category-totals", differences(
            &categories, "category_totals", &["month", "bucket", "is_on_budget"], &["value", "postings"])),
        ("transfers", "SELECT 'transaction ' || t.id || ' has values that do not sum to zero, but is a transfer' AS message \
            FROM transactions t JOIN postings p ON p.transaction_id = t.id WHERE p.is_transfer \
            GROUP BY t.id HAVING count(p.value) = count(*) AND sum(p.value) <> 0 ORDER BY t.id".to_owned()),
        ("transfer-marks", "SELECT 'transaction ' || p.transaction_id || ' is wrongly marked as a transfer or not' AS message \
            FROM postings p GROUP BY p.transaction_id \
            HAVING (count(DISTINCT p.account_id) > 1) <> (max(CASE WHEN p.is_transfer THEN 1 ELSE 0 END) = 1) \
            ORDER BY p.transaction_id".to_owned()),
        ("empty-transactions", "SELECT 'transaction ' || t.id || ' has no posting' AS message FROM transactions t \
            WHERE NOT EXISTS (SELECT 1 FROM postings p WHERE p.transaction_id = t.id) ORDER BY t.id".to_owned()),
        ("values", "SELECT 'posting ' || p.id || ' is on budget but has no value' AS message FROM postings p \
            JOIN accounts a ON a.id = p.account_id WHERE p.value IS NULL AND a.is_on_budget ORDER BY p.id".to_owned()),
    ]
}

/// Rows that stand in one of two tables only, as messages.
fn differences(should: &str, table: &str, keys: &[&str], sums: &[&str]) -> String {
    let on: Vec<String> = keys.iter().map(|key| format!("h.{key} = s.{key}")).collect();
    let differ: Vec<String> = sums.iter().map(|sum| format!("h.{sum} <> s.{sum}")).collect();
    let name = |alias: &str| {
        keys.iter().map(|key| format!("'{key} ' || {alias}.{key}")).collect::<Vec<_>>().join(" || ', ' || ")
    };
    let parts = sums
        .iter()
        .map(|sum| format!("'{sum} ' || coalesce(h.{sum}, 0) || ', should be ' || s.{sum}"))
        .collect::<Vec<_>>()
        .join(" || '; ' || ");
    format!(
        "SELECT {} || ': ' || {parts} AS message FROM ({should}) s LEFT JOIN {table} h ON {} \
         WHERE h.{} IS NULL OR {} \
         UNION ALL SELECT {} || ': nothing stands behind it' FROM {table} h LEFT JOIN ({should}) s ON {} \
         WHERE s.{} IS NULL",
        name("s"),
        on.join(" AND "),
        keys[0],
        differ.join(" OR "),
        name("h"),
        on.join(" AND "),
        keys[0]
    )
}

fn account_totals_sql(conn: &DbConn) -> String {
    format!(
        "SELECT account_id, {} AS month, CAST(sum(amount) AS BIGINT) AS amount, \
         CAST(sum(CASE WHEN status = 'pending' THEN 0 ELSE amount END) AS BIGINT) AS cleared, \
         count(*) AS postings FROM postings GROUP BY 1, 2",
        dialect::month_sql(conn, "date")
    )
}

fn category_totals_sql(conn: &DbConn) -> String {
    format!(
        "SELECT {} AS month, CAST(CASE WHEN p.category_id IS NOT NULL THEN p.category_id \
         WHEN NOT p.is_transfer THEN CASE WHEN p.value < 0 THEN 0 ELSE -3 END WHEN EXISTS (SELECT 1 FROM postings q JOIN accounts b ON b.id = q.account_id \
         WHERE q.transaction_id = p.transaction_id AND b.is_on_budget <> a.is_on_budget) THEN -2 ELSE -1 END AS BIGINT) \
         AS bucket, a.is_on_budget AS is_on_budget, CAST(sum(p.value) AS BIGINT) AS value, count(*) AS postings \
         FROM postings p JOIN accounts a ON a.id = p.account_id WHERE p.value IS NOT NULL GROUP BY 1, 2, 3",
        dialect::month_sql(conn, "p.date")
    )
}

/// Makes the kept totals anew from the postings.
///
/// # Errors
/// What the database says; a sum beyond 64 bits.
pub fn rebuild_totals(conn: &mut DbConn) -> Result<()> {
    let accounts = account_totals_sql(conn);
    let categories = category_totals_sql(conn);
    conn.batch_execute(&format!(
        "DELETE FROM account_totals; DELETE FROM category_totals; \
         INSERT INTO account_totals (account_id, month, amount, cleared, postings) {accounts}; \
         INSERT INTO category_totals (month, bucket, is_on_budget, value, postings) {categories};"
    ))?;
    Ok(())
}

/// The number of transactions that were looked at.
///
/// # Errors
/// What the database says.
pub fn count(conn: &mut DbConn) -> Result<i64> {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        n: i64,
    }
    Ok(diesel::sql_query("SELECT count(*) AS n FROM transactions").get_result::<Count>(conn)?.n)
}

//! The sums behind reports on spending: grouped by up to two axes, from the kept totals where they know the
//! answer and from the postings where they do not, in one statement either way.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};

use super::connection::DbConn;
use super::dialect;
use super::flows::days_between;
use super::query::{self, Condition, Scope};
use super::totals::{UNCATEGORISED_OUT, month_key};
use crate::domain::when::Period;
use crate::error::Result;

/// What sums are grouped by, as the database sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The category's id; none for uncategorised outflows.
    Category,
    /// The payee's id.
    Payee,
    /// The account's id.
    Account,
    /// The tag's id; a transaction with several tags counts under each.
    Tag,
    /// `year * 100 + month`.
    Month,
    /// `year * 10000 + month * 100 + day`.
    Day,
    /// Nothing: one group.
    None,
}

/// One group's sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct Sum {
    /// The first axis.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub first: Option<i64>,
    /// The second axis.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub second: Option<i64>,
    /// The sum of the values in minor units of the book; money in is positive.
    #[diesel(sql_type = BigInt)]
    pub value: i64,
    /// How many postings.
    #[diesel(sql_type = BigInt)]
    pub count: i64,
}

/// What counts as spending: postings in expense categories, and outflows without a category that are no
/// transfer. That is nearly every posting: the plus keeps SQLite from looking each up by its category.
const IS_SPENDING: &str = "p.value IS NOT NULL AND (\
    (p.category_id IS NOT NULL AND +p.category_id IN (SELECT id FROM categories WHERE kind = 'expense')) \
    OR (+p.category_id IS NULL AND NOT p.is_transfer AND p.value < 0))";

/// The sums of what was spent in a period (ends included), grouped by one or two columns; only of postings that fit
/// the condition.
///
/// # Errors
/// What the database says; a sum beyond 64 bits.
pub fn sums(
    conn: &mut DbConn,
    period: Period,
    first: Column,
    second: Column,
    condition: Option<&Condition>,
) -> Result<Vec<Sum>> {
    let knows_condition = condition.is_none_or(Condition::is_of_categories);
    let has_totals = is_kept(first) && is_kept(second) && period.is_whole_months() && knows_condition;
    let scope = if has_totals { Scope::Totals } else { Scope::Posting };
    let mut binds = Vec::new();
    let fits = condition.map(|condition| format!(" AND {}", query::sql(conn, condition, scope, &mut binds)));
    let fits = fits.unwrap_or_default();
    let sql = if has_totals {
        from_totals(period, first, second, &fits)
    } else {
        from_postings(conn, period, first, second, &fits)
    };
    Ok(dialect::with_small_cache(conn, |conn| dialect::load_bound(conn, &sql, &binds))?)
}

/// Whether the totals per category and month are kept by this column.
fn is_kept(column: Column) -> bool {
    matches!(column, Column::Category | Column::Month | Column::None)
}

fn from_totals(period: Period, first: Column, second: Column, fits: &str) -> String {
    let column = |column| match column {
        Column::Category => "nullif(bucket, 0)",
        Column::Month => "month",
        _ => "CAST(NULL AS BIGINT)",
    };
    format!(
        "SELECT CAST({} AS BIGINT) AS first, CAST({} AS BIGINT) AS second, CAST(sum(value) AS BIGINT) AS value, \
         CAST(sum(postings) AS BIGINT) AS count FROM category_totals \
         WHERE (bucket = {UNCATEGORISED_OUT} OR bucket IN (SELECT id FROM categories WHERE kind = 'expense')){}{fits} \
         GROUP BY 1, 2",
        column(first),
        column(second),
        months_between(period),
    )
}

fn months_between(period: Period) -> String {
    let from = period.from.map_or(String::new(), |from| format!(" AND month >= {}", month_key(from)));
    period.to.map_or(from.clone(), |to| format!("{from} AND month <= {}", month_key(to)))
}

fn from_postings(conn: &DbConn, period: Period, first: Column, second: Column, fits: &str) -> String {
    let uses = |column| first == column || second == column;
    let column = |column| match column {
        Column::Category => "p.category_id".to_owned(),
        Column::Payee => "t.payee_id".to_owned(),
        Column::Account => "p.account_id".to_owned(),
        Column::Tag => "z.tag_id".to_owned(),
        Column::Month => format!("CAST({} AS BIGINT)", dialect::month_sql(conn, "p.date")),
        Column::Day => format!("CAST({} AS BIGINT)", dialect::day_sql(conn, "p.date")),
        Column::None => "CAST(NULL AS BIGINT)".to_owned(),
    };
    // Not by what is the same in all rows: with that among them SQLite would sort.
    let group = |place, column| if column == Column::Day { "p.date" } else { place };
    let groups = match second {
        Column::None => group("1", first).to_owned(),
        _ => format!("{}, {}", group("1", first), group("2", second)),
    };
    let days = days_between("p.date", period);
    let joined = if uses(Column::Payee) && fits.is_empty() { " AND t.id = p.transaction_id" } else { "" };
    format!(
        "SELECT {} AS first, {} AS second, CAST(sum(p.value) AS BIGINT) AS value, \
         count(*) AS count FROM postings p{}{} WHERE {IS_SPENDING}{joined}{days}{fits} GROUP BY {groups}",
        column(first),
        column(second),
        match (uses(Column::Payee), fits.is_empty()) {
            // Most postings count: SQLite is to go through them in their order, not through payees one by one.
            (true, true) => " CROSS JOIN transactions t",
            (_, false) => " JOIN transactions t ON t.id = p.transaction_id",
            (false, true) => "",
        },
        if uses(Column::Tag) {
            " LEFT JOIN transaction_tags z ON z.transaction_id = p.transaction_id"
        } else {
            ""
        },
    )
}

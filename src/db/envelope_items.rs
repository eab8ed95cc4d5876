//! What envelopes' numbers are made of, row by row: the postings of categories in accounts on budget, and the moves.
//! Asked only to explain a number.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::connection::DbConn;
use super::dialect::month_sql;
use super::schema::{accounts, budget_moves, categories, category_groups, payees, postings, transactions};
use super::totals::month_of;
use crate::domain::category::CategoryKind;
use crate::domain::ids::{CategoryId, OperationId, TransactionId};
use crate::domain::when::Month;
use crate::error::Result;

/// One posting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostingItem {
    /// Its transaction.
    pub transaction: TransactionId,
    /// The posting's own day.
    pub date: NaiveDate,
    /// Who was paid, or paid.
    pub payee: Option<String>,
    /// In minor units of the book; money in is positive.
    pub value: i64,
}

/// One move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveItem {
    /// `year * 100 + month`.
    pub month: i32,
    /// Where the money was; none is to be budgeted.
    pub from: Option<CategoryId>,
    /// Where it went; none is to be budgeted.
    pub to: Option<CategoryId>,
    /// In minor units of the book, above 0.
    pub amount: i64,
    /// The operation that made it.
    pub operation: OperationId,
}

/// The postings of a category, or of all income categories with none, in accounts on budget, from one day to another
/// (both included), oldest first.
///
/// # Errors
/// What the database says.
pub fn postings(
    conn: &mut DbConn,
    category: Option<CategoryId>,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<PostingItem>> {
    type Row = (i64, NaiveDate, Option<String>, Option<i64>);
    let all = postings::table
        .inner_join(accounts::table.on(accounts::id.eq(postings::account_id)))
        .inner_join(categories::table.on(postings::category_id.eq(categories::id.nullable())))
        .inner_join(transactions::table.on(transactions::id.eq(postings::transaction_id)))
        .left_join(payees::table.on(transactions::payee_id.eq(payees::id.nullable())))
        .filter(accounts::is_on_budget)
        .filter(postings::date.between(from, to))
        .filter(postings::value.is_not_null())
        .order((postings::date, postings::transaction_id, postings::position))
        .select((postings::transaction_id, postings::date, payees::name.nullable(), postings::value));
    let rows: Vec<Row> = match category {
        Some(category) => all.filter(categories::id.eq(category.0)).load(conn)?,
        None => all.filter(categories::kind.eq(CategoryKind::Income.as_str())).load(conn)?,
    };
    let item = |(transaction, date, payee, value): Row| {
        Some(PostingItem { transaction: TransactionId(transaction), date, payee, value: value? })
    };
    Ok(rows.into_iter().filter_map(item).collect())
}

/// The moves from or to a category, or to be budgeted with none, in the order in which they were made.
///
/// # Errors
/// What the database says.
pub fn moves(conn: &mut DbConn, category: Option<CategoryId>) -> Result<Vec<MoveItem>> {
    type Row = (i32, Option<i64>, Option<i64>, i64, i64);
    let all = budget_moves::table.order(budget_moves::id).select((
        budget_moves::month,
        budget_moves::from_category_id,
        budget_moves::to_category_id,
        budget_moves::amount,
        budget_moves::operation_id,
    ));
    let (from, to) = (budget_moves::from_category_id, budget_moves::to_category_id);
    let rows: Vec<Row> = match category {
        Some(category) => all.filter(from.eq(category.0).or(to.eq(category.0))).load(conn)?,
        None => all.filter(from.is_null().or(to.is_null())).load(conn)?,
    };
    let item = |(month, from, to, amount, operation): Row| MoveItem {
        month,
        from: from.map(CategoryId),
        to: to.map(CategoryId),
        amount,
        operation: OperationId(operation),
    };
    Ok(rows.into_iter().map(item).collect())
}

/// A leg of a transfer with a category where none belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MisplacedLeg {
    /// Its transaction.
    pub transaction: TransactionId,
    /// The leg's own day.
    pub date: NaiveDate,
    /// What it has.
    pub category: String,
    /// The same as `group/category`.
    pub category_slug: String,
}

/// Legs of transfers with a category where none belongs: off budget, or between accounts that are both on budget. A
/// change of an account's flag leaves such.
///
/// # Errors
/// What the database says.
pub fn misplaced_legs(conn: &mut DbConn) -> Result<Vec<MisplacedLeg>> {
    let (others, sides) = diesel::alias!(postings as others, accounts as sides);
    let crosses = others
        .inner_join(sides.on(sides.field(accounts::id).eq(others.field(postings::account_id))))
        .filter(others.field(postings::transaction_id).eq(postings::transaction_id))
        .filter(sides.field(accounts::is_on_budget).eq(false));
    let rows: Vec<(i64, NaiveDate, String, String, String)> = postings::table
        .inner_join(accounts::table.on(accounts::id.eq(postings::account_id)))
        .inner_join(categories::table.on(postings::category_id.eq(categories::id.nullable())))
        .inner_join(category_groups::table.on(categories::group_id.eq(category_groups::id)))
        .filter(postings::is_transfer)
        .filter(accounts::is_on_budget.eq(false).or(diesel::dsl::not(diesel::dsl::exists(crosses))))
        .order((postings::date, postings::transaction_id))
        .select((
            postings::transaction_id,
            postings::date,
            categories::name,
            category_groups::name_key,
            categories::name_key,
        ))
        .load(conn)?;
    let leg = |(transaction, date, category, group_key, key)| MisplacedLeg {
        transaction: TransactionId(transaction),
        date,
        category,
        category_slug: format!("{group_key}/{key}"),
    };
    Ok(rows.into_iter().map(leg).collect())
}

/// The sum of the values of all postings in accounts on budget, by month, oldest first; from the postings themselves.
///
/// # Errors
/// What the database says; a sum beyond 64 bits.
pub fn on_budget_by_month(conn: &mut DbConn) -> Result<Vec<(Month, i64)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Integer)]
        month: i32,
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        value: i64,
    }
    let sql = format!(
        "SELECT {} AS month, CAST(sum(p.value) AS BIGINT) AS value FROM postings p \
         JOIN accounts a ON a.id = p.account_id AND a.is_on_budget WHERE p.value IS NOT NULL GROUP BY 1 ORDER BY 1",
        month_sql(conn, "p.date")
    );
    let rows: Vec<Row> = diesel::sql_query(sql).load(conn)?;
    rows.into_iter().map(|row| Ok((month_of(row.month)?, row.value))).collect()
}

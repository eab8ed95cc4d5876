//! The facts that envelopes are worked out from, in one statement: kept totals of what is on budget, moves, holds,
//! and which deficits are kept. One row a fact; who adds them up is `domain::envelope`.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable};

use super::connection::DbConn;
use super::dialect::on_backend;
use super::schema::{budget_holds, budget_moves, carryovers, category_totals};
use crate::error::Result;

/// What a fact is about: as `FactRow::what` says it.
pub mod what {
    /// A kept total of postings on budget; the key is its bucket.
    pub const TOTAL: i32 = 0;
    /// Money moved into a category; out of it when negative.
    pub const MOVED: i32 = 1;
    /// Money held for the next month.
    pub const HELD: i32 = 2;
    /// Whether a category's deficit is kept from then on: 1 or 0.
    pub const CARRYOVER: i32 = 3;
}

/// One fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct FactRow {
    /// One of `what`.
    pub what: i32,
    /// `year * 100 + month`.
    pub month: i32,
    /// A category, or a bucket of the kept totals.
    pub key: Option<i64>,
    /// In minor units of the book, or 1 or 0.
    pub amount: i64,
}

/// Every fact of the book.
///
/// # Errors
/// What the database says.
pub fn facts(conn: &mut DbConn) -> Result<Vec<FactRow>> {
    let is = |what: i32| sql::<Integer>(&what.to_string());
    Ok(on_backend!(conn, c => category_totals::table
        .filter(category_totals::is_on_budget)
        .select((
            is(what::TOTAL),
            category_totals::month,
            category_totals::bucket.nullable(),
            category_totals::value,
        ))
        .union_all(budget_moves::table.filter(budget_moves::to_category_id.is_not_null()).select((
            is(what::MOVED),
            budget_moves::month,
            budget_moves::to_category_id,
            budget_moves::amount,
        )))
        .union_all(budget_moves::table.filter(budget_moves::from_category_id.is_not_null()).select((
            is(what::MOVED),
            budget_moves::month,
            budget_moves::from_category_id,
            sql::<BigInt>("-amount"),
        )))
        .union_all(budget_holds::table.select((
            is(what::HELD),
            budget_holds::month,
            sql::<Nullable<BigInt>>("CAST(NULL AS BIGINT)"),
            budget_holds::amount,
        )))
        .union_all(carryovers::table.select((
            is(what::CARRYOVER),
            carryovers::month,
            carryovers::category_id.nullable(),
            sql::<BigInt>("CAST(CASE WHEN is_on THEN 1 ELSE 0 END AS BIGINT)"),
        )))
        .load::<FactRow>(c)?))
}

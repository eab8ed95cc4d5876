//! The facts that envelopes are worked out from, in one statement: kept totals of what is on budget, moves, holds,
//! and which deficits are kept. Who adds them up is `domain::envelope`.

use std::collections::HashMap;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable};

use super::connection::DbConn;
use super::dialect::on_backend;
use super::schema::{budget_holds, budget_moves, carryovers, categories, category_totals};
use super::totals::{OTHER_SIDE, SAME_SIDE, UNCATEGORISED_IN, UNCATEGORISED_OUT, month_key, month_of};
use crate::domain::category::{Category, CategoryKind};
use crate::domain::envelope::{Fact, What};
use crate::domain::ids::CategoryId;
use crate::domain::when::Month;
use crate::error::Result;

/// A kept total of postings on budget; its key is a bucket.
const TOTAL: i32 = 0;
/// Money moved into a category; out of it when negative.
const MOVED: i32 = 1;
/// Money held for the next month.
const HELD: i32 = 2;
/// Whether a category's deficit is kept from then on: 1 or 0.
const CARRYOVER: i32 = 3;

/// What a fact is about, its month (`year * 100 + month`), its category or bucket, and how much it is.
type FactRow = (i32, i32, Option<i64>, i64);

/// Every fact of the book. Envelopes are the expense categories, counted from 0 in the order that is given. None if a
/// fact is about a category that is not among these: somebody has made it since they were read.
///
/// # Errors
/// What the database says.
pub fn facts(conn: &mut DbConn, categories: &[Category]) -> Result<Option<Vec<Fact>>> {
    let expenses = categories.iter().filter(|category| category.kind == CategoryKind::Expense);
    let envelopes: HashMap<i64, usize> =
        expenses.zip(0..).map(|(category, at)| (category.id.0, at)).collect();
    let is_income = |key: i64| {
        categories.iter().any(|category| category.id.0 == key && category.kind == CategoryKind::Income)
    };
    let what = |what: i32, key: Option<i64>| match (what, key) {
        (HELD, _) => Some(What::Held),
        (TOTAL, Some(UNCATEGORISED_OUT | UNCATEGORISED_IN | OTHER_SIDE)) => Some(What::Uncategorised),
        (TOTAL, Some(SAME_SIDE)) => Some(What::InTransit),
        (TOTAL, Some(key)) if is_income(key) => Some(What::Income),
        (TOTAL, Some(key)) => envelopes.get(&key).map(|at| What::Activity(*at)),
        (MOVED, Some(key)) => envelopes.get(&key).map(|at| What::Assigned(*at)),
        (CARRYOVER, Some(key)) => envelopes.get(&key).map(|at| What::Carryover(*at)),
        _ => None,
    };
    let fact = |(kind, month, key, amount)| match what(kind, key) {
        Some(what) => month_of(month).map(|month| Some(Fact { month, what, amount })),
        None => Ok(None),
    };
    rows(conn)?.into_iter().map(fact).collect()
}

fn rows(conn: &mut DbConn) -> Result<Vec<FactRow>> {
    let is = |what: i32| sql::<Integer>(&what.to_string());
    Ok(on_backend!(conn, c => category_totals::table
        .filter(category_totals::is_on_budget)
        .select((
            is(TOTAL),
            category_totals::month,
            category_totals::bucket.nullable(),
            category_totals::value,
        ))
        .union_all(budget_moves::table.filter(budget_moves::to_category_id.is_not_null()).select((
            is(MOVED),
            budget_moves::month,
            budget_moves::to_category_id,
            budget_moves::amount,
        )))
        .union_all(budget_moves::table.filter(budget_moves::from_category_id.is_not_null()).select((
            is(MOVED),
            budget_moves::month,
            budget_moves::from_category_id,
            sql::<BigInt>("-amount"),
        )))
        .union_all(budget_holds::table.select((
            is(HELD),
            budget_holds::month,
            sql::<Nullable<BigInt>>("CAST(NULL AS BIGINT)"),
            budget_holds::amount,
        )))
        .union_all(carryovers::table.select((
            is(CARRYOVER),
            carryovers::month,
            carryovers::category_id.nullable(),
            sql::<BigInt>("CAST(CASE WHEN is_on THEN 1 ELSE 0 END AS BIGINT)"),
        )))
        .load::<FactRow>(c)?))
}

/// What came in on budget through each income category from one month to another, both included: the category, the
/// month, and the sum in minor units.
///
/// # Errors
/// What the database says.
pub fn income_by_category(
    conn: &mut DbConn,
    from: Month,
    to: Month,
) -> Result<Vec<(CategoryId, Month, i64)>> {
    let rows: Vec<(i64, i32, i64)> = category_totals::table
        .inner_join(categories::table.on(categories::id.eq(category_totals::bucket)))
        .filter(categories::kind.eq(CategoryKind::Income.as_str()))
        .filter(category_totals::is_on_budget)
        .filter(category_totals::month.between(month_key(from.first_day()), month_key(to.first_day())))
        .select((category_totals::bucket, category_totals::month, category_totals::value))
        .load(conn)?;
    rows.into_iter().map(|(id, month, value)| Ok((CategoryId(id), month_of(month)?, value))).collect()
}

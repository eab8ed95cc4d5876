//! Money moved between envelopes, and between an envelope and what is to be budgeted. Assigned is their sum.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::connection::DbConn;
use super::dialect::on_backend;
use super::schema::budget_moves;
use super::tables::{CHUNK, Table, imaged_row};
use super::totals::month_text;
use super::writer::Writer;
use crate::domain::ids::CategoryId;
use crate::error::Result;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, AsChangeset, Serialize, Deserialize)]
#[diesel(table_name = budget_moves, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct MoveRow {
    /// Its identity.
    pub id: i64,
    /// `year * 100 + month`.
    pub month: i32,
    /// Where the money was; none is to be budgeted.
    pub from_category_id: Option<i64>,
    /// Where it is now; none is to be budgeted.
    pub to_category_id: Option<i64>,
    /// In minor units of the book, above 0.
    pub amount: i64,
    /// The operation that last touched it.
    pub operation_id: i64,
}

imaged_row!(MoveRow, budget_moves, Table::BudgetMoves,
    operation: |row| Some(row.operation_id), label: |row| format!("{} of {}", row.id, month_text(row.month)));

/// A move that is to be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewMove {
    /// `year * 100 + month`.
    pub month: i32,
    /// Where the money is; none is to be budgeted.
    pub from: Option<CategoryId>,
    /// Where it goes; none is to be budgeted.
    pub to: Option<CategoryId>,
    /// In minor units of the book, above 0.
    pub amount: i64,
}

/// Stores moves.
///
/// # Errors
/// What the database says.
pub fn insert(w: &mut Writer<'_>, moves: &[NewMove]) -> Result<()> {
    let operation_id = w.operation()?.0;
    for chunk in moves.chunks(CHUNK) {
        let values: Vec<_> = chunk
            .iter()
            .map(|new| {
                (
                    budget_moves::month.eq(new.month),
                    budget_moves::from_category_id.eq(new.from.map(|id| id.0)),
                    budget_moves::to_category_id.eq(new.to.map(|id| id.0)),
                    budget_moves::amount.eq(new.amount),
                    budget_moves::operation_id.eq(operation_id),
                )
            })
            .collect();
        let ids: Vec<i64> = on_backend!(w.conn(), c => {
            diesel::insert_into(budget_moves::table).values(values).returning(budget_moves::id).get_results(c)?
        });
        ids.into_iter().try_for_each(|id| w.created(Table::BudgetMoves, id))?;
    }
    Ok(())
}

/// The moves that a category gave or took, in the order in which they were made.
///
/// # Errors
/// What the database says.
pub fn of_category(conn: &mut DbConn, category: CategoryId) -> Result<Vec<MoveRow>> {
    Ok(budget_moves::table
        .filter(budget_moves::from_category_id.eq(category.0).or(budget_moves::to_category_id.eq(category.0)))
        .order(budget_moves::id)
        .load(conn)?)
}

/// Puts another category, or none, in the place of one. A move that would lead from one place to the same is
/// no more.
///
/// # Errors
/// What the database says.
pub fn replace_category(w: &mut Writer<'_>, from: CategoryId, into: Option<CategoryId>) -> Result<()> {
    let operation_id = w.operation()?.0;
    let into = into.map(|id| id.0);
    let changed = |id: Option<i64>| if id == Some(from.0) { into } else { id };
    for row in of_category(w.conn(), from)? {
        let after = MoveRow {
            from_category_id: changed(row.from_category_id),
            to_category_id: changed(row.to_category_id),
            operation_id,
            ..row.clone()
        };
        if after.from_category_id == after.to_category_id {
            w.delete_all(&[row])?;
        } else {
            w.replace(&row, &after)?;
        }
    }
    Ok(())
}

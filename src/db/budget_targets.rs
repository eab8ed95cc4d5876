//! The template lines of envelopes' targets, in the order in which they were written.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::connection::DbConn;
use super::schema::budget_targets;
use super::tables::{Table, imaged_row};
use super::writer::Writer;
use crate::domain::ids::CategoryId;
use crate::error::Result;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, AsChangeset, Serialize, Deserialize)]
#[diesel(table_name = budget_targets, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct TargetRow {
    id: i64,
    /// Whose target it is.
    pub category_id: i64,
    position: i64,
    /// The line as it was written.
    pub line: String,
    /// The income category of which it asks a share; the line has the name that it had then.
    pub income_category_id: Option<i64>,
    operation_id: i64,
}

imaged_row!(TargetRow, budget_targets, Table::BudgetTargets,
    operation: |row| Some(row.operation_id), label: |row| row.line.clone());

/// A line with the income category of which it asks a share, if it does.
pub type Line = (String, Option<CategoryId>);

/// Every line of the book, by category and then in written order.
///
/// # Errors
/// What the database says.
pub fn list(conn: &mut DbConn) -> Result<Vec<TargetRow>> {
    Ok(budget_targets::table
        .order((budget_targets::category_id, budget_targets::position, budget_targets::id))
        .load(conn)?)
}

/// The lines of a category, in written order.
///
/// # Errors
/// What the database says.
pub fn of_category(conn: &mut DbConn, category: CategoryId) -> Result<Vec<TargetRow>> {
    Ok(budget_targets::table
        .filter(budget_targets::category_id.eq(category.0))
        .order((budget_targets::position, budget_targets::id))
        .load(conn)?)
}

/// The categories in which a line asks for a share of this income category.
///
/// # Errors
/// What the database says.
pub fn asking_of(conn: &mut DbConn, income: CategoryId) -> Result<Vec<TargetRow>> {
    Ok(budget_targets::table
        .filter(budget_targets::income_category_id.eq(income.0))
        .order((budget_targets::category_id, budget_targets::position))
        .load(conn)?)
}

/// Makes these the lines of a category, instead of those it has.
///
/// # Errors
/// What the database says.
pub fn set(w: &mut Writer<'_>, category: CategoryId, lines: &[Line]) -> Result<()> {
    let operation_id = w.operation()?.0;
    let before = of_category(w.conn(), category)?;
    w.delete_all(&before)?;
    for (position, (line, income)) in (1_i64..).zip(lines) {
        let id: i64 = diesel::insert_into(budget_targets::table)
            .values((
                budget_targets::category_id.eq(category.0),
                budget_targets::position.eq(position),
                budget_targets::line.eq(line),
                budget_targets::income_category_id.eq(income.map(|id| id.0)),
                budget_targets::operation_id.eq(operation_id),
            ))
            .returning(budget_targets::id)
            .get_result(w.conn())?;
        w.created(Table::BudgetTargets, id)?;
    }
    Ok(())
}

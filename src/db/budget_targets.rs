//! The template lines of envelopes' targets, in the order in which they were written.

use std::collections::HashMap;

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::categories::CategoryRow;
use super::connection::DbConn;
use super::dialect::on_backend;
use super::schema::{budget_targets, categories, category_groups};
use super::tables::{Table, imaged_row};
use super::writer::Writer;
use crate::domain::category::Category;
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

/// The lines of every target, by its category.
pub type Targets = HashMap<CategoryId, Vec<Line>>;

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
    let values: Vec<_> = (1_i64..)
        .zip(lines)
        .map(|(position, (line, income))| {
            (
                budget_targets::category_id.eq(category.0),
                budget_targets::position.eq(position),
                budget_targets::line.eq(line),
                budget_targets::income_category_id.eq(income.map(|id| id.0)),
                budget_targets::operation_id.eq(operation_id),
            )
        })
        .collect();
    if values.is_empty() {
        return Ok(());
    }
    let ids: Vec<i64> = on_backend!(w.conn(), c => {
        diesel::insert_into(budget_targets::table).values(values).returning(budget_targets::id).get_results(c)?
    });
    ids.into_iter().try_for_each(|id| w.created(Table::BudgetTargets, id))
}

/// Gives the lines of a category that is about to go to another, unless that has some; and lets those who asked for
/// a share of the first ask for one of the other.
///
/// # Errors
/// What the database says.
pub fn merge(w: &mut Writer<'_>, from: CategoryId, into: CategoryId) -> Result<()> {
    let operation_id = w.operation()?.0;
    let lines = of_category(w.conn(), from)?;
    if of_category(w.conn(), into)?.is_empty() {
        for row in &lines {
            w.replace(row, &TargetRow { category_id: into.0, operation_id, ..row.clone() })?;
        }
    } else {
        w.delete_all(&lines)?;
    }
    for row in asking_of(w.conn(), from)? {
        w.replace(&row, &TargetRow { income_category_id: Some(into.0), operation_id, ..row.clone() })?;
    }
    Ok(())
}

/// Every category with its group, in display order, and the lines of every target: one statement for both.
///
/// # Errors
/// What the database says.
pub fn with_categories(conn: &mut DbConn) -> Result<(Vec<Category>, Targets)> {
    type Row = (CategoryRow, String, String, Option<String>, Option<i64>);
    let rows: Vec<Row> = categories::table
        .inner_join(category_groups::table)
        .left_join(budget_targets::table.on(budget_targets::category_id.eq(categories::id)))
        .select((
            categories::all_columns,
            category_groups::name,
            category_groups::name_key,
            budget_targets::line.nullable(),
            budget_targets::income_category_id.nullable(),
        ))
        .order((
            category_groups::position,
            category_groups::id,
            categories::position,
            categories::id,
            budget_targets::position,
        ))
        .load(conn)?;
    let mut all: Vec<Category> = Vec::new();
    let mut lines = Targets::new();
    for (row, group, group_key, line, income) in rows {
        let category = row.category(group, &group_key)?;
        if let Some(line) = line {
            lines.entry(category.id).or_default().push((line, income.map(CategoryId)));
        }
        if all.last().is_none_or(|last| last.id != category.id) {
            all.push(category);
        }
    }
    Ok((all, lines))
}

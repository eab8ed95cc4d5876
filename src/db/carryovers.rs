//! Which overspent envelopes keep their deficit: from a row's month on, until a later row says otherwise.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::connection::DbConn;
use super::schema::carryovers;
use super::tables::{Table, imaged_row};
use super::totals::month_text;
use super::writer::Writer;
use crate::domain::ids::CategoryId;
use crate::error::Result;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, AsChangeset, Serialize, Deserialize)]
#[diesel(table_name = carryovers, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct CarryoverRow {
    id: i64,
    category_id: i64,
    month: i32,
    is_on: bool,
    operation_id: i64,
}

imaged_row!(CarryoverRow, carryovers, Table::Carryovers,
    operation: |row| Some(row.operation_id), label: |row| format!("from {} on", month_text(row.month)));

/// Sets the flag of a category for a month (`year * 100 + month`) and every later one: what was set for later months
/// is replaced.
///
/// # Errors
/// What the database says.
pub fn set(w: &mut Writer<'_>, category: CategoryId, month: i32, is_on: bool) -> Result<()> {
    let operation_id = w.operation()?.0;
    let (own, later): (Vec<CarryoverRow>, Vec<CarryoverRow>) = of_category(w.conn(), category)?
        .into_iter()
        .filter(|row| row.month >= month)
        .partition(|row| row.month == month);
    w.delete_all(&later)?;
    match own.first() {
        Some(before) if before.is_on == is_on => Ok(()),
        Some(before) => w.replace(before, &CarryoverRow { is_on, operation_id, ..before.clone() }),
        None => {
            let id: i64 = diesel::insert_into(carryovers::table)
                .values((
                    carryovers::category_id.eq(category.0),
                    carryovers::month.eq(month),
                    carryovers::is_on.eq(is_on),
                    carryovers::operation_id.eq(operation_id),
                ))
                .returning(carryovers::id)
                .get_result(w.conn())?;
            w.created(Table::Carryovers, id)
        }
    }
}

/// Forgets the flags of a category that is about to go.
///
/// # Errors
/// What the database says.
pub fn forget(w: &mut Writer<'_>, category: CategoryId) -> Result<()> {
    let rows = of_category(w.conn(), category)?;
    w.delete_all(&rows)
}

fn of_category(conn: &mut DbConn, category: CategoryId) -> Result<Vec<CarryoverRow>> {
    Ok(carryovers::table
        .filter(carryovers::category_id.eq(category.0))
        .order(carryovers::month)
        .load(conn)?)
}

//! Money kept out of what is to be budgeted in a month, for the next one: one row a month.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::connection::DbConn;
use super::schema::budget_holds;
use super::tables::{Table, imaged_row};
use super::totals::month_text;
use super::writer::Writer;
use crate::error::Result;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, AsChangeset, Serialize, Deserialize)]
#[diesel(table_name = budget_holds, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct HoldRow {
    id: i64,
    month: i32,
    amount: i64,
    operation_id: i64,
}

imaged_row!(HoldRow, budget_holds, Table::BudgetHolds,
    operation: |row| Some(row.operation_id), label: |row| format!("of {}", month_text(row.month)));

/// Makes what is held in a month (`year * 100 + month`) that much, in minor units of the book; nothing with 0.
///
/// # Errors
/// What the database says.
pub fn set(w: &mut Writer<'_>, month: i32, amount: i64) -> Result<()> {
    let operation_id = w.operation()?.0;
    match find(w.conn(), month)? {
        Some(before) if amount == 0 => w.delete_all(&[before]),
        Some(before) if before.amount == amount => Ok(()),
        Some(before) => w.replace(&before, &HoldRow { amount, operation_id, ..before.clone() }),
        None if amount == 0 => Ok(()),
        None => {
            let id: i64 = diesel::insert_into(budget_holds::table)
                .values((
                    budget_holds::month.eq(month),
                    budget_holds::amount.eq(amount),
                    budget_holds::operation_id.eq(operation_id),
                ))
                .returning(budget_holds::id)
                .get_result(w.conn())?;
            w.created(Table::BudgetHolds, id)
        }
    }
}

fn find(conn: &mut DbConn, month: i32) -> Result<Option<HoldRow>> {
    Ok(budget_holds::table.filter(budget_holds::month.eq(month)).first(conn).optional()?)
}

//! The book's own row: its currency and its beginning.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::connection::DbConn;
use super::schema::{book, categories, category_groups};
use super::tables::{Imaged, Table, imaged_row};
use super::writer::Writer;
use crate::domain::money::{Currency, iso_currencies};
use crate::error::{Problem, Result};

/// A row of the table; there is one.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, AsChangeset, Serialize, Deserialize)]
#[diesel(table_name = book, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct BookTableRow {
    id: i64,
    marker: String,
    currency: String,
    created_at: NaiveDateTime,
    operation_id: Option<i64>,
}

impl BookTableRow {
    /// The code of the currency that values are in.
    pub fn currency(&self) -> &str {
        &self.currency
    }
}

imaged_row!(BookTableRow, book, Table::Book, operation: |row| row.operation_id, label: |_| "the book".to_owned());

impl BookTableRow {
    /// Refuses what undo would make of a book that has been used meanwhile: another currency under its values.
    ///
    /// # Errors
    /// Such a row; what the database says.
    pub fn refuse_unfit(&self, conn: &mut DbConn, after: &BookTableRow) -> Result<()> {
        if self.currency == after.currency || !super::postings::is_anything_posted(conn)? {
            return Ok(());
        }
        Err(Problem::conflict(format!(
            "the book is kept in {}, and something is posted in it by now",
            self.currency
        ))
        .hint("`groat log` shows what was done since; take that back first")
        .into())
    }
}

/// Makes a migrated, empty database a book: the currencies, the built-in categories, the row that marks it.
///
/// # Errors
/// What the database says.
pub fn seed(conn: &mut DbConn, currency: &Currency, now: NaiveDateTime) -> Result<()> {
    let mut all = iso_currencies();
    if !all.iter().any(|known| known.code == currency.code) {
        all.push(currency.clone());
    }
    super::currencies::seed(conn, &all)?;
    diesel::insert_into(book::table)
        .values(BookTableRow {
            id: 1,
            marker: "groat".to_owned(),
            currency: currency.code.as_str().to_owned(),
            created_at: now,
            operation_id: None,
        })
        .execute(conn)?;
    seed_categories(conn, now)
}

fn seed_categories(conn: &mut DbConn, now: NaiveDateTime) -> Result<()> {
    let group_id: i64 = diesel::insert_into(category_groups::table)
        .values((
            category_groups::name.eq("Income"),
            category_groups::name_key.eq("income"),
            category_groups::position.eq(1_i64),
            category_groups::created_at.eq(now),
        ))
        .returning(category_groups::id)
        .get_result(conn)?;
    for (position, name, key, role) in [
        (1_i64, "Income", "income", "income"),
        (2, "Starting balances", "starting-balances", "starting-balances"),
    ] {
        diesel::insert_into(categories::table)
            .values((
                categories::group_id.eq(group_id),
                categories::name.eq(name),
                categories::name_key.eq(key),
                categories::kind.eq("income"),
                categories::role.eq(role),
                categories::is_hidden.eq(false),
                categories::position.eq(position),
                categories::created_at.eq(now),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Makes another currency the book's. To be called only while nothing is posted.
///
/// # Errors
/// What the database says.
pub fn set_currency(w: &mut Writer<'_>, code: &str) -> Result<()> {
    let before = BookTableRow::find(w.conn(), 1)?.ok_or_else(|| Problem::internal("the book has no row"))?;
    let after =
        BookTableRow { currency: code.to_owned(), operation_id: Some(w.operation()?.0), ..before.clone() };
    w.replace(&before, &after)
}

//! Categories: rows and queries.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::connection::DbConn;
use super::dialect::on_backend;
use super::schema::{categories, category_groups};
use super::tables::{Imaged, Table, imaged_row};
use super::writer::Writer;
use crate::domain::category::{Category, CategoryKind, Group, Role};
use crate::domain::ids::{CategoryId, GroupId};
use crate::error::{Problem, Result};

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, AsChangeset, Serialize, Deserialize)]
#[diesel(table_name = categories, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct CategoryRow {
    id: i64,
    group_id: i64,
    name: String,
    name_key: String,
    kind: String,
    role: Option<String>,
    is_hidden: bool,
    position: i64,
    created_at: NaiveDateTime,
    operation_id: Option<i64>,
}

imaged_row!(CategoryRow, categories, Table::Categories,
    operation: |row| row.operation_id, label: |row| row.name.clone());

/// Every category with its group, in display order.
///
/// # Errors
/// What the database says.
pub fn list(conn: &mut DbConn) -> Result<Vec<Category>> {
    let rows: Vec<(CategoryRow, String, String)> = categories::table
        .inner_join(category_groups::table)
        .select((categories::all_columns, category_groups::name, category_groups::name_key))
        .order((category_groups::position, category_groups::id, categories::position, categories::id))
        .load(conn)?;
    rows.into_iter().map(|(row, group, group_key)| row.category(group, &group_key)).collect()
}

impl CategoryRow {
    /// Refuses to become `before` by an undo: another kind, while a budget holds something of this one.
    ///
    /// # Errors
    /// If so; what the database says.
    pub fn refuse_unfit(&self, conn: &mut DbConn, before: &CategoryRow) -> Result<()> {
        if self.kind == before.kind {
            return Ok(());
        }
        let id = CategoryId(self.id);
        let is_budgeted = !super::budget_moves::of_category(conn, id)?.is_empty()
            || !super::budget_targets::of_category(conn, id)?.is_empty()
            || !super::budget_targets::asking_of(conn, id)?.is_empty();
        if !is_budgeted {
            return Ok(());
        }
        Err(Problem::conflict(format!("the category `{}` has money assigned or a target by now", self.name))
            .hint("`groat log` shows what was done since; take that back first")
            .into())
    }

    /// The category, with what its group is called.
    pub(super) fn category(self, group_name: String, group_key: &str) -> Result<Category> {
        Ok(Category {
            id: CategoryId(self.id),
            group: GroupId(self.group_id),
            slug: format!("{group_key}/{}", self.name_key),
            kind: CategoryKind::parse(&self.kind).map_err(|e| Problem::internal(e.message))?,
            role: role(self.role.as_deref()),
            group_name,
            name: self.name,
            key: self.name_key,
            is_hidden: self.is_hidden,
            position: self.position,
        })
    }
}

/// A stored role; the table's CHECK allows no other words.
pub(super) fn role(word: Option<&str>) -> Option<Role> {
    [Role::Income, Role::StartingBalances].into_iter().find(|role| Some(role.as_str()) == word)
}

/// Stores a category after all others; none when its name is taken in the group.
///
/// # Errors
/// What the database says.
pub fn insert(
    w: &mut Writer<'_>,
    group: &Group,
    name: &str,
    key: &str,
    kind: CategoryKind,
) -> Result<Option<Category>> {
    let last: Option<i64> =
        categories::table.select(diesel::dsl::max(categories::position)).first(w.conn())?;
    let values = (
        categories::group_id.eq(group.id.0),
        categories::name.eq(name),
        categories::name_key.eq(key),
        categories::kind.eq(kind.as_str()),
        categories::is_hidden.eq(false),
        categories::position.eq(last.unwrap_or(0) + 1),
        categories::created_at.eq(w.now()),
        categories::operation_id.eq(w.operation()?.0),
    );
    let row: Option<CategoryRow> = on_backend!(w.conn(), c => {
        diesel::insert_into(categories::table)
            .values(values)
            .on_conflict_do_nothing()
            .returning(categories::all_columns)
            .get_result(c)
            .optional()?
    });
    let Some(row) = row else { return Ok(None) };
    w.created(Table::Categories, row.id)?;
    Ok(Some(row.category(group.name.clone(), &group.key)?))
}

/// Changes a category's name, group, kind and visibility to what is given.
///
/// # Errors
/// What the database says; a name that is taken in the group.
pub fn update(w: &mut Writer<'_>, category: &Category) -> Result<()> {
    let before = get_row(w.conn(), category.id)?;
    let after = CategoryRow {
        group_id: category.group.0,
        name: category.name.clone(),
        name_key: category.key.clone(),
        kind: category.kind.as_str().to_owned(),
        is_hidden: category.is_hidden,
        operation_id: Some(w.operation()?.0),
        ..before.clone()
    };
    w.replace(&before, &after)
}

/// Removes a category.
///
/// # Errors
/// What the database says; postings that it still has.
pub fn delete(w: &mut Writer<'_>, id: CategoryId) -> Result<()> {
    let row = get_row(w.conn(), id)?;
    w.delete_all(&[row])
}

fn get_row(conn: &mut DbConn, id: CategoryId) -> Result<CategoryRow> {
    CategoryRow::find(conn, id.0)?
        .ok_or_else(|| Problem::not_found(format!("no category has the id {id}")).into())
}

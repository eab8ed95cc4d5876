//! Groups of categories: rows and queries.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::connection::DbConn;
use super::dialect::on_backend;
use super::schema::{categories, category_groups};
use super::tables::{Imaged, Table, imaged_row};
use super::writer::Writer;
use crate::domain::category::Group;
use crate::domain::ids::GroupId;
use crate::error::{Problem, Result};

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, AsChangeset, Serialize, Deserialize)]
#[diesel(table_name = category_groups, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct GroupRow {
    id: i64,
    name: String,
    name_key: String,
    position: i64,
    created_at: NaiveDateTime,
    operation_id: Option<i64>,
}

imaged_row!(GroupRow, category_groups, Table::CategoryGroups,
    operation: |row| row.operation_id, label: |row| row.name.clone());

impl From<GroupRow> for Group {
    fn from(row: GroupRow) -> Group {
        Group { id: GroupId(row.id), name: row.name, key: row.name_key, position: row.position }
    }
}

/// Every group, in display order.
///
/// # Errors
/// What the database says.
pub fn list(conn: &mut DbConn) -> Result<Vec<Group>> {
    let rows: Vec<GroupRow> =
        category_groups::table.order((category_groups::position, category_groups::id)).load(conn)?;
    Ok(rows.into_iter().map(Group::from).collect())
}

/// The group of that folded name.
///
/// # Errors
/// What the database says.
pub fn find_by_key(conn: &mut DbConn, key: &str) -> Result<Option<Group>> {
    let row: Option<GroupRow> =
        category_groups::table.filter(category_groups::name_key.eq(key)).first(conn).optional()?;
    Ok(row.map(Group::from))
}

/// Stores a group after all others; none when its name is taken.
///
/// # Errors
/// What the database says.
pub fn insert(w: &mut Writer<'_>, name: &str, key: &str) -> Result<Option<Group>> {
    let last: Option<i64> =
        category_groups::table.select(diesel::dsl::max(category_groups::position)).first(w.conn())?;
    let values = (
        category_groups::name.eq(name),
        category_groups::name_key.eq(key),
        category_groups::position.eq(last.unwrap_or(0) + 1),
        category_groups::created_at.eq(w.now()),
        category_groups::operation_id.eq(w.operation()?.0),
    );
    let row: Option<GroupRow> = on_backend!(w.conn(), c => {
        diesel::insert_into(category_groups::table)
            .values(values)
            .on_conflict_do_nothing()
            .returning(category_groups::all_columns)
            .get_result(c)
            .optional()?
    });
    let Some(row) = row else { return Ok(None) };
    w.created(Table::CategoryGroups, row.id)?;
    Ok(Some(row.into()))
}

/// Gives a group another name.
///
/// # Errors
/// What the database says; a name that is taken.
pub fn rename(w: &mut Writer<'_>, id: GroupId, name: &str, key: &str) -> Result<()> {
    let before = get_row(w.conn(), id)?;
    let after = GroupRow {
        name: name.to_owned(),
        name_key: key.to_owned(),
        operation_id: Some(w.operation()?.0),
        ..before.clone()
    };
    w.replace(&before, &after)
}

/// Removes a group.
///
/// # Errors
/// What the database says; categories that it still holds.
pub fn delete(w: &mut Writer<'_>, id: GroupId) -> Result<()> {
    let row = get_row(w.conn(), id)?;
    w.delete_all(&[row])
}

/// How many categories a group holds.
///
/// # Errors
/// What the database says.
pub fn count_categories(conn: &mut DbConn, id: GroupId) -> Result<i64> {
    Ok(categories::table.filter(categories::group_id.eq(id.0)).count().get_result(conn)?)
}

fn get_row(conn: &mut DbConn, id: GroupId) -> Result<GroupRow> {
    GroupRow::find(conn, id.0)?.ok_or_else(|| Problem::not_found(format!("no group has the id {id}")).into())
}

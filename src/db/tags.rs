//! Tags: rows and queries.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::connection::DbConn;
use super::dialect::on_backend;
use super::schema::{tags, transaction_tags};
use super::tables::{Imaged, Table, imaged_row};
use super::writer::Writer;
use crate::domain::ids::{TagId, TransactionId};
use crate::error::{Problem, Result};

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, AsChangeset, Serialize, Deserialize)]
#[diesel(table_name = tags, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct TagRow {
    id: i64,
    name: String,
    name_key: String,
    created_at: NaiveDateTime,
    operation_id: i64,
}

imaged_row!(TagRow, tags, Table::Tags, operation: |row| Some(row.operation_id), label: |row| row.name.clone());

/// A tag with how many transactions bear it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its identity.
    pub id: TagId,
    /// As shown.
    pub name: String,
    /// The folded name, unique.
    pub key: String,
    /// How many transactions bear it.
    pub transactions: i64,
}

/// Every tag, in the order of their names.
///
/// # Errors
/// What the database says.
pub fn list(conn: &mut DbConn) -> Result<Vec<Tag>> {
    let rows: Vec<(i64, String, String, i64)> = tags::table
        .left_join(transaction_tags::table)
        .group_by((tags::id, tags::name, tags::name_key))
        .select((
            tags::id,
            tags::name,
            tags::name_key,
            diesel::dsl::count(transaction_tags::transaction_id.nullable()),
        ))
        .order(tags::name_key)
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, name, key, transactions)| Tag { id: TagId(id), name, key, transactions })
        .collect())
}

/// The tag of that folded name with its spelling, made if there is none.
///
/// # Errors
/// What the database says.
pub fn find_or_create(w: &mut Writer<'_>, name: &str, key: &str) -> Result<(TagId, String)> {
    if let Some(there) = find_named(w.conn(), key)? {
        return Ok(there);
    }
    let values = (
        tags::name.eq(name),
        tags::name_key.eq(key),
        tags::created_at.eq(w.now()),
        tags::operation_id.eq(w.operation()?.0),
    );
    let id: Option<i64> = on_backend!(w.conn(), c => {
        diesel::insert_into(tags::table)
            .values(values).on_conflict_do_nothing().returning(tags::id).get_result(c).optional()?
    });
    match id {
        Some(id) => {
            w.created(Table::Tags, id)?;
            Ok((TagId(id), name.to_owned()))
        }
        None => find_named(w.conn(), key)?
            .ok_or_else(|| Problem::conflict(format!("the tag `{name}` came and went; try again")).into()),
    }
}

fn find_named(conn: &mut DbConn, key: &str) -> Result<Option<(TagId, String)>> {
    let row: Option<(i64, String)> =
        tags::table.filter(tags::name_key.eq(key)).select((tags::id, tags::name)).first(conn).optional()?;
    Ok(row.map(|(id, name)| (TagId(id), name)))
}

/// The tag of that folded name.
///
/// # Errors
/// What the database says.
pub fn find_by_key(conn: &mut DbConn, key: &str) -> Result<Option<TagId>> {
    let id: Option<i64> =
        tags::table.filter(tags::name_key.eq(key)).select(tags::id).first(conn).optional()?;
    Ok(id.map(TagId))
}

/// Gives a tag another name.
///
/// # Errors
/// What the database says; a name that is taken.
pub fn rename(w: &mut Writer<'_>, id: TagId, name: &str, key: &str) -> Result<()> {
    let before = get_row(w.conn(), id)?;
    let after = TagRow {
        name: name.to_owned(),
        name_key: key.to_owned(),
        operation_id: w.operation()?.0,
        ..before.clone()
    };
    w.replace(&before, &after)
}

/// Removes a tag that nothing bears.
///
/// # Errors
/// What the database says; transactions that bear it.
pub fn delete(w: &mut Writer<'_>, id: TagId) -> Result<()> {
    let row = get_row(w.conn(), id)?;
    w.delete_all(&[row])
}

/// The transactions that bear a tag.
///
/// # Errors
/// What the database says.
pub fn transactions_with(conn: &mut DbConn, id: TagId) -> Result<Vec<TransactionId>> {
    let ids: Vec<i64> = transaction_tags::table
        .filter(transaction_tags::tag_id.eq(id.0))
        .select(transaction_tags::transaction_id)
        .order(transaction_tags::transaction_id)
        .load(conn)?;
    Ok(ids.into_iter().map(TransactionId).collect())
}

fn get_row(conn: &mut DbConn, id: TagId) -> Result<TagRow> {
    TagRow::find(conn, id.0)?.ok_or_else(|| Problem::not_found(format!("no tag has the id {id}")).into())
}

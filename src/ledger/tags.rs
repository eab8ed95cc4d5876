//! Looking after tags: renaming and deleting them.

use super::{Done, lookup, rules};
use crate::db::connection::DbConn;
use crate::db::tags::{self, Tag};
use crate::db::transactions;
use crate::db::writer::Writer;
use crate::domain::ids::TagId;
use crate::domain::name::{NameKind, clean, fold};
use crate::error::{OrUsage, Problem, Result};

/// Every tag, in the order of their names.
///
/// # Errors
/// What the database says.
pub fn list(conn: &mut DbConn) -> Result<Vec<Tag>> {
    tags::list(conn)
}

/// The tag of exactly that name.
///
/// # Errors
/// An unknown one.
pub fn get_id(conn: &mut DbConn, text: &str) -> Result<TagId> {
    match tags::find_by_key(conn, &fold(text))? {
        Some(id) => Ok(id),
        None => Err(unknown(text, &tags::list(conn)?).into()),
    }
}

/// Gives a tag another name; one that another tag has makes them one.
///
/// # Errors
/// An unknown one; a name that cannot be.
pub fn rename(w: &mut Writer<'_>, text: &str, name: &str) -> Result<Done> {
    let all = tags::list(w.conn())?;
    let tag = find(&all, text)?.clone();
    let name = clean(NameKind::Tag, name).usage()?;
    let key = fold(&name);
    if let Some(other) = all.iter().find(|other| other.id != tag.id && other.key == key) {
        let ids = tags::transactions_with(w.conn(), tag.id)?;
        let summary = format!("merged tag {} into {}", tag.name, other.name);
        let operation = w.begin(&summary)?;
        transactions::replace_tag(w, &ids, tag.id.0, Some(other.id.0))?;
        tags::delete(w, tag.id)?;
        rules::rename_tag(w, &tag.key, &other.name)?;
        return Ok(Done { operation: Some(operation), summary, transactions: ids });
    }
    let summary = format!("renamed tag {} to {name}", tag.name);
    let operation = w.begin(&summary)?;
    tags::rename(w, tag.id, &name, &key)?;
    rules::rename_tag(w, &tag.key, &name)?;
    Ok(Done { operation: Some(operation), summary, transactions: Vec::new() })
}

/// Deletes a tag that nothing bears.
///
/// # Errors
/// An unknown one; one that transactions bear, saying how many.
pub fn delete(w: &mut Writer<'_>, text: &str) -> Result<Done> {
    let all = tags::list(w.conn())?;
    let tag = find(&all, text)?.clone();
    if tag.transactions > 0 {
        return Err(Problem::conflict(format!(
            "the tag `{}` is in use: {} it",
            tag.name,
            crate::domain::counted(tag.transactions, "transaction bears", "transactions bear")
        ))
        .hint(format!("take it off with `groat edit ID... --untag {}`", lookup::quoted(&tag.name)))
        .into());
    }
    rules::refuse_set(w.conn(), &tag.key)?;
    let summary = format!("deleted tag {}", tag.name);
    let operation = w.begin(&summary)?;
    tags::delete(w, tag.id)?;
    Ok(Done { operation: Some(operation), summary, transactions: Vec::new() })
}

fn find<'a>(all: &'a [Tag], text: &str) -> Result<&'a Tag> {
    lookup::tag(all, text, |tag| (&tag.key, &tag.name))
}

fn unknown(text: &str, all: &[Tag]) -> Problem {
    let near = crate::domain::name::near(&fold(text), all.iter().map(|tag| (tag.key.as_str(), tag)));
    lookup::unknown_tag(text, near.first().map(|tag| tag.name.as_str()))
}

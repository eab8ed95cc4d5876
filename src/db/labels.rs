//! The names behind ids, for reports that group by them: one statement for all kinds together.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::connection::DbConn;
use crate::error::Result;

/// What an id is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the words say it")]
pub enum Kind {
    Category,
    Payee,
    Account,
    Tag,
}

/// What an id is called.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Label {
    #[diesel(sql_type = BigInt)]
    kind: i64,
    #[diesel(sql_type = BigInt)]
    id: i64,
    /// As shown.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// The folded name.
    #[diesel(sql_type = Text)]
    pub key: String,
    /// A category's group; else empty.
    #[diesel(sql_type = Text)]
    pub group: String,
    /// The folded name of the group; else empty.
    #[diesel(sql_type = Text)]
    pub group_key: String,
}

impl Label {
    /// A category's `group/category`.
    pub fn slug(&self) -> String {
        format!("{}/{}", self.group_key, self.key)
    }
}

/// What ids are called, by what they are of.
pub type Labels = HashMap<(Kind, i64), Label>;

/// What these ids are called. Ids that are in no list are read too when a list is long.
///
/// # Errors
/// What the database says.
pub fn load(conn: &mut DbConn, wanted: &BTreeMap<Kind, Vec<i64>>) -> Result<Labels> {
    let parts: Vec<String> =
        wanted.iter().filter(|(_, ids)| !ids.is_empty()).map(|(kind, ids)| select(*kind, ids)).collect();
    if parts.is_empty() {
        return Ok(HashMap::new());
    }
    let labels: Vec<Label> = diesel::sql_query(parts.join(" UNION ALL ")).load(conn)?;
    let kinds = [Kind::Category, Kind::Payee, Kind::Account, Kind::Tag];
    Ok(labels
        .into_iter()
        .filter_map(|label| {
            let kind = kinds.into_iter().find(|kind| *kind as i64 == label.kind)?;
            Some(((kind, label.id), label))
        })
        .collect())
}

fn select(kind: Kind, ids: &[i64]) -> String {
    const LONG: usize = 1_000;
    let list = |column: &str| {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids.dedup();
        if ids.len() > LONG {
            return String::new();
        }
        let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
        format!(" WHERE {column} IN ({})", ids.join(","))
    };
    let table = match kind {
        Kind::Category => {
            return format!(
                "SELECT CAST({} AS BIGINT) AS kind, c.id AS id, c.name AS name, c.name_key AS key, g.name AS \"group\", \
                 g.name_key AS group_key FROM categories c JOIN category_groups g ON g.id = c.group_id{}",
                kind as i64,
                list("c.id")
            );
        }
        Kind::Payee => "payees",
        Kind::Account => "accounts",
        Kind::Tag => "tags",
    };
    format!(
        "SELECT CAST({} AS BIGINT) AS kind, id AS id, name AS name, name_key AS key, '' AS \"group\", '' AS group_key FROM {table}{}",
        kind as i64,
        list("id")
    )
}

//! The texts that patterns are matched against: payees with their aliases, notes, tags, actors. One statement,
//! whatever is wanted, read row by row: a book may have more notes than should be held at once.

use diesel::connection::DefaultLoadingMode;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::connection::DbConn;
use super::dialect::on_backend;
use crate::error::Result;

/// A sort of texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// Names and aliases, with the payee's id.
    Payee,
    /// Different notes.
    Note,
    /// Tags, with their ids.
    Tag,
    /// Different people of the history.
    Actor,
}

/// One of them.
#[derive(Debug, QueryableByName)]
pub struct Row {
    #[diesel(sql_type = BigInt)]
    sort: i64,
    /// The payee's or tag's; 0 for others.
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// As it is written.
    #[diesel(sql_type = Text)]
    pub text: String,
    /// The folded name, where it is stored.
    #[diesel(sql_type = Nullable<Text>)]
    pub key: Option<String>,
}

impl Row {
    /// What sort of text it is.
    pub fn sort(&self) -> Sort {
        [Sort::Payee, Sort::Note, Sort::Tag]
            .into_iter()
            .find(|sort| *sort as i64 == self.sort)
            .unwrap_or(Sort::Actor)
    }
}

/// Shows every text of these sorts.
///
/// # Errors
/// What the database says.
pub fn each(conn: &mut DbConn, sorts: &[Sort], mut show: impl FnMut(Row)) -> Result<()> {
    if sorts.is_empty() {
        return Ok(());
    }
    let sql = sorts.iter().map(|sort| sql(*sort)).collect::<Vec<_>>().join(" UNION ALL ");
    on_backend!(conn, c => {
        for row in diesel::sql_query(sql).load_iter::<Row, DefaultLoadingMode>(c)? {
            show(row?);
        }
    });
    Ok(())
}

fn sql(sort: Sort) -> String {
    let number = sort as i64;
    let select = |id: &str, text: &str, key: &str, from: &str| {
        format!(
            "SELECT CAST({number} AS BIGINT) AS sort, {id} AS id, {text} AS text, {key} AS key FROM {from}"
        )
    };
    let none = ("CAST(0 AS BIGINT)", "CAST(NULL AS TEXT)");
    match sort {
        Sort::Payee => format!(
            "{} UNION ALL {}",
            select("id", "name", "name_key", "payees"),
            select("payee_id", "name", "name_key", "payee_aliases")
        ),
        Sort::Note => select(
            none.0,
            "note",
            none.1,
            "(SELECT DISTINCT note FROM transactions WHERE note IS NOT NULL) n",
        ),
        Sort::Tag => select("id", "name", "name_key", "tags"),
        Sort::Actor => select(none.0, "actor", none.1, "(SELECT DISTINCT actor FROM operations) a"),
    }
}

//! Asking the book in SQL: one SELECT, inside a transaction that can only read, for a bounded number of rows.
//! `Book::query` bounds the seconds.

use diesel::deserialize::{self, FromSql, QueryableByName};
use diesel::row::{Field, NamedRow};
use diesel::sql_types::Text;
use diesel::sqlite::Sqlite;

use crate::db::connection::DbConn;
use crate::db::dialect;
use crate::error::{Problem, Result};

/// Columns and rows of any SELECT, as text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The columns' names; PostgreSQL does not tell them when there are no rows.
    pub columns: Vec<String>,
    /// The cells; null is none.
    pub rows: Vec<Vec<Option<String>>>,
    /// Whether there were more rows than were asked for.
    pub has_more: bool,
}

/// One row of an answer as its database gives it.
pub struct AnyRow(pub(in crate::db) Vec<(String, Option<String>)>);

impl QueryableByName<Sqlite> for AnyRow {
    fn build<'a>(row: &impl NamedRow<'a, Sqlite>) -> deserialize::Result<Self> {
        let cells = (0..row.field_count()).map(|index| {
            let field = diesel::row::Row::get(row, index).ok_or("a row is shorter than its columns")?;
            let name = field.field_name().unwrap_or("?").to_owned();
            Ok((name, field.value().map(<String as FromSql<Text, Sqlite>>::from_sql).transpose()?))
        });
        cells.collect::<deserialize::Result<Vec<_>>>().map(AnyRow)
    }
}

#[derive(QueryableByName)]
/// One row of an answer as JSON text.
pub struct JsonRow {
    #[diesel(sql_type = Text)]
    line: String,
}

impl JsonRow {
    pub(in crate::db) fn cells(&self) -> Result<AnyRow> {
        let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&self.line)?;
        Ok(AnyRow(object.into_iter().map(|(name, value)| (name, text_of(value))).collect()))
    }
}

fn text_of(value: serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::Null => None,
        serde_json::Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}

/// Runs one SELECT and answers at most `limit` rows.
///
/// # Errors
/// What the database says of it; anything but one SELECT; one that would change something.
pub fn run(conn: &mut DbConn, sql: &str, limit: usize, seconds: u32) -> Result<Answer> {
    dialect::begin_read_only(conn, seconds)?;
    let loaded = dialect::load_any(conn, sql, limit + 1);
    dialect::end_read_only(conn)?;
    let rows = loaded.map_err(|error| refused(&error))?;
    let columns =
        rows.first().map(|row| row.0.iter().map(|(name, _)| name.clone()).collect()).unwrap_or_default();
    let has_more = rows.len() > limit;
    let rows =
        rows.into_iter().take(limit).map(|row| row.0.into_iter().map(|(_, cell)| cell).collect()).collect();
    Ok(Answer { columns, rows, has_more })
}

/// The database's word on the user's own SQL is a usage error, not trouble with the database.
fn refused(error: &anyhow::Error) -> Problem {
    let text = error.to_string();
    if text.contains("statement timeout") {
        return Problem::conflict("the query took too long and was stopped")
            .hint("`--seconds N` allows more");
    }
    Problem::usage(format!("the database refuses the query: {}", text.trim()))
        .hint("`groat db query` takes one SELECT; it can change nothing")
}

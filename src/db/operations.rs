//! Operations: the log of who did what, and which of it is taken back. Rows are written by the `Writer`.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::DbConn;
use super::schema::operations;
use super::writer::Writer;
use crate::domain::ids::OperationId;
use crate::error::{Problem, Result};

/// One entry of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its number; later ones are larger.
    pub id: OperationId,
    /// When, UTC.
    pub at: NaiveDateTime,
    /// Who.
    pub actor: String,
    /// From where: `cli`, `tui`, `mcp`, `import`, `schedule`.
    pub source: String,
    /// The command line, redacted.
    pub command: String,
    /// What it did.
    pub summary: String,
    /// The schema at the time: what images are in.
    pub schema_version: String,
    /// The operation that it takes back.
    pub undoes: Option<OperationId>,
    /// Whether it is taken back at present.
    pub is_undone: bool,
}

type Row = (i64, String, NaiveDateTime, String, String, String, String, String, Option<i64>, bool);

fn operation(row: Row) -> Operation {
    let (id, _token, at, actor, source, command, summary, schema_version, undoes, is_undone) = row;
    Operation {
        id: OperationId(id),
        at,
        actor,
        source,
        command,
        summary,
        schema_version,
        undoes: undoes.map(OperationId),
        is_undone,
    }
}

/// The newest operations, at most `limit`; all with none.
///
/// # Errors
/// What the database says.
pub fn list(conn: &mut DbConn, limit: Option<i64>) -> Result<Vec<Operation>> {
    let query = operations::table.order(operations::id.desc());
    let rows: Vec<Row> = match limit {
        Some(limit) => query.limit(limit).load(conn)?,
        None => query.load(conn)?,
    };
    Ok(rows.into_iter().map(operation).collect())
}

/// The operation of that number.
///
/// # Errors
/// A number that no operation bears.
pub fn get(conn: &mut DbConn, id: OperationId) -> Result<Operation> {
    let row: Option<Row> = operations::table.find(id.0).first(conn).optional()?;
    row.map(operation).ok_or_else(|| {
        Problem::not_found(format!("no operation has the number {id}"))
            .hint("`groat log` shows the numbers")
            .into()
    })
}

/// This actor's newest operation that stands and is not itself an undo.
///
/// # Errors
/// What the database says.
pub fn newest_to_undo(conn: &mut DbConn, actor: &str) -> Result<Option<Operation>> {
    let row: Option<Row> = operations::table
        .filter(operations::actor.eq(actor))
        .filter(operations::undoes_id.is_null())
        .filter(operations::is_undone.eq(false))
        .order(operations::id.desc())
        .first(conn)
        .optional()?;
    Ok(row.map(operation))
}

/// This actor's operations from the newest back, at most `limit`: what redo looks through.
///
/// # Errors
/// What the database says.
pub fn newest_of(conn: &mut DbConn, actor: &str, limit: i64, offset: i64) -> Result<Vec<Operation>> {
    let rows: Vec<Row> = operations::table
        .filter(operations::actor.eq(actor))
        .order(operations::id.desc())
        .limit(limit)
        .offset(offset)
        .load(conn)?;
    Ok(rows.into_iter().map(operation).collect())
}

/// Whether an operation with this token was committed: tells how a lost COMMIT ended.
///
/// # Errors
/// What the database says.
pub fn is_recorded(conn: &mut DbConn, token: &str) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(operations::table.filter(operations::token.eq(token))))
        .get_result(conn)?)
}

/// Marks an operation as taken back or standing.
///
/// # Errors
/// What the database says.
pub fn set_undone(w: &mut Writer<'_>, id: OperationId, is_undone: bool) -> Result<()> {
    diesel::update(operations::table.find(id.0))
        .set(operations::is_undone.eq(is_undone))
        .execute(w.conn())?;
    Ok(())
}

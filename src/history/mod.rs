//! History: the log of operations, and taking one back. Every change in the book is one operation; undo is an
//! operation too, so it can itself be taken back.

mod doubles;
mod restore;
mod undo;

use crate::db::connection::DbConn;
use crate::db::operations::{self, Operation};
use crate::error::Result;

pub use restore::Kept;
pub use undo::{Undone, redo, undo};

/// The newest operations first, at most `limit`; all with none.
///
/// # Errors
/// What the database says.
pub fn log(conn: &mut DbConn, limit: Option<i64>) -> Result<Vec<Operation>> {
    operations::list(conn, limit)
}

//! What `db info` tells.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::db::connection::DbConn;
use crate::db::{dialect, schema::transactions};
use crate::error::Result;

/// How large a book is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Size {
    /// `sqlite` or `postgresql`.
    pub backend: &'static str,
    /// How many transactions it holds.
    pub transactions: i64,
    /// What it takes on disk.
    pub bytes: i64,
}

/// How large the book is.
///
/// # Errors
/// What the database says.
pub fn size(conn: &mut DbConn) -> Result<Size> {
    #[derive(QueryableByName)]
    struct Bytes {
        #[diesel(sql_type = BigInt)]
        bytes: i64,
    }
    let bytes: Bytes = diesel::sql_query(dialect::size_sql(conn)).get_result(conn)?;
    Ok(Size {
        backend: dialect::backend_name(conn),
        transactions: transactions::table.count().get_result(conn)?,
        bytes: bytes.bytes,
    })
}

//! Looking after a book: what it is, whether its totals are right, asking it in SQL, keeping a copy.

pub mod info;
pub mod query;
pub mod verify;

use std::path::PathBuf;

use diesel::connection::SimpleConnection;

use super::connection::DbConn;
use super::location::Location;
use crate::error::{Problem, Result};

/// Copies a SQLite book beside itself before its schema changes; PostgreSQL has its own means. Where the copy
/// is, if one was made.
///
/// # Errors
/// A copy that cannot be written: then nothing should be changed.
pub fn back_up_file(conn: &mut DbConn, location: &Location, version: &str) -> Result<Option<PathBuf>> {
    let Some(path) = location.place.path() else { return Ok(None) };
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".before-{version}"));
    let mut copy = PathBuf::from(name);
    for n in 2.. {
        if !copy.exists() {
            break;
        }
        copy.set_extension(format!("before-{version}-{n}"));
    }
    let target = copy.display().to_string().replace('\'', "''");
    super::connection::create_private(&copy)?;
    conn.batch_execute(&format!("VACUUM INTO '{target}'")).map_err(|e| {
        Problem::database(format!(
            "cannot write the copy `{}` before the schema changes: {e}",
            copy.display()
        ))
    })?;
    Ok(Some(copy))
}

//! Rehearsals: several operations, one after the other, in one transaction of which nothing is kept. For dry runs of what
//! is more than one operation.

use super::told::explain;
use super::{Book, new_token};
use crate::db::dialect::{self, Isolation};
use crate::db::patience::patiently;
use crate::db::writer::Writer;
use crate::error::Result;

impl Book {
    /// From now on every write sees what those before it did, and nothing of them is kept: what several operations, one
    /// after the other, would come to. Others who write wait until the book is left.
    ///
    /// # Errors
    /// A database that cannot be written.
    pub fn begin_rehearsal(&mut self, isolation: Isolation) -> Result<()> {
        self.is_rehearsing = true;
        let path = self.opening.location.place.path();
        let begun =
            self.with_connection(|conn| Ok(patiently(path, || dialect::begin_write(conn, isolation))?));
        begun.map_err(|e| explain(e, &self.opening.location))
    }

    /// Does a write within a rehearsal and takes it back.
    ///
    /// # Errors
    /// As `write`.
    pub fn try_out<T>(&self, mut work: impl FnMut(&mut Writer<'_>) -> Result<T>) -> Result<T> {
        let token = new_token()?;
        let tried = self.with_connection(|conn| {
            dialect::begin_within(conn)?;
            let (value, _) = self.work(conn, &token, &mut work)?;
            dialect::roll_back(conn)?;
            Ok(value)
        });
        tried.map_err(|e| explain(e, &self.opening.location))
    }
}

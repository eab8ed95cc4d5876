//! Export: the book as a file of another program, written as it is read, a page at a time.
//!
//! ```text
//!  db::pages ── entries ─> hledger: accounts, entry ─> a writer that the command line gives
//! ```

mod accounts;
mod entry;
mod hledger;

use std::io::Write;

use crate::db::connection::DbConn;
use crate::domain::money::Currency;
use crate::domain::query::Query;
use crate::error::Result;
use crate::ledger::query::resolve;

/// A kind of file that a book can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A journal for hledger.
    Hledger,
}

impl Format {
    /// All of them, for messages.
    pub const NAMES: [&str; 1] = ["hledger"];

    /// The format of that name.
    pub fn named(word: &str) -> Option<Format> {
        (word == "hledger").then_some(Format::Hledger)
    }
}

/// Writes what fits a query. `book` is what values are in.
///
/// # Errors
/// Those of the query; what the database says; a writer that takes no more.
pub fn export(
    conn: &mut DbConn,
    format: Format,
    query: &Query,
    book: &Currency,
    out: &mut dyn Write,
) -> Result<()> {
    let condition = resolve(conn, query)?;
    match format {
        Format::Hledger => hledger::write(conn, condition.as_ref(), book, out),
    }
}

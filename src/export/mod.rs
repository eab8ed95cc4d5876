//! Export: the book as a file of another program, written as it is read, a page at a time.
//!
//! ```text
//!  db::pages ─ entries ─> balanced ─ lines ──> hledger, ledger, beancount ─┐
//!            ─ days of an account ─> movement ─────────> qif, ofx ─────────┼─> a writer that
//!  db::listing ─ transactions ─> rows (csv, json and jsonl are output's) ──┘   the command line gives
//! ```
//!
//! `told` is what is known of the book before, `names` what accounts and categories are called in a file, `text` how
//! texts and amounts are written.

mod balanced;
mod beancount;
mod hledger;
mod journal;
mod ledger;
mod movement;
mod names;
mod ofx;
mod periodic;
mod qif;
mod rows;
mod text;
mod told;

use std::io::Write;

use chrono::NaiveDate;

pub use rows::{Detail, pages};

use crate::db::query::Condition;
use crate::db::{self, connection::DbConn};
use crate::domain::money::Currency;
use crate::domain::query::Query;
use crate::error::Result;
use crate::ledger::query::resolve;

/// A kind of file that a book can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum Format {
    Qif,
    Ofx,
    Hledger,
    Ledger,
    Beancount,
}

impl Format {
    /// All of them by their names.
    pub const ALL: [(&'static str, Format); 5] = [
        ("qif", Format::Qif),
        ("ofx", Format::Ofx),
        ("hledger", Format::Hledger),
        ("ledger", Format::Ledger),
        ("beancount", Format::Beancount),
    ];

    /// The format of that name.
    pub fn named(word: &str) -> Option<Format> {
        Format::ALL.iter().find(|(name, _)| *name == word).map(|(_, format)| *format)
    }
}

/// What is to be written.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Which transactions.
    pub query: &'a Query,
    /// What values are in.
    pub book: &'a Currency,
    /// The user's day: of the present month's budget, and of the balances of statements.
    pub today: NaiveDate,
}

/// Writes what fits a query.
///
/// # Errors
/// Those of the query; what the database says; a writer that takes no more.
pub fn export(conn: &mut DbConn, format: Format, request: &Request<'_>, out: &mut dyn Write) -> Result<()> {
    let condition = resolve(conn, request.query)?;
    let write: fn(&mut DbConn, Option<&Condition>, &Request<'_>, &mut dyn Write) -> Result<()> = match format
    {
        Format::Qif => qif::write,
        Format::Ofx => ofx::write,
        Format::Hledger => hledger::write,
        Format::Ledger => ledger::write,
        Format::Beancount => beancount::write,
    };
    db::pages::all(conn, |conn| write(conn, condition.as_ref(), request, out))
}

//! Checks for cron: what is not as it should be, as findings: of the book itself, and of the budget.

pub mod budget;

use crate::db::connection::DbConn;
use crate::db::upkeep::verify;
use crate::error::Result;

/// One thing that wants attention.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// The check that found it.
    pub check: &'static str,
    /// `error` or `warning`.
    pub severity: &'static str,
    /// What was found.
    pub message: String,
}

/// Whether the book is sound: rows fit together, and the kept totals are what the postings say.
///
/// # Errors
/// What the database says.
pub fn book(conn: &mut DbConn) -> Result<Vec<Finding>> {
    let flaws = verify::verify(conn)?;
    Ok(flaws
        .into_iter()
        .map(|flaw| Finding {
            check: "book",
            severity: "error",
            message: format!("{}: {}", flaw.check, flaw.message),
        })
        .collect())
}

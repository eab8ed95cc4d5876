//! Checks for cron: what is not as it should be, as findings: of the book itself, of the budget, of what accounts hold
//! and of what their statements say.

pub mod balance;
pub mod budget;
pub mod reconcile;

use crate::budget::closing;
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
    /// The category that it is about, `group/category`; none where it is about none.
    pub category_slug: Option<String>,
}

/// Whether the book is sound: rows fit together, the kept totals are what the postings say, and the budget of every
/// month closes.
///
/// # Errors
/// What the database says.
pub fn book(conn: &mut DbConn) -> Result<Vec<Finding>> {
    let broken = |message| Finding { check: "book", severity: "error", message, category_slug: None };
    let flaws = verify::verify(conn)?.into_iter();
    let mut findings: Vec<Finding> =
        flaws.map(|flaw| broken(format!("{}: {}", flaw.check, flaw.message))).collect();
    // Where rows do not fit together, the months cannot either: that was said.
    if findings.is_empty()
        && let Some(gap) = closing::gap(conn)?
    {
        findings.push(broken(format!(
            "budget: {} does not close: {} minor units are placed, {} are there",
            gap.month, gap.placed, gap.held
        )));
    }
    Ok(findings)
}

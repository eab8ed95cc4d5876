//! `groat` alone: the dashboard.

use crate::cli::context::Context;
use crate::error::Result;
use crate::report::overview::overview;

/// Shows the dashboard.
pub fn run(cx: &mut Context) -> Result<u8> {
    let today = cx.today;
    let value = cx.read(|conn, book| overview(conn, today, book.currency()))?;
    cx.out.answer(&value)?;
    Ok(0)
}

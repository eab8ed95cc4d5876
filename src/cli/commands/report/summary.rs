//! `report summary`: a period on one page.

use clap::Args;

use super::this_month_unless;
use crate::cli::context::Context;
use crate::error::Result;
use crate::report::summary::summary;

/// A period on one page, against the one before: in and out, where it went, balances
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat report summary
  $ groat report summary -p 'last month' -O markdown")]
pub struct SummaryArgs {}

impl SummaryArgs {
    /// Shows the report.
    pub fn run(self, cx: &mut Context, period: Option<&str>) -> Result<u8> {
        let period = this_month_unless(cx, period)?;
        let report = cx.read(|conn, book| summary(conn, period, book.today(), book.currency()))?;
        cx.out.answer(&report)?;
        Ok(0)
    }
}

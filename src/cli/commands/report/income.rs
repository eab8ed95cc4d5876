//! `report income`: the statement of income and spending by month.

use clap::Args;

use super::this_month_unless;
use crate::cli::context::Context;
use crate::error::Result;
use crate::report::income::income;

/// What came in and what was spent, by month, with what was saved
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat report income
  $ groat report income -p 2026
  $ groat report income -p 2025 --csv

Saved is what is left of income, in percent. Transfers and starting balances are
neither income nor spending.")]
pub struct IncomeArgs {}

impl IncomeArgs {
    /// Shows the report.
    pub fn run(self, cx: &mut Context, period: Option<&str>) -> Result<u8> {
        let period = this_month_unless(cx, period)?;
        let report = cx.read(|conn, book| income(conn, period, book.today(), book.currency()))?;
        cx.out.answer(&report)?;
        Ok(0)
    }
}

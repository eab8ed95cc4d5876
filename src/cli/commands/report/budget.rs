//! `report budget`: what was budgeted against what was spent.

use clap::Args;

use super::this_month_unless;
use crate::cli::context::Context;
use crate::error::Result;
use crate::report::budget::budget;

/// What was assigned to each envelope, spent and left, by month
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat report budget
  $ groat report budget -p 'last month'
  $ groat report budget -p 2026
  $ groat report budget -p 2025Q4 --csv

Left is what was assigned less what was spent in the period. `over` says that
more was spent, `overspent` that the envelope has less than nothing at the end.
Whole months only; what is off budget does not count, and more than a year of
months without anything is left out.")]
pub struct BudgetArgs {}

impl BudgetArgs {
    /// Shows the report.
    pub fn run(self, cx: &mut Context, period: Option<&str>) -> Result<u8> {
        let period = this_month_unless(cx, period)?;
        let report = cx.read(|conn, book| budget(conn, period, book.today(), book.currency()))?;
        cx.out.answer(&report)?;
        Ok(0)
    }
}

//! `report payees`: what was spent at whom.

use clap::Args;

use super::this_month_unless;
use crate::cli::context::Context;
use crate::error::Result;
use crate::report::payees::payees;

/// What was spent at each payee and came in from there, how often and when last
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat report payees
  $ groat report payees -p 2026 -L 20")]
pub struct PayeesArgs {
    /// How many to show, largest first; 0 is all
    #[arg(short = 'L', long, value_name = "N", default_value_t = 0)]
    limit: u32,
}

impl PayeesArgs {
    /// Shows the report.
    pub fn run(self, cx: &mut Context, period: Option<&str>) -> Result<u8> {
        let period = this_month_unless(cx, period)?;
        let limit = (self.limit > 0).then_some(usize::try_from(self.limit)?);
        let report = cx.read(|conn, book| payees(conn, period, limit, book.currency()))?;
        cx.out.answer(&report)?;
        Ok(0)
    }
}

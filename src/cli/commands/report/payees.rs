//! `report payees`: what was spent at whom.

use clap::Args;

use super::asked_period;
use crate::cli::context::Context;
use crate::error::Result;
use crate::report::payees::payees;

/// What was spent at each payee and came in from there, how often and when last
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat report payees
  $ groat report payees -p 2026 -L 20
  $ groat report payees cat:groceries -p 2026")]
pub struct PayeesArgs {
    /// Only what fits: words in payee or note, cat:food, 'amt:>50'; see `groat help queries`
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// How many to show, largest first; 0 is all
    #[arg(short = 'L', long, value_name = "N", default_value_t = 0)]
    limit: u32,
}

impl PayeesArgs {
    /// Shows the report.
    pub fn run(self, cx: &mut Context, period: Option<&str>) -> Result<u8> {
        let query = cx.query(&self.query)?;
        let period = asked_period(cx, period, &query)?;
        let limit = (self.limit > 0).then_some(usize::try_from(self.limit)?);
        let report = cx.read(|conn, book| payees(conn, &query, period, limit, book.currency()))?;
        cx.out.answer(&report)?;
        Ok(0)
    }
}

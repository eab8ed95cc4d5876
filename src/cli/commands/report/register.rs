//! `report register`: postings with a running balance.

use clap::Args;

use super::asked_period;
use crate::cli::context::Context;
use crate::error::Result;
use crate::report::register::register;

/// Postings, oldest first, each with what the account holds after it
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat report register -a checking
  $ groat report register -a checking -p 2026 --csv
  $ groat report register cat:groceries date:2026

The balance is the account's own, with everything before the period, as on a
statement of the bank. With a query it would mislead: there is a running total
of what is shown instead.")]
pub struct RegisterArgs {
    /// Only what fits: words in payee or note, cat:food, 'amt:>50'; see `groat help queries`
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// Only this account
    #[arg(short, long, value_name = "ACCT")]
    account: Option<String>,
    /// How many to show, the last ones; 0 is all
    #[arg(short = 'L', long, value_name = "N", default_value_t = 1000)]
    limit: u32,
}

impl RegisterArgs {
    /// Shows the report.
    pub fn run(self, cx: &mut Context, period: Option<&str>) -> Result<u8> {
        let query = cx.query(&self.query)?;
        let period = asked_period(cx, period, &query)?;
        let limit = (self.limit > 0).then_some(i64::from(self.limit));
        let report = cx.read(|conn, _| register(conn, &query, period, self.account.as_deref(), limit))?;
        cx.out.answer(&report)?;
        Ok(0)
    }
}

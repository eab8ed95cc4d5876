//! `report networth`: what is owned and owed at the end of each month.

use clap::{Args, ValueEnum};

use crate::cli::context::Context;
use crate::domain::when::{Month, Period};
use crate::error::Result;
use crate::report::networth::networth;

/// What is owned and owed at the end of each month; or balances over time
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat report networth
  $ groat report networth -p all
  $ groat report networth --by account -a checking

Without -p it is about the last twelve months, up to today. Off-budget accounts
count. Liabilities are cards and loans. Currencies are kept apart.")]
pub struct NetWorthArgs {
    /// Only this account; may be given several times
    #[arg(short, long, value_name = "ACCT")]
    account: Vec<String>,
    /// `account`: a column for each account
    #[arg(long, value_name = "AXIS", hide_possible_values = true)]
    by: Option<By>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum By {
    Account,
}

impl NetWorthArgs {
    /// Shows the report.
    pub fn run(self, cx: &mut Context, period: Option<&str>) -> Result<u8> {
        let year = Month::of(cx.today).plus(-11).first_day();
        let period = match period {
            Some(text) => cx.period(text)?,
            None => Period { from: Some(year), to: Some(cx.today) },
        };
        let by_account = self.by.is_some();
        let report = cx.read(|conn, book| {
            networth(conn, period, &self.account, by_account, book.today(), book.currency())
        })?;
        cx.out.answer(&report)?;
        Ok(0)
    }
}

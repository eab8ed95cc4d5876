//! `balance`: what the accounts hold.

use clap::Args;

use crate::cli::context::Context;
use crate::cli::values::signed;
use crate::error::Result;
use crate::ledger::balance::balances;

/// Show what the accounts hold
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat balance
  $ groat balance checking --at 2025-12-31")]
pub struct BalanceArgs {
    /// Only these accounts [default: all that are open]
    #[arg(value_name = "ACCT")]
    accounts: Vec<String>,
    /// At the end of this day [default: today]
    #[arg(long, value_name = "DATE", value_parser = signed, allow_hyphen_values = true)]
    at: Option<String>,
}

impl BalanceArgs {
    /// Shows them.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        let at = cx.date(self.at.as_deref())?;
        let balances = cx.read(|conn, _| balances(conn, &self.accounts, at))?;
        cx.out.answer(&balances)?;
        Ok(0)
    }
}

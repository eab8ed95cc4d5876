//! `duplicate`: the same again, today or on another day.

use clap::Args;

use crate::cli::context::Context;
use crate::cli::values::signed;
use crate::db::dialect::Isolation;
use crate::domain::ids::TransactionId;
use crate::error::Result;
use crate::ledger::delete::duplicate;
use crate::output::Shown;

/// Record a transaction again
#[derive(Debug, Args)]
pub struct DuplicateArgs {
    /// Its number, as `list` shows it
    #[arg(value_name = "ID")]
    id: i64,
    /// The day [default: today]
    #[arg(short, long, value_name = "DATE", value_parser = signed, allow_hyphen_values = true)]
    date: Option<String>,
}

impl DuplicateArgs {
    /// Records the copy.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        let date = cx.date(self.date.as_deref())?;
        let copy = cx.write(Isolation::Deciding, |w| duplicate(w, TransactionId(self.id), date))?;
        let verb = if cx.global.dry_run { "would add" } else { "added" };
        cx.out.answer(&Shown { transaction: &copy, verb })?;
        Ok(0)
    }
}

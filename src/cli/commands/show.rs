//! `show`: one transaction in full.

use clap::Args;

use crate::cli::context::Context;
use crate::domain::ids::TransactionId;
use crate::error::Result;
use crate::ledger::list::get;
use crate::output::Shown;

/// Show one transaction in full
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// Its number, as `list` shows it
    #[arg(value_name = "ID")]
    id: i64,
}

impl ShowArgs {
    /// Shows it.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        let transaction = cx.read(|conn, book| get(conn, TransactionId(self.id), book.currency()))?;
        cx.out.answer(&Shown { transaction: &transaction, verb: None })?;
        Ok(0)
    }
}

//! `show`: one transaction in full.

use clap::Args;

use crate::cli::context::Context;
use crate::db::origins;
use crate::domain::ids::TransactionId;
use crate::error::Result;
use crate::ledger::list::get;
use crate::output::InFull;

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
        let id = TransactionId(self.id);
        let (transaction, origins) =
            cx.read(|conn, book| Ok((get(conn, id, book.currency())?, origins::of_transaction(conn, id)?)))?;
        cx.out.answer(&InFull { transaction: &transaction, origins: &origins })?;
        Ok(0)
    }
}

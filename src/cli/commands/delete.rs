//! `delete`: gone, until `undo`.

use clap::Args;

use crate::cli::context::Context;
use crate::db::dialect::Isolation;
use crate::domain::ids::TransactionId;
use crate::error::Result;
use crate::ledger::delete::delete;
use crate::output::Many;

/// Delete transactions
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat delete 2 3

All are deleted or none; `groat undo` brings them back. What is reconciled is
locked: --force deletes it all the same.")]
pub struct DeleteArgs {
    /// Their numbers, as `list` shows them
    #[arg(value_name = "ID", required = true)]
    ids: Vec<i64>,
    /// Delete what is reconciled, too
    #[arg(long)]
    force: bool,
}

impl DeleteArgs {
    /// Deletes them.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        let ids: Vec<TransactionId> = self.ids.into_iter().map(TransactionId).collect();
        let done = cx.write(Isolation::Deciding, |w| delete(w, &ids, self.force))?;
        cx.out.answer(&Many { done: &done })?;
        Ok(0)
    }
}

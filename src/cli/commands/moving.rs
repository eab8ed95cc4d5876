//! `move`: another category for transactions.

use clap::Args;

use crate::cli::context::Context;
use crate::db::dialect::Isolation;
use crate::domain::ids::TransactionId;
use crate::error::{Problem, Result};
use crate::ledger::edit::recategorise;
use crate::output::Many;

/// Give transactions another category
#[derive(Debug, Args)]
#[command(override_usage = "groat move [OPTIONS] <ID>... <CAT>")]
#[command(after_help = "Examples:
  $ groat move 3 groceries
  $ groat move 2 3 'eating out'

All are moved or none. Money goes from account to account with `groat transfer`.")]
pub struct MoveArgs {
    /// Their numbers, as `list` shows them, then the category; `none` for no category
    #[arg(value_name = "ID... CAT", required = true, num_args = 2..)]
    words: Vec<String>,
}

impl MoveArgs {
    /// Moves them.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        let Some((category, ids)) = self.words.split_last() else {
            return Err(Problem::usage("give the numbers of transactions, then a category").into());
        };
        let ids = ids.iter().map(|word| id_of(word)).collect::<Result<Vec<_>>>()?;
        let edited = cx.write(Isolation::Deciding, |w| recategorise(w, &ids, category))?;
        edited.notes.iter().for_each(|note| cx.out.note(note));
        cx.out.answer(&Many { done: &edited.done })?;
        Ok(0)
    }
}

fn id_of(word: &str) -> Result<TransactionId> {
    word.parse().map(TransactionId).map_err(|_| {
        Problem::usage(format!("`{}` is not the number of a transaction", crate::domain::name::visible(word)))
            .hint("the category comes last, in one word or quoted: `groat move 3 4 'eating out'`")
            .into()
    })
}

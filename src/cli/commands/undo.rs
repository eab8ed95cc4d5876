//! `undo` and `redo`.

use clap::Args;

use crate::cli::context::Context;
use crate::db::dialect::Isolation;
use crate::domain::ids::OperationId;
use crate::error::Result;
use crate::history::{self, Undone};
use crate::output::UndoAnswer;

/// Take an operation back
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat undo
  $ groat log
  $ groat undo 3")]
pub struct UndoArgs {
    /// Its number, as `log` shows it [default: the newest of yours]
    #[arg(value_name = "OP")]
    operation: Option<i64>,
}

/// Take an undo back
#[derive(Debug, Args)]
#[command(after_help = "Only as long as nothing else was done since the undo.")]
pub struct RedoArgs {}

impl UndoArgs {
    /// Takes it back.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        let wanted = self.operation.map(OperationId);
        let undone = cx.write(Isolation::Alone, |w| history::undo(w, wanted))?;
        tell(cx, &undone)
    }
}

impl RedoArgs {
    /// Takes the undo back.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        let undone = cx.write(Isolation::Alone, history::redo)?;
        tell(cx, &undone)
    }
}

fn tell(cx: &Context, undone: &Undone) -> Result<u8> {
    const SHOWN: usize = 5;
    for kept in undone.kept.iter().take(SHOWN) {
        let why = if kept.is_changed { "it was changed since" } else { "something else uses it by now" };
        cx.out.note(&format!("{} stays: {why}", kept.what));
    }
    if undone.kept.len() > SHOWN {
        cx.out.note(&format!("and {} more stay", undone.kept.len() - SHOWN));
    }
    cx.out.answer(&UndoAnswer(undone))?;
    Ok(0)
}

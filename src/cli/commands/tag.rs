//! `tag`: looking after tags.

use clap::{Args, Subcommand};

use super::category::many;
use crate::cli::context::Context;
use crate::error::Result;
use crate::ledger::tags;
use crate::output::TagList;

/// List, rename or delete tags
#[derive(Debug, Args)]
pub struct TagArgs {
    #[command(subcommand)]
    command: TagCommand,
}

#[derive(Debug, Subcommand)]
enum TagCommand {
    /// List the tags
    List,
    /// Give a tag another name; with the name of another the two become one
    Rename {
        /// Its name
        #[arg(value_name = "TAG")]
        tag: String,
        /// What it is to be called
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Delete a tag that no transaction has
    Delete {
        /// Its name
        #[arg(value_name = "TAG")]
        tag: String,
    },
}

impl TagArgs {
    /// Does what the subcommand says.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        match self.command {
            TagCommand::List => {
                let all = cx.read(|conn, _| tags::list(conn))?;
                cx.out.answer(&TagList(all))?;
                Ok(0)
            }
            TagCommand::Rename { tag, name } => many(cx, |w| tags::rename(w, &tag, &name)),
            TagCommand::Delete { tag } => many(cx, |w| tags::delete(w, &tag)),
        }
    }
}

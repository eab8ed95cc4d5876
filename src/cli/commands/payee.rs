//! `payee`: looking after payees.

use clap::{Args, Subcommand};

use super::category::many;
use crate::cli::context::Context;
use crate::error::Result;
use crate::ledger::payees;
use crate::output::PayeeList;

/// List, rename or merge payees
#[derive(Debug, Args)]
pub struct PayeeArgs {
    #[command(subcommand)]
    command: PayeeCommand,
}

#[derive(Debug, Subcommand)]
enum PayeeCommand {
    /// List the payees
    List,
    /// Give a payee another name; the old one is still understood
    Rename {
        /// Its name, or the beginning of it
        #[arg(value_name = "PAYEE")]
        payee: String,
        /// What it is to be called
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Merge one payee into another
    Merge {
        /// The one that goes; its name is still understood
        #[arg(value_name = "FROM")]
        from: String,
        /// The one that stays, with all that both have
        #[arg(value_name = "INTO")]
        into: String,
    },
}

impl PayeeArgs {
    /// Does what the subcommand says.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        match self.command {
            PayeeCommand::List => {
                let all = cx.read(|conn, _| payees::list(conn))?;
                cx.out.answer(&PayeeList(all))?;
                Ok(0)
            }
            PayeeCommand::Rename { payee, name } => many(cx, |w| payees::rename(w, &payee, &name)),
            PayeeCommand::Merge { from, into } => many(cx, |w| payees::merge(w, &from, &into)),
        }
    }
}

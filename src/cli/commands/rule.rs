//! `rule`: what becomes of the rows of banks' files. One file a subcommand that does more than a call.

mod asking;
mod said;

use clap::{Args, Subcommand};

use super::category::many;
use crate::cli::context::Context;
use crate::db::dialect::Isolation;
use crate::db::writer::Writer;
use crate::domain::ids::RuleId;
use crate::error::Result;
use crate::ledger::rules::{self, Changed};
use crate::output::{RuleList, RuleObject};
use asking::{ApplyArgs, LearnArgs, TestArgs};
use said::{AddArgs, EditArgs};

/// Rules for a bank's rows: their category, payee, tags or split
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  $ groat rule add payee:tesco -c groceries
  $ groat rule list

An import asks the rules in their order, and the first that takes a row decides.
`groat help rules` explains more.")]
pub struct RuleArgs {
    #[command(subcommand)]
    command: RuleCommand,
}

#[derive(Debug, Subcommand)]
enum RuleCommand {
    /// List the rules in the order in which they are asked
    List,
    /// Make a rule
    Add(AddArgs),
    /// Change a rule, or its place
    Edit(EditArgs),
    /// Show which rule takes which transaction, or a text
    Test(TestArgs),
    /// Let transactions become what the rules say by now
    Apply(ApplyArgs),
    /// Propose rules for what you keep doing
    Learn(LearnArgs),
    /// Delete rules; what they did stays
    Delete {
        /// Their numbers, as `rule list` shows them
        #[arg(value_name = "RULE", required = true)]
        rules: Vec<i64>,
    },
}

impl RuleArgs {
    /// Does what the subcommand says.
    pub fn run(self, cx: &mut Context) -> Result<u8> {
        match self.command {
            RuleCommand::List => {
                let all = cx.read(|conn, _| rules::list(conn))?;
                cx.out.answer(&RuleList(all))?;
                Ok(0)
            }
            RuleCommand::Add(args) => args.run(cx),
            RuleCommand::Edit(args) => args.run(cx),
            RuleCommand::Test(args) => args.run(cx),
            RuleCommand::Apply(args) => args.run(cx),
            RuleCommand::Learn(args) => args.run(cx),
            RuleCommand::Delete { rules: ids } => {
                let ids: Vec<RuleId> = ids.into_iter().map(RuleId).collect();
                many(cx, |w| rules::delete(w, &ids))
            }
        }
    }
}

fn changed(
    cx: &Context,
    verb: &'static str,
    work: impl FnMut(&mut Writer<'_>) -> Result<Changed>,
) -> Result<u8> {
    let changed = cx.write(Isolation::Deciding, work)?;
    cx.out.answer(&RuleObject { changed: &changed, verb })?;
    Ok(0)
}

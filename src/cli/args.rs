//! The command tree and the flags that every command takes: the one list for parser, help and completion.

use clap::{Args, Parser, Subcommand};

use super::commands::{
    account, add, balance, budget, category, check, completions, config, db, delete, demo, duplicate, edit,
    export, help, import, init, list, log, man, mcp, moving, payee, reconcile, report, rule, schema, show,
    tag, transfer, undo,
};
use super::values::FormatValue;

/// A budget tracker for people who live in a terminal
#[derive(Debug, Parser)]
#[command(
    name = "groat",
    version,
    disable_help_subcommand = true,
    subcommand_negates_reqs = true,
    after_help = "`groat` alone shows the month. `groat help TOPIC` explains dates, periods, amounts, queries, envelopes, targets, rules, formats, profiles, exit-codes or environment."
)]
pub struct Cli {
    #[command(flatten)]
    pub global: GlobalArgs,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Flags that every command takes; `cli::command` gives them to those below the first.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Everywhere")]
pub struct GlobalArgs {
    /// The book: a path, sqlite:PATH or postgres://...
    #[arg(long, value_name = "URL|PATH")]
    pub db: Option<String>,
    /// Another book of yours: NAME.db beside the default one
    #[arg(long, value_name = "NAME")]
    pub book: Option<String>,
    /// Another config file
    #[arg(long, value_name = "FILE")]
    pub config: Option<std::path::PathBuf>,
    /// How to answer: table, json, jsonl, csv, tsv or markdown
    #[arg(short = 'O', long, value_name = "F", value_parser = FormatValue::parse)]
    pub format: Option<FormatValue>,
    /// The same as --format json
    #[arg(long, conflicts_with_all = ["format", "csv"])]
    pub json: bool,
    /// The same as --format csv
    #[arg(long, conflicts_with = "format")]
    pub csv: bool,
    /// Colour: auto, always or never
    #[arg(long, value_name = "WHEN", value_parser = ["auto", "always", "never"], hide_possible_values = true)]
    pub color: Option<String>,
    /// Do not page long answers
    #[arg(long)]
    pub no_pager: bool,
    /// Never ask: exit 4 where an answer would be needed
    #[arg(long)]
    pub no_input: bool,
    /// Answer yes to every question
    #[arg(short, long)]
    pub yes: bool,
    /// Show what would happen and change nothing
    #[arg(short = 'n', long)]
    pub dry_run: bool,
    /// Leave out confirmations and notes, not answers or errors
    #[arg(short, long)]
    pub quiet: bool,
    /// Say more on stderr; -vv shows the SQL
    #[arg(short, long, action = clap::ArgAction::Count)]
    pub verbose: u8,
    #[arg(long, hide = true, value_name = "DATE")]
    pub today: Option<String>,
}

impl GlobalArgs {
    /// The format asked for.
    pub fn format(&self) -> crate::output::Format {
        match (self.json, self.csv, self.format) {
            (true, _, _) => crate::output::Format::Json,
            (_, true, _) => crate::output::Format::Csv,
            (_, _, Some(FormatValue::Answer(format))) => format,
            _ => crate::output::Format::Table,
        }
    }

    /// The format that `export` is to write.
    pub fn export_format(&self) -> Option<crate::export::Format> {
        match self.format {
            Some(FormatValue::Export(format)) => Some(format),
            _ => None,
        }
    }

    /// Whether errors are to be JSON.
    pub fn is_json(&self) -> bool {
        matches!(self.format(), crate::output::Format::Json | crate::output::Format::Jsonl)
    }
}

impl Command {
    /// Whether it helps out of a config file that cannot be read, so that it must run in spite of it.
    pub fn is_mending(&self) -> bool {
        match self {
            Command::Config(args) => args.is_mending(),
            Command::Help(_) | Command::Schema(_) | Command::Completions(_) | Command::Man(_) => true,
            _ => false,
        }
    }
}

/// Every command. What one takes is put together when it is called: for all of them it takes a twentieth of a start.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub enum Command {
    /// Set a book up: currency, first account, categories
    Init(init::InitArgs),
    /// Make an example household, in a book of its own
    Demo(demo::DemoArgs),
    /// Record what was spent
    Add(add::AddArgs),
    /// Record what came in
    Income(add::IncomeArgs),
    /// Move money between two accounts
    Transfer(transfer::TransferArgs),
    /// List transactions, newest first
    #[command(alias = "ls")]
    List(list::ListArgs),
    /// Show one transaction in full
    Show(show::ShowArgs),
    /// Change transactions
    Edit(edit::EditArgs),
    /// Delete transactions
    #[command(alias = "rm")]
    Delete(delete::DeleteArgs),
    /// Record a transaction again
    Duplicate(duplicate::DuplicateArgs),
    /// Give transactions another category
    Move(moving::MoveArgs),
    /// Take an operation back
    Undo(undo::UndoArgs),
    /// Take an undo back
    Redo(undo::RedoArgs),
    /// Show what was done, newest first
    Log(log::LogArgs),
    /// Show what the accounts hold
    #[command(alias = "bal")]
    Balance(balance::BalanceArgs),
    /// Show the month's envelopes and give them money
    Budget(budget::BudgetArgs),
    /// Add, list, edit, close or delete accounts
    Account(account::AccountArgs),
    /// Add, list, edit, merge, hide or delete categories and groups
    Category(category::CategoryArgs),
    /// List, rename or merge payees
    Payee(payee::PayeeArgs),
    /// List, rename or delete tags
    Tag(tag::TagArgs),
    /// Report on spending, income, net worth, payees, or a month on one page
    Report(report::ReportArgs),
    /// Check the book, the budget and the accounts, for cron: silent when all is well
    Check(check::CheckArgs),
    /// Import a bank's file; list, show or undo imports; profiles
    Import(Box<import::ImportArgs>),
    /// Agree an account with its statement, and lock what agrees
    Reconcile(reconcile::ReconcileArgs),
    /// Rules for a bank's rows: their category, payee, tags or split
    Rule(Box<rule::RuleArgs>),
    /// Write the book as a file of another program
    Export(export::ExportArgs),
    /// Let an agent read the book, over the Model Context Protocol
    Mcp(mcp::McpArgs),
    /// List, get or set settings
    Config(config::ConfigArgs),
    /// Show, check or query the database
    Db(db::DbArgs),
    /// Print what makes a shell complete the names of your book
    Completions(completions::CompletionsArgs),
    /// Write the manual pages into a folder
    Man(man::ManArgs),
    /// Print the JSON Schema of an answer
    Schema(schema::SchemaArgs),
    /// Explain a command or a topic
    Help(help::HelpArgs),
}

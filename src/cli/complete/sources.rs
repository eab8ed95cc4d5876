//! What may stand for each argument. An argument is known by the name of its value (`CAT`, `ACCT`), so that a new one
//! is completed without a word here; only what is called NAME or FROM in one command and means another thing in the
//! next is listed.

use std::sync::Arc;

use clap::{Arg, Command, ValueHint};
use clap_complete::engine::ArgValueCompleter;

use super::Shell;
use super::candidates::{Asker, Lookup};
use crate::cli::{commands, topics};
use crate::domain::account::AccountKind;
use crate::report::spending::Axis;

/// What stands for an argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// An account.
    Account,
    /// A category; with `none`, where that may be said.
    Category {
        /// Whether `none` may be said.
        or_none: bool,
    },
    /// A category with `=` behind it.
    Part,
    /// A category, but for the first word, which is the number of a transaction.
    Move,
    /// The heading of categories.
    Group,
    /// A payee.
    Payee,
    /// A tag.
    Tag,
    /// The number of an import.
    Batch,
    /// The number of an operation.
    Operation,
    /// The number of a rule.
    Rule,
    /// A setting.
    Setting,
    /// How a bank's files are read.
    Profile,
    /// What an answer, or an export, is written as.
    Format,
    /// A payee, or what stands behind `cat:` and the like.
    Query,
    /// Another book beside the default one.
    Book,
    /// One of these words.
    Words(Vec<String>),
    /// Up to two of these words, with a comma between them.
    Pair(Vec<String>),
}

/// The tree with what stands for each of its arguments.
pub fn equipped(command: Command, asker: &Arc<Asker>) -> Command {
    let everything: Vec<String> = command
        .get_subcommands()
        .map(|inner| inner.get_name().to_owned())
        .chain(topics::TOPICS.iter().map(|(name, _, _)| (*name).to_owned()))
        .collect();
    equip(command, "", &everything, asker)
}

fn equip(command: Command, path: &str, everything: &[String], asker: &Arc<Asker>) -> Command {
    let command = command.mut_args(|arg| {
        if let Some(hint) = hint(&arg) {
            return arg.value_hint(hint);
        }
        match source(path, &arg, everything) {
            Some(source) => arg.add(ArgValueCompleter::new(Lookup { source, asker: Arc::clone(asker) })),
            None => arg,
        }
    });
    command.mut_subcommands(|inner| {
        let path = format!("{path} {}", inner.get_name()).trim_start().to_owned();
        equip(inner, &path, everything, asker)
    })
}

fn value_name(arg: &Arg) -> Option<&str> {
    arg.get_value_names()?.first().map(clap::builder::Str::as_str)
}

fn hint(arg: &Arg) -> Option<ValueHint> {
    match value_name(arg)? {
        "FILE" | "URL|PATH" | "PATH" => Some(ValueHint::FilePath),
        "DIR" => Some(ValueHint::DirPath),
        _ => None,
    }
}

fn source(path: &str, arg: &Arg, everything: &[String]) -> Option<Source> {
    Some(match (path, arg.get_id().as_str(), value_name(arg)?) {
        ("move", ..) => Source::Move,
        ("category merge", ..) => Source::Category { or_none: false },
        ("payee merge", ..) => Source::Payee,
        ("transfer", "from" | "to", _) => Source::Account,
        ("account add" | "account edit", "kind", _) => words(AccountKind::ALL.map(AccountKind::as_str)),
        ("category add" | "category edit", "kind", _) => words(["expense", "income"]),
        ("check", "names", _) => words(commands::check::CHECKS),
        ("budget move", "from" | "to", _) => Source::Category { or_none: false },
        ("budget carryover", "is_on", _) => words(["on", "off"]),
        ("schema", ..) => words(commands::schema::names()),
        ("help", ..) => Source::Words(everything.to_vec()),
        ("completions", ..) => words(Shell::NAMES),
        ("list", "sort", _) => words(["date", "amount", "payee", "id", "-date", "-amount", "-payee", "-id"]),
        ("import", "input_format", _) => words(["auto", "csv"]),
        ("import", "date_order", _) => words(["ymd", "dmy", "mdy"]),
        ("import", "unmarked", _) => words(["out", "in"]),
        ("import", "debits", _) => words(["signed", "plain"]),
        ("import", "profile", _) => Source::Profile,
        ("import profile show" | "import profile edit" | "import profile delete", ..) => Source::Profile,
        (_, "format", _) => Source::Format,
        (_, "book", _) => Source::Book,
        (_, _, "ACCT") => Source::Account,
        (_, _, "CAT") => {
            Source::Category { or_none: !path.starts_with("category") && !path.starts_with("budget") }
        }
        (_, _, "CAT=AMT") => Source::Part,
        (_, _, "GROUP") => Source::Group,
        (_, _, "PAYEE") => Source::Payee,
        (_, _, "QUERY") => Source::Query,
        (_, _, "TAG") => Source::Tag,
        (_, _, "BATCH") => Source::Batch,
        (_, _, "OP") => Source::Operation,
        (_, _, "RULE") => Source::Rule,
        (_, _, "KEY") => Source::Setting,
        (_, _, "AXIS[,AXIS]") => Source::Pair(Axis::ALL.map(Axis::as_str).map(str::to_owned).to_vec()),
        (_, _, "PERIOD") => words([
            "this month",
            "last month",
            "this week",
            "last week",
            "this quarter",
            "last quarter",
            "this year",
            "last year",
            "last 30 days",
            "mtd",
            "qtd",
            "ytd",
            "all",
        ]),
        (_, _, "MONTH") => words(["this month", "last month", "next month"]),
        (_, _, "DATE") => words(["today", "yesterday", "mon", "tue", "wed", "thu", "fri", "sat", "sun"]),
        _ => return None,
    })
}

fn words(all: impl IntoIterator<Item = &'static str>) -> Source {
    Source::Words(all.into_iter().map(str::to_owned).collect())
}

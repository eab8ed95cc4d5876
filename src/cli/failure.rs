//! What becomes of an error: one form on stderr, one exit code.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::error::{Kind, Problem};
use crate::output;

/// Prints the error of a command and answers its exit code.
pub fn report(error: &anyhow::Error, as_json: bool) -> u8 {
    let problem = match error.downcast_ref::<Problem>() {
        Some(problem) => problem.clone(),
        None => Problem::new(Kind::Internal, format!("{error:#}")),
    };
    output::problem(&problem, as_json);
    problem.kind.exit_code()
}

/// Prints what clap says: help and version on stdout, everything else as a usage error in our form.
pub fn of_clap(error: &clap::Error, argv: &[OsString]) -> u8 {
    match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let is_missing = error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
            let text = error.render().to_string();
            if is_missing {
                output::problem(&missing_subcommand(&text), wants_json(argv));
                return Kind::Usage.exit_code();
            }
            match output::raw(&text) {
                Ok(()) => 0,
                Err(error) => report(&error, false),
            }
        }
        _ => {
            output::problem(&usage(error), wants_json(argv));
            Kind::Usage.exit_code()
        }
    }
}

/// `groat account` alone: what it takes, instead of the whole help.
fn missing_subcommand(help: &str) -> Problem {
    let commands =
        help.split("Commands:\n").nth(1).unwrap_or("").lines().take_while(|line| !line.trim().is_empty());
    let names: Vec<String> =
        commands.filter_map(|line| line.split_whitespace().next()).map(|name| format!("`{name}`")).collect();
    let usage = help.lines().find_map(|line| line.strip_prefix("Usage: ")).unwrap_or("groat");
    let command = usage.split(" [").next().unwrap_or(usage).split(" <").next().unwrap_or(usage);
    Problem::usage(format!("`{command}` needs a subcommand")).hint(format!("one of {}", names.join(", ")))
}

/// What is said of a command that is not there.
fn unknown_command(word: &str) -> Problem {
    let command = super::command();
    let problem = Problem::usage(format!("there is no command `{word}`"));
    let names = command.get_subcommands().map(|known| (known.get_name(), known.get_name()));
    match crate::domain::name::near(word, names).first() {
        Some(first) => problem.hint(format!("did you mean `groat {first}`?")),
        None => problem.hint("`groat help` lists the commands"),
    }
}

/// The arguments could not be parsed, so that the format is looked for in them by hand.
fn wants_json(argv: &[OsString]) -> bool {
    let words: Vec<&str> =
        argv.iter().filter_map(|word| word.to_str()).take_while(|word| *word != "--").collect();
    words.contains(&"--json")
        || words.iter().any(|word| matches!(*word, "--format=json" | "--format=jsonl" | "-Ojson" | "-Ojsonl"))
        || words.windows(2).any(|pair| matches!(pair, ["--format" | "-O", "json" | "jsonl"]))
}

/// clap's error as ours: its first line, and its tip or the usage as the hint.
fn usage(error: &clap::Error) -> Problem {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        _ => None,
    };
    if error.kind() == ErrorKind::InvalidSubcommand {
        return unknown_command(&context(ContextKind::InvalidSubcommand).unwrap_or_default());
    }
    let cause = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    if cause.contains("invalid digit found in string") || cause.contains("cannot parse integer") {
        let value = context(ContextKind::InvalidValue).unwrap_or_default();
        return Problem::usage(format!("`{value}` is not a number"))
            .hint("`groat list` shows the numbers of transactions, `groat log` those of operations");
    }
    let text = error.render().to_string();
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or("the arguments cannot be read");
    let mut message = first.strip_prefix("error: ").unwrap_or(first).replace('\'', "`");
    if error.kind() == ErrorKind::MissingRequiredArgument
        && let Some(ContextValue::Strings(missing)) = error.get(ContextKind::InvalidArg)
    {
        message = format!("missing: {}", missing.join(", "));
    }
    let mut problem = Problem::usage(message.trim_end_matches(':').to_owned());
    for line in lines {
        if let Some(tip) = line.strip_prefix("tip: ") {
            problem = problem.hint(tip.replace('\'', "`"));
        } else if line.starts_with("Usage:") {
            problem = problem.hint(line.to_owned());
        } else if line.starts_with("[possible values") {
            problem = problem.hint(line.trim_matches(['[', ']']).to_owned());
        }
    }
    problem
}

//! What becomes of an error: one form on stderr, one exit code.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::complete::Shell;
use super::unknown::{below_zero, called, explained, unknown_flag, unknown_short};
use super::values::NO_FLAG;
use crate::domain::name::visible;
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
            match output::help(&text) {
                Ok(()) => 0,
                Err(error) => report(&error, false),
            }
        }
        _ => {
            output::problem(&usage(error, argv), wants_json(argv));
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

/// What is said of a command that is not there, below `path`: "", "category", "category group".
fn unknown_command(word: &str, path: &str) -> Problem {
    let root = super::command();
    let parent = path.split_whitespace().try_fold(&root, |command, name| command.find_subcommand(name));
    let parent = parent.unwrap_or(&root);
    let whole = [path, word].join(" ");
    let problem = Problem::usage(format!("there is no command `{}`", whole.trim()));
    let names: Vec<&str> = parent.get_subcommands().map(clap::Command::get_name).collect();
    let near = crate::domain::name::near(word, names.iter().map(|name| (*name, *name)));
    match (near.first(), path, word) {
        (_, "account" | "category" | "category group", "rename") => {
            problem.hint(format!("`groat {path} edit NAME --name NEW`"))
        }
        (Some(first), ..) => {
            problem.hint(format!("did you mean `groat {}`?", [path, first].join(" ").trim()))
        }
        (None, "", _) => problem.hint("`groat help` lists the commands"),
        (None, ..) => problem.hint(format!("`groat {path}` has {}", names.join(", "))),
    }
}

/// The command that clap's usage line is about, without `groat`: "report".
fn command_of(text: &str) -> String {
    let usage = text.lines().find_map(|line| line.trim().strip_prefix("Usage: groat")).unwrap_or_default();
    let is_name = |word: &&str| word.starts_with(|c: char| c.is_ascii_lowercase());
    usage.split_whitespace().take_while(is_name).collect::<Vec<_>>().join(" ")
}

/// What does the work of a flag that other commands have and this one has not.
fn instead(command: &str, flag: &str, argv: &[OsString]) -> Option<String> {
    let words = argv.iter().filter_map(|word| word.to_str());
    let value = words.skip_while(|word| *word != flag).nth(1).unwrap_or("VALUE");
    let quoted = crate::ledger::lookup::quoted;
    let first = command.split(' ').next().unwrap_or(command);
    Some(match (first, flag) {
        ("report", "-c" | "--category") => format!("write {}", term("cat", value)),
        ("report", "-a" | "--account") => format!("write {}", term("acct", value)),
        ("balance", "-d" | "--date") => format!("write `--at {}`", quoted(value)),
        ("balance", "-p" | "--period") => "what the accounts held on a day is `--at DATE`".to_owned(),
        ("list" | "report", "-d" | "--date") => format!("write `-p {}`", quoted(value)),
        ("move", "-c" | "--category") => {
            let ids: Vec<&str> = argv
                .iter()
                .filter_map(|word| word.to_str())
                .filter(|word| word.bytes().all(|b| b.is_ascii_digit()))
                .collect();
            let ids = if ids.is_empty() { "ID".to_owned() } else { ids.join(" ") };
            format!("write `groat move {ids} {}`", quoted(value))
        }
        _ => return None,
    })
}

/// A term of a query as a shell takes it.
fn term(field: &str, value: &str) -> String {
    match value.contains(char::is_whitespace) {
        true => format!("`{field}:{}`", crate::ledger::lookup::quoted(value)),
        false => format!("`{field}:{value}`"),
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

/// Whether `completions` stands alone.
fn message_lacks_shell(error: &clap::Error) -> bool {
    matches!(error.get(ContextKind::InvalidArg), Some(ContextValue::Strings(missing)) if missing == &["<SHELL>"])
}

/// A value that its flag or its place does not take, as a whole number that is none.
fn no_number(error: &clap::Error, value: &str, cause: &str, argv: &[OsString]) -> Option<Problem> {
    let is_large = cause.contains("too large to fit");
    let range = cause.split_once(" is not in ").map(|(_, range)| range.replace("..=", " to "));
    let no_digits = ["invalid digit found in string", "cannot parse integer"];
    if !is_large && range.is_none() && !no_digits.iter().any(|told| cause.contains(told)) {
        return None;
    }
    let shown = visible(value);
    let problem = Problem::usage(match (value.strip_prefix('-').map(str::parse::<u64>), range) {
        (Some(Ok(_)), _) => format!("`{shown}` is below 0"),
        (_, Some(range)) => format!("`{shown}` is out of range: {range} can be"),
        _ if is_large => format!("`{shown}` is too large a number"),
        _ => format!("`{shown}` is not a number"),
    });
    let Some(ContextValue::String(shown)) = error.get(ContextKind::InvalidArg) else { return Some(problem) };
    let root = super::command();
    Some(match explained(called(&root, argv), |arg| arg.to_string() == *shown) {
        Some(hint) => problem.hint(hint),
        None => problem,
    })
}

/// clap's error as ours: its first line, and its tip or the usage as the hint.
fn usage(error: &clap::Error, argv: &[OsString]) -> Problem {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        _ => None,
    };
    if error.kind() == ErrorKind::InvalidSubcommand {
        let word = context(ContextKind::InvalidSubcommand).unwrap_or_default();
        return unknown_command(&word, &command_of(&error.render().to_string()));
    }
    let cause = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    let is_unknown = error.kind() == ErrorKind::UnknownArgument;
    let unknown = context(ContextKind::InvalidArg).filter(|_| is_unknown);
    // Of a flag that clap itself does not know it says all there is to say.
    if !unknown.as_ref().is_some_and(|word| word.starts_with('-')) {
        if let Some(problem) = unknown_flag(argv) {
            return problem;
        }
        if cause == NO_FLAG {
            let value = context(ContextKind::InvalidValue).unwrap_or_default();
            let word = value.rsplit('=').next().unwrap_or_default();
            let root = super::command();
            return super::unknown::problem(word, called(&root, argv), argv);
        }
    }
    if let Some(problem) = unknown.as_deref().and_then(|word| below_zero(word, argv)) {
        return problem;
    }
    let value = context(ContextKind::InvalidValue).unwrap_or_default();
    if let Some(problem) = no_number(error, &value, &cause, argv) {
        return problem;
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
    let hint =
        unknown.as_ref().and_then(|flag| instead(&command_of(&text), flag, &super::values::parted(argv)));
    if let Some(hint) = hint {
        return problem.hint(hint);
    }
    if let Some(problem) = unknown.as_deref().and_then(|flag| unknown_short(flag, argv)) {
        return problem;
    }
    if message_lacks_shell(error) {
        problem = problem.hint(format!("shells are {}", Shell::NAMES.join(", ")));
    }
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

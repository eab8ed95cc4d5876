//! The command line: argv becomes parameters, one area function does the work, `output/` shows it.
//!
//! The only place that reads the clock and the environment. Every command has a file in `commands/`, with its
//! arguments and its `run` side by side.

mod args;
mod ask;
mod commands;
mod complete;
mod context;
mod csv_rules;
mod environment;
mod failure;
mod files;
mod manual;
mod profiles;
mod topics;
mod typed;
mod unknown;
mod values;

use std::ffi::OsString;
use std::mem::ManuallyDrop;
use std::process::ExitCode;

use clap::FromArgMatches;

use args::Cli;
use context::Context;
use environment::Environment;

/// Runs the program: the arguments of the process in, its exit code out.
pub fn main() -> ExitCode {
    if let Some(code) = complete::answer() {
        return code;
    }
    let argv: Vec<OsString> = std::env::args_os().collect();
    ExitCode::from(run(&argv))
}

fn run(argv: &[OsString]) -> u8 {
    let cli = match parse(argv) {
        Ok(cli) => cli,
        Err(error) => return failure::of_clap(&error, argv),
    };
    let as_json = cli.global.is_json();
    let environment = Environment::read();
    let is_mending = cli.command.as_ref().is_some_and(args::Command::is_mending);
    let context = Context::new(&cli.global, environment, argv, is_mending);
    let done = context.and_then(|mut cx| commands::run(cli.command, &mut cx));
    match done {
        Ok(code) => code,
        Err(error) => failure::report(&error, as_json),
    }
}

/// The tree of commands is never freed: at the end of the process the kernel does it in no time, piece by piece it
/// takes a fourteenth of a small command.
fn parse(argv: &[OsString]) -> Result<Cli, clap::Error> {
    let words = values::parted(argv);
    // A command that no word names cannot be the one that is called.
    let is_named = |command: &clap::Command| {
        let mut names = std::iter::once(command.get_name()).chain(command.get_all_aliases());
        names.any(|name| words.iter().any(|word| word == name))
    };
    let mut tree = ManuallyDrop::new(tree(is_named));
    let mut matches = tree.try_get_matches_from_mut(&words)?;
    Cli::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut tree))
}

/// The command tree with all that every command takes, for help texts and tests.
pub fn command() -> clap::Command {
    let mut tree = tree(|_| true);
    tree.build();
    tree
}

/// The command tree, in which only some commands take the flags of every command: a copy of them for each takes an
/// eighth of a start.
fn tree(takes_all: impl Fn(&clap::Command) -> bool) -> clap::Command {
    let tree = <Cli as clap::CommandFactory>::command();
    let everywhere: Vec<clap::Arg> = tree.get_arguments().map(|arg| arg.clone().global(true)).collect();
    tree.mut_subcommands(
        |command| {
            if takes_all(&command) { command.args(everywhere.iter().cloned()) } else { command }
        },
    )
}

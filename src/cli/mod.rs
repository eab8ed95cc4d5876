//! The command line: argv becomes parameters, one area function does the work, `output/` shows it.
//!
//! The only place that reads the clock and the environment. Every command has a file in `commands/`, with its
//! arguments and its `run` side by side.

mod args;
mod ask;
mod commands;
mod context;
mod environment;
mod failure;
mod topics;
mod values;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use args::Cli;
use context::Context;
use environment::Environment;

/// Runs the program: the arguments of the process in, its exit code out.
pub fn main() -> ExitCode {
    let argv: Vec<OsString> = std::env::args_os().collect();
    ExitCode::from(run(&argv))
}

fn run(argv: &[OsString]) -> u8 {
    let cli = match Cli::try_parse_from(values::parted(argv)) {
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

/// The command tree, for help texts and tests.
pub fn command() -> clap::Command {
    <Cli as clap::CommandFactory>::command()
}

//! A flag that is not there, found among the words that were typed. clap says so itself unless an AMOUNT could stand
//! there, which may begin with a minus: then it takes the flag for one and complains of what follows.

use std::ffi::OsString;

use clap::{Arg, Command};

use super::values::parted;
use crate::domain::name::{near, visible};
use crate::error::Problem;

/// What is said of the first flag that the command which was called does not have; none where it has all.
pub fn unknown_flag(argv: &[OsString]) -> Option<Problem> {
    let root = super::command();
    let mut command = &root;
    let mut is_value = false;
    for word in parted(argv).iter().skip(1).map(|word| word.to_str().unwrap_or_default()) {
        match Flag::of(word) {
            _ if word == "--" => return None,
            None if is_value => is_value = false,
            None => command = command.find_subcommand(word).unwrap_or(command),
            Some(flag) => match flag.known_to(command) {
                Some(arg) => is_value = arg.get_action().takes_values() && !flag.has_value,
                None => return Some(problem(word, command)),
            },
        }
    }
    None
}

/// What is said of a word that a command has no flag for, with the one of its own that is spelt nearly the same.
pub fn problem(word: &str, command: &Command) -> Problem {
    let name = word.split('=').next().unwrap_or(word);
    let own = command.get_arguments().filter(|arg| !arg.is_hide_set()).filter_map(Arg::get_long);
    let found = near(name.trim_start_matches('-'), own.map(|long| (long, long)));
    let problem = Problem::usage(format!("there is no flag `{}`", visible(name)));
    match found.first() {
        Some(flag) => problem.hint(format!("did you mean `--{flag}`?")),
        None => {
            let called = command.get_bin_name().unwrap_or("groat");
            problem.hint(format!("`{called} --help` shows those there are"))
        }
    }
}

/// The command that these words call.
pub fn called<'a>(root: &'a Command, argv: &[OsString]) -> &'a Command {
    let words = argv.iter().skip(1).filter_map(|word| word.to_str());
    words.fold(root, |command, word| command.find_subcommand(word).unwrap_or(command))
}

/// A word that looks like one flag or, with one dash, like several.
struct Flag<'a> {
    long: Option<&'a str>,
    shorts: &'a str,
    has_value: bool,
}

impl<'a> Flag<'a> {
    fn of(word: &'a str) -> Option<Flag<'a>> {
        if let Some(long) = word.strip_prefix("--").filter(|long| !long.is_empty()) {
            let (name, value) =
                long.split_once('=').map_or((long, None), |(name, value)| (name, Some(value)));
            return Some(Flag { long: Some(name), shorts: "", has_value: value.is_some() });
        }
        let shorts =
            word.strip_prefix('-').filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))?;
        Some(Flag { long: None, shorts, has_value: false })
    }

    /// The last of them as a command has it; none if it lacks one.
    fn known_to<'c>(&self, command: &'c Command) -> Option<&'c Arg> {
        let all = || command.get_arguments();
        if let Some(long) = self.long {
            return all().find(|arg| arg.get_long() == Some(long));
        }
        let known: Option<Vec<&Arg>> =
            self.shorts.chars().map(|short| all().find(|arg| arg.get_short() == Some(short))).collect();
        known?.last().copied()
    }
}

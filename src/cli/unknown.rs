//! A flag that is not there, found among the words that were typed. clap says so itself unless an AMOUNT could stand
//! there, which may begin with a minus: then it takes the flag for one and complains of what follows.

use std::any::TypeId;
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
                None => return Some(problem(word, command, argv)),
            },
        }
    }
    None
}

/// What is said of a word that a command has no flag for, with the one of its own that is spelt nearly the same.
pub fn problem(word: &str, command: &Command, argv: &[OsString]) -> Problem {
    let name = word.split('=').next().unwrap_or(word);
    let own = command.get_arguments().filter(|arg| !arg.is_hide_set()).filter_map(Arg::get_long);
    let found = near(name.trim_start_matches('-'), own.map(|long| (long, long)));
    let problem = Problem::usage(format!("there is no flag `{}`", visible(name)));
    let problem = match found.first() {
        Some(flag) => problem.hint(format!("did you mean `--{flag}`?")),
        None => {
            let called = command.get_bin_name().unwrap_or("groat");
            problem.hint(format!("`{called} --help` shows those there are"))
        }
    };
    match behind(word, command, argv).and_then(Arg::get_long) {
        Some(flag) => problem.hint(as_value(flag, word)),
        None => problem,
    }
}

fn as_value(flag: &str, word: &str) -> String {
    format!("where it is the value: `--{flag}={}`", visible(word))
}

/// What is said of a flag with one dash that clap does not know, by itself or among others: `-x`, and `-e` of `-neg`.
pub fn unknown_short(flag: &str, argv: &[OsString]) -> Option<Problem> {
    let letter = flag.strip_prefix('-').filter(|rest| rest.chars().count() == 1 && *rest != "-")?;
    let is_it = |word: &&str| word.starts_with('-') && !word.starts_with("--") && word.contains(letter);
    let word = argv.iter().filter_map(|word| word.to_str()).find(is_it)?;
    let root = super::command();
    let command = called(&root, argv);
    let among = if word == flag { String::new() } else { format!(" (in `{}`)", visible(word)) };
    let called = command.get_bin_name().unwrap_or("groat");
    let problem = Problem::usage(format!("there is no flag `{}`{among}", visible(flag)))
        .hint(format!("`{called} --help` shows those there are"));
    Some(match behind(word, command, argv) {
        Some(arg) => problem.hint(as_value(arg.get_long()?, word)),
        None if command.get_positionals().any(is_text) => problem
            .hint(format!("words that begin with a dash go behind `--`: `{called} -- {}`", visible(word))),
        None => problem,
    })
}

/// Whether an argument may be any text.
fn is_text(arg: &Arg) -> bool {
    arg.get_value_parser().type_id() == TypeId::of::<String>()
}

/// `-50 up to 200` or `--skip -1` where nothing begins with a minus: clap reads `-5` as a flag.
pub fn below_zero(flag: &str, argv: &[OsString]) -> Option<Problem> {
    flag.strip_prefix('-')?.strip_prefix(|c: char| c.is_ascii_digit())?;
    let word = argv.iter().filter_map(|word| word.to_str()).find(|word| word.starts_with(flag))?;
    let root = super::command();
    let command = called(&root, argv);
    let arg = behind(word, command, argv).or_else(|| command.get_positionals().last())?;
    let problem = Problem::usage(format!("`{}` begins with a minus: that cannot be `{arg}`", visible(word)));
    let hint = explained(command, |other| other.get_id() == arg.get_id());
    Some(match hint {
        Some(hint) => problem.hint(hint),
        None => problem,
    })
}

/// What an argument of a command is: ``` `--page <N>`: Which page to show ```.
pub fn explained(command: &Command, is_it: impl Fn(&Arg) -> bool) -> Option<String> {
    let arg = command.get_arguments().find(|arg| is_it(arg))?;
    let help = arg.get_help()?.to_string();
    Some(format!("`{arg}`: {}", help.lines().next()?))
}

/// The flag that takes a value and stands before a word.
fn behind<'a>(word: &str, command: &'a Command, argv: &[OsString]) -> Option<&'a Arg> {
    let words = parted(argv);
    let words: Vec<&str> = words.iter().filter_map(|word| word.to_str()).collect();
    let before = words.windows(2).find(|pair| pair[1] == word)?[0];
    Flag::of(before)?.known_to(command).filter(|arg| arg.get_action().takes_values())
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

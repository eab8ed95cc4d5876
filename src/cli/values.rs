//! Values as they are typed: checked for what clap would let through, parsed once the settings are known.

use std::collections::HashMap;
use std::ffi::OsString;

use crate::export;
use crate::output::{self, Format};

/// The value of `--format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormatValue {
    /// How any command answers.
    Answer(Format),
    /// What `export` writes.
    Export(export::Format),
}

impl FormatValue {
    /// For clap.
    pub fn parse(word: &str) -> Result<FormatValue, String> {
        match export::Format::named(word) {
            Some(format) => Ok(FormatValue::Export(format)),
            None => Format::parse(word).map(FormatValue::Answer),
        }
    }
}

/// The names of what `export` writes: transactions as `list` answers them, and the files of other programs.
pub fn export_formats() -> impl Iterator<Item = &'static str> {
    let streamed = output::STREAMED.iter().map(|(name, _)| *name);
    streamed.chain(export::Format::ALL.iter().map(|(name, _)| *name))
}

/// The value of `export --format`, for clap: what it writes, and what `export` refuses with a word on `list`.
pub fn export_format(word: &str) -> Result<FormatValue, String> {
    FormatValue::parse(word)
        .map_err(|_| format!("formats of export are {}", export_formats().collect::<Vec<_>>().join(", ")))
}

/// What is said of a value that looks like a flag; `failure` says which was meant.
pub const NO_FLAG: &str = "there is no such flag";

/// A value that may begin with a minus, such as `-12.50` or `-3d`, but is never a flag that was misspelt.
pub fn signed(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix('-').unwrap_or("");
    match rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-') {
        true => Err(NO_FLAG.to_owned()),
        false => Ok(text.to_owned()),
    }
}

/// The arguments with `-cfood` parted into `-c` and `food`. Where an AMOUNT may begin with a minus, clap would take the
/// first for one: it looks at the whole word only. `-c=-neg` becomes `--category=-neg`, as only a long flag takes what
/// begins with a minus.
pub fn parted(argv: &[OsString]) -> Vec<OsString> {
    let is_joined = |word: &OsString| {
        let bytes = word.as_encoded_bytes();
        bytes.len() > 2 && bytes[0] == b'-' && bytes[1].is_ascii_alphabetic()
    };
    // Nearly always there is none, and the tree of commands need not be made a second time.
    if !argv.iter().any(is_joined) {
        return argv.to_vec();
    }
    let (shorts, longs) = flags_with_value();
    let mut parted = Vec::with_capacity(argv.len() + 1);
    let mut is_value = false;
    let mut is_over = false;
    for word in argv {
        let letters: Vec<char> = word.to_str().unwrap_or_default().chars().collect();
        is_over |= word == "--";
        match letters.as_slice() {
            ['-', flag, rest @ ..]
                if !is_over && !is_value && !rest.is_empty() && shorts.contains_key(flag) =>
            {
                let value: String = rest.iter().collect();
                let value = value.strip_prefix('=').unwrap_or(&value);
                match shorts.get(flag).and_then(Option::as_deref).filter(|_| value.starts_with('-')) {
                    Some(long) => parted.push(format!("--{long}={value}").into()),
                    None => parted.extend([format!("-{flag}").into(), value.into()]),
                }
            }
            ['-', flag] => {
                is_value = !is_value && shorts.contains_key(flag);
                parted.push(word.clone());
                continue;
            }
            ['-', '-', name @ ..] if !is_over && !is_value && longs.contains(&name.iter().collect()) => {
                is_value = true;
                parted.push(word.clone());
                continue;
            }
            _ => parted.push(word.clone()),
        }
        is_value = false;
    }
    parted
}

/// The short flags, of any command, that take a value, each with the long one that it stands for everywhere; and the long
/// ones.
pub fn flags_with_value() -> (HashMap<char, Option<String>>, Vec<String>) {
    let command = super::command();
    let (mut shorts, mut longs) = (HashMap::new(), Vec::new());
    let mut waiting = vec![&command];
    while let Some(command) = waiting.pop() {
        for arg in command.get_arguments().filter(|arg| arg.get_action().takes_values()) {
            shorts.extend(arg.get_short().map(|short| (short, arg.get_long().map(str::to_owned))));
            longs.extend(arg.get_long().map(str::to_owned));
        }
        waiting.extend(command.get_subcommands());
    }
    (shorts, longs)
}

/// `CATEGORY=AMOUNT`, parted at the last `=`.
pub fn part(text: &str) -> Result<(String, String), String> {
    match text.rsplit_once('=') {
        Some((category, amount)) if !category.trim().is_empty() && !amount.trim().is_empty() => {
            Ok((category.to_owned(), signed(amount)?))
        }
        _ => Err("write it as CATEGORY=AMOUNT".to_owned()),
    }
}

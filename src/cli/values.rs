//! Values as they are typed: checked for what clap would let through, parsed once the settings are known.

use crate::output::Format;

/// The value of `--format`.
#[derive(Debug, Clone, Copy)]
pub struct FormatValue(pub Format);

impl FormatValue {
    /// For clap.
    pub fn parse(word: &str) -> Result<FormatValue, String> {
        Format::parse(word).map(FormatValue)
    }
}

/// A value that may begin with a minus, such as `-12.50` or `-3d`, but is never a flag that was misspelt.
pub fn signed(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix('-').unwrap_or("");
    if rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-') {
        return Err(match near_flag(text) {
            Some(flag) => format!("there is no such flag; did you mean `{flag}`?"),
            None => "there is no such flag; `--help` shows those there are".to_owned(),
        });
    }
    Ok(text.to_owned())
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

/// The flag of any command that is spelt nearly like this one.
fn near_flag(text: &str) -> Option<String> {
    let wanted = text.trim_start_matches('-').split('=').next().unwrap_or("");
    let command = super::command();
    let mut flags: Vec<String> = Vec::new();
    let mut waiting = vec![&command];
    while let Some(command) = waiting.pop() {
        flags.extend(command.get_arguments().filter_map(|arg| arg.get_long().map(str::to_owned)));
        waiting.extend(command.get_subcommands());
    }
    flags.sort();
    flags.dedup();
    let near = crate::domain::name::near(wanted, flags.iter().map(|flag| (flag.as_str(), flag)));
    near.first().map(|flag| format!("--{flag}"))
}

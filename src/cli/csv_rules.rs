//! hledger's rules for a file: those that `--profile` names, or those that lie beside the file as hledger expects them.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use super::files;
use crate::domain::name::visible;
use crate::error::{OrUsage, Problem, Result};
use crate::import::formats::{Options, Rules};

/// How the name of such a file ends.
const ENDING: &str = ".rules";

/// The rules that are named, else, where nothing is, `FILE.rules` beside the file; with what they are called.
///
/// # Errors
/// A named file that is not there; one that cannot be read; all that is wrong in it.
pub fn find(profile: Option<&str>, file: &str) -> Result<Option<(String, Arc<Rules>)>> {
    let (name, is_named) = match profile {
        Some(name) if name.ends_with(ENDING) => (name.to_owned(), true),
        Some(_) => return Ok(None),
        None if file == "-" => return Ok(None),
        None => (format!("{file}{ENDING}"), false),
    };
    let path = Path::new(&name);
    let text = match std::fs::read_to_string(path) {
        Err(e) if e.kind() == ErrorKind::NotFound && !is_named => return Ok(None),
        text => text.map_err(|e| unreadable(&name, &files::reason(&e)))?,
    };
    let read = |path: &Path| std::fs::read_to_string(path).map_err(|e| files::reason(&e));
    let rules = Rules::parse(&text, path, &read).usage()?;
    let shown = path.file_name().map_or_else(|| name.clone(), |name| name.to_string_lossy().into_owned());
    Ok(Some((shown, Arc::new(rules))))
}

/// What is said of a file that rules are for: nothing of its columns.
///
/// # Errors
/// Flags that say what only the rules can.
pub fn with(said: Options, name: &str, rules: &Arc<Rules>) -> Result<Options> {
    let open = Options {
        currency: said.currency.clone(),
        delimiter: said.delimiter,
        date_order: said.date_order,
        date_format: said.date_format.clone(),
        decimal: said.decimal,
        encoding: said.encoding.clone(),
        ..Options::default()
    };
    if open != said {
        return Err(Problem::usage(format!("what the columns are is said by the rules in `{}`", visible(name)))
            .hint("with rules go `--currency`, `--delimiter`, `--date-order`, `--date-format`, `--decimal` and `--encoding`")
            .into());
    }
    Ok(Options { rules: Some(Arc::clone(rules)), ..open })
}

/// What of the rules changes nothing here, for people.
pub fn notes(rules: &Rules) -> Vec<String> {
    let ignored = rules.without_effect();
    if ignored.is_empty() {
        return Vec::new();
    }
    let names: Vec<_> = ignored.iter().map(|word| format!("`{word}`")).collect();
    vec![format!("{} in the rules changes nothing here", names.join(", "))]
}

fn unreadable(name: &str, reason: &str) -> Problem {
    Problem::usage(format!("cannot read `{}`: {reason}", visible(name)))
}

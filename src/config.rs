//! Settings: what they are, where each comes from, and the config file. Knows no environment: the faces hand
//! it in.
//!
//! Taste lives here (decimal mark, date order, default account, colours); what belongs to the money lives in
//! the book.

use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, Item};

use crate::domain::money::DecimalMark;
use crate::domain::name::{near, visible};
use crate::domain::when::DateOrder;
use crate::error::{OrUsage, Problem, Result};

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// An environment variable.
    Variable(&'static str),
    /// The config file.
    File,
    /// groat itself.
    Default,
    /// A flag or a variable that is no setting of its own, as people call it.
    Other(String),
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Origin::Variable(name) => write!(f, "{name}"),
            Origin::File => f.write_str("config file"),
            Origin::Default => f.write_str("default"),
            Origin::Other(name) => f.write_str(name),
        }
    }
}

/// A setting with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Its name; a point parts table and key.
    pub key: &'static str,
    /// What it does.
    pub about: &'static str,
    /// Its value; none when it has none.
    pub value: Option<String>,
    /// Where that comes from.
    pub origin: Origin,
}

/// What a setting takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Takes {
    Text,
    Flag,
    Number { least: u64, most: u64 },
    OneOf(&'static [&'static str]),
}

struct Known {
    key: &'static str,
    takes: Takes,
    variable: Option<&'static str>,
    default: Option<&'static str>,
    about: &'static str,
}

const fn known(
    key: &'static str,
    takes: Takes,
    variable: Option<&'static str>,
    default: Option<&'static str>,
    about: &'static str,
) -> Known {
    Known { key, takes, variable, default, about }
}

/// Every setting there is.
const KNOWN: [Known; 15] = [
    known("database", Takes::Text, None, None, "the book: a path or a PostgreSQL URL"),
    known("account", Takes::Text, None, None, "the account of new transactions"),
    known(
        "actor",
        Takes::Text,
        Some("GROAT_ACTOR"),
        None,
        "who the history says did it; else your login name",
    ),
    known("strict", Takes::Flag, None, Some("false"), "never create a category in passing"),
    known(
        "suggest",
        Takes::Flag,
        None,
        Some("true"),
        "suggest categories for imported rows, learned from the book",
    ),
    known("date_order", Takes::OneOf(&["ymd", "dmy", "mdy"]), None, None, "how 05/03 is read"),
    known(
        "decimal_mark",
        Takes::OneOf(&[".", ","]),
        None,
        None,
        "how 1,234 is read; else as your locale writes it",
    ),
    known("color", Takes::OneOf(&["auto", "always", "never"]), None, Some("auto"), "colour on terminals"),
    known("pager", Takes::Text, Some("GROAT_PAGER"), None, "shows long answers; else PAGER, else less -FRX"),
    known(
        "busy_timeout",
        Takes::Number { least: 0, most: 600 },
        None,
        Some("5"),
        "seconds to wait for a locked book",
    ),
    known(
        "slow_query_ms",
        Takes::Number { least: 0, most: 600_000 },
        None,
        Some("500"),
        "with -v, warn of statements this slow; 0 never",
    ),
    known("pool.size", Takes::Number { least: 1, most: 64 }, None, Some("2"), "connections to the database"),
    known(
        "pool.timeout",
        Takes::Number { least: 1, most: 600 },
        None,
        Some("5"),
        "seconds to wait for a connection",
    ),
    known(
        "pool.lifetime",
        Takes::Number { least: 1, most: 86_400 },
        None,
        Some("1800"),
        "seconds until a connection is renewed",
    ),
    known("pool.test", Takes::Flag, None, Some("false"), "probe pooled connections before use"),
];

/// The settings in force.
#[derive(Debug, Clone)]
pub struct Config {
    path: PathBuf,
    document: DocumentMut,
    settings: Vec<Setting>,
}

impl Config {
    /// The settings of a config file (its text, if it exists) and the environment.
    ///
    /// # Errors
    /// A file that is not TOML; a key that is unknown; a value that a setting does not take.
    pub fn new(path: &Path, text: Option<&str>, variable: impl Fn(&str) -> Option<String>) -> Result<Config> {
        let document: DocumentMut = text.unwrap_or("").parse().map_err(|e: toml_edit::TomlError| {
            Problem::usage(format!(
                "`{}` is not TOML: {}",
                path.display(),
                e.to_string().trim().replace('\n', " ")
            ))
            .hint("`groat config edit` opens it")
        })?;
        refuse_unknown(path, &document)?;
        let mut settings = Vec::with_capacity(KNOWN.len());
        for known in &KNOWN {
            let (value, origin) = match known.variable.and_then(|name| Some((variable(name)?, name))) {
                Some((value, name)) if !value.is_empty() => (Some(value), Origin::Variable(name)),
                _ => match find(&document, known.key) {
                    Some(item) => (Some(text_of(path, known, item)?), Origin::File),
                    None => (known.default.map(str::to_owned), Origin::Default),
                },
            };
            if let Some(value) = &value {
                check(known, value).map_err(|e| placed(e, &origin, path))?;
            }
            settings.push(Setting { key: known.key, about: known.about, value, origin });
        }
        Ok(Config { path: path.to_owned(), document, settings })
    }

    /// Every setting.
    pub fn settings(&self) -> &[Setting] {
        &self.settings
    }

    /// The config file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The value of a setting.
    ///
    /// # Errors
    /// An unknown one.
    pub fn setting(&self, key: &str) -> Result<&Setting> {
        self.settings.iter().find(|setting| setting.key == key).ok_or_else(|| unknown(key).into())
    }

    /// The value of a setting that groat itself asks for.
    pub fn get(&self, key: &'static str) -> Option<&str> {
        debug_assert!(KNOWN.iter().any(|known| known.key == key));
        self.settings.iter().find(|setting| setting.key == key)?.value.as_deref()
    }

    /// Whether a flag is set.
    pub fn is_set(&self, key: &'static str) -> bool {
        self.get(key) == Some("true")
    }

    /// A number; every number has a default, and values are checked when they are read.
    pub fn number(&self, key: &'static str) -> u64 {
        self.get(key).and_then(|value| value.parse().ok()).unwrap_or(0)
    }

    /// How `05/03` is read.
    ///
    /// # Errors
    /// None: the value was checked when it was read.
    pub fn date_order(&self) -> Result<Option<DateOrder>> {
        self.get("date_order").map(|word| DateOrder::parse(word).usage()).transpose()
    }

    /// How `1,234` is read, when it is configured.
    pub fn decimal_mark(&self) -> Option<DecimalMark> {
        self.get("decimal_mark").map(|mark| if mark == "," { DecimalMark::Comma } else { DecimalMark::Point })
    }

    /// The text of the config file with a setting changed.
    ///
    /// # Errors
    /// An unknown setting; a value that it does not take.
    pub fn with(&self, key: &str, value: &str) -> Result<String> {
        let known = KNOWN.iter().find(|known| known.key == key).ok_or_else(|| unknown(key))?;
        check(known, value)?;
        let item = match known.takes {
            Takes::Flag => toml_edit::value(value == "true"),
            Takes::Number { .. } => toml_edit::value(value.parse::<i64>()?),
            _ => toml_edit::value(value),
        };
        let mut document = self.document.clone();
        match key.split_once('.') {
            Some((table, key)) => {
                let table = document.entry(table).or_insert_with(toml_edit::table);
                table[key] = item;
            }
            None => document[key] = item,
        }
        Ok(document.to_string())
    }

    /// The text of the config file without a setting.
    ///
    /// # Errors
    /// An unknown setting; one that the file does not have.
    pub fn without(&self, key: &str) -> Result<String> {
        self.setting(key)?;
        let mut document = self.document.clone();
        let removed = match key.split_once('.') {
            Some((table, key)) => {
                document.get_mut(table).and_then(Item::as_table_like_mut).and_then(|t| t.remove(key))
            }
            None => document.remove(key),
        };
        match removed {
            Some(_) => Ok(document.to_string()),
            None => Err(Problem::not_found(format!("`{key}` is not set in `{}`", self.path.display()))
                .hint("`groat config list --origin` shows where each value comes from")
                .into()),
        }
    }
}

/// Says where a value stands that a setting does not take.
fn placed(error: anyhow::Error, origin: &Origin, path: &Path) -> anyhow::Error {
    match (error.downcast::<Problem>(), origin) {
        (Ok(problem), Origin::File) => {
            Problem { message: format!("{} (in `{}`)", problem.message, path.display()), ..problem }.into()
        }
        (Ok(problem), origin) => {
            Problem { message: format!("{} (in {origin})", problem.message), ..problem }.into()
        }
        (Err(other), _) => other,
    }
}

fn find<'a>(document: &'a DocumentMut, key: &str) -> Option<&'a Item> {
    match key.split_once('.') {
        Some((table, key)) => document.get(table)?.as_table_like()?.get(key),
        None => document.get(key),
    }
}

fn text_of(path: &Path, known: &Known, item: &Item) -> Result<String> {
    let text = match item {
        Item::Value(toml_edit::Value::String(text)) => Some(text.value().clone()),
        Item::Value(toml_edit::Value::Integer(number)) => Some(number.value().to_string()),
        Item::Value(toml_edit::Value::Boolean(flag)) => Some(flag.value().to_string()),
        _ => None,
    };
    text.ok_or_else(|| {
        Problem::usage(format!("`{}` in `{}` is not a plain value", known.key, path.display()))
            .hint(format!("it takes {}", takes(known.takes)))
            .into()
    })
}

fn refuse_unknown(path: &Path, document: &DocumentMut) -> Result<()> {
    for (key, item) in document.iter() {
        let keys: Vec<String> = match item.as_table_like() {
            Some(table) => table.iter().map(|(inner, _)| format!("{key}.{inner}")).collect(),
            None => vec![key.to_owned()],
        };
        if let Some(stranger) = keys.iter().find(|key| !KNOWN.iter().any(|known| known.key == key.as_str())) {
            let problem = unknown(stranger);
            return Err(Problem {
                message: format!("{} (in `{}`)", problem.message, path.display()),
                ..problem
            }
            .into());
        }
    }
    Ok(())
}

fn unknown(key: &str) -> Problem {
    let problem = Problem::usage(format!("no setting is called `{}`", visible(key)));
    match near(key, KNOWN.iter().map(|known| (known.key, known.key))).first() {
        Some(first) => problem.hint(format!("did you mean `{first}`?")),
        None => problem.hint("`groat config list` shows them"),
    }
}

fn takes(takes: Takes) -> String {
    match takes {
        Takes::Text => "a text".to_owned(),
        Takes::Flag => "true or false".to_owned(),
        Takes::Number { least, most } => format!("a number from {least} to {most}"),
        Takes::OneOf(words) => words.join(", "),
    }
}

fn check(known: &Known, value: &str) -> Result<()> {
    let fits = match known.takes {
        Takes::Text => !value.trim().is_empty() && !value.chars().any(char::is_control),
        Takes::Flag => matches!(value, "true" | "false"),
        Takes::Number { least, most } => {
            value.parse::<u64>().is_ok_and(|number| (least..=most).contains(&number))
        }
        Takes::OneOf(words) => words.contains(&value),
    };
    if fits {
        return Ok(());
    }
    Err(Problem::usage(format!("`{}` is no value for `{}`", visible(value), known.key))
        .hint(format!("it takes {}", takes(known.takes)))
        .into())
}

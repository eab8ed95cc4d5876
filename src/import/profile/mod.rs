//! Profiles: how a bank's files are read, as a small TOML file that people edit.
//!
//! Text in, options out, and back; where the files lie is `cli`'s matter. A profile says how to read a file
//! and not which file it is: the *source* of its rows goes by the headings, so that rows imported before a
//! profile was saved, renamed or deleted are found again.

#[cfg(test)]
#[path = "tests/dialects.rs"]
mod dialects;
mod keys;
mod value;
mod write;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub use keys::KEYS;

use super::formats::Options;
use crate::domain::invalid::Invalid;
use crate::domain::name::{near, visible};
use crate::error::Problem;

/// How the files of one bank are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    /// The mark of the headings by which it is known; without one it has to be named.
    pub fingerprint: Option<String>,
    /// What it says.
    pub options: Options,
}

/// Checks that a profile may be called so: it is the name of a file.
///
/// # Errors
/// For a name with anything but letters, digits, `-`, `_` and dots within.
pub fn check_name(name: &str) -> Result<(), Problem> {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let is_name = name.chars().all(is_plain) && name.starts_with(char::is_alphanumeric) && name.len() <= 64;
    if is_name {
        return Ok(());
    }
    Err(Problem::usage(format!("`{}` cannot be the name of a profile", visible(name)))
        .hint("use letters, digits, `-` and `_`, such as `sparkasse` or `visa-card`"))
}

/// What is wrong at one place of a profile.
struct Flaw {
    line: usize,
    message: String,
    hint: Option<String>,
}

impl Profile {
    /// Reads the text of a profile; `path` is where it stands, for messages.
    ///
    /// # Errors
    /// All that is wrong with it, each with its line: text that is no TOML, unknown keys, values of the wrong
    /// kind, two that exclude each other.
    pub fn parse(text: &str, path: &str) -> Result<Profile, Problem> {
        let line_of = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
        let table = DeTable::parse(text).map_err(|error| {
            let line = error.span().map_or(1, |span| line_of(span.start));
            problem(path, &[Flaw { line, message: format!("not TOML: {}", error.message()), hint: None }])
        })?;
        let mut profile = Profile::default();
        let mut flaws = Vec::new();
        let mut places = Vec::new();
        for (key, value) in table.get_ref() {
            places.push((key.get_ref().to_string(), line_of(key.span().start)));
            if let Err(invalid) = profile.take(key.get_ref(), value) {
                let line = line_of(key.span().start);
                flaws.push(Flaw { line, message: invalid.message, hint: invalid.hint });
            }
        }
        if let Some((one, other)) = profile.options.contradiction() {
            let line = places.iter().filter(|(key, _)| key == one || key == other).map(|(_, line)| *line);
            let line = line.max().unwrap_or(1);
            flaws.push(Flaw {
                line,
                message: format!("`{one}` and `{other}` exclude each other"),
                hint: None,
            });
        }
        flaws.sort_by_key(|flaw| flaw.line);
        if flaws.is_empty() { Ok(profile) } else { Err(problem(path, &flaws)) }
    }

    fn take(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Result<(), Invalid> {
        if key == "fingerprint" {
            self.fingerprint = Some(value::text(key, value.get_ref())?);
            return Ok(());
        }
        let known = KEYS.iter().find(|known| known.name == key).ok_or_else(|| unknown(key))?;
        (known.set)(&mut self.options, key, value.get_ref())
    }
}

fn unknown(key: &str) -> Invalid {
    let invalid = Invalid::new(format!("no key of a profile is called `{}`", visible(key)));
    let names: Vec<&str> = KEYS.iter().map(|known| known.name).collect();
    match near(key, names.iter().map(|name| (*name, *name))).first() {
        Some(first) => invalid.hint(format!("did you mean `{first}`? Known are {}", names.join(", "))),
        None => invalid.hint(format!("known are {}", names.join(", "))),
    }
}

/// One error for all flaws: the first hint of each kind is enough.
fn problem(path: &str, flaws: &[Flaw]) -> Problem {
    let told = flaws.iter().map(|flaw| format!("{path}:{}: {}", flaw.line, flaw.message));
    let mut problem = Problem::usage(told.collect::<Vec<_>>().join("; "));
    let mut hints: Vec<_> = flaws.iter().filter_map(|flaw| flaw.hint.clone()).collect();
    hints.dedup();
    problem.hints = hints;
    problem
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::formats::DateOrder;

    fn flawed(text: &str) -> Problem {
        Profile::parse(text, "bank.toml").unwrap_err()
    }

    #[test]
    fn what_is_written_is_read_back() {
        let some = |text: &str| Some(text.to_owned());
        let options = Options {
            date_column: some("Buchungs\"tag"),
            amount_column: some("3"),
            flag_column: some("S/H"),
            debit_words: vec!["S".into(), String::new()],
            payee_columns: Some(vec!["Name".into(), "Text".into()]),
            memo_columns: Some(Vec::new()),
            delimiter: Some('\t'),
            date_order: Some(DateOrder::Dmy),
            decimal: Some(','),
            in_cents: Some(true),
            is_inverted: Some(false),
            unmarked_is_debit: Some(true),
            footer: Some(2),
            has_header: Some(false),
            currency: some("EUR"),
            ..Options::default()
        };
        let profile = Profile { fingerprint: some("91c3d2a07be5f614"), options };
        let text = profile.render("my statement\n.csv");
        assert_eq!(Profile::parse(&text, "x").unwrap(), profile, "{text}");
        let empty = Profile::default();
        assert_eq!(Profile::parse(&empty.render("x"), "x").unwrap(), empty);
        // What is not set stands there as a comment, ready to be used.
        assert!(KEYS.iter().all(|key| text.contains(&format!("{} = ", key.name))), "{text}");
    }

    #[test]
    fn a_column_may_be_a_number_and_several_may_be_one() {
        let profile =
            Profile::parse("date_column = 2\npayee_column = \"Name\"\nmemo_column = [4, \"x\"]", "x");
        let options = profile.unwrap().options;
        assert_eq!(options.date_column.as_deref(), Some("2"));
        assert_eq!(options.payee_columns, Some(vec!["Name".to_owned()]));
        assert_eq!(options.memo_columns, Some(vec!["4".to_owned(), "x".to_owned()]));
    }

    #[test]
    fn everything_that_is_wrong_is_told_with_its_line() {
        let unknown = flawed("date_column = 1\n\namout_column = 2\n");
        assert_eq!(unknown.message, "bank.toml:3: no key of a profile is called `amout_column`");
        assert!(unknown.hints[0].starts_with("did you mean `amount_column`? Known are date_column, "));
        let cases = [
            ("date_column = 1\nfooter = \"two\"", "bank.toml:2: `footer` is a whole number, not a string"),
            ("invert = 1", "bank.toml:1: `invert` is true or false, not an integer"),
            ("date_column = 0", "bank.toml:1: `date_column` is the text of a heading, or a number from 1 on"),
            (
                "date_column = []",
                "bank.toml:1: `date_column` is the text of a heading, or a number from 1 on",
            ),
            ("unit = \"pounds\"", "bank.toml:1: `unit` is `cents` or `units`, not `pounds`"),
            ("delimiter = \"ab\"", "bank.toml:1: `ab` cannot part columns"),
            ("date_format = \"%d.%m\"", "bank.toml:1: `%d.%m` does not say where day, month and year stand"),
            ("[columns]\ndate = 1", "bank.toml:1: no key of a profile is called `columns`"),
            (
                "amount_column = 1\ncredit_column = 2",
                "bank.toml:2: `amount_column` and `credit_column` exclude each other",
            ),
            (
                "footer = 1\nfooters = 2\nskip = -1",
                "bank.toml:2: no key of a profile is called `footers`; bank.toml:3: `skip` is a whole number from 0 on",
            ),
        ];
        for (text, message) in cases {
            assert_eq!(flawed(text).message, message, "{text}");
        }
        assert!(flawed("a = 1\nb = = 2").message.starts_with("bank.toml:2: not TOML: "));
    }

    #[test]
    fn names_are_names_of_files() {
        for name in ["sparkasse", "visa-2", "Öst_1", "a.b"] {
            assert_eq!(check_name(name), Ok(()), "{name}");
        }
        for name in ["", "..", ".x", "a/b", "a b", "-x", "a\u{202e}b", &"x".repeat(65)] {
            assert!(check_name(name).is_err(), "{name}");
        }
    }
}

//! Looking candidates up: in lists of words, in the settings, and in the book that the command line names. The book is
//! only read: it is neither made nor brought up to date, and whoever waits for a TAB does not wait for a lock or a
//! sleeping server.

use std::ffi::{OsStr, OsString};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use clap_complete::engine::{CompletionCandidate, ValueCompleter};

use super::sources::Source;
use crate::book::Book;
use crate::cli::args::GlobalArgs;
use crate::cli::context::Context;
use crate::cli::environment::Environment;
use crate::cli::profiles::Shelf;
use crate::cli::values::export_formats;
use crate::db::connection::DbConn;
use crate::db::{batches, groups, names, payees, rules, tags};
use crate::domain::category::Category;
use crate::domain::name::{fold, visible};
use crate::error::Result;
use crate::output::Format;

/// How long a locked file is waited for.
const LOCK: Duration = Duration::from_millis(50);
/// How long the book is waited for: a server may be far away, asleep or gone.
const PATIENCE: Duration = Duration::from_millis(1_500);
/// How many of what a book may have thousands of.
const MOST: usize = 100;

/// Where to look: what the command line being typed says of it.
pub struct Asker {
    global: GlobalArgs,
    /// Whether the word before the cursor is a number.
    follows_number: bool,
    /// Whether `export` is said: it has formats of its own.
    is_export: bool,
}

impl Asker {
    /// `--db`, `--book` and `--config`, as far as they are typed.
    pub fn new(words: &[OsString]) -> Asker {
        let words: Vec<&str> = words.iter().filter_map(|word| word.to_str()).collect();
        let value = |flag: &str| {
            words.iter().enumerate().find_map(|(at, word)| match word.strip_prefix(flag)? {
                "" => words.get(at + 1).copied(),
                rest => rest.strip_prefix('='),
            })
        };
        let before = words.len().checked_sub(2).and_then(|at| words.get(at));
        let owned = |flag| value(flag).map(str::to_owned);
        Asker {
            is_export: words.contains(&"export"),
            follows_number: before.is_some_and(|word| word.parse::<i64>().is_ok()),
            global: GlobalArgs {
                db: owned("--db"),
                book: owned("--book"),
                config: owned("--config").map(Into::into),
                ..GlobalArgs::default()
            },
        }
    }

    fn context(&self) -> Result<Context> {
        let mut environment = Environment::read();
        environment.dotenv_trouble = None;
        Context::new(&self.global, environment, &[], true)
    }

    /// What `work` finds in the book; nothing if there is none, or none that answers in time.
    fn look(&self, work: impl FnOnce(&mut DbConn) -> Result<Found> + Send + 'static) -> Found {
        let look = |cx: Context| -> Result<_> {
            let mut opening = cx.opening(false)?;
            opening.settings.busy_timeout = LOCK;
            Ok(opening)
        };
        let Ok(opening) = self.context().and_then(look) else { return Found::new() };
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            let found = Book::connect_as_is(&opening).and_then(|(mut conn, _)| work(&mut conn));
            // Nobody listens any more when it took too long.
            drop(sender.send(found));
        });
        // At a TAB there is nobody to tell what went wrong: the next command says it.
        receiver.recv_timeout(PATIENCE).ok().and_then(Result::ok).unwrap_or_default()
    }
}

/// Candidates with what they are.
type Found = Vec<CompletionCandidate>;

/// Looks up what may stand for one argument.
pub struct Lookup {
    /// What that is.
    pub source: Source,
    /// Where it is looked for.
    pub asker: Arc<Asker>,
}

impl ValueCompleter for Lookup {
    fn complete(&self, current: &OsStr) -> Found {
        let Some(typed) = current.to_str() else { return Found::new() };
        let key = key_of(typed);
        match &self.source {
            Source::Words(words) => begin_so(words.iter().map(String::as_str), typed),
            Source::Pair(words) => pair(words, typed),
            Source::Setting => self.settings(typed),
            Source::Profile => self.profiles(typed),
            Source::Format if self.asker.is_export => begin_so(export_formats(), typed),
            Source::Format => begin_so(Format::ALL.iter().map(|(name, _)| *name), typed),
            Source::Query => self.query(typed),
            Source::Book => self.books(typed),
            Source::Move if !self.asker.follows_number => Found::new(),
            Source::Account => self.asker.look(move |conn| accounts(conn, &key)),
            Source::Move => self.asker.look(move |conn| categories(conn, &key, true)),
            Source::Category { or_none } => {
                let or_none = *or_none;
                self.asker.look(move |conn| categories(conn, &key, or_none))
            }
            Source::Part if typed.contains('=') => Found::new(),
            Source::Part => {
                let found = self.asker.look(move |conn| categories(conn, &key, false));
                found.into_iter().map(with_equals_sign).collect()
            }
            Source::Group => self.asker.look(move |conn| {
                let all = groups::list(conn)?.into_iter();
                Ok(all.filter(|g| g.key.starts_with(&key)).map(|g| named(&g.key, &g.name)).collect())
            }),
            Source::Payee => self.asker.look(move |conn| {
                let all = payees::beginning(conn, &key, MOST)?.into_iter();
                Ok(all.map(|(name, key)| named(&key, &name)).collect())
            }),
            Source::Tag => self.asker.look(move |conn| {
                let all = tags::list(conn)?.into_iter();
                Ok(all.filter(|t| t.key.starts_with(&key)).map(|t| named(&t.key, &t.name)).collect())
            }),
            Source::Batch => self.asker.look(|conn| {
                let all = batches::list(conn)?.into_iter().take(MOST);
                Ok(all
                    .map(|b| named(&b.id.to_string(), &format!("{} into {}", b.file_name, b.account)))
                    .collect())
            }),
            Source::Rule => self.asker.look(|conn| {
                let all = rules::list(conn)?.into_iter().take(MOST);
                Ok(all.map(|rule| named(&rule.id.to_string(), &rule.query)).collect())
            }),
            Source::Operation => self.asker.look(|conn| {
                let all = crate::history::log(conn, Some(20))?.into_iter();
                Ok(all.map(|o| named(&o.id.to_string(), &o.summary)).collect())
            }),
        }
    }
}

impl Lookup {
    fn settings(&self, typed: &str) -> Found {
        let Ok(cx) = self.asker.context() else { return Found::new() };
        let all = cx.config.settings().iter().filter(|setting| setting.key.starts_with(typed));
        all.map(|setting| named(setting.key, setting.about)).collect()
    }

    fn profiles(&self, typed: &str) -> Found {
        let names = self.asker.context().and_then(|cx| Shelf::of(&cx)?.names()).unwrap_or_default();
        begin_so(names.iter().map(String::as_str), typed)
    }

    /// A payee; behind `cat:`, `acct:`, `payee:` and `tag:` what is asked for there.
    fn query(&self, typed: &str) -> Found {
        let part = |source: Source| Lookup { source, asker: Arc::clone(&self.asker) };
        let (source, rest) = match typed.split_once(':') {
            Some(("cat", rest)) => (Source::Category { or_none: true }, rest),
            Some(("acct", rest)) => (Source::Account, rest),
            Some(("payee", rest)) => (Source::Payee, rest),
            Some(("tag", rest)) => (Source::Tag, rest),
            _ => return part(Source::Payee).complete(OsStr::new(typed)),
        };
        let before = &typed[..typed.len() - rest.len()];
        let found = part(source).complete(OsStr::new(rest)).into_iter();
        found.map(|one| one.add_prefix(before)).collect()
    }

    fn books(&self, typed: &str) -> Found {
        let Ok(folder) = self.asker.context().and_then(|cx| cx.environment.data_folder()) else {
            return Found::new();
        };
        let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let names = files.filter_map(|file| Some(file.file_name().to_str()?.strip_suffix(".db")?.to_owned()));
        let mut names: Vec<String> = names.filter(|name| name != "groat").collect();
        names.sort();
        begin_so(names.iter().map(String::as_str), typed)
    }
}

/// What is typed as it stands in slugs: groups and categories may be parted by `:`.
fn key_of(typed: &str) -> String {
    fold(&typed.replacen(':', "/", 1))
}

fn named(value: &str, name: &str) -> CompletionCandidate {
    CompletionCandidate::new(value).help(Some(visible(name).into_owned().into()))
}

fn begin_so<'a>(words: impl Iterator<Item = &'a str>, typed: &str) -> Found {
    words.filter(|word| word.starts_with(typed)).map(CompletionCandidate::new).collect()
}

fn pair(words: &[String], typed: &str) -> Found {
    let (first, rest) = match typed.split_once(',') {
        Some((first, rest)) => (format!("{first},"), rest),
        None => (String::new(), typed),
    };
    let fitting = words.iter().filter(|word| word.starts_with(rest) && !first.starts_with(*word));
    fitting.map(|word| CompletionCandidate::new(format!("{first}{word}"))).collect()
}

fn with_equals_sign(one: CompletionCandidate) -> CompletionCandidate {
    let mut value = one.get_value().to_owned();
    value.push("=");
    CompletionCandidate::new(value).help(one.get_help().cloned())
}

/// Closed accounts come only where no open one fits.
fn accounts(conn: &mut DbConn, key: &str) -> Result<Found> {
    let all = names::load(conn, None)?.accounts.into_iter();
    let fitting = all.filter(|account| account.key.starts_with(key));
    Ok(fitting.map(|account| named(&account.key, &account.name).hide(account.is_closed)).collect())
}

/// Slugs that begin so; a category whose slug does not, but whose own name does, by that name if no other has it.
fn categories(conn: &mut DbConn, key: &str, or_none: bool) -> Result<Found> {
    let all = names::load(conn, None)?.categories;
    let is_alone = |key: &str| all.iter().filter(|other| other.key == key).count() == 1;
    let value = |category: &Category| {
        if category.slug.starts_with(key) {
            return Some(category.slug.clone());
        }
        (category.key.starts_with(key) && is_alone(&category.key)).then(|| category.key.clone())
    };
    let found = all.iter().filter_map(|category| {
        let shown = format!("{}: {}", category.group_name, category.name);
        Some(named(&value(category)?, &shown).hide(category.is_hidden))
    });
    let none = (or_none && "none".starts_with(key)).then(|| named("none", "no category"));
    Ok(found.chain(none).collect())
}

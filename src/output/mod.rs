//! The only place that prints. A value comes in; a table, JSON, CSV or one line goes out to stdout, and
//! everything else (notes, warnings, errors) to stderr.
//!
//! Each kind of value has its file here, which says what it looks like (`Answer`); what it *is* was settled
//! below. A closed pipe is no error: writing just stops.

mod accounts;
mod batches;

mod book;
mod budget;
mod budget_report;
mod categories;
mod config;
mod delimited;
mod demo;
pub mod document;
mod explain;
mod history;
mod import_undone;
mod imported;
mod in_full;
mod income;
mod json;
mod markdown;
mod networth;
mod pager;
mod payees;
mod profiles;
mod reconcile;
mod register;
mod reports;
mod rules;
mod rules_asked;
mod spending;
mod streamed;
pub mod style;
mod summary;
mod table;
mod targets;
pub mod text;
mod transactions;

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
use std::os::fd::AsFd;
use std::path::Path;

use serde_json::Value;

pub use accounts::{AccountList, AccountObject};
pub use batches::{BatchList, BatchShow};

pub use book::{Applied, BookInfo, Migrations, QueryAnswer, Verified};
pub use categories::{CategoryList, CategoryObject, GroupList, GroupObject, PayeeList, TagList};
pub use config::{ConfigList, Plain};
pub use delimited::Sheet;
pub use demo::DemoMade;
pub use document::Document;
pub use explain::Explanation;
pub use history::{Log, UndoAnswer};
pub use import_undone::ImportUndone;
pub use imported::{ImportAnswer, ImportAnswers, rejected_lines};
pub use in_full::InFull;
pub use profiles::{ListedProfile, ProfileList, ProfileShow};
pub use reports::CheckAnswer;
pub use rules::{RuleList, RuleObject};
pub use rules_asked::RulesApplied;
pub use streamed::{STREAMED, Streamed};
pub use style::Style;
pub use transactions::{Many, Shown};

use crate::db::connection::io_reason;
use crate::error::{Problem, Result};

/// In which form answers are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people; may change at any time.
    Table,
    /// One object.
    Json,
    /// One object a line.
    Jsonl,
    /// RFC 4180 with a header.
    Csv,
    /// Tab-separated with a header.
    Tsv,
    /// Tables for mails and notes: what people see, as Markdown.
    Markdown,
}

impl Format {
    /// All of them by their names.
    pub const ALL: [(&'static str, Format); 6] = [
        ("table", Format::Table),
        ("json", Format::Json),
        ("jsonl", Format::Jsonl),
        ("csv", Format::Csv),
        ("tsv", Format::Tsv),
        ("markdown", Format::Markdown),
    ];

    /// The format of that name.
    ///
    /// # Errors
    /// An unknown name, listing the known ones.
    pub fn parse(word: &str) -> Result<Format, String> {
        let found = Format::ALL.iter().find(|(name, _)| *name == word).map(|(_, format)| *format);
        found.ok_or_else(|| format!("formats are {}", Format::ALL.map(|(name, _)| name).join(", ")))
    }
}

/// A value that a command answers.
pub trait Answer {
    /// The object of `--json`.
    ///
    /// # Errors
    /// A value that JSON cannot hold: a bug.
    fn json(&self) -> Result<Value>;

    /// The objects of `jsonl`; one, unless the answer is a list.
    ///
    /// # Errors
    /// A value that JSON cannot hold: a bug.
    fn items(&self) -> Result<Vec<Value>> {
        Ok(vec![self.json()?])
    }

    /// The rows of `csv` and `tsv`.
    ///
    /// # Errors
    /// A value that cannot be laid out in rows: a bug.
    fn sheet(&self) -> Result<Sheet>;

    /// What people see, with its titles and tables. An answer gives this, or `text` when it is lines alone.
    fn document(&self, style: &Style) -> Document {
        self.text(style).into()
    }

    /// What people see on a terminal.
    fn text(&self, style: &Style) -> String {
        self.document(style).render(style)
    }

    /// Whether it confirms a change, so that `-q` leaves it out.
    fn is_confirmation(&self) -> bool {
        false
    }
}

/// Where and how answers are given.
#[derive(Debug, Clone)]
pub struct Output {
    /// In which form.
    pub format: Format,
    /// How wide, and whether in colour.
    pub style: Style,
    /// Whether confirmations and notes are left out.
    pub is_quiet: bool,
    /// Whether nothing was changed, so that confirmations say what would have been.
    pub is_dry_run: bool,
    /// The program that long answers are shown in, on a terminal.
    pub pager: Option<String>,
}

impl Output {
    /// Gives an answer on stdout.
    ///
    /// # Errors
    /// A stdout that cannot be written, but for a closed pipe.
    pub fn answer(&self, answer: &dyn Answer) -> Result<()> {
        match self.format {
            Format::Table if answer.is_confirmation() && self.is_dry_run => {
                self.show(&would(&answer.text(&self.style)))
            }
            Format::Table if self.is_quiet && answer.is_confirmation() => Ok(()),
            Format::Table => self.show(&answer.text(&self.style)),
            Format::Markdown if answer.is_confirmation() && self.is_dry_run => {
                raw(&Document::from(would(&answer.text(&self.style))).markdown())
            }
            Format::Markdown if self.is_quiet && answer.is_confirmation() => Ok(()),
            Format::Markdown => {
                let plain = Style { is_coloured: false, ..self.style.clone() };
                raw(&answer.document(&plain).markdown())
            }
            Format::Json => json::one(&answer.json()?),
            Format::Jsonl => json::lines(&answer.items()?),
            Format::Csv => delimited::write(&answer.sheet()?, b','),
            Format::Tsv => delimited::write(&answer.sheet()?, b'\t'),
        }
    }

    /// Prints text for people on stdout, through the pager when it is longer than the terminal.
    ///
    /// # Errors
    /// A stdout that cannot be written, but for a closed pipe.
    pub fn show(&self, text: &str) -> Result<()> {
        if let Some(pager) = self.pager.as_deref().filter(|_| io::stdout().is_terminal())
            && text.lines().count() >= self.style.height
        {
            return pager::show(pager, text);
        }
        raw(text)
    }

    /// Text whose lines are folded at blanks where people read it.
    pub fn folded<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.style.width.map_or(Cow::Borrowed(text), |width| text::folded(text, width.into()).into())
    }

    /// Says something beside the answer, on stderr.
    pub fn note(&self, text: &str) {
        if !self.is_quiet {
            say("", text);
        }
    }

    /// Warns, on stderr; `-q` does not silence it.
    pub fn warn(&self, text: &str) {
        say("warning: ", text);
    }

    /// Whether answers are for programs.
    pub fn is_machine(&self) -> bool {
        !matches!(self.format, Format::Table | Format::Markdown)
    }
}

/// A confirmation of what a dry run did not do: `deleted transaction 2` becomes `would have deleted transaction 2`.
fn would(text: &str) -> String {
    if text.starts_with("would ") {
        return text.to_owned();
    }
    match text.split_once(' ') {
        Some(("undid", rest)) => format!("would have undone {rest}"),
        Some(("took", rest)) => format!("would have taken {rest}"),
        Some(("did", rest)) => format!("would have done {rest}"),
        _ => format!("would have {text}"),
    }
}

/// Text on stdout as it is.
///
/// # Errors
/// A stdout that cannot be written, but for a closed pipe.
pub fn raw(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    forgive_closed_pipe(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// Help on stdout: on a terminal, its lines are folded at blanks.
///
/// # Errors
/// A stdout that cannot be written, but for a closed pipe.
pub fn help(help: &str) -> Result<()> {
    match terminal_width(io::stdout()) {
        Some(width) => raw(&text::folded(help, width)),
        None => raw(help),
    }
}

/// The columns of a stream that is a terminal.
fn terminal_width(stream: impl IsTerminal + AsFd) -> Option<usize> {
    let size = stream.is_terminal().then(|| terminal_size::terminal_size_of(stream)).flatten();
    size.map(|(width, _)| usize::from(width.0)).filter(|width| *width > 0)
}

/// Lets `write` write to stdout as it goes.
///
/// # Errors
/// Those of `write`; a stdout that cannot be written, but for a closed pipe.
pub fn stream(write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    match write(&mut io::stdout().lock()) {
        Err(error) => match error.downcast::<io::Error>() {
            Ok(error) => forgive_closed_pipe(Err(error)),
            Err(error) => Err(error),
        },
        Ok(()) => Ok(()),
    }
}

/// Lets `write` write a file, which takes its name when it is whole: until then an older one stays as it is. What is
/// no plain file (a pipe, a device) is written as it goes.
///
/// # Errors
/// Those of `write`; a file that cannot be written.
pub fn whole_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let problem = |error: &io::Error| {
        Problem::conflict(format!("cannot write `{}`: {}", path.display(), io_reason(error)))
    };
    let told = |error: anyhow::Error| match error.downcast_ref() {
        Some(error) => problem(error).into(),
        None => error,
    };
    // Where it is a link, what it leads to is replaced.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if target.metadata().is_ok_and(|file| !file.is_file()) {
        let mut file = std::fs::OpenOptions::new().write(true).open(&target).map_err(|e| problem(&e))?;
        return write(&mut file).map_err(told);
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut part =
        tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).map_err(|e| problem(&e))?;
    write(&mut part).map_err(told)?;
    part.persist(&target).map_err(|e| problem(&e.error))?;
    Ok(())
}

/// A reader that has seen enough is no error.
///
/// # Errors
/// Anything but a closed pipe.
fn forgive_closed_pipe(written: io::Result<()>) -> Result<()> {
    match written {
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(e) => Err(Problem::conflict(format!("cannot write to stdout: {}", io_reason(&e))).into()),
        Ok(()) => Ok(()),
    }
}

fn say(label: &str, text: &str) {
    let mut err = io::stderr().lock();
    for line in text.lines() {
        // Where stderr cannot be written there is nobody left to tell.
        drop(writeln!(err, "{label}{}", text::visible(line)));
    }
}

/// Prints a problem on stderr: as two kinds of lines for people, as one JSON object for programs.
pub fn problem(problem: &Problem, as_json: bool) {
    let mut err = io::stderr().lock();
    let text = if as_json {
        let hint = problem.place.iter().chain(&problem.hints).map(String::as_str).collect::<Vec<_>>();
        let error = serde_json::json!({"error": {
            "code": problem.kind.code(),
            "message": problem.message,
            "hint": (!hint.is_empty()).then(|| hint.join("\n")),
        }});
        format!("{error}\n")
    } else {
        let mut text = format!("error: {}\n", text::visible(&problem.message.replace('\n', " ")));
        problem.place.iter().for_each(|line| text.push_str(&format!("  {line}\n")));
        for line in problem.hints.iter().flat_map(|hint| hint.lines()) {
            text.push_str(&format!("hint: {}\n", text::visible(line)));
        }
        match terminal_width(io::stderr()) {
            // What points at a place stands below it, and is not folded.
            Some(width) if problem.place.is_empty() => text::folded(&text, width),
            _ => text,
        }
    };
    // Where stderr cannot be written there is nobody left to tell.
    drop(err.write_all(text.as_bytes()));
}

//! The one error that people see: a kind (which decides the exit code), what failed, and what to do now.
//!
//! Areas and the store return `anyhow::Result`; a `Problem` travels inside it. `output/` prints it, `main`
//! turns its kind into the exit code. An `anyhow::Error` without a `Problem` is a bug or an I/O error.

use crate::domain::invalid::Invalid;
use crate::domain::query::Misread;

/// The result of everything above the domain.
pub type Result<T, E = anyhow::Error> = std::result::Result<T, E>;

/// What sort of failure it is; each has its exit code and its word in `--json` errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Refused because of what is there.
    Conflict,
    /// A value that does not parse or cannot be.
    Usage,
    /// A name or id that nothing bears.
    NotFound,
    /// A name that fits several things.
    Ambiguous,
    /// A question would have to be asked and nobody is there to answer.
    WouldAsk,
    /// The database cannot be reached, read or written.
    Database,
    /// The user stopped it.
    Interrupted,
    /// An invariant of groat broke.
    Internal,
}

impl Kind {
    /// The process's exit code.
    pub fn exit_code(self) -> u8 {
        match self {
            Kind::Conflict | Kind::Internal => 1,
            Kind::Usage => 2,
            Kind::NotFound | Kind::Ambiguous => 3,
            Kind::WouldAsk => 4,
            Kind::Database => 5,
            Kind::Interrupted => 130,
        }
    }

    /// The word in `{"error":{"code":...}}`.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Conflict => "conflict",
            Kind::Usage => "usage",
            Kind::NotFound => "not-found",
            Kind::Ambiguous => "ambiguous",
            Kind::WouldAsk => "would-ask",
            Kind::Database => "database",
            Kind::Interrupted => "would-ask",
            Kind::Internal => "internal",
        }
    }
}

/// What failed, in one sentence, and what to do now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Problem {
    /// Decides the exit code.
    pub kind: Kind,
    /// Lower case, without a full stop, the value in backticks.
    pub message: String,
    /// Where in what was typed: the text, and carets below the place; nothing where the message says it all.
    pub place: Vec<String>,
    /// Each a line of its own; pasteable where possible.
    pub hints: Vec<String>,
    /// What could have been meant: offered where somebody can be asked.
    pub choices: Vec<String>,
}

impl Problem {
    /// A problem of `kind` without hints.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Problem { kind, message: message.into(), place: Vec::new(), hints: Vec::new(), choices: Vec::new() }
    }

    /// Refused because of what is there (exit 1).
    pub fn conflict(message: impl Into<String>) -> Self {
        Problem::new(Kind::Conflict, message)
    }

    /// A value that does not parse or cannot be (exit 2).
    pub fn usage(message: impl Into<String>) -> Self {
        Problem::new(Kind::Usage, message)
    }

    /// Nothing bears that name or id (exit 3).
    pub fn not_found(message: impl Into<String>) -> Self {
        Problem::new(Kind::NotFound, message)
    }

    /// Several things fit (exit 3).
    pub fn ambiguous(message: impl Into<String>) -> Self {
        Problem::new(Kind::Ambiguous, message)
    }

    /// Would have to ask (exit 4).
    pub fn would_ask(message: impl Into<String>) -> Self {
        Problem::new(Kind::WouldAsk, message)
    }

    /// The database cannot be used (exit 5).
    pub fn database(message: impl Into<String>) -> Self {
        Problem::new(Kind::Database, message)
    }

    /// An invariant broke (exit 1); says that it is a bug in groat.
    pub fn internal(message: impl Into<String>) -> Self {
        Problem::new(Kind::Internal, message)
            .hint("This is a bug in groat. Nothing was changed; `groat db verify` checks the book.")
    }

    /// The same with one more hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The same with what could have been meant.
    #[must_use]
    pub fn choices(mut self, choices: impl Iterator<Item = String>) -> Self {
        self.choices = choices.collect();
        self
    }
}

impl From<Invalid> for Problem {
    fn from(invalid: Invalid) -> Self {
        let problem = Problem::usage(invalid.message);
        match invalid.hint {
            Some(hint) => problem.hint(hint),
            None => problem,
        }
    }
}

impl From<Misread> for Problem {
    fn from(misread: Misread) -> Self {
        Problem { place: misread.place, ..Problem::from(misread.reason) }
    }
}

/// Turns an `Invalid` of the domain into a usage problem: `parse(text).usage()?`.
pub trait OrUsage<T> {
    /// The value, or a problem of kind usage.
    ///
    /// # Errors
    /// The `Invalid` itself.
    fn usage(self) -> Result<T>;
}

impl<T> OrUsage<T> for std::result::Result<T, Invalid> {
    fn usage(self) -> Result<T> {
        self.map_err(|invalid| Problem::from(invalid).into())
    }
}

impl<T> OrUsage<T> for std::result::Result<T, Misread> {
    fn usage(self) -> Result<T> {
        self.map_err(|misread| Problem::from(misread).into())
    }
}

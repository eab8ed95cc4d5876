//! What a piece of text that does not say what it should is answered with.
//!
//! The ground floor of errors: every parser of `domain/` returns it, `error.rs` turns it into a
//! `Problem` of kind usage. It knows nothing of exit codes and of output.

/// Text that does not parse, or a value that cannot be: what is wrong and, where one helps, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    /// One lower-case sentence without a full stop, the value in backticks.
    pub message: String,
    /// What to type instead, pasteable where possible.
    pub hint: Option<String>,
}

impl Invalid {
    /// A message without a hint.
    pub fn new(message: impl Into<String>) -> Self {
        Invalid { message: message.into(), hint: None }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl std::fmt::Display for Invalid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Invalid {}

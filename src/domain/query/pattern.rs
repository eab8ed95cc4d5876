//! Texts and regular expressions, and what they are found in.
//!
//! Both are matched here and not by a database: the two of them fold case differently, and only for ASCII.

use std::borrow::Cow;

use super::ast::Span;
use super::misread::Fault;
use crate::domain::invalid::Invalid;
use crate::domain::name::{excerpt, fold, search_key};

/// A compiled pattern may take this many bytes: far more than one that a person types.
pub(super) const LARGEST: usize = 1 << 20;
pub(super) const DEEPEST: u32 = 50;

/// What a text is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pattern {
    /// It stands somewhere in it; capitals, blanks, `-` and `_` are equal. Where a name is wanted, its beginning.
    Text(String),
    /// It matches.
    Regex(Regex),
}

/// A regular expression that compiles; capitals make no difference unless it says `(?-i)`.
#[derive(Debug, Clone)]
pub struct Regex {
    written: String,
    compiled: regex::Regex,
}

impl PartialEq for Regex {
    fn eq(&self, other: &Regex) -> bool {
        self.written == other.written
    }
}

impl Eq for Regex {}

impl Regex {
    /// What stands between the slashes.
    pub(super) fn written(&self) -> &str {
        &self.written
    }

    /// Compiles what stands between the slashes, at `span`.
    ///
    /// # Errors
    /// What is no regular expression, pointing into it; one that is too large.
    pub(super) fn compile(written: &str, span: Span) -> Result<Regex, Fault> {
        // A slash ends the pattern, so that one in it is escaped, which means nothing more.
        let compiled = regex::RegexBuilder::new(written)
            .case_insensitive(true)
            .size_limit(LARGEST)
            .dfa_size_limit(2 * LARGEST)
            .nest_limit(DEEPEST)
            .build();
        match compiled {
            Ok(compiled) => Ok(Regex { written: written.to_owned(), compiled }),
            Err(error) => Err(fault(written, span, &error)),
        }
    }
}

fn fault(written: &str, span: Span, error: &regex::Error) -> Fault {
    let shown = excerpt(&format!("/{written}/"));
    let within = |inner: &regex_syntax::ast::Span| {
        let at = |offset: usize| span.from + offset.min(written.len());
        Span { from: at(inner.start.offset), to: at(inner.end.offset) }
    };
    let parsed = regex_syntax::ParserBuilder::new().nest_limit(DEEPEST).build().parse(written);
    let (span, why) = match parsed {
        Err(regex_syntax::Error::Parse(error)) => (within(error.span()), error.kind().to_string()),
        Err(regex_syntax::Error::Translate(error)) => (within(error.span()), error.kind().to_string()),
        _ if matches!(error, regex::Error::CompiledTooBig(_)) => (span, "it is too large".to_owned()),
        _ => (span, "it does not compile".to_owned()),
    };
    let reason = Invalid::new(format!("`{shown}` is no regular expression: {why}"))
        .hint("a text is looked for as it is in quotes: `\"...\"`");
    Fault::at(span, reason)
}

/// A text that patterns are matched against.
#[derive(Debug)]
pub struct Text<'a> {
    written: &'a str,
    key: Cow<'a, str>,
}

impl<'a> Text<'a> {
    /// A text as it is written, with its folded key.
    pub fn new(written: &'a str, folded: &'a str) -> Text<'a> {
        Text { written, key: search_key(folded) }
    }
}

/// A pattern made ready to be matched often.
#[derive(Debug)]
pub enum Matcher<'a> {
    /// The folded key to be found.
    Key(String),
    /// The expression to be matched.
    Regex(&'a regex::Regex),
}

impl Pattern {
    /// The pattern made ready.
    pub fn matcher(&self) -> Matcher<'_> {
        match self {
            Pattern::Text(text) => Matcher::Key(search_key(&fold(text)).into_owned()),
            Pattern::Regex(regex) => Matcher::Regex(&regex.compiled),
        }
    }
}

impl Matcher<'_> {
    /// Whether the pattern is found in the text.
    pub fn fits(&self, text: &Text<'_>) -> bool {
        match self {
            Matcher::Key(key) => text.key.contains(key.as_str()),
            Matcher::Regex(regex) => regex.is_match(text.written),
        }
    }
}

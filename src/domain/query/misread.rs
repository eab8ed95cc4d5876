//! A text that is no query: what is wrong, and where.

use super::ast::Span;
use super::place::point_at;
use crate::domain::invalid::Invalid;

/// What is wrong with a query, the query itself and a caret below the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// What is wrong, and what to type instead.
    pub reason: Invalid,
    /// The query with hidden characters made visible, and below it a line with carets; nothing where no place is to
    /// blame.
    pub place: Vec<String>,
}

/// What is wrong, while the text is still at hand.
#[derive(Debug)]
pub(super) struct Fault {
    pub reason: Invalid,
    pub span: Option<Span>,
}

impl Fault {
    /// Something is wrong at a place.
    pub fn at(span: Span, reason: Invalid) -> Fault {
        Fault { reason, span: Some(span) }
    }

    /// Something is wrong with all of it.
    pub fn overall(reason: Invalid) -> Fault {
        Fault { reason, span: None }
    }

    /// The error as it is told.
    pub fn in_text(self, text: &str) -> Misread {
        let place = self.span.map(|span| point_at(text, span).to_vec()).unwrap_or_default();
        Misread { reason: self.reason, place }
    }
}

/// How to look for a text that means something else in a query.
pub(super) fn as_text(text: &str) -> String {
    format!("as text it needs quotes, and a shell takes one pair away: `'\"{text}\"'`")
}

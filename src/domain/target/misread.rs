//! What is wrong with a line, and the carets below the place.

use unicode_width::UnicodeWidthStr;

use crate::domain::invalid::Invalid;
use crate::domain::name::visible;
use crate::domain::query::{Misread, Span};

/// What is wrong, while the text is still at hand.
#[derive(Debug)]
pub(super) struct Fault {
    pub reason: Invalid,
    pub span: Span,
}

impl Fault {
    /// Something is wrong at a place.
    pub fn at(span: Span, reason: Invalid) -> Fault {
        Fault { reason, span }
    }

    /// The error as it is told. Lines are short, so all of it is shown.
    pub fn in_text(self, text: &str) -> Misread {
        let shown = |text: &str| visible(text).width();
        let (before, at) = (shown(&text[..self.span.from]), shown(&text[self.span.from..self.span.to]));
        let carets = format!("{}{}", " ".repeat(before), "^".repeat(at.max(1)));
        Misread { reason: self.reason, place: vec![visible(text).into_owned(), carets] }
    }
}

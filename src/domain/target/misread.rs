//! What is wrong with a line, and the carets below the place.

use crate::domain::invalid::Invalid;
use crate::domain::query::{Misread, Span, point_at};

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

    /// The error as it is told.
    pub fn in_text(self, text: &str) -> Misread {
        Misread { reason: self.reason, place: point_at(text, self.span).into() }
    }
}

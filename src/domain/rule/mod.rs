//! Rules: what a bank's row that fits a query becomes. The first rule that fits is taken, by position and then number.
//!
//! Nothing here knows a database or evaluates a query: `ledger/rules/` compiles those, `import/` does what a rule says.

mod share;
mod split;

use super::ids::{CategoryId, RuleId};

pub use share::Share;
pub use split::{refuse_too_fine, refuse_unfit, split};

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its number.
    pub id: RuleId,
    /// Which rows it takes: the canonical text of a query.
    pub query: String,
    /// Whom the transaction names, instead of the bank's words.
    pub payee: Option<String>,
    /// The note, instead of what else the bank says.
    pub note: Option<String>,
    /// Tags that are added, as names.
    pub tags: Vec<String>,
    /// What it was for; empty when the rule does not say.
    pub parts: Vec<Part>,
}

/// A category, or none, with its share of the amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The category; none leaves the part uncategorised on purpose.
    pub category: Option<CategoryId>,
    /// How much; none for what is left, which is all of it when there is no other part.
    pub share: Option<Share>,
}

impl Rule {
    /// Whether it parts the amount.
    pub fn is_split(&self) -> bool {
        self.parts.len() > 1
    }

    /// The only category that it gives; none when it gives several, or says that there is to be none, or says nothing.
    pub fn category(&self) -> Option<CategoryId> {
        match self.parts.as_slice() {
            [only] => only.category,
            _ => None,
        }
    }

    /// Whether it does anything at all.
    pub fn does_something(&self) -> bool {
        self.payee.is_some() || self.note.is_some() || !self.tags.is_empty() || !self.parts.is_empty()
    }
}

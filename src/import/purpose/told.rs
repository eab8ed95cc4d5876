//! What is shown of a row's purpose.

use serde::Serialize;

use crate::domain::ids::RuleId;

/// Who decided what a row was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// A rule.
    Rule,
    /// The user, the last time that the payee came.
    Last,
    /// What was learned of other transactions.
    Suggestion,
    /// The file itself.
    File,
}

impl By {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            By::Rule => "rule",
            By::Last => "last",
            By::Suggestion => "suggestion",
            By::File => "file",
        }
    }
}

/// A purpose with the names of its categories.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// The only category.
    pub category: Option<String>,
    /// Its slug.
    pub category_slug: Option<String>,
    /// All of them.
    pub categories: Vec<String>,
    /// Who decided.
    pub by: Option<By>,
    /// The rule that took the row.
    pub rule: Option<RuleId>,
    /// For people, behind the reason of the row.
    pub why: Option<String>,
}

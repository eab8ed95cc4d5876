//! Categories: what money was for, under headings called groups.

use serde::Serialize;

use super::ids::{CategoryId, GroupId};
use super::invalid::Invalid;

/// Whether a category takes spending or income.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CategoryKind {
    /// Counted as spending.
    Expense,
    /// Counted as income.
    Income,
}

impl CategoryKind {
    /// The word for it, as typed and stored.
    pub fn as_str(self) -> &'static str {
        match self {
            CategoryKind::Expense => "expense",
            CategoryKind::Income => "income",
        }
    }

    /// The kind that `word` names.
    ///
    /// # Errors
    /// An unknown word, listing the known ones.
    pub fn parse(word: &str) -> Result<Self, Invalid> {
        match word.trim().to_ascii_lowercase().as_str() {
            "expense" => Ok(CategoryKind::Expense),
            "income" => Ok(CategoryKind::Income),
            _ => Err(Invalid::new(format!("`{}` is not a kind of category", super::name::visible(word)))
                .hint("kinds are expense, income")),
        }
    }
}

/// What groat itself uses a built-in category for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Where income without a category goes.
    Income,
    /// Opening balances: can be budgeted, is left out of reports on income and spending.
    StartingBalances,
}

impl Role {
    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Income => "income",
            Role::StartingBalances => "starting-balances",
        }
    }
}

/// A heading over categories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its identity.
    pub id: GroupId,
    /// As shown.
    pub name: String,
    /// The folded name, unique.
    pub key: String,
    /// Where it is shown, smallest first.
    pub position: i64,
}

/// A category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its identity.
    pub id: CategoryId,
    /// Its heading.
    pub group: GroupId,
    /// The heading's name.
    pub group_name: String,
    /// As shown.
    pub name: String,
    /// The folded name, unique within the group.
    pub key: String,
    /// `group/category` in folded names: unique, without blanks.
    pub slug: String,
    /// Spending or income.
    pub kind: CategoryKind,
    /// What groat uses it for, when it came with the book.
    pub role: Option<Role>,
    /// Whether it is left out of pick lists and the budget.
    pub is_hidden: bool,
    /// Where it is shown, smallest first.
    pub position: i64,
}

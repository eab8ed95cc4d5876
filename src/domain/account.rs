//! Accounts: where money is or is owed.

use serde::Serialize;

use super::ids::AccountId;
use super::invalid::Invalid;
use super::money::CurrencyCode;

/// What sort of place an account is. Cash is settled at once, so postings in it start cleared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the words say it")]
pub enum AccountKind {
    Cash,
    Checking,
    Savings,
    Card,
    Loan,
    Investment,
    Other,
}

impl AccountKind {
    /// All of them, in the order in which help names them.
    pub const ALL: [AccountKind; 7] = [
        AccountKind::Cash,
        AccountKind::Checking,
        AccountKind::Savings,
        AccountKind::Card,
        AccountKind::Loan,
        AccountKind::Investment,
        AccountKind::Other,
    ];

    /// The word for it, as typed and stored.
    pub fn as_str(self) -> &'static str {
        match self {
            AccountKind::Cash => "cash",
            AccountKind::Checking => "checking",
            AccountKind::Savings => "savings",
            AccountKind::Card => "card",
            AccountKind::Loan => "loan",
            AccountKind::Investment => "investment",
            AccountKind::Other => "other",
        }
    }

    /// The kind that `word` names.
    ///
    /// # Errors
    /// An unknown word, listing the known ones.
    pub fn parse(word: &str) -> Result<Self, Invalid> {
        AccountKind::ALL.into_iter().find(|kind| kind.as_str().eq_ignore_ascii_case(word.trim())).ok_or_else(
            || {
                Invalid::new(format!("`{}` is not a kind of account", super::name::visible(word)))
                    .hint(format!("kinds are {}", AccountKind::ALL.map(AccountKind::as_str).join(", ")))
            },
        )
    }
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its identity.
    pub id: AccountId,
    /// As shown.
    pub name: String,
    /// The folded name, unique.
    pub key: String,
    /// What sort of place it is.
    pub kind: AccountKind,
    /// What its amounts are in.
    pub currency: CurrencyCode,
    /// Digits after the point of that currency.
    pub exponent: u32,
    /// Whether its money is budgeted.
    pub is_on_budget: bool,
    /// Whether it takes no more postings.
    pub is_closed: bool,
}

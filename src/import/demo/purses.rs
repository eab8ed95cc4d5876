//! The accounts of the example household.

use crate::domain::account::AccountKind;

/// One of the household's accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Purse {
    Checking,
    Savings,
    Card,
    Cash,
    Pension,
}

impl Purse {
    /// All of them, in the order in which they are made.
    pub const ALL: [Purse; 5] = [Purse::Checking, Purse::Savings, Purse::Card, Purse::Cash, Purse::Pension];

    /// As shown.
    pub fn name(self) -> &'static str {
        match self {
            Purse::Checking => "Checking",
            Purse::Savings => "Savings",
            Purse::Card => "Credit card",
            Purse::Cash => "Cash",
            Purse::Pension => "Pension fund",
        }
    }

    /// What sort of place it is.
    pub fn kind(self) -> AccountKind {
        match self {
            Purse::Checking => AccountKind::Checking,
            Purse::Savings => AccountKind::Savings,
            Purse::Card => AccountKind::Card,
            Purse::Cash => AccountKind::Cash,
            Purse::Pension => AccountKind::Investment,
        }
    }

    /// Whether its money is budgeted.
    pub fn is_on_budget(self) -> bool {
        self != Purse::Pension
    }

    /// What it holds to begin with, in percent of what the household spends in a month.
    pub fn opening_percent(self) -> i64 {
        match self {
            Purse::Checking => 86,
            Purse::Savings => 231,
            Purse::Card => -11,
            Purse::Cash => 2,
            Purse::Pension => 427,
        }
    }
}

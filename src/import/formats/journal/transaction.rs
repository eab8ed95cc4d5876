//! What a transaction of any journal says, before it is balanced.
//!
//! Values that `plain` and `beancount` fill and `booking` reads.

use chrono::NaiveDate;

use super::amount::Amount;
use super::commodity::Commodity;
use super::costs::{Asserted, Cost};

/// A transaction as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// The 1-based line at which it starts.
    pub line: u64,
    /// All of its text.
    pub raw: String,
    /// Its day.
    pub date: NaiveDate,
    /// The other party; never blank.
    pub payee: Option<String>,
    /// What is said of all of it; never blank.
    pub memo: Option<String>,
    /// Its tags, as `name` or `name:value`.
    pub tags: Vec<String>,
    /// Whether it is marked as not confirmed yet, by `!`.
    pub is_unconfirmed: bool,
    /// Its postings in their order.
    pub postings: Vec<Posting>,
}

/// One posting as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// The account's whole name.
    pub account: String,
    /// Whether it stands in parentheses or brackets, beside the money.
    pub is_virtual: bool,
    /// Its own day, where it is another.
    pub date: Option<NaiveDate>,
    /// How much.
    pub quantity: Quantity,
    /// What that was bought or sold for.
    pub cost: Cost,
    /// What balance is said to be there after it.
    pub asserted: Option<Asserted>,
    /// What is said of it alone; never blank.
    pub memo: Option<String>,
    /// Its own tags.
    pub tags: Vec<String>,
    /// Whether a mark of its own says that it is not confirmed yet; none without one.
    pub is_unconfirmed: Option<bool>,
}

impl Transaction {
    /// Whether any posting of an account on a day is marked as not confirmed yet, by its own mark or by that of all.
    pub fn is_unconfirmed_in(&self, account: &str, date: NaiveDate) -> bool {
        let here = self.postings.iter().filter(|posting| {
            !posting.is_virtual && posting.account == account && posting.date.unwrap_or(self.date) == date
        });
        here.into_iter().any(|posting| posting.is_unconfirmed.unwrap_or(self.is_unconfirmed))
    }
}

/// How much a posting moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// So much.
    Given(Amount),
    /// What the others leave; of one commodity where it stands there.
    Missing(Option<Commodity>),
    /// What leads to the balance that is asserted.
    Assigned,
}

/// Text without blanks around it, with single ones inside; none for a blank one.
pub fn tidy(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Two texts, joined by a blank.
pub fn join(a: Option<String>, b: Option<String>) -> Option<String> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a + " " + &b),
        (a, b) => a.or(b),
    }
}

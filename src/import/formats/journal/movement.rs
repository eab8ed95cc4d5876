//! What a transaction did to one own account, and what for.
//!
//! Values that `booking` makes, `names` counts and `reader` turns into statement lines.

use chrono::NaiveDate;
use rust_decimal::Decimal;

/// What a transaction did to one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// The account and the currency.
    pub purse: Purse,
    /// The day.
    pub date: NaiveDate,
    /// How much, signed as money into the account is.
    pub amount: Decimal,
    /// What is said of its postings.
    pub memo: Option<String>,
    /// Their tags, and those of what they were for.
    pub tags: Vec<String>,
    /// What it was for; amounts sum to the amount.
    pub parts: Vec<Part>,
    /// What all of it weighs in another currency, and which.
    pub worth: Option<(Decimal, String)>,
}

/// An account in one of its currencies.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Purse {
    /// The account's whole name.
    pub account: String,
    /// The currency; blank where amounts name none.
    pub currency: String,
}

/// A part of what an account moved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// What it was for.
    pub category: Option<String>,
    /// The own account on the other side.
    pub other: Option<Purse>,
    /// What the other side has of it, with its own sign, where that is in another currency.
    pub other_amount: Option<Decimal>,
    /// The day on which the other side has it, where that is another.
    pub other_date: Option<NaiveDate>,
    /// What is said of the other side.
    pub other_memo: Option<String>,
    /// How much, signed as the movement is.
    pub amount: Decimal,
    /// What is said of it.
    pub memo: Option<String>,
}

impl Part {
    /// Nothing that was for something.
    pub fn of(category: String) -> Part {
        Part { category: Some(category), ..Part::default() }
    }
}

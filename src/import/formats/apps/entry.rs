//! What one record says of one account, before parts of one transaction are put together.
//!
//! The programs' own files make it; `reader` gives it its line and text, `join` makes rows of it.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::{FileLine, FilePart, Purpose};

/// One record's entry in one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The 1-based line at which the record starts.
    pub line: u64,
    /// The record's text.
    pub raw: String,
    pub account: String,
    pub date: NaiveDate,
    /// Money into the account is positive.
    pub amount: Decimal,
    pub currency: Option<String>,
    pub payee: Option<String>,
    pub memo: Option<String>,
    pub bank_id: Option<String>,
    /// The own account on the other side.
    pub other_account: Option<String>,
    /// What that has of it, signed, where its currency is another.
    pub other_amount: Option<(Decimal, Option<String>)>,
    pub category: Option<String>,
    pub tags: Vec<String>,
    /// Whether the program's user has not confirmed it yet.
    pub is_unconfirmed: bool,
    /// Whether it is part of a greater one.
    pub split: Option<Split>,
}

/// How an entry belongs to a transaction of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Split {
    /// Part `number`, from 1, of so many.
    Part { number: usize, of: usize, memo: Option<String> },
    /// The transaction itself, whose parts have entries of their own.
    Whole { of: usize, total: Decimal, memo: Option<String> },
    /// One of those with this number.
    Group { id: String, title: String },
}

impl Entry {
    /// An entry of which nothing more is known.
    pub fn new(account: String, date: NaiveDate, amount: Decimal) -> Entry {
        Entry {
            line: 0,
            raw: String::new(),
            account,
            date,
            amount,
            currency: None,
            payee: None,
            memo: None,
            bank_id: None,
            other_account: None,
            other_amount: None,
            category: None,
            tags: Vec::new(),
            is_unconfirmed: false,
            split: None,
        }
    }

    /// The row that it makes alone.
    pub fn into_line(mut self) -> FileLine {
        let category = self.category.take();
        let says = category.is_some() || self.other_amount.is_some();
        let part = FilePart {
            category,
            other_account: self.other_account.clone(),
            other_amount: self.other_amount.clone(),
            amount: self.amount,
            ..FilePart::default()
        };
        self.into_line_of(if says { vec![part] } else { Vec::new() })
    }

    /// The row that it makes with these parts.
    pub fn into_line_of(self, parts: Vec<FilePart>) -> FileLine {
        let Entry { tags, is_unconfirmed, .. } = self;
        let purpose = Purpose { parts, tags, is_unconfirmed, ..Purpose::default() };
        FileLine {
            line: self.line,
            date: self.date,
            amount: self.amount,
            currency: self.currency,
            payee: self.payee,
            memo: self.memo,
            bank_id: self.bank_id,
            account: Some(self.account),
            is_pending: false,
            balance: None,
            booking: None,
            statement: 0,
            other_account: self.other_account,
            purpose: (purpose != Purpose::default()).then(|| Box::new(purpose)),
            raw: self.raw,
        }
    }
}

/// The amount as money out; zero has no sign.
pub fn negated(amount: Decimal) -> Decimal {
    if amount.is_zero() { amount } else { -amount }
}

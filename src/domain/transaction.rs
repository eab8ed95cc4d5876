//! Transactions: one event, one payee, one or more postings. What is stored, what is asked to be stored, and
//! the shape in which every face answers it.

use chrono::{NaiveDate, NaiveDateTime};
use serde::ser::{Serialize, Serializer};

use super::category::CategoryKind;
use super::ids::{AccountId, CategoryId, OperationId, PayeeId, TagId, TransactionId};
use super::iso;
use super::legs::{Leg, transfer_legs};
use super::money::{CurrencyCode, Minor, format_minor};

/// How far a posting is confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Entered, not yet seen on a statement.
    Pending,
    /// Seen by the bank, or cash.
    Cleared,
    /// Agreed with a statement and locked.
    Reconciled,
}

impl Status {
    /// As stored and shown.
    pub const fn as_str(self) -> &'static str {
        match self {
            Status::Pending => "pending",
            Status::Cleared => "cleared",
            Status::Reconciled => "reconciled",
        }
    }
}

/// An amount with the digits after the point of its currency; prints as `-12.50`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Amount {
    /// Money in is positive.
    pub minor: Minor,
    /// The currency's scale.
    pub exponent: u32,
}

impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&format_minor(self.minor, self.exponent))
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format_minor(self.minor, self.exponent))
    }
}

impl From<&Posting> for NewPosting {
    /// The posting as it is stored.
    fn from(posting: &Posting) -> NewPosting {
        NewPosting {
            account: posting.account_id,
            category: posting.category_id,
            date: posting.date,
            amount: posting.amount.minor,
            value: posting.value.map(|value| value.minor),
            memo: posting.memo.clone(),
            status: posting.status,
        }
    }
}

/// A posting that is to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPosting {
    /// The account it stands in.
    pub account: AccountId,
    /// What it was for.
    pub category: Option<CategoryId>,
    /// The day it hits the account.
    pub date: NaiveDate,
    /// In the account's currency; money in is positive.
    pub amount: Minor,
    /// In the book's currency; none only off budget, where no rate is known.
    pub value: Option<Minor>,
    /// A remark on this posting alone.
    pub memo: Option<String>,
    /// How far it is confirmed.
    pub status: Status,
}

/// A transaction that is to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTransaction {
    /// The day it happened.
    pub date: NaiveDate,
    /// Who was paid, or paid.
    pub payee: Option<PayeeId>,
    /// A remark.
    pub note: Option<String>,
    /// In any order.
    pub tags: Vec<TagId>,
    /// At least one.
    pub postings: Vec<NewPosting>,
}

/// Whether money was spent, earned or moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the words say it")]
pub enum TransactionKind {
    Spending,
    Income,
    Transfer,
}

/// A posting as stored, with the names that people read.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Posting {
    /// The account's name.
    pub account: String,
    /// The account's identity.
    #[serde(skip)]
    pub account_id: AccountId,
    /// The category's name.
    pub category: Option<String>,
    /// `group/category`.
    pub category_slug: Option<String>,
    /// The category's identity.
    #[serde(skip)]
    pub category_id: Option<CategoryId>,
    /// The category's kind.
    #[serde(skip)]
    pub category_kind: Option<CategoryKind>,
    /// The day it hits the account.
    #[serde(serialize_with = "iso::serialize_day")]
    pub date: NaiveDate,
    /// In the account's currency; money in is positive.
    pub amount: Amount,
    /// The account's currency.
    pub currency: CurrencyCode,
    /// In the book's currency.
    pub value: Option<Amount>,
    /// A remark on this posting.
    pub memo: Option<String>,
    /// How far it is confirmed.
    pub status: Status,
}

/// A transaction as stored, with the names that people read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    /// Its identity.
    pub id: TransactionId,
    /// The day it happened.
    pub date: NaiveDate,
    /// Who was paid, or paid.
    pub payee: Option<String>,
    /// The payee's identity.
    pub payee_id: Option<PayeeId>,
    /// A remark.
    pub note: Option<String>,
    /// Names, in folded order.
    pub tags: Vec<String>,
    /// In the order in which they were entered.
    pub postings: Vec<Posting>,
    /// When it was recorded, UTC.
    pub created_at: NaiveDateTime,
    /// When it was last touched, UTC.
    pub updated_at: NaiveDateTime,
    /// The operation that last touched it.
    pub operation: OperationId,
}

impl Transaction {
    /// Whether all of it moves between accounts or, where only parts do, nothing of it is spent or earned; the rest
    /// goes by its categories, else by its sign.
    pub fn kind(&self) -> TransactionKind {
        if self.is_in_several_accounts() && self.legs().into_iter().all(|is_leg| is_leg) {
            return TransactionKind::Transfer;
        }
        let by_category = self.own().find_map(|p| p.category_kind);
        match by_category {
            Some(CategoryKind::Income) => TransactionKind::Income,
            Some(CategoryKind::Expense) => TransactionKind::Spending,
            None if self.own().any(|p| p.amount.minor.is_negative()) => TransactionKind::Spending,
            None => TransactionKind::Income,
        }
    }

    /// Whether it stands in more than one account: a transfer, or a split of which parts are one.
    pub fn is_in_several_accounts(&self) -> bool {
        self.postings.iter().any(|p| p.account_id != self.postings[0].account_id)
    }

    /// Whether each posting is a leg of a transfer.
    fn legs(&self) -> Vec<bool> {
        let leg = |p: &Posting| Leg {
            account: p.account_id.0,
            has_category: p.category_id.is_some(),
            worth: p.value.unwrap_or(p.amount).minor.0,
        };
        transfer_legs(&self.postings.iter().map(leg).collect::<Vec<_>>())
    }

    /// The postings in the account of the first one, which all of it is about unless it is a transfer.
    fn own(&self) -> impl Iterator<Item = &Posting> {
        self.postings.iter().filter(|p| p.account_id == self.postings[0].account_id)
    }

    /// The whole amount and its currency: of a transfer what left an account, else what its first account has of it.
    pub fn amount(&self) -> (Amount, CurrencyCode) {
        let is_transfer = self.kind() == TransactionKind::Transfer;
        let out = self.postings.iter().find(|p| is_transfer && p.amount.minor.is_negative());
        let first = out.unwrap_or(&self.postings[0]);
        let own = self.postings.iter().filter(|p| p.account_id == first.account_id);
        let sum = own.map(|p| i128::from(p.amount.minor.0)).sum::<i128>();
        // Postings of one account are checked to sum within 64 bits when they are stored.
        let minor = Minor(i64::try_from(sum).unwrap_or(first.amount.minor.0));
        (Amount { minor, exponent: first.amount.exponent }, first.currency)
    }

    /// What all postings agree on; none where they differ.
    fn common<T: PartialEq>(&self, of: impl Fn(&Posting) -> T) -> Option<T> {
        let first = of(&self.postings[0]);
        self.postings.iter().all(|p| of(p) == first).then_some(first)
    }

    /// The account, when all postings stand in one.
    pub fn account(&self) -> Option<&str> {
        self.common(|p| p.account_id).map(|_| self.postings[0].account.as_str())
    }

    /// The category, when all postings have the same.
    pub fn category(&self) -> Option<&str> {
        self.common(|p| p.category_id).and_then(|_| self.postings[0].category.as_deref())
    }

    /// The status, when all postings have the same.
    pub fn status(&self) -> Option<Status> {
        self.common(|p| p.status)
    }
}

impl Serialize for Transaction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (amount, currency) = self.amount();
        let value = if self.kind() == TransactionKind::Transfer { None } else { self.value() };
        Shape {
            id: self.id,
            kind: self.kind(),
            date: self.date,
            payee: self.payee.as_deref(),
            note: self.note.as_deref(),
            tags: &self.tags,
            status: self.status(),
            account: self.account(),
            category: self.category(),
            category_slug: self.category().and(self.postings[0].category_slug.as_deref()),
            amount,
            currency,
            value: value.or_else(|| self.postings.iter().find(|p| p.amount == amount)?.value),
            postings: &self.postings,
            operation: self.operation,
            created_at: iso::instant(self.created_at),
            updated_at: iso::instant(self.updated_at),
        }
        .serialize(serializer)
    }
}

impl Transaction {
    /// The sum of the values in the first account, when every posting there has one.
    fn value(&self) -> Option<Amount> {
        let values: Option<Vec<Amount>> = self.own().map(|p| p.value).collect();
        let values = values?;
        let minor = Minor::checked_sum(values.iter().map(|v| v.minor)).ok()?;
        Some(Amount { minor, exponent: values.first()?.exponent })
    }
}

/// The keys of `show --json` and its kin, in this order for ever.
#[derive(serde::Serialize)]
struct Shape<'a> {
    id: TransactionId,
    kind: TransactionKind,
    #[serde(serialize_with = "iso::serialize_day")]
    date: NaiveDate,
    payee: Option<&'a str>,
    note: Option<&'a str>,
    tags: &'a [String],
    status: Option<Status>,
    account: Option<&'a str>,
    category: Option<&'a str>,
    category_slug: Option<&'a str>,
    amount: Amount,
    currency: CurrencyCode,
    value: Option<Amount>,
    postings: &'a [Posting],
    operation: OperationId,
    created_at: String,
    updated_at: String,
}

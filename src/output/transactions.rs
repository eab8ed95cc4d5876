//! Transactions: one, several, or a page of them.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::table::{Side, Table};
use super::text::visible;
use super::{Answer, Document, Sheet, Style};
use crate::domain::iso;
use crate::domain::money::format_minor;
use crate::domain::transaction::{Amount, Transaction, TransactionKind};
use crate::error::Result;
use crate::ledger::list::Page;

/// One transaction after it was recorded, in one line.
pub struct Shown<'a> {
    /// The transaction.
    pub transaction: &'a Transaction,
    /// What happened to it: "added", "edited".
    pub verb: &'a str,
}

/// The columns of `posting_rows`.
pub(super) const COLUMNS: [&str; 14] = [
    "id",
    "kind",
    "date",
    "payee",
    "note",
    "tags",
    "account",
    "category",
    "category_slug",
    "amount",
    "currency",
    "value",
    "status",
    "memo",
];

/// A row for each posting, with its transaction's id.
pub(super) fn posting_rows(transaction: &Transaction) -> impl Iterator<Item = [Cow<'_, str>; 14]> {
    let id = transaction.id.to_string();
    let kind = kind_word(transaction.kind());
    let tags = transaction.tags.join(" ");
    transaction.postings.iter().map(move |posting| {
        [
            id.clone().into(),
            kind.into(),
            iso::day(posting.date).into(),
            text(&transaction.payee),
            text(&transaction.note),
            tags.clone().into(),
            posting.account.as_str().into(),
            text(&posting.category),
            text(&posting.category_slug),
            digits(posting.amount).into(),
            posting.currency.as_str().into(),
            posting.value.map_or(Cow::Borrowed(""), |value| digits(value).into()),
            posting.status.as_str().into(),
            text(&posting.memo),
        ]
    })
}

fn digits(amount: Amount) -> String {
    format_minor(amount.minor, amount.exponent)
}

fn text(text: &Option<String>) -> Cow<'_, str> {
    text.as_deref().unwrap_or_default().into()
}

pub(super) fn kind_word(kind: TransactionKind) -> &'static str {
    match kind {
        TransactionKind::Spending => "spending",
        TransactionKind::Income => "income",
        TransactionKind::Transfer => "transfer",
    }
}

pub(super) fn sheet<'a>(transactions: impl Iterator<Item = &'a Transaction>) -> Sheet {
    let mut sheet = Sheet::new(&COLUMNS);
    sheet.rows = transactions.flat_map(posting_rows).map(|row| row.map(Cow::into_owned).into()).collect();
    sheet
}

/// Who or where: the payee, or the two accounts of a transfer.
fn party(transaction: &Transaction) -> String {
    match (&transaction.payee, transaction.kind()) {
        (Some(payee), _) => visible(payee).into_owned(),
        (None, TransactionKind::Transfer) => accounts(transaction),
        (None, _) => String::new(),
    }
}

/// The account, or `from → to`; of what is partly a transfer the account that it is about.
pub(super) fn accounts(transaction: &Transaction) -> String {
    if transaction.kind() != TransactionKind::Transfer {
        return visible(&transaction.postings[0].account).into_owned();
    }
    let out = transaction.postings.iter().find(|p| p.amount.minor.is_negative());
    let into = transaction.postings.iter().find(|p| !p.amount.minor.is_negative());
    match (out, into) {
        (Some(out), Some(into)) => format!("{} → {}", visible(&out.account), visible(&into.account)),
        _ => "(several)".to_owned(),
    }
}

pub(super) fn category(transaction: &Transaction) -> String {
    match transaction.category() {
        Some(category) => visible(category).into_owned(),
        None => {
            let mut named: Vec<&str> =
                transaction.postings.iter().filter_map(|p| p.category.as_deref()).collect();
            let is_transfer = transaction.kind() == TransactionKind::Transfer;
            if !is_transfer && transaction.is_in_several_accounts() {
                named.push("transfer");
            }
            if !is_transfer && named.len() > 1 {
                format!("split: {}", named.iter().map(|name| visible(name)).collect::<Vec<_>>().join(", "))
            } else {
                named.first().map(|name| visible(name).into_owned()).unwrap_or_default()
            }
        }
    }
}

impl Answer for Shown<'_> {
    fn json(&self) -> Result<Value> {
        Ok(serde_json::to_value(self.transaction)?)
    }

    fn sheet(&self) -> Result<Sheet> {
        Ok(sheet(std::iter::once(self.transaction)))
    }

    fn is_confirmation(&self) -> bool {
        true
    }

    fn text(&self, style: &Style) -> String {
        one_line(self.verb, self.transaction, style)
    }
}

/// `added 3: 45.60 USD at tesco, Groceries, from Cash on 2026-01-14`
fn one_line(verb: &str, transaction: &Transaction, style: &Style) -> String {
    let (amount, currency) = transaction.amount();
    let plain = Amount { minor: crate::domain::money::Minor(amount.minor.0.saturating_abs()), ..amount };
    let (place, joint) = match transaction.kind() {
        TransactionKind::Transfer => (String::new(), ""),
        _ if amount.minor.is_negative() => (party(transaction), " at "),
        _ => (party(transaction), " from "),
    };
    let place = if place.is_empty() { place } else { format!("{joint}{place}") };
    let category = match category(transaction) {
        none if none.is_empty() && transaction.kind() == TransactionKind::Transfer => String::new(),
        none if none.is_empty() => ", uncategorised".to_owned(),
        some => format!(", {some}"),
    };
    let direction =
        if amount.minor.is_negative() || transaction.kind() == TransactionKind::Transfer { "" } else { "+" };
    format!(
        "{verb} {}: {direction}{} {currency}{place}{category} ({}, {})\n",
        transaction.id,
        style.amount(plain),
        accounts(transaction),
        transaction.date
    )
}

impl Answer for Page {
    fn json(&self) -> Result<Value> {
        Ok(serde_json::to_value(self)?)
    }

    fn items(&self) -> Result<Vec<Value>> {
        self.transactions.iter().map(|transaction| Ok(serde_json::to_value(transaction)?)).collect()
    }

    fn sheet(&self) -> Result<Sheet> {
        Ok(sheet(self.transactions.iter()))
    }

    fn document(&self, style: &Style) -> Document {
        if self.transactions.is_empty() {
            return if self.total == 0 {
                "no transactions\n".to_owned().into()
            } else {
                let pages = match self.pages {
                    1 => "there is 1 page".to_owned(),
                    pages => format!("there are {pages} pages"),
                };
                format!("page {} is empty: {pages}\n", self.page).into()
            };
        }
        let widest = self.transactions.iter().map(|t| t.amount().0.exponent).max().unwrap_or(0);
        let mut table = Table::new(&[
            ("Id", Side::Right),
            ("Date", Side::Left),
            ("Payee", Side::Left),
            ("Category", Side::Left),
            ("Account", Side::Left),
            ("Amount", Side::Right),
            ("", Side::Left),
        ]);
        for transaction in &self.transactions {
            let (amount, currency) = transaction.amount();
            table.row(vec![
                transaction.id.to_string(),
                transaction.date.to_string(),
                visible(transaction.payee.as_deref().unwrap_or_default()).into_owned(),
                category(transaction),
                accounts(transaction),
                style.aligned(amount, widest),
                currency.to_string(),
            ]);
        }
        table.into()
    }
}

impl Page {
    /// Which of how many pages it is, where there are several.
    pub fn footer(&self) -> Option<String> {
        (self.pages > 1 && !self.transactions.is_empty()).then(|| {
            format!(
                "page {} of {} ({} transactions); --page N for another, -L 0 for all",
                self.page, self.pages, self.total
            )
        })
    }
}

/// Several transactions that one operation changed.
pub struct Many<'a> {
    /// The operation and its summary.
    pub done: &'a crate::ledger::Done,
}

impl Answer for Many<'_> {
    fn json(&self) -> Result<Value> {
        Ok(json!({
            "operation": self.done.operation,
            "summary": self.done.summary,
            "transactions": self.done.transactions,
        }))
    }

    fn sheet(&self) -> Result<Sheet> {
        let mut sheet = Sheet::new(&["operation", "summary", "transaction"]);
        let operation = self.done.operation.map_or_else(String::new, |id| id.to_string());
        let row = |id: String| vec![operation.clone(), self.done.summary.clone(), id];
        sheet.rows = self.done.transactions.iter().map(|id| row(id.to_string())).collect();
        if sheet.rows.is_empty() {
            sheet.rows.push(row(String::new()));
        }
        Ok(sheet)
    }

    fn is_confirmation(&self) -> bool {
        true
    }

    fn text(&self, _style: &Style) -> String {
        format!("{}\n", visible(&self.done.summary))
    }
}

//! Which rule takes which transaction, or a text that was typed: what `rule test` answers. Changes nothing.

use chrono::NaiveDate;
use serde::Serialize;

use super::raw;
use crate::db::connection::DbConn;
use crate::db::listing::{self, Sort, SortKey};
use crate::db::names;
use crate::db::query::{Condition, Test};
use crate::domain::ids::TransactionId;
use crate::domain::money::{Currency, CurrencyCode, Minor};
use crate::domain::query::Query;
use crate::domain::transaction::Amount;
use crate::error::Result;
use crate::ledger::lookup;
use crate::ledger::query::resolve;
use crate::ledger::rules::{self, BankRow, RuleView, Ruleset};

/// A text that a bank might write.
#[derive(Debug, Clone)]
pub struct Text {
    /// The other party.
    pub payee: String,
    /// The account, by its name.
    pub account: Option<String>,
    /// In minor units of the book's currency; money out is negative.
    pub amount: Option<Minor>,
}

/// What was tested.
#[derive(Debug, Clone, Serialize)]
pub struct Tested {
    /// The texts in their order, then the transactions, newest first.
    pub rows: Vec<TestedRow>,
    /// How many transactions fit the query altogether.
    pub total: i64,
}

/// A row with the rule that takes it.
#[derive(Debug, Clone, Serialize)]
pub struct TestedRow {
    /// The transaction; none for a text.
    pub transaction: Option<TransactionId>,
    /// Its day.
    pub date: Option<NaiveDate>,
    /// What the bank calls the other party.
    pub payee: Option<String>,
    /// What else it says.
    pub memo: Option<String>,
    /// The amount.
    pub amount: Option<Amount>,
    /// What it is in.
    pub currency: Option<CurrencyCode>,
    /// The category that the transaction has now.
    pub category: Option<String>,
    /// The first rule that takes it, with what it does; none when none does.
    pub rule: Option<RuleView>,
}

/// Tests the texts, and the transactions of the query but for transfers, at most `limit`.
///
/// # Errors
/// Those of the query; an unknown account of a text.
pub fn test(
    conn: &mut DbConn,
    query: Option<&Query>,
    texts: &[Text],
    limit: Option<i64>,
    book: &Currency,
) -> Result<Tested> {
    let names = names::load(conn, None)?;
    let mut set = Ruleset::load(conn, &names)?;
    let views = rules::list(conn)?;
    let mut taken = |row: &BankRow<'_>| {
        let id = set.first(row).map(|rule| rule.id)?;
        views.iter().find(|view| view.id == id).cloned()
    };
    let mut rows = Vec::new();
    for text in texts {
        let account = text.account.as_deref().map(|name| lookup::account(&names, name)).transpose()?;
        let row = BankRow {
            payee: Some(&text.payee),
            account: account.map(|account| account.id),
            amount: text.amount,
            ..BankRow::default()
        };
        rows.push(TestedRow {
            transaction: None,
            date: None,
            payee: Some(text.payee.clone()),
            memo: None,
            amount: text.amount.map(|minor| Amount { minor, exponent: book.exponent }),
            currency: text.amount.map(|_| book.code),
            category: None,
            rule: taken(&row),
        });
    }
    let Some(query) = query else { return Ok(Tested { rows, total: 0 }) };
    let (ids, total) = meant(conn, query, limit)?;
    let transactions = listing::load(conn, &ids, book)?;
    let mut of = raw::rows(conn, &transactions)?;
    for transaction in transactions {
        let Some(row) = of.remove(&transaction.id) else { continue };
        let (amount, currency) = transaction.amount();
        rows.push(TestedRow {
            transaction: Some(transaction.id),
            date: Some(transaction.date),
            rule: taken(&row.as_row()),
            payee: row.payee,
            memo: row.memo,
            amount: Some(amount),
            currency: Some(currency),
            category: transaction.category().map(str::to_owned),
        });
    }
    Ok(Tested { rows, total })
}

/// The transactions of a query but for transfers, newest first, and how many there are.
///
/// # Errors
/// Those of the query.
pub(super) fn meant(
    conn: &mut DbConn,
    query: &Query,
    limit: Option<i64>,
) -> Result<(Vec<TransactionId>, i64)> {
    let no_transfer = Condition::Not(Box::new(Condition::Fits(Test::Transfer)));
    let condition = match resolve(conn, query)? {
        Some(condition) => Condition::All(vec![condition, no_transfer]),
        None => no_transfer,
    };
    let sort = Sort { key: SortKey::Date, is_descending: true };
    listing::find_page(conn, Some(&condition), sort, limit, 0)
}

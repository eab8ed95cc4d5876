//! Finding transactions again: a page of them, or one.

use super::lookup;
use crate::db::connection::DbConn;
use crate::db::listing::{self, Filter, Sort, Wanted};
use crate::db::{names, transactions};
use crate::domain::ids::TransactionId;
use crate::domain::money::Currency;
use crate::domain::name::fold;
use crate::domain::transaction::Transaction;
use crate::domain::when::Period;
use crate::error::{Problem, Result};

/// What `list` asks for.
#[derive(Debug, Clone)]
pub struct Request {
    /// Both ends included.
    pub period: Period,
    /// By name or prefix.
    pub account: Option<String>,
    /// By name, slug or prefix; `none` is what has no category.
    pub category: Option<String>,
    /// Each must be in the payee or the note.
    pub words: Vec<String>,
    /// The order.
    pub sort: Sort,
    /// How many a page; all with none.
    pub limit: Option<i64>,
    /// From 1.
    pub page: i64,
}

/// A page of transactions.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Page {
    /// In the order asked for.
    pub transactions: Vec<Transaction>,
    /// How many fit altogether.
    pub total: i64,
    /// This page, from 1.
    pub page: i64,
    /// How many pages there are; at least 1.
    pub pages: i64,
}

/// A page of the transactions that fit.
///
/// # Errors
/// An unknown account or category; a word that belongs to the query language, which does not exist yet.
pub fn list(conn: &mut DbConn, request: &Request, book: &Currency) -> Result<Page> {
    let filter = filter(conn, request)?;
    let offset = (request.page - 1).saturating_mul(request.limit.unwrap_or(0));
    let (ids, total) = listing::find_page(conn, &filter, request.sort, request.limit, offset)?;
    let transactions = if ids.is_empty() { Vec::new() } else { listing::load(conn, &ids, book)? };
    let pages = match request.limit {
        Some(limit) => total.saturating_add(limit - 1) / limit,
        None => 1,
    };
    Ok(Page { transactions, total, page: request.page, pages: pages.max(1) })
}

fn filter(conn: &mut DbConn, request: &Request) -> Result<Filter> {
    let mut filter = Filter { period: request.period, account: None, category: None, words: Vec::new() };
    if request.account.is_some() || request.category.is_some() {
        let names = names::load(conn, None)?;
        if let Some(text) = &request.account {
            filter.account = Some(lookup::account(&names, text)?.id);
        }
        filter.category = match request.category.as_deref() {
            Some(text) if fold(text) == "none" => Some(Wanted::Uncategorised),
            Some(text) => Some(Wanted::Category(lookup::known_category(&names, text)?.id)),
            None => None,
        };
    }
    filter.words = request.words.iter().map(|word| query_word(word)).collect::<Result<_>>()?;
    Ok(filter)
}

/// A word as it is looked for. `field:...` is kept for the query language.
fn query_word(word: &str) -> Result<String> {
    const FIELDS: [&str; 13] =
        ["cat", "acct", "payee", "tag", "note", "amt", "date", "is", "in", "out", "id", "op", "by"];
    if let Some((field, _)) = word.split_once(':')
        && FIELDS.contains(&field.to_lowercase().as_str())
    {
        return Err(Problem::usage(format!(
            "`{}` is not understood yet",
            crate::domain::name::visible(word)
        ))
        .hint("use `-a ACCOUNT`, `-c CATEGORY`, `-p PERIOD` and plain words, which match payees and notes")
        .into());
    }
    Ok(fold(word))
}

/// One transaction.
///
/// # Errors
/// An id that no transaction bears.
pub fn get(conn: &mut DbConn, id: TransactionId, book: &Currency) -> Result<Transaction> {
    listing::load(conn, &[id], book)?.pop().ok_or_else(|| transactions::no_such(id).into())
}

/// Several transactions, in the order given.
///
/// # Errors
/// The first id that no transaction bears.
pub fn get_all(conn: &mut DbConn, ids: &[TransactionId], book: &Currency) -> Result<Vec<Transaction>> {
    let loaded = listing::load(conn, ids, book)?;
    match ids.iter().find(|id| !loaded.iter().any(|transaction| transaction.id == **id)) {
        Some(missing) => Err(Problem::not_found(format!("no transaction has the id {missing}"))
            .hint("nothing was changed; `groat list` shows the ids")
            .into()),
        None => Ok(loaded),
    }
}

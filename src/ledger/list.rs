//! Finding transactions again: a page of them, or one.

use super::query::resolve;
use crate::db::connection::DbConn;
use crate::db::listing::{self, Sort};
use crate::db::transactions;
use crate::domain::ids::TransactionId;
use crate::domain::money::Currency;
use crate::domain::query::Query;
use crate::domain::transaction::Transaction;
use crate::error::{Problem, Result};

/// What `list` asks for.
#[derive(Debug, Clone)]
pub struct Request {
    /// Which are meant.
    pub query: Query,
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
/// Those of `resolve`.
pub fn list(conn: &mut DbConn, request: &Request, book: &Currency) -> Result<Page> {
    let condition = resolve(conn, &request.query)?;
    let offset = (request.page - 1).saturating_mul(request.limit.unwrap_or(0));
    let (ids, total) = listing::find_page(conn, condition.as_ref(), request.sort, request.limit, offset)?;
    let transactions = if ids.is_empty() { Vec::new() } else { listing::load(conn, &ids, book)? };
    let pages = match request.limit {
        Some(limit) => total.saturating_add(limit - 1) / limit,
        None => 1,
    };
    Ok(Page { transactions, total, page: request.page, pages: pages.max(1) })
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

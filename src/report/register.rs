//! Postings, oldest first, each with what its account holds after it: a bank statement.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::narrow;
use crate::db::connection::DbConn;
use crate::db::names;
use crate::db::register::{self, RegisterRow};
use crate::domain::ids::TransactionId;
use crate::domain::money::{CurrencyCode, Minor};
use crate::domain::query::Query;
use crate::domain::transaction::Amount;
use crate::domain::when::Period;
use crate::error::{Problem, Result};
use crate::ledger::lookup;
use crate::ledger::query::resolve;

/// One posting.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Row {
    /// The transaction.
    pub id: TransactionId,
    /// The day it hits the account.
    pub date: NaiveDate,
    /// Who was paid, or paid.
    pub payee: Option<String>,
    /// The transaction's remark.
    pub note: Option<String>,
    /// The account.
    pub account: String,
    /// The category.
    pub category: Option<String>,
    /// `group/category`.
    pub category_slug: Option<String>,
    /// Of a transfer, the other account.
    pub transfer: Option<String>,
    /// Money in is positive.
    pub amount: Amount,
    /// What the account holds after it, with everything before the period; none with a query.
    pub balance: Option<Amount>,
    /// With a query, what all that is shown of the account comes to with it.
    pub running_total: Option<Amount>,
    /// The account's currency.
    pub currency: CurrencyCode,
    /// The posting's remark.
    pub memo: Option<String>,
    /// `pending`, `cleared` or `reconciled`.
    pub status: String,
}

/// A register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// Both ends included.
    pub period: Period,
    /// The account that it is of; none is all of them.
    pub account: Option<String>,
    /// What was asked for, as it was understood; none is all.
    pub query: Option<String>,
    /// Oldest first; the last ones if there are more than asked for.
    pub rows: Vec<Row>,
    /// How many fit altogether.
    pub total: i64,
}

/// The last `limit` postings of a period (ends included) that fit the query, all with none; of one account, or of all.
///
/// # Errors
/// An unknown account or name in the query; a sum beyond 64 bits.
pub fn register(
    conn: &mut DbConn,
    query: &Query,
    period: Period,
    account: Option<&str>,
    limit: Option<i64>,
) -> Result<Register> {
    let named = match account {
        Some(text) => {
            let found = lookup::account(&names::load(conn, None)?, text)?.clone();
            Some((found.id, found.name))
        }
        None => None,
    };
    // Days of the query that are the period's are said by it, and leave the account its balances.
    let query = match query.period() {
        Some(named) if named == period => query.clone().without_period(),
        _ => query.clone(),
    };
    let condition = resolve(conn, &query)?;
    let rows = register::load(conn, period, named.as_ref().map(|(id, _)| *id), condition.as_ref(), limit)?;
    let total = rows.first().map_or(0, |row| row.total);
    Ok(Register {
        period,
        account: named.map(|(_, name)| name),
        query: query.root().map(ToString::to_string),
        rows: with_balances(rows, condition.is_some())?,
        total,
    })
}

/// Turns rows that come newest first, walking back from what each account holds at the end; or, of a part of the
/// postings, from what they come to.
fn with_balances(rows: Vec<RegisterRow>, is_part: bool) -> Result<Vec<Row>> {
    let mut balances: HashMap<i64, i128> = HashMap::new();
    let mut made = Vec::with_capacity(rows.len());
    for row in rows {
        let balance = balances.entry(row.account_id).or_insert(i128::from(row.closing));
        let after = narrow(*balance)?;
        *balance -= i128::from(row.amount);
        let amount = |minor| Ok::<_, anyhow::Error>(Amount { minor, exponent: u32::try_from(row.exponent)? });
        made.push(Row {
            id: TransactionId(row.id),
            date: row.date,
            amount: amount(Minor(row.amount))?,
            balance: (!is_part).then(|| amount(after)).transpose()?,
            running_total: is_part.then(|| amount(after)).transpose()?,
            currency: CurrencyCode::parse(&row.currency).map_err(|e| Problem::internal(e.message))?,
            payee: row.payee,
            note: row.note,
            account: row.account,
            category: row.category,
            category_slug: row.slug,
            transfer: row.other,
            memo: row.memo,
            status: row.status,
        });
    }
    made.reverse();
    Ok(made)
}

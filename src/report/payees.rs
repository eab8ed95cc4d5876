//! What was spent at each payee, and what came in from there.

use chrono::NaiveDate;

use super::narrow;
use crate::db::connection::DbConn;
use crate::db::payee_sums::{self, PayeeSum};
use crate::domain::money::{Currency, CurrencyCode, Minor, average};
use crate::domain::query::Query;
use crate::domain::transaction::Amount;
use crate::domain::when::Period;
use crate::error::Result;
use crate::ledger::query::resolve;

/// One payee.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Row {
    /// The name; none is what has no payee.
    pub payee: Option<String>,
    /// What was spent; positive, negative where more came back.
    pub spending: Amount,
    /// What came in.
    pub income: Amount,
    /// How many transactions.
    pub count: i64,
    /// What was spent a transaction, rounded half to even; none where nothing was.
    pub average: Option<Amount>,
    /// The day of the last.
    pub last: NaiveDate,
}

/// What payees got and gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayeesReport {
    /// Both ends included.
    pub period: Period,
    /// What was asked for, as it was understood; none is all.
    pub query: Option<String>,
    /// What amounts are in.
    pub currency: CurrencyCode,
    /// Largest spending first, at most as many as asked for.
    pub rows: Vec<Row>,
    /// What was spent at all payees, shown or not.
    pub spending: Amount,
    /// What came in from all of them.
    pub income: Amount,
    /// How many payees there are, shown or not.
    pub payees: usize,
}

/// The payees of a period (ends included) with what fits the query, at most `limit` of them.
///
/// # Errors
/// A name in the query that is not there; a sum beyond 64 bits.
pub fn payees(
    conn: &mut DbConn,
    query: &Query,
    period: Period,
    limit: Option<usize>,
    book: &Currency,
) -> Result<PayeesReport> {
    let condition = resolve(conn, query)?;
    let sums = payee_sums::load(conn, period, condition.as_ref())?;
    let amount = |minor| Amount { minor, exponent: book.exponent };
    let total = |of: fn(&PayeeSum) -> i64| narrow(sums.iter().map(|sum| i128::from(of(sum))).sum());
    let (spending, income) = (total(|sum| sum.spending)?, total(|sum| sum.income)?);
    let payees = sums.len();
    let rows = sums.into_iter().take(limit.unwrap_or(usize::MAX)).map(|sum| {
        let count = usize::try_from(sum.count)?;
        Ok(Row {
            payee: sum.payee,
            spending: amount(Minor(sum.spending)),
            income: amount(Minor(sum.income)),
            count: sum.count,
            average: (sum.spending > 0).then(|| amount(average(Minor(sum.spending), count))),
            last: sum.last,
        })
    });
    Ok(PayeesReport {
        period,
        query: query.root().map(ToString::to_string),
        currency: book.code,
        rows: rows.collect::<Result<_>>()?,
        spending: amount(spending),
        income: amount(income),
        payees,
    })
}

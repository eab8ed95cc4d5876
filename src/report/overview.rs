//! The dashboard that `groat` alone shows: the month's money in and out, the accounts, what came last.

use chrono::NaiveDate;

use crate::db::connection::DbConn;
use crate::db::totals;
use crate::domain::money::{Currency, CurrencyCode, Minor};
use crate::domain::transaction::Amount;
use crate::domain::when::Month;
use crate::error::Result;
use crate::ledger::balance::{self, Balances};

/// The dashboard.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Overview {
    /// The month.
    pub month: Month,
    /// What amounts are in.
    pub currency: CurrencyCode,
    /// Income of the month, without starting balances.
    pub income: Amount,
    /// Spending of the month; positive.
    pub spending: Amount,
    /// What has no category yet, in the month: how many postings.
    pub uncategorised: i64,
    /// The accounts today.
    pub balances: Balances,
}

/// The dashboard of a day.
///
/// # Errors
/// A sum beyond 64 bits.
pub fn overview(conn: &mut DbConn, today: NaiveDate, book: &Currency) -> Result<Overview> {
    let month = totals::month(conn, totals::month_key(today))?;
    let amount = |minor| Amount { minor: Minor(minor), exponent: book.exponent };
    Ok(Overview {
        month: Month::of(today),
        currency: book.code,
        income: amount(month.income),
        spending: amount(month.spending),
        uncategorised: month.uncategorised,
        balances: balance::balances(conn, &[], today)?,
    })
}

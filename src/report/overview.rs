//! The dashboard that `groat` alone shows: the month's money in and out, its budget, the accounts.

use chrono::NaiveDate;

use crate::budget::month::budget;
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
    /// What is in no envelope yet; none where nobody budgets.
    pub to_be_budgeted: Option<Amount>,
    /// What later months assign; none where nobody budgets.
    pub assigned_later: Option<Amount>,
    /// Up to the last month that assigns later, the first with the least to be budgeted, and how much that is.
    #[serde(skip)]
    pub least_later: Option<(Month, Amount)>,
    /// The envelopes from which more was spent than there was, by `group/category`; negative.
    pub overspent: Vec<Overspent>,
    /// The accounts today.
    pub balances: Balances,
}

/// An envelope that is overspent.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Overspent {
    /// The category's name.
    pub category: String,
    /// `group/category`.
    pub category_slug: String,
    /// What it is called where its group is not shown.
    #[serde(skip)]
    pub called: String,
    /// What it has: below 0.
    pub available: Amount,
}

/// The dashboard of a day.
///
/// # Errors
/// A sum beyond 64 bits.
pub fn overview(conn: &mut DbConn, today: NaiveDate, book: &Currency) -> Result<Overview> {
    let month = totals::month(conn, totals::month_key(today))?;
    let amount = |minor| Amount { minor: Minor(minor), exponent: book.exponent };
    let budget = budget(conn, Month::of(today), book)?;
    let overspent = budget.overspent().map(|line| Overspent {
        category: line.category.clone(),
        category_slug: line.category_slug.clone(),
        called: line.called.clone(),
        available: line.available,
    });
    Ok(Overview {
        month: Month::of(today),
        currency: book.code,
        income: amount(month.income),
        spending: amount(month.spending),
        uncategorised: month.uncategorised,
        to_be_budgeted: budget.is_used.then_some(budget.to_be_budgeted),
        assigned_later: budget.is_used.then_some(budget.assigned_later),
        least_later: budget.least_later,
        overspent: overspent.collect(),
        balances: balance::balances(conn, &[], today)?,
    })
}

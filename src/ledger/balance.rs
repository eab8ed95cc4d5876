//! What each account holds, and what they hold together.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::lookup;
use crate::db::connection::DbConn;
use crate::db::holdings::{self, Holding};
use crate::db::names::Names;
use crate::domain::account::AccountKind;
use crate::domain::money::{CurrencyCode, Minor};
use crate::domain::transaction::Amount;
use crate::error::{OrUsage, Result};

/// One account's balance.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct AccountBalance {
    /// The account's name.
    pub account: String,
    /// What sort of place it is.
    pub kind: AccountKind,
    /// What it is in.
    pub currency: CurrencyCode,
    /// Everything up to the day.
    pub balance: Amount,
    /// What is cleared or reconciled of it.
    pub cleared: Amount,
    /// Whether it is budgeted.
    pub on_budget: bool,
}

/// What the accounts of one currency hold together.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Total {
    /// The currency.
    pub currency: CurrencyCode,
    /// The sum of the balances.
    pub balance: Amount,
}

/// Balances at the end of a day.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Balances {
    /// The day, included.
    pub at: NaiveDate,
    /// Open accounts, and closed ones that are not empty or were asked for.
    pub accounts: Vec<AccountBalance>,
    /// By currency.
    pub totals: Vec<Total>,
}

/// The balances of the accounts named, or of all, at the end of a day.
///
/// # Errors
/// An unknown account; a sum beyond 64 bits.
pub fn balances(conn: &mut DbConn, wanted: &[String], at: NaiveDate) -> Result<Balances> {
    let holdings = holdings::load(conn, at)?;
    let names =
        Names { accounts: holdings.iter().map(|held| held.account.clone()).collect(), ..Names::default() };
    let chosen =
        wanted.iter().map(|text| Ok(lookup::account(&names, text)?.id)).collect::<Result<Vec<_>>>()?;
    let mut accounts = Vec::new();
    let mut totals: BTreeMap<CurrencyCode, Amount> = BTreeMap::new();
    for Holding { account, balance, cleared } in holdings {
        let is_wanted =
            if chosen.is_empty() { !account.is_closed || balance != 0 } else { chosen.contains(&account.id) };
        if !is_wanted {
            continue;
        }
        let amount = |minor| Amount { minor: Minor(minor), exponent: account.exponent };
        let total = totals.entry(account.currency).or_insert(amount(0));
        total.minor = total.minor.checked_add(Minor(balance)).usage()?;
        accounts.push(AccountBalance {
            account: account.name,
            kind: account.kind,
            currency: account.currency,
            balance: amount(balance),
            cleared: amount(cleared),
            on_budget: account.is_on_budget,
        });
    }
    let totals = totals.into_iter().map(|(currency, balance)| Total { currency, balance }).collect();
    Ok(Balances { at, accounts, totals })
}

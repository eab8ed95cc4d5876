//! Net worth, and what single accounts hold, at the end of each month: from the kept totals alone, off-budget accounts
//! included. Currencies are kept apart.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::narrow;
use crate::db::connection::DbConn;
use crate::db::names;
use crate::db::worth::{self, MonthSum};
use crate::domain::account::{Account, AccountKind};
use crate::domain::ids::AccountId;
use crate::domain::money::{Currency, CurrencyCode};
use crate::domain::transaction::Amount;
use crate::domain::when::{Month, Period};
use crate::error::Result;
use crate::ledger::lookup;

/// What is owned and owed in one currency at the end of a month.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Point {
    /// The month.
    pub month: Month,
    /// Its last day, or the period's if that is earlier.
    pub date: NaiveDate,
    /// What amounts are in.
    pub currency: CurrencyCode,
    /// What accounts hold that are no cards or loans.
    pub assets: Amount,
    /// What is owed on cards and loans; positive.
    pub liabilities: Amount,
    /// Assets without liabilities.
    pub net: Amount,
    /// Net without that of the end of the month before.
    pub change: Amount,
}

/// What one account holds at the end of a month.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct AccountPoint {
    /// The account's name.
    pub account: String,
    /// What sort of place it is.
    pub kind: AccountKind,
    /// What it is in.
    pub currency: CurrencyCode,
    /// The month.
    pub month: Month,
    /// Its last day, or the period's if that is earlier.
    pub date: NaiveDate,
    /// What it holds; negative is owed.
    pub balance: Amount,
    /// The balance without that of the end of the month before.
    pub change: Amount,
}

/// Net worth over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetWorth {
    /// Both ends included.
    pub period: Period,
    /// The book's currency.
    pub currency: CurrencyCode,
    /// In the book's currency first, then in others, each in order of time.
    pub rows: Vec<Point>,
    /// By account, each in order of time; none unless asked for.
    pub accounts: Option<Vec<AccountPoint>>,
}

/// Net worth at the end of each month of a period, of the accounts named, or of all.
///
/// # Errors
/// An unknown account; a sum beyond 64 bits.
pub fn networth(
    conn: &mut DbConn,
    period: Period,
    wanted: &[String],
    by_account: bool,
    today: NaiveDate,
    book: &Currency,
) -> Result<NetWorth> {
    let names = names::load(conn, None)?;
    let chosen: BTreeSet<AccountId> =
        wanted.iter().map(|text| Ok(lookup::account(&names, text)?.id)).collect::<Result<_>>()?;
    let accounts: BTreeMap<i64, &Account> = names
        .accounts
        .iter()
        .filter(|account| chosen.is_empty() || chosen.contains(&account.id))
        .map(|account| (account.id.0, account))
        .collect();
    let sums: Vec<MonthSum> = worth::monthly(conn, period.to)?
        .into_iter()
        .filter(|sum| accounts.contains_key(&sum.account_id))
        .collect();
    let months = months(&sums, period, today);
    let currencies: BTreeSet<CurrencyCode> = accounts.values().map(|account| account.currency).collect();
    let mut rows = Vec::new();
    let own_first = |code: &CurrencyCode| (*code != book.code, *code);
    let currencies: BTreeSet<_> = currencies.iter().map(own_first).collect();
    for (_, currency) in currencies {
        let of_currency: Vec<(&Account, Month, i64)> = sums
            .iter()
            .map(|sum| (accounts[&sum.account_id], sum.month, sum.amount))
            .filter(|(account, ..)| account.currency == currency)
            .collect();
        rows.extend(points(&of_currency, &months, period, currency)?);
    }
    let mut by = Vec::new();
    for account in names.accounts.iter().filter(|_| by_account) {
        if accounts.contains_key(&account.id.0) {
            by.extend(account_points(account, &sums, &months, period, !chosen.is_empty())?);
        }
    }
    Ok(NetWorth { period, currency: book.code, rows, accounts: by_account.then_some(by) })
}

/// From the period's first month, or the first in which anything was posted, to its last, or to the later of this month
/// and the last in which anything was posted. Of a period that is to come: its months, or the first of one without end.
fn months(sums: &[MonthSum], period: Period, today: NaiveDate) -> Vec<Month> {
    let posted = || sums.iter().map(|sum| sum.month);
    let (Some(first), Some(last)) = (posted().min(), posted().max()) else { return Vec::new() };
    let first = period.from.map_or(first, |from| first.max(Month::of(from)));
    let last = last.max(Month::of(today));
    let end = period.to.map(Month::of);
    let last = end.map_or(last, |end| last.min(end));
    let last = if first > last { end.unwrap_or(first) } else { last };
    std::iter::successors(Some(first), |month| Some(month.next()))
        .take_while(|month| *month <= last)
        .collect()
}

/// Running sums of anything by month: what was before the first month, then the end of each.
fn running<const N: usize>(
    parts: impl Iterator<Item = (Month, [i128; N])>,
    months: &[Month],
) -> (i128, Vec<[i128; N]>) {
    let mut by_month: BTreeMap<Month, [i128; N]> = BTreeMap::new();
    for (month, amounts) in parts {
        let sums = by_month.entry(month).or_insert([0; N]);
        sums.iter_mut().zip(amounts).for_each(|(sum, amount)| *sum += amount);
    }
    let mut sum = [0; N];
    let mut add = |amounts: &[i128; N]| sum.iter_mut().zip(amounts).for_each(|(sum, amount)| *sum += amount);
    if let Some(first) = months.first() {
        by_month.range(..first).for_each(|(_, amounts)| add(amounts));
    }
    let before: i128 = sum.iter().sum();
    let ends = months.iter().map(|month| {
        if let Some(amounts) = by_month.get(month) {
            sum.iter_mut().zip(amounts).for_each(|(sum, amount)| *sum += amount);
        }
        sum
    });
    (before, ends.collect())
}

fn points(
    sums: &[(&Account, Month, i64)],
    months: &[Month],
    period: Period,
    currency: CurrencyCode,
) -> Result<Vec<Point>> {
    let Some(exponent) = sums.first().map(|(account, ..)| account.exponent) else { return Ok(Vec::new()) };
    let amount = |sum| Ok::<_, anyhow::Error>(Amount { minor: narrow(sum)?, exponent });
    let parts = sums.iter().map(|(account, month, amount)| {
        let amount = i128::from(*amount);
        (*month, if is_debt(account.kind) { [0, amount] } else { [amount, 0] })
    });
    let (mut before, ends) = running(parts, months);
    let mut points = Vec::with_capacity(months.len());
    for (month, [assets, debts]) in months.iter().zip(ends) {
        let net = assets + debts;
        points.push(Point {
            month: *month,
            date: end_of(*month, period),
            currency,
            assets: amount(assets)?,
            liabilities: amount(-debts)?,
            net: amount(net)?,
            change: amount(net - before)?,
        });
        before = net;
    }
    Ok(points)
}

/// An account that was empty all the time is left out, unless it was named.
fn account_points(
    account: &Account,
    sums: &[MonthSum],
    months: &[Month],
    period: Period,
    is_named: bool,
) -> Result<Vec<AccountPoint>> {
    let amount = |sum| Ok::<_, anyhow::Error>(Amount { minor: narrow(sum)?, exponent: account.exponent });
    let own = sums.iter().filter(|sum| sum.account_id == account.id.0);
    let (mut before, ends) = running(own.map(|sum| (sum.month, [i128::from(sum.amount)])), months);
    if !is_named && account.is_closed && before == 0 && ends.iter().all(|[balance]| *balance == 0) {
        return Ok(Vec::new());
    }
    let mut points = Vec::with_capacity(months.len());
    for (month, [balance]) in months.iter().zip(ends) {
        points.push(AccountPoint {
            account: account.name.clone(),
            kind: account.kind,
            currency: account.currency,
            month: *month,
            date: end_of(*month, period),
            balance: amount(balance)?,
            change: amount(balance - before)?,
        });
        before = balance;
    }
    Ok(points)
}

fn is_debt(kind: AccountKind) -> bool {
    matches!(kind, AccountKind::Card | AccountKind::Loan)
}

fn end_of(month: Month, period: Period) -> NaiveDate {
    period.to.map_or(month.last_day(), |to| to.min(month.last_day()))
}

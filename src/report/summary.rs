//! A period on one page: what came in and went out, against the period before, where it went, and what the accounts
//! hold. The monthly mail.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::income::{Sums, sums_of};
use super::narrow;
use crate::db::connection::DbConn;
use crate::db::summary::{self, BEFORE, Line, NOW, PAYEE};
use crate::db::totals::{UNCATEGORISED_IN, UNCATEGORISED_OUT};
use crate::domain::money::{Currency, CurrencyCode};
use crate::domain::transaction::Amount;
use crate::domain::when::Period;
use crate::error::Result;
use crate::ledger::balance::{self, Balances};

/// How many categories and payees are shown.
const SHOWN: usize = 10;

/// An amount, what it was in the period before, and the difference; both none where there is no period before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Compared {
    /// In the period.
    pub amount: Amount,
    /// In the period before.
    pub before: Option<Amount>,
    /// The amount without the one before.
    pub change: Option<Amount>,
}

/// What was spent in a category.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct CategoryLine {
    /// Its name; none is what has no category.
    pub category: Option<String>,
    /// `group/category`.
    pub category_slug: Option<String>,
    /// What was spent; positive.
    #[serde(flatten)]
    pub spent: Compared,
}

/// What was spent at a payee.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct PayeeLine {
    /// The name.
    pub payee: String,
    /// What was spent; positive.
    #[serde(flatten)]
    pub spent: Compared,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Both ends included.
    pub period: Period,
    /// What it is compared with: the one of the same kind before; none with an open end.
    pub previous: Option<Period>,
    /// What amounts are in, but for balances.
    pub currency: CurrencyCode,
    /// What came in.
    pub income: Compared,
    /// What went out; positive.
    pub spending: Compared,
    /// Income without spending.
    pub net: Compared,
    /// Net of income in percent, one decimal; none without income.
    pub savings_rate: Option<String>,
    /// The same of the period before.
    pub savings_rate_before: Option<String>,
    /// Where most was spent, largest first: at most ten.
    pub categories: Vec<CategoryLine>,
    /// How many more categories there are.
    pub more_categories: usize,
    /// At whom most was spent, largest first: at most ten.
    pub payees: Vec<PayeeLine>,
    /// How many postings of the period count as income or spending without a category.
    pub uncategorised: i64,
    /// The accounts at the end of the period, or today if that is earlier.
    pub balances: Balances,
}

/// The summary of a period (ends included).
///
/// # Errors
/// A sum beyond 64 bits.
pub fn summary(conn: &mut DbConn, period: Period, today: NaiveDate, book: &Currency) -> Result<Summary> {
    let previous = period.previous();
    let lines = summary::load(conn, period, previous, i64::try_from(SHOWN)?)?;
    let at = period.to.map_or(today, |to| to.min(today));
    let balances = balance::balances(conn, &[], at)?;
    let compare = |now: Amount, before: Amount| compared(now, previous.map(|_| before));
    let (now, before) = (sums(&lines, NOW, book)?, sums(&lines, BEFORE, book)?);
    let categories = categories(&lines, previous.is_some(), book)?;
    Ok(Summary {
        period,
        previous,
        currency: book.code,
        income: compare(now.income, before.income)?,
        spending: compare(now.spending, before.spending)?,
        net: compare(now.net, before.net)?,
        savings_rate: now.savings_rate,
        savings_rate_before: before.savings_rate.filter(|_| previous.is_some()),
        more_categories: categories.len().saturating_sub(SHOWN),
        categories: categories.into_iter().take(SHOWN).collect(),
        payees: payees(&lines, previous.is_some(), book)?,
        uncategorised: lines.iter().filter(|line| is_uncategorised(line)).map(|line| line.count).sum(),
        balances,
    })
}

fn is_uncategorised(line: &Line) -> bool {
    line.slot == NOW && [UNCATEGORISED_OUT, UNCATEGORISED_IN].contains(&line.bucket)
}

fn sums(lines: &[Line], slot: i64, book: &Currency) -> Result<Sums> {
    let mut sums = [0; 2];
    for line in lines.iter().filter(|line| line.slot == slot) {
        let value = i128::from(line.value);
        if line.is_spending { sums[1] -= value } else { sums[0] += value }
    }
    sums_of(sums, book)
}

/// Every category in which more was spent in the period than came back, largest first.
fn categories(lines: &[Line], has_before: bool, book: &Currency) -> Result<Vec<CategoryLine>> {
    let spending = |slot| lines.iter().filter(move |line| line.slot == slot && line.is_spending);
    let before: BTreeMap<i64, i64> = spending(BEFORE).map(|line| (line.bucket, line.value)).collect();
    let amount = |value: i64| {
        Ok::<_, anyhow::Error>(Amount { minor: narrow(-i128::from(value))?, exponent: book.exponent })
    };
    let mut made = spending(NOW)
        .filter(|line| line.value < 0)
        .map(|line| {
            let earlier = has_before.then(|| amount(before.get(&line.bucket).copied().unwrap_or(0)));
            Ok(CategoryLine {
                category: line.name.clone(),
                category_slug: line.slug.clone(),
                spent: compared(amount(line.value)?, earlier.transpose()?)?,
            })
        })
        .collect::<Result<Vec<CategoryLine>>>()?;
    made.sort_by(|a, b| {
        let key = |line: &CategoryLine| (std::cmp::Reverse(line.spent.amount.minor), line.category.is_none());
        key(a).cmp(&key(b)).then_with(|| a.category_slug.cmp(&b.category_slug))
    });
    Ok(made)
}

fn payees(lines: &[Line], has_before: bool, book: &Currency) -> Result<Vec<PayeeLine>> {
    let amount = |minor: i64| Amount { minor: crate::domain::money::Minor(minor), exponent: book.exponent };
    let mut made = Vec::new();
    for line in lines.iter().filter(|line| line.slot == PAYEE) {
        made.push(PayeeLine {
            payee: line.name.clone().unwrap_or_default(),
            spent: compared(amount(line.value), has_before.then(|| amount(line.before)))?,
        });
    }
    // The rows of a UNION come in no certain order.
    made.sort_by(|a, b| b.spent.amount.minor.cmp(&a.spent.amount.minor).then_with(|| a.payee.cmp(&b.payee)));
    Ok(made)
}

fn compared(amount: Amount, before: Option<Amount>) -> Result<Compared> {
    let difference = |before: Amount| narrow(i128::from(amount.minor.0) - i128::from(before.minor.0));
    let change = before.map(difference).transpose()?.map(|minor| Amount { minor, ..amount });
    Ok(Compared { amount, before, change })
}

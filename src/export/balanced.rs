//! A transaction as an entry of a journal, balanced: what it was for, then the accounts it stands in. The same for
//! every kind of journal; what the lines look like is theirs.

use chrono::NaiveDate;

use super::names::Names;
use super::told::Told;
use crate::db::pages::{Entry, Leg};
use crate::domain::money::Currency;
use crate::domain::transaction::Status;
use crate::error::Result;

/// The accounts of a journal that are none of the book's.
pub struct Fixed {
    /// Where money went that nobody has said anything of.
    pub unknown_expenses: &'static str,
    /// Where such money came from.
    pub unknown_income: &'static str,
    /// What keeps a transfer in balance whose leg counts as spending, as money that goes off budget does.
    pub transfers: &'static str,
}

/// What lines are made with.
pub struct Book<'a> {
    /// What the transactions stand on.
    pub told: &'a Told,
    /// What accounts and categories are called.
    pub names: &'a Names,
    /// What else is an account in a journal.
    pub fixed: &'a Fixed,
}

/// One line of an entry.
pub struct Line<'a> {
    /// The account of the journal.
    pub account: &'a str,
    /// Minor units.
    pub amount: i128,
    /// Of these.
    pub currency: &'a Currency,
    /// What it is worth in the book's currency, where that is another.
    value: Option<i128>,
    /// The day it hits the account.
    pub date: NaiveDate,
    /// How far it is confirmed.
    pub status: Status,
    /// A remark.
    pub memo: Option<&'a str>,
}

impl Line<'_> {
    /// Its value, where a journal can say it: a price has no sign of its own, and nothing costs nothing.
    pub fn price(&self) -> Option<i128> {
        self.value.filter(|value| self.amount != 0 && value.signum() == self.amount.signum())
    }
}

/// The lines of an entry, which sum to nothing in each currency.
///
/// # Errors
/// An account or category that came while the book was being read.
pub fn lines<'a>(entry: &'a Entry, book: &Book<'a>) -> Result<Vec<Line<'a>>> {
    let mut lines = counters(entry, book)?;
    let counted = lines.len();
    lines.extend(purses(entry, book)?);
    lines.extend(rest(entry, (&lines, counted), book));
    Ok(lines)
}

/// The status of all lines, where it is one.
pub fn common_status(lines: &[Line<'_>]) -> Option<Status> {
    let first = lines.first()?.status;
    lines.iter().all(|line| line.status == first).then_some(first)
}

/// What the money was for. Of a transfer that is only said where a leg has a category.
fn counters<'a>(entry: &'a Entry, book: &Book<'a>) -> Result<Vec<Line<'a>>> {
    let is_transfer = entry.is_transfer();
    let counted = entry.legs.iter().filter(|leg| !is_transfer || leg.category.is_some());
    counted
        .map(|leg| {
            let own = book.told.currency_of(leg.account)?;
            let is_foreign = own.code != book.told.currency.code;
            let (amount, currency) = match leg.value {
                Some(value) if is_foreign => (value, &book.told.currency),
                _ => (leg.amount, own),
            };
            let account = match leg.category {
                Some(id) => book.names.category(id)?,
                None if amount.is_negative() => book.fixed.unknown_expenses,
                None => book.fixed.unknown_income,
            };
            let memo = leg.memo.as_deref();
            let amount = -i128::from(amount.0);
            Ok(Line { account, amount, currency, value: None, date: leg.date, status: leg.status, memo })
        })
        .collect()
}

/// The accounts: one line each, where the parts of a split agree on all but what they are for.
fn purses<'a>(entry: &'a Entry, book: &Book<'a>) -> Result<Vec<Line<'a>>> {
    let is_transfer = entry.is_transfer();
    let mut lines: Vec<Line<'a>> = Vec::with_capacity(entry.legs.len());
    for leg in &entry.legs {
        let currency = book.told.currency_of(leg.account)?;
        let value = value(leg, currency, book);
        let amount = i128::from(leg.amount.0);
        if let Some(last) = lines.last_mut().filter(|last| {
            !is_transfer
                && last.date == leg.date
                && last.status == leg.status
                && last.value.is_some() == value.is_some()
        }) {
            last.amount += amount;
            last.value = last.value.zip(value).map(|(sum, value)| sum + value);
            continue;
        }
        let account = book.names.account(leg.account)?;
        let memo = leg.memo.as_deref().filter(|_| is_transfer && leg.category.is_none());
        lines.push(Line { account, amount, currency, value, date: leg.date, status: leg.status, memo });
    }
    Ok(lines)
}

fn value(leg: &Leg, currency: &Currency, book: &Book<'_>) -> Option<i128> {
    let is_foreign = currency.code != book.told.currency.code;
    leg.value.filter(|_| is_foreign).map(|value| i128::from(value.0))
}

/// What is missing for each currency to sum to nothing: of what the first lines, so many as are counted, say that it was
/// for, a line each, so that which is whose can be read again.
fn rest<'a>(entry: &Entry, (lines, counted): (&[Line<'a>], usize), book: &Book<'a>) -> Vec<Line<'a>> {
    let mut sums: Vec<(&'a Currency, i128)> = Vec::new();
    for line in lines {
        let (currency, part) = match line.price() {
            Some(value) => (&book.told.currency, value),
            None => (line.currency, line.amount),
        };
        match sums.iter_mut().find(|(known, _)| known.code == currency.code) {
            Some((_, sum)) => *sum += part,
            None => sums.push((currency, part)),
        }
    }
    let status = entry.legs[0].status;
    let (account, date) = (book.fixed.transfers, entry.date);
    let line = |currency, amount| Line { account, amount, currency, value: None, date, status, memo: None };
    let missing = sums.into_iter().filter(|(_, sum)| *sum != 0);
    missing
        .flat_map(|(currency, sum)| {
            let of_it = lines[..counted].iter().filter(|line| line.currency.code == currency.code);
            let amounts: Vec<i128> = of_it.map(|line| line.amount).collect();
            let amounts = if amounts.iter().sum::<i128>() == sum { amounts } else { vec![sum] };
            amounts.into_iter().map(move |amount| line(currency, -amount))
        })
        .collect()
}

//! One transaction as an entry of a journal, balanced: what it was for, then the accounts it stands in.

use std::collections::HashMap;
use std::fmt::Write;

use chrono::NaiveDate;

use super::accounts::{Names, TRANSFERS, UNKNOWN_EXPENSES, UNKNOWN_INCOME};
use crate::db::pages::{Entry, Leg};
use crate::domain::ids::{AccountId, TagId};
use crate::domain::money::{Currency, Minor, format_minor};
use crate::domain::transaction::Status;
use crate::error::{Problem, Result};

/// What entries are written with.
pub struct Book<'a> {
    /// What values are in.
    pub currency: &'a Currency,
    /// What accounts and categories are called.
    pub names: &'a Names,
    /// What each account's amounts are in.
    pub currencies: &'a HashMap<AccountId, Currency>,
    /// The names of tags.
    pub tags: &'a HashMap<TagId, String>,
}

impl<'a> Book<'a> {
    fn currency_of(&self, leg: &Leg) -> Result<&'a Currency> {
        Ok(self.currencies.get(&leg.account).ok_or_else(came_meanwhile)?)
    }
}

/// One line of an entry.
struct Line<'a> {
    account: &'a str,
    amount: i128,
    currency: &'a Currency,
    /// What it is worth in the book's currency, where that is another.
    value: Option<i128>,
    date: NaiveDate,
    status: Status,
    memo: Option<&'a str>,
}

/// Appends an entry.
///
/// # Errors
/// An account or category that came while the book was being read; a sum beyond 64 bits.
pub fn write(text: &mut String, entry: &Entry, book: &Book<'_>) -> Result<()> {
    let mut lines = counters(entry, book)?;
    lines.extend(purses(entry, book)?);
    lines.extend(rest(entry, &lines, book));
    let status = lines[0].status;
    let has_one_status = lines.iter().all(|line| line.status == status);
    write_head(text, entry, has_one_status.then_some(status), book)?;
    for line in &lines {
        write_line(text, line, entry.date, !has_one_status, book.currency)?;
    }
    text.push('\n');
    Ok(())
}

/// What the money was for. Of a transfer that is only said where a leg has a category.
fn counters<'a>(entry: &'a Entry, book: &Book<'a>) -> Result<Vec<Line<'a>>> {
    let is_transfer = entry.is_transfer();
    let counted = entry.legs.iter().filter(|leg| !is_transfer || leg.category.is_some());
    counted
        .map(|leg| {
            let own = book.currency_of(leg)?;
            let is_foreign = own.code != book.currency.code;
            let (amount, currency) = match leg.value {
                Some(value) if is_foreign => (value, book.currency),
                _ => (leg.amount, own),
            };
            let account = match leg.category {
                Some(id) => book.names.category(id).ok_or_else(came_meanwhile)?,
                None if amount.is_negative() => UNKNOWN_EXPENSES,
                None => UNKNOWN_INCOME,
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
        let currency = book.currency_of(leg)?;
        let is_foreign = currency.code != book.currency.code;
        let value = leg.value.filter(|_| is_foreign).map(|value| i128::from(value.0));
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
        let account = book.names.account(leg.account).ok_or_else(came_meanwhile)?;
        let memo = leg.memo.as_deref().filter(|_| is_transfer && leg.category.is_none());
        lines.push(Line { account, amount, currency, value, date: leg.date, status: leg.status, memo });
    }
    Ok(lines)
}

/// What is missing for each currency to sum to nothing.
fn rest<'a>(entry: &Entry, lines: &[Line<'a>], book: &Book<'a>) -> Vec<Line<'a>> {
    let mut sums: Vec<(&'a Currency, i128)> = Vec::new();
    for line in lines {
        let (currency, part) = match line.price() {
            Some(value) => (book.currency, value),
            None => (line.currency, line.amount),
        };
        match sums.iter_mut().find(|(known, _)| known.code == currency.code) {
            Some((_, sum)) => *sum += part,
            None => sums.push((currency, part)),
        }
    }
    let status = entry.legs[0].status;
    let missing = sums.into_iter().filter(|(_, sum)| *sum != 0);
    missing
        .map(|(currency, sum)| Line {
            account: TRANSFERS,
            amount: -sum,
            currency,
            value: None,
            date: entry.date,
            status,
            memo: None,
        })
        .collect()
}

impl Line<'_> {
    /// Its value, where a journal can say it: a price has no sign of its own.
    fn price(&self) -> Option<i128> {
        self.value.filter(|value| value.signum() == self.amount.signum())
    }
}

fn write_head(text: &mut String, entry: &Entry, status: Option<Status>, book: &Book<'_>) -> Result<()> {
    let mark = status.map_or("", |status| mark(status));
    // The id is also what keeps a description that begins with a parenthesis from being read as a code.
    write!(text, "{} {mark}({})", entry.date, entry.id)?;
    if let Some(payee) = &entry.payee {
        write!(text, " {}", plain(payee).replace(';', ",").replace('|', "/"))?;
    }
    if let Some(note) = &entry.note {
        write!(text, " | {}", plain(note).replace(';', ","))?;
    }
    for (at, id) in entry.tags.iter().enumerate() {
        let name = book.tags.get(id).ok_or_else(came_meanwhile)?;
        write!(text, "{}{}:", if at == 0 { "  ; " } else { ", " }, tag_name(name))?;
    }
    text.push('\n');
    Ok(())
}

fn write_line(
    text: &mut String,
    line: &Line<'_>,
    day: NaiveDate,
    is_marked: bool,
    book: &Currency,
) -> Result<()> {
    let mark = if is_marked { mark(line.status) } else { "" };
    let named = format!("{mark}{}", line.account);
    let amount = amount(line.amount, line.currency)?;
    write!(text, "    {named:<36}  {amount:>10} {}", line.currency.code)?;
    if let Some(value) = line.price() {
        write!(text, " @@ {} {}", self::amount(value.abs(), book)?, book.code)?;
    }
    let date = (line.date != day).then(|| format!("date:{}", line.date));
    let said: Vec<String> = date.into_iter().chain(line.memo.map(memo)).collect();
    if !said.is_empty() {
        write!(text, "  ; {}", said.join(", "))?;
    }
    text.push('\n');
    Ok(())
}

fn mark(status: Status) -> &'static str {
    match status {
        Status::Pending => "! ",
        Status::Cleared | Status::Reconciled => "* ",
    }
}

fn amount(minor: i128, currency: &Currency) -> Result<String> {
    let minor = i64::try_from(minor)
        .map_err(|_| Problem::conflict("a transaction sums to more than a journal's amount can be"))?;
    Ok(format_minor(Minor(minor), currency.exponent))
}

fn came_meanwhile() -> Problem {
    Problem::conflict("somebody changed the book's names while it was being written").hint("try again")
}

/// A text on one line, with single blanks and nothing hidden in it.
pub fn plain(text: &str) -> String {
    let shown = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A remark in a comment, where brackets and the word `date:` would be read as another day.
fn memo(text: &str) -> String {
    plain(text).replace('[', "(").replace(']', ")").replace("date:", "date :").replace("date2:", "date2 :")
}

/// A tag's name: a blank, colon or comma would end it, and `date` is one of hledger's own.
fn tag_name(name: &str) -> String {
    let name =
        plain(name).replace(|c: char| c.is_whitespace() || [':', ',', ';', '[', ']'].contains(&c), "-");
    if ["date", "date2", "type"].contains(&name.as_str()) { format!("{name}-") } else { name }
}

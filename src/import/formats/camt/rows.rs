//! The rows of one entry: itself, or each payment of a batch.
//!
//! `items` streams them, so that a batch of a hundred thousand payments is not there a second time as rows.

use std::collections::HashSet;
use std::vec;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::{Booking, FileLine};
use super::batch;
use super::detail::Detail;
use super::entry::{Entry, Head};
use super::items::Before;

/// The rows of an entry, in the order of its details.
#[derive(Debug)]
pub struct EntryRows {
    common: Common,
    /// The details of a batch that have not become rows yet.
    details: vec::IntoIter<Detail>,
    /// How many have.
    count: usize,
    /// The row of an entry that is no batch.
    whole: Option<Detail>,
    repeated: HashSet<Box<str>>,
    is_unsummed: bool,
}

/// What makes rows of an entry.
#[derive(Debug)]
pub struct Booked {
    /// What it says of itself.
    pub head: Head,
    /// Its day.
    pub date: NaiveDate,
    /// Whether the bank has not booked it yet.
    pub is_pending: bool,
}

/// What all of them have in common.
#[derive(Debug)]
struct Common {
    entry: Entry,
    booked: Booked,
    account: Option<String>,
    before: Before,
}

impl EntryRows {
    /// The rows of an entry of this account, which is so many of the file.
    pub fn new(mut entry: Entry, booked: Booked, account: Option<String>, before: Before) -> EntryRows {
        let details = std::mem::take(&mut entry.details);
        let is_batch = batch::is_batch(&details, booked.head.amount);
        let repeated = if is_batch { batch::repeated(&details) } else { HashSet::new() };
        let is_unsummed = details.len() > 1 && !is_batch;
        let (details, whole) =
            if is_batch { (details, None) } else { (Vec::new(), Some(batch::merged(details))) };
        let common = Common { entry, booked, account, before };
        EntryRows { common, details: details.into_iter(), count: 0, whole, repeated, is_unsummed }
    }

    /// Whether the entry has several details and is one row nevertheless.
    pub fn is_unsummed(&self) -> bool {
        self.is_unsummed
    }

    /// What the bank numbers a payment of a batch by. What others of the batch, or the entry, bear as well is told apart
    /// by the place in it, with `#`, as there are references that end in `/2`.
    fn batch_id(&self, reference: Option<&str>) -> Option<String> {
        let entry = self.common.entry.reference.as_deref();
        match reference {
            Some(own) if !self.repeated.contains(own) && entry != Some(own) => Some(own.to_owned()),
            shared => {
                let shared = shared.or(entry)?;
                Some(format!("{shared}#{}", self.count))
            }
        }
    }
}

impl Iterator for EntryRows {
    type Item = FileLine;

    fn next(&mut self) -> Option<FileLine> {
        if let Some(whole) = self.whole.take() {
            return Some(self.common.whole(whole));
        }
        let detail = self.details.next()?;
        self.count += 1;
        let bank_id = self.batch_id(detail.reference.as_deref());
        Some(self.common.part(detail, bank_id))
    }
}

impl Common {
    /// The entry as one row.
    fn whole(&mut self, detail: Detail) -> FileLine {
        let reference = detail.reference.as_deref().or(self.entry.reference.as_deref());
        let bank_id = reference.map(str::to_owned);
        let raw = self.entry.raw.take();
        self.row(Detail { line: self.entry.line, ..detail }, self.booked.head.amount, bank_id, raw)
    }

    /// One payment of a batch as a row.
    fn part(&self, detail: Detail, bank_id: Option<String>) -> FileLine {
        let (start, end) = detail.place;
        let raw = self.entry.raw.as_ref().and_then(|raw| raw.get(start..end)).map(str::to_owned);
        // Each detail of a batch has an amount, or it would be none.
        let amount = detail.amount.unwrap_or_default();
        let booking = Booking {
            number: self.before.entries,
            reference: self.entry.reference.clone(),
            total: self.booked.head.amount,
        };
        FileLine { booking: Some(Box::new(booking)), ..self.row(detail, amount, bank_id, raw) }
    }

    fn row(&self, detail: Detail, amount: Decimal, bank_id: Option<String>, raw: Option<String>) -> FileLine {
        let mut row = FileLine {
            line: detail.line,
            date: self.booked.date,
            amount,
            currency: self.booked.head.currency.clone(),
            payee: detail.payee.map(String::from),
            memo: detail.memo.map(String::from).or_else(|| self.entry.info.clone()),
            bank_id,
            account: self.account.clone(),
            is_pending: self.booked.is_pending,
            balance: None,
            other_account: detail.other_account.map(String::from),
            purpose: None,
            booking: None,
            statement: self.before.statements,
            raw: String::new(),
        };
        row.raw = raw.unwrap_or_else(|| written(&row));
        row
    }
}

/// The values of a row whose own text was too long to be kept, for people.
fn written(row: &FileLine) -> String {
    let mut text = format!("{} {}", row.date, row.amount);
    let values = [&row.currency, &row.bank_id, &row.payee, &row.other_account, &row.memo];
    for value in values.into_iter().flatten() {
        text.push(' ');
        text.push_str(value);
    }
    text
}

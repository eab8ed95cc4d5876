//! One record of transactions as a statement line, or rejected with its reason.

use std::collections::HashSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::text::{amounts, dates as texts};
use super::super::{DateOrder, FileLine, Rejected, Row};
use super::entries::{Item, is_opening};
use super::fields::{Fields, MOST_SPLITS};
use super::sides::DaysApart;
use super::{dates, parts};

/// How the file's dates and amounts are read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The order of dates; none where every date is the same in any.
    pub order: Option<DateOrder>,
    /// How a date is written, where it was said.
    pub date_format: Option<String>,
    /// The decimal mark; none where every amount is the same with any.
    pub decimal: Option<char>,
    /// The currency, where the user said it: a QIF states none, but for descriptions of accounts.
    pub currency: Option<String>,
    /// The accounts that entries are of.
    pub accounts: HashSet<String>,
    /// On which other day the other account has a transfer.
    pub apart: DaysApart,
}

impl Reading {
    /// The day that a date means.
    ///
    /// # Errors
    /// One lower-case sentence.
    pub fn date(&self, text: &str) -> Result<NaiveDate, String> {
        let read = self.date_text(text).ok_or_else(|| format!("the date `{text}` cannot be read"))?;
        let order = self.order.unwrap_or(DateOrder::Dmy);
        self.day(read).ok_or_else(|| format!("the date `{text}` does not exist as {}", order.words()))
    }

    /// The day that a date's text means; none where there is no such day.
    pub fn day(&self, text: texts::DateText) -> Option<NaiveDate> {
        text.day(self.order.unwrap_or(DateOrder::Dmy))
    }

    /// The day on which that account has the transfer of an entry, where it is another than the entry's.
    pub fn other_day(&self, line: u64, account: Option<&str>) -> Option<NaiveDate> {
        let of_entry = self.apart.get(&line)?;
        of_entry.iter().find(|(name, _)| Some(name.as_str()) == account).map(|(_, day)| *day)
    }

    /// What a date can mean.
    pub fn date_text(&self, text: &str) -> Option<texts::DateText> {
        match &self.date_format {
            Some(format) => texts::read_as(text, format),
            None => texts::read(&dates::plain(text)),
        }
    }

    /// The value of an amount; money into the account is positive.
    ///
    /// # Errors
    /// One lower-case sentence.
    pub fn amount(&self, text: &str) -> Result<Decimal, String> {
        let read = amounts::read(text).ok_or_else(|| format!("the amount `{text}` is not a number"))?;
        let mark = self.decimal.unwrap_or('.');
        read.value(mark)
            .ok_or_else(|| format!("the amount `{text}` is not a number with `{mark}` as its decimal mark"))
    }
}

/// The row that a record makes.
pub fn read(item: &Item<'_>, reading: &Reading) -> Row {
    let record = item.record;
    let line = item.fault.map_or_else(|| line(item, reading), |fault| Err(fault.to_owned()));
    match line {
        Ok(line) => Row::Line(line),
        Err(reason) => Row::Rejected(Rejected { line: record.line, text: record.raw.clone(), reason }),
    }
}

fn line(item: &Item<'_>, reading: &Reading) -> Result<FileLine, String> {
    let (record, account) = (item.record, item.account);
    let fields = Fields::of(&record.raw);
    if let Some(letter) = fields.doubled {
        return Err(format!(
            "the record has two lines with `{letter}`: a `^` between two transactions may be missing"
        ));
    }
    if fields.is_crowded {
        return Err(format!("the record has more than {MOST_SPLITS} splits"));
    }
    let date = reading.date(fields.date.ok_or("the record has no date (`D`)")?)?;
    let text = fields.amount.ok_or("the record has no amount (`T`)")?;
    let amount = reading.amount(text)?;
    if let Some(wide) = fields.wide.filter(|wide| reading.amount(wide).is_ok_and(|wide| wide != amount)) {
        return Err(format!("the amounts `{text}` (`T`) and `{wide}` (`U`) differ"));
    }
    let other = fields.category.account.filter(|_| fields.splits.is_empty());
    // A transfer to the account itself is how Quicken writes its first balance, whatever the payee's language.
    let is_first = other.is_some_and(|other| {
        Some(other) == account || (is_opening(fields.payee) && !reading.accounts.contains(other))
    });
    // Banks say nothing of transfers: of a row that does, a memo is no payee.
    let purpose = parts::read(&fields, amount, is_first, (reading, record.line))?;
    let purpose = purpose.or_else(|| other.map(|_| Box::default()));
    let number = fields.number.filter(|number| number.bytes().all(|b| b.is_ascii_digit()));
    let memo = fields.memo.as_deref().and_then(one_line).or_else(|| Some(format!("check {}", number?)));
    Ok(FileLine {
        line: record.line,
        date,
        amount,
        currency: reading.currency.clone().or_else(|| item.currency.map(str::to_owned)),
        payee: fields.payee.and_then(one_line),
        memo,
        bank_id: None,
        account: account.map(str::to_owned),
        is_pending: false,
        balance: None,
        booking: None,
        statement: 0,
        other_account: other.filter(|_| !is_first).and_then(one_line),
        purpose,
        raw: record.raw.clone(),
    })
}

/// The text with one blank for every run of blanks and control characters; none where nothing is left.
pub fn one_line(text: &str) -> Option<String> {
    let is_blank = |c: char| c.is_whitespace() || c.is_control();
    let words: Vec<_> = text.split(is_blank).filter(|word| !word.is_empty()).collect();
    Some(words.join(" ")).filter(|text| !text.is_empty())
}

//! One record as rules have it: the transaction that hledger would make of it, and what that does to its first account.
//!
//! What was settled for the whole file stands in `Settled`; `reader` hands in the records.

use std::collections::HashSet;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::super::super::csv::records::Record;
use super::super::super::text::{dates, is_no_id};
use super::super::super::{DateOrder, FileLine, Purpose};
use super::super::accounts::{Accounts, Kind as AccountKind};
use super::super::dialect::Dialect;
use super::super::movement::{Movement, Purse};
use super::super::names::Names;
use super::super::passed::Passed;
use super::super::reader::file_part;
use super::super::transaction::{Posting, Quantity, Transaction, join, tidy};
use super::super::{balance, booking};
use super::assigned::Assigned;
use super::field::{Field, Kind};
use super::money::Reading;
use super::postings::{UNKNOWN, amounts, postings};
use super::rules::Rules;
use super::said::Said;

/// What was settled for all of a file.
#[derive(Clone, Debug)]
pub struct Settled {
    /// How amounts are read.
    pub reading: Reading,
    /// The order of days, where nobody says how they are written.
    pub order: DateOrder,
    /// How they are written, where it is said.
    pub date_format: Option<String>,
    /// Whether codes are the bank's numbers: none of them comes twice.
    pub codes_are_ids: bool,
    /// Cells that the last line must have, lest the file was cut in it.
    pub least_width: usize,
}

/// What a record is.
#[derive(Debug)]
pub enum Outcome {
    /// Rows: one, but for an account that moves in two currencies.
    Rows(Vec<RuledRow>),
    /// Nothing but a balance.
    OnlyBalance,
    /// Left out, and so many after it.
    Skip(u32),
    /// The end of the rows.
    End,
    /// What cannot be read.
    Rejected(String),
}

/// What a record did to its account, with what else it says.
#[derive(Debug)]
pub struct RuledRow {
    /// The movement.
    pub movement: Movement,
    said: RowText,
}

/// What a record says besides what it moved.
#[derive(Clone, Debug)]
struct RowText {
    line: u64,
    raw: String,
    /// Whom the record names by itself, and what else it says.
    own: Words,
    /// The same with what blocks of the rules make of it.
    better: Words,
    tags: Vec<String>,
    bank_id: Option<String>,
    is_pending: bool,
    balance: Option<Decimal>,
}

/// Who and what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Words {
    payee: Option<String>,
    memo: Option<String>,
}

/// Makes rows of records.
pub struct RowMaker<'r> {
    rules: &'r Rules,
    settled: &'r Settled,
    /// The highest number of a posting in the rules.
    most: u8,
    accounts: Accounts,
    /// What was passed over so far.
    pub passed: Passed,
}

impl<'r> RowMaker<'r> {
    /// For records of one file.
    pub fn new(rules: &'r Rules, settled: &'r Settled) -> Self {
        let most = rules.values.keys().map(|field| field.posting).max().unwrap_or_default();
        RowMaker { rules, settled, most, accounts: Accounts::default(), passed: Passed::default() }
    }

    /// What a record is.
    pub fn outcome(&mut self, record: &Record) -> Outcome {
        let assigned = Assigned::new(self.rules, &record.fields);
        if assigned.ends() {
            return Outcome::End;
        }
        if let Some(count) = assigned.skipped() {
            return Outcome::Skip(count.saturating_sub(1));
        }
        let made = refuse_shape(record, self.settled).and_then(|()| {
            let date = date(&assigned, self.settled)?;
            if has_only_balance(&assigned, self.most) {
                return Ok(Outcome::OnlyBalance);
            }
            self.rows(record, &assigned, date).map(Outcome::Rows)
        });
        made.unwrap_or_else(Outcome::Rejected)
    }

    fn rows(
        &mut self,
        record: &Record,
        assigned: &Assigned<'_>,
        date: NaiveDate,
    ) -> Result<Vec<RuledRow>, String> {
        let postings = postings(assigned, &self.settled.reading, self.most, date.year())?;
        let Some(first) = postings.first() else { return Err("it has no posting".to_owned()) };
        let (account, nothing) = (first.account.clone(), nothing(first, date));
        if self.accounts.kind(&account) != AccountKind::Own {
            self.accounts.declare(account.clone(), AccountKind::Own);
        }
        let said = self.said(record, assigned, date)?;
        let mut movements = self.movements(date, postings)?;
        movements.retain(|movement| movement.purse.account == account);
        // The bank's file has the row, though nothing moved.
        movements.extend(nothing.filter(|_| movements.is_empty()));
        Ok(movements.into_iter().map(|movement| RuledRow { movement, said: said.clone() }).collect())
    }

    fn movements(&mut self, date: NaiveDate, postings: Vec<Posting>) -> Result<Vec<Movement>, String> {
        let (raw, tags) = (String::new(), Vec::new());
        let transaction = Transaction {
            line: 0,
            raw,
            date,
            payee: None,
            memo: None,
            tags,
            is_unconfirmed: false,
            postings,
        };
        let accounts = &self.accounts;
        let is_own = |account: &str| accounts.kind(account) == AccountKind::Own;
        let balanced = balance::balance(&transaction.postings, Dialect::Hledger, &is_own)?;
        let movements = booking::movements(&transaction, &balanced.legs, accounts)?;
        self.passed.take(&transaction, &balanced, accounts, movements.is_empty());
        Ok(movements)
    }

    fn said(&self, record: &Record, assigned: &Assigned<'_>, date: NaiveDate) -> Result<RowText, String> {
        let code = assigned.filled(Field::of(Kind::Code)).filter(|_| self.settled.codes_are_ids);
        let balance = assigned.filled(Field::of_posting(Kind::Balance, 1));
        let balance = balance.map(|text| self.settled.reading.read(&text, "")).transpose()?;
        let (description, comment) = (Field::of(Kind::Description), Field::of(Kind::Comment));
        let own = Said::of(assigned.unconditional(comment).as_deref(), date.year())?;
        let better = Said::of(assigned.filled(comment).as_deref(), date.year())?;
        Ok(RowText {
            line: record.line,
            raw: record.raw.clone(),
            own: Words::of(assigned.unconditional(description), own.text),
            better: Words::of(assigned.filled(description), better.text),
            tags: better.tags,
            bank_id: code.filter(|code| !is_no_id(code)),
            is_pending: assigned.filled(Field::of(Kind::Status)).is_some_and(|status| status == "!"),
            balance: balance.map(|money| money.amount.number),
        })
    }
}

impl Words {
    /// As hledger parts a description: the payee, and behind a bar a note.
    fn of(description: Option<String>, comment: Option<String>) -> Words {
        let description = description.unwrap_or_default();
        let (payee, note) = description.split_once('|').unwrap_or((&description, ""));
        Words { payee: tidy(payee), memo: join(tidy(note), comment) }
    }
}

impl RuledRow {
    /// The statement line.
    pub fn line(self, names: &Names) -> FileLine {
        let RuledRow { movement, said } = self;
        let account = names.shown(&movement.purse);
        let parts: Vec<_> = movement.parts.into_iter().map(|part| file_part(part, names)).collect();
        let other_account = match &parts[..] {
            [only] => only.other_account.clone(),
            _ => None,
        };
        // Where the rules say nothing of it, those of the book are asked.
        let says = parts.iter().any(|part| part.category.is_some() || part.other_account.is_some());
        let memo = join(said.better.memo, movement.memo);
        let mut seen = HashSet::new();
        let tags = said.tags.into_iter().chain(movement.tags).filter(|tag| seen.insert(tag.clone()));
        let purpose = Purpose {
            parts: if says { parts } else { Vec::new() },
            tags: tags.collect(),
            payee: said.better.payee.filter(|payee| said.own.payee.as_ref() != Some(payee)),
            memo: memo.filter(|memo| said.own.memo.as_ref() != Some(memo)),
            worth: movement.worth,
            is_unconfirmed: false,
        };
        FileLine {
            line: said.line,
            date: movement.date,
            amount: movement.amount,
            currency: Some(movement.purse.currency).filter(|currency| !currency.is_empty()),
            payee: said.own.payee,
            memo: said.own.memo,
            bank_id: said.bank_id,
            account: Some(account).filter(|account| account != UNKNOWN),
            is_pending: said.is_pending,
            balance: said.balance,
            booking: None,
            statement: 0,
            other_account,
            purpose: (purpose != Purpose::default()).then(|| Box::new(purpose)),
            raw: said.raw,
        }
    }
}

/// A posting of nothing, as a movement.
fn nothing(posting: &Posting, date: NaiveDate) -> Option<Movement> {
    let Quantity::Given(amount) = &posting.quantity else { return None };
    amount.number.is_zero().then(|| Movement {
        purse: Purse { account: posting.account.clone(), currency: amount.commodity.name.clone() },
        date: posting.date.unwrap_or(date),
        amount: amount.number,
        memo: posting.memo.clone(),
        tags: posting.tags.clone(),
        parts: Vec::new(),
        worth: None,
    })
}

/// Refuses a record that was cut, or that has no columns.
fn refuse_shape(record: &Record, settled: &Settled) -> Result<(), String> {
    if let Some(flaw) = record.flaw {
        return Err(flaw.reason().to_owned());
    }
    let cells = record.fields.len();
    if cells < 2 {
        return Err("it has only one field: the rules' `separator` may be another one".to_owned());
    }
    if record.is_last && cells < settled.least_width {
        return Err(format!("the file ends in the row: it has {cells} of {} fields", settled.least_width));
    }
    Ok(())
}

/// The day of a record.
fn date(assigned: &Assigned<'_>, settled: &Settled) -> Result<NaiveDate, String> {
    let text = assigned.filled(Field::of(Kind::Date)).ok_or("it has no date")?;
    let read = match &settled.date_format {
        Some(format) => {
            dates::read_as(&text, format).ok_or_else(|| format!("`{text}` is no date as `{format}` has it"))
        }
        None => dates::read(&text).ok_or_else(|| format!("`{text}` is no date")),
    };
    read?.day(settled.order).ok_or_else(|| format!("`{text}` is no date in the order of this file"))
}

/// Whether a record has no amount but a balance.
fn has_only_balance(assigned: &Assigned<'_>, most: u8) -> bool {
    assigned.filled(Field::of_posting(Kind::Balance, 1)).is_some()
        && (1..=most.max(1)).all(|posting| amounts(assigned, posting).is_empty())
}

//! One row: the statement line that it is, or why it is none.
//!
//! `rows` asks for each record. What needs the whole file, the decimal mark and the names of accounts, is in `Reading`.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::text::{currency, is_no_id};
use super::super::{FileLine, FilePart, Purpose, Rejected, Row};
use super::account::Names;
use super::dates;
use super::money::{self, AmountField, Mark};
use super::record::{Field, Record};
use super::texts::shown;

/// How the rows of one file are read.
#[derive(Debug, Default)]
pub struct Reading {
    /// The decimal mark.
    pub mark: Mark,
    /// What accounts are called.
    pub names: Names,
    /// The currency that the user said, for rows that state none.
    pub currency: Option<String>,
    /// Whether a plus is money out, as the user said.
    pub is_inverted: bool,
    /// Whether there is what was there when an account's books began.
    pub has_starts: bool,
}

/// Whether a row is a notice without a movement: it has `null` or a lone mark for its amount. Zero is an amount.
pub fn is_notice(record: &Record) -> bool {
    let amount = record.text(Field::Amount);
    let is_whole = !record.is_cut && !record.is_torn && record.contradiction.is_none();
    is_whole && amount.is_some_and(|text| money::read(text) == AmountField::Nothing)
}

impl Reading {
    /// What the row is; none for a notice.
    pub fn row(&self, record: &Record) -> Option<Row> {
        if is_notice(record) {
            return None;
        }
        Some(match self.line(record) {
            Ok(line) => Row::Line(line),
            Err(reason) => Row::Rejected(Rejected { line: record.line, text: record.plain(), reason }),
        })
    }

    fn line(&self, record: &Record) -> Result<FileLine, String> {
        refuse_broken(record)?;
        let (date, amount) = match (date(record), self.amount(record)) {
            (Ok(date), Ok(amount)) => (date, amount),
            (Err(date), Err(amount)) => return Err(format!("{date}; {amount}")),
            (Err(reason), _) | (_, Err(reason)) => return Err(reason),
        };
        refuse_correction(record)?;
        let payee = payee(record);
        Ok(FileLine {
            line: record.line,
            date,
            amount,
            currency: self.currency_of(record),
            payee: payee.map(str::to_owned),
            memo: memo(record, payee),
            bank_id: record.text(Field::Id).filter(|id| !is_no_id(id)).map(str::to_owned),
            account: record.origin.account.as_ref().map(|account| self.names.of(account)),
            is_pending: record.is_pending,
            balance: None,
            booking: None,
            statement: record.origin.statement,
            other_account: record.text(Field::OtherAccount).filter(|id| !is_no_id(id)).map(str::to_owned),
            purpose: is_start(record).then(|| start(amount)),
            raw: record.plain(),
        })
    }

    fn amount(&self, record: &Record) -> Result<Decimal, String> {
        let text = record.text(Field::Amount).ok_or("the amount is missing")?;
        let AmountField::Number(read) = money::read(text) else {
            return Err(format!("the amount {} is not a number", shown(text)));
        };
        let value = self.mark.value(read).ok_or_else(|| {
            let mark = self.mark.mark.unwrap_or('.');
            format!("the amount {} is not a number with `{mark}` as its decimal mark", shown(text))
        })?;
        Ok(self.signed(value))
    }

    /// An amount or a balance with the sign that it has for the account.
    pub fn signed(&self, value: Decimal) -> Decimal {
        if self.is_inverted && !value.is_zero() { -value } else { value }
    }

    /// The currency of the row's amount: its own, else the statement's, else the one said.
    pub fn currency_of(&self, record: &Record) -> Option<String> {
        let own = record.text(Field::Currency).map(currency::of_cell);
        own.or_else(|| record.origin.currency.clone()).or_else(|| self.currency.clone())
    }
}

/// Whether a row is what was there when an account's books began, as programs that export books write it: of no kind
/// that banks have, and called so.
pub fn is_start(record: &Record) -> bool {
    const NAMES: [&str; 2] = ["starting balance", "opening balance"];
    let says = |field, word: &str| record.text(field).is_some_and(|text| text.eq_ignore_ascii_case(word));
    says(Field::Kind, "OTHER") && NAMES.iter().any(|name| says(Field::Name, name))
}

fn start(amount: Decimal) -> Box<Purpose> {
    let category = Some("Starting balances".to_owned());
    Box::new(Purpose {
        parts: vec![FilePart { category, amount, ..FilePart::default() }],
        ..Purpose::default()
    })
}

/// Refuses what was cut on the way, and what may be two rows in one.
fn refuse_broken(record: &Record) -> Result<(), String> {
    if record.is_torn {
        return Err("the file ends in the row".to_owned());
    }
    if record.is_cut {
        return Err("it is too long for a row".to_owned());
    }
    match &record.contradiction {
        None => Ok(()),
        Some((field, second)) => {
            let first = record.text(*field).unwrap_or_default();
            let what = if *field == Field::Amount { "amounts" } else { "dates" };
            Err(format!("it has two {what}, {} and {}", shown(first), shown(second)))
        }
    }
}

/// Refuses a row that takes back or replaces an earlier one (OFX 2.2, 11.4.4): as a row of its own it would be
/// money that never moved.
fn refuse_correction(record: &Record) -> Result<(), String> {
    let corrected = record.text(Field::CorrectedId).filter(|id| !is_no_id(id));
    let is_deleted = record.text(Field::Correction).is_some_and(|word| word.eq_ignore_ascii_case("DELETE"));
    let does = match corrected {
        _ if is_deleted => "takes back",
        Some(id) if record.text(Field::Id) != Some(id) => "replaces",
        _ => return Ok(()),
    };
    let id = corrected.map_or(String::new(), |id| format!(" {}", shown(id)));
    Err(format!("it {does} the bank's earlier row{id}: correct that one by hand"))
}

/// The day of the booking; of what is not booked, the day that it began.
fn date(record: &Record) -> Result<NaiveDate, String> {
    let posted = record.text(Field::Posted);
    let text = record.text(Field::Initiated).filter(|_| record.is_pending).or(posted);
    let text = text.ok_or("the date is missing")?;
    dates::day(text).ok_or_else(|| format!("the date {} cannot be read or does not exist", shown(text)))
}

/// The other party, from the plainest field that is filled.
fn payee(record: &Record) -> Option<&str> {
    let fields = [Field::Name, Field::PayeeName, Field::ExtendedName, Field::Memo];
    fields.into_iter().find_map(|field| record.text(field))
}

/// What else there is to say; the number of a check only where there is nothing.
fn memo(record: &Record, payee: Option<&str>) -> Option<String> {
    let memo = record.text(Field::Memo).filter(|memo| Some(*memo) != payee).map(str::to_owned);
    let check = || record.text(Field::Check).filter(|number| !is_no_id(number));
    memo.or_else(|| check().map(|number| format!("check {number}")))
}

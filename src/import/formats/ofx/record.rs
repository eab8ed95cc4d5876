//! One `STMTTRN` as the file has it: its fields by name, nothing read yet.
//!
//! `walker` puts it together from elements; `survey` and `row` read it. Which tags count depends on the aggregate that
//! they stand in, and of those only the few that a statement line is made of are known.

use std::rc::Rc;

use super::account::Account;
use super::scanner::{Element, MAX_LENGTH};
use super::texts;

/// The fields that a statement line is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The day of the booking.
    Posted,
    /// The day of a pending transaction.
    Initiated,
    /// The amount.
    Amount,
    /// The bank's number of the transaction.
    Id,
    /// The number of a check, or what the bank puts there.
    Check,
    /// The other party, up to 32 characters of it.
    Name,
    /// The other party, where it comes with an address.
    PayeeName,
    /// The other party, up to 100 characters of it.
    ExtendedName,
    /// What else there is to say.
    Memo,
    /// The currency of the amount, where it is not the statement's.
    Currency,
    /// The number of the account on the other side.
    OtherAccount,
    /// What kind of transaction it is.
    Kind,
    /// Which earlier transaction this one is about.
    CorrectedId,
    /// What becomes of that: `REPLACE` or `DELETE`.
    Correction,
}

const FIELDS: usize = Field::Correction as usize + 1;

/// The statement that a row stands in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Its account.
    pub account: Option<Account>,
    /// Its currency, a code.
    pub currency: Option<String>,
    /// Which of the file's it is, from 0.
    pub statement: u32,
}

/// An aggregate inside a row whose fields mean something of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Inside {
    #[default]
    Row,
    Payee,
    OtherAccount,
    Currency,
    /// Of the currency before the bank converted the amount: says nothing of it.
    FormerCurrency,
}

/// A row of the file.
#[derive(Debug, Default)]
pub struct Record {
    /// The 1-based line at which it starts.
    pub line: u64,
    /// Its text as the file has it.
    raw: String,
    /// The statement that it stands in.
    pub origin: Rc<Origin>,
    /// Whether it stands among those that are not booked.
    pub is_pending: bool,
    /// Whether it is longer than any row may be.
    pub is_cut: bool,
    /// Whether the file ends in it.
    pub is_torn: bool,
    /// The second of two days or amounts that differ.
    pub contradiction: Option<(Field, String)>,
    fields: [Option<String>; FIELDS],
    inside: Inside,
}

impl Record {
    /// A row that begins with this element.
    pub fn begin(element: &Element, origin: Rc<Origin>, is_pending: bool) -> Record {
        let mut record = Record { line: element.line, origin, is_pending, ..Record::default() };
        record.push_raw(element);
        record
    }

    /// Takes in the element that closes it.
    pub fn end(&mut self, element: &Element) {
        self.push_raw(element);
    }

    /// Its text as it is told: without blanks around it and with plain line ends.
    pub fn plain(&self) -> String {
        let text = self.raw.trim();
        match text.contains('\r') {
            true => text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace('\r', "\n"),
            false => text.to_owned(),
        }
    }

    /// Takes in an element inside of it.
    pub fn take(&mut self, element: &Element) {
        self.push_raw(element);
        let inside = match element.name.as_str() {
            "PAYEE" => Some(Inside::Payee),
            "BANKACCTTO" | "CCACCTTO" | "LOANACCTTO" => Some(Inside::OtherAccount),
            "CURRENCY" => Some(Inside::Currency),
            "ORIGCURRENCY" => Some(Inside::FormerCurrency),
            _ => None,
        };
        if let Some(inside) = inside {
            self.inside = if element.is_close { Inside::Row } else { inside };
        }
        if !element.is_close
            && let Some(field) = self.field(&element.name)
            && let Some(value) = texts::clean(&element.value)
        {
            self.set(field, value);
        }
    }

    fn field(&self, name: &str) -> Option<Field> {
        Some(match (self.inside, name) {
            (Inside::Payee, "NAME") => Field::PayeeName,
            (Inside::OtherAccount, "ACCTID") => Field::OtherAccount,
            // Some banks leave out the aggregate and put the code where it belongs.
            (Inside::Currency, "CURSYM" | "CURRENCY") => Field::Currency,
            (_, "NAME") => Field::Name,
            (_, "EXTDNAME") => Field::ExtendedName,
            (_, "MEMO") => Field::Memo,
            (_, "TRNTYPE") => Field::Kind,
            (_, "DTPOSTED") => Field::Posted,
            (_, "DTTRAN") => Field::Initiated,
            (_, "TRNAMT") => Field::Amount,
            (_, "FITID") => Field::Id,
            (_, "CHECKNUM") => Field::Check,
            (_, "CORRECTFITID") => Field::CorrectedId,
            (_, "CORRECTACTION") => Field::Correction,
            _ => return None,
        })
    }

    /// The first value of a field counts; several memos are one.
    fn set(&mut self, field: Field, value: String) {
        match &mut self.fields[field as usize] {
            empty @ None => *empty = Some(value),
            Some(memo) if field == Field::Memo && *memo != value => {
                memo.push(' ');
                memo.push_str(&value);
            }
            Some(first) if matches!(field, Field::Posted | Field::Amount) && *first != value => {
                self.contradiction = Some((field, value));
            }
            Some(_) => {}
        }
    }

    /// The text of a field, tidied; none where it is missing or blank.
    pub fn text(&self, field: Field) -> Option<&str> {
        self.fields[field as usize].as_deref()
    }

    fn push_raw(&mut self, element: &Element) {
        let is_room = self.raw.len() + element.raw.len() <= MAX_LENGTH;
        self.is_cut |= element.is_cut || !is_room;
        if is_room {
            self.raw.push_str(&element.raw);
        }
    }
}

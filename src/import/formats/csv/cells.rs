//! The cells of one record, and what kind of line it is, before date order and decimal mark are known.
//!
//! Both passes ask here, so that they agree on what is a row, what belongs to the row before, and
//! what is a footer.

use csv::StringRecord;

use super::super::text::amounts::{self, AmountText};
use super::super::text::dates::DateText;
use super::headers::{Columns, Money};
use super::phrases;
use super::records::{Record, is_blank};

/// The text of a cell without blanks around it and without the `="..."` that keeps spreadsheets from
/// reading it as a number; empty where the record has no such cell.
pub fn cell(record: &StringRecord, column: usize) -> &str {
    let text = record.get(column).unwrap_or_default();
    // Most cells have nothing to trim.
    if let [first, .., last] = text.as_bytes()
        && first.is_ascii_graphic()
        && last.is_ascii_graphic()
        && *first != b'='
    {
        return text;
    }
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
    text.strip_prefix("=\"").and_then(|text| text.strip_suffix('"')).unwrap_or(text)
}

/// A cell with an amount.
#[derive(Clone, Copy, Debug)]
pub struct AmountCell<'r> {
    /// Its text; none where the record ends before it.
    pub text: Option<&'r str>,
    /// What it says, if it is a number.
    pub read: Option<AmountText>,
}

impl<'r> AmountCell<'r> {
    fn of(record: &'r StringRecord, column: usize) -> Self {
        let text = (column < record.len()).then(|| cell(record, column));
        AmountCell { text, read: text.and_then(amounts::read) }
    }

    const ABSENT: AmountCell<'static> = AmountCell { text: None, read: None };

    /// Whether nothing stands there, or the dash that some banks put for it.
    pub fn is_empty(&self) -> bool {
        self.text.is_none_or(|text| {
            text.is_empty() || (text.len() <= 3 && matches!(text, "-" | "--" | "\u{2013}"))
        })
    }
}

/// The cells that make a row of a record.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'r> {
    /// The date's text; none where the record ends before it.
    pub date_text: Option<&'r str>,
    /// What it says, if it is a date.
    pub date: Option<DateText>,
    /// The amount, or money out.
    pub debit: AmountCell<'r>,
    /// Money in; absent where there is one column.
    pub credit: AmountCell<'r>,
}

/// What a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A row, sound or not.
    Row,
    /// More text of the row before.
    Continuation,
    /// A pending row that has no day yet.
    UndatedPending,
    /// A balance, not a movement.
    Balance,
    /// Neither date nor amount: a footer, or a heading.
    NoRow,
}

impl<'r> Reading<'r> {
    /// Reads the cells of a record.
    pub fn of(record: &'r StringRecord, columns: &Columns) -> Self {
        let date_text = (columns.date < record.len()).then(|| cell(record, columns.date));
        let amount = |column: Option<usize>| column.map_or(AmountCell::ABSENT, |c| AmountCell::of(record, c));
        let (debit, credit) = match columns.money {
            Money::Amount(column) => (amount(Some(column)), AmountCell::ABSENT),
            Money::Sides { debit, credit } => (amount(debit), amount(credit)),
        };
        Reading { date_text, date: date_text.and_then(|text| columns.read_date(text)), debit, credit }
    }

    /// The currency that stands beside an amount.
    pub fn currency(&self) -> Option<&'static str> {
        [self.debit.read, self.credit.read].into_iter().flatten().find_map(|read| read.currency)
    }

    fn has_amount(&self) -> bool {
        self.debit.read.is_some() || self.credit.read.is_some()
    }

    fn is_moneyless(&self) -> bool {
        self.debit.is_empty() && self.credit.is_empty()
    }

    /// What the record is.
    pub fn kind(&self, record: &Record, columns: &Columns) -> Kind {
        if record.flaw.is_some() {
            return Kind::Row;
        }
        let texts = || columns.payee.iter().chain(&columns.memo).map(|column| cell(&record.fields, *column));
        match (self.date.is_some(), self.has_amount()) {
            (true, true) if record.fields.iter().any(phrases::is_balance) => Kind::Balance,
            (true, true) => Kind::Row,
            (true, false) if self.is_moneyless() && texts().any(phrases::begins_as_balance) => Kind::Balance,
            (true, false) => Kind::Row,
            (false, true) if self.is_undated_pending(columns) => Kind::UndatedPending,
            (false, true) if self.is_footer(&record.fields) => Kind::NoRow,
            (false, true) => Kind::Row,
            (false, false) if self.is_garbled() => Kind::Row,
            (false, false) if self.is_continuation(&record.fields, columns) => Kind::Continuation,
            (false, false) => Kind::NoRow,
        }
    }

    fn is_undated_pending(&self, columns: &Columns) -> bool {
        self.date_text.is_some_and(|text| phrases::is_pending(text) || columns.is_pending_word(text))
    }

    /// Whether there are digits where the date and an amount should be: a row all the same.
    fn is_garbled(&self) -> bool {
        let has_digit =
            |text: Option<&str>| text.is_some_and(|text| text.bytes().any(|b| b.is_ascii_digit()));
        has_digit(self.date_text) && (has_digit(self.debit.text) || has_digit(self.credit.text))
    }

    /// Whether the line begins as those below the rows do: `Total: ...` in place of the date, or `Total`
    /// alone further on. With more behind it there, it is a payee whose row lacks its date.
    fn is_footer(&self, record: &StringRecord) -> bool {
        match self.date_text {
            Some(text) if !text.is_empty() => phrases::begins_as_footer(text),
            _ => record.iter().find(|text| !is_blank(text)).is_some_and(phrases::is_footer),
        }
    }

    /// Whether nothing but texts is filled, in a record that reaches to the date.
    fn is_continuation(&self, record: &StringRecord, columns: &Columns) -> bool {
        let is_text = |column| columns.payee.contains(&column) || columns.memo.contains(&column);
        let filled =
            || record.iter().enumerate().filter(|(_, text)| !is_blank(text)).map(|(column, _)| column);
        self.date_text == Some("")
            && self.is_moneyless()
            && filled().next().is_some()
            && filled().all(is_text)
    }
}

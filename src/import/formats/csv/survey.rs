//! The first pass over the rows: what needs all of them to be settled.
//!
//! Counts every row at flat memory, then makes the `Layout` with which `rows` reads each on its own.

use super::super::{DateOrder, Options, SurveyError};
use super::amounts;
use super::cells::{Kind, Reading, cell};
use super::currency;
use super::dates::{self, Verdict};
use super::dialect::Dialect;
use super::headers::{Columns, Money};
use super::layout::{Flag, Layout, LeftOut};
use super::phrases::{self, Booking};
use super::records::{Record, is_blank};
use super::seen::{Flags, Ids, Remembered, Values};
use crate::domain::invalid::Invalid;

/// A record with more cells than these is not counted apart.
const MOST_CELLS: usize = 256;

/// What the rows of a file have in common.
pub struct Survey {
    columns: Columns,
    dates: dates::Votes,
    other_dates: dates::Votes,
    marks: amounts::Votes,
    balance_marks: amounts::Votes,
    negatives: u64,
    credit_marks: u64,
    debit_marks: u64,
    signed_debits: u64,
    unsigned_debits: u64,
    flags: Vec<Flags>,
    ids: Vec<Ids>,
    accounts: Vec<Values>,
    currencies: Values,
    rows: u64,
    widths: Vec<u64>,
    /// The fewest cells of a row before the last line.
    least_width: Option<usize>,
    left_out: LeftOut,
    bookings: Remembered<Booking>,
}

impl Survey {
    /// A survey of no rows yet.
    pub fn new(columns: Columns) -> Self {
        Survey {
            dates: dates::Votes::default(),
            other_dates: dates::Votes::default(),
            marks: amounts::Votes::default(),
            balance_marks: amounts::Votes::default(),
            negatives: 0,
            credit_marks: 0,
            debit_marks: 0,
            signed_debits: 0,
            unsigned_debits: 0,
            flags: columns.flags.iter().map(|flag| Flags::new(flag.is_named)).collect(),
            ids: columns.ids.iter().map(|_| Ids::default()).collect(),
            accounts: columns.accounts.iter().map(|_| Values::default()).collect(),
            currencies: Values::default(),
            rows: 0,
            widths: vec![0; MOST_CELLS + 1],
            least_width: None,
            left_out: LeftOut::default(),
            bookings: Remembered::default(),
            columns,
        }
    }

    /// Counts one record.
    pub fn count(&mut self, record: &Record) {
        let reading = Reading::of(&record.fields, &self.columns);
        match reading.kind(record, &self.columns) {
            Kind::Row if self.is_void(record) => self.left_out.void += 1,
            Kind::Row => self.count_row(record, &reading),
            Kind::Continuation => {}
            Kind::UndatedPending => self.left_out.undated += 1,
            Kind::Balance => self.left_out.balances += 1,
            Kind::NoRow => self.left_out.no_row(record.line, &record.raw),
        }
    }

    fn is_void(&mut self, record: &Record) -> bool {
        let status = self.columns.status.map(|column| cell(&record.fields, column));
        status.is_some_and(|text| self.bookings.answer(text, phrases::booking) == Booking::Void)
    }

    fn count_row(&mut self, record: &Record, reading: &Reading<'_>) {
        self.rows += 1;
        if record.flaw.is_some() {
            return;
        }
        let is_filled = |at: &usize| record.fields.get(*at).is_some_and(|text| !is_blank(text));
        let filled = (0..record.fields.len()).rev().find(is_filled).map_or(0, |at| at + 1);
        self.widths[filled.min(MOST_CELLS)] += 1;
        if !record.is_last {
            let cells = record.fields.len();
            self.least_width = Some(self.least_width.map_or(cells, |least| least.min(cells)));
        }
        self.count_dates(record, reading);
        self.count_amounts(record, reading);
        self.count_values(record, reading);
    }

    fn count_dates(&mut self, record: &Record, reading: &Reading<'_>) {
        if let (Some(date), Some(text)) = (reading.date, reading.date_text) {
            self.dates.count(date, record.line, text);
        }
        for column in &self.columns.other_dates {
            let text = cell(&record.fields, *column);
            if let Some(date) = dates::read(text) {
                self.other_dates.count(date, record.line, text);
            }
        }
    }

    fn count_amounts(&mut self, record: &Record, reading: &Reading<'_>) {
        for amount in [&reading.debit, &reading.credit] {
            let (Some(read), Some(text)) = (amount.read, amount.text) else { continue };
            self.marks.count(read, record.line, text);
            self.negatives += u64::from(read.is_negative);
            self.credit_marks += u64::from(read.side == Some(amounts::Side::Credit));
            self.debit_marks += u64::from(read.side == Some(amounts::Side::Debit));
        }
        if let Some(read) = reading.debit.read.filter(|read| !read.is_zero()) {
            *(if read.is_negative { &mut self.signed_debits } else { &mut self.unsigned_debits }) += 1;
        }
        if let Some(column) = self.columns.balance {
            let text = cell(&record.fields, column);
            if let Some(read) = amounts::read(text) {
                self.balance_marks.count(read, record.line, text);
            }
        }
    }

    fn count_values(&mut self, record: &Record, reading: &Reading<'_>) {
        let is_negative = reading.debit.read.is_some_and(|read| read.is_negative);
        for (flags, flag) in self.flags.iter_mut().zip(&self.columns.flags) {
            flags.count(cell(&record.fields, flag.column), is_negative);
        }
        for (values, account) in self.accounts.iter_mut().zip(&self.columns.accounts) {
            values.count(cell(&record.fields, account.column).trim_matches('"'));
        }
        let currency = self.columns.currency.map_or("", |column| cell(&record.fields, column));
        let beside =
            [reading.debit.read, reading.credit.read].into_iter().flatten().find_map(|read| read.currency);
        match beside {
            Some(code) => self.currencies.count(code),
            None if currency.is_empty() => {}
            None => self.currencies.count(currency),
        }
        let account =
            self.columns.accounts.first().map_or("", |account| cell(&record.fields, account.column));
        for (ids, column) in self.ids.iter_mut().zip(&self.columns.ids) {
            ids.count(cell(&record.fields, *column), account, currency);
        }
    }

    /// Settles everything, or says what is open.
    pub fn settle(mut self, dialect: Dialect, options: &Options) -> Result<Layout, SurveyError> {
        let (order, decimal) = self.order_and_mark(&dialect, options)?;
        let header_currency = self.header_currency(&dialect);
        let flag = self.flag();
        let accounts = self.choose_account(options);
        self.choose_id(options);
        let has_marks = self.credit_marks > 0 && self.debit_marks == 0 && self.negatives == 0;
        let mut currencies =
            self.currencies.into_values().iter().map(|text| currency::of_cell(text)).collect::<Vec<_>>();
        currencies.extend(header_currency.map(str::to_owned).filter(|_| currencies.is_empty()));
        currencies.dedup();
        Ok(Layout {
            width: usual_width(&self.widths, self.rows).max(dialect.names.len()),
            least_width: self.least_width.unwrap_or_else(|| named_width(&dialect.names)),
            dialect,
            order,
            decimal,
            is_debit_signed: self.signed_debits > 0 && self.unsigned_debits == 0,
            is_unmarked_debit: has_marks && matches!(self.columns.money, Money::Amount(_)),
            columns: self.columns,
            flag,
            header_currency,
            accounts,
            currencies,
            rows: self.rows,
            left_out: self.left_out,
        })
    }

    fn order_and_mark(
        &mut self,
        dialect: &Dialect,
        options: &Options,
    ) -> Result<(Option<DateOrder>, Option<char>), SurveyError> {
        match (self.order(dialect, options), self.mark(options)) {
            (Ok(order), Ok(mark)) => Ok((order, mark)),
            (Err(open), Ok(_)) | (Ok(_), Err(open)) => Err(SurveyError::Open(open)),
            (Err(order), Err(mark)) => Err(SurveyError::Open(both(order, mark))),
        }
    }

    /// The order said, else stated by the header, else settled by the rows or their other dates.
    fn order(&self, dialect: &Dialect, options: &Options) -> Result<Option<DateOrder>, Invalid> {
        let stated = || dialect.names.get(self.columns.date).and_then(|name| dates::order_in_header(name));
        if let Some(order) = options.date_order.or_else(stated) {
            return Ok(Some(order));
        }
        match (self.dates.verdict(), self.other_dates.verdict()) {
            (Verdict::Settled(order), _) | (Verdict::Open(..), Verdict::Settled(order)) => Ok(Some(order)),
            (Verdict::Any, _) => Ok(None),
            (Verdict::Open(line, text), _) => Err(open_order(line, &text)),
        }
    }

    /// The mark said, else settled by the rows or their balances.
    fn mark(&mut self, options: &Options) -> Result<Option<char>, Invalid> {
        if let Some(mark) = options.decimal {
            return Ok(Some(mark));
        }
        match (self.marks.verdict(), self.balance_marks.verdict()) {
            (Verdict::Settled(mark), _) | (_, Verdict::Settled(mark)) => Ok(Some(mark)),
            (Verdict::Any, balance) => {
                // Only balances would need to be asked for; nothing depends on them.
                if matches!(balance, Verdict::Open(..)) {
                    self.columns.balance = None;
                }
                Ok(None)
            }
            (Verdict::Open(line, text), _) => Err(open_mark(line, &text)),
        }
    }

    fn header_currency(&self, dialect: &Dialect) -> Option<&'static str> {
        let columns = match self.columns.money {
            Money::Amount(column) => [Some(column), None],
            Money::Sides { debit, credit } => [debit, credit],
        };
        columns.into_iter().flatten().find_map(|column| currency::in_header(dialect.names.get(column)?))
    }

    /// The first column that is a flag; amounts in two columns need none.
    fn flag(&self) -> Option<Flag> {
        let Money::Amount(_) = self.columns.money else { return None };
        let mut settled = self.flags.iter().zip(&self.columns.flags);
        settled.find_map(|(flags, flag)| flags.settle().map(|blank| Flag { column: flag.column, blank }))
    }

    /// The first column of accounts whose values can be; a name where the number is masked.
    fn choose_account(&mut self, options: &Options) -> Vec<String> {
        let is_said = options.account_column.is_some();
        let mut fit: Vec<_> = std::mem::take(&mut self.accounts)
            .into_iter()
            .zip(std::mem::take(&mut self.columns.accounts))
            .filter(|(values, _)| is_said || values.is_of_few())
            .collect();
        let is_masked = fit.first().is_some_and(|(values, _)| values.len() == 1);
        let named = fit.iter().position(|(values, account)| account.is_name && values.len() > 1);
        let at = named.filter(|_| is_masked).unwrap_or(0);
        if at >= fit.len() {
            return Vec::new();
        }
        let (values, account) = fit.swap_remove(at);
        self.columns.accounts = vec![account];
        values.into_values()
    }

    fn choose_id(&mut self, options: &Options) {
        let is_said = options.id_column.is_some();
        let fits = |(ids, column): (&Ids, &usize)| (is_said || ids.are_ids()).then_some(*column);
        self.columns.ids = self.ids.iter().zip(&self.columns.ids).find_map(fits).into_iter().collect();
    }
}

/// The width that most rows have, if there is one.
fn usual_width(widths: &[u64], rows: u64) -> usize {
    let most = widths.iter().enumerate().max_by_key(|(_, count)| **count);
    most.filter(|(_, count)| **count * 2 > rows).map_or(0, |(width, _)| width)
}

/// The header's width without the nameless columns at its end.
fn named_width(names: &[String]) -> usize {
    names.iter().rposition(|name| !name.is_empty()).map_or(0, |at| at + 1)
}

fn open_order(line: u64, text: &str) -> Invalid {
    let invalid = Invalid::new(format!(
        "the order of day and month is open: `{text}` in line {line}, and no row settles it"
    ));
    let Some([(_, dmy), (_, mdy)]) = dates::readings(text) else { return invalid };
    invalid.hint(format!("say `--date-order dmy` for {dmy}, or `--date-order mdy` for {mdy}"))
}

fn open_mark(line: u64, text: &str) -> Invalid {
    let invalid =
        Invalid::new(format!("the decimal mark is open: `{text}` in line {line}, and no row settles it"));
    let shown = |mark| amounts::read(text).and_then(|read| read.value(mark));
    let (Some(dot), Some(comma)) = (shown('.'), shown(',')) else { return invalid };
    invalid.hint(format!("say `--decimal .` for {dot}, or `--decimal ,` for {comma}"))
}

fn both(a: Invalid, b: Invalid) -> Invalid {
    let hints: Vec<_> = [a.hint, b.hint].into_iter().flatten().collect();
    Invalid { message: format!("{}; {}", a.message, b.message), hint: Some(hints.join("; ")) }
}

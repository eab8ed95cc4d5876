//! The first pass over the rows: what needs all of them is counted, at flat memory.
//!
//! `settle` makes the layout of it, with which `rows` reads each row on its own.

use super::super::text::amounts;
use super::super::text::dates::DateText;
use super::super::text::votes::{DateVotes, MarkVotes};
use super::cells::{Kind, Reading, cell};
use super::flags::{FlagWords, Flags};
use super::headers::Columns;
use super::layout::LeftOut;
use super::phrases::Booking;
use super::records::{Record, is_blank};
use super::seen::{Ids, Remembered, Values};

/// A record with more cells than these is not counted apart.
const MOST_CELLS: usize = 256;

/// What the rows of a file have in common.
pub struct Survey {
    pub(super) columns: Columns,
    pub(super) dates: DateVotes,
    pub(super) other_dates: DateVotes,
    pub(super) marks: MarkVotes,
    pub(super) balance_marks: MarkVotes,
    /// Amounts with a minus, with `CR` and with `DR`.
    pub(super) negatives: u64,
    pub(super) credit_marks: u64,
    pub(super) debit_marks: u64,
    /// Amounts above 0 without any of them.
    pub(super) plain: u64,
    /// Amounts of money out with and without a minus.
    pub(super) signed_debits: u64,
    pub(super) unsigned_debits: u64,
    /// By the candidates in `columns`.
    pub(super) flags: Vec<Flags>,
    pub(super) ids: Vec<Ids>,
    pub(super) accounts: Vec<Values>,
    pub(super) currencies: Values,
    pub(super) rows: u64,
    /// Rows by the number of their cells, blank ones at the end left out.
    pub(super) widths: Vec<u64>,
    /// The fewest cells of a row before the last line.
    pub(super) least_width: Option<usize>,
    /// The fewest decimals of an amount before the last line, if the mark is `.` and if it is `,`.
    pub(super) least_scales: [Option<u32>; 2],
    pub(super) left_out: LeftOut,
    /// The days of the first row and of the last.
    pub(super) ends: Option<(DateText, DateText)>,
    bookings: Remembered<Booking>,
}

impl Survey {
    /// A survey of no rows yet.
    pub fn new(columns: Columns, words: &FlagWords) -> Self {
        Survey {
            dates: DateVotes::default(),
            other_dates: DateVotes::default(),
            marks: MarkVotes::default(),
            balance_marks: MarkVotes::default(),
            negatives: 0,
            credit_marks: 0,
            debit_marks: 0,
            plain: 0,
            signed_debits: 0,
            unsigned_debits: 0,
            flags: columns.flags.iter().map(|flag| Flags::new(flag.is_named, words.clone())).collect(),
            ids: columns.ids.iter().map(|_| Ids::default()).collect(),
            accounts: columns.accounts.iter().map(|_| Values::default()).collect(),
            currencies: Values::default(),
            rows: 0,
            widths: vec![0; MOST_CELLS + 1],
            least_width: None,
            least_scales: [None; 2],
            left_out: LeftOut::default(),
            ends: None,
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
            Kind::Balance => self.left_out.balance(record.line, &record.raw),
            Kind::NoRow => self.left_out.no_row(record.line, &record.raw),
        }
    }

    fn is_void(&mut self, record: &Record) -> bool {
        let status = self.columns.status.map(|column| cell(&record.fields, column));
        let columns = &self.columns;
        status.is_some_and(|text| self.bookings.answer(text, |text| columns.booking(text)) == Booking::Void)
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
            self.ends = Some((self.ends.map_or(date, |(first, _)| first), date));
        }
        for column in &self.columns.other_dates {
            let text = cell(&record.fields, *column);
            if let Some(date) = self.columns.read_date(text) {
                self.other_dates.count(date, record.line, text);
            }
        }
    }

    fn count_amounts(&mut self, record: &Record, reading: &Reading<'_>) {
        for amount in [&reading.debit, &reading.credit] {
            let (Some(read), Some(text)) = (amount.read, amount.text) else { continue };
            self.marks.count(read, record.line, text);
            if !record.is_last {
                for (least, value) in self.least_scales.iter_mut().zip(read.magnitudes()) {
                    let scale = value.map_or(0, |value| value.scale());
                    *least = Some(least.map_or(scale, |least| least.min(scale)));
                }
            }
            self.negatives += u64::from(read.is_negative);
            self.credit_marks += u64::from(read.side == Some(amounts::Side::Credit));
            self.debit_marks += u64::from(read.side == Some(amounts::Side::Debit));
            self.plain += u64::from(read.side.is_none() && !read.is_negative && !read.is_zero());
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
        let currency = reading.currency().unwrap_or(currency);
        if !currency.is_empty() {
            self.currencies.count(currency);
        }
        let account = self.columns.accounts.first();
        let account = account.map_or("", |account| cell(&record.fields, account.column));
        for (ids, column) in self.ids.iter_mut().zip(&self.columns.ids) {
            ids.count(cell(&record.fields, *column), account, currency);
        }
    }
}

//! One `Ntry`: what it says of itself, with its details.
//!
//! `items` hands it the elements below `Ntry`; `batch` makes rows of it. However long it is, no more is held than
//! what its rows show, and that within limits.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::text::amounts::Side;
use super::super::text::is_no_id;
use super::detail::{Detail, DetailReader, Frame};
use super::kind::{Kind, Status};
use super::leaf::{Leaf, shown, tidy};
use super::{amount, date};

/// More payments than a bank books in one entry, and more text than those have.
pub const MOST_DETAILS: usize = 100_000;
const MOST_HELD: usize = 24 << 20;

/// Where a detail stands below `Ntry`.
const DETAIL: &str = "NtryDtls/TxDtls";

/// An entry as it is read.
#[derive(Debug, Default)]
pub struct Entry {
    /// The 1-based line in which it begins.
    pub line: u64,
    /// Its text; none where that is longer than a row may be.
    pub raw: Option<String>,
    /// Its details, in their order.
    pub details: Vec<Detail>,
    /// `AcctSvcrRef`, unless it is a placeholder.
    pub reference: Option<String>,
    /// `AddtlNtryInf`.
    pub info: Option<String>,
    amount: Option<String>,
    currency: Option<String>,
    side: Option<String>,
    is_reversal: bool,
    status: Option<String>,
    booked: Option<String>,
    valued: Option<String>,
    detail: Option<DetailReader>,
    detail_line: u64,
    detail_start: usize,
    held: usize,
    is_cut: bool,
    is_too_great: bool,
}

/// What all rows of an entry have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The day of the booking, else of the value; none where it states neither.
    pub date: Option<NaiveDate>,
    /// Signed.
    pub amount: Decimal,
    /// A code; none where neither the entry nor its account states any.
    pub currency: Option<String>,
}

impl Entry {
    /// An entry that begins in this line.
    pub fn new(line: u64) -> Entry {
        Entry { line, ..Entry::default() }
    }

    /// Takes in that an element opens; `start` is its place in the entry's text.
    pub fn open(&mut self, path: &str, line: u64, start: usize) {
        if path == DETAIL {
            self.detail = Some(DetailReader::default());
            self.detail_line = line;
            self.detail_start = start;
        }
    }

    /// Takes in an element with a text; `account` is the statement's.
    pub fn take(&mut self, leaf: Leaf<'_>, account: Option<&str>) {
        if leaf.is_cut {
            // Documents of any length may be enclosed; they are no part of the row.
            self.is_cut |= !leaf.path.contains("SplmtryData");
            return;
        }
        let below = leaf.path.strip_prefix(DETAIL).and_then(|rest| rest.strip_prefix('/'));
        if let Some(path) = below {
            if let Some(mut detail) = self.detail.take() {
                detail.take(Leaf { path, ..leaf }, self.frame(account));
                self.detail = Some(detail);
            }
            return;
        }
        let text = leaf.text;
        match leaf.path {
            "Amt" => {
                self.amount = Some(text.to_owned());
                self.currency = leaf.currency.filter(|code| !code.is_empty()).map(str::to_owned);
            }
            "CdtDbtInd" => self.side = Some(text.to_owned()),
            "RvslInd" => self.is_reversal = matches!(text, "true" | "1"),
            "Sts" | "Sts/Cd" | "Sts/Prtry" => self.status = Some(text.to_owned()),
            "BookgDt/Dt" | "BookgDt/DtTm" => self.booked = Some(text.to_owned()),
            "ValDt/Dt" | "ValDt/DtTm" => self.valued = Some(text.to_owned()),
            "AcctSvcrRef" if !is_no_id(text) => self.reference = Some(text.to_owned()),
            "AddtlNtryInf" if !is_no_id(text) => self.info = Some(tidy(text)),
            _ => {}
        }
    }

    /// Takes in that an element closes, behind its text; `end` is its place in the entry's text.
    pub fn close(&mut self, path: &str, end: usize, account: Option<&str>) {
        if path != DETAIL {
            return;
        }
        let Some(reader) = self.detail.take() else { return };
        self.is_cut |= reader.is_cut;
        let mut detail = reader.finish(self.frame(account));
        detail.line = self.detail_line;
        detail.place = (self.detail_start, end);
        self.held += detail.held();
        if self.details.len() == MOST_DETAILS || self.held > MOST_HELD {
            self.is_too_great = true;
            self.details = Vec::new();
        }
        if !self.is_too_great {
            self.details.push(detail);
        }
    }

    fn frame<'a>(&'a self, account: Option<&'a str>) -> Frame<'a> {
        let side = self.side.as_deref().and_then(amount::side);
        Frame { currency: self.currency.as_deref(), side, is_reversal: self.is_reversal, account }
    }

    /// Whether it is booked.
    ///
    /// # Errors
    /// For a status that is not known.
    pub fn status(&self, kind: Kind) -> Result<Status, String> {
        Status::read(self.status.as_deref(), kind)
    }

    /// What its rows have in common; `currency` is that of an amount which states none.
    ///
    /// # Errors
    /// For what cannot be read, in a sentence that names the element.
    pub fn head(&self, currency: Option<&str>) -> Result<Head, String> {
        if self.is_too_great {
            return Err(format!("the entry has more than {MOST_DETAILS} details, or too much text in them"));
        }
        if self.is_cut {
            return Err("a text of the entry is too long for a row".to_owned());
        }
        let side = self.direction()?;
        let text = self.amount.as_deref().ok_or("the entry has no amount (`Amt`)")?;
        let amount =
            amount::read(text).ok_or_else(|| format!("`{}` is not an amount (`Amt`)", shown(text)))?;
        let currency = self.currency.as_deref().or(currency);
        if let Some(code) = currency.filter(|code| !amount::is_currency(code)) {
            return Err(format!("`{}` is not a currency (`Ccy`)", shown(code)));
        }
        let date = self.date()?;
        Ok(Head { date, amount: amount::signed(amount, side), currency: currency.map(str::to_owned) })
    }

    fn direction(&self) -> Result<Side, String> {
        let text =
            self.side.as_deref().ok_or("the entry does not say which way the money goes (`CdtDbtInd`)")?;
        amount::side(text)
            .ok_or_else(|| format!("`{}` is neither `CRDT` nor `DBIT` (`CdtDbtInd`)", shown(text)))
    }

    fn date(&self) -> Result<Option<NaiveDate>, String> {
        let (text, element) = match (&self.booked, &self.valued) {
            (Some(text), _) => (text, "BookgDt"),
            (None, Some(text)) => (text, "ValDt"),
            (None, None) => return Ok(None),
        };
        let date =
            date::read(text).ok_or_else(|| format!("`{}` is not a date (`{element}`)", shown(text)))?;
        Ok(Some(date))
    }
}

//! The transactions of a file, each with its account, in the file's order: what both passes walk.
//!
//! Lists of categories and the like are passed over; sections with money behind them that is not kept are counted, so
//! that `survey` can tell. One record of transactions is one row, whatever becomes of it.

use std::collections::BTreeMap;
use std::io::{self, Read};

use super::super::text::Lines;
use super::category::Category;
use super::fields::Fields;
use super::records::{Record, Records};
use super::section::{Owner, Section};

/// A transaction.
#[derive(Debug)]
pub struct Item<'a> {
    /// Its record.
    pub record: &'a Record,
    /// The account as the file names it.
    pub account: Option<&'a str>,
    /// What its amounts are in, where the file says so of the account.
    pub currency: Option<&'static str>,
    /// Why its record cannot be trusted, whatever it says.
    pub fault: Option<&'static str>,
}

/// What was passed over.
#[derive(Debug, Default)]
pub struct LeftOut {
    /// Whether there was any header: else the file is no QIF.
    pub has_sections: bool,
    pub trades: u64,
    pub securities: u64,
    pub prices: u64,
    /// Records of unknown sections, by header; of many headers the first.
    pub unknown: BTreeMap<String, u64>,
}

/// More unknown headers than these are counted together.
const MOST_HEADERS: usize = 10;

/// Reads the transactions of a file.
pub struct Entries<R> {
    records: Records<R>,
    record: Record,
    section: Section,
    owner: Owner,
    /// Whether the next record is the first of its section.
    is_first: bool,
    left_out: LeftOut,
}

impl<R: Read> Entries<R> {
    /// The transactions in these lines.
    pub fn new(lines: Lines<R>) -> Self {
        Entries {
            records: Records::new(lines),
            record: Record::default(),
            section: Section::None,
            owner: Owner::default(),
            is_first: false,
            left_out: LeftOut::default(),
        }
    }

    /// What was passed over so far.
    pub fn left_out(&self) -> &LeftOut {
        &self.left_out
    }

    /// The next transaction; none at the end of the file.
    pub fn read(&mut self) -> io::Result<Option<Item<'_>>> {
        while self.records.read(&mut self.record)? {
            if self.record.header().is_some() {
                self.open();
                continue;
            }
            let fault = match &self.section {
                Section::Transactions => self.fault(),
                Section::None if is_whole(&self.record) => {
                    Some("it stands before any section, such as `!Type:Bank`")
                }
                _ => {
                    self.pass_over();
                    continue;
                }
            };
            if fault.is_none() && std::mem::take(&mut self.is_first) {
                self.find_owner();
            }
            let (account, currency) = (self.owner.account(), self.owner.currency());
            return Ok(Some(Item { record: &self.record, account, currency, fault }));
        }
        Ok(None)
    }

    fn open(&mut self) {
        self.left_out.has_sections = true;
        let header = self.record.header().unwrap_or_default();
        let Some(section) = Section::of(header) else { return };
        if section == Section::Transactions {
            self.owner.open(header);
        }
        self.is_first = true;
        self.section = section;
    }

    /// Why the transaction's record is none, or not a whole one.
    fn fault(&self) -> Option<&'static str> {
        match () {
            () if self.record.is_cut => Some("the record is too long for a row"),
            () if !self.record.is_closed && !is_whole(&self.record) => {
                Some("the record is cut off: it ends without `^`, and its date or amount is missing")
            }
            () if !self.record.is_closed && self.record.is_torn && ends_in_number(&self.record.raw) => {
                Some("the file ends in the record's last line, which may have been longer")
            }
            () => None,
        }
    }

    /// Takes in a record that is no transaction.
    fn pass_over(&mut self) {
        let left_out = &mut self.left_out;
        match &self.section {
            Section::Accounts => {
                let field = |letter| self.record.raw.lines().find_map(|line| line.strip_prefix(letter));
                let name = field('N').map(str::trim);
                match name.filter(|name| !name.is_empty()) {
                    Some(name) if std::mem::take(&mut self.is_first) => {
                        self.owner.name(name, field('D').map(str::trim));
                    }
                    Some(_) => self.owner.forget(),
                    None => {}
                }
            }
            Section::Trades => left_out.trades += 1,
            Section::Securities => left_out.securities += 1,
            Section::Prices => left_out.prices += 1,
            Section::Unknown(header) => {
                let is_known = left_out.unknown.contains_key(header) || left_out.unknown.len() < MOST_HEADERS;
                let header = if is_known { header.clone() } else { "...".to_owned() };
                *left_out.unknown.entry(header).or_default() += 1;
            }
            Section::None | Section::List | Section::Transactions => {}
        }
    }

    /// An opening balance that comes first says whose the section is, where no `!Account` did.
    fn find_owner(&mut self) {
        let fields = Fields::of(&self.record.raw);
        if let Category { account: Some(account), .. } = fields.category
            && is_opening(fields.payee)
        {
            self.owner.find(account);
        }
    }
}

/// Whether the record has what a row needs.
fn is_whole(record: &Record) -> bool {
    let fields = Fields::of(&record.raw);
    fields.date.is_some() && fields.amount.is_some()
}

/// Whether the last line is a date or an amount: of one that was cut, another value might be left.
fn ends_in_number(raw: &str) -> bool {
    raw.lines().last().is_some_and(|line| line.starts_with(['D', 'T', 'U', '$']))
}

/// Whether the payee is Quicken's word for the first entry of an account.
pub fn is_opening(payee: Option<&str>) -> bool {
    payee.is_some_and(|payee| payee.eq_ignore_ascii_case("opening balance"))
}

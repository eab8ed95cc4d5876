//! What a format other than CSV makes of a file: the facts that hold for all of it, and its rows.
//!
//! `survey` of such a format answers a `Statement`; `Layout` shows and stores its facts. A format that needs no
//! settling beyond them has little else.

use std::fmt::Debug;
use std::io;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{DateOrder, FormatName, ReadSeek, Rows};

/// A surveyed file of a format that says itself what its fields are.
pub trait Statement: Debug {
    /// What holds for the whole file.
    fn facts(&self) -> &Facts;

    /// Whether rows say what they were for, and accounts are named by the user's words.
    fn says_purposes(&self) -> bool {
        self.facts().format.says_purposes()
    }

    /// Whether any row names a category.
    fn names_categories(&self) -> bool {
        self.says_purposes()
    }

    /// Whether the file says which categories are income.
    fn tells_income(&self) -> bool {
        self.facts().format.tells_income()
    }

    /// Under which name the accounts of such files are remembered.
    fn kind(&self) -> String {
        self.facts().format.as_str().to_owned()
    }

    /// Under which name their rows are.
    fn source(&self) -> String {
        self.kind()
    }

    /// Streams the rows from the beginning of the same file.
    ///
    /// # Errors
    /// Where the file cannot be read again.
    fn rows<'a>(&'a self, input: &'a mut dyn ReadSeek) -> io::Result<Rows<'a>>;
}

/// What a survey found out of a whole file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The format.
    pub format: FormatName,
    /// What was detected or said, as (what, value) to be shown, such as (`version`, `OFX 1.02`).
    pub described: Vec<(String, String)>,
    /// What was left out without being rejected, or contradicts itself; one lower-case sentence each.
    pub notes: Vec<String>,
    /// The date order that was said or that the rows settled; none in formats that have but one.
    pub date_order: Option<DateOrder>,
    /// The decimal mark, likewise.
    pub decimal: Option<char>,
    /// How many rows there are, rejected ones included.
    pub row_count: u64,
    /// How many statements the file consists of; 0 where it has no such parts.
    pub statement_count: u64,
    /// The accounts that rows or statements name, in order of appearance; those without rows too.
    pub accounts: Vec<String>,
    /// The currencies that rows or statements state, likewise.
    pub currencies: Vec<String>,
    /// The balances that the file states.
    pub balances: Vec<StatedBalance>,
}

impl Facts {
    /// Facts of which nothing is known but the format.
    pub fn new(format: FormatName) -> Facts {
        Facts {
            format,
            described: Vec::new(),
            notes: Vec::new(),
            date_order: None,
            decimal: None,
            row_count: 0,
            statement_count: 0,
            accounts: Vec::new(),
            currencies: Vec::new(),
            balances: Vec::new(),
        }
    }

    /// Remembers an account that the file names, once.
    pub fn see_account(&mut self, name: &str) {
        see(&mut self.accounts, name);
    }

    /// Remembers a currency that the file states, once.
    pub fn see_currency(&mut self, code: &str) {
        see(&mut self.currencies, code);
    }
}

fn see(known: &mut Vec<String>, name: &str) {
    if !known.iter().any(|known| known == name) {
        known.push(name.to_owned());
    }
}

/// What an account held at the end of a day, by the bank's own word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedBalance {
    /// The account as the file names it; none where it names none.
    pub account: Option<String>,
    /// The day, at whose end it held.
    pub date: NaiveDate,
    /// What was there; what is owed is negative.
    pub amount: Decimal,
    /// The currency, where the file states it.
    pub currency: Option<String>,
}

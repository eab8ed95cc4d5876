//! What a file is made of, as `walker` finds it: rows, and what is said about and around them.
//!
//! Values with the file's own texts; `survey` makes facts of them.

use std::rc::Rc;

use super::record::{Origin, Record};
use super::scanner::Element;
use super::texts;

/// A part of the file.
#[derive(Debug)]
pub enum Found {
    /// A row, booked or pending.
    Row(Box<Record>),
    /// The account that rows from here on are of.
    Account(Rc<Origin>),
    /// The currency of the statement.
    Currency(String),
    /// A balance of booked money.
    Balance(Balance),
    /// How the bank answered a request.
    Status(Status),
    /// Something that is passed over.
    LeftOut(LeftOut),
    /// A tag that tells what kind of file it is.
    Mark(Mark),
}

/// A balance as the file has it.
#[derive(Debug, Default)]
pub struct Balance {
    /// The statement that it stands in.
    pub origin: Rc<Origin>,
    /// The 1-based line at which it starts.
    pub line: u64,
    /// What was there; none where it is blank.
    pub amount: Option<String>,
    /// When.
    pub date: Option<String>,
}

/// An answer of the bank.
#[derive(Debug, Default)]
pub struct Status {
    /// Its number; 0 is success.
    pub code: Option<String>,
    /// `INFO`, `WARN` or `ERROR`.
    pub severity: Option<String>,
    /// What it says.
    pub message: Option<String>,
}

/// Money that is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// A purchase or sale of an investment, or its income.
    Trade,
    /// A position in an investment.
    Holding,
    /// A row of a loan's statement, which has parts of its own.
    LoanRow,
}

/// A tag that tells what kind of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The file is OFX.
    Ofx,
    /// It is whole.
    End,
    /// A statement begins.
    Statement,
    /// It lists accounts.
    AccountList,
}

impl Balance {
    /// Takes in a leaf inside of it.
    pub fn take(&mut self, element: &Element) {
        match element.name.as_str() {
            "BALAMT" => set(&mut self.amount, element),
            "DTASOF" => set(&mut self.date, element),
            _ => {}
        }
    }
}

impl Status {
    /// Takes in a leaf inside of it.
    pub fn take(&mut self, element: &Element) {
        match element.name.as_str() {
            "CODE" => set(&mut self.code, element),
            "SEVERITY" => set(&mut self.severity, element),
            "MESSAGE" => set(&mut self.message, element),
            _ => {}
        }
    }
}

/// The first value counts.
fn set(field: &mut Option<String>, element: &Element) {
    if field.is_none() {
        *field = texts::clean_short(&element.value);
    }
}

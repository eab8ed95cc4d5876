//! The parts of a file that mean something, in its order: rows, accounts, balances, the bank's answers.
//!
//! Goes by the names of tags alone, without a stack: a part ends with its closing tag or where something begins that
//! cannot stand in it, so that one forgotten tag costs little. Both passes over a file read it by this.

use std::io::Read;
use std::rc::Rc;

use super::super::SurveyError;
use super::super::text::currency;
use super::account::Account;
use super::found::{Balance, Found, LeftOut, Mark, Status};
use super::record::{Origin, Record};
use super::scanner::{Element, Scanner};
use super::texts;

/// The part that is being read.
#[derive(Debug, Default)]
enum Part {
    #[default]
    None,
    Row(Box<Record>),
    Account(Account),
    Balance(Balance),
    Status(Status),
}

/// Reads the parts of a file one at a time.
pub struct Walker<R> {
    scanner: Scanner<R>,
    element: Element,
    /// Whether the element has ended a part and is still to be looked at itself.
    is_held: bool,
    part: Part,
    origin: Rc<Origin>,
    is_in_statement: bool,
    /// Whether a statement has begun.
    has_begun: bool,
    is_among_pending: bool,
}

impl<R: Read> Walker<R> {
    /// The parts of a file by its elements.
    pub fn new(scanner: Scanner<R>) -> Self {
        Walker {
            scanner,
            element: Element::default(),
            is_held: false,
            part: Part::None,
            origin: Rc::default(),
            is_in_statement: false,
            has_begun: false,
            is_among_pending: false,
        }
    }

    /// The next part; none at the end of the file.
    ///
    /// # Errors
    /// Where the file cannot be read, and where it declares entities.
    pub fn next(&mut self) -> Result<Option<Found>, SurveyError> {
        loop {
            if !std::mem::take(&mut self.is_held) && !self.scanner.read(&mut self.element)? {
                return Ok(self.torn());
            }
            let found = match self.part {
                Part::None => self.look(),
                _ => self.go_on(),
            };
            if found.is_some() {
                return Ok(found);
            }
        }
    }

    /// A row in which the file ends; of other parts half is nothing.
    fn torn(&mut self) -> Option<Found> {
        let Part::Row(mut record) = std::mem::take(&mut self.part) else { return None };
        record.is_torn = true;
        Some(Found::Row(record))
    }

    /// Gives the element to the part, or ends the part.
    fn go_on(&mut self) -> Option<Found> {
        let element = &self.element;
        let (name, is_close) = (element.name.as_str(), element.is_close);
        let own = match &self.part {
            Part::Row(_) => matches!(name, "STMTTRN" | "STMTTRNP"),
            Part::Account(_) => name.ends_with("ACCTFROM"),
            Part::Balance(_) => name == "LEDGERBAL",
            Part::Status(_) => name == "STATUS",
            Part::None => false,
        };
        if own && is_close {
            return self.end(true);
        }
        if is_outside(name) || (!matches!(self.part, Part::Row(_)) && begins_part(name)) {
            self.is_held = true;
            return self.end(false);
        }
        match &mut self.part {
            Part::Row(record) => record.take(element),
            _ if is_close => {}
            Part::Account(account) => take_account(account, element),
            Part::Balance(balance) => balance.take(element),
            Part::Status(status) => status.take(element),
            Part::None => {}
        }
        None
    }

    /// Ends the part, with its own closing tag or without.
    fn end(&mut self, is_closed: bool) -> Option<Found> {
        match std::mem::take(&mut self.part) {
            Part::None => None,
            Part::Row(mut record) => {
                if is_closed {
                    record.end(&self.element);
                }
                Some(Found::Row(record))
            }
            Part::Account(account) => {
                let account = Some(account).filter(|account| !account.number.is_empty());
                self.origin = Rc::new(Origin { account, ..(*self.origin).clone() });
                Some(Found::Account(Rc::clone(&self.origin)))
            }
            Part::Balance(balance) => Some(Found::Balance(balance)),
            Part::Status(status) => Some(Found::Status(status)),
        }
    }

    /// Looks at an element between the parts.
    fn look(&mut self) -> Option<Found> {
        let (name, is_close) = (self.element.name.as_str(), self.element.is_close);
        if name.ends_with("STMTRS") {
            self.is_in_statement = !is_close;
            self.is_among_pending = false;
            let statement = self.origin.statement.saturating_add(u32::from(self.has_begun && !is_close));
            self.has_begun |= !is_close;
            self.origin = Rc::new(Origin { statement, ..Origin::default() });
            return (!is_close).then_some(Found::Mark(Mark::Statement));
        }
        match name {
            "BANKTRANLISTP" => self.is_among_pending = !is_close,
            "BANKTRANLIST" => self.is_among_pending = false,
            "OFX" => return Some(Found::Mark(if is_close { Mark::End } else { Mark::Ofx })),
            _ if is_close => {}
            "CURDEF" => return self.currency(),
            "ACCTINFO" => return Some(Found::Mark(Mark::AccountList)),
            "INVTRAN" => return Some(Found::LeftOut(LeftOut::Trade)),
            "INVPOS" => return Some(Found::LeftOut(LeftOut::Holding)),
            "LOANSTMTTRN" => return Some(Found::LeftOut(LeftOut::LoanRow)),
            _ => self.part = self.begun(),
        }
        None
    }

    /// The part that the element begins.
    fn begun(&self) -> Part {
        let origin = || Rc::clone(&self.origin);
        match self.element.name.as_str() {
            name @ ("STMTTRN" | "STMTTRNP") => {
                let is_pending = self.is_among_pending || name == "STMTTRNP";
                Part::Row(Box::new(Record::begin(&self.element, origin(), is_pending)))
            }
            "LEDGERBAL" => {
                Part::Balance(Balance { origin: origin(), line: self.element.line, ..Balance::default() })
            }
            "STATUS" => Part::Status(Status::default()),
            // Elsewhere accounts are in lists and orders.
            name if self.is_in_statement && name.ends_with("ACCTFROM") => Part::Account(Account::default()),
            _ => Part::None,
        }
    }

    fn currency(&mut self) -> Option<Found> {
        let currency = texts::clean_short(&self.element.value).map(|text| currency::of_cell(&text));
        self.origin = Rc::new(Origin { currency: currency.clone(), ..(*self.origin).clone() });
        currency.map(Found::Currency)
    }
}

/// Whether a tag cannot stand in a row, nor in any other part.
fn is_outside(name: &str) -> bool {
    let names = [
        "STMTTRN",
        "STMTTRNP",
        "LEDGERBAL",
        "AVAILBAL",
        "BANKTRANLIST",
        "BANKTRANLISTP",
        "INVBANKTRAN",
        "INVTRANLIST",
        "INVTRAN",
        "OFX",
    ];
    names.contains(&name) || name.ends_with("STMTRS") || name.ends_with("TRNRS") || name.contains("MSGSRSV")
}

/// Whether a tag begins a part that stands in no other but a row, where it says nothing.
fn begins_part(name: &str) -> bool {
    matches!(name, "STATUS" | "CURDEF" | "SONRS") || name.ends_with("ACCTFROM")
}

fn take_account(account: &mut Account, element: &Element) {
    let field = match element.name.as_str() {
        "ACCTID" => &mut account.number,
        "BANKID" | "BROKERID" => &mut account.bank,
        "ACCTTYPE" => &mut account.kind,
        _ => return,
    };
    if let Some(value) = texts::clean_short(&element.value).filter(|_| field.is_empty()) {
        *field = value;
    }
}

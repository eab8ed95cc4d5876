//! The first pass over a file: what needs all of it is counted, at flat memory.
//!
//! Goes through the same parts as `rows` does, so that the two cannot disagree, and makes the facts of them.

use std::collections::HashSet;

use super::super::{Facts, FormatName, Options, StatedBalance, SurveyError};
use super::account::Accounts;
use super::dates;
use super::found::{Balance, Found, LeftOut, Mark};
use super::money::{self, AmountField, Marks};
use super::notes::Seen;
use super::record::{Field, Record};
use super::row::{Reading, is_notice, is_start};
use super::status;
use super::texts::shown;
use crate::domain::invalid::Invalid;

/// More accounts, balances and currencies are no statement, and would not stay in memory.
const MOST_NAMES: usize = 50_000;

/// More answers are not told.
const MOST_ERRORS: usize = 10;

/// What the parts of a file say together.
#[derive(Debug, Default)]
pub struct Survey {
    rows: u64,
    has_starts: bool,
    is_ofx: bool,
    marks: Marks,
    accounts: Accounts,
    currencies: Vec<String>,
    known_currencies: HashSet<String>,
    balances: Vec<Balance>,
    seen: Seen,
}

impl Survey {
    /// Takes in a part of the file.
    ///
    /// # Errors
    /// Where there is too much of it to be a statement.
    pub fn count(&mut self, found: Found) -> Result<(), SurveyError> {
        match found {
            Found::Row(record) => self.count_row(&record),
            Found::Account(origin) => {
                if let Some(account) = &origin.account {
                    self.accounts.see(account);
                }
            }
            Found::Currency(code) => self.see_currency(&code),
            Found::Balance(balance) => self.count_balance(balance),
            Found::Status(status) => {
                if let Some(error) = status::error(&status).filter(|error| !self.seen.errors.contains(error))
                    && self.seen.errors.len() < MOST_ERRORS
                {
                    self.seen.errors.push(error);
                }
            }
            Found::LeftOut(LeftOut::Trade) => self.seen.trades += 1,
            Found::LeftOut(LeftOut::Holding) => self.seen.holdings += 1,
            Found::LeftOut(LeftOut::LoanRow) => self.seen.loan_rows += 1,
            Found::Mark(Mark::Ofx) => self.is_ofx = true,
            Found::Mark(Mark::End) => self.seen.is_ended = true,
            Found::Mark(Mark::Statement) => self.seen.statements += 1,
            Found::Mark(Mark::AccountList) => self.seen.is_account_list = true,
        }
        if self.accounts.count() + self.balances.len() + self.currencies.len() > MOST_NAMES {
            let message = format!("the file has more than {MOST_NAMES} accounts and balances");
            return Err(Invalid::new(message).hint("import a part of it at a time").into());
        }
        Ok(())
    }

    fn count_row(&mut self, record: &Record) {
        if is_notice(record) {
            self.seen.notices += 1;
            return;
        }
        self.rows += 1;
        self.has_starts |= is_start(record);
        if let Some(text) = record.text(Field::Amount).filter(|_| !record.is_torn && !record.is_cut)
            && let AmountField::Number(read) = money::read(text)
        {
            self.marks.count(read, record.line, text);
        }
        if let Some(code) = Reading::default().currency_of(record) {
            self.see_currency(&code);
        }
    }

    fn count_balance(&mut self, balance: Balance) {
        let Some(text) = &balance.amount else { return };
        match money::read(text) {
            AmountField::Nothing => return,
            AmountField::Number(read) => self.marks.count_balance(read, balance.line, text),
            AmountField::Other => {}
        }
        self.balances.push(balance);
    }

    fn see_currency(&mut self, code: &str) {
        if !self.known_currencies.contains(code) {
            self.known_currencies.insert(code.to_owned());
            self.currencies.push(code.to_owned());
        }
    }

    /// The facts, and how rows are read.
    ///
    /// # Errors
    /// For a file that is no OFX, and for a decimal mark that stays open.
    pub fn settle(mut self, options: &Options) -> Result<(Facts, Reading), SurveyError> {
        if !self.is_ofx {
            return Err(Invalid::new("the file is no OFX: it has no `<OFX>` in it")
                .hint("export the statement as OFX, QFX or CSV from the bank's site")
                .into());
        }
        let reading = Reading {
            mark: self.marks.settle(options)?,
            names: self.accounts.names(),
            currency: options.currency.clone(),
            is_inverted: options.is_inverted.unwrap_or(false),
            has_starts: self.has_starts,
        };
        let balances = std::mem::take(&mut self.balances);
        let mut facts = Facts::new(FormatName::Ofx);
        facts.balances = balances.iter().filter_map(|balance| self.stated(balance, &reading)).collect();
        facts.notes = self.seen.notes();
        facts.decimal = reading.mark.mark;
        facts.row_count = self.rows;
        facts.statement_count = self.seen.statements;
        facts.accounts = self.accounts.iter().map(|account| reading.names.of(account)).collect();
        facts.currencies = self.currencies;
        Ok((facts, reading))
    }

    /// The balance, unless it says nothing; what it lacks is noted.
    fn stated(&mut self, balance: &Balance, reading: &Reading) -> Option<StatedBalance> {
        let text = balance.amount.as_deref()?;
        let value = match money::read(text) {
            AmountField::Number(read) => reading.mark.value(read),
            AmountField::Nothing | AmountField::Other => None,
        };
        let date = balance.date.as_deref().and_then(dates::day);
        let lack = match (value, date) {
            (Some(amount), Some(date)) => {
                let account = balance.origin.account.as_ref().map(|account| reading.names.of(account));
                let currency = balance.origin.currency.clone().or_else(|| reading.currency.clone());
                return Some(StatedBalance { account, date, amount: reading.signed(amount), currency });
            }
            (None, _) => "it is no plain number",
            (_, None) => "it has no date",
        };
        let told = (balance.line, format!("{}, as {lack}", shown(text)));
        self.seen.leave_out_balance(told);
        None
    }
}

//! The first pass: every row is counted, every statement checked, at flat memory.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::super::text::Encoded;
use super::super::{Facts, FormatName, Row, StatedBalance, SurveyError};
use super::check::Summary;
use super::statements::Item;
use crate::domain::invalid::Invalid;

/// Nobody has more accounts, and no file more to say of itself that is read.
const MOST_ACCOUNTS: usize = 10_000;
const MOST_NOTES: usize = 20;

/// Balances that are kept: of more, the later ones.
const MOST_BALANCES: usize = 20_000;

/// What the statements of a file have in common.
pub struct Survey {
    facts: Facts,
    accounts: HashSet<String>,
    currencies: HashSet<String>,
    /// Where the balance of an account on a day stands.
    days: HashMap<(Option<String>, NaiveDate), usize>,
    statements: u64,
    /// Rows without an account.
    nameless: u64,
    untold: u64,
}

impl Survey {
    /// A survey of no items yet.
    pub fn new(encoded: Encoded) -> Self {
        let mut facts = Facts::new(FormatName::Mt940);
        facts.described.push(("encoding".to_owned(), encoded.encoding.name().to_owned()));
        Survey {
            facts,
            accounts: HashSet::new(),
            currencies: HashSet::new(),
            days: HashMap::new(),
            statements: 0,
            nameless: 0,
            untold: 0,
        }
    }

    /// Counts one item.
    ///
    /// # Errors
    /// For a file with more accounts than anybody has.
    pub fn count(&mut self, item: &Item) -> Result<(), SurveyError> {
        match item {
            Item::Row(row) => {
                self.facts.row_count += 1;
                if let Row::Line(line) = row.as_ref() {
                    self.nameless += u64::from(line.account.is_none());
                    self.see_currency(line.currency.as_deref());
                }
                Ok(())
            }
            Item::Statement(summary) => self.count_statement(summary),
        }
    }

    fn count_statement(&mut self, summary: &Summary) -> Result<(), SurveyError> {
        self.statements += 1;
        if let Some(account) = summary.account().filter(|account| !self.accounts.contains(*account)) {
            if self.accounts.len() == MOST_ACCOUNTS {
                let message = format!("the file names more than {MOST_ACCOUNTS} accounts");
                return Err(Invalid::new(message)
                    .hint("import the statements of one account at a time")
                    .into());
            }
            self.accounts.insert(account.to_owned());
            self.facts.see_account(account);
        }
        self.see_currency(summary.currency());
        self.keep_balance(summary);
        for note in summary.notes() {
            self.note(note);
        }
        Ok(())
    }

    fn see_currency(&mut self, code: Option<&str>) {
        if let Some(code) = code.filter(|code| !self.currencies.contains(*code)) {
            self.currencies.insert(code.to_owned());
            self.facts.see_currency(code);
        }
    }

    /// Keeps the closing balance; the last one of a day is the one at its end.
    fn keep_balance(&mut self, summary: &Summary) {
        let Some(balance) = summary.booked_balance() else { return };
        let Some(date) = balance.date else { return };
        if self.facts.balances.len() == MOST_BALANCES {
            self.facts.balances.drain(..MOST_BALANCES / 2);
            self.days.clear();
        }
        let stated = StatedBalance {
            account: summary.account().map(str::to_owned),
            date,
            amount: balance.amount,
            currency: Some(balance.currency.clone()),
        };
        let at = *self.days.entry((stated.account.clone(), date)).or_insert(self.facts.balances.len());
        match self.facts.balances.get_mut(at) {
            Some(kept) => *kept = stated,
            None => self.facts.balances.push(stated),
        }
    }

    fn note(&mut self, note: String) {
        if self.facts.notes.len() < MOST_NOTES {
            self.facts.notes.push(note);
        } else {
            self.untold += 1;
        }
    }

    /// What was found.
    ///
    /// # Errors
    /// For a file without statements.
    pub fn facts(mut self) -> Result<Facts, SurveyError> {
        if self.statements == 0 {
            return Err(Invalid::new(
                "the file is no MT940: it has neither an account (`:25:`) nor an entry (`:61:`)",
            )
            .hint("leave out `--input-format`, and the file's content says what it is")
            .into());
        }
        self.facts.statement_count = self.statements;
        self.facts.described.push(("statements".to_owned(), self.statements.to_string()));
        if self.untold > 0 {
            self.facts.notes.push(format!("{} more such differences are not listed", self.untold));
        }
        if self.nameless > 0 && !self.facts.accounts.is_empty() {
            let (entries, stand) =
                if self.nameless == 1 { ("entry", "stands") } else { ("entries", "stand") };
            let note = format!(
                "{} {entries} {stand} outside of any statement that names its account",
                self.nameless
            );
            self.facts.notes.push(note);
        }
        Ok(self.facts)
    }
}

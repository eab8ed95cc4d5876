//! The first pass: every row is counted, every statement checked, at flat memory.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::super::text::Encoded;
use super::super::{Facts, FileLine, FormatName, Row, StatedBalance, SurveyError};
use super::balance::Balance;
use super::items::Item;
use super::kind::Kind;
use super::summary::{PassedOver, Summary};
use crate::domain::invalid::Invalid;

/// Nobody has more accounts, nor so long names of them.
const MOST_ACCOUNTS: usize = 10_000;
const LONGEST_ACCOUNT: usize = 256;

/// Versions and differences beyond these are not listed, and the balances of earlier days not kept.
const MOST_VERSIONS: usize = 8;
const MOST_NOTES: usize = 20;
const MOST_BALANCES: usize = 20_000;

/// What the statements of a file have in common.
#[derive(Debug)]
pub struct Survey {
    facts: Facts,
    accounts: HashSet<String>,
    currencies: HashSet<String>,
    /// Where the balance of an account in a currency on a day stands.
    days: HashMap<(Option<String>, String, NaiveDate), usize>,
    kinds: Vec<Kind>,
    versions: Vec<String>,
    statements: u64,
    passed_over: PassedOver,
    differences: Vec<String>,
    untold: usize,
}

impl Survey {
    /// A survey of no items yet.
    pub fn new(encoded: Encoded) -> Self {
        let mut facts = Facts::new(FormatName::Camt);
        facts.described.push(("encoding".to_owned(), encoded.encoding.name().to_owned()));
        Survey {
            facts,
            accounts: HashSet::new(),
            currencies: HashSet::new(),
            days: HashMap::new(),
            kinds: Vec::new(),
            versions: Vec::new(),
            statements: 0,
            passed_over: PassedOver::default(),
            differences: Vec::new(),
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
                if let Row::Line(FileLine { currency: Some(code), .. }) = row.as_ref() {
                    self.see_currency(code);
                }
            }
            Item::Message(kind, version) => self.count_message(*kind, version.as_ref()),
            Item::Statement(summary) => self.count_statement(summary)?,
        }
        Ok(())
    }

    fn count_message(&mut self, kind: Kind, version: Option<&String>) {
        if !self.kinds.contains(&kind) {
            self.kinds.push(kind);
        }
        let version = version.filter(|version| !self.versions.contains(version));
        if let Some(version) = version.filter(|_| self.versions.len() < MOST_VERSIONS) {
            self.versions.push(version.clone());
        }
    }

    fn count_statement(&mut self, summary: &Summary) -> Result<(), SurveyError> {
        self.statements += 1;
        self.see_account(summary.account.as_deref())?;
        for code in summary.currencies() {
            self.see_currency(code);
        }
        for balance in summary.closing() {
            self.keep_balance(summary.account.as_ref(), balance);
        }
        self.passed_over.add(summary.passed_over);
        let mut notes = summary.notes();
        let room = MOST_NOTES - self.differences.len();
        self.untold += notes.len().saturating_sub(room);
        notes.truncate(room);
        self.differences.append(&mut notes);
        Ok(())
    }

    fn see_account(&mut self, account: Option<&str>) -> Result<(), SurveyError> {
        let Some(account) = account.filter(|account| !self.accounts.contains(*account)) else {
            return Ok(());
        };
        if self.accounts.len() == MOST_ACCOUNTS || account.len() > LONGEST_ACCOUNT {
            let message =
                format!("the file names more than {MOST_ACCOUNTS} accounts, or one by too long a name");
            return Err(Invalid::new(message).hint("import the statements of one account at a time").into());
        }
        self.accounts.insert(account.to_owned());
        self.facts.accounts.push(account.to_owned());
        Ok(())
    }

    /// Three letters each, so there cannot be many.
    fn see_currency(&mut self, code: &str) {
        if !self.currencies.contains(code) {
            self.currencies.insert(code.to_owned());
            self.facts.currencies.push(code.to_owned());
        }
    }

    /// Keeps a closing balance; the last one of a day is the one at its end.
    fn keep_balance(&mut self, account: Option<&String>, balance: &Balance) {
        let Some(date) = balance.date else { return };
        if self.facts.balances.len() == MOST_BALANCES {
            self.facts.balances.drain(..MOST_BALANCES / 2);
            self.days.clear();
        }
        let key = (account.cloned(), balance.currency.clone(), date);
        let stated = StatedBalance {
            account: account.cloned(),
            date,
            amount: balance.amount,
            currency: Some(balance.currency.clone()),
        };
        let at = *self.days.entry(key).or_insert(self.facts.balances.len());
        match self.facts.balances.get_mut(at) {
            Some(kept) => *kept = stated,
            None => self.facts.balances.push(stated),
        }
    }

    /// What was found.
    ///
    /// # Errors
    /// For a file without statements.
    pub fn facts(mut self) -> Result<Facts, SurveyError> {
        if self.statements == 0 {
            let message = "the file is no CAMT: there is no statement in it (`BkToCstmrStmt` with `Stmt`)";
            return Err(Invalid::new(message)
                .hint("leave out `--input-format`, and the file's content says what it is")
                .into());
        }
        if !self.versions.is_empty() {
            self.facts.described.push(("version".to_owned(), self.versions.join(", ")));
        }
        self.facts.statement_count = self.statements;
        self.facts.described.push(("statements".to_owned(), self.statements.to_string()));
        let kinds = self.kinds.iter().filter_map(|kind| kind.note()).map(str::to_owned);
        self.facts.notes.extend(kinds.chain(self.passed_over.notes()).chain(self.differences));
        if self.untold > 0 {
            self.facts.notes.push(format!("{} more such differences are not listed", self.untold));
        }
        Ok(self.facts)
    }
}

impl PassedOver {
    fn add(&mut self, other: PassedOver) {
        self.information += other.information;
        self.undated += other.undated;
        self.unsummed += other.unsummed;
    }

    fn notes(self) -> impl Iterator<Item = String> {
        let one_or_many = |count: u64, one: &str, many: &str| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            _ => Some(format!("{count} {many}")),
        };
        let notes = [
            one_or_many(
                self.information,
                "entry is left out: it is for information and books nothing (`INFO`)",
                "entries are left out: they are for information and book nothing (`INFO`)",
            ),
            one_or_many(
                self.undated,
                "pending entry is left out: it has no date yet",
                "pending entries are left out: they have no date yet",
            ),
            one_or_many(
                self.unsummed,
                "entry of several payments is one row: their amounts are not shown or do not sum to it",
                "entries of several payments are one row each: their amounts are not shown or do not sum to them",
            ),
        ];
        notes.into_iter().flatten()
    }
}

//! A row of a file on its way into the book: with its decision, whom it names and what it was for.

use std::rc::Rc;

use super::decision::{Decision, Match};
use super::formats::FileLine;
use super::given::Fuller;
use super::plan::Fitted;
use super::purpose::Purpose;
use crate::domain::account::Account;
use crate::domain::money::Minor;
use crate::domain::name::clean_from_file;
use crate::domain::rule::Rule;

/// A row with what it becomes.
pub struct Planned {
    /// Its place among the rows that go to the account.
    pub index: usize,
    /// What the file says.
    pub row: Fitted,
    /// What it becomes.
    pub decision: Decision,
    /// Who is named, where that is asked for: in rows that become or are joined to transactions.
    pub payee: Option<Named>,
    /// The first rule that takes it, where that is asked for.
    pub rule: Option<Rc<Rule>>,
    /// What it was for, once the payees are known.
    pub purpose: Purpose,
    /// The row of the other side that says more, of which its transaction is made.
    pub fuller: Option<Box<Fuller>>,
    /// Whether its other side stands there already.
    pub is_alone: bool,
}

/// A payee's name with its folded form, made once a row.
pub struct Named {
    /// Folded.
    pub key: String,
    /// As written.
    pub name: String,
}

impl Planned {
    /// The transaction that it is joined to, and says something of: a part of one says nothing of the whole, nor the whole
    /// of a part.
    pub fn joined(&self) -> Option<i64> {
        match self.decision {
            Decision::Matched { by: Match::Whole | Match::Payments(_), .. } => None,
            Decision::Matched { transaction, .. } => Some(transaction),
            _ => None,
        }
    }

    /// The note of a transaction that is made of it: the rule's, else what else the bank says.
    pub fn note(&self, line: &FileLine) -> Option<String> {
        self.rule.as_ref().and_then(|rule| rule.note.clone()).or_else(|| note(line))
    }

    /// The row that its transaction is made of, with its amount and account.
    pub fn made_of<'a>(&'a self, account: &'a Account) -> Option<(&'a FileLine, Minor, &'a Account)> {
        match &self.fuller {
            Some(fuller) => Some((&fuller.line, fuller.amount, &fuller.account)),
            None => self.line().map(|(line, amount)| (line, amount, account)),
        }
    }

    /// The row, and the one that says more.
    pub fn lines(&self) -> impl Iterator<Item = &FileLine> {
        self.line().map(|(line, _)| line).into_iter().chain(self.fuller.as_ref().map(|fuller| &fuller.line))
    }

    /// The row with its amount in minor units of the account, if it can be read.
    pub fn line(&self) -> Option<(&FileLine, Minor)> {
        match &self.row {
            Fitted::Line(line, amount) => Some((line, *amount)),
            Fitted::Rejected(_) => None,
        }
    }

    /// What it comes to in minor units, where it is in the book now.
    pub fn moved(&self) -> Option<i64> {
        let is_there = self.decision.makes_one() || matches!(self.decision, Decision::Matched { .. });
        self.line().filter(|_| is_there).map(|(_, amount)| amount.0)
    }

    /// The row's place in the file and its text.
    pub fn origin(&self) -> (u64, &str) {
        match &self.row {
            Fitted::Line(line, _) => (line.line, &line.raw),
            Fitted::Rejected(rejected) => (rejected.line, &rejected.text),
        }
    }
}

/// Who it was; where a bank names nobody, what it says instead. Other programs' rows may well name nobody.
pub(super) fn payee_name(line: &FileLine) -> Option<String> {
    let better = line.purpose.as_ref().and_then(|purpose| purpose.payee.as_deref());
    let instead = line.memo.as_deref().filter(|_| line.purpose.is_none());
    [better, line.payee.as_deref(), instead].into_iter().flatten().find_map(clean_from_file)
}

/// What else the bank says.
pub(super) fn note(line: &FileLine) -> Option<String> {
    let better = line.purpose.as_ref().and_then(|purpose| purpose.memo.as_deref());
    let is_note = line.payee.is_some() || line.purpose.is_some();
    [better, line.memo.as_deref().filter(|_| is_note)].into_iter().flatten().find_map(clean_from_file)
}

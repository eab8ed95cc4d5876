//! What holds at one place of a file by the directives before it.
//!
//! `directives` and `beancount` change it, in the order of the file; transactions are read by it. Names of
//! accounts go through it: aliases first or last, as the program has it, and the account they are put under.

use super::dialect::Dialect;
use super::styles::Styles;
use super::transaction::{Posting, Quantity};
use crate::import::formats::Options;

/// A longer name is no account's.
const MOST_NAME: usize = 1000;

/// A block of `apply` that `end` closes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// Accounts are put under this one.
    Account(String),
    /// Transactions have this tag.
    Tag(String),
    /// Days without a year were in this one before.
    Year(Option<i32>),
    /// Nothing that counts.
    Other,
}

/// What holds at one place of a file.
#[derive(Clone, Debug)]
pub struct Scope {
    styles: Styles,
    year: Option<i32>,
    applied: Vec<Applied>,
    aliases: Vec<(String, String)>,
    bucket: Option<String>,
}

impl Scope {
    /// What holds at the beginning.
    pub fn new(dialect: Dialect, options: &Options) -> Scope {
        Scope {
            styles: Styles::new(dialect, options.decimal, options.currency.as_deref()),
            year: None,
            applied: Vec::new(),
            aliases: Vec::new(),
            bucket: None,
        }
    }

    /// Whose journal it is.
    pub fn dialect(&self) -> Dialect {
        self.styles.dialect
    }

    /// How numbers are written.
    pub fn styles(&mut self) -> &mut Styles {
        &mut self.styles
    }

    /// The year of days without one.
    pub fn year(&self) -> Option<i32> {
        self.year
    }

    /// Takes in `Y`.
    pub fn set_year(&mut self, year: i32) {
        self.year = Some(year);
    }

    /// The tags of every transaction.
    pub fn tags(&self) -> impl Iterator<Item = String> {
        self.applied.iter().filter_map(|applied| match applied {
            Applied::Tag(tag) => Some(tag.clone()),
            _ => None,
        })
    }

    /// Takes in `apply`, or beancount's `pushtag`.
    pub fn apply(&mut self, applied: Applied) {
        self.applied.push(applied);
    }

    /// Closes the last block that is so; false where there is none.
    pub fn end(&mut self, is_so: impl Fn(&Applied) -> bool) -> bool {
        let Some(at) = self.applied.iter().rposition(is_so) else { return false };
        if let Applied::Year(before) = self.applied.remove(at) {
            self.year = before;
        }
        true
    }

    /// Takes in `alias OLD = NEW`.
    pub fn add_alias(&mut self, old: &str, new: &str) {
        let new = if self.dialect() == Dialect::Ledger { self.below(new) } else { new.to_owned() };
        self.aliases.push((old.to_owned(), new));
    }

    /// Takes in `end aliases`.
    pub fn end_aliases(&mut self) {
        self.aliases.clear();
    }

    /// Takes in ledger's `bucket`.
    pub fn set_bucket(&mut self, account: String) {
        self.bucket = Some(account);
    }

    /// Gives a transaction with one posting the other one, in ledger's bucket.
    pub fn fill_bucket(&self, postings: &mut Vec<Posting>) {
        let Some(bucket) = self.bucket.as_ref().filter(|_| postings.len() == 1) else { return };
        postings.push(Posting {
            account: bucket.clone(),
            is_virtual: false,
            date: None,
            quantity: Quantity::Missing(None),
            cost: super::costs::Cost::None,
            asserted: None,
            memo: None,
            tags: Vec::new(),
            is_unconfirmed: None,
        });
    }

    /// The account's whole name.
    ///
    /// # Errors
    /// For a blank name or one too long.
    pub fn account(&self, written: &str) -> Result<String, String> {
        if written.trim_matches([':', ' ']).is_empty() {
            return Err("a posting names no account".to_owned());
        }
        let name = match self.dialect() {
            Dialect::Ledger => self.aliased(written).unwrap_or_else(|| self.below(written)),
            _ => {
                let name = self.below(written);
                self.aliased(&name).unwrap_or(name)
            }
        };
        if name.len() > MOST_NAME {
            return Err("an account's name is too long".to_owned());
        }
        Ok(name)
    }

    /// The name put under the accounts that are applied.
    fn below(&self, name: &str) -> String {
        let mut all = String::new();
        for applied in &self.applied {
            if let Applied::Account(account) = applied {
                all.push_str(account);
                all.push(':');
            }
        }
        all + name
    }

    /// The name by its aliases, the last one first, each at most once; none where no alias fits.
    fn aliased(&self, name: &str) -> Option<String> {
        let mut found: Option<String> = None;
        for (old, new) in self.aliases.iter().rev() {
            let current = found.as_deref().unwrap_or(name);
            let rest = current.strip_prefix(old.as_str());
            if let Some(rest) = rest.filter(|rest| rest.is_empty() || rest.starts_with(':')) {
                found = Some(format!("{new}{rest}"));
            }
            if found.as_ref().is_some_and(|name| name.len() > MOST_NAME) {
                break;
            }
        }
        found
    }
}

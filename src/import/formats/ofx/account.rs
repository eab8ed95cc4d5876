//! The accounts of a file and what they are called.
//!
//! A bank's number alone names an account, as it does on paper. Only where two accounts of one file have the same number
//! does the bank's code, or the kind of account, become part of the name.

use std::collections::{HashMap, HashSet};

/// What a file says of the account that a statement is of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Account {
    /// Its number; blanks inside are single.
    pub number: String,
    /// The bank's code or the broker's; empty where there is none.
    pub bank: String,
    /// `CHECKING`, `SAVINGS`, ...; empty where it is not said.
    pub kind: String,
}

/// The accounts of a file in order of appearance.
#[derive(Debug, Default)]
pub struct Accounts {
    all: Vec<Account>,
    known: HashSet<Account>,
}

/// How accounts are called.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Numbers that several accounts have: whether their banks differ, and their kinds.
    shared: HashMap<String, (bool, bool)>,
}

impl Accounts {
    /// Takes in an account, once.
    pub fn see(&mut self, account: &Account) {
        if self.known.insert(account.clone()) {
            self.all.push(account.clone());
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// The accounts.
    pub fn iter(&self) -> impl Iterator<Item = &Account> {
        self.all.iter()
    }

    /// How to call them, so that no two have one name.
    pub fn names(&self) -> Names {
        let mut firsts: HashMap<&str, &Account> = HashMap::new();
        let mut shared: HashMap<String, (bool, bool)> = HashMap::new();
        for account in &self.all {
            let first = *firsts.entry(&account.number).or_insert(account);
            if first != account {
                let (banks, kinds) = shared.entry(account.number.clone()).or_default();
                *banks |= first.bank != account.bank;
                *kinds |= first.kind != account.kind;
            }
        }
        Names { shared }
    }
}

impl Names {
    /// What the account is called: `0123`, `BANK 0123`, `0123 SAVINGS`.
    pub fn of(&self, account: &Account) -> String {
        let (has_bank, has_kind) = self.shared.get(&account.number).copied().unwrap_or_default();
        let bank = Some(&account.bank).filter(|bank| has_bank && !bank.is_empty());
        let kind = Some(&account.kind).filter(|kind| has_kind && !kind.is_empty());
        let parts: Vec<_> =
            bank.into_iter().chain([&account.number]).chain(kind).map(String::as_str).collect();
        parts.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(accounts: &[[&str; 3]]) -> Vec<String> {
        let mut all = Accounts::default();
        for [bank, number, kind] in accounts {
            all.see(&Account { number: (*number).into(), bank: (*bank).into(), kind: (*kind).into() });
        }
        let names = all.names();
        all.iter().map(|account| names.of(account)).collect()
    }

    #[test]
    fn a_number_is_the_name_unless_two_have_it() {
        assert_eq!(names(&[["A", "1", "SAVINGS"], ["A", "2", ""], ["A", "1", "SAVINGS"]]), ["1", "2"]);
        assert_eq!(names(&[["A", "1", ""], ["B", "1", ""], ["B", "2", ""]]), ["A 1", "B 1", "2"]);
        assert_eq!(names(&[["A", "1", "CHECKING"], ["A", "1", "SAVINGS"]]), ["1 CHECKING", "1 SAVINGS"]);
        assert_eq!(names(&[["A", "1", "X"], ["B", "1", "X"], ["B", "1", "Y"]]), ["A 1 X", "B 1 X", "B 1 Y"]);
        assert_eq!(names(&[["", "1", ""], ["B", "1", ""]]), ["1", "B 1"]);
    }
}

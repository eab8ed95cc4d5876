//! What accounts are called outside: their own names, with the currency behind it for all but the one that an
//! account has most of.
//!
//! An account of groat has one currency, one of a journal has any. `survey` counts, `rows` asks.

use std::collections::{HashMap, HashSet};

use super::accounts::Accounts;
use super::movement::Purse;

/// The names of a file's accounts.
#[derive(Debug, Default)]
pub struct Names {
    /// How many movements each account has in its currencies, in order of appearance.
    counts: HashMap<String, Vec<(String, u64)>>,
    /// Purses in order of appearance.
    purses: Vec<Purse>,
    shown: HashMap<Purse, String>,
    /// What the file calls accounts itself.
    accounts: Accounts,
}

impl Names {
    /// Names of accounts of which the file says this.
    pub fn of(accounts: &Accounts) -> Names {
        Names { accounts: accounts.clone(), ..Names::default() }
    }

    /// Counts a movement.
    pub fn count(&mut self, purse: &Purse) {
        if let Some(counts) = self.counts.get_mut(&purse.account) {
            if let Some((_, count)) = counts.iter_mut().find(|(currency, _)| *currency == purse.currency) {
                *count += 1;
                return;
            }
            counts.push((purse.currency.clone(), 1));
        } else {
            self.counts.insert(purse.account.clone(), vec![(purse.currency.clone(), 1)]);
        }
        self.purses.push(purse.clone());
    }

    /// Settles the names when all movements are counted; answers them in order of appearance, with the
    /// currency.
    pub fn settle(&mut self) -> Vec<(String, String)> {
        let mut all = Vec::with_capacity(self.purses.len());
        let mut taken: HashSet<String> = self.counts.keys().cloned().collect();
        for purse in std::mem::take(&mut self.purses) {
            let called = self.accounts.shown(&purse.account).filter(|name| !taken.contains(name));
            let name = match called {
                _ if !self.is_first(&purse) => free(&purse, &taken),
                Some(called) => called,
                None => purse.account.clone(),
            };
            taken.insert(name.clone());
            all.push((name.clone(), purse.currency.clone()));
            self.shown.insert(purse, name);
        }
        self.counts.clear();
        all
    }

    /// Whether the account has no other currency as often; the first one of several.
    fn is_first(&self, purse: &Purse) -> bool {
        let Some(counts) = self.counts.get(&purse.account) else { return true };
        let first = counts.iter().rev().max_by_key(|(_, count)| *count);
        first.is_none_or(|(currency, _)| *currency == purse.currency)
    }

    /// The name of a purse that was counted.
    pub fn shown(&self, purse: &Purse) -> String {
        self.shown.get(purse).unwrap_or(&purse.account).clone()
    }
}

/// The account with its currency; again and again where an account is called so.
fn free(purse: &Purse, taken: &HashSet<String>) -> String {
    let currency = if purse.currency.is_empty() { "no currency" } else { &purse.currency };
    let mut name = format!("{} ({currency})", purse.account);
    while taken.contains(&name) {
        name = format!("{name} ({currency})");
    }
    name
}

//! Beancount's `pad`: which of them wait for which balance.
//!
//! A pad fills its account up to the next balance of each commodity. As in beancount's own code, a balance of
//! an account below it counts, too, and is compared with what the padded account and all below it hold. The
//! pass that learns and the one that books ask the same questions.

use std::collections::{BTreeMap, HashSet};

use super::beancount::{Pad, Stated};
use super::commodity::Commodity;

/// The pads that are open, by account.
#[derive(Debug, Default)]
pub struct Pads {
    open: BTreeMap<String, (Pad, HashSet<Commodity>)>,
}

impl Pads {
    /// Opens a pad; the one before it in the same account, if no balance came behind it.
    pub fn open(&mut self, pad: Pad) -> Option<Pad> {
        let before = self.open.insert(pad.account.clone(), (pad, HashSet::new()));
        before.filter(|(_, used)| used.is_empty()).map(|(pad, _)| pad)
    }

    /// The pads that a balance is the first for, in its account and those above.
    pub fn for_balance(&mut self, stated: &Stated) -> Vec<Pad> {
        let mut found = Vec::new();
        let mut name = stated.account.as_str();
        loop {
            if let Some((pad, used)) = self.open.get_mut(name)
                && pad.date < stated.date
                && used.insert(stated.amount.commodity.clone())
            {
                found.push(pad.clone());
            }
            match name.rfind(':') {
                Some(at) => name = &name[..at],
                None => return found,
            }
        }
    }

    /// Takes out one that no balance came behind.
    pub fn take_unused(&mut self) -> Option<Pad> {
        while let Some((_, (pad, used))) = self.open.pop_first() {
            if used.is_empty() {
                return Some(pad);
            }
        }
        None
    }
}

//! What accounts hold at one place of the file, for amounts that follow from a balance.
//!
//! Kept only where the file has such amounts. After a transaction that cannot be read, or a posting that is
//! passed over, a balance is not known any more, and an amount that follows from it is rejected: never
//! guessed.

use std::collections::{BTreeMap, HashMap, HashSet};

use rust_decimal::Decimal;

use super::amount::Amount;
use super::balance::Leg;
use super::beancount::Stated;
use super::commodity::Commodity;
use super::dialect::Dialect;
use super::entries::LeftOut;
use super::exact;
use super::learned::Learned;
use super::transaction::{Posting, Quantity, Transaction};

type Balances = BTreeMap<String, HashMap<Commodity, Decimal>>;

/// The balances so far.
#[derive(Debug)]
pub struct Running {
    is_needed: bool,
    dialect: Dialect,
    balances: Balances,
    /// What pads have put into their accounts.
    padded: Balances,
    /// Accounts whose balance is not known, with the line of what hides it.
    unsure: HashMap<String, u64>,
    /// The line from which on no balance is known.
    lost: Option<u64>,
    has_rules: bool,
}

impl Running {
    /// Nothing anywhere.
    pub fn new(dialect: Dialect, learned: &Learned) -> Running {
        let is_needed = learned.has_assignments;
        let (balances, padded, unsure) = (BTreeMap::new(), BTreeMap::new(), HashMap::new());
        Running { is_needed, dialect, balances, padded, unsure, lost: None, has_rules: false }
    }

    /// Gives up every balance: what was in this line cannot be told.
    pub fn lose_all(&mut self, line: u64) {
        self.lost.get_or_insert(line);
    }

    /// Gives up the balances of a transaction's accounts.
    pub fn lose(&mut self, transaction: &Transaction) {
        if self.is_needed {
            let accounts = transaction.postings.iter().map(|posting| posting.account.clone());
            self.unsure.extend(accounts.map(|account| (account, transaction.line)));
        }
    }

    /// Puts amounts in place of balances that are assigned, and takes in those that are given.
    ///
    /// # Errors
    /// Where a balance is not known.
    pub fn resolve(&mut self, transaction: &mut Transaction, learned: &Learned) -> Result<(), String> {
        if !self.is_needed {
            return Ok(());
        }
        let is_missing = |posting: &&Posting| matches!(posting.quantity, Quantity::Missing(_));
        let missing: HashSet<String> =
            transaction.postings.iter().filter(is_missing).map(|posting| posting.account.clone()).collect();
        for at in 0..transaction.postings.len() {
            let posting = &transaction.postings[at];
            if posting.quantity == Quantity::Assigned {
                let amount = self.assigned(posting, learned, &missing)?;
                transaction.postings[at].quantity = Quantity::Given(amount);
            }
            let posting = &transaction.postings[at];
            match &posting.quantity {
                Quantity::Given(amount) => add(&mut self.balances, &posting.account, amount)?,
                _ if posting.is_virtual => {
                    self.unsure.insert(posting.account.clone(), transaction.line);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn assigned(
        &self,
        posting: &Posting,
        learned: &Learned,
        missing: &HashSet<String>,
    ) -> Result<Amount, String> {
        let account = &posting.account;
        let asserted = posting.asserted.as_ref().ok_or("a posting has no amount")?;
        if asserted.has_children || missing.contains(account) {
            return Err(format!("the amount that `{account}` gets by its balance is not calculated here"));
        }
        self.check_known(account, learned)?;
        let held = self.balances.get(account).and_then(|held| held.get(&asserted.amount.commodity));
        let number = exact::add(asserted.amount.number, -held.copied().unwrap_or_default())?;
        Ok(asserted.amount.with(number))
    }

    /// What a padded account and those below it lack of a balance; none where that is within its tolerance.
    /// What other pads put in or take out does not count, as in beancount.
    ///
    /// # Errors
    /// Where the balance is not known.
    pub fn lack(&self, account: &str, stated: &Stated, learned: &Learned) -> Result<Option<Amount>, String> {
        self.check_known(account, learned)?;
        let below = format!("{account}:")..format!("{account};");
        if self.unsure.keys().any(|unsure| below.contains(unsure)) {
            return Err(format!("the balance of an account below `{account}` is not known"));
        }
        let trees = [self.balances.get(account), self.padded.get(account)].into_iter().flatten();
        let all = trees.chain(self.balances.range(below).map(|(_, held)| held));
        let mut number = stated.amount.number;
        for held in all.filter_map(|held| held.get(&stated.amount.commodity)) {
            number = exact::add(number, -*held)?;
        }
        Ok((number.abs() > stated.tolerance).then(|| stated.amount.with(number)))
    }

    /// Takes in what a pad puts into its account.
    ///
    /// # Errors
    /// Where a balance has too many digits.
    pub fn pad(&mut self, account: &str, amount: &Amount) -> Result<(), String> {
        add(&mut self.padded, account, amount)
    }

    fn check_known(&self, account: &str, learned: &Learned) -> Result<(), String> {
        let hidden = self.lost.or_else(|| self.unsure.get(account).copied());
        if let Some(line) = hidden {
            return Err(format!("the balance of `{account}` is not known, for what stands in line {line}"));
        }
        if self.has_rules {
            return Err(format!(
                "the balance of `{account}` is not known, as automated postings are left out"
            ));
        }
        if learned.disordered.contains(account) {
            return Err(format!(
                "the balance of `{account}` is not known: its postings do not stand in the order of their days"
            ));
        }
        Ok(())
    }

    /// Takes in the amounts that were inferred.
    ///
    /// # Errors
    /// Where a balance has too many digits.
    pub fn take_inferred(&mut self, transaction: &Transaction, legs: &[Leg]) -> Result<(), String> {
        if !self.is_needed {
            return Ok(());
        }
        legs.iter().try_for_each(|leg| {
            let posting = &transaction.postings[leg.posting];
            let is_inferred = matches!(posting.quantity, Quantity::Missing(_));
            if is_inferred { add(&mut self.balances, &posting.account, &leg.units) } else { Ok(()) }
        })
    }

    /// Ledger's automated postings are left out, and would be in its balances.
    pub fn see_left_out(&mut self, left_out: LeftOut) {
        self.has_rules |= left_out == LeftOut::Automated && self.dialect == Dialect::Ledger;
    }
}

/// Balances are of what is held, not of what it cost.
fn add(balances: &mut Balances, account: &str, amount: &Amount) -> Result<(), String> {
    if !balances.contains_key(account) {
        balances.insert(account.to_owned(), HashMap::new());
    }
    if let Some(held) = balances.get_mut(account) {
        let sum = held.entry(amount.commodity.clone()).or_default();
        *sum = exact::add(*sum, amount.number)?;
    }
    Ok(())
}

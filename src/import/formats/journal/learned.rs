//! What has to be known of a whole file before its first transaction is read.
//!
//! What accounts are may be declared anywhere, so `survey` goes through the file once for it. Balances that
//! are assigned, and beancount's pads, need the balance before them: it is known where an account's postings
//! stand in the order of their days, as the programs sort them first (ledger does not).

use std::collections::{HashMap, HashSet};
use std::io::{self, Read};

use chrono::NaiveDate;

use super::accounts::Accounts;
use super::beancount::{Pad, Stated};
use super::dialect::Dialect;
use super::entries::{Entries, Entry};
use super::pads::Pads;
use super::transaction::{Quantity, Transaction};
use crate::domain::invalid::Invalid;

/// What a whole file says.
#[derive(Debug, Default)]
pub struct Learned {
    /// What its accounts are.
    pub accounts: Accounts,
    /// Whether any amount follows from a balance.
    pub has_assignments: bool,
    /// Accounts with such amounts whose postings are not in order.
    pub disordered: HashSet<String>,
    /// Whether anything in it looks like a transaction.
    pub has_transactions: bool,
    /// What makes it unreadable as a whole.
    pub refused: Option<Invalid>,
}

/// The days of an account's postings so far.
#[derive(Default)]
struct Order {
    latest: Option<NaiveDate>,
    /// The day of the last balance that an amount follows from.
    fixed: Option<NaiveDate>,
    /// The days of the last pad, and of the last balance in it or below it.
    pad: Option<NaiveDate>,
    balance: Option<NaiveDate>,
}

/// Goes through the entries once.
///
/// # Errors
/// Where the file cannot be read.
pub fn learn<R: Read>(mut entries: Entries<R>) -> io::Result<Learned> {
    let dialect = entries.scope().dialect();
    let mut learned = Learned::default();
    let mut orders = Orders { dialect, by_account: HashMap::new(), disordered: HashSet::new() };
    let mut pads = Pads::default();
    while let Some(entry) = entries.read()? {
        learned.has_transactions |=
            matches!(entry, Entry::Transaction(_) | Entry::Pad(_) | Entry::Rejected(_, true));
        match entry {
            Entry::Transaction(transaction) => {
                learned.has_assignments |= orders.take(&transaction);
            }
            Entry::Pad(pad) => {
                learned.has_assignments = true;
                orders.see_pad(&pad);
                pads.open(pad);
            }
            Entry::Stated(stated) => {
                orders.see_balance(&stated);
                for pad in pads.for_balance(&stated) {
                    orders.fix(&pad.account, stated.date, true);
                }
            }
            Entry::Declared(account, kind) => learned.accounts.declare(account, kind),
            Entry::Called(account, name) => learned.accounts.call(account, name),
            Entry::Root(name, kind) => learned.accounts.name_root(&name, kind),
            Entry::Refused(invalid) => {
                learned.refused = Some(invalid);
                break;
            }
            Entry::LeftOut(_) | Entry::Rejected(..) | Entry::Nothing => {}
        }
    }
    learned.disordered = orders.disordered;
    Ok(learned)
}

struct Orders {
    dialect: Dialect,
    by_account: HashMap<String, Order>,
    disordered: HashSet<String>,
}

impl Orders {
    /// Takes in the days of a transaction; whether an amount follows from a balance.
    fn take(&mut self, transaction: &Transaction) -> bool {
        let mut has_assigned = false;
        for posting in &transaction.postings {
            let date = posting.date.unwrap_or(transaction.date);
            self.see(&posting.account, date);
            if posting.quantity == Quantity::Assigned {
                has_assigned = true;
                self.fix(&posting.account, date, false);
            }
        }
        has_assigned
    }

    /// A day of a posting; in beancount it counts for the accounts above, too.
    fn see(&mut self, account: &str, date: NaiveDate) {
        let has_order = self.dialect != Dialect::Ledger;
        self.each(account, self.dialect == Dialect::Beancount, |order| {
            order.latest = order.latest.max(Some(date));
            has_order && order.fixed.is_some_and(|fixed| date < fixed)
        });
    }

    /// Pads and balances have to be in order, too: the first balance behind a pad is the one that counts.
    fn see_pad(&mut self, pad: &Pad) {
        let date = Some(pad.date);
        self.each(&pad.account, false, |order| {
            let is_late = order.pad > date || order.balance > date;
            order.pad = date;
            is_late
        });
    }

    fn see_balance(&mut self, stated: &Stated) {
        let date = Some(stated.date);
        self.each(&stated.account, true, |order| {
            let is_late = order.balance > date || order.pad >= date;
            order.balance = date;
            is_late
        });
    }

    /// Looks at an account, and at those above it; where `is_late` says so, it is not in order.
    fn each(&mut self, account: &str, has_parents: bool, mut is_late: impl FnMut(&mut Order) -> bool) {
        let mut name = account;
        loop {
            if !self.by_account.contains_key(name) {
                self.by_account.insert(name.to_owned(), Order::default());
            }
            if self.by_account.get_mut(name).is_some_and(&mut is_late) && !self.disordered.contains(name) {
                self.disordered.insert(name.to_owned());
            }
            match name.rfind(':') {
                Some(at) if has_parents => name = &name[..at],
                _ => break,
            }
        }
    }

    /// A day at which a balance has to be known, before or behind the postings of that day.
    fn fix(&mut self, account: &str, date: NaiveDate, is_before: bool) {
        let order = self.by_account.entry(account.to_owned()).or_default();
        let is_late = order.latest.is_some_and(|latest| latest > date || (is_before && latest == date));
        if is_late && self.dialect != Dialect::Ledger {
            self.disordered.insert(account.to_owned());
        }
        order.fixed = order.fixed.max(Some(date));
    }
}

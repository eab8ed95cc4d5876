//! What stands already where a file says that the other leg of a transfer is: in a book that had that account's rows
//! before, a second leg beside them would be the same money twice.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{Days, NaiveDate};

use super::matching::DAYS;
use crate::db::unclaimed;
use crate::db::writer::Writer;
use crate::domain::ids::AccountId;
use crate::domain::money::Minor;
use crate::error::Result;

/// Postings that may be other legs, by account and amount, then by day; each is taken once.
#[derive(Debug, Default)]
pub struct Standing {
    of: HashMap<(AccountId, i64), BTreeMap<NaiveDate, usize>>,
    /// Transactions that are counted: rows are looked at in parts, whose days overlap.
    seen: HashSet<i64>,
}

impl Standing {
    /// Looks at the accounts of these (other account, day, amount there).
    ///
    /// # Errors
    /// What the database says.
    pub fn look_at(&mut self, w: &mut Writer<'_>, wanted: Vec<(AccountId, NaiveDate, Minor)>) -> Result<()> {
        let mut by_account: BTreeMap<AccountId, Vec<(NaiveDate, i64)>> = BTreeMap::new();
        for (account, date, amount) in wanted {
            by_account.entry(account).or_default().push((date, amount.0));
        }
        for (account, rows) in by_account {
            let days = || rows.iter().map(|(date, _)| *date);
            let (Some(first), Some(last)) = (days().min(), days().max()) else { continue };
            let (from, to) = (earlier(first), later(last));
            let mut amounts: Vec<i64> = rows.iter().map(|(_, amount)| *amount).collect();
            amounts.sort_unstable();
            amounts.dedup();
            let operation = if w.has_begun() { Some(w.operation()?) } else { None };
            for found in unclaimed::single_legs(w.conn(), account, &amounts, from, to, operation)? {
                if self.seen.insert(found.transaction_id) {
                    let days = self.of.entry((account, found.amount)).or_default();
                    *days.entry(found.date).or_default() += 1;
                }
            }
        }
        Ok(())
    }

    /// Whether something of that amount stands there, within the days that two banks may be apart; it is taken.
    pub fn take(&mut self, account: AccountId, date: NaiveDate, amount: Minor) -> bool {
        let Some(days) = self.of.get_mut(&(account, amount.0)) else { return false };
        let near = days.range(earlier(date)..=later(date)).filter(|(_, count)| **count > 0);
        let Some(nearest) = near.map(|(day, _)| *day).min_by_key(|day| (*day - date).num_days().abs()) else {
            return false;
        };
        if let Some(count) = days.get_mut(&nearest) {
            *count -= 1;
        }
        true
    }
}

fn earlier(date: NaiveDate) -> NaiveDate {
    date.checked_sub_days(Days::new(DAYS)).unwrap_or(date)
}

fn later(date: NaiveDate) -> NaiveDate {
    date.checked_add_days(Days::new(DAYS)).unwrap_or(date)
}

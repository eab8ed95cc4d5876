//! Transfers whose two sides stand on different days: an entry has one day, its own account's, and the other account's
//! own entry says the other. `survey` gathers what entries say of transfers, and settles which two are one.
//!
//! Nothing but transfers is kept, and no more of these than a household has: memory stays flat.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::text::amounts::{self, AmountText};
use super::super::text::dates::DateText;
use super::entries::{Item, is_opening};
use super::fields::Fields;
use super::row::Reading;
use crate::domain::numbered::Numbered;
use crate::domain::pairing;

/// Of a file with more, no sides are looked for.
const MOST_SIDES: usize = 100_000;
/// How many days the sides of a transfer may be apart, where one account shows more of them than the other.
const MOST_DAYS: u64 = 31;

/// The day on which the other account has a transfer, by the line of its entry and that account, where it is another.
pub type DaysApart = HashMap<u64, Vec<(String, NaiveDate)>>;

/// What the entries of a file say of transfers.
#[derive(Debug, Default)]
pub struct Sides {
    names: Numbered,
    /// The accounts that show transfers.
    own: HashSet<usize>,
    all: Vec<Side>,
    is_crowded: bool,
}

/// A transfer as one account's entry tells it, or the part of one that a split is.
#[derive(Clone, Copy, Debug)]
struct Side {
    line: u64,
    account: usize,
    other: usize,
    date: DateText,
    amount: AmountText,
    /// Whether it is called a first balance: it is none where the other account shows it, too.
    is_opening: bool,
}

/// Two accounts and what went from the first to the second.
type Way = (usize, usize, Decimal);

/// Entries by their days, in the file's order.
type Waiting = BTreeMap<NaiveDate, VecDeque<u64>>;

impl Sides {
    /// Keeps what an entry says of transfers.
    pub fn see(&mut self, item: &Item<'_>, fields: &Fields<'_>, date: DateText) {
        let Some(account) = item.account else { return };
        let whole = (fields.category.account, fields.amount);
        let is_split = !fields.splits.is_empty();
        let parts = fields.splits.iter().map(|split| (split.category.account, split.amount));
        for (other, amount) in parts.chain(std::iter::once(whole).filter(|_| !is_split)) {
            let (Some(other), Some(amount)) = (other, amount.and_then(amounts::read)) else { continue };
            if self.all.len() == MOST_SIDES {
                self.is_crowded = true;
            }
            if other == account || self.is_crowded {
                continue;
            }
            let (account, other) = (self.names.number(account), self.names.number(other));
            self.own.insert(account);
            let is_opening = is_opening(fields.payee);
            self.all.push(Side { line: item.record.line, account, other, date, amount, is_opening });
        }
    }

    /// Pairs the sides, and answers those that are on different days.
    pub fn apart(self, reading: &Reading) -> DaysApart {
        let mut apart = DaysApart::new();
        if self.is_crowded {
            return apart;
        }
        for ((from, to, _), [out, into]) in self.ways(reading) {
            for (left, arrived) in pairs(out, into) {
                for ((line, _), (_, day), other) in [(left, arrived, to), (arrived, left, from)] {
                    let name = self.names.name(other).map(str::to_owned);
                    apart.entry(line).or_default().extend(name.map(|name| (name, day)));
                }
            }
        }
        apart
    }

    /// What went out of an account and what came into the other, by way: of the parts of an entry that go there, the sum.
    fn ways(&self, reading: &Reading) -> BTreeMap<Way, [Waiting; 2]> {
        let mut ways: BTreeMap<Way, [Waiting; 2]> = BTreeMap::new();
        let mark = reading.decimal.unwrap_or('.');
        let mut sums: BTreeMap<(u64, usize, usize), (NaiveDate, Decimal)> = BTreeMap::new();
        let is_meant = |side: &&Side| !side.is_opening || self.own.contains(&side.other);
        for side in self.all.iter().filter(is_meant) {
            let (Some(date), Some(amount)) = (reading.day(side.date), side.amount.value(mark)) else {
                continue;
            };
            let entry = (side.line, side.account, side.other);
            let sum = &mut sums.entry(entry).or_insert((date, Decimal::ZERO)).1;
            *sum = sum.saturating_add(amount);
        }
        for ((line, account, other), (date, sum)) in sums {
            let is_out = sum.is_sign_negative();
            let (from, to) = if is_out { (account, other) } else { (other, account) };
            let sides = ways.entry((from, to, sum.abs().normalize())).or_default();
            sides[usize::from(!is_out)].entry(date).or_default().push_back(line);
        }
        ways
    }
}

/// An entry, by its line and day.
type Entry = (u64, NaiveDate);

/// Pairs of entries on different days; those on one day go first, and are left out. As many as came in as went out are
/// one by one the same, however far apart; else as many as can be are paired.
fn pairs(out: Waiting, into: Waiting) -> Vec<(Entry, Entry)> {
    let day = |entry: Entry| entry.1;
    let (out, into) = pairing::pair(entries(out), entries(into), day, |a, b| a == b).left;
    if out.len() == into.len() {
        return out.into_iter().zip(into).collect();
    }
    let are_near = |a: NaiveDate, b: NaiveDate| (a - b).num_days().unsigned_abs() <= MOST_DAYS;
    pairing::pair(out, into, day, are_near).pairs
}

fn entries(waiting: Waiting) -> Vec<Entry> {
    let of_day = |(date, lines): (NaiveDate, VecDeque<u64>)| lines.into_iter().map(move |line| (line, date));
    waiting.into_iter().flat_map(of_day).collect()
}

//! What is passed over with money behind it, counted for the notes.
//!
//! `reader` counts, `survey` asks for the sentences.

use std::collections::{BTreeMap, BTreeSet};

use super::accounts::{Accounts, Kind, root};
use super::balance::Balanced;
use super::entries::LeftOut;
use super::styles::Styles;
use super::transaction::{Posting, Transaction};

/// More names are not kept: what a file has more of is no journal of a household.
const MOST_NAMES: usize = 100;

/// Names that a note shows.
const SHOWN: usize = 5;

/// What was passed over so far.
#[derive(Debug, Default)]
pub struct Passed {
    virtual_postings: u64,
    /// Transactions without an own account that holds money.
    without_own: u64,
    /// Transactions that move nothing and have no row.
    of_nothing: u64,
    /// Transactions with a gain that depends on lots in others.
    unknown_gains: u64,
    automated: u64,
    periodic: u64,
    clock: u64,
    other_commodities: u64,
    commodities: BTreeMap<String, u64>,
    roots: BTreeSet<String>,
}

impl Passed {
    /// Counts a rule or a line of a clock.
    pub fn count(&mut self, left_out: LeftOut) {
        match left_out {
            LeftOut::Automated => self.automated += 1,
            LeftOut::Periodic => self.periodic += 1,
            LeftOut::Clock => self.clock += 1,
        }
    }

    /// Counts what a transaction has that no row shows; `is_without_row` where it has none.
    pub fn take(
        &mut self,
        transaction: &Transaction,
        balanced: &Balanced,
        accounts: &Accounts,
        is_without_row: bool,
    ) {
        self.unknown_gains += u64::from(balanced.has_unknown_gain);
        let is_virtual = |posting: &&Posting| posting.is_virtual;
        self.virtual_postings += transaction.postings.iter().filter(is_virtual).count() as u64;
        let mut has_money = false;
        for leg in balanced.legs.iter().filter(|leg| !leg.units.number.is_zero()) {
            let account = &transaction.postings[leg.posting].account;
            has_money |= leg.units.commodity.is_currency;
            if !leg.units.commodity.is_currency {
                self.count_commodity(&leg.units.commodity.name);
            }
            if accounts.kind(account) == Kind::Unknown {
                self.see_unknown(account);
            }
        }
        self.without_own += u64::from(has_money && is_without_row);
        let is_nothing =
            !balanced.legs.is_empty() && balanced.legs.iter().all(|leg| leg.units.number.is_zero());
        self.of_nothing += u64::from(is_nothing && is_without_row);
    }

    fn count_commodity(&mut self, name: &str) {
        if self.commodities.len() < MOST_NAMES || self.commodities.contains_key(name) {
            *self.commodities.entry(name.to_owned()).or_default() += 1;
        } else {
            self.other_commodities += 1;
        }
    }

    fn see_unknown(&mut self, account: &str) {
        let root = root(account);
        if self.roots.len() < MOST_NAMES && !self.roots.contains(root) {
            self.roots.insert(root.to_owned());
        }
    }

    /// One sentence for each kind, and one on how numbers were read.
    pub fn notes(&self, styles: &Styles) -> Vec<String> {
        let mut notes = self.row_notes();
        notes.extend(doubt(styles));
        notes
    }

    /// One sentence for each kind.
    pub fn row_notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let counted = [
            (self.virtual_postings, "virtual posting", "left out: virtual money is not kept"),
            (self.automated, "rule for automated postings", "left out: what rules add is not kept"),
            (self.periodic, "rule for periodic transactions", "left out: only what happened is kept"),
            (self.clock, "line of a time clock", "left out: hours are not kept"),
        ];
        for (count, what, why) in counted.into_iter().filter(|(count, ..)| *count > 0) {
            let what = if count == 1 { what.to_owned() } else { plural(what) };
            notes.push(format!("{count} {what} {} {why}", if count == 1 { "is" } else { "are" }));
        }
        notes.extend(self.commodity_note());
        if self.without_own > 0 {
            let (count, s) = (self.without_own, if self.without_own == 1 { " is" } else { "s are" });
            notes.push(format!(
                "{count} transaction{s} left out: no account of assets or liabilities is in it"
            ));
        }
        if self.of_nothing > 0 {
            let (count, are) = (
                self.of_nothing,
                if self.of_nothing == 1 { " is left out: it moves" } else { "s are left out: they move" },
            );
            notes.push(format!("{count} transaction{are} no money"));
        }
        if self.unknown_gains > 0 {
            let (count, s) = (self.unknown_gains, if self.unknown_gains == 1 { "" } else { "s" });
            notes
                .push(format!("{count} sale{s} of lots without their cost: what was gained has no category"));
        }
        if !self.roots.is_empty() {
            let names = listed(self.roots.iter().map(String::as_str), self.roots.len());
            notes.push(format!("accounts under {names} are of no known type, and are taken for categories"));
        }
        notes
    }

    fn commodity_note(&self) -> Option<String> {
        let count = self.commodities.values().sum::<u64>() + self.other_commodities;
        let names = listed(self.commodities.keys().map(String::as_str), self.commodities.len());
        let s = if count == 1 { " is" } else { "s are" };
        let is = if self.commodities.len() == 1 { "is no currency" } else { "are no currencies" };
        (count > 0).then(|| format!("{count} posting{s} left out: {names} {is}"))
    }
}

fn plural(what: &str) -> String {
    match what.split_once(' ') {
        Some((first @ ("rule" | "line"), rest)) => format!("{first}s {rest}"),
        _ => format!("{what}s"),
    }
}

fn listed<'a>(names: impl Iterator<Item = &'a str>, count: usize) -> String {
    let shown: Vec<_> = names.take(SHOWN).map(|name| format!("`{name}`")).collect();
    let others = if count > SHOWN { ", ..." } else { "" };
    shown.join(", ") + others
}

/// Tells of numbers that another program would read otherwise.
fn doubt(styles: &Styles) -> Option<String> {
    let (count, example) = (styles.ambiguous.0, styles.ambiguous.1.as_ref()?);
    let dialect = styles.dialect.as_str();
    let s = if count == 1 { " is" } else { "s are" };
    let rule = "a directive such as `decimal-mark .` or `--decimal` says otherwise";
    Some(format!("{count} amount{s} read by {dialect}'s rule for a single mark, such as `{example}`; {rule}"))
}

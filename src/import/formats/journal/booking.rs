//! A balanced transaction as lines of one's own accounts: what each moved, and what for.
//!
//! `reader` calls it for every transaction. A line is one account in one currency on one day. Its parts are
//! the other postings, shared out by `share` in the commodity they weigh, and brought into the account's
//! currency where that is another. Postings that are no money (shares, hours) have no line; they stand in a
//! part without a category.

mod equity;

use std::collections::HashMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::accounts::{Accounts, Kind, STARTING_BALANCES};
use super::balance::Leg;
use super::commodity::Commodity;
use super::exact;
use super::movement::{Movement, Part, Purse};
use super::share::{self, Share, To};
use super::transaction::{Posting, Transaction, join};

/// A line to be: the own postings of one account, currency and day.
struct Line<'t> {
    account: &'t str,
    commodity: &'t Commodity,
    date: NaiveDate,
    amount: Decimal,
    postings: Vec<usize>,
    parts: Vec<Piece>,
    tags: Vec<String>,
    worth: Option<(Decimal, String)>,
}

/// A part with the place of the posting that it comes from, and what it weighs.
struct Piece {
    at: usize,
    weight: Decimal,
    part: Part,
}

/// What weighs in one commodity: lines with what they weigh and move, and what they are for.
struct Group<'t> {
    commodity: &'t Commodity,
    lines: Vec<(usize, Decimal, Decimal)>,
    places: HashMap<usize, usize>,
    /// The postings of the lines: place and weight.
    own: Vec<(usize, Decimal)>,
    needs: Vec<(usize, Decimal)>,
}

/// The movements of a transaction by its legs, in written order.
///
/// # Errors
/// Where amounts have too many digits.
pub fn movements(
    transaction: &Transaction,
    legs: &[Leg],
    accounts: &Accounts,
) -> Result<Vec<Movement>, String> {
    let mut booking = Booking {
        transaction,
        accounts,
        lines: Vec::new(),
        places: HashMap::new(),
        groups: Vec::new(),
        by_weight: HashMap::new(),
        abroad: Vec::new(),
        is_between: is_between(transaction, accounts),
        days: HashMap::new(),
    };
    legs.iter().try_for_each(|leg| booking.take(leg))?;
    for group in std::mem::take(&mut booking.groups) {
        booking.share(&group)?;
    }
    booking.join_through_equity();
    let lines = booking.lines.into_iter().filter(|line| !line.amount.is_zero() || !line.parts.is_empty());
    Ok(lines.map(|line| line.finish(&transaction.postings)).collect())
}

struct Booking<'t> {
    transaction: &'t Transaction,
    accounts: &'t Accounts,
    lines: Vec<Line<'t>>,
    places: HashMap<(&'t str, &'t Commodity, NaiveDate), usize>,
    groups: Vec<Group<'t>>,
    by_weight: HashMap<&'t Commodity, usize>,
    /// The postings of currencies that no own account moved.
    abroad: Vec<Vec<usize>>,
    /// Whether there are several own accounts.
    is_between: bool,
    /// The day of each of them, where there are.
    days: HashMap<&'t str, NaiveDate>,
}

fn is_between(transaction: &Transaction, accounts: &Accounts) -> bool {
    let is_own = |account: &&str| accounts.kind(account) == Kind::Own;
    let mut own = transaction.postings.iter().map(|posting| posting.account.as_str()).filter(is_own);
    own.next().is_some_and(|first| own.any(|other| other != first))
}

impl<'t> Booking<'t> {
    fn take(&mut self, leg: &'t Leg) -> Result<(), String> {
        let posting = &self.transaction.postings[leg.posting];
        let is_line = leg.units.commodity.is_currency && self.accounts.kind(&posting.account) == Kind::Own;
        let line = if is_line { Some(self.line(leg, posting)?) } else { None };
        let count = self.groups.len();
        let at = *self.by_weight.entry(&leg.weight.commodity).or_insert(count);
        if at == count {
            let (commodity, places) = (&leg.weight.commodity, HashMap::new());
            let (lines, own, needs) = (Vec::new(), Vec::new(), Vec::new());
            self.groups.push(Group { commodity, lines, places, own, needs });
        }
        let group = &mut self.groups[at];
        let Some(line) = line else {
            group.needs.push((leg.posting, -leg.weight.number));
            return Ok(());
        };
        let count = group.lines.len();
        let place = *group.places.entry(line).or_insert(count);
        if place == count {
            group.lines.push((line, Decimal::ZERO, Decimal::ZERO));
        }
        group.own.push((place, leg.weight.number));
        let (_, weight, units) = &mut group.lines[place];
        *weight = exact::add(*weight, leg.weight.number)?;
        *units = exact::add(*units, leg.units.number)?;
        Ok(())
    }

    /// The place of the line that a leg belongs to.
    fn line(&mut self, leg: &'t Leg, posting: &'t Posting) -> Result<usize, String> {
        let date = posting.date.unwrap_or(self.transaction.date);
        // Between accounts, what one has is one row: the other's row could not be told from two.
        let date = if self.is_between { *self.days.entry(&posting.account).or_insert(date) } else { date };
        let (account, commodity) = (posting.account.as_str(), &leg.units.commodity);
        let count = self.lines.len();
        let place = *self.places.entry((account, commodity, date)).or_insert(count);
        if place == count {
            let (postings, parts, tags) = (Vec::new(), Vec::new(), Vec::new());
            let amount = Decimal::ZERO;
            self.lines.push(Line { account, commodity, date, amount, postings, parts, tags, worth: None });
        }
        let line = &mut self.lines[place];
        line.amount = exact::add(line.amount, leg.units.number)?;
        if line.postings.last() != Some(&leg.posting) {
            line.postings.push(leg.posting);
        }
        Ok(place)
    }

    fn share(&mut self, group: &Group<'_>) -> Result<(), String> {
        if group.lines.is_empty() {
            self.abroad.push(group.needs.iter().map(|(at, _)| *at).collect());
            return Ok(());
        }
        let mut by_line = vec![Vec::new(); group.lines.len()];
        for share in self.shares(group)? {
            by_line[share.account].push(share);
        }
        let mut all = Vec::with_capacity(by_line.len());
        for (mut shares, (line, weight, units)) in by_line.into_iter().zip(&group.lines) {
            if units.is_zero() && !weight.is_zero() {
                let account = self.lines[*line].account;
                return Err(format!(
                    "`{account}` gets and gives the same at two prices, which cannot be kept"
                ));
            }
            if weight.is_zero() && !units.is_zero() {
                shares.clear();
            }
            let amounts = in_units(&shares, *weight, *units, &self.lines[*line].commodity.name)?;
            all.push(shares.into_iter().zip(amounts).collect::<Vec<_>>());
        }
        for (place, (line, weight, units)) in group.lines.iter().enumerate() {
            for (share, amount) in &all[place] {
                let (at, mut part) = self.part(group, share, *amount);
                part.other_amount = self.other_amount(group, &all, share);
                part.other_date = self.other_date(group, share);
                self.lines[*line].parts.push(Piece { at, weight: share.amount, part });
            }
            self.lines[*line].weigh(*weight, group.commodity);
            self.lines[*line].round_off(*units, all[place].len())?;
            for posting in all[place].iter().filter_map(|(share, _)| share.posting(group)) {
                let tags = &self.transaction.postings[posting].tags;
                self.lines[*line].tags.extend(tags.iter().cloned());
            }
        }
        Ok(())
    }

    fn shares(&self, group: &Group<'_>) -> Result<Vec<Share>, String> {
        let mut weights: Vec<_> = group.lines.iter().map(|(_, weight, _)| *weight).collect();
        if self.is_all_beginning(group) {
            return Ok(to_first(&weights));
        }
        let mut needs: Vec<_> = group.needs.iter().map(|(_, need)| *need).collect();
        let mut shares = self.through_transfers(group, &mut weights, &mut needs)?;
        shares.extend(share::share(&weights, &group.own, &needs)?);
        Ok(shares)
    }

    /// What the account on the other side of a share has of it, where that is in another currency.
    fn other_amount(
        &self,
        group: &Group<'_>,
        all: &[Vec<(Share, Decimal)>],
        share: &Share,
    ) -> Option<Decimal> {
        let To::Account(other) = share.to else { return None };
        let commodity = |place: usize| &self.lines[group.lines[place].0].commodity;
        let is_back = |(back, _): &&(Share, Decimal)| back.to == To::Account(share.account);
        let (_, amount) = all[other].iter().find(is_back)?;
        (commodity(other) != commodity(share.account)).then_some(*amount)
    }

    /// The day on which the account on the other side of a share has it, where that is another.
    fn other_date(&self, group: &Group<'_>, share: &Share) -> Option<NaiveDate> {
        let To::Account(other) = share.to else { return None };
        let date = |place: usize| self.lines[group.lines[place].0].date;
        (date(other) != date(share.account)).then_some(date(other))
    }

    /// Whether accounts stand against opening balances alone: what each of several had at the beginning is no transfer
    /// between those that had something and those that owed it.
    fn is_all_beginning(&self, group: &Group<'_>) -> bool {
        let mut accounts = group.needs.iter().map(|(at, _)| self.transaction.postings[*at].account.as_str());
        let Some(first) = accounts.next() else { return false };
        let is_one = |account| {
            let category = self.accounts.category(account);
            self.accounts.is_equity(account) && category.is_some_and(|name| name == STARTING_BALANCES)
        };
        is_one(first) && accounts.all(is_one)
    }

    fn part(&self, group: &Group<'_>, share: &Share, amount: Decimal) -> (usize, Part) {
        match share.to {
            To::Account(other) => {
                let line = &self.lines[group.lines[other].0];
                let first = line.postings.first().copied().unwrap_or_default();
                let own = line.postings.iter().map(|at| self.transaction.postings[*at].memo.clone());
                let other_memo = own.fold(None, join);
                (first, Part { other: Some(line.purse()), other_memo, amount, ..Part::default() })
            }
            To::Need(need) => {
                let at = group.needs[need].0;
                let posting = &self.transaction.postings[at];
                let category = self.accounts.category(&posting.account);
                (at, Part { category, amount, memo: posting.memo.clone(), ..Part::default() })
            }
        }
    }
}

/// All that each account moved for the first need.
fn to_first(weights: &[Decimal]) -> Vec<Share> {
    let moved = weights.iter().enumerate().filter(|(_, weight)| !weight.is_zero());
    moved.map(|(account, weight)| Share { account, to: To::Need(0), amount: *weight }).collect()
}

impl Share {
    /// The posting that it stands for, unless that is in an own account.
    fn posting(&self, group: &Group<'_>) -> Option<usize> {
        match self.to {
            To::Need(need) => Some(group.needs[need].0),
            To::Account(_) => None,
        }
    }
}

/// Currencies without decimals: what is shared out in them is rounded to whole ones.
const WHOLE: [&str; 16] = [
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF",
    "XPF",
];

/// The amounts of shares in the account's currency: in proportion, where it weighs in another.
fn in_units(
    shares: &[Share],
    weight: Decimal,
    units: Decimal,
    currency: &str,
) -> Result<Vec<Decimal>, String> {
    if weight == units {
        return Ok(shares.iter().map(|share| share.amount).collect());
    }
    let scale = units.scale().max(if WHOLE.contains(&currency) { 0 } else { 2 });
    let scaled = |share: &Share| {
        if weight.is_zero() {
            return Ok(Decimal::ZERO);
        }
        Ok(exact::value(share.amount, exact::divide(units, weight)?)?.round_dp(scale))
    };
    shares.iter().map(scaled).collect()
}

impl Line<'_> {
    fn purse(&self) -> Purse {
        Purse { account: self.account.to_owned(), currency: self.commodity.name.clone() }
    }

    /// Remembers what it weighs, where that is another currency.
    fn weigh(&mut self, weight: Decimal, commodity: &Commodity) {
        if commodity.is_currency && commodity != self.commodity {
            self.worth = Some((weight, commodity.name.clone()));
        }
    }

    /// Lets the last of the newest parts take what rounding left of their sum, and makes one where there is
    /// none.
    fn round_off(&mut self, units: Decimal, count: usize) -> Result<(), String> {
        let newest = self.parts.len() - count;
        let amounts = self.parts[newest..].iter().map(|piece| piece.part.amount);
        let left = amounts.into_iter().try_fold(units, |left, amount| exact::add(left, -amount))?;
        match self.parts[newest..].last_mut() {
            Some(Piece { part, .. }) => part.amount = exact::shortened(exact::add(part.amount, left)?),
            None if left.is_zero() => {}
            None => {
                let at = self.postings.first().copied().unwrap_or_default();
                let part = Part { amount: left, ..Part::default() };
                self.parts.push(Piece { at, weight: Decimal::ZERO, part });
            }
        }
        Ok(())
    }

    fn finish(mut self, postings: &[Posting]) -> Movement {
        self.parts.retain(|piece| !piece.part.amount.is_zero());
        self.parts.sort_by_key(|piece| piece.at);
        let purse = self.purse();
        let own = self.postings.iter().map(|at| &postings[*at]);
        let (mut memo, mut tags) = (None, Vec::new());
        for posting in own {
            memo = join(memo, posting.memo.clone());
            tags.extend(posting.tags.iter().cloned());
        }
        tags.append(&mut self.tags);
        let mut parts: Vec<Part> = self.parts.into_iter().map(|piece| piece.part).collect();
        // What is said of one side of a transfer is no note on all of it.
        if let [Part { other: Some(_), memo: of_part @ None, .. }] = parts.as_mut_slice() {
            *of_part = memo.take();
        }
        Movement { purse, date: self.date, amount: self.amount, memo, tags, parts, worth: self.worth }
    }
}

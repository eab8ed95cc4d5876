//! A balanced transaction as lines of one's own accounts: what each moved, and what for.
//!
//! `reader` calls it for every transaction. A line is one account in one currency on one day. Its parts are
//! the other postings, shared out by `share` in the commodity they weigh, and brought into the account's
//! currency where that is another. Postings that are no money (shares, hours) have no line; they stand in a
//! part without a category.

use std::collections::{HashMap, VecDeque};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::accounts::{Accounts, Kind};
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
    /// Parts with the place of the posting that they come from.
    parts: Vec<(usize, Part)>,
    tags: Vec<String>,
    worth: Option<(Decimal, String)>,
}

/// What weighs in one commodity: lines with what they weigh and move, and what they are for.
struct Group<'t> {
    commodity: &'t Commodity,
    lines: Vec<(usize, Decimal, Decimal)>,
    places: HashMap<usize, usize>,
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
    };
    legs.iter().try_for_each(|leg| booking.take(leg))?;
    for group in std::mem::take(&mut booking.groups) {
        booking.share(&group)?;
    }
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
            self.groups.push(Group { commodity, lines: Vec::new(), places, needs: Vec::new() });
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
        let (_, weight, units) = &mut group.lines[place];
        *weight = exact::add(*weight, leg.weight.number)?;
        *units = exact::add(*units, leg.units.number)?;
        Ok(())
    }

    /// The place of the line that a leg belongs to.
    fn line(&mut self, leg: &'t Leg, posting: &'t Posting) -> Result<usize, String> {
        let date = posting.date.unwrap_or(self.transaction.date);
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
            return Ok(());
        }
        let weights: Vec<_> = group.lines.iter().map(|(_, weight, _)| *weight).collect();
        let needs: Vec<_> = group.needs.iter().map(|(_, need)| *need).collect();
        let mut by_line = vec![Vec::new(); weights.len()];
        let shares =
            if self.is_all_equity(group) { to_first(&weights) } else { share::share(&weights, &needs)? };
        for share in shares {
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
                self.lines[*line].parts.push((at, part));
            }
            self.lines[*line].weigh(*weight, group.commodity);
            self.lines[*line].round_off(*units, all[place].len())?;
            for posting in all[place].iter().filter_map(|(share, _)| share.posting(group)) {
                let tags = &self.transaction.postings[posting].tags;
                self.lines[*line].tags.extend(tags.iter().cloned());
            }
        }
        self.join_through_equity(group);
        Ok(())
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

    /// A transfer that counts as spending stands in a journal as two things: what it was for, against an account of
    /// equity called transfers. The two accounts are each other's other side.
    fn join_through_equity(&mut self, group: &Group<'_>) {
        let places: Vec<usize> = group.lines.iter().map(|(line, ..)| *line).collect();
        let is_transfers = |at: usize| {
            let account = &self.transaction.postings[at].account;
            let last = account.rsplit(':').next().unwrap_or(account).to_lowercase();
            self.accounts.kind(account) == Kind::Equity && matches!(last.as_str(), "transfer" | "transfers")
        };
        // Of nearly all transactions that is all.
        if !group.needs.iter().any(|(at, _)| is_transfers(*at)) {
            return;
        }
        let parts = |line: usize| self.lines[line].parts.iter().enumerate().map(move |part| (line, part));
        let all = || places.iter().flat_map(|line| parts(*line));
        // What stands against equity, by its amount, in written order: each is one transfer's.
        let mut open: HashMap<Decimal, VecDeque<(usize, usize)>> = HashMap::new();
        for (line, (place, (at, part))) in all() {
            if part.category.is_none() && part.other.is_none() && is_transfers(*at) {
                open.entry(part.amount).or_default().push_back((line, place));
            }
        }
        let mut found = Vec::new();
        for (line, (place, (_, part))) in all() {
            if part.category.is_none() || part.other.is_some() {
                continue;
            }
            let Some(queue) = open.get_mut(&-part.amount) else { continue };
            let of_other = queue.iter().position(|(other, _)| *other != line);
            found.extend(of_other.and_then(|at| queue.remove(at)).map(|other| ((line, place), other)));
        }
        for ((spent, part), (other, place)) in found {
            let (of_spent, of_other) = (self.lines[spent].purse(), self.lines[other].purse());
            let (spent_on, other_on) = (self.lines[spent].date, self.lines[other].date);
            let is_apart = spent_on != other_on;
            let part = &mut self.lines[spent].parts[part].1;
            (part.other, part.other_date) = (Some(of_other), is_apart.then_some(other_on));
            let part = &mut self.lines[other].parts[place].1;
            (part.other, part.other_date) = (Some(of_spent), is_apart.then_some(spent_on));
        }
    }

    /// Whether accounts stand against equity alone: what each of several had at the beginning is no transfer
    /// between those that had something and those that owed it.
    fn is_all_equity(&self, group: &Group<'_>) -> bool {
        let mut accounts = group.needs.iter().map(|(at, _)| self.transaction.postings[*at].account.as_str());
        let Some(first) = accounts.next() else { return false };
        let category = self.accounts.category(first);
        let is_same = |account| {
            self.accounts.kind(account) == Kind::Equity && self.accounts.category(account) == category
        };
        is_same(first) && accounts.all(is_same)
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
        let amounts = self.parts[newest..].iter().map(|(_, part)| part.amount);
        let left = amounts.into_iter().try_fold(units, |left, amount| exact::add(left, -amount))?;
        match self.parts[newest..].last_mut() {
            Some((_, last)) => last.amount = exact::shortened(exact::add(last.amount, left)?),
            None if left.is_zero() => {}
            None => {
                let at = self.postings.first().copied().unwrap_or_default();
                self.parts.push((at, Part { amount: left, ..Part::default() }));
            }
        }
        Ok(())
    }

    fn finish(mut self, postings: &[Posting]) -> Movement {
        self.parts.retain(|(_, part)| !part.amount.is_zero());
        self.parts.sort_by_key(|(posting, _)| *posting);
        let purse = self.purse();
        let own = self.postings.iter().map(|at| &postings[*at]);
        let (mut memo, mut tags) = (None, Vec::new());
        for posting in own {
            memo = join(memo, posting.memo.clone());
            tags.extend(posting.tags.iter().cloned());
        }
        tags.append(&mut self.tags);
        let mut parts: Vec<Part> = self.parts.into_iter().map(|(_, part)| part).collect();
        // What is said of one side of a transfer is no note on all of it.
        if let [Part { other: Some(_), memo: of_part @ None, .. }] = parts.as_mut_slice() {
            *of_part = memo.take();
        }
        Movement { purse, date: self.date, amount: self.amount, memo, tags, parts, worth: self.worth }
    }
}

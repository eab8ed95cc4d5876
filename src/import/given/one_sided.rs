//! Transfers that a file shows in one of their accounts alone, although it shows rows of both: the other row is missing,
//! or cannot be read. Their other side is made of the one that is there, whichever account's rows come first.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::parts::{Part, transfers};
use crate::domain::counted;
use crate::domain::numbered::Numbered;
use crate::domain::pairing;
use crate::import::formats::FileLine;
use crate::import::matching::DAYS;

/// How many transfers are named; of more it is said how many.
const MOST_NAMED: usize = 3;

/// Two accounts by their numbers here, the lower one first, and what each has of a transfer between them.
type Pair = (usize, usize, Decimal, Decimal);

/// Transfers as one of the two accounts shows them: the first, or the second.
type Shown = (Pair, bool);

/// What rows say of transfers, until they are paired; then what has no partner.
#[derive(Debug, Default)]
pub struct OneSided {
    /// The accounts that rows name, and those that rows are of.
    names: Numbered,
    own: HashSet<usize>,
    /// The days in the first account, as rows of the one or the other have them.
    days: HashMap<Shown, Vec<NaiveDate>>,
    /// Rows with several parts that go to one account: that may show them as one.
    sums: Vec<Sum>,
    /// What was made, for people.
    named: Vec<String>,
    count: i64,
}

/// A part of a row: as what it is shown, on which day of the first account, and what each account has of it.
type Told = (Shown, NaiveDate, (Decimal, Decimal));

#[derive(Debug)]
struct Sum {
    whole: Shown,
    parts: Vec<Shown>,
    day: NaiveDate,
}

impl OneSided {
    /// Keeps the transfers of a row.
    pub fn see(&mut self, line: &FileLine) {
        let Some(account) = line.account.as_ref().filter(|_| !line.is_pending) else { return };
        let number = self.names.number(account);
        self.own.insert(number);
        let mut to: BTreeMap<usize, Vec<Told>> = BTreeMap::new();
        for part in transfers(line) {
            let Some(other) = part.other.filter(|other| *other != account) else { continue };
            let (other, amounts) = (self.names.number(other), amounts(line, part));
            let shown = shown((number, other), amounts);
            let day = first_day(line, part, shown);
            self.days.entry(shown).or_default().push(day);
            to.entry(other).or_default().push((shown, day, amounts));
        }
        for (other, parts) in to.into_iter().filter(|(_, parts)| parts.len() > 1) {
            let sum = parts.iter().fold((Decimal::ZERO, Decimal::ZERO), |sum, (.., amounts)| {
                (sum.0.saturating_add(amounts.0), sum.1.saturating_add(amounts.1))
            });
            let (whole, day) = (shown((number, other), sum), parts[0].1);
            self.sums.push(Sum { whole, day, parts: parts.into_iter().map(|(shown, ..)| shown).collect() });
        }
    }

    /// Pairs what both accounts show, when all rows have been seen: as many days apart as two banks may be.
    pub fn settle(&mut self) {
        let firsts: Vec<Pair> =
            self.days.keys().filter(|(_, is_first)| *is_first).map(|(pair, _)| *pair).collect();
        for pair in firsts {
            let [of_first, of_second] =
                [true, false].map(|is_first| self.days.remove(&(pair, is_first)).unwrap_or_default());
            let (lone_first, lone_second) = unpaired(of_first, of_second);
            self.days.insert((pair, true), lone_first);
            self.days.insert((pair, false), lone_second);
        }
        self.days.retain(|_, days| !days.is_empty());
        for Sum { whole: (pair, is_first), parts, day } in std::mem::take(&mut self.sums) {
            let other = (pair, !is_first);
            let near =
                self.days.get(&other).and_then(|days| days.iter().position(|there| are_near(*there, day)));
            let are_lone =
                parts.iter().all(|part| self.days.get(part).is_some_and(|days| days.contains(&day)));
            if let (Some(at), true) = (near, are_lone) {
                self.days.entry(other).and_modify(|days| {
                    days.remove(at);
                });
                parts.into_iter().for_each(|part| self.remove(part, day));
            }
        }
    }

    /// Whether no row of the other account is this one's other side: as many rows as that account lacks are.
    pub fn has(&self, line: &FileLine, part: Part<'_>) -> bool {
        self.find(line, part).is_some_and(|(shown, day)| self.nearest(shown, day).is_some())
    }

    /// Notes a side that is made of this one, if no row of its account, which is called so in the book, shows it.
    pub fn tell(&mut self, line: &FileLine, part: Part<'_>, name: &str) {
        let Some((shown, day)) = self.find(line, part).filter(|_| self.has(line, part)) else { return };
        self.remove(shown, day);
        self.count += 1;
        if self.named.len() < MOST_NAMED {
            self.named.push(format!(
                "{} of {} in {name}",
                amounts(line, part).1,
                part.other_date.unwrap_or(line.date)
            ));
        }
    }

    /// What was made, for people.
    pub fn note(&self) -> Option<String> {
        let rest = usize::try_from(self.count).ok()?.checked_sub(self.named.len()).filter(|rest| *rest > 0);
        let more = rest.map_or_else(String::new, |rest| format!(" and {rest} more"));
        let transfers = counted(self.count, "transfer stands", "transfers stand");
        let (side, was) =
            if self.count == 1 { ("the other side", "was") } else { ("the other sides", "were") };
        let named = self.named.join(", ");
        (self.count > 0).then(|| {
            format!(
                "{transfers} in one of two accounts alone in the file: {side} {was} added ({named}{more})"
            )
        })
    }

    fn nearest(&self, shown: Shown, day: NaiveDate) -> Option<usize> {
        let days = self.days.get(&shown)?.iter().enumerate().filter(|(_, there)| are_near(**there, day));
        days.min_by_key(|(_, there)| (**there - day).num_days().abs()).map(|(at, _)| at)
    }

    fn remove(&mut self, shown: Shown, day: NaiveDate) {
        if let (Some(at), Some(days)) = (self.nearest(shown, day), self.days.get_mut(&shown)) {
            days.remove(at);
        }
    }

    fn find(&self, line: &FileLine, part: Part<'_>) -> Option<(Shown, NaiveDate)> {
        let account = self.names.find(line.account.as_ref()?)?;
        let other = self.names.find(part.other?)?;
        let shown = shown((account, other), amounts(line, part));
        self.own.contains(&other).then(|| (shown, first_day(line, part, shown)))
    }
}

/// What the row's account has of a part, and what the other has.
fn amounts(line: &FileLine, part: Part<'_>) -> (Decimal, Decimal) {
    let here = part.of_file.map_or(line.amount, |part| part.amount);
    (here.normalize(), part.other_amount.map_or(-here, |(there, _)| *there).normalize())
}

fn shown((account, other): (usize, usize), (here, there): (Decimal, Decimal)) -> Shown {
    match account < other {
        true => ((account, other, here, there), true),
        false => ((other, account, there, here), false),
    }
}

/// The day on which the first of the two accounts has it, by what the row says.
fn first_day(line: &FileLine, part: Part<'_>, (_, is_first): Shown) -> NaiveDate {
    part.other_date.filter(|_| !is_first).unwrap_or(line.date)
}

fn are_near(one: NaiveDate, other: NaiveDate) -> bool {
    (one - other).num_days().unsigned_abs() <= DAYS
}

/// The days of either list that none of the other is near, each taken once; what is on one day goes first.
fn unpaired(mut one: Vec<NaiveDate>, mut other: Vec<NaiveDate>) -> (Vec<NaiveDate>, Vec<NaiveDate>) {
    one.sort_unstable();
    other.sort_unstable();
    let (one, other) = pairing::pair(one, other, |day| day, |a, b| a == b).left;
    pairing::pair(one, other, |day| day, are_near).left
}

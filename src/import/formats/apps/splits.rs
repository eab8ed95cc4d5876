//! Which entries of a day are the parts of one transaction. Pure: `join` puts them together, `window` gathers them.
//!
//! Where parts of several splits cannot be told apart, they stay rows of their own, which changes no balance; the row of
//! an Actual split's whole, which counts as nothing, is left out then.

use std::collections::{HashMap, VecDeque};

use rust_decimal::Decimal;

use super::entry::{Entry, Split};
use super::program::Program;

/// Parts that belong together, by their places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// The row of the whole, where there is one.
    pub whole: Option<usize>,
    /// The parts, in their order.
    pub parts: Vec<usize>,
}

/// What became of the entries that say they are of a split.
#[derive(Debug, Default)]
pub struct Found {
    /// Those that belong together.
    pub groups: Vec<Group>,
    /// Rows of wholes whose parts are all there, but cannot be told from another's.
    pub mixed: Vec<usize>,
    /// Their parts.
    pub mixed_parts: Vec<usize>,
    /// Rows of wholes whose parts are missing.
    pub lost: Vec<usize>,
}

/// Finds the groups among a program's entries of a day; `None` stands for a row that is no entry.
pub fn find(program: Program, entries: &[Option<&Entry>]) -> Found {
    let mut found = Found::default();
    let mut is_taken = vec![false; entries.len()];
    match program {
        Program::Ynab => {
            runs(entries, &mut is_taken, &mut found);
            sets(entries, &mut is_taken, &mut found);
        }
        Program::Actual => {
            wholes(entries, &mut is_taken, &mut found);
            leave(entries, &is_taken, &mut found);
        }
        Program::Firefly => numbered(entries, &mut is_taken, &mut found),
        Program::Mint => {}
    }
    found
}

/// Entries with their places that are not taken.
fn free<'a>(
    entries: &'a [Option<&'a Entry>],
    is_taken: &'a [bool],
) -> impl Iterator<Item = (usize, &'a Entry, &'a Split)> {
    let all = entries.iter().enumerate().filter(|(place, _)| !is_taken[*place]);
    all.filter_map(|(place, entry)| Some((place, (*entry)?, (*entry)?.split.as_ref()?)))
}

fn take(group: Group, is_taken: &mut [bool], found: &mut Found) {
    group.whole.iter().chain(&group.parts).for_each(|place| is_taken[*place] = true);
    found.groups.push(group);
}

/// Firefly III's: those with one number, in one account and currency.
fn numbered(entries: &[Option<&Entry>], is_taken: &mut [bool], found: &mut Found) {
    let mut places: HashMap<(&str, &str, Option<&str>), usize> = HashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    for (place, entry, split) in free(entries, is_taken) {
        if let Split::Group { id, .. } = split {
            let key = (id.as_str(), entry.account.as_str(), entry.currency.as_deref());
            let at = *places.entry(key).or_insert_with(|| {
                groups.push(Group::default());
                groups.len() - 1
            });
            groups[at].parts.push(place);
        }
    }
    groups.into_iter().filter(|group| group.parts.len() > 1).for_each(|group| take(group, is_taken, found));
}

/// Actual's: a whole with as many parts, first of those with its payee, then of any; the amounts have to sum.
fn wholes(entries: &[Option<&Entry>], is_taken: &mut [bool], found: &mut Found) {
    for minds_payee in [true, false] {
        let key = |entry: &Entry, of: usize| {
            (entry.account.clone(), of, entry.payee.clone().filter(|_| minds_payee))
        };
        let mut queues: HashMap<_, HashMap<usize, VecDeque<(usize, Decimal)>>> = HashMap::new();
        for (place, entry, split) in free(entries, is_taken) {
            if let Split::Part { number, of, .. } = split {
                let of_key = queues.entry(key(entry, *of)).or_default();
                of_key.entry(*number).or_default().push_back((place, entry.amount));
            }
        }
        let mut groups = Vec::new();
        for (place, entry, split) in free(entries, is_taken) {
            if let Split::Whole { of, total, .. } = split
                && let Some(queues) = queues.get_mut(&key(entry, *of))
                && let Some(parts) = next_parts(queues, *of, *total)
            {
                groups.push(Group { whole: Some(place), parts });
            }
        }
        groups.into_iter().for_each(|group| take(group, is_taken, found));
    }
}

/// The next part of each number, if they come to the total.
fn next_parts(
    queues: &mut HashMap<usize, VecDeque<(usize, Decimal)>>,
    of: usize,
    total: Decimal,
) -> Option<Vec<usize>> {
    let mut sum = Decimal::ZERO;
    let mut parts = Vec::new();
    for number in 1..=of {
        let (place, amount) = queues.get(&number)?.front()?;
        sum = sum.checked_add(*amount)?;
        parts.push(*place);
    }
    if sum != total {
        return None;
    }
    for queue in queues.values_mut() {
        queue.pop_front();
    }
    Some(parts)
}

/// What is left of the splits of so many parts in an account.
#[derive(Default)]
struct Left {
    wholes: Vec<usize>,
    parts: Vec<usize>,
    /// The parts less the totals.
    sum: Decimal,
}

/// Tells the wholes that found no parts from those whose parts are there, but mixed with another's.
fn leave(entries: &[Option<&Entry>], is_taken: &[bool], found: &mut Found) {
    let mut all: HashMap<(&str, usize), Left> = HashMap::new();
    for (place, entry, split) in free(entries, is_taken) {
        let (Split::Whole { of, .. } | Split::Part { of, .. }) = split else { continue };
        let left = all.entry((&entry.account, *of)).or_default();
        if let Split::Whole { total, .. } = split {
            left.wholes.push(place);
            left.sum = left.sum.saturating_sub(*total);
        } else {
            left.parts.push(place);
            left.sum = left.sum.saturating_add(entry.amount);
        }
    }
    for ((_, of), left) in all {
        let is_all_there = left.sum.is_zero() && left.parts.len() == left.wholes.len().saturating_mul(of);
        if is_all_there {
            found.mixed.extend(left.wholes);
            found.mixed_parts.extend(left.parts);
        } else {
            found.lost.extend(left.wholes);
        }
    }
}

/// YNAB's: parts that stand one behind the other, from the first to the last or back.
fn runs(entries: &[Option<&Entry>], is_taken: &mut [bool], found: &mut Found) {
    let part = |place: usize| {
        let entry = (*entries.get(place)?)?;
        match &entry.split {
            Some(Split::Part { number, of, .. }) => Some((&entry.account, *of, *number)),
            _ => None,
        }
    };
    let mut place = 0;
    while place < entries.len() {
        let run = part(place).filter(|(_, of, number)| !is_taken[place] && (*number == 1 || number == of));
        let Some((account, of, number)) = run else {
            place += 1;
            continue;
        };
        let wanted = |step: usize| if number == 1 { 1 + step } else { of - step };
        let is_next = |step: &usize| {
            !taken(is_taken, place + step) && part(place + step) == Some((account, of, wanted(*step)))
        };
        let length = (0..of).take_while(is_next).count();
        if length == of {
            let mut parts: Vec<_> = (place..place + of).collect();
            if number != 1 {
                parts.reverse();
            }
            take(Group { whole: None, parts }, is_taken, found);
        }
        place += length.max(1);
    }
}

fn taken(is_taken: &[bool], place: usize) -> bool {
    is_taken.get(place).copied().unwrap_or(true)
}

/// Parts that stand apart, where the day has just one of each number in the account.
fn sets(entries: &[Option<&Entry>], is_taken: &mut [bool], found: &mut Found) {
    let mut sets: HashMap<(&str, usize), Vec<(usize, usize)>> = HashMap::new();
    for (place, entry, split) in free(entries, is_taken) {
        if let Split::Part { number, of, .. } = split {
            sets.entry((&entry.account, *of)).or_default().push((*number, place));
        }
    }
    let groups = sets.into_iter().filter_map(|((_, of), mut set)| {
        set.sort_unstable();
        let is_whole = set.iter().map(|(number, _)| *number).eq(1..=of);
        let parts = set.into_iter().map(|(_, place)| place).collect();
        is_whole.then_some(Group { whole: None, parts })
    });
    let groups: Vec<_> = groups.collect();
    groups.into_iter().for_each(|group| take(group, is_taken, found));
}

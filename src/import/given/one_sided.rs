//! Transfers that a file shows in one of their accounts alone, although it shows rows of both: the other row is missing,
//! or cannot be read. Their other side is made of the one that is there, whichever account's rows come first.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rust_decimal::Decimal;

use super::parts::{Part, transfers};
use crate::domain::counted;
use crate::import::formats::FileLine;
use crate::ledger::lookup;

/// Two accounts as the file names them, in order, and what each has of a transfer between them.
type Pair = ((String, String), (Decimal, Decimal));

/// How many more rows of a transfer the first account shows than the second, below 0 the second than the first.
#[derive(Debug, Default)]
pub struct OneSided {
    surplus: HashMap<Pair, i64>,
    /// The accounts that rows are of.
    shown: HashSet<String>,
    /// Where other sides were made, and how many.
    told: BTreeSet<String>,
    count: i64,
}

impl OneSided {
    /// Counts the transfers of a row; those that two parts of it go to the same account are one.
    pub fn see(&mut self, line: &FileLine) {
        let Some(account) = line.account.as_ref().filter(|_| !line.is_pending) else { return };
        if !self.shown.contains(account) {
            self.shown.insert(account.clone());
        }
        let mut of: BTreeMap<&String, (Decimal, Decimal)> = BTreeMap::new();
        for part in transfers(line) {
            let Some(other) = part.other.filter(|other| *other != account) else { continue };
            let (here, there) = amounts(line, part);
            let sums = of.entry(other).or_default();
            *sums = (sums.0.saturating_add(here), sums.1.saturating_add(there));
        }
        for (other, amounts) in of {
            let (pair, side) = pair((account, other), amounts);
            *self.surplus.entry(pair).or_default() += side;
        }
    }

    /// Whether no row of the other account is this one's other side.
    pub fn has(&self, line: &FileLine, part: Part<'_>) -> bool {
        self.find(line, part)
            .is_some_and(|(pair, side)| self.surplus.get(&pair).is_some_and(|n| n * side > 0))
    }

    /// Counts a side that is made of this one, if no row shows it.
    pub fn tell(&mut self, line: &FileLine, part: Part<'_>) {
        let Some((pair, side)) = self.find(line, part) else { return };
        let Some(surplus) = self.surplus.get_mut(&pair).filter(|surplus| **surplus * side > 0) else {
            return;
        };
        *surplus -= side;
        self.count += 1;
        self.told.extend(part.other.cloned());
    }

    /// What was made, for people; it is told once.
    pub fn note(&mut self) -> Option<String> {
        let (count, names) = (std::mem::take(&mut self.count), std::mem::take(&mut self.told));
        let transfers = counted(count, "transfer", "transfers");
        let names = lookup::listed(names.iter().map(String::as_str));
        let (side, was) = if count == 1 { ("its other side", "was") } else { ("their other sides", "were") };
        (count > 0).then(|| {
            format!(
                "the file shows {transfers} in one account alone: {side} in {names} {was} made of what stands in that one"
            )
        })
    }

    fn find(&self, line: &FileLine, part: Part<'_>) -> Option<(Pair, i64)> {
        let (account, other) = (line.account.as_ref()?, part.other?);
        self.shown.contains(other).then(|| pair((account, other), amounts(line, part)))
    }
}

/// What the row's account has of a part, and what the other has.
fn amounts(line: &FileLine, part: Part<'_>) -> (Decimal, Decimal) {
    let here = part.of_file.map_or(line.amount, |part| part.amount);
    (here, part.other_amount.map_or(-here, |(there, _)| *there))
}

/// The pair, and 1 where the row is of its first account, -1 where it is of its second.
fn pair((account, other): (&String, &String), (here, there): (Decimal, Decimal)) -> (Pair, i64) {
    let (here, there) = (here.normalize(), there.normalize());
    match account < other {
        true => (((account.clone(), other.clone()), (here, there)), 1),
        false => (((other.clone(), account.clone()), (there, here)), -1),
    }
}

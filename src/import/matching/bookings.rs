//! Bookings of several payments: one file shows each payment as a row, another the booking alone, as one. Who has the
//! one in the book has the other. A booking is found by day and sum, as rows of other sources are; within one source
//! its number must not speak against it.

use std::collections::{BTreeMap, HashMap};

use super::others::beginning;
use super::{Matcher, Waiting};
use crate::db::connection::DbConn;
use crate::db::statement_lines::{self, KnownLine};
use crate::domain::counted;
use crate::error::Result;
use crate::import::decision::{Decision, Known, Match};
use crate::import::formats::FileLine;
use crate::import::key;

/// How many bookings are asked for at once.
const AT_ONCE: usize = 500;

/// What the file shows payment by payment.
#[derive(Debug, Default)]
pub struct Bookings {
    /// Whether the book has any in the account.
    are_there: bool,
    /// By their numbers in the file.
    shown: BTreeMap<u64, Shown>,
    /// How many payments stand in the book as how many bookings.
    payments: usize,
    wholes: usize,
}

/// A booking of the file.
#[derive(Debug)]
struct Shown {
    /// What the key of a row begins with that is all of it.
    of_day: String,
    reference: Option<String>,
    /// Whether the bank numbers its payments.
    has_ids: bool,
    /// The places of its payments.
    rows: Vec<usize>,
}

/// The payments of a booking that are in the book.
struct Group<'a> {
    reference: Option<&'a str>,
    has_ids: bool,
    is_own: bool,
    lines: Vec<&'a KnownLine>,
}

impl Bookings {
    /// No bookings yet.
    pub fn new(are_there: bool) -> Bookings {
        Bookings { are_there, ..Bookings::default() }
    }

    /// What is to be known of payments that stand in the book as one.
    pub fn note(&self) -> Option<String> {
        let one_by_one = "to have them one by one, `groat import undo` the file that showed the whole, then this one, \
                          and import this one again";
        let payments = counted(i64::try_from(self.payments).ok()?, "payment is", "payments are");
        let wholes = counted(i64::try_from(self.wholes).ok()?, "booking", "bookings");
        (self.wholes > 0).then(|| format!("{payments} in the book as {wholes}: {one_by_one}"))
    }

    /// Keeps a row that is a payment of a booking.
    pub(super) fn keep(&mut self, index: usize, line: &FileLine, key: Option<String>) {
        let (Some(booking), Some(key)) = (&line.booking, key) else { return };
        let shown = self.shown.entry(booking.number).or_insert_with(|| Shown {
            of_day: beginning(&key).to_owned(),
            reference: booking.reference.clone(),
            has_ids: false,
            rows: Vec::new(),
        });
        shown.has_ids |= line.bank_id.is_some();
        shown.rows.push(index);
    }
}

impl Matcher<'_> {
    /// Matches rows with bookings whose payments are in the book; keeps in `open` those that are none.
    pub(super) fn match_totals(&mut self, conn: &mut DbConn, open: &mut Vec<&Waiting>) -> Result<()> {
        let asked: Vec<(&Waiting, &FileLine, String)> = open
            .iter()
            .filter_map(|row| row.line.as_ref().map(|(line, amount)| (*row, line, *amount)))
            .filter(|(_, line, _)| line.booking.is_none() && !line.is_pending)
            .map(|(row, line, amount)| (row, &**line, key::of_day(line, amount)))
            .collect();
        if !self.bookings.are_there || asked.is_empty() {
            return Ok(());
        }
        let mut beginnings: Vec<String> = asked.iter().map(|(.., of_day)| of_day.clone()).collect();
        beginnings.sort_unstable();
        beginnings.dedup();
        let account = self.request.account.id;
        let lines = statement_lines::of_bookings(conn, account, self.source, &beginnings)?;
        let mut groups = groups(self.source, &lines);
        for (row, line, of_day) in &asked {
            let Some(all) = groups.get_mut(of_day.as_str()) else { continue };
            let id = line.bank_id.as_deref();
            if let Some(place) = all.iter().position(|group| self.is_of(group, id)) {
                self.take_group(row.index, &all.remove(place));
            }
        }
        open.retain(|row| self.matched.decisions[row.index].makes_one());
        Ok(())
    }

    /// Whether a row with this id may be the whole of a group that no other row is.
    fn is_of(&self, group: &Group<'_>, id: Option<&str>) -> bool {
        let is_free = group.lines.iter().all(|line| {
            let is_taken = |of: &i64| self.taken.transactions.contains(of);
            !self.claimed.contains(line.id) && !line.transaction_id.as_ref().is_some_and(is_taken)
        });
        let is_wanted = group.is_there() || !self.request.how.restores_deleted;
        is_free && is_wanted && (!group.is_own || self.may_be(id, group.reference, group.has_ids))
    }

    fn take_group(&mut self, index: usize, group: &Group<'_>) {
        let Some((first, rest)) = group.lines.split_first() else { return };
        group.lines.iter().for_each(|line| self.claimed.insert(line.id));
        self.taken.transactions.extend(group.lines.iter().filter_map(|line| line.transaction_id));
        self.matched.also.insert(index, rest.iter().map(|line| line.id).collect());
        self.matched.decisions[index] = if group.is_there() {
            Decision::Duplicate { line: first.id, by: Known::Payments }
        } else {
            Decision::Deleted { line: Some(first.id) }
        };
    }

    /// Whether the number of a row does not speak against its being the whole of a booking of the same source: what
    /// has ids that can be believed, and no number, is another one.
    fn may_be(&self, id: Option<&str>, reference: Option<&str>, has_ids: bool) -> bool {
        match (id, reference) {
            _ if self.ids_unreliable => true,
            (Some(id), Some(reference)) => id == reference,
            (Some(_), None) => !has_ids,
            (None, _) => true,
        }
    }

    /// Finds the bookings of the file that stand in the book as one, over the whole file. Their payments may have found
    /// rows of other sources by chance, unless all have.
    pub(super) fn match_bookings(&mut self, conn: &mut DbConn) -> Result<()> {
        let shown: Vec<Shown> = std::mem::take(&mut self.bookings.shown).into_values().collect();
        let shown: Vec<Shown> = shown.into_iter().filter(|shown| self.is_open(shown)).collect();
        for shown in shown.chunks(AT_ONCE) {
            let mut beginnings: Vec<String> = shown.iter().map(|shown| shown.of_day.clone()).collect();
            beginnings.sort_unstable();
            beginnings.dedup();
            let account = self.request.account.id;
            let lines = statement_lines::of_wholes(conn, account, self.source, &beginnings)?;
            let mut of: HashMap<&str, Vec<&KnownLine>> = HashMap::new();
            for line in &lines {
                of.entry(beginning(&line.row_key)).or_default().push(line);
            }
            for shown in shown {
                let all = of.get(shown.of_day.as_str()).map_or(&[][..], Vec::as_slice);
                if let Some(line) = all.iter().copied().find(|line| self.is_whole(shown, line)) {
                    self.take_whole(shown, line);
                }
            }
        }
        Ok(())
    }

    /// Whether payments of it are still new, and none is known by its own key.
    fn is_open(&self, shown: &Shown) -> bool {
        let decisions = || shown.rows.iter().map(|row| self.matched.decisions[*row]);
        let by_another = |decision| matches!(decision, Decision::Matched { by: Match::Source(_), .. });
        decisions().any(|decision| decision == Decision::New)
            && decisions().all(|decision| decision == Decision::New || by_another(decision))
    }

    fn is_whole(&self, shown: &Shown, line: &KnownLine) -> bool {
        let is_free = match line.transaction_id {
            Some(transaction) => !self.taken.transactions.contains(&transaction),
            None => !self.request.how.restores_deleted,
        };
        let is_own = line.source == self.source;
        let id = line.bank_id.as_deref();
        is_free
            && !self.claimed.contains(line.id)
            && (!is_own || self.may_be(id, shown.reference.as_deref(), shown.has_ids))
    }

    fn take_whole(&mut self, shown: &Shown, line: &KnownLine) {
        self.claimed.insert(line.id);
        self.bookings.wholes += 1;
        self.bookings.payments += shown.rows.len();
        let decision = match line.transaction_id {
            Some(transaction) => Decision::Matched { transaction, by: Match::Whole },
            None => Decision::Deleted { line: None },
        };
        for row in &shown.rows {
            if let Decision::Matched { transaction, .. } = self.matched.decisions[*row] {
                self.taken.transactions.remove(&transaction);
            }
            self.matched.decisions[*row] = decision;
        }
        self.taken.transactions.extend(line.transaction_id);
    }
}

impl Group<'_> {
    /// Whether any of its payments is in the book, and not deleted.
    fn is_there(&self) -> bool {
        self.lines.iter().any(|line| line.transaction_id.is_some())
    }
}

/// The bookings whose payments are all there, by what the key of a row begins with that is all of them. Two of one day,
/// sum and number are told apart by the order of the book.
fn groups<'a>(source: &str, lines: &'a [KnownLine]) -> HashMap<&'a str, Vec<Group<'a>>> {
    let mut of: BTreeMap<(&str, &str), Vec<&KnownLine>> = BTreeMap::new();
    for line in lines {
        if let Some(booking) = &line.booking {
            of.entry((line.source.as_str(), booking.as_str())).or_default().push(line);
        }
    }
    let mut found: HashMap<&str, Vec<Group<'_>>> = HashMap::new();
    for ((line_source, booking), lines) in of {
        let of_day = beginning(booking);
        let reference = Some(&booking[of_day.len()..]).filter(|reference| !reference.is_empty());
        let total: Option<i64> = of_day.split('|').nth(1).and_then(|total| total.parse().ok());
        let (mut together, mut sum) = (Vec::new(), 0_i128);
        for line in lines {
            together.push(line);
            sum += i128::from(line.amount.unwrap_or(0));
            if Some(sum) == total.map(i128::from) && together.len() > 1 {
                let lines = std::mem::take(&mut together);
                let has_ids = lines.iter().any(|line| line.bank_id.is_some());
                let group = Group { reference, has_ids, is_own: line_source == source, lines };
                found.entry(of_day).or_default().push(group);
                sum = 0;
            }
        }
    }
    found
}

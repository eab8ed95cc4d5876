//! Bookings of several payments: one file shows each payment as a row, another the booking alone, as one. Who has the
//! one in the book has the other. A booking is found by day and sum, as rows of other sources are; within one source
//! its number must not speak against it. Where any are about, the rows that no key knows are decided day by day when
//! all have come (`day`).

mod day;
mod pending;
mod shares;

pub use shares::Shares;

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

use super::others::{Taken, beginning};
use super::{DAYS, Matcher, Waiting};
use crate::db::batches;
use crate::db::connection::DbConn;
use crate::db::statement_lines::{self, KnownLine};
use crate::domain::counted;
use crate::error::Result;
use crate::import::decision::{Decision, Known, Match};
use crate::import::key;
use day::{Day, Decided, Is, Open, Rules, Shown, Stands, decide, groups};

/// How many rows are looked up at once, and the rest of their last day.
const AT_ONCE: usize = 2_000;

/// What the file shows.
#[derive(Debug, Default)]
pub struct Bookings {
    /// Whether the file may have any.
    are_in_file: bool,
    /// The days on which the book has any in the account: rows of all others are what they are without these.
    days: HashSet<NaiveDate>,
    /// Rows that stand alone and no key knows, by day.
    singles: BTreeMap<NaiveDate, Vec<Open>>,
    /// The file's bookings by their numbers.
    shown: BTreeMap<u64, Payments>,
    /// Rows that stand alone by account, id and what their keys begin with: ids are the account's own.
    alone: HashMap<(Option<String>, String, String), Vec<Place>>,
    /// How many payments stand in the book as how many bookings.
    payments: usize,
    wholes: usize,
}

/// A row's place in the file and which statement it stands in.
#[derive(Debug, Clone, Copy)]
struct Place {
    index: usize,
    statement: u32,
}

#[derive(Debug)]
struct Payments {
    account: Option<String>,
    date: NaiveDate,
    statement: u32,
    /// All of its rows.
    places: Vec<usize>,
    shown: Shown,
}

impl Bookings {
    /// No bookings of the file yet; `days` are those of payments in the book, and whether those were pending.
    pub fn new(are_in_file: bool, days: &[(NaiveDate, bool)]) -> Bookings {
        // What was pending may be booked some days later.
        let until = |is_pending| if is_pending { DAYS } else { 0 };
        let days = days.iter().flat_map(|(day, is_pending)| day.iter_days().zip(0..=until(*is_pending)));
        Bookings { are_in_file, days: days.map(|(day, _)| day).collect(), ..Bookings::default() }
    }

    /// Whether there may be any on a day.
    pub fn are_about(&self, date: NaiveDate) -> bool {
        self.are_in_file || self.days.contains(&date)
    }

    /// What is to be known of payments that stand in the book as one.
    pub fn note(&self) -> Option<String> {
        let one_by_one = "to have them one by one, `groat import undo` the file that showed the whole, then this one, \
                          and import this one again";
        let payments = counted(i64::try_from(self.payments).ok()?, "payment is", "payments are");
        let wholes = counted(i64::try_from(self.wholes).ok()?, "booking", "bookings");
        (self.wholes > 0).then(|| format!("{payments} in the book as {wholes}: {one_by_one}"))
    }

    /// Keeps a booked row with what its booking is found by; of those that a key knows only the place.
    pub(super) fn keep(&mut self, row: &Waiting, booking: Option<String>, is_open: bool) {
        let Some((line, amount)) = row.line.as_ref().filter(|(line, _)| !line.is_pending) else { return };
        let open = || Open { index: row.index, key: row.key.clone(), id: line.bank_id.clone() };
        let (Some(of), Some(key)) = (&line.booking, booking) else {
            if is_open {
                self.singles.entry(line.date).or_default().push(open());
            }
            if let Some(id) = &line.bank_id {
                let place = Place { index: row.index, statement: line.statement };
                let of_day = key::of_day(line, *amount);
                self.alone.entry((line.account.clone(), id.clone(), of_day)).or_default().push(place);
            }
            return;
        };
        let payments = self.shown.entry(of.number).or_insert_with(|| Payments {
            account: line.account.clone(),
            date: line.date,
            statement: line.statement,
            places: Vec::new(),
            shown: Shown {
                of_day: beginning(&key).to_owned(),
                reference: of.reference.clone(),
                has_ids: false,
                rows: Vec::new(),
            },
        });
        payments.shown.has_ids |= line.bank_id.is_some();
        payments.places.push(row.index);
        if is_open {
            payments.shown.rows.push(open());
        }
    }
}

impl Matcher<'_> {
    /// Decides the rows that were kept, over the whole file.
    pub(super) fn match_bookings(&mut self, conn: &mut DbConn) -> Result<()> {
        self.match_within();
        let mut days: BTreeMap<NaiveDate, Day> = BTreeMap::new();
        for (date, singles) in std::mem::take(&mut self.bookings.singles) {
            days.entry(date).or_default().singles = singles;
        }
        for payments in std::mem::take(&mut self.bookings.shown).into_values() {
            let is_whole = payments.shown.rows.len() == payments.places.len();
            let day = days.entry(payments.date).or_default();
            // Of a booking that is known in part no other row is the whole.
            if is_whole {
                day.bookings.push(payments.shown);
            } else {
                let rows = payments.shown.rows.iter();
                let open = rows.filter(|row| !self.is_deleted_share(&payments.shown, row));
                day.singles.extend(open.cloned());
            }
        }
        // What comes back may stand there in the other form.
        let is_new = |matcher: &Self, row: &Open| {
            matches!(matcher.matched.decisions[row.index], Decision::New | Decision::Restored)
        };
        for day in days.values_mut() {
            day.singles.retain(|row| is_new(self, row));
            day.bookings.retain(|shown| shown.rows.iter().all(|row| is_new(self, row)));
        }
        let mut together: Vec<Day> = Vec::new();
        let mut count = 0;
        for day in days.into_values() {
            count += day.singles.len() + day.bookings.iter().map(|shown| shown.rows.len()).sum::<usize>();
            together.push(day);
            if count >= AT_ONCE {
                self.match_days(conn, &std::mem::take(&mut together))?;
                count = 0;
            }
        }
        self.match_days(conn, &together)
    }

    /// Rows that are the whole of a booking that another statement of the same file shows payment by payment.
    fn match_within(&mut self) {
        let mut alone = std::mem::take(&mut self.bookings.alone);
        if self.ids_unreliable {
            return;
        }
        let mut decided = Vec::new();
        for payments in self.bookings.shown.values() {
            let Some(reference) = payments.shown.reference.clone() else { continue };
            let of = (payments.account.clone(), reference, payments.shown.of_day.clone());
            let Some(places) = alone.get_mut(&of) else { continue };
            let Some(at) = places.iter().position(|place| place.statement != payments.statement) else {
                continue;
            };
            decided.extend(self.one_of(places.remove(at).index, &payments.places));
        }
        for (index, decision, also) in decided {
            self.matched.decisions[index] = decision;
            if !also.is_empty() {
                self.matched.also.insert(index, also);
            }
        }
    }

    /// Which rows are the others: what the book knows stays, else what the file has first.
    fn one_of(&self, whole: usize, payments: &[usize]) -> Vec<(usize, Decision, Vec<i64>)> {
        let decision = |index: usize| self.matched.decisions[index];
        let line_of = |index: usize| match decision(index) {
            Decision::Duplicate { line, .. } => Some(line),
            _ => None,
        };
        let all = |decision| payments.iter().map(|index| (*index, decision, Vec::new())).collect();
        let are_new = payments.iter().all(|index| decision(*index) == Decision::New);
        let lines: Option<Vec<i64>> = payments.iter().map(|index| line_of(*index)).collect();
        match (decision(whole), line_of(whole), lines.as_deref(), payments.first()) {
            (Decision::New, _, Some([first, rest @ ..]), _) => {
                let by = Known::Payments;
                vec![(whole, Decision::Duplicate { line: *first, by }, rest.to_vec())]
            }
            (_, Some(line), _, _) if are_new => all(Decision::Duplicate { line, by: Known::Whole }),
            (Decision::New, _, _, Some(first)) if are_new && *first < whole => {
                vec![(whole, Decision::Repeated { row: *first }, Vec::new())]
            }
            (Decision::New, _, _, _) if are_new => all(Decision::Repeated { row: whole }),
            _ => Vec::new(),
        }
    }

    fn match_days(&mut self, conn: &mut DbConn, days: &[Day]) -> Result<()> {
        let all = self.load(conn, days)?;
        let rules = Rules {
            source: self.source,
            ids_unreliable: self.ids_unreliable,
            restores_deleted: self.request.how.restores_deleted,
        };
        let mut decided = Vec::new();
        for day in days {
            let stands = self.stands_of(day, &all);
            let taken =
                Taken::of(self.taken.transactions.iter().copied().filter(|id| all.transactions.contains(id)));
            let of_day = decide(day, &stands, &taken, rules);
            self.taken.transactions.extend(of_day.taken.transactions.iter().filter(|id| **id > 0));
            of_day.claimed.iter().for_each(|line| self.claimed.insert(*line));
            decided.push(of_day);
        }
        self.apply_days(conn, decided)?;
        self.match_pending_bookings(conn, days)
    }

    fn stands_of(&self, day: &Day, all: &Lines) -> Stands {
        let rows = day.singles.iter().chain(day.bookings.iter().flat_map(|shown| &shown.rows));
        let Some(date) = rows.map(|row| row.key.split('|').next().unwrap_or_default()).next() else {
            return Stands::default();
        };
        let is_of_day = |key: &str| key.strip_prefix(date).is_some_and(|rest| rest.starts_with('|'));
        let is_claimed = |line: i64| self.claimed.contains(line);
        // A line that several rows asked for comes several times.
        let mut seen = HashSet::new();
        let others = all.others.iter().filter(|line| is_of_day(&line.row_key));
        // A row that is several payments is none of these.
        let others = others.filter(|line| seen.insert(line.id) && !self.shares.are_there(line.id));
        let (parts, singles) = others.cloned().partition(|line| line.booking.is_some());
        let payments = all.payments.iter().filter(|line| line.booking.as_deref().is_some_and(is_of_day));
        let is_open =
            |line: &&KnownLine| !is_claimed(line.id) && !key::whole_of(&line.row_key).is_some_and(is_claimed);
        let payments: Vec<KnownLine> = payments.filter(is_open).cloned().collect();
        let wholes = all.wholes.iter().filter(|line| is_of_day(&line.row_key) && !is_claimed(line.id));
        Stands {
            singles,
            parts,
            groups: groups(self.source, &payments),
            shares: self.shares.of_day(self.source, is_of_day).collect(),
            wholes: wholes.cloned().collect(),
        }
    }

    fn load(&mut self, conn: &mut DbConn, days: &[Day]) -> Result<Lines> {
        let account = self.request.account.id;
        let of_day = |row: &Open| beginning(&row.key).to_owned();
        let bookings = || days.iter().flat_map(|day| &day.bookings);
        let singles: HashSet<String> = days.iter().flat_map(|day| &day.singles).map(of_day).collect();
        let wholes: HashSet<String> = bookings().map(|shown| shown.of_day.clone()).collect();
        let rows = bookings().flat_map(|shown| &shown.rows).map(of_day).chain(singles.iter().cloned());
        let rows: HashSet<String> = rows.collect();
        let sorted = |set: HashSet<String>| {
            let mut all: Vec<String> = set.into_iter().collect();
            all.sort_unstable();
            all
        };
        let others = match self.has_others {
            true => statement_lines::of_others(conn, account, self.source, &sorted(rows))?,
            false => Vec::new(),
        };
        let payments = statement_lines::of_bookings(conn, account, self.source, &sorted(singles))?;
        let wholes = statement_lines::of_wholes(conn, account, self.source, &sorted(wholes))?;
        let lines = others.iter().chain(&payments).chain(&wholes);
        let shares = self.shares.transactions();
        let transactions = lines.filter_map(|line| line.transaction_id).chain(shares).collect();
        Ok(Lines { others, payments, wholes, transactions })
    }

    fn apply_days(&mut self, conn: &mut DbConn, decided: Vec<Decided>) -> Result<()> {
        let there = decided.iter().flat_map(|day| day.rows.values()).filter_map(|is| match is {
            Is::There(line, _) => Some(*line),
            _ => None,
        });
        let files = batches::files_of(conn, &there.collect::<Vec<_>>())?;
        for day in decided {
            self.bookings.wholes += day.wholes.0;
            self.bookings.payments += day.wholes.1;
            for (index, is) in day.rows {
                self.matched.decisions[index] = match is {
                    Is::There(line, transaction) => {
                        let by = Match::Source(self.matched.file_number(files.get(&line)));
                        Decision::Matched { transaction, by }
                    }
                    Is::Payment(transaction) => Decision::Matched { transaction, by: Match::Whole },
                    Is::Deleted => Decision::Deleted { line: self.matched.attached.get(&index).copied() },
                    Is::Payments(lines, is_there) => {
                        let Some((first, rest)) = lines.split_first() else { continue };
                        self.matched.also.insert(index, rest.to_vec());
                        match is_there {
                            true => Decision::Duplicate { line: *first, by: Known::Payments },
                            false => Decision::Deleted { line: Some(*first) },
                        }
                    }
                };
            }
        }
        Ok(())
    }
}

/// What stands in the book on some days.
struct Lines {
    others: Vec<KnownLine>,
    payments: Vec<KnownLine>,
    wholes: Vec<KnownLine>,
    transactions: HashSet<i64>,
}

//! Which row of a file is which row of the book, rule by rule: the bank's id where ids can be believed (`ids`), the
//! key, another source's row (`others`), what nobody's bank has claimed (`typed`).
//!
//! Keys are counted, not numbered: n rows with one key in the file claim up to n such rows of the book, and
//! only the surplus goes on to the next rule. So two coffees on a day are two, and the same file again finds both.

mod bookings;
mod edited;
mod ids;
mod others;
mod repeats;
mod rest;
mod sides;
mod transfers;
mod typed;

pub use transfers::Offer;
pub(super) use typed::DAYS;

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

use super::answers::Said;
use super::balances::Balances;
use super::decision::{Decision, Known};
use super::formats::{FileLine, Layout, ReadSeek, Rejected};
use super::key;
use super::plan::{Fitted, PlannedRow, Request, fitted};
use crate::db::connection::DbConn;
use crate::db::sources;
use crate::db::statement_lines::{self, KnownLine};
use crate::domain::money::Minor;
use crate::domain::runs::Runs;
use crate::error::Result;

/// How many rows are looked up at once, unless a request says fewer; more while the day does not change, so that a
/// day of a sorted file is seen whole.
pub const AT_ONCE: usize = 4_000;
/// So many times as many at most.
const MOST_TIMES: usize = 4;

/// What was decided of a file's rows.
#[derive(Debug, Default)]
pub struct Matched {
    /// One for each row, in the order of the file; new is also what nothing is decided of yet.
    pub decisions: Vec<Decision>,
    /// Further lines that a row is, by its place: the payments of a booking.
    pub also: HashMap<usize, Vec<i64>>,
    /// Transactions that a row books as one, with what each was shown with as pending, by the row's place.
    pub payments: HashMap<usize, Vec<(i64, i64)>>,
    /// Lines that are known and become a transaction by their row, by the row's place.
    pub attached: HashMap<usize, i64>,
    /// Day and amount of pending rows that made a transaction which a row of this file books, by transaction.
    pub were_pending: HashMap<i64, (NaiveDate, i64)>,
    /// Day and amount with which rows book what stood there as pending in another form: all of a booking, or its
    /// payments.
    pub booked_on: BTreeMap<i64, (NaiveDate, i64)>,
    /// Rows that cannot be read or do not fit the account.
    pub rejected: Vec<Rejected>,
    /// Some rows that become or are joined to transactions, for showing.
    pub shown: Vec<PlannedRow>,
    /// The names of files and accounts that matches count in.
    pub sources: Vec<String>,
    /// New rows that look like the other sides of transactions.
    pub offers: Vec<Offer>,
}

/// Decides row by row; remembers what of the book is claimed already.
pub struct Matcher<'a> {
    request: &'a Request,
    said: &'a Said,
    source: &'a str,
    ids_unreliable: bool,
    ids_became_unreliable: bool,
    /// Statement lines that rows of this file are.
    claimed: Runs,
    /// What of the book rows of this file are joined to.
    taken: others::Taken,
    /// Whether other sources show the account.
    has_others: bool,
    repeats: repeats::Repeats,
    bookings: bookings::Bookings,
    shares: bookings::Shares,
    edited: edited::Edited,
    rest: rest::Rest,
    transfers: transfers::Transfers,
    balances: Balances,
    matched: Matched,
}

/// A row that waits to be looked up with others.
struct Waiting {
    index: usize,
    key: String,
    line: Option<(Box<FileLine>, Minor)>,
}

impl<'a> Matcher<'a> {
    /// A matcher for one file and one account, that goes by what the user said.
    ///
    /// # Errors
    /// What the database says.
    pub fn new(
        conn: &mut DbConn,
        (request, said): (&'a Request, &'a Said),
        (source, has_several_statements, has_bookings): (&'a str, bool, bool),
    ) -> Result<Matcher<'a>> {
        let known = sources::find(conn, request.account.id, source)?;
        let days = statement_lines::booking_days(conn, request.account.id)?;
        Ok(Matcher {
            request,
            said,
            source,
            ids_unreliable: known.as_ref().is_some_and(|known| known.ids_unreliable),
            ids_became_unreliable: false,
            claimed: Runs::default(),
            taken: others::Taken::default(),
            has_others: sources::has_others(conn, request.account.id, source)?,
            repeats: repeats::Repeats::new(has_several_statements),
            bookings: bookings::Bookings::new(has_bookings, &days),
            shares: bookings::Shares::load(conn, request.account.id, source, !days.is_empty())?,
            edited: edited::Edited::new(known.is_some() && transfers::names_other_sides(source)),
            rest: rest::Rest::default(),
            transfers: transfers::Transfers::new(conn, request)?,
            balances: Balances::default(),
            matched: Matched::default(),
        })
    }

    /// Whether the source's ids cannot be believed, by what is known now.
    pub fn ids_are_unreliable(&self) -> bool {
        self.ids_unreliable
    }

    /// Whether this file showed it.
    pub fn ids_became_unreliable(&self) -> bool {
        self.ids_became_unreliable
    }

    /// What is to be known of what was decided: a running balance that jumps, statements that repeat each other, bookings
    /// that stand in the book as one.
    pub fn notes(&self) -> Vec<String> {
        [self.balances.warning(), self.repeats.warning(), self.bookings.note()]
            .into_iter()
            .flatten()
            .collect()
    }

    /// Decides every row: all ids first, as a key must not claim what another row's id names; then keys and other
    /// sources, days at a time; then what was typed, and the other
    /// sides of transfers, over the whole file.
    ///
    /// # Errors
    /// What the database says; a file that can no longer be read.
    pub fn decide(
        &mut self,
        conn: &mut DbConn,
        input: &mut dyn ReadSeek,
        layout: &Layout,
    ) -> Result<Matched> {
        self.match_ids(conn, input, layout)?;
        let at_once = self.request.how.at_once;
        let mut waiting: Vec<Waiting> = Vec::new();
        let mut last = None;
        for (index, row) in fitted(input, layout, self.request)?.enumerate() {
            let row = row?;
            let date = row.date();
            if waiting.len() >= at_once && (date != last || waiting.len() >= MOST_TIMES * at_once) {
                self.match_keys(conn, std::mem::take(&mut waiting))?;
            }
            last = date;
            waiting.push(match row {
                Fitted::Rejected(rejected) => {
                    let key = key::of_rejected(&rejected.text);
                    self.balances.lose();
                    self.matched.rejected.push(rejected);
                    Waiting { index, key, line: None }
                }
                Fitted::Line(line, amount) => {
                    self.balances.see(&line);
                    Waiting { index, key: key::of_line(&line, amount), line: Some((line, amount)) }
                }
            });
        }
        self.match_keys(conn, waiting)?;
        self.match_bookings(conn)?;
        self.match_edited(conn)?;
        self.match_typed();
        self.match_transfers();
        self.add_shares();
        let Matched { shown, decisions, .. } = &mut self.matched;
        shown.iter_mut().for_each(|row| row.decision = decisions[row.index]);
        Ok(std::mem::take(&mut self.matched))
    }

    fn match_keys(&mut self, conn: &mut DbConn, rows: Vec<Waiting>) -> Result<()> {
        let keys: Vec<&str> = rows
            .iter()
            .filter(|row| self.decided(row.index).is_none())
            .map(|row| row.key.as_str())
            .collect::<HashSet<_>>()
            .into_iter()
            .collect();
        let known = statement_lines::candidates(conn, self.request.account.id, self.source, &keys, &[])?;
        let mut of: HashMap<&str, Vec<&KnownLine>> = HashMap::new();
        for line in &known {
            of.entry(line.row_key.as_str()).or_default().push(line);
        }
        let found = self.claim(&rows, &of);
        let mut open = Vec::new();
        for (row, found) in rows.iter().zip(found) {
            let decision = match self.decided(row.index) {
                Some(decision) => decision,
                None => self.by_key(row, found),
            };
            if let Some((line, _)) = &row.line {
                if self.bookings.are_about(line.date) {
                    let booking = key::of_booking(line, self.request.account.exponent);
                    let is_open = matches!(decision, Decision::New | Decision::Restored);
                    self.bookings.keep(row, booking, is_open);
                }
                self.repeats.see(line, &row.key, decision);
            }
            if decision.makes_one() {
                self.edited.keep(row);
                open.push(row);
            }
            self.decide_row(row.index, decision);
        }
        self.match_others(conn, &mut open)?;
        self.gather_typed(conn, &open)?;
        self.gather_transfers(conn, &open)?;
        for row in rows {
            self.show(row);
        }
        Ok(())
    }

    /// The lines that bear the rows' keys, each claimed once. What stands alone and a payment of a booking may have the
    /// same words: each has its like first.
    fn claim<'k>(
        &mut self,
        rows: &[Waiting],
        of: &HashMap<&str, Vec<&'k KnownLine>>,
    ) -> Vec<Option<&'k KnownLine>> {
        let mut found: Vec<Option<&KnownLine>> = vec![None; rows.len()];
        for is_strict in [true, false] {
            for (row, found) in rows.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
                let Some(candidates) = of.get(row.key.as_str()) else { continue };
                if self.decided(row.index).is_some() {
                    continue;
                }
                let is_payment = row.line.as_ref().is_some_and(|(line, _)| line.booking.is_some());
                let is_like = |known: &KnownLine| !is_strict || known.booking.is_some() == is_payment;
                let known = candidates.iter().find(|known| is_like(known) && self.may_claim(row, known));
                if let Some(known) = known {
                    self.claimed.insert(known.id);
                    *found = Some(known);
                }
            }
        }
        found
    }

    /// What is decided of a row so far.
    fn decided(&self, index: usize) -> Option<Decision> {
        self.matched.decisions.get(index).copied().filter(|decision| *decision != Decision::New)
    }

    /// Decides a row; those before it that nothing is known of are new until then.
    fn decide_row(&mut self, index: usize, decision: Decision) {
        let all = &mut self.matched.decisions;
        if all.len() <= index {
            all.resize(index + 1, Decision::New);
        }
        all[index] = decision;
    }

    /// Keeps the row for showing, when it is one of the first.
    fn show(&mut self, row: Waiting) {
        let decision = self.matched.decisions[row.index];
        let is_worth_it = decision.makes_one() || decision.word() == "matched";
        let has_room = self.request.how.shown.is_none_or(|most| self.matched.shown.len() < most);
        if let (Some((line, amount)), true, true) = (row.line, is_worth_it, has_room) {
            self.matched.shown.push(PlannedRow { index: row.index, line: *line, amount, decision });
        }
    }

    /// A line is claimed once; a row with a believed id takes none that bears another believed id.
    fn may_claim(&self, row: &Waiting, known: &KnownLine) -> bool {
        if self.claimed.contains(known.id) {
            return false;
        }
        let row_id = row.line.as_ref().and_then(|(line, _)| line.bank_id.as_deref());
        match (row_id, known.bank_id.as_deref()) {
            (Some(row_id), Some(known_id)) if !self.ids_unreliable => row_id == known_id,
            _ => true,
        }
    }

    /// What a row is by the line that bears its key, if one does.
    fn by_key(&mut self, row: &Waiting, found: Option<&KnownLine>) -> Decision {
        let is_pending = match &row.line {
            None => return Decision::Rejected { line: found.map(|known| known.id) },
            Some((line, _)) => line.is_pending,
        };
        let is_recorded = found.is_some_and(|known| known.transaction_id.is_some());
        match found {
            _ if is_pending && !self.request.how.with_pending => {
                Decision::Pending { line: found.map(|known| known.id) }
            }
            // What the file books as well, or shows once more, is recorded once.
            _ if is_pending && !is_recorded && self.is_pending_again(row) => {
                Decision::Pending { line: found.map(|known| known.id) }
            }
            Some(known) => self.found(row.index, known, Known::Text),
            None if is_pending => Decision::Expected,
            None => Decision::New,
        }
    }

    fn is_pending_again(&mut self, row: &Waiting) -> bool {
        row.line.as_ref().is_some_and(|(line, _)| self.repeats.is_pending_again(line))
    }

    /// What a row is that was shown before.
    fn found(&mut self, index: usize, known: &KnownLine, by: Known) -> Decision {
        let was_listed_only = known.decision == "pending";
        match (known.transaction_id, self.request.how.restores_deleted) {
            (None, _) if self.shares.are_there(known.id) => {
                Decision::Duplicate { line: known.id, by: Known::Payments }
            }
            (Some(_), _) => Decision::Duplicate { line: known.id, by },
            (None, false) if !was_listed_only => Decision::Deleted { line: Some(known.id) },
            (None, _) => {
                self.matched.attached.insert(index, known.id);
                if was_listed_only { Decision::Expected } else { Decision::Restored }
            }
        }
    }
}

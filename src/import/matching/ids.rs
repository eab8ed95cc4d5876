//! The bank's own ids: believed within one source and account for as long as the same id never comes with another
//! day or amount. Only a row that was pending may change both.

use std::collections::HashMap;

use super::Matcher;
use crate::db::connection::DbConn;
use crate::db::statement_lines::{self, KnownLine};
use crate::domain::money::Minor;
use crate::error::Result;
use crate::import::decision::{Decision, Known, Match};
use crate::import::formats::{FileLine, Layout, ReadSeek};
use crate::import::key;
use crate::import::plan::{Fitted, fitted};

/// A row that bears an id, by its place.
type Numbered = (usize, Box<FileLine>, Minor);

impl Matcher<'_> {
    /// Matches all booked rows that bear an id.
    ///
    /// # Errors
    /// What the database says; a file that can no longer be read.
    pub(super) fn match_ids(
        &mut self,
        conn: &mut DbConn,
        input: &mut dyn ReadSeek,
        layout: &Layout,
    ) -> Result<()> {
        let mut waiting: Vec<Numbered> = Vec::new();
        for (index, row) in fitted(input, layout, self.request)?.enumerate() {
            if self.ids_unreliable {
                break;
            }
            if let Fitted::Line(line, amount) = row?
                && let Some(id) = &line.bank_id
                && !line.is_pending
            {
                if let Some(row) = self.repeats.earlier(index, id, &line, amount) {
                    self.decide_row(index, Decision::Repeated { row });
                    continue;
                }
                waiting.push((index, line, amount));
            }
            if waiting.len() >= self.request.how.at_once {
                self.look_up_ids(conn, std::mem::take(&mut waiting))?;
            }
        }
        self.look_up_ids(conn, waiting)?;
        if self.ids_became_unreliable {
            self.matched.decisions.clear();
            self.claimed.clear();
            self.taken.transactions.clear();
            self.matched.attached.clear();
            self.matched.were_pending.clear();
            self.repeats.disbelieve();
        }
        Ok(())
    }

    fn look_up_ids(&mut self, conn: &mut DbConn, rows: Vec<Numbered>) -> Result<()> {
        let ids: Vec<&str> = rows.iter().filter_map(|(_, line, _)| line.bank_id.as_deref()).collect();
        if ids.is_empty() {
            return Ok(());
        }
        let known = statement_lines::candidates(conn, self.request.account.id, self.source, &[], &ids)?;
        let mut of: HashMap<&str, Vec<&KnownLine>> = HashMap::new();
        for line in known.iter().filter(|line| line.decision != "rejected") {
            of.entry(line.bank_id.as_deref().unwrap_or_default()).or_default().push(line);
        }
        for (index, row, amount) in &rows {
            if let Some(lines) = row.bank_id.as_deref().and_then(|id| of.get(id)) {
                self.match_id(*index, row, *amount, lines);
            }
        }
        Ok(())
    }

    /// Matches a row with the lines that bear its id.
    fn match_id(&mut self, index: usize, row: &FileLine, amount: Minor, lines: &[&KnownLine]) {
        let (pending, booked): (Vec<&KnownLine>, Vec<&KnownLine>) =
            lines.iter().partition(|line| key::is_pending(&line.row_key));
        let is_same = |line: &&&KnownLine| line.date == Some(row.date) && line.amount == Some(amount.0);
        if let Some(line) = booked.iter().filter(is_same).find(|line| !self.claimed.contains(line.id)) {
            self.claimed.insert(line.id);
            let decision = self.found(index, line, Known::Id);
            self.decide_row(index, decision);
        } else if booked.iter().any(|line| !is_same(&line)) {
            // The same number for something else: the bank starts its numbers anew, or re-uses them.
            self.ids_unreliable = true;
            self.ids_became_unreliable = true;
        } else if booked.is_empty() {
            self.book_pending(index, &pending);
        }
    }

    /// The row is the one that was pending under its id, whatever day and amount it had then.
    fn book_pending(&mut self, index: usize, pending: &[&KnownLine]) {
        let open = pending.iter().filter(|line| !self.claimed.contains(line.id));
        for (line, transaction) in open.filter_map(|line| Some((line, line.transaction_id?))) {
            if self.taken.transactions.insert(transaction) {
                self.claimed.insert(line.id);
                self.remember_pending(line.decision == "new", transaction, line.date, line.amount);
                let by = Match::PendingId;
                self.decide_row(index, Decision::Matched { transaction, by });
                return;
            }
        }
    }
}

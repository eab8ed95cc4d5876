//! Which row of a file is which row of the book: by the bank's id where ids can be believed, then by key.
//!
//! Keys are counted, not numbered: n rows with one key in the file claim up to n such rows of the book, and
//! only the surplus is new. So two coffees on a day are two, and the same file again finds both.

use std::collections::{HashMap, HashSet};

use super::formats::{FileLine, Layout, ReadSeek, Rejected};
use super::key;
use super::plan::{Decision, Fitted, PlannedRow, Request, fitted, key_of};
use crate::db::connection::DbConn;
use crate::db::statement_lines::{self, KnownLine};
use crate::domain::money::Minor;
use crate::error::Result;

/// How many rows are looked up at once.
const AT_ONCE: usize = 4_000;

/// Decides row by row; remembers what of the book is claimed already.
pub struct Matcher<'a> {
    request: &'a Request,
    source: &'a str,
    ids_unreliable: bool,
    ids_became_unreliable: bool,
    claimed: HashSet<i64>,
    /// Decisions by id, by the number of the row.
    by_id: HashMap<usize, Decision>,
}

/// Decisions, rejected rows, and some rows for showing.
type Matched = (Vec<Decision>, Vec<Rejected>, Vec<PlannedRow>);

/// A row that waits to be looked up with others.
struct Waiting {
    index: usize,
    key: String,
    line: Option<(Box<FileLine>, Minor)>,
}

impl<'a> Matcher<'a> {
    /// A matcher for one file.
    pub fn new(request: &'a Request, source: &'a str, ids_unreliable: bool) -> Matcher<'a> {
        Matcher {
            request,
            source,
            ids_unreliable,
            ids_became_unreliable: false,
            claimed: HashSet::new(),
            by_id: HashMap::new(),
        }
    }

    /// Whether the source's ids cannot be believed, by what is known now.
    pub fn ids_are_unreliable(&self) -> bool {
        self.ids_unreliable
    }

    /// Whether this file showed it.
    pub fn ids_became_unreliable(&self) -> bool {
        self.ids_became_unreliable
    }

    /// Matches all rows that bear an id, before any key is looked at: a key must not claim what another row's id
    /// names.
    ///
    /// # Errors
    /// What the database says; a file that can no longer be read.
    pub fn match_ids(&mut self, conn: &mut DbConn, input: &mut dyn ReadSeek, layout: &Layout) -> Result<()> {
        if self.ids_unreliable {
            return Ok(());
        }
        let account = self.request.account.clone();
        let mut waiting: Vec<(usize, Box<FileLine>, Minor)> = Vec::new();
        for (index, row) in fitted(input, layout, &account)?.enumerate() {
            if let Fitted::Line(line, amount) = row?
                && line.bank_id.is_some()
                && !line.is_pending
            {
                waiting.push((index, line, amount));
            }
            if waiting.len() == AT_ONCE {
                self.look_up_ids(conn, std::mem::take(&mut waiting))?;
            }
        }
        self.look_up_ids(conn, waiting)?;
        if self.ids_unreliable {
            self.by_id.clear();
            self.claimed.clear();
        }
        Ok(())
    }

    fn look_up_ids(&mut self, conn: &mut DbConn, rows: Vec<(usize, Box<FileLine>, Minor)>) -> Result<()> {
        let ids: Vec<&str> = rows.iter().filter_map(|(_, line, _)| line.bank_id.as_deref()).collect();
        if ids.is_empty() {
            return Ok(());
        }
        let known = statement_lines::candidates(conn, self.request.account.id, self.source, &[], &ids)?;
        let mut of: HashMap<&str, Vec<&KnownLine>> = HashMap::new();
        for line in known.iter().filter(|line| is_booked(line)) {
            of.entry(line.bank_id.as_deref().unwrap_or_default()).or_default().push(line);
        }
        for (index, row, amount) in &rows {
            let Some(lines) = row.bank_id.as_deref().and_then(|id| of.get(id)) else { continue };
            let same = lines.iter().find(|known| {
                known.date == Some(row.date)
                    && known.amount == Some(amount.0)
                    && !self.claimed.contains(&known.id)
            });
            match same {
                Some(known) => {
                    self.claimed.insert(known.id);
                    let decision = self.found(known, true);
                    self.by_id.insert(*index, decision);
                }
                None => {
                    // The same number for something else: the bank starts its numbers anew, or re-uses them.
                    self.ids_unreliable = true;
                    self.ids_became_unreliable = true;
                }
            }
        }
        Ok(())
    }

    /// Matches what is left by key, and decides every row.
    ///
    /// # Errors
    /// What the database says; a file that can no longer be read.
    pub fn match_keys(
        &mut self,
        conn: &mut DbConn,
        input: &mut dyn ReadSeek,
        layout: &Layout,
    ) -> Result<Matched> {
        let account = self.request.account.clone();
        let mut matched: Matched = (Vec::new(), Vec::new(), Vec::new());
        let mut waiting = Vec::new();
        for (index, row) in fitted(input, layout, &account)?.enumerate() {
            match row? {
                Fitted::Rejected(rejected) => {
                    waiting.push(Waiting { index, key: key::of_rejected(&rejected.text), line: None });
                    matched.1.push(rejected);
                }
                Fitted::Line(line, amount) => {
                    let (key, _) = key_of(&line, amount);
                    waiting.push(Waiting { index, key, line: Some((line, amount)) });
                }
            }
            if waiting.len() == AT_ONCE {
                self.look_up_keys(conn, std::mem::take(&mut waiting), &mut matched)?;
            }
        }
        self.look_up_keys(conn, waiting, &mut matched)?;
        Ok(matched)
    }

    fn look_up_keys(&mut self, conn: &mut DbConn, rows: Vec<Waiting>, matched: &mut Matched) -> Result<()> {
        let keys: Vec<&str> = rows
            .iter()
            .filter(|row| !self.by_id.contains_key(&row.index))
            .map(|row| row.key.as_str())
            .collect::<HashSet<_>>()
            .into_iter()
            .collect();
        let known = statement_lines::candidates(conn, self.request.account.id, self.source, &keys, &[])?;
        let mut of: HashMap<&str, Vec<&KnownLine>> = HashMap::new();
        for line in &known {
            of.entry(line.row_key.as_str()).or_default().push(line);
        }
        for row in &rows {
            let decision = match self.by_id.get(&row.index) {
                Some(decision) => *decision,
                None => {
                    let candidates = of.get(row.key.as_str()).map_or(&[][..], Vec::as_slice);
                    let found = candidates.iter().find(|known| self.may_claim(row, known)).copied();
                    self.decide(row, found)
                }
            };
            matched.0.push(decision);
            if let (Some((line, amount)), Decision::New | Decision::Restored { .. }) = (&row.line, decision)
                && self.request.shown.is_none_or(|most| matched.2.len() < most)
            {
                matched.2.push(PlannedRow { line: (**line).clone(), amount: *amount, decision });
            }
        }
        Ok(())
    }

    /// A line is claimed once; a row with a believed id takes none that bears another believed id.
    fn may_claim(&self, row: &Waiting, known: &KnownLine) -> bool {
        if self.claimed.contains(&known.id) {
            return false;
        }
        let row_id = row.line.as_ref().and_then(|(line, _)| line.bank_id.as_deref());
        let both_believed = !self.ids_unreliable && known.source == self.source;
        match (row_id, known.bank_id.as_deref()) {
            (Some(row_id), Some(known_id)) if both_believed => row_id == known_id,
            _ => true,
        }
    }

    fn decide(&mut self, row: &Waiting, found: Option<&KnownLine>) -> Decision {
        if let Some(known) = found {
            self.claimed.insert(known.id);
        }
        match (&row.line, found) {
            (None, known) => Decision::Rejected { line: known.map(|known| known.id) },
            (Some((line, _)), known) if line.is_pending => {
                Decision::Pending { line: known.map(|known| known.id) }
            }
            (Some(_), None) => Decision::New,
            (Some(_), Some(known)) => self.found(known, false),
        }
    }

    fn found(&self, known: &KnownLine, by_id: bool) -> Decision {
        match (known.transaction_id, self.request.restores_deleted) {
            (Some(_), _) => Decision::Duplicate { line: known.id, by_id },
            (None, true) => Decision::Restored { line: known.id },
            (None, false) => Decision::Deleted { line: known.id },
        }
    }
}

fn is_booked(line: &KnownLine) -> bool {
    !matches!(line.decision.as_str(), "pending" | "rejected")
}

//! Rows whose text the user of another program has changed since: exports of such programs show a whole history each
//! time. A row that is new by its text is one of the same day and amount that the file does not show any more.

use std::collections::HashMap;

use super::{Matcher, Waiting};
use crate::db::connection::DbConn;
use crate::db::statement_lines;
use crate::error::Result;
use crate::import::decision::{Decision, Known};
use crate::import::key;

/// How many days and amounts are asked for at once.
const AT_ONCE: usize = 500;

/// Rows that are new by their texts.
pub struct Edited {
    /// Whether the file is of a kind that is edited, and was seen before.
    is_asked: bool,
    /// Their places, with what the keys of their days and amounts begin with.
    rows: Vec<(usize, String)>,
}

impl Edited {
    /// No rows yet.
    pub fn new(is_asked: bool) -> Edited {
        Edited { is_asked, rows: Vec::new() }
    }

    /// Keeps a row.
    pub(super) fn keep(&mut self, row: &Waiting) {
        if let (true, Some((line, amount))) = (self.is_asked, &row.line) {
            self.rows.push((row.index, key::of_day(line, *amount)));
        }
    }
}

impl Matcher<'_> {
    /// Finds the rows that were kept, over the whole file.
    pub(super) fn match_edited(&mut self, conn: &mut DbConn) -> Result<()> {
        let rows = std::mem::take(&mut self.edited.rows);
        let rows: Vec<_> =
            rows.into_iter().filter(|(index, _)| self.matched.decisions[*index] == Decision::New).collect();
        for rows in rows.chunks(AT_ONCE) {
            let beginnings: Vec<String> = rows.iter().map(|(_, of_day)| of_day.clone()).collect();
            let lines = statement_lines::of_days(conn, self.request.account.id, self.source, &beginnings)?;
            let mut free: HashMap<&str, Vec<i64>> = HashMap::new();
            for line in lines.iter().rev().filter(|line| !self.claimed.contains(line.id)) {
                // It was shown as a part of another row only.
                if key::whole_of(&line.row_key).is_some() {
                    continue;
                }
                free.entry(super::others::beginning(&line.row_key)).or_default().push(line.id);
            }
            for (index, of_day) in rows {
                let Some(line) = free.get_mut(of_day.as_str()).and_then(Vec::pop) else { continue };
                self.claimed.insert(line);
                self.matched.decisions[*index] = Decision::Duplicate { line, by: Known::Edited };
            }
        }
        Ok(())
    }
}

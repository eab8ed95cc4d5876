//! The rows that rules make of the records of a file, as both passes see them.

use std::collections::VecDeque;
use std::io::{self, Read};

use super::super::super::Rejected;
use super::super::super::csv::records::{Record, Records};
use super::row::{Outcome, RowMaker, RuledRow, Settled};
use super::rules::Rules;

/// What one row is.
#[derive(Debug)]
pub enum Found {
    /// A row of an account.
    Row(Box<RuledRow>),
    /// What cannot be read.
    Rejected(Rejected),
}

/// Reads rows one at a time.
pub struct Reader<'r, R> {
    records: Records<R>,
    maker: RowMaker<'r>,
    record: Record,
    to_skip: u32,
    is_done: bool,
    balances: u64,
    queue: VecDeque<RuledRow>,
}

impl<'r, R: Read> Reader<'r, R> {
    /// The rows of these records.
    pub fn new(records: Records<R>, rules: &'r Rules, settled: &'r Settled) -> Self {
        Reader {
            records,
            maker: RowMaker::new(rules, settled),
            record: Record::default(),
            to_skip: 0,
            is_done: false,
            balances: 0,
            queue: VecDeque::new(),
        }
    }

    /// What was passed over so far.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = self.maker.passed.row_notes();
        if self.balances > 0 {
            let s = if self.balances == 1 { " with only a balance is" } else { "s with only a balance are" };
            notes.push(format!("{} row{s} left out", self.balances));
        }
        notes
    }

    /// Reads the next row; none at the end.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn read(&mut self) -> io::Result<Option<Found>> {
        loop {
            if let Some(row) = self.queue.pop_front() {
                return Ok(Some(Found::Row(Box::new(row))));
            }
            if self.is_done || !self.records.read(&mut self.record)? {
                return Ok(None);
            }
            if self.to_skip > 0 {
                self.to_skip -= 1;
                continue;
            }
            match self.maker.outcome(&self.record) {
                Outcome::Rows(rows) => self.queue.extend(rows),
                Outcome::OnlyBalance => self.balances += 1,
                Outcome::Skip(more) => self.to_skip = more,
                Outcome::End => self.is_done = true,
                Outcome::Rejected(reason) => {
                    let (line, text) = (self.record.line, self.record.raw.clone());
                    return Ok(Some(Found::Rejected(Rejected { line, text, reason })));
                }
            }
        }
    }
}

//! Holds back a day's entries from the first part of a split on, since the programs write other transactions of the
//! day between the parts: Actual sorts all parts behind, Firefly III all second parts behind all first ones.
//!
//! What is held is bounded, so that memory stays flat; a day beyond that is put together piece by piece.

use chrono::NaiveDate;

use super::super::Row;
use super::entry::Entry;

/// So much of one day is looked at together.
const MOST_SLOTS: usize = 4096;
const MOST_BYTES: usize = 1 << 20;

/// What a record became so far.
#[derive(Debug)]
pub enum Slot {
    /// A row, whatever comes.
    Row(Row),
    /// An entry that may be joined with others.
    Entry(Entry),
}

/// The entries of a day, in the file's order.
#[derive(Debug, Default)]
pub struct Window {
    slots: Vec<Slot>,
    bytes: usize,
    day: Option<NaiveDate>,
}

impl Window {
    /// Whether this entry has to wait until all that is held has gone: it is of another day, or there is no more room.
    pub fn is_over(&self, entry: &Entry) -> bool {
        self.is_full() || self.day.is_some_and(|day| day != entry.date)
    }

    /// Whether nothing is held.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// Holds an entry.
    pub fn push(&mut self, entry: Entry) {
        self.day = Some(entry.date);
        self.bytes += entry.raw.len();
        self.slots.push(Slot::Entry(entry));
    }

    /// Holds a row that cannot be read, in its place.
    pub fn push_row(&mut self, row: Row) {
        if let Row::Rejected(rejected) = &row {
            self.bytes += rejected.text.len();
        }
        self.slots.push(Slot::Row(row));
    }

    /// Whether there is no room for more, whatever it is.
    pub fn is_full(&self) -> bool {
        self.slots.len() >= MOST_SLOTS || self.bytes >= MOST_BYTES
    }

    /// Everything that was held.
    pub fn take(&mut self) -> Vec<Slot> {
        self.bytes = 0;
        self.day = None;
        std::mem::take(&mut self.slots)
    }
}

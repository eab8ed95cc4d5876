//! The statements of a file and their entries, in its order: what both passes read.
//!
//! A statement goes from `:20:` to its closing balance. `fields` gives the fields, `row` makes an entry of them, and
//! `check` holds what the statement says of itself, for `survey`. One entry is held in memory.

use std::collections::VecDeque;
use std::io::{self, Read};

use super::super::Row;
use super::super::text::Lines;
use super::account;
use super::check::{Stated, Summary};
use super::fields::{Field, Fields, Tag};
use super::row::Record;

/// What comes next in a file.
#[derive(Debug)]
pub enum Item {
    /// An entry, or one that cannot be read.
    Row(Box<Row>),
    /// A statement whose entries have all come.
    Statement(Box<Summary>),
}

/// Reads the items of a file.
pub struct Items<'a, R> {
    fields: Fields<R>,
    field: Field,
    /// The currency of statements that state none.
    currency: Option<&'a str>,
    statement: Summary,
    /// How many came before it.
    before: u32,
    entry: Option<Record>,
    ready: VecDeque<Item>,
    is_at_end: bool,
}

impl<'a, R: Read> Items<'a, R> {
    /// The items in these lines; `currency` is what the user says of statements that state none.
    pub fn new(lines: Lines<R>, currency: Option<&'a str>) -> Self {
        Items {
            fields: Fields::new(lines),
            field: Field::default(),
            currency,
            statement: Summary::default(),
            before: 0,
            entry: None,
            ready: VecDeque::new(),
            is_at_end: false,
        }
    }

    /// Takes in the field that was read.
    fn take(&mut self) {
        match self.field.tag {
            Tag::Entry => {
                self.finish_entry();
                self.entry = Some(Record::new(&self.field));
                return;
            }
            Tag::Details => {
                // Behind a balance it is about the statement as a whole.
                if let Some(entry) = &mut self.entry {
                    entry.push(&self.field);
                }
                return;
            }
            _ => self.finish_entry(),
        }
        self.renew();
        let text = self.field.first_line();
        match self.field.tag {
            Tag::Account => self.statement.name(account::read(text)),
            Tag::Number => self.statement.number(text),
            Tag::Opening => self.statement.open(Stated::read(text)),
            Tag::Closing => self.statement.close(Stated::read(text), true),
            Tag::PageEnd => self.statement.close(Stated::read(text), false),
            _ => {}
        }
    }

    /// Begins another statement, where the field does. Some banks write a message of one account with several.
    fn renew(&mut self) {
        let is_closed = self.statement.is_closed();
        match self.field.tag {
            Tag::Reference => self.finish_statement(),
            Tag::Account if is_closed => self.finish_statement(),
            // A dash alone may be text; behind the closing balance it is the message's end.
            Tag::Edge if is_closed => self.finish_statement(),
            Tag::Number | Tag::Opening if is_closed => {
                let next = self.statement.sequel();
                self.finish_statement();
                self.statement = next;
            }
            _ => {}
        }
    }

    fn finish_entry(&mut self) {
        let Some(entry) = self.entry.take() else { return };
        let currency = self.statement.currency().or(self.currency);
        let row = entry.row(self.statement.account(), currency, self.before);
        self.statement.count(&row);
        self.ready.push_back(Item::Row(Box::new(row)));
    }

    fn finish_statement(&mut self) {
        let summary = std::mem::take(&mut self.statement);
        if !summary.is_blank() {
            self.before = self.before.saturating_add(1);
            self.ready.push_back(Item::Statement(Box::new(summary)));
        }
    }
}

impl<R: Read> Iterator for Items<'_, R> {
    type Item = io::Result<Item>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(Ok(item));
            }
            if self.is_at_end {
                return None;
            }
            match self.fields.read(&mut self.field) {
                Ok(true) => self.take(),
                Ok(false) => {
                    self.is_at_end = true;
                    self.finish_entry();
                    self.finish_statement();
                }
                Err(error) => {
                    self.is_at_end = true;
                    return Some(Err(error));
                }
            }
        }
    }
}

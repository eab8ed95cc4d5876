//! The rows of a file, one after the other: what both `survey` and `rows` walk.

use std::collections::VecDeque;
use std::io::{self, Read};

use super::super::csv::records::{Flaw, Record, Records};
use super::super::text::currency;
use super::super::{Rejected, Row};
use super::entry::Entry;
use super::fields::Fields;
use super::header::Header;
use super::left_out::LeftOut;
use super::program::Program;
use super::reading::Reading;
use super::window::Window;
use super::{actual, firefly, join, mint, ynab};

/// Reads rows.
pub struct Reader<'a, R> {
    records: Records<R>,
    record: Record,
    header: &'a Header,
    reading: &'a Reading,
    window: Window,
    ready: VecDeque<Row>,
    is_begun: bool,
    left_out: LeftOut,
}

impl<'a, R: Read> Reader<'a, R> {
    /// The rows of these records, of which the first is the header.
    pub fn new(records: Records<R>, header: &'a Header, reading: &'a Reading) -> Self {
        Reader {
            records,
            record: Record::default(),
            header,
            reading,
            window: Window::default(),
            ready: VecDeque::new(),
            is_begun: false,
            left_out: LeftOut::default(),
        }
    }

    /// What was not taken over so far.
    pub fn left_out(&self) -> &LeftOut {
        &self.left_out
    }

    /// The next row; none at the end of the file.
    pub fn read(&mut self) -> io::Result<Option<Row>> {
        while self.ready.is_empty() {
            if !self.records.read(&mut self.record)? {
                self.let_go();
                break;
            }
            if std::mem::replace(&mut self.is_begun, true) {
                self.take();
            }
        }
        Ok(self.ready.pop_front())
    }

    /// Takes in the record that was read.
    fn take(&mut self) {
        let fields = Fields::new(&self.header.columns, &self.record.fields);
        let read = match fault(&self.record, &fields) {
            Some(reason) => Err(reason),
            None if fields.are_blank() => return,
            None => entries(self.header.program, &fields, self.reading, &mut self.left_out),
        };
        match read {
            Ok(entries) => entries.into_iter().for_each(|entry| self.push(entry)),
            Err(reason) => self.push_rejected(reason),
        }
    }

    fn push(&mut self, entry: Entry) {
        let currency = currency::plainest([entry.currency, self.reading.currency.clone()]);
        let entry = Entry { line: self.record.line, raw: self.record.raw.clone(), currency, ..entry };
        if self.window.is_over(&entry) {
            self.let_go();
        }
        if entry.split.is_none() && self.window.is_empty() {
            self.ready.push_back(Row::Line(entry.into_line()));
        } else {
            self.window.push(entry);
        }
    }

    fn push_rejected(&mut self, reason: String) {
        let row = Row::Rejected(Rejected { line: self.record.line, text: self.record.raw.clone(), reason });
        if self.window.is_full() {
            self.let_go();
        }
        if self.window.is_empty() { self.ready.push_back(row) } else { self.window.push_row(row) }
    }

    fn let_go(&mut self) {
        self.ready.extend(join::rows(self.header.program, self.window.take(), &mut self.left_out));
    }
}

/// Why the record cannot be read, by its shape.
pub fn fault(record: &Record, fields: &Fields<'_>) -> Option<String> {
    match record.flaw {
        Some(Flaw::OpenQuote) => Some("a quote opens a field and does not close it".to_owned()),
        Some(Flaw::TooLong) => Some("the line is too long for a row".to_owned()),
        None => fields.misfit(),
    }
}

fn entries(
    program: Program,
    fields: &Fields<'_>,
    reading: &Reading,
    left_out: &mut LeftOut,
) -> Result<Vec<Entry>, String> {
    match program {
        Program::Ynab => ynab::read(fields, reading, left_out).map(|entry| vec![entry]),
        Program::Actual => actual::read(fields, reading, left_out).map(|entry| vec![entry]),
        Program::Mint => mint::read(fields, reading, left_out).map(|entry| vec![entry]),
        Program::Firefly => firefly::read(fields, reading, left_out),
    }
}

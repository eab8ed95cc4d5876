//! The second pass: each record becomes a statement line or is rejected with its reason.
//!
//! Everything that needs more than one row was settled by `survey`, and `row` reads each on its own;
//! here lines of text that go on from the row before are joined to it.

use std::io::{self, Read};

use super::super::text::amounts::Side;
use super::super::{FileLine, Rejected, Row};
use super::cells::{Kind, Reading, cell};
use super::layout::Layout;
use super::phrases::Booking;
use super::records::{Record, Records, is_blank};
use super::row::RowReader;
use super::seen::Remembered;

/// The rows of a file, in its order.
pub struct Rows<'a, R> {
    records: Records<R>,
    layout: &'a Layout,
    record: Record,
    /// The row read last: the next line may go on with it.
    held: Option<FileLine>,
    /// A rejected row that comes behind the held one.
    next: Option<Row>,
    bookings: Remembered<Booking>,
    sides: Remembered<Option<Side>>,
}

/// What one record gives.
enum Outcome {
    Line(FileLine),
    Rejected(Rejected),
    Continuation,
    LeftOut,
}

impl<'a, R: Read> Rows<'a, R> {
    /// The rows of these records as the layout of the same file says.
    pub fn new(records: Records<R>, layout: &'a Layout) -> Self {
        Rows {
            records,
            layout,
            record: Record::default(),
            held: None,
            next: None,
            bookings: Remembered::default(),
            sides: Remembered::default(),
        }
    }

    fn outcome(&mut self) -> Outcome {
        let (layout, record) = (self.layout, &self.record);
        let reading = Reading::of(&record.fields, &layout.columns);
        match reading.kind(record, &layout.columns) {
            Kind::Row => {}
            Kind::Continuation => return Outcome::Continuation,
            Kind::UndatedPending | Kind::Balance | Kind::NoRow => return Outcome::LeftOut,
        }
        let status = layout.columns.status.map(|column| cell(&record.fields, column));
        let columns = &layout.columns;
        let booking =
            status.map_or(Booking::Booked, |text| self.bookings.answer(text, |text| columns.booking(text)));
        if booking == Booking::Void {
            return Outcome::LeftOut;
        }
        let flagged =
            layout.directions.flag.as_ref().and_then(|flag| match cell(&record.fields, flag.column) {
                "" => flag.blank,
                word => self.sides.answer(word, |word| layout.words.side(word)),
            });
        let row = RowReader { layout, record, reading, flagged, is_pending: booking == Booking::Pending };
        match row.line() {
            Ok(line) => Outcome::Line(line),
            Err(reason) => {
                Outcome::Rejected(Rejected { line: record.line, text: record.raw.clone(), reason })
            }
        }
    }

    /// Takes in one outcome; the row that is complete by it, if any.
    fn take(&mut self, outcome: Outcome) -> Option<Row> {
        match outcome {
            Outcome::Line(line) => self.held.replace(line).map(Row::Line),
            Outcome::LeftOut => self.held.take().map(Row::Line),
            Outcome::Continuation => {
                if let Some(held) = &mut self.held {
                    go_on(held, &self.record);
                }
                None
            }
            Outcome::Rejected(rejected) => {
                let rejected = Row::Rejected(rejected);
                let Some(held) = self.held.take() else { return Some(rejected) };
                self.next = Some(rejected);
                Some(Row::Line(held))
            }
        }
    }
}

impl<R: Read> Iterator for Rows<'_, R> {
    type Item = io::Result<Row>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(row) = self.next.take() {
            return Some(Ok(row));
        }
        loop {
            match self.records.read(&mut self.record) {
                Err(error) => return Some(Err(error)),
                Ok(false) => return self.held.take().map(|line| Ok(Row::Line(line))),
                Ok(true) => {
                    let outcome = self.outcome();
                    if let Some(row) = self.take(outcome) {
                        return Some(Ok(row));
                    }
                }
            }
        }
    }
}

/// A row may go on over so many bytes; more are not its text.
const MOST_TEXT: usize = 64 * 1024;

/// Adds the texts of a further line to a row.
fn go_on(line: &mut FileLine, record: &Record) {
    if line.raw.len() + record.raw.len() > MOST_TEXT {
        return;
    }
    let memo = line.memo.get_or_insert_default();
    for text in record.fields.iter().map(str::trim).filter(|text| !is_blank(text)) {
        if !memo.is_empty() {
            memo.push(' ');
        }
        memo.push_str(text);
    }
    line.raw.push('\n');
    line.raw.push_str(&record.raw);
}

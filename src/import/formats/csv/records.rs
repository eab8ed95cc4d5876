//! Records put together from lines, and split into fields.
//!
//! The `csv` crate's record holds the fields, but not its reader: that one keeps no raw text, counts
//! lines from the end of the record before, and lets one stray quote swallow the rest of the file.
//! Here a quote that never closes costs its own line, and the lines behind it are read as if nothing
//! had been. Quotes are taken as banks write them, see `Splitter`.

use std::collections::VecDeque;
use std::io::{self, Read};

use csv::StringRecord;

use super::super::text::dates;
use super::super::text::{LineEnd, Lines};
use super::splitter::Splitter;

/// A quoted field may go on for so many lines and bytes; beyond, its quote counts as a stray one.
const MAX_LINES: usize = 100;
const MAX_BYTES: usize = 64 * 1024;

/// Why the text of a record cannot be split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// A quote opens a field and does not close it.
    OpenQuote,
    /// The line is longer than any row.
    TooLong,
}

impl Flaw {
    /// The reason for which the record is rejected.
    pub fn reason(self) -> &'static str {
        match self {
            Flaw::OpenQuote => "a quote opens a field and never closes it",
            Flaw::TooLong => "the line is too long for a row",
        }
    }
}

/// One record; kept and filled again for the next.
#[derive(Debug, Default)]
pub struct Record {
    /// The 1-based physical line at which it starts.
    pub line: u64,
    /// Its text without line end.
    pub raw: String,
    /// Its fields, unquoted; no use where there is a flaw.
    pub fields: StringRecord,
    /// What is wrong with it, if anything.
    pub flaw: Option<Flaw>,
    /// Whether the file ends in it, without a line end.
    pub is_last: bool,
}

/// Reads records one at a time; blank lines are none.
pub struct Records<R> {
    lines: Lines<R>,
    /// Lines that were taken for the rest of a quoted field and were not.
    replay: VecDeque<(String, u64, LineEnd)>,
    delimiter: u8,
    splitter: Splitter,
    width: usize,
    more: String,
    taken: Vec<(u64, LineEnd)>,
    /// How many records at the end are left out, and those that wait to be told from them.
    footer: usize,
    waiting: VecDeque<Record>,
}

impl<R: Read> Records<R> {
    /// Records with this delimiter; one of several lines with fewer than `width` fields is not believed.
    pub fn new(lines: Lines<R>, delimiter: u8, width: usize) -> Self {
        Records {
            lines,
            replay: VecDeque::new(),
            delimiter,
            splitter: Splitter::new(delimiter),
            width,
            more: String::new(),
            taken: Vec::new(),
            footer: 0,
            waiting: VecDeque::new(),
        }
    }

    /// The same without so many records at the end.
    pub fn without_last(self, footer: usize) -> Self {
        Records { footer, ..self }
    }

    /// Reads the next record into `record`; false at the end of the file.
    pub fn read(&mut self, record: &mut Record) -> io::Result<bool> {
        if self.footer == 0 {
            return self.read_any(record);
        }
        while self.waiting.len() <= self.footer {
            let mut next = Record::default();
            if !self.read_any(&mut next)? {
                return Ok(false);
            }
            self.waiting.push_back(next);
        }
        if let Some(first) = self.waiting.pop_front() {
            *record = first;
        }
        Ok(true)
    }

    fn read_any(&mut self, record: &mut Record) -> io::Result<bool> {
        loop {
            record.raw.clear();
            let Some((line, end)) = self.read_line(&mut record.raw)? else { return Ok(false) };
            if !is_blank(&record.raw) {
                record.line = line;
                record.is_last = end.is_last;
                record.flaw = end.is_cut.then_some(Flaw::TooLong);
                if record.flaw.is_none() {
                    self.split(record)?;
                }
                return Ok(true);
            }
        }
    }

    fn read_line(&mut self, out: &mut String) -> io::Result<Option<(u64, LineEnd)>> {
        if let Some((text, line, end)) = self.replay.pop_front() {
            out.push_str(&text);
            return Ok(Some((line, end)));
        }
        let end = self.lines.read(out)?;
        Ok(end.map(|end| (self.lines.number(), end)))
    }

    /// Splits the record's line, and takes in lines while a quote is open.
    fn split(&mut self, record: &mut Record) -> io::Result<()> {
        let first = record.raw.len();
        self.taken.clear();
        self.splitter.begin(&mut record.fields);
        let mut is_whole = self.splitter.go_on(&record.raw, &mut record.fields);
        while !is_whole && self.take_line(record)? {
            is_whole = self.splitter.go_on(&record.raw, &mut record.fields);
        }
        let is_short = record.fields.len() < self.width;
        let is_joined = !self.taken.is_empty();
        let is_doubtful = (self.splitter.has_bare_quote && (is_short || is_joined))
            || (is_joined && (is_short || self.has_row_inside(&record.raw)));
        if !is_whole || is_doubtful {
            self.give_back(record, first);
            record.flaw = Some(Flaw::OpenQuote);
        } else if let Some((_, end)) = self.taken.last() {
            record.is_last = end.is_last;
        }
        Ok(())
    }

    /// Whether a line within the record is a row by itself: two stray quotes can enclose whole rows.
    fn has_row_inside(&self, raw: &str) -> bool {
        let mut splitter = Splitter::new(self.delimiter);
        let mut fields = StringRecord::new();
        raw.split('\n').skip(1).any(|line| {
            splitter.begin(&mut fields);
            let is_whole = splitter.go_on(line, &mut fields);
            is_whole && fields.len() >= self.width && fields.iter().any(|text| dates::read(text).is_some())
        })
    }

    fn take_line(&mut self, record: &mut Record) -> io::Result<bool> {
        if self.taken.len() >= MAX_LINES || record.raw.len() >= MAX_BYTES {
            return Ok(false);
        }
        let mut more = std::mem::take(&mut self.more);
        more.clear();
        let read = self.read_line(&mut more)?;
        if let Some(taken) = read {
            record.raw.push('\n');
            record.raw.push_str(&more);
            self.taken.push(taken);
        }
        self.more = more;
        Ok(read.is_some_and(|(_, end)| !end.is_cut))
    }

    /// Leaves the record its first line; the others are read again, as lines of their own.
    fn give_back(&mut self, record: &mut Record, first: usize) {
        let rest = record.raw.get(first + 1..).unwrap_or_default();
        let lines: Vec<_> = rest.split('\n').zip(&self.taken).collect();
        for (text, (line, end)) in lines.into_iter().rev() {
            self.replay.push_front((text.to_owned(), *line, *end));
        }
        record.raw.truncate(first);
    }
}

/// Whether a line or cell has nothing to read in it: blanks, the NULs of a padded file, DOS's end mark.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '\0' | '\x1a' | '\u{feff}'))
}

#[cfg(test)]
mod tests {
    use encoding_rs::UTF_8;

    use super::*;

    fn records(text: &str, width: usize) -> Vec<(u64, Vec<String>, Option<Flaw>)> {
        let mut records = Records::new(Lines::new(text.as_bytes(), UTF_8, 0), b',', width);
        let mut record = Record::default();
        let mut all = Vec::new();
        while records.read(&mut record).unwrap() {
            all.push((record.line, record.fields.iter().map(str::to_owned).collect(), record.flaw));
        }
        all
    }

    #[test]
    fn a_quoted_field_goes_over_lines() {
        let all = records("h,i\n\n1,\"a\nb\"\n2,c\n", 2);
        assert_eq!(all.iter().map(|r| r.0).collect::<Vec<_>>(), [1, 3, 5]);
        assert_eq!(all[1].1, ["1", "a\nb"]);
    }

    #[test]
    fn records_at_the_end_may_be_left_out() {
        for (footer, expected) in [(0, "abc"), (1, "ab"), (3, ""), (9, "")] {
            let lines = Lines::new("a,1\nb,2\n\nc,3\n".as_bytes(), UTF_8, 0);
            let mut records = Records::new(lines, b',', 2).without_last(footer);
            let mut record = Record::default();
            let mut seen = String::new();
            while records.read(&mut record).unwrap() {
                seen.push_str(&record.fields[0]);
            }
            assert_eq!(seen, expected, "{footer}");
        }
    }

    #[test]
    fn a_stray_quote_costs_its_own_line() {
        for text in ["1,\"a\n2,b\n3,c", "1,\"a\n\"2\",\"b\"\n\"3\",\"c\"", "1,x,\"a\n2,\"b\",y\n3,c"] {
            let all = records(text, 2);
            assert_eq!(all.len(), 3, "{text}");
            assert_eq!(all[0].2, Some(Flaw::OpenQuote), "{text}");
            assert_eq!((all[1].0, all[1].2), (2, None), "{text}");
            assert_eq!((all[2].0, &all[2].1[1][..]), (3, "c"), "{text}");
        }
    }
}

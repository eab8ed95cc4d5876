//! Records and headers as they stand: lines up to `^`, and lines that begin with `!`.
//!
//! Blank lines and comments (`#`) are passed over. What a header or a letter means is left to `section` and `fields`.
//! One record is held in memory, never more.

use std::io::{self, Read};

use super::super::text::Lines;

/// A longer record is cut off here and rejected: memory stays flat.
pub const MAX_RECORD: usize = 1 << 20;

/// One record, or the header of a section.
#[derive(Debug, Default)]
pub struct Record {
    /// The 1-based physical line at which it starts.
    pub line: u64,
    /// Its lines without the `^`, without blanks around them, parted by `\n`.
    pub raw: String,
    /// Whether its `^` is there.
    pub is_closed: bool,
    /// Whether the file ends inside of its last line.
    pub is_torn: bool,
    /// Whether it was longer than any record may be.
    pub is_cut: bool,
}

impl Record {
    /// The header's text behind `!`; none for a record.
    pub fn header(&self) -> Option<&str> {
        self.raw.strip_prefix('!')
    }

    /// Adds a line; of one that is too long a part.
    fn push(&mut self, line: &str) {
        if self.raw.len() >= MAX_RECORD {
            self.is_cut = true;
            return;
        }
        if !self.raw.is_empty() {
            self.raw.push('\n');
        }
        let room = MAX_RECORD.saturating_sub(self.raw.len());
        let kept = &line[..line.floor_char_boundary(room)];
        self.raw.push_str(kept);
        self.is_cut |= kept.len() < line.len();
    }
}

/// Reads records and headers one at a time.
pub struct Records<R> {
    lines: Lines<R>,
    line: String,
    /// Whether the line was read already: a header ends the record before it.
    is_held: bool,
}

impl<R: Read> Records<R> {
    /// The records of these lines.
    pub fn new(lines: Lines<R>) -> Self {
        Records { lines, line: String::new(), is_held: false }
    }

    /// Reads the next record or header; false at the end of the file. A `^` with nothing before it is none.
    pub fn read(&mut self, record: &mut Record) -> io::Result<bool> {
        *record = Record { raw: std::mem::take(&mut record.raw), ..Record::default() };
        record.raw.clear();
        loop {
            if !self.next_line(record)? {
                return Ok(!record.raw.is_empty());
            }
            let line = self.line.trim_matches(|c: char| c.is_whitespace() || c == '\0' || c == '\u{feff}');
            let is_empty = record.raw.is_empty();
            match line.as_bytes().first() {
                None | Some(b'#') => {}
                Some(b'^') if is_empty => {}
                Some(b'^') => {
                    record.is_closed = true;
                    return Ok(true);
                }
                Some(b'!') if !is_empty => {
                    self.is_held = true;
                    return Ok(true);
                }
                Some(first) => {
                    if is_empty {
                        record.line = self.lines.number();
                    }
                    let is_header = *first == b'!';
                    record.push(line);
                    if is_header {
                        return Ok(true);
                    }
                }
            }
        }
    }

    fn next_line(&mut self, record: &mut Record) -> io::Result<bool> {
        if std::mem::take(&mut self.is_held) {
            return Ok(true);
        }
        self.line.clear();
        let end = self.lines.read(&mut self.line)?;
        record.is_cut |= end.is_some_and(|end| end.is_cut);
        record.is_torn = end.map_or(record.is_torn, |end| end.is_last);
        Ok(end.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str) -> Vec<(u64, String, bool)> {
        let mut records = Records::new(Lines::new(text.as_bytes(), encoding_rs::UTF_8, 0));
        let (mut record, mut all) = (Record::default(), Vec::new());
        while records.read(&mut record).unwrap() {
            all.push((record.line, record.raw.clone(), record.is_closed));
        }
        all
    }

    #[test]
    fn carets_and_headers_end_records() {
        let text = "# made\n\n!Type:Bank\n D1\n#x\n\nT2 \n^\n^\nD3\n!Type:Cat\nNx\n^junk\nD4";
        let expected = [
            (3, "!Type:Bank", false),
            (4, "D1\nT2", true),
            (10, "D3", false),
            (11, "!Type:Cat", false),
            (12, "Nx", true),
            (14, "D4", false),
        ];
        assert_eq!(records(text), expected.map(|(line, text, is_closed)| (line, text.to_owned(), is_closed)));
        assert_eq!(records(""), []);
    }

    #[test]
    fn a_record_without_end_is_cut() {
        let text = "D1\n".repeat(600_000) + "^\nD2\n^";
        let mut records = Records::new(Lines::new(text.as_bytes(), encoding_rs::UTF_8, 0));
        let mut record = Record::default();
        assert!(records.read(&mut record).unwrap() && record.is_cut && record.raw.len() <= MAX_RECORD + 1);
        assert!(records.read(&mut record).unwrap() && !record.is_cut && record.raw == "D2");
    }
}

//! Long files: streamed with a buffer of a record's size, in time that grows with their length.

use std::io::{self, Read, Seek, SeekFrom};
use std::time::Instant;

use super::super::scanner::MAX_LENGTH;
use super::*;

/// A file that is made while it is read: a head, so many times a row, a tail.
struct Generated {
    parts: [Vec<u8>; 3],
    count: u64,
    at: u64,
    /// How far it was read since it was set to its beginning.
    read: u64,
}

impl Generated {
    fn new(head: &str, row: &str, count: u64, tail: &str) -> Generated {
        Generated { parts: [head, row, tail].map(|part| part.as_bytes().to_vec()), count, at: 0, read: 0 }
    }

    /// The part at a place and how far into it that is.
    fn part(&self, at: u64) -> Option<(&[u8], usize)> {
        let [head, row, tail] = &self.parts;
        let rows = row.len() as u64 * self.count;
        match at.checked_sub(head.len() as u64) {
            None => Some((head, at as usize)),
            Some(at) if at < rows => Some((row, (at % row.len() as u64) as usize)),
            Some(at) if at - rows < tail.len() as u64 => Some((tail, (at - rows) as usize)),
            Some(_) => None,
        }
    }
}

impl Read for Generated {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while let Some((part, from)) = self.part(self.at)
            && filled < buffer.len()
        {
            let length = (part.len() - from).min(buffer.len() - filled);
            buffer[filled..filled + length].copy_from_slice(&part[from..from + length]);
            filled += length;
            self.at += length as u64;
        }
        self.read = self.read.max(self.at);
        Ok(filled)
    }
}

impl Seek for Generated {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let SeekFrom::Start(at) = to else { return Err(io::ErrorKind::Unsupported.into()) };
        (self.at, self.read) = (at, at);
        Ok(at)
    }
}

fn generated(count: u64) -> Generated {
    let text = file("@");
    let (head, tail) = text.split_once('@').unwrap();
    let row = row("20260301120000[-5:EST]", "-5.25", "<FITID>2026030112345<NAME>SOME SHOP &amp; CO")
        .replace('\n', "");
    Generated::new(head, &row, count, tail)
}

#[test]
fn a_long_file_in_one_line_is_streamed() {
    const COUNT: u64 = 20_000;
    let mut input = generated(COUNT);
    let statement = survey(&mut input, &Options::default()).unwrap();
    assert_eq!(statement.facts().row_count, COUNT);
    let mut rows = statement.rows(&mut input).unwrap();
    let first = rows.next().unwrap().unwrap();
    assert!(matches!(first, Row::Line(line) if line.line == 4));
    drop(rows);
    assert!(input.read < 300_000, "{} bytes were read for the first row", input.read);
    assert_eq!(statement.rows(&mut input).unwrap().count() as u64, COUNT);
}

/// Holds the time of a text against that of one four times as long: were it the square, it would be far more. The
/// bounds are wide, as other tests run beside.
fn is_linear(make: impl Fn(usize) -> Vec<u8>) {
    let time = |length: usize| {
        let bytes = make(length);
        let start = Instant::now();
        let _ = try_read(&bytes, &Options::default());
        start.elapsed().as_micros().max(20_000)
    };
    let (short, long) = (time(1 << 17), time(1 << 19));
    assert!(long < short * 40, "{short} µs, and {long} µs for four times as much");
}

#[test]
fn odd_files_take_no_longer_than_they_are() {
    for piece in [
        "<",
        "<!--",
        "<![CDATA[",
        "<?",
        "<a ",
        "&",
        "<STMTTRN>",
        "<MEMO>a",
        "\r",
        "</OFX>",
        "<STMTTRN><MEMO>a",
        "x",
    ] {
        is_linear(|length| {
            ["<OFX><STMTRS><STMTTRN><MEMO>", &piece.repeat(length / piece.len())].concat().into_bytes()
        });
    }
    is_linear(|length| {
        let account = |n| format!("<STMTRS><CURDEF>{n}<BANKACCTFROM><ACCTID>{n}</BANKACCTFROM></STMTRS>");
        ["<OFX>", &(0..length / 70).map(account).collect::<String>()].concat().into_bytes()
    });
}

#[test]
fn a_row_that_never_ends_is_one_rejected_row() {
    let long = |fields: &str| "<STMTTRN><DTPOSTED>20260301<TRNAMT>1.00".to_owned() + fields + "</STMTTRN>\n";
    let texts = [
        long(&format!("<MEMO>{}", "x".repeat(3 * MAX_LENGTH))),
        long(&"<MEMO>abc".repeat(MAX_LENGTH / 4)),
        long(&format!("<MEMO>{}", "<![CDATA[x]]>".repeat(MAX_LENGTH / 4))),
    ];
    for text in texts {
        let outcome = read(&file(&(text + &row("20260302", "2.00", ""))));
        assert_eq!(reasons(&outcome), ["4: it is too long for a row"]);
        assert_eq!(shown(&outcome), ["2026-03-02 2.00 -"]);
        assert!(outcome.rejected[0].text.len() <= MAX_LENGTH);
    }
}

#[test]
fn more_accounts_than_a_statement_has_are_refused() {
    let account = |n| format!("<STMTRS><BANKACCTFROM><ACCTID>{n}</BANKACCTFROM></STMTRS>");
    let text = format!("<OFX>{}</OFX>", (0..50_001).map(account).collect::<String>());
    let message = "the file has more than 50000 accounts and balances";
    assert_eq!(refused(&text, &Options::default()).message, message);
}

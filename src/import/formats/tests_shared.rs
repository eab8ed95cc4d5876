//! What the tests of formats have in common: both passes over a file, changes that break one, files of any size, and
//! what holds for every outcome. What is in a file, and what of it is to come out, is each format's own.

use std::io::{self, Read, Seek, SeekFrom};

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::{Facts, FileLine, ReadSeek, Rejected, Row, Rows, Statement, SurveyError};
use crate::domain::invalid::Invalid;

/// What came of a file.
#[derive(Debug)]
pub struct Outcome {
    pub facts: Facts,
    pub lines: Vec<FileLine>,
    pub rejected: Vec<Rejected>,
}

impl Outcome {
    /// Both passes over a file that was surveyed.
    pub fn of(statement: &dyn Statement, input: &mut dyn ReadSeek) -> Result<Outcome, SurveyError> {
        let (lines, rejected) = sorted_out(statement.rows(input)?)?;
        Ok(Outcome { facts: statement.facts().clone(), lines, rejected })
    }
}

/// Rows that were read, and those that were not.
pub fn sorted_out(rows: Rows<'_>) -> io::Result<(Vec<FileLine>, Vec<Rejected>)> {
    let (mut lines, mut rejected) = (Vec::new(), Vec::new());
    for row in rows {
        match row? {
            Row::Line(line) => lines.push(line),
            Row::Rejected(row) => rejected.push(row),
        }
    }
    Ok((lines, rejected))
}

/// The rejected rows as `line: reason`.
pub fn reasons(outcome: &Outcome) -> Vec<String> {
    reasons_of(&outcome.rejected)
}

/// The same of rejected rows alone.
pub fn reasons_of(rejected: &[Rejected]) -> Vec<String> {
    rejected.iter().map(|row| format!("{}: {}", row.line, row.reason)).collect()
}

/// Why a file is not read.
pub fn invalid_of<T>(read: Result<T, SurveyError>) -> Invalid {
    match read {
        Err(SurveyError::Invalid(invalid)) => invalid,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("the file is read"),
    }
}

/// What has to be asked of a file.
pub fn open_of<T>(read: Result<T, SurveyError>) -> Invalid {
    match read {
        Err(SurveyError::Open(invalid)) => invalid,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("the file is read"),
    }
}

/// One change to the bytes of a file.
#[derive(Clone, Debug)]
pub enum Change {
    Set(usize, u8),
    Insert(usize, &'static [u8]),
    Remove(usize, usize),
    Repeat(usize, usize),
    Cut(usize),
}

/// Any change: `odd` are pieces that mean something in the format, `longest` is what is repeated at most.
pub fn change(odd: &'static [&'static [u8]], longest: usize) -> impl Strategy<Value = Change> {
    prop_oneof![
        (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        (any::<usize>(), prop::sample::select(odd)).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        (any::<usize>(), 0_usize..60).prop_map(|(at, length)| Change::Remove(at, length)),
        (any::<usize>(), 0..longest).prop_map(|(at, length)| Change::Repeat(at, length)),
        any::<usize>().prop_map(Change::Cut),
    ]
}

/// The bytes after these changes.
pub fn changed(mut bytes: Vec<u8>, changes: &[Change]) -> Vec<u8> {
    for change in changes {
        let length = bytes.len().max(1);
        let range = |at: usize, count: usize| at % length..(at % length + count).min(bytes.len());
        match change {
            Change::Set(at, byte) => bytes.iter_mut().skip(at % length).take(1).for_each(|b| *b = *byte),
            Change::Insert(at, inserted) => drop(bytes.splice(range(*at, 0), inserted.iter().copied())),
            Change::Remove(at, count) => drop(bytes.drain(range(*at, *count))),
            Change::Repeat(at, count) => {
                let piece = bytes[range(*at, *count)].to_vec();
                drop(bytes.splice(range(*at, 0), piece));
            }
            Change::Cut(at) => bytes.truncate(at % length),
        }
    }
    bytes
}

/// Both passes see the same number of rows, and each that is rejected says why.
pub fn assert_told(row_count: u64, lines: &[FileLine], rejected: &[Rejected]) {
    assert_eq!((lines.len() + rejected.len()) as u64, row_count);
    assert!(rejected.iter().all(|row| !row.reason.is_empty() && !row.reason.ends_with('.')));
}

/// Rows come in the order of the file, each from a line of its own.
pub fn assert_in_order(lines: &[FileLine], rejected: &[Rejected]) {
    assert!(lines.is_sorted_by(|a, b| a.line < b.line));
    assert!(rejected.is_sorted_by(|a, b| a.line < b.line));
}

/// No text of a row is blank or has blanks around it, and its parts sum to its amount.
pub fn assert_tidy(line: &FileLine) {
    let purpose = line.purpose.clone().unwrap_or_default();
    let own = [
        &line.payee,
        &line.memo,
        &line.bank_id,
        &line.account,
        &line.other_account,
        &line.currency,
        &purpose.payee,
    ];
    let of_parts = purpose.parts.iter().flat_map(|part| [&part.category, &part.memo, &part.other_account]);
    let mut texts = own.into_iter().chain(of_parts).flatten().chain(&purpose.tags);
    assert!(texts.all(|text| !text.trim().is_empty() && text.trim() == text), "{line:?}");
    let sum: Decimal = purpose.parts.iter().map(|part| part.amount).sum();
    assert!(purpose.parts.is_empty() || sum == line.amount, "{line:?}");
}

/// A great file that is made while it is read, a piece again and again between a head and a tail: what is kept of it
/// shows in no allocation of its size.
pub struct Made {
    parts: [Vec<u8>; 3],
    repeats: u64,
    at: u64,
}

impl Made {
    /// A file of these.
    pub fn new(head: &str, piece: &str, tail: &str, repeats: u64) -> Made {
        Made { parts: [head, piece, tail].map(|part| part.as_bytes().to_vec()), repeats, at: 0 }
    }

    /// How long it is.
    pub fn length(&self) -> u64 {
        let [head, piece, tail] = &self.parts;
        head.len() as u64 + piece.len() as u64 * self.repeats + tail.len() as u64
    }

    /// How far it was read.
    pub fn at(&self) -> u64 {
        self.at
    }
}

impl Read for Made {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let [head, piece, tail] = &self.parts;
        let middle = piece.len() as u64 * self.repeats;
        let rest = match self.at.checked_sub(head.len() as u64) {
            None => &head[self.at as usize..],
            Some(at) if at < middle => &piece[(at % piece.len() as u64) as usize..],
            Some(at) => &tail[((at - middle) as usize).min(tail.len())..],
        };
        let length = rest.len().min(buffer.len());
        buffer[..length].copy_from_slice(&rest[..length]);
        self.at += length as u64;
        Ok(length)
    }
}

impl Seek for Made {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let SeekFrom::Start(at) = to else { return Err(io::ErrorKind::Unsupported.into()) };
        self.at = at;
        Ok(at)
    }
}

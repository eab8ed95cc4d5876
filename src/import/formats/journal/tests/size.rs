//! Large files: read at flat memory and in linear time.

use std::io::{Read, Seek, SeekFrom};
use std::time::Instant;

use super::*;

/// A journal of many transactions that is made while it is read.
struct Generated {
    count: u64,
    entry: fn(u64) -> String,
    next: u64,
    rest: Vec<u8>,
    /// The most bytes that one read took.
    most: usize,
}

impl Generated {
    fn new(count: u64, entry: fn(u64) -> String) -> Self {
        Generated { count, entry, next: 0, rest: Vec::new(), most: 0 }
    }
}

impl Read for Generated {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.most = self.most.max(buffer.len());
        while self.rest.len() < buffer.len().min(8192) && self.next < self.count {
            self.rest.extend((self.entry)(self.next).into_bytes());
            self.next += 1;
        }
        let length = self.rest.len().min(buffer.len());
        buffer[..length].copy_from_slice(&self.rest[..length]);
        self.rest.drain(..length);
        Ok(length)
    }
}

impl Seek for Generated {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        assert_eq!(to, SeekFrom::Start(0), "only the beginning is gone back to");
        self.next = 0;
        self.rest.clear();
        Ok(0)
    }
}

fn plain(n: u64) -> String {
    format!(
        "2026-01-{:02} Shop {n}  ; kind:a\n  expenses:food  {}.50 EUR\n  assets:cash\n\n",
        n % 28 + 1,
        n % 90 + 1
    )
}

fn dated(n: u64) -> String {
    format!(
        "2026-01-{:02} * \"Shop {n}\" \"x\"\n  Expenses:Food  {}.50 EUR\n  Assets:Cash\n\n",
        n % 28 + 1,
        n % 90 + 1
    )
}

/// Reads all rows; the time it took, in milliseconds.
fn time(count: u64, dialect: Dialect) -> u128 {
    let start = Instant::now();
    let mut input = Generated::new(count, if dialect == Dialect::Beancount { dated } else { plain });
    let journal = survey(&mut input, &Options::default(), dialect).unwrap();
    assert_eq!((journal.facts().row_count, journal.facts().accounts.len()), (count, 1));
    assert_eq!(journal.rows(&mut input).unwrap().filter(|row| row.is_ok()).count() as u64, count);
    assert!(input.most <= 64 * 1024, "it is read in pieces");
    start.elapsed().as_millis()
}

#[test]
fn many_transactions_are_read_in_pieces_and_in_linear_time() {
    for dialect in [Dialect::Hledger, Dialect::Ledger, Dialect::Beancount] {
        let (small, large) = (time(1_000, dialect), time(10_000, dialect));
        assert!(large < 40 * small.max(20), "{dialect:?}: {small} ms, {large} ms");
    }
}

/// A commodity of its own for each number.
fn letters(n: usize) -> String {
    [n / 676, n / 26 % 26, n % 26].map(|n| char::from(b'a' + n as u8)).iter().collect::<String>() + "x"
}

#[test]
fn one_large_transaction_is_read_in_linear_time() {
    let mut text = String::from("2026-01-02 x\n");
    for n in 0..6_000 {
        let own = if n < 300 { format!("  assets:a{n}  -{n}.50 EUR  ; t{n}:\n") } else { String::new() };
        text.push_str(&format!(
            "{own}  expenses:b{n}  {n} {}\n  expenses:c{n}  1 EUR  ; c{n}:\n",
            letters(n)
        ));
    }
    text.push_str("  expenses:rest\n");
    let start = Instant::now();
    let outcome = read(&text, Dialect::Hledger);
    check(&outcome);
    assert_eq!((outcome.lines.len(), reasons(&outcome)), (300, vec![]));
    assert!(outcome.lines.iter().all(|line| line.raw.len() == 64 * 1024));
    assert!(start.elapsed().as_secs() < 20);
}

#[test]
fn a_transaction_that_never_ends_is_one_rejected_row() {
    let text = format!(
        "2026-01-02 x\n{}\n2026-01-03 y\n  assets:a  1\n  income:b\n",
        "  a:b  1 EUR\n".repeat(100_000)
    );
    for dialect in [Dialect::Hledger, Dialect::Ledger] {
        let outcome = read(&text, dialect);
        assert_eq!(reasons(&outcome), ["1: it is longer than a transaction may be"]);
        assert_eq!((outcome.lines.len(), outcome.lines[0].line), (1, 100_003));
        assert!(outcome.rejected[0].text.len() <= 1 << 20);
    }
    let open = format!("2026-01-02 * \"x\n{}", "\nmore".repeat(400_000));
    let outcome = read(&open, Dialect::Beancount);
    assert_eq!(reasons(&outcome), ["1: it is longer than a transaction may be"]);
}

//! Files that were broken on the way, and great ones: nothing panics or grows, and both passes see the same.

use std::io::{self, Read, Seek, SeekFrom};

use proptest::prelude::*;

use super::samples::{expected, samples};
use super::*;

/// Files of our own, with most of what a statement can have.
const FILES: [&str; 3] = [
    "{1:F01}{2:I940}{4:\r\n:20:1\r\n:25:NL12BANK0123456789EUR\r\n:28C:1/1\r\n:60F:C240101EUR5,00\r\n\
     :61:2401021231D5,NTRFEREF//B1\r\nNL70ABNA0987654321\r\n:86:/BENM//NAME/A/REMI/USTD//b/\r\n:62F:C240102EUR0,\r\n-}\r\n",
    "bank\n:20:1\n:25:50880050/12\n:60F:D240101DEM5,\n:61:240102RCR5,5FMSCNONREF\n:86:166?00KIND?20EREF+1?21SVWZ+é\n\
     ?31DE12?32Nä\nme?33 x\n:61:240103C1,\n:86:GIRO   428428 KPN  X\n:62M:D240103DEM9,5\n-\n",
    ":20:1\n:25:1\n:61:240102C500NTRF12345678//2\nname\n:86:12345678 name\n\nwhy\n:86:BEA   NR:X   21.05.11/12.54 S,PAS9\n-XX",
];

#[derive(Clone, Debug)]
enum Change {
    Set(usize, u8),
    Insert(usize, &'static [u8]),
    Remove(usize, usize),
    Repeat(usize, usize),
    Cut(usize),
}

fn change() -> impl Strategy<Value = Change> {
    let odd: Vec<&'static [u8]> = vec![
        b":61:",
        b":86:",
        b":20:",
        b":62F:",
        b"\n-\n",
        b"{1:",
        b"{4:",
        b"\n",
        b"\r",
        b"?",
        b"?2",
        b"/",
        b"/NAME/",
        b"//",
        b"+",
        b"SVWZ+",
        b"\xff",
        b"\xc3\xa9",
        b"\0",
        b"99999999999999999999999999999999",
        b",",
        b" ",
        b"REK: ",
    ];
    prop_oneof![
        (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        (any::<usize>(), prop::sample::select(odd)).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        (any::<usize>(), 0_usize..40).prop_map(|(at, length)| Change::Remove(at, length)),
        (any::<usize>(), 0_usize..200).prop_map(|(at, length)| Change::Repeat(at, length)),
        any::<usize>().prop_map(Change::Cut),
    ]
}

fn changed(mut bytes: Vec<u8>, changes: &[Change]) -> Vec<u8> {
    for change in changes {
        let length = bytes.len().max(1);
        let range = |at: usize, count: usize| at % length..(at % length + count).min(bytes.len());
        match change {
            Change::Set(at, byte) => bytes.iter_mut().skip(at % length).take(1).for_each(|b| *b = *byte),
            Change::Insert(at, inserted) => drop(bytes.splice(range(*at, 0), inserted.iter().copied())),
            Change::Remove(at, count) => drop(bytes.drain(range(*at, *count))),
            Change::Repeat(at, count) => bytes.extend_from_within(range(*at, *count)),
            Change::Cut(at) => bytes.truncate(at % length),
        }
    }
    bytes
}

/// Reads a broken file and checks what holds for every outcome.
fn check(bytes: &[u8]) {
    let Ok(outcome) = try_read(bytes, &Options::default()) else { return };
    assert_eq!((outcome.lines.len() + outcome.rejected.len()) as u64, outcome.facts.row_count);
    assert!(outcome.lines.is_sorted_by(|a, b| a.line < b.line));
    assert!(outcome.rejected.is_sorted_by(|a, b| a.line < b.line));
    assert!(outcome.rejected.iter().all(|row| !row.reason.is_empty() && !row.reason.ends_with('.')));
    let texts = |line: &FileLine| {
        [&line.payee, &line.memo, &line.bank_id, &line.account, &line.other_account].map(Clone::clone)
    };
    let mut texts = outcome.lines.iter().flat_map(texts).flatten();
    assert!(texts.all(|text| !text.is_empty() && text.trim() == text));
}

proptest! {
    #[test]
    fn broken_files_are_read_or_refused(
        file in prop::sample::select(FILES.to_vec()),
        changes in prop::collection::vec(change(), 1..8),
    ) {
        check(&changed(file.as_bytes().to_vec(), &changes));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check(&bytes);
        check(&[b":20:1\n:25:1\n:61:240102D5,NTRF\n:86:", &bytes[..]].concat());
        check(&[b":20:1\n:25:1\n:61:", &bytes[..]].concat());
    }

    /// Any text after `:86:` gives details without a panic, whatever its shape.
    #[test]
    fn any_details_are_read(text in "([A-Z]{4}\\+|\\?[0-9]{2}|/[A-Z]{4}/|\\PC|[0-9. \n]|GIRO |BEA NR:|REK: |/NAAM: ){0,30}") {
        let _ = super::super::details::read(&text, "12345678", "é");
        let _ = super::super::details::read(&format!("166?00{text}"), "", "");
    }
}

#[test]
fn broken_samples_are_read_or_refused() {
    let Some(folder) = samples() else { return };
    let files: Vec<_> =
        expected(&folder).keys().map(|file| std::fs::read(folder.join(file)).unwrap()).collect();
    let config = ProptestConfig { cases: 200, ..ProptestConfig::default() };
    let changes = prop::collection::vec(change(), 1..6);
    proptest!(config, |(file in prop::sample::select(files), changes in changes)| {
        check(&changed(file, &changes));
    });
}

/// A great file that is made while it is read: what is kept of it shows in no allocation of its size.
struct Made {
    head: &'static [u8],
    part: &'static [u8],
    length: u64,
    at: u64,
}

impl Read for Made {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let head = self.head.len() as u64;
        let count = buffer.len().min(usize::try_from(self.length - self.at).unwrap());
        for byte in &mut buffer[..count] {
            let at = usize::try_from(if self.at < head {
                self.at
            } else {
                (self.at - head) % self.part.len() as u64
            })
            .unwrap();
            *byte = if self.at < head { self.head[at] } else { self.part[at] };
            self.at += 1;
        }
        Ok(count)
    }
}

impl Seek for Made {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let SeekFrom::Start(at) = to else { return Err(io::Error::other("only from the start")) };
        self.at = at;
        Ok(at)
    }
}

#[test]
fn great_files_stream_and_are_read_no_further_than_asked() {
    let part = b":61:240102C5,NTRFNONREF//1\n:86:166?00KIND?20SVWZ+why?32who\n";
    let head = b":20:1\n:25:1\n:60F:C240101EUR0,\n";
    let count = 40_000;
    let length = (head.len() + part.len() * count) as u64;
    let mut file = Made { head, part, length, at: 0 };
    let statement = survey(&mut file, &Options::default()).unwrap();
    assert_eq!(statement.facts().row_count, count as u64);
    assert_eq!(statement.rows(&mut file).unwrap().take(3).count(), 3);
    assert!(file.at < 200_000, "{}", file.at);
}

#[test]
fn an_entry_that_never_ends_is_one_rejected_row() {
    let head = b":20:1\n:25:1\n:61:240102C5,NTRF\n:86:";
    let mut file = Made { head, part: b"text without end\n", length: 5 << 20, at: 0 };
    let outcome = outcome_of(&mut file, &Options::default()).unwrap();
    assert_eq!(reasons(&outcome), ["3: the entry is too long for a row"]);
    assert!(outcome.rejected[0].text.len() <= 1 << 20);
    let head = b":20:1\n:25:1\n:61:240102C5,NTRF\n";
    let mut file = Made { head, part: b":86:one of very many\n", length: 5 << 20, at: 0 };
    assert_eq!(
        reasons(&outcome_of(&mut file, &Options::default()).unwrap()),
        ["3: the entry is too long for a row"]
    );
}

#[test]
fn very_many_statements_keep_little() {
    let part = b":20:1\n:25:1\n:60F:C240101EUR0,\n:62F:C240101EUR1,\n-\n";
    let mut file = Made { head: b"", part, length: (part.len() * 50_000) as u64, at: 0 };
    let facts = survey(&mut file, &Options::default()).unwrap().facts().clone();
    assert_eq!((facts.balances.len(), facts.accounts.len(), facts.notes.len()), (1, 1, 21));
    assert_eq!(facts.notes[20], "49980 more such differences are not listed");
}

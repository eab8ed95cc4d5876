//! Files that were broken on the way, and great ones: nothing panics or grows, and both passes see the same.

use std::io::{self, Read, Seek, SeekFrom};

use proptest::prelude::*;

use super::samples::{expected, samples};
use super::*;

/// Files of our own, with most of what a QIF can have.
const FILES: [&str; 3] = [
    "!Account\nNMine\nTBank\n^\n!Type:Bank\nD6/ 1/10\nT-1,000.00\nU-1,000.00\nPé\nMm\nN12\nLA:B/c\n^\n\
     D12/29'2010\nT-10.00\nL--Split--\nSFood/x\nEnote\n$-9.00\nS[Else]\n%10%\n$-1.00\n^\n!Type:Invst\nD1/1/10\n^\n",
    "# c\r\n!Option:AutoSwitch\r\n!Type:CCard\r\nD14.2.2020\r\nT1.000,50\r\nPOpening Balance\r\nL[Visa]\r\n^\r\n\
     D15.2.2020\r\nT5,00\r\nA1\r\nCX\r\n",
    "!Type:Cat\nNFood\n^\n!Type:Oth L\nD2020-01-01\nT5\n^\n!Type:Prices\n\"A\",1\n^\n!Type:What\nT1\n^",
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
        b"^",
        b"\n^\n",
        b"!Type:Bank\n",
        b"!Account\n",
        b"!",
        b"\n",
        b"\r",
        b"\nD1/2/20\n",
        b"\nT5\n",
        b"\nS",
        b"\n$",
        b"\n%",
        b"\nE",
        b"[",
        b"]",
        b"/",
        b"'",
        b"\xff",
        b"\xc3\xa9",
        b"\0",
        b"99999999999999999999999999999999",
        b"#",
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
    for options in [
        Options::default(),
        ordered(DateOrder::Dmy),
        Options { decimal: Some(','), ..ordered(DateOrder::Mdy) },
    ] {
        if let Ok(outcome) = try_read(bytes, &options) {
            check_outcome(&outcome);
        }
    }
}

fn check_outcome(outcome: &Outcome) {
    assert_eq!((outcome.lines.len() + outcome.rejected.len()) as u64, outcome.facts.row_count);
    assert!(outcome.lines.is_sorted_by(|a, b| a.line < b.line));
    assert!(outcome.rejected.is_sorted_by(|a, b| a.line < b.line));
    assert!(outcome.rejected.iter().all(|row| !row.reason.is_empty() && !row.reason.ends_with('.')));
    let texts = |line: &FileLine| {
        [&line.payee, &line.memo, &line.bank_id, &line.account, &line.other_account].map(Clone::clone)
    };
    let mut texts = outcome.lines.iter().flat_map(texts).flatten();
    assert!(texts.all(|text| !text.is_empty() && text.trim() == text));
    for line in &outcome.lines {
        let parts = line.purpose.iter().flat_map(|purpose| &purpose.parts);
        let sums: Vec<_> = parts.map(|part| part.amount).collect();
        assert!(sums.is_empty() || sums.iter().sum::<rust_decimal::Decimal>() == line.amount);
    }
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
        check(&[b"!Type:Bank\n", &bytes[..]].concat());
        check(&[b"!Type:Bank\nD1/13/20\nT5\nS", &bytes[..]].concat());
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
    let (head, part) = (b"!Type:Bank\n", b"D1/13/20\nT-5.00\nPShop\nLFood\nSFood\n$-5.00\n^\n");
    let count = 40_000;
    let length = (head.len() + part.len() * count) as u64;
    let mut file = Made { head, part, length, at: 0 };
    let statement = survey(&mut file, &Options::default()).unwrap();
    assert_eq!(statement.facts().row_count, count as u64);
    assert_eq!(statement.rows(&mut file).unwrap().take(3).count(), 3);
    assert!(file.at < 200_000, "{}", file.at);
}

#[test]
fn a_record_that_never_ends_is_one_rejected_row() {
    for part in [&b"Mtext without end\n"[..], b"S", b"S\n$1\n"] {
        let mut file = Made { head: b"!Type:Bank\nD1/13/20\nT5\n", part, length: 5 << 20, at: 0 };
        let outcome = outcome_of(&mut file, &Options::default()).unwrap();
        assert_eq!(reasons(&outcome), ["2: the record is too long for a row"]);
        assert!(outcome.rejected[0].text.len() <= (1 << 20) + 1);
    }
}

#[test]
fn a_record_has_so_many_splits() {
    let count = 1000;
    for (more, is_read) in [(0, true), (1, false)] {
        let splits = "Sa\n$1\n".repeat(count + more);
        let outcome = outcome_of(
            &mut std::io::Cursor::new(format!("!Type:Bank\nD1/13/20\nT1000\n{splits}^\n")),
            &Options::default(),
        );
        let outcome = outcome.unwrap();
        assert_eq!(outcome.lines.len(), usize::from(is_read));
        assert_eq!(reasons(&outcome).is_empty(), is_read);
    }
}

#[test]
fn very_many_sections_keep_little() {
    let part = b"!Account\nNMine\n^\n!Type:Bank\nD1/13/20\nT5\n^\n!Type:What\nx\n^\n";
    let mut file = Made { head: b"", part, length: (part.len() * 50_000) as u64, at: 0 };
    let facts = survey(&mut file, &Options::default()).unwrap().facts().clone();
    assert_eq!((facts.row_count, facts.accounts.len(), facts.notes.len()), (50_000, 1, 1));
}

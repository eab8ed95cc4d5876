//! Files that were broken on the way, and great ones: nothing panics or grows, and both passes see the same.

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

const ODD: &[&[u8]] = &[
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

/// Reads a broken file and checks what holds for every outcome.
fn check(bytes: &[u8]) {
    let Ok(outcome) = try_read(bytes, &Options::default()) else { return };
    assert_told(outcome.facts.row_count, &outcome.lines, &outcome.rejected);
    assert_in_order(&outcome.lines, &outcome.rejected);
    outcome.lines.iter().for_each(assert_tidy);
}

proptest! {
    #[test]
    fn broken_files_are_read_or_refused(
        file in prop::sample::select(FILES.to_vec()),
        changes in prop::collection::vec(change(ODD, 200), 1..8),
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
    let changes = prop::collection::vec(change(ODD, 200), 1..6);
    proptest!(config, |(file in prop::sample::select(files), changes in changes)| {
        check(&changed(file, &changes));
    });
}

#[test]
fn great_files_stream_and_are_read_no_further_than_asked() {
    let part = ":61:240102C5,NTRFNONREF//1\n:86:166?00KIND?20SVWZ+why?32who\n";
    let count = 40_000;
    let mut file = Made::new(":20:1\n:25:1\n:60F:C240101EUR0,\n", part, "", count);
    let statement = survey(&mut file, &Options::default()).unwrap();
    assert_eq!(statement.facts().row_count, count);
    assert_eq!(statement.rows(&mut file).unwrap().take(3).count(), 3);
    assert!(file.at() < 200_000, "{}", file.at());
}

#[test]
fn an_entry_that_never_ends_is_one_rejected_row() {
    let endless = |head: &str, part: &str| {
        let mut file = Made::new(head, part, "", (5 << 20) / part.len() as u64);
        outcome_of(&mut file, &Options::default()).unwrap()
    };
    let outcome = endless(":20:1\n:25:1\n:61:240102C5,NTRF\n:86:", "text without end\n");
    assert_eq!(reasons(&outcome), ["3: the entry is too long for a row"]);
    assert!(outcome.rejected[0].text.len() <= 1 << 20);
    let outcome = endless(":20:1\n:25:1\n:61:240102C5,NTRF\n", ":86:one of very many\n");
    assert_eq!(reasons(&outcome), ["3: the entry is too long for a row"]);
}

#[test]
fn very_many_statements_keep_little() {
    let part = ":20:1\n:25:1\n:60F:C240101EUR0,\n:62F:C240101EUR1,\n-\n";
    let mut file = Made::new("", part, "", 50_000);
    let facts = survey(&mut file, &Options::default()).unwrap().facts().clone();
    assert_eq!((facts.balances.len(), facts.accounts.len(), facts.notes.len()), (1, 1, 21));
    assert_eq!(facts.notes[20], "49980 more such differences are not listed");
}

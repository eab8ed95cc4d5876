//! Files that were broken on the way, and great ones: nothing panics or grows, and both passes see the same.

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

const ODD: &[&[u8]] = &[
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
    let changes = prop::collection::vec(change(ODD, 200), 1..6);
    proptest!(config, |(file in prop::sample::select(files), changes in changes)| {
        check(&changed(file, &changes));
    });
}

#[test]
fn great_files_stream_and_are_read_no_further_than_asked() {
    let count = 40_000;
    let part = "D1/13/20\nT-5.00\nPShop\nLFood\nSFood\n$-5.00\n^\n";
    let mut file = Made::new("!Type:Bank\n", part, "", count);
    let statement = survey(&mut file, &Options::default()).unwrap();
    assert_eq!(statement.facts().row_count, count);
    assert_eq!(statement.rows(&mut file).unwrap().take(3).count(), 3);
    assert!(file.at() < 200_000, "{}", file.at());
}

#[test]
fn a_record_that_never_ends_is_one_rejected_row() {
    for part in ["Mtext without end\n", "S", "S\n$1\n"] {
        let mut file = Made::new("!Type:Bank\nD1/13/20\nT5\n", part, "", (5 << 20) / part.len() as u64);
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
    let part = "!Account\nNMine\n^\n!Type:Bank\nD1/13/20\nT5\n^\n!Type:What\nx\n^\n";
    let mut file = Made::new("", part, "", 50_000);
    let facts = survey(&mut file, &Options::default()).unwrap().facts().clone();
    assert_eq!((facts.row_count, facts.accounts.len(), facts.notes.len()), (50_000, 1, 1));
}

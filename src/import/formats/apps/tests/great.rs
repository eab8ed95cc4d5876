//! Great files, made while they are read: what is kept of them shows in no allocation of their size.

use std::io::{self, Read, Seek, SeekFrom};

use super::*;

/// A header, then one part again and again.
struct Made {
    header: String,
    part: &'static str,
    length: u64,
    at: u64,
}

impl Made {
    fn new(header: &str, part: &'static str, count: usize) -> Made {
        let header = format!("{header}\n");
        let length = (header.len() + part.len() * count) as u64;
        Made { header, part, length, at: 0 }
    }
}

impl Read for Made {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let head = self.header.len();
        let count = buffer.len().min(usize::try_from(self.length - self.at).unwrap());
        for byte in &mut buffer[..count] {
            let at = usize::try_from(self.at).unwrap();
            *byte = if at < head {
                self.header.as_bytes()[at]
            } else {
                self.part.as_bytes()[(at - head) % self.part.len()]
            };
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
    let count = 40_000;
    let mut file = Made::new(
        ynab::HEADER,
        "\"A\",\"\",\"13/08/2026\",\"S\",\"\",\"G\",\"C\",\"m\",1.50,0,\"C\"\n",
        count,
    );
    let export = survey(&mut file, &Options::default()).unwrap();
    assert_eq!(export.facts().row_count, count as u64);
    assert_eq!(export.rows(&mut file).unwrap().take(3).count(), 3);
    assert!(file.at < 200_000, "{}", file.at);
}

#[test]
fn a_day_of_splits_without_end_is_put_together_piece_by_piece() {
    // 4096 entries are looked at together: two of three, so that one split in 2048 is cut.
    let part = "A,2026-01-15,S,(SPLIT INTO 1) ,,0,-1,C\nA,2026-01-15,S,(SPLIT 1 OF 1) ,F,-1,0,C\nA,2026-01-15,T,,F,-2,0,C\n";
    let count = 20_000;
    let mut file = Made::new(actual::HEADER, part, count);
    let export = survey(&mut file, &Options::default()).unwrap();
    let rows = export.rows(&mut file).unwrap().map(Result::unwrap);
    let (mut sum, mut lines) = (rust_decimal::Decimal::ZERO, 0);
    for row in rows {
        if let Row::Line(line) = row {
            sum += line.amount;
            lines += 1;
        }
    }
    assert_eq!((sum, lines), ((-3 * 20_000).into(), 2 * count));
    let mut file = Made { at: 0, ..file };
    assert_eq!(export.rows(&mut file).unwrap().take(3).count(), 3);
    assert!(file.at < 600_000, "{}", file.at);
}

#[test]
fn a_record_that_never_ends_is_rejected() {
    let mut file = Made::new(mint::HEADER, "x,", 3 << 20);
    let outcome = outcome_of(&mut file, &Options::default()).unwrap();
    assert_eq!(reasons(&outcome), ["2: the line is too long for a row"]);
    assert!(outcome.rejected[0].text.len() <= 1 << 20);
}

#[test]
fn nobody_has_so_many_accounts() {
    let rows: Vec<_> = (0..10_001).map(|n| format!("A{n},2026-01-15,S,,F,1,0,C")).collect();
    let error = refused(&format!("{}\n{}\n", actual::HEADER, rows.join("\n")));
    assert_eq!(error.to_string(), "the file names more than 10000 accounts");
}

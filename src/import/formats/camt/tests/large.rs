//! Files of many megabytes: they stream, an entry at a time, in linear time.

use std::time::{Duration, Instant};

use super::super::entry::MOST_DETAILS;
use super::*;

/// How many rows are lines and rejected, the longest text of one, and the time for both passes.
fn stream(mut made: Made) -> (u64, Vec<Rejected>, usize, Duration, Facts) {
    let start = Instant::now();
    let statement = survey(&mut made, &Options::default()).unwrap();
    let (mut lines, mut rejected, mut longest) = (0, Vec::new(), 0);
    for row in statement.rows(&mut made).unwrap() {
        match row.unwrap() {
            Row::Line(line) => {
                lines += 1;
                longest = longest.max(line.raw.len());
            }
            Row::Rejected(row) => rejected.push(row),
        }
    }
    (lines, rejected, longest, start.elapsed(), statement.facts().clone())
}

fn parts(inner: &str) -> (String, String) {
    let whole = file("@");
    let (head, tail) = whole.split_once('@').unwrap();
    let (before, after) = inner.split_once('@').unwrap();
    (format!("{head}{before}"), format!("{after}{tail}"))
}

const PAYMENT: &str = "<TxDtls><Refs><AcctSvcrRef>R</AcctSvcrRef></Refs><Amt Ccy=\"EUR\">1.00</Amt>\
    <RltdPties><Cdtr><Nm>Somebody</Nm></Cdtr></RltdPties><RmtInf><Ustrd>for something</Ustrd></RmtInf></TxDtls>";

#[test]
fn many_entries_stream_one_at_a_time() {
    let entry = format!(
        "<Ntry>{DEBIT}<AcctSvcrRef>E</AcctSvcrRef>{}</Ntry>\n",
        detail("<RmtInf><Ustrd>x</Ustrd></RmtInf>")
    );
    let (head, tail) = parts("@");
    let made = Made::new(&head, &entry, &tail, 40_000);
    assert!(made.length() > 8_000_000);
    let (lines, rejected, longest, _, facts) = stream(made);
    assert_eq!((lines, rejected.len(), facts.row_count), (40_000, 0, 40_000));
    assert_eq!(longest, entry.trim_end().len());
}

#[test]
fn a_batch_longer_than_a_row_is_kept_by_its_values_alone() {
    let amount = DEBIT.replace("12.50", "20000.00");
    let (head, tail) = parts(&format!("<Ntry>{amount}<NtryDtls>@</NtryDtls></Ntry>"));
    let (lines, rejected, longest, _, facts) = stream(Made::new(&head, PAYMENT, &tail, 20_000));
    assert_eq!((lines, rejected.len(), facts.row_count), (20_000, 0, 20_000));
    assert_eq!(longest, "2026-03-05 -1.00 EUR R#20000 Somebody for something".len());
    assert_eq!(facts.notes, [""; 0]);
}

#[test]
fn a_batch_beyond_all_measure_is_rejected_and_the_next_entry_kept() {
    let inner = format!("<Ntry>{DEBIT}<NtryDtls>@</NtryDtls></Ntry>\n<Ntry>{DEBIT}</Ntry>");
    let (head, tail) = parts(&inner);
    let (lines, rejected, _, _, _) = stream(Made::new(&head, PAYMENT, &tail, MOST_DETAILS as u64 + 1));
    assert_eq!(lines, 1);
    assert_eq!(rejected[0].reason, "the entry has more than 100000 details, or too much text in them");
    assert!(rejected[0].text.len() < 100);
}

#[test]
fn a_text_beyond_all_measure_rejects_its_entry_alone() {
    let inner = |text: &str| format!("<Ntry>{DEBIT}{}</Ntry><Ntry>{DEBIT}</Ntry>", text);
    let long = "word ".repeat(20_000);
    let outcome = read(&file(&inner(&detail(&format!("<RmtInf><Ustrd>{long}</Ustrd></RmtInf>")))));
    assert_eq!(outcome.reasons(), [(3, "a text of the entry is too long for a row")]);
    assert_eq!(outcome.lines.len(), 1);
    let many = "<Ustrd>word word word</Ustrd>".repeat(10_000);
    let outcome = read(&file(&inner(&detail(&format!("<RmtInf>{many}</RmtInf>")))));
    assert_eq!((outcome.lines.len(), outcome.rejected.len()), (1, 1));
    let enclosed = format!("<SplmtryData><Envlp><Doc>{long}</Doc></Envlp></SplmtryData>");
    assert_eq!(read(&file(&inner(&detail(&enclosed)))).lines.len(), 2);
}

#[test]
fn time_grows_with_the_file() {
    let (head, tail) = parts("@");
    let time = |count: u64| {
        let entry = format!("<Ntry>{DEBIT}</Ntry>");
        (0..3).map(|_| stream(Made::new(&head, &entry, &tail, count)).3).min().unwrap()
    };
    let (few, many) = (time(5_000), time(40_000));
    assert!(many < few * 24 + Duration::from_millis(200), "{few:?}, {many:?}");
}

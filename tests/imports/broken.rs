//! Files that are not what they should be, in each format: one error and nothing changed, or rejected rows, and never
//! an amount that the file did not have.
//!
//! A cut inside of the amount cannot be seen where nothing comes behind it: in a CSV whose last column it is, unless all
//! others have more decimals, and in a journal that names no currencies. The files here have something behind it.

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use serde_json::Value;

use crate::support::writers::{Format, Line, Written, decimal};
use crate::support::{Run, Sandbox, on_both_databases};

const FORMATS: [Format; 9] = [
    Format::Csv(Written::Minus),
    Format::OfxSgml,
    Format::OfxXml,
    Format::CamtSingle,
    Format::Mt940German,
    Format::Qif,
    Format::Hledger,
    Format::Beancount,
    Format::Ynab,
];

/// What is no statement whatever it is called, and what the one error says that it is.
const NOT_ONE: [(&[u8], &str); 4] = [
    (b"", "the file is empty"),
    (b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff", "a GIF picture"),
    (b"<!DOCTYPE html>\n<html><body><form>Please log in</form></body></html>\n", "a web page"),
    (b"\xef\xbb\xbf\r\n<html><head><title>Session expired</title></head></html>", "a web page"),
];

on_both_databases! {
    fn what_is_no_statement_is_one_error_in_every_format(s: &Sandbox) {
        begin(s);
        let before = s.dump(&[]);
        for format in FORMATS {
            for (bytes, what) in NOT_ONE {
                s.write("file", bytes);
                let run = s.groat(["import", "file", "-a", "checking", "--input-format", format.name()]).fails(2);
                assert!(run.stderr.contains(what), "{format:?}: {}", run.stderr);
                assert_one_error(&run);
            }
        }
        assert_eq!(s.dump(&[]), before);
    }

    fn a_file_of_another_account_is_refused_where_it_names_its_own(s: &Sandbox) {
        s.groat(["init", "--currency", "USD", "--account", "Checking"]).ok();
        s.groat(["account", "add", "Savings"]).ok();
        for (format, name) in [
            (Format::OfxSgml, Some("4711")),
            (Format::CamtSingle, Some("DE02120300000000202051")),
            (Format::Mt940German, Some("12030000/202051")),
            (Format::Hledger, Some("assets:checking")),
            (Format::Beancount, Some("Assets:Checking")),
            (Format::Ynab, Some("Checking")),
            // These name no account: what is said holds.
            (Format::Csv(Written::Minus), None),
            (Format::Qif, None),
        ] {
            s.write("file", format.file(0, &payments()));
            let Some(name) = name else {
                s.groat(["import", "file", "-a", "savings", "-n"]).ok();
                continue;
            };
            s.groat(["import", "file", "--map", &format!("{name}=checking")]).ok();
            let before = s.dump(&[]);
            let run = s.groat(["import", "file", "-a", "savings"]).fails(1);
            assert!(run.stderr.contains("which is `Checking`, not `Savings`"), "{format:?}: {}", run.stderr);
            assert_one_error(&run);
            assert_eq!(s.dump(&[]), before);
        }
    }
}

/// The database has no part in it.
#[test]
fn a_file_that_is_cut_off_anywhere_brings_no_amount_that_it_did_not_have() {
    let s = Sandbox::sqlite();
    begin(&s);
    for format in FORMATS {
        let whole = format.file(0, &payments());
        let cuts = cuts(&whole);
        let codes: Vec<i32> = cuts.iter().map(|cut| code_of(&s, format, &whole.as_bytes()[..*cut])).collect();
        // A cut is seen, but between two rows and where only what stands around them is missing.
        assert!(codes.iter().any(|code| *code != 0), "{format:?}: {codes:?}");
        let amount = amount_in(&whole);
        let in_amount = cuts.iter().zip(&codes).filter(|(cut, _)| amount.contains(cut));
        assert!(
            in_amount.clone().all(|(_, code)| *code != 0),
            "{format:?}: {:?}",
            in_amount.collect::<Vec<_>>()
        );
        assert_eq!(code_of(&s, format, whole.as_bytes()), 0, "{format:?}");
    }
}

#[test]
fn a_file_in_another_encoding_than_it_says_is_read_as_what_it_is() {
    let s = Sandbox::sqlite();
    begin(&s);
    for format in FORMATS {
        let whole = format.file(0, &payments());
        let latin = whole.chars().map(|c| u8::try_from(u32::from(c)).expect("it is Latin-1")).collect();
        let marked = [b"\xef\xbb\xbf", whole.as_bytes()].concat();
        let utf16 = std::iter::once(0xfeff).chain(whole.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        for (bytes, encoding) in [(latin, "Latin-1"), (marked, "UTF-8 with a mark"), (utf16, "UTF-16")] {
            let bytes: Vec<u8> = bytes;
            assert_eq!(code_of(&s, format, &bytes), 0, "{format:?} in {encoding}");
            let answer = s.groat(["import", "file", "-a", "checking", "-n", "--json"]).ok().json();
            assert_eq!(answer["transactions"][0]["payee"], "Bäckerei", "{format:?} in {encoding}");
        }
    }
}

fn begin(s: &Sandbox) {
    s.groat(["init", "--currency", "USD", "--account", "Checking"]).ok();
}

fn payments() -> Vec<Line> {
    let all = [(13, -480, "Bäckerei"), (14, -123_456, "Rent"), (15, 250_000, "Work")];
    let all = all.into_iter().zip(1..);
    all.map(|((day, minor, payee), number)| Line {
        date: NaiveDate::from_ymd_opt(2026, 1, day).expect("a day of January"),
        minor,
        payee: payee.to_owned(),
        id: Some(format!("S{number}")),
        variant: 0,
    })
    .collect()
}

/// Where a file is cut: here and there, and at every byte of its last amount.
fn cuts(whole: &str) -> Vec<usize> {
    let amount = amount_in(whole);
    (0..whole.len()).filter(|cut| cut % 11 == 3 || amount.contains(cut)).collect()
}

/// Where the last amount is begun and not yet whole.
fn amount_in(whole: &str) -> RangeInclusive<usize> {
    let begin = whole.rfind("2500").expect("the last payment's amount is in the file");
    begin + 1..=begin + "2500.0".len()
}

/// The exit code of what a file would bring; each row that it brings is one of the payments.
fn code_of(s: &Sandbox, format: Format, bytes: &[u8]) -> i32 {
    s.write("file", bytes);
    let run = s.groat(["import", "file", "-a", "checking", "-n", "--json"]);
    assert!([0, 2, 6].contains(&run.code), "{format:?}: {}", run.snapshot());
    if run.code == 2 {
        run.json_error();
        return run.code;
    }
    let answer = run.json();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let rows = answer["transactions"].as_array().expect("a list").iter();
    let rows: Vec<_> = rows.map(|row| (text(&row["date"]), text(&row["amount"]))).collect();
    let all: Vec<_> = payments().iter().map(|line| (line.date.to_string(), decimal(line.minor))).collect();
    assert!(all.starts_with(&rows), "{format:?}: {}", run.snapshot());
    assert_eq!(run.code == 6, answer["rejected"].as_array().is_some_and(|rejected| !rejected.is_empty()));
    run.code
}

fn assert_one_error(run: &Run) {
    assert!(run.stdout.is_empty(), "{}", run.snapshot());
    let errors = run.stderr.lines().filter(|line| line.starts_with("error: "));
    assert_eq!(errors.count(), 1, "{}", run.snapshot());
}

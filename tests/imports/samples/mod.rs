//! Every sample file through the binary: what it brings into an empty book, and that it brings nothing when it comes
//! again. What it says beyond counts and sums is held by the formats' own tests.

mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rust_decimal::Decimal;
use serde_json::Value;

use crate::samples;
use crate::support::{Sandbox, on_both_databases};
use table::{Rows, Sample};

/// What the list calls a count of rows, and a sum of them, by format.
const COUNTS: [&str; 5] =
    ["count STMTTRN", "count :61:", "count TxDtls", "records in !Type:Bank", "transactions"];
const SUMS: [&str; 5] =
    ["sum TRNAMT", "signed sum :61:", "signed sum Ntry/Amt", "sum T in !Type:Bank", "sum"];

#[test]
fn every_sample_is_in_the_table_and_the_table_keeps_to_the_list_of_expectations() {
    let Some(folder) = samples() else { return };
    let manifest = std::fs::read_to_string(folder.join("MANIFEST.tsv")).expect("the manifest can be read");
    let listed: BTreeSet<&str> =
        manifest.lines().skip(1).filter_map(|line| line.split('\t').nth(1)).collect();
    assert_eq!(all().map(|sample| sample.file).collect::<BTreeSet<_>>(), listed);
    let expected = std::fs::read_to_string(folder.join("EXPECTED.tsv")).expect("the list can be read");
    // Of journals the list counts transactions, not what they did to each account.
    for sample in all().filter(|sample| !sample.file.starts_with("journal/")) {
        let count = stated(&expected, sample.file, &COUNTS);
        let count = count.unwrap_or_else(|| panic!("the list counts no rows of {}", sample.file));
        let sum = stated(&expected, sample.file, &SUMS);
        let own_sum: Decimal = sample.balances.iter().map(|(_, amount)| decimal(amount)).sum();
        let is_as_listed = count == Decimal::from(sample.rows.new) && sum.is_none_or(|sum| sum == own_sum);
        assert_eq!(is_as_listed, sample.policy.is_none(), "{}: {count} {sum:?}", sample.file);
    }
}

on_both_databases! {
    fn every_sample_brings_what_the_table_says_and_again_nothing(s: &Sandbox) {
        let Some(folder) = samples() else { return };
        for sample in all() {
            // PostgreSQL answers the same questions more slowly: of each format its first files.
            if s.is_postgres() && !is_among_first(sample) {
                continue;
            }
            begin(s, sample);
            check(s, &folder, sample);
        }
    }
}

fn all() -> impl Iterator<Item = &'static Sample> {
    let tables: [&[Sample]; 6] =
        [&table::OFX, &table::QIF, &table::CAMT, &table::MT940, &table::CSV, &table::JOURNALS];
    tables.into_iter().flatten()
}

/// The value of a file in the list of expectations, under the first of these names that it has.
fn stated(list: &str, file: &str, names: &[&str]) -> Option<Decimal> {
    let cells = list.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let of_file: Vec<_> = cells.filter(|cells| cells[0] == file && cells[3] == "computed").collect();
    let named = names.iter().find_map(|name| of_file.iter().find(|cells| cells[1] == *name));
    named.map(|cells| decimal(cells[2]))
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|_| panic!("`{text}` is no number"))
}

/// An empty book with the accounts that the sample's user has.
fn begin(s: &Sandbox, sample: &Sample) {
    if s.is_postgres() {
        s.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    } else {
        drop(std::fs::remove_file(s.book_path()));
    }
    s.groat(["init", "--currency", sample.currency]).ok();
    for account in sample.accounts {
        s.groat(["account", "add", account]).ok();
    }
}

fn check(s: &Sandbox, folder: &Path, sample: &Sample) {
    let path = folder.join(sample.file).display().to_string();
    let args = [&["import", &path, "--json"], sample.flags].concat();
    let first = s.groat(&args).fails(sample.exit).json();
    assert_eq!(rows(&first), sample.rows, "{}: {first}", sample.file);
    assert_eq!(held(s), expected(sample), "{}", sample.file);
    let again = s.groat(&args).fails(sample.exit).json();
    let Rows { new, matched, pending, rejected } = sample.rows;
    let repeated = Rows { new: 0, matched: 0, pending, rejected };
    assert_eq!((rows(&again), count(&again, "duplicates")), (repeated, new + matched), "{}", sample.file);
    assert_eq!(held(s), expected(sample), "{} again", sample.file);
    s.groat(["db", "verify"]).ok();
}

fn rows(answer: &Value) -> Rows {
    Rows {
        new: count(answer, "new"),
        matched: count(answer, "matched"),
        pending: count(answer, "pending"),
        rejected: answer["rejected"].as_array().expect("a list").len(),
    }
}

fn count(answer: &Value, key: &str) -> usize {
    answer[key].as_u64().and_then(|count| count.try_into().ok()).expect("a count is a number")
}

/// What is in each account that has something.
fn held(s: &Sandbox) -> BTreeMap<String, Decimal> {
    let balance = s.groat(["balance", "--json"]).ok().json();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let accounts = balance["accounts"].as_array().expect("a list").iter();
    let all = accounts.map(|account| (text(&account["account"]), decimal(&text(&account["balance"]))));
    all.filter(|(_, amount)| !amount.is_zero()).collect()
}

fn expected(sample: &Sample) -> BTreeMap<String, Decimal> {
    let all = sample.balances.iter().map(|(account, amount)| ((*account).to_owned(), decimal(amount)));
    all.filter(|(_, amount)| !amount.is_zero()).collect()
}

/// Whether it is one of the first three of its format.
fn is_among_first(sample: &Sample) -> bool {
    let format = |sample: &Sample| sample.file.split('/').next();
    let before = all().take_while(|other| other.file != sample.file);
    before.filter(|other| format(other) == format(sample)).count() < 3
}

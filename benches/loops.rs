//! `cargo bench --bench loops`: the inner loops alone, without starting a process: amounts, rows of a bank's file, rules,
//! bulk insert, and putting a report together.
#![allow(clippy::unwrap_used, reason = "a benchmark ends where something fails")]

use std::fmt::Write;
use std::io::Cursor;
use std::path::Path;
use std::time::Duration;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use groat::book::{Book, Opening};
use groat::db::connection::ConnectionSettings;
use groat::db::location::{Location, Place};
use groat::db::names::Names;
use groat::db::writer::Author;
use groat::domain::ids::RuleId;
use groat::domain::money::{
    Currency, CurrencyCode, DecimalMark, Minor, format_minor, iso_currency, parse_amount,
};
use groat::domain::query::Query;
use groat::domain::rule::Rule;
use groat::domain::when::Period;
use groat::import::demo::{Household, fill};
use groat::import::formats::{FormatName, Options, rows, survey};
use groat::ledger::rules::{BankRow, Ruleset};
use groat::report::spending::{Axis, spending};

fn main() {
    divan::main();
}

const AMOUNTS: [&str; 6] = ["3.20", "1,234.56", "-12.50", "(1,000.00)", "12.50+3", "£45.60"];

#[divan::bench]
fn parse_amounts(bencher: Bencher) {
    bencher.counter(ItemsCount::new(AMOUNTS.len())).bench(|| {
        for text in AMOUNTS {
            black_box(parse_amount(black_box(text), DecimalMark::Point).unwrap());
        }
    });
}

#[divan::bench]
fn format_amounts(bencher: Bencher) {
    bencher.bench(|| format_minor(black_box(Minor(-123_456_789)), black_box(2)));
}

const ROWS: usize = 10_000;

#[divan::bench(max_time = Duration::from_secs(3))]
fn read_csv_rows(bencher: Bencher) {
    let mut file = String::from("Date;Payee;Amount;Reference\n");
    for row in 0..ROWS {
        let (day, cents) = (row % 28 + 1, row % 90 + 10);
        writeln!(file, "{day:02}.01.2026;Corner Bakery {};-{row},{cents};card 1", row % 50).unwrap();
    }
    bencher.counter(ItemsCount::new(ROWS)).bench(|| {
        let mut input = Cursor::new(file.as_bytes());
        let layout = survey(&mut input, FormatName::Csv, &Options::default()).unwrap();
        rows(&mut input, &layout).unwrap().filter(|row| row.is_ok()).count()
    });
}

const RULES: i64 = 400;

/// Rules of every kind, as many as a goal of the imports has, and rows of 500 payees whose memos are all different.
#[divan::bench(args = [("payees", false), ("payees and notes", true)], max_time = Duration::from_secs(3))]
fn ask_rules(bencher: Bencher, (_, asks_notes): (&str, bool)) {
    let query = |n: i64| match n % 5 {
        0 => format!("payee:\"shop {n} market\""),
        1 => format!("payee:/^shop {n}\\b/"),
        2 => format!("payee:/shop {n} mar|depot {n}/ amt:>5"),
        3 if asks_notes => format!("\"market {n} deli\" or note:/ref {n}$/"),
        _ => format!("payee:\"market {n} deli\" out: amt:1..90"),
    };
    let rule = |n: i64| Rule {
        id: RuleId(n),
        query: query(n),
        payee: None,
        note: None,
        tags: Vec::new(),
        parts: Vec::new(),
    };
    let names = Names::default();
    let rules: Vec<Rule> = (0..RULES).map(rule).collect();
    let texts: Vec<(String, String)> =
        (0..ROWS).map(|row| (format!("SHOP {} MARKET", row % 500), format!("ref T{row:08}"))).collect();
    bencher
        .counter(ItemsCount::new(ROWS))
        .with_inputs(|| Ruleset::new(rules.clone(), &names))
        .bench_local_values(|mut set| {
            let row = |(payee, memo): &(String, String)| {
                let (payee, memo, amount) = (Some(payee.as_str()), Some(memo.as_str()), Some(Minor(-1_250)));
                set.first(&BankRow { payee, memo, amount, ..BankRow::default() }).is_some()
            };
            texts.iter().map(row).filter(|is_taken| *is_taken).count()
        });
}

/// Reading and compiling them, once an import.
#[divan::bench(max_time = Duration::from_secs(3))]
fn compile_rules(bencher: Bencher) {
    let rule = |n: i64| Rule {
        id: RuleId(n),
        query: format!("payee:/^shop {n}\\b|depot {n}/ amt:>5"),
        payee: None,
        note: None,
        tags: Vec::new(),
        parts: Vec::new(),
    };
    let rules: Vec<Rule> = (0..RULES).map(rule).collect();
    let names = Names::default();
    bencher.with_inputs(|| rules.clone()).bench_values(|rules| Ruleset::new(rules, &names));
}

const HOUSEHOLD: u64 = 2_000;

#[divan::bench(max_time = Duration::from_secs(5))]
fn bulk_insert(bencher: Bencher) {
    let folder = tempfile::tempdir().unwrap();
    bencher
        .counter(ItemsCount::new(HOUSEHOLD))
        .with_inputs(|| tempfile::Builder::new().make_in(&folder, |path| Ok(path.to_owned())).unwrap())
        .bench_values(|path| drop(household(path.path())));
}

#[divan::bench(args = [(Axis::Category, None), (Axis::Category, Some(Axis::Month)), (Axis::Payee, None)],
    max_time = Duration::from_secs(3))]
fn assemble_report(bencher: Bencher, (axis, second): (Axis, Option<Axis>)) {
    let folder = tempfile::tempdir().unwrap();
    let book = household(&folder.path().join("household.db"));
    bencher.bench_local(|| {
        book.read(|conn| spending(conn, &Query::default(), Period::ALL, axis, second, book.currency()))
            .unwrap()
    });
}

/// A book of an example household.
fn household(path: &Path) -> Book {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 1, 15).unwrap();
    let now = day.and_hms_opt(9, 0, 0).unwrap();
    let euro: Currency = iso_currency(CurrencyCode::parse("EUR").unwrap()).unwrap();
    let opening = Opening {
        location: Location {
            place: Place::File(path.to_owned()),
            origin: "the benchmark".to_owned(),
            is_borrowed: false,
        },
        settings: ConnectionSettings::default(),
        create: Some(euro.clone()),
        default_currency: euro,
        today: day,
        now,
        author: Author { actor: "bench".to_owned(), source: "cli", command: "groat demo".to_owned(), now },
        dry_run: false,
    };
    let household = Household { today: day, transactions: HOUSEHOLD, seed: 1 };
    Book::make(opening, |w| fill(w, &household)).unwrap().0
}

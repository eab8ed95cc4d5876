//! `kill -9` and Ctrl-C in the middle of a long write: the book then holds all of it or nothing, and is sound. The
//! command is a parameter of [`survives`]; so is how the book is made that it works on.

use std::fs;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use groat::db::accounts::{self, NewAccount};
use groat::db::{payees, transactions};
use groat::domain::account::AccountKind;
use groat::domain::money::Minor;
use groat::domain::transaction::{NewPosting, NewTransaction, Status};
use rustix::process::Signal;

use crate::shelf::{Shelf, today, without_history};
use crate::support::writers::{Format, Line, Written};
use crate::support::{Sandbox, inspect, on_both_databases, postgres};

const KILLS: usize = 50;
/// Each needs a copy of a database, which takes the server longer than a file.
const KILLS_ON_POSTGRES: usize = 20;
const TRANSACTIONS: u32 = 2_000;
/// PostgreSQL runs the same statements one by one over a socket.
const TRANSACTIONS_ON_POSTGRES: u32 = 200;
/// The rows of a file that is imported, and the deaths of each format.
const ROWS: u32 = 1_000;
const ROWS_ON_POSTGRES: u32 = 150;
const KILLS_OF_A_FORMAT: usize = 8;
const KILLS_OF_A_FORMAT_ON_POSTGRES: usize = 2;

on_both_databases! {
    fn a_payee_merge_that_is_killed_is_done_wholly_or_not_at_all(s: &Sandbox) {
        let count = if s.is_postgres() { TRANSACTIONS_ON_POSTGRES } else { TRANSACTIONS };
        prepare_payees(s, count);
        let kills = if s.is_postgres() { KILLS_ON_POSTGRES } else { KILLS };
        survives(s, &["payee", "merge", "old", "new"], &[Signal::KILL], kills);
    }

    fn an_import_of_any_format_that_is_killed_or_broken_off_is_there_wholly_or_not_at_all(s: &Sandbox) {
        s.groat(["init", "--currency", "USD", "--account", "Checking"]).ok();
        let (rows, kills) = if s.is_postgres() {
            (ROWS_ON_POSTGRES, KILLS_OF_A_FORMAT_ON_POSTGRES)
        } else {
            (ROWS, KILLS_OF_A_FORMAT)
        };
        let lines = payments(rows);
        for format in IMPORTED {
            s.write("file", format.file(0, &lines));
            // Of another program's file the account is the user's own by its name; of a bank's it is said.
            let is_named = matches!(format, Format::Hledger | Format::Beancount | Format::Ynab);
            let to: &[&str] = if is_named { &["-y"] } else { &["-a", "checking"] };
            survives(s, &[&["import", "file"], to].concat(), &[Signal::KILL, Signal::INT], kills);
        }
    }
}

/// Each format in one of its forms; of CSV `imports` has a test of its own, with more deaths.
const IMPORTED: [Format; 8] = [
    Format::OfxSgml,
    Format::CamtBatched,
    Format::Mt940German,
    Format::Qif,
    Format::Hledger,
    Format::Beancount,
    Format::Ynab,
    Format::Csv(Written::Minus),
];

/// So many payments, of a few payees, each with an amount of its own.
fn payments(count: u32) -> Vec<Line> {
    let one = |number: u32| Line {
        date: today() - chrono::Days::new(u64::from(number % 28)),
        minor: -i64::from(number) - 1,
        payee: format!("Payee {}", number % 90),
        id: Some(format!("S{number}")),
        variant: 0,
    };
    (0..count).map(one).collect()
}

/// A book with many transactions of one payee, and another payee.
#[track_caller]
fn prepare_payees(s: &Sandbox, count: u32) {
    if !s.is_postgres() {
        fs::create_dir_all(s.book_path().parent().expect("a book is in a folder")).expect("a folder");
    }
    let prepared = Shelf::new(s.database_url()).write("ann", |w| {
        w.begin("prepared")?;
        let account = NewAccount {
            name: "Bank".to_owned(),
            key: "bank".to_owned(),
            kind: AccountKind::Checking,
            currency: w.currency.clone(),
            is_on_budget: true,
        };
        let account = accounts::insert(w, &account)?.expect("the book is empty");
        let (old, _) = payees::create(w, "Old", "old")?;
        payees::create(w, "New", "new")?;
        let all: Vec<NewTransaction> = (1..=count)
            .map(|number| NewTransaction {
                date: today() - chrono::Days::new(u64::from(number % 400)),
                payee: Some(old),
                note: Some(format!("number {number}")),
                tags: Vec::new(),
                postings: vec![NewPosting {
                    account: account.id,
                    category: None,
                    date: today() - chrono::Days::new(u64::from(number % 400)),
                    amount: Minor(-i64::from(number)),
                    value: Some(Minor(-i64::from(number))),
                    memo: None,
                    status: Status::Pending,
                }],
            })
            .collect();
        transactions::insert_many(w, &all)
    });
    assert_eq!(prepared.expect("the book can be prepared").len(), count as usize);
}

/// Runs a changing command on the sandbox's book again and again, ends it at random moments by each of the signals in
/// turn, and holds what is left against the book before and the book after. The book ends as it began.
#[track_caller]
fn survives(s: &Sandbox, command: &[&str], signals: &[Signal], kills: usize) {
    let copy = Copy::of(s);
    let before = state(s);
    let start = Instant::now();
    s.groat(command).ok();
    let whole_run = start.elapsed();
    let after = state(s);
    assert_ne!(before, after, "{command:?} changes the book");

    for number in 0..kills {
        copy.restore();
        let moment = Moment::at_random(number, s, whole_run);
        // Of two in turn, so that each comes at moments of both kinds.
        let signal = signals[(number + number / 2) % signals.len()];
        let running = s.spawn(command);
        moment.wait_for();
        running.send(signal);
        let run = running.wait();
        wait_until_left(s);
        // groat comes first to what is left, before a look from outside may tidy up.
        s.groat(["db", "verify"]).ok();
        let state = state(s);
        let is_done = state == after;
        assert!(
            is_done || state == before,
            "neither the book before nor the book after: {command:?}, {signal:?} {moment:?}"
        );
        assert!(run.code != 0 || is_done, "it said that it was done: {command:?}, {signal:?} {moment:?}");
    }
    copy.restore();
}

/// All that the command changes, without times and tokens.
fn state(s: &Sandbox) -> String {
    let operations = s.query("SELECT count(*) FROM operations");
    let changes = s.query("SELECT count(*) FROM changes");
    let rows = without_history(&s.dump(&["currencies"]));
    // When a row was made, of each run another moment; a day has no time behind it.
    let moments = regex::Regex::new(r"\d{4}-\d\d-\d\d[ T]\d\d:[\d:.]+").expect("it is a pattern");
    format!("{operations:?} {changes:?}\n{}", moments.replace_all(&rows, "MOMENT"))
}

/// When the command is killed.
#[derive(Debug)]
enum Moment {
    /// So long after its start.
    After(Duration),
    /// So long after the book's file changes, which SQLite does last: in the middle of the commit.
    AfterChange(PathBuf, SystemTime, Duration),
}

impl Moment {
    fn at_random(number: usize, s: &Sandbox, whole_run: Duration) -> Self {
        let random = RandomState::new().build_hasher().finish();
        let part_of = |whole: Duration| whole / 1_000 * (random % 1_000) as u32;
        if s.is_postgres() || number.is_multiple_of(2) {
            return Self::After(part_of(whole_run * 5 / 4));
        }
        Self::AfterChange(s.book_path(), changed_at(&s.book_path()), part_of(Duration::from_millis(3)))
    }

    fn wait_for(&self) {
        match self {
            Self::After(span) => thread::sleep(*span),
            Self::AfterChange(path, before, span) => {
                let deadline = Instant::now() + Duration::from_secs(20);
                while changed_at(path) == *before && Instant::now() < deadline {
                    thread::yield_now();
                }
                thread::sleep(*span);
            }
        }
    }
}

fn changed_at(path: &PathBuf) -> SystemTime {
    fs::metadata(path).and_then(|data| data.modified()).expect("the book is there")
}

/// What SQLite rolls back from, next to the book while it is written.
fn journal(s: &Sandbox) -> PathBuf {
    let mut path = s.book_path().into_os_string();
    path.push("-journal");
    path.into()
}

/// PostgreSQL goes on with what a killed client sent last: waits until it has ended that.
#[track_caller]
fn wait_until_left(s: &Sandbox) {
    const OTHERS: &str = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() \
                          AND backend_type = 'client backend' AND pid <> pg_backend_pid()";
    let deadline = Instant::now() + Duration::from_secs(20);
    while s.is_postgres() && !s.query(OTHERS).is_empty() {
        assert!(Instant::now() < deadline, "the server does not let go of the killed client");
        thread::sleep(Duration::from_millis(2));
    }
}

/// A book put aside, to begin from again.
enum Copy<'a> {
    File { s: &'a Sandbox, bytes: Vec<u8> },
    Database { name: String, copy: String },
}

impl<'a> Copy<'a> {
    #[track_caller]
    fn of(s: &'a Sandbox) -> Self {
        if !s.is_postgres() {
            return Self::File { s, bytes: fs::read(s.book_path()).expect("the book is there") };
        }
        wait_until_left(s);
        let name = s.query("SELECT current_database()")[0][0].clone();
        let copy = format!("{name}_copy");
        administer(&format!("CREATE DATABASE {copy} TEMPLATE {name}"));
        Self::Database { name, copy }
    }

    #[track_caller]
    fn restore(&self) {
        match self {
            Self::File { s, bytes } => {
                // Else it would be rolled back into the book that is put here.
                drop(fs::remove_file(journal(s)));
                fs::write(s.book_path(), bytes).expect("the book can be put there");
            }
            Self::Database { name, copy } => {
                administer(&format!("DROP DATABASE {name} WITH (FORCE)"));
                administer(&format!("CREATE DATABASE {name} TEMPLATE {copy}"));
            }
        }
    }
}

impl Drop for Copy<'_> {
    fn drop(&mut self) {
        if let Self::Database { copy, .. } = self {
            // No panic: this also runs while a failed test unwinds.
            drop(std::panic::catch_unwind(|| administer(&format!("DROP DATABASE {copy} WITH (FORCE)"))));
        }
    }
}

#[track_caller]
fn administer(sql: &str) {
    inspect::execute(&postgres::server(), sql);
}

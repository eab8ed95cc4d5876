//! Many at once: processes that record, begin a book and undo, transactions of the library that overlap at a chosen
//! point, and a crowd that does anything. Nothing is lost, nothing is done twice, and the book is sound.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Barrier, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use groat::book::Book;
use groat::db::categories as category_rows;
use groat::db::dialect::Isolation;
use groat::domain::ids::TransactionId;
use groat::error::{Kind, Problem};
use groat::ledger::record::record;
use groat::ledger::{categories, edit};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngSeed, TestRunner};

use crate::shelf::{Shelf, opening};
use crate::step::{expense, household};
use crate::support::{Run, Sandbox, on_both_databases};
use crate::undo::config;

/// How many processes are alive at once: PostgreSQL takes 100 connections by default, and others may be at it.
const ALIVE_ON_POSTGRES: usize = 40;
/// SQLite has no queue: who waits polls ever more seldom, whoever comes late may overtake, and after 5 seconds
/// (`busy_timeout`) the command fails as promised. A debug build on a small machine is too slow for more than these.
const ALIVE: usize = 25;

on_both_databases! {
    fn two_hundred_adds_at_once_are_all_recorded(s: &Sandbox) {
        let _alone = alone();
        s.groat(["account", "add", "Bank"]).ok();
        let runs = at_once(s, 200, |number| {
            vec!["add".into(), format!("{}.{:02}", number / 100, number % 100), "coffee".into()]
        });
        runs.into_iter().for_each(|run| drop(run.ok()));
        assert_eq!(s.query("SELECT count(*) FROM transactions"), [["200"]]);
        assert_eq!(s.query("SELECT count(*) FROM payees"), [["1"]]);
        // 0.01 + 0.02 + ... + 2.00
        let balance = s.groat(["balance", "--json"]).ok().json();
        assert_eq!(balance["accounts"][0]["balance"], "-201.00");
        s.groat(["db", "verify"]).ok();
    }

    fn twenty_first_commands_at_once_make_one_book(s: &Sandbox) {
        let _alone = alone();
        let line = ["add", "1.25", "coffee", "-c", "drinks", "-t", "first"];
        let running: Vec<_> = (0..20).map(|_| s.spawn(line)).collect();
        let runs: Vec<Run> = running.into_iter().map(|running| running.wait().ok()).collect();
        for (table, count) in [("book", "1"), ("accounts", "1"), ("payees", "1"), ("tags", "1"), ("transactions", "20")] {
            assert_eq!(s.query(&format!("SELECT count(*) FROM {table}")), [[count]], "{table}");
        }
        assert_eq!(s.query("SELECT name FROM accounts"), [["Cash"]]);
        assert_eq!(s.query("SELECT count(*) FROM categories WHERE name_key = 'drinks'"), [["1"]]);
        for words in ["created a book", "created account Cash", "created category Drinks"] {
            let said = runs.iter().filter(|run| run.stderr.contains(words)).count();
            assert_eq!(said, 1, "one of them did it, and says so: {words}");
        }
        s.groat(["db", "verify"]).ok();
    }

    fn two_undos_of_one_operation_at_once_undo_it_once(s: &Sandbox) {
        s.groat(["account", "add", "Bank"]).ok();
        for round in 0..8 {
            let added = s.groat(["add", "3.20", "coffee", "--json"]).ok().json();
            let number = added["operation"].to_string();
            let both = [s.spawn(["undo", &number]), s.spawn(["undo", &number])].map(|running| running.wait());
            let mut codes = both.each_ref().map(|run| run.code);
            codes.sort_unstable();
            assert_eq!(codes, [0, 1], "round {round}:\n{}\n{}", both[0].snapshot(), both[1].snapshot());
            let undoing = format!("SELECT count(*) FROM operations WHERE undoes_id = {number}");
            assert_eq!(s.query(&undoing), [["1"]]);
            assert_eq!(s.query("SELECT count(*) FROM transactions"), [["0"]]);
        }
        s.groat(["db", "verify"]).ok();
    }

    fn a_crowd_that_does_anything_leaves_a_sound_book(s: &Sandbox) {
        const PEOPLE: u64 = 5;
        const COMMANDS: usize = 14;
        let _alone = alone();
        let shelf = Shelf::new(s.database_url());
        if !s.is_postgres() {
            std::fs::create_dir_all(s.book_path().parent().expect("a book is in a folder")).expect("a folder");
        }
        for step in household() {
            step.take(&shelf, "ann").expect("nothing is in the way");
        }
        let failures = Mutex::new(Vec::new());
        thread::scope(|scope| {
            for person in 0..PEOPLE {
                let failures = &failures;
                scope.spawn(move || {
                    for line in lines_of(person, COMMANDS, config(s)) {
                        let actor = format!("person {person}");
                        let run = s.groat_with("", &[("GROAT_ACTOR", &actor)], line.split_whitespace());
                        // Refused for what others did meanwhile: gone, taken, changed since, one and the same by now.
                        if !(0..=4).contains(&run.code) || run.stderr.contains("bug in groat") {
                            failures.lock().expect("nothing panics with it in hand").push(run.snapshot());
                        }
                    }
                });
            }
        });
        let failures = failures.into_inner().expect("nothing panics with it in hand");
        assert!(failures.is_empty(), "no refusals but failures:\n{}", failures.join("\n"));
        assert_eq!(shelf.flaws(), Vec::<String>::new());
        assert_eq!(shelf.contradictions(), Vec::<String>::new());
    }
}

/// What a person of the crowd does, on the book of [`household`]: always the same, but where more cases are asked for.
fn lines_of(person: u64, count: usize, config: Config) -> Vec<&'static str> {
    const LINES: [&str; 34] = [
        "add 3.20 tesco -a bank",
        "add 7 shell -c fuel -a cash -t trip",
        "add 2 boots -c cinema -a card",
        "add 1 kiosk -c papers -a bank -t new",
        "income 20 lidl -a bank",
        "transfer 5 bank cash",
        "transfer 4 cash card",
        "edit 4 --amount -4 -c groceries",
        "edit 5 --payee tesco -t home -d yesterday",
        "edit 4 5 --cleared",
        "move 4 5 fuel",
        "delete 4",
        "delete 5 6",
        "duplicate 5",
        "account edit bank --off-budget",
        "account edit bank --on-budget",
        "account edit card --on-budget",
        "account edit card --off-budget",
        "account close card --to bank",
        "account reopen card",
        "category merge groceries fuel",
        "category add groceries",
        "category edit fuel --name petrol",
        "category edit petrol --name fuel",
        "payee rename lidl aldi",
        "payee merge tesco shell",
        "payee merge shell tesco",
        "tag rename trip home",
        "tag rename home trip",
        "undo",
        "undo",
        "undo 10",
        "redo",
        "redo",
    ];
    let is_fixed = config.rng_seed != RngSeed::Random;
    let config = if is_fixed { Config { rng_seed: RngSeed::Fixed(person), ..config } } else { config };
    let mut runner = TestRunner::new(config);
    let lines = proptest::collection::vec(proptest::sample::select(&LINES), count);
    lines.new_tree(&mut runner).expect("lines can be chosen").current()
}

/// One crowd of processes at a time: what two crowds wait for together says nothing about groat.
pub fn alone() -> MutexGuard<'static, ()> {
    static CROWD: Mutex<()> = Mutex::new(());
    CROWD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs as many commands as wanted, but not all of them at the same moment.
fn at_once(s: &Sandbox, count: usize, line: impl Fn(usize) -> Vec<String> + Sync) -> Vec<Run> {
    let (next, runs) = (AtomicUsize::new(1), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..if s.is_postgres() { ALIVE_ON_POSTGRES } else { ALIVE } {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number > count {
                        return;
                    }
                    let run = s.groat(line(number));
                    runs.lock().expect("nothing panics with it in hand").push(run);
                }
            });
        }
    });
    runs.into_inner().expect("nothing panics with it in hand")
}

/// Somebody else has made the same thing and not yet committed: whoever comes second waits, and then uses it.
#[test]
fn what_somebody_else_is_just_making_is_used_on_postgres() {
    const MADE: [(&str, &str); 4] = [
        (
            "Cash",
            "INSERT INTO accounts (name, name_key, kind, currency, is_on_budget, is_closed, created_at, operation_id) \
             SELECT 'Cash', 'cash', 'cash', currency, TRUE, FALSE, created_at, 1 FROM book",
        ),
        (
            "General",
            "INSERT INTO category_groups (name, name_key, position, created_at) \
             SELECT 'General', 'general', 9, created_at FROM book",
        ),
        (
            "coffee",
            "INSERT INTO payees (name, name_key, created_at, operation_id) \
             SELECT 'coffee', 'coffee', created_at, 1 FROM book",
        ),
        (
            "first",
            "INSERT INTO tags (name, name_key, created_at, operation_id) \
             SELECT 'first', 'first', created_at, 1 FROM book",
        ),
    ];
    for (name, sql) in MADE {
        let Some(s) = Sandbox::postgres() else { return };
        s.groat(["db", "init", "--yes"]).ok();
        s.execute(
            "INSERT INTO operations (token, at, actor, source, command, summary, schema_version, is_undone) \
             SELECT 'other', created_at, 'other', 'cli', '', 'other', '', FALSE FROM book",
        );
        let mut other = PgConnection::establish(&s.database_url()).expect("the server answers");
        other.batch_execute(&format!("BEGIN; {sql}")).expect("nobody else is there");
        let running = s.spawn(["add", "1.25", "coffee", "-c", "drinks", "-t", "first"]);
        wait_until_blocked(&s);
        other.batch_execute("COMMIT").expect("nothing is in the way");
        let run = running.wait();
        assert_eq!(run.code, 0, "{name} was just being made:\n{}", run.snapshot());
        s.groat(["db", "verify"]).ok();
    }
}

#[track_caller]
fn wait_until_blocked(s: &Sandbox) {
    const WAITING: &str = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() \
                           AND wait_event_type = 'Lock'";
    let deadline = Instant::now() + Duration::from_secs(20);
    while s.query(WAITING).is_empty() {
        assert!(Instant::now() < deadline, "nobody waits for a lock");
        thread::sleep(Duration::from_millis(5));
    }
}

/// Two writers have read before either writes: in no order one after the other could both succeed unchanged.
#[test]
fn overlapping_decisions_on_postgres_are_tried_again_and_come_out_as_one_after_the_other() {
    let Some(s) = Sandbox::postgres() else { return };
    let shelf = Shelf::new(s.database_url());
    for step in household() {
        step.take(&shelf, "ann").expect("nothing is in the way");
    }
    let fuel = s.query(
        "SELECT p.transaction_id FROM postings p JOIN categories c ON c.id = p.category_id WHERE c.name_key = 'fuel'",
    );
    let id = TransactionId(fuel[0][0].parse().expect("an id is a number"));
    let (both_have_read, attempts) = (Barrier::new(2), AtomicUsize::new(0));
    // `mine` counts the attempts of one writer.
    let meet = |mine: &mut usize| {
        attempts.fetch_add(1, Ordering::Relaxed);
        *mine += 1;
        if *mine == 1 {
            both_have_read.wait();
        }
    };
    let open = |actor| Book::open(opening(&s.database_url(), actor, 60)).expect("the book can be opened");
    let (merged, moved) = thread::scope(|scope| {
        let merging = scope.spawn(|| {
            let mut mine = 0;
            open("ann").write(Isolation::Deciding, |w| {
                category_rows::list(w.conn())?;
                meet(&mut mine);
                categories::merge(w, "groceries", "fuel").map(drop)
            })
        });
        let moving = scope.spawn(|| {
            let mut mine = 0;
            open("bob").write(Isolation::Deciding, |w| {
                category_rows::list(w.conn())?;
                meet(&mut mine);
                edit::recategorise(w, &[id], "groceries").map(drop)
            })
        });
        (merging.join().expect("no panic"), moving.join().expect("no panic"))
    });
    assert!(attempts.into_inner() > 2, "they did not clash");
    merged.expect("whatever was moved before, the merge takes it along");
    if let Err(refused) = moved {
        let kind = refused.downcast_ref::<Problem>().map(|problem| problem.kind);
        assert_eq!(kind, Some(Kind::NotFound), "groceries is gone: {refused:#}");
    }
    assert_eq!(shelf.flaws(), Vec::<String>::new());
    assert_eq!(shelf.contradictions(), Vec::<String>::new());
}

/// Recording reads whether the account is on budget, and counts by that when it ends.
#[test]
fn totals_are_right_when_an_account_leaves_the_budget_while_something_is_recorded_on_postgres() {
    let Some(s) = Sandbox::postgres() else { return };
    s.groat(["account", "add", "Bank"]).ok();
    record_during(&s, &["account", "edit", "bank", "--off-budget"]);
    s.groat(["db", "verify"]).ok();
}

/// The currency of an account may change while nothing is posted; 7.00 USD must not become 700 JPY.
#[test]
fn an_account_cannot_change_its_currency_under_what_is_being_recorded_on_postgres() {
    let Some(s) = Sandbox::postgres() else { return };
    s.groat(["account", "add", "Bank"]).ok();
    record_during(&s, &["account", "edit", "bank", "--currency", "JPY"]);
    assert_eq!(s.query("SELECT currency FROM accounts"), [["USD"]]);
    assert_eq!(s.query("SELECT amount FROM postings"), [["-700"]]);
    s.groat(["db", "verify"]).ok();
}

#[test]
fn an_account_cannot_be_closed_as_empty_under_what_is_being_recorded_on_postgres() {
    let Some(s) = Sandbox::postgres() else { return };
    s.groat(["account", "add", "Bank"]).ok();
    record_during(&s, &["account", "close", "bank"]);
    assert_eq!(s.query("SELECT is_closed FROM accounts"), [["0"]]);
    assert_eq!(s.query("SELECT amount FROM postings"), [["-700"]]);
}

/// Records 7.00 in Bank, and runs a command when that is all but committed. It may have to wait for the commit, and
/// it may be refused.
#[track_caller]
fn record_during(s: &Sandbox, command: &[&str]) {
    /// Whether it waits for us cannot be seen; long enough for a command that does not.
    const PATIENCE: Duration = Duration::from_secs(2);
    let mut running = None;
    let book = Book::open(opening(&s.database_url(), "ann", 60)).expect("the book can be opened");
    let recorded = book.write(Isolation::Recording, |w| {
        record(w, &expense("7", "Lidl", "Bank"))?;
        let other = running.get_or_insert_with(|| s.spawn(command));
        let deadline = Instant::now() + PATIENCE;
        while other.child.try_wait().is_ok_and(|ended| ended.is_none()) && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    });
    let run = running.expect("it was started").wait();
    assert!([0, 1].contains(&run.code), "{}", run.snapshot());
    recorded.expect("recording does not depend on it");
}

//! `demo`: an example household in a book of its own, exact in number, the same for the same day and seed on both
//! databases, sound, and never where anything is already.

use std::path::PathBuf;

use crate::support::{Sandbox, on_both_databases};
use crate::typed::{Typed, brief, column, says, words};

/// The words that make a demo in the sandbox's own place: PostgreSQL's empty database, or a file.
fn made(s: &Sandbox, more: &str) -> String {
    let place = if s.is_postgres() { s.database_url() } else { s.path("demo.db").display().to_string() };
    // The sandbox's variable would make it the own book.
    let own = [("GROAT_DATABASE_URL", "sqlite:own.db")];
    s.groat_with("", &own, words(&format!("demo --db '{place}' --currency EUR {more}"))).ok();
    place
}

fn listing(s: &Sandbox, place: &str) -> String {
    s.ok(&format!("--db '{place}' list -L 0 --json")).stdout
}

on_both_databases! {
    fn a_demo_is_sound_and_of_the_size_that_was_asked_for(s: &Sandbox) {
        let place = made(s, "-L 1500");
        let verified = s.json(&format!("--db '{place}' db verify"));
        assert_eq!(brief(&verified, "ok transactions"), "true 1500");
        let accounts = s.json(&format!("--db '{place}' balance"));
        assert_eq!(
            column(&accounts["accounts"], "account"),
            ["Cash", "Checking", "Credit card", "Pension fund", "Savings"]
        );
        for holds in ["Cash", "Checking", "Savings"] {
            let account = s.json(&format!("--db '{place}' balance {holds}"));
            let balance = crate::typed::text(&account["accounts"][0]["balance"]);
            assert!(!balance.starts_with('-'), "{holds} holds {balance}");
        }
        let log = s.json(&format!("--db '{place}' log"));
        assert_eq!(column(&log["operations"], "undone"), ["false"]);
    }

    fn the_same_day_and_seed_give_the_same_book_and_others_another(s: &Sandbox) {
        let place = made(s, "-L 700");
        let other = Sandbox::sqlite();
        let again = made(&other, "-L 700");
        let listed = listing(s, &place);
        assert_eq!(listed, listing(&other, &again), "whatever the database");
        std::fs::remove_file(&again).expect("the demo is a file");
        let seeded = made(&other, "-L 700 --seed 2");
        assert_ne!(listed, listing(&other, &seeded));
    }

    fn a_place_where_anything_is_is_refused(s: &Sandbox) {
        s.ok("add 3 coffee");
        let own = s.database_url();
        s.refuses(1, &format!("demo --db '{own}'"));
        s.refuses(1, &format!("demo '{own}' -n"));
        s.refuses(1, &format!("demo --db '{own}' -L 5 -y"));
        let elsewhere = [("GROAT_DATABASE_URL", "sqlite:own.db")];
        let before = s.dump(&[]);
        s.groat_with("", &elsewhere, ["demo", "--db", &own]).fails(1);
        assert_eq!(before, s.dump(&[]));
    }

    fn the_own_book_is_none_for_a_demo_however_it_is_written(s: &Sandbox) {
        let own = s.database_url();
        let other = match own.strip_prefix("postgres://") {
            Some(rest) => format!("postgresql://{rest}?connect_timeout=9"),
            None => own.replace("/data/", "/data/../data/"),
        };
        for place in [&own, &other] {
            says(&s.fails(1, &format!("demo --db '{place}' -L 5")), &["your own book"]);
        }
        assert!(s.has_no_book());
    }
}

#[test]
fn without_a_place_it_goes_beside_the_own_book_and_says_how_to_look_at_it() {
    let s = Sandbox::sqlite();
    let run = s.ok("demo -L 300");
    assert!(run.stdout.starts_with("made a household of 300 transactions in USD"), "{}", run.stdout);
    says(&run, &["groat --book demo report"]);
    assert!(s.has_no_book() && demo_path(&s).is_file());
    assert_eq!(s.json("--book demo list")["total"], 300);
    for part in run.stderr.split('`').filter(|part| part.starts_with("groat ")) {
        s.ok(part.trim_start_matches("groat "));
    }
}

fn demo_path(s: &Sandbox) -> PathBuf {
    s.root().join("data/groat/demo.db")
}

#[test]
fn variables_name_the_own_book_and_not_the_demos() {
    let mut s = Sandbox::sqlite();
    s.set("GROAT_DATABASE_URL", "sqlite:own.db");
    s.ok("demo -L 10");
    assert!(demo_path(&s).is_file() && !s.path("own.db").exists());
    let run = s.fails(1, "demo own.db -L 10");
    says(&run, &["your own book"]);
    assert!(!s.path("own.db").exists());
}

#[test]
fn a_demo_goes_neither_to_a_book_of_its_name_nor_behind_a_link() {
    let mut s = Sandbox::sqlite();
    std::os::unix::fs::symlink(s.path(""), s.path("here")).expect("a link can be made");
    s.set("GROAT_DATABASE_URL", "sqlite:own.db");
    says(&s.fails(1, "demo here/own.db -L 10"), &["your own book"]);
    s.unset("GROAT_DATABASE_URL");
    s.set("GROAT_BOOK", "demo");
    says(&s.fails(1, "demo -L 10"), &["your own book", "groat demo FILE"]);
    assert!(!s.path("own.db").exists() && !demo_path(&s).exists());
}

#[test]
fn a_folder_and_no_file_at_all_are_named_as_such() {
    let s = Sandbox::sqlite();
    for place in [".", "./", "/"] {
        says(&s.fails(1, &format!("demo {place}")), &["is a folder"]);
    }
    says(&s.fails(2, "demo :memory:"), &["gone at once"]);
    says(&s.fails(5, "demo /proc/x.db"), &["/proc/x.db"]);
    assert!(!s.fails(5, "demo /proc/x.db").stderr.contains("part"));
    let one = s.ok("demo one.db -L 1").stdout;
    assert!(one.starts_with("made a household of 1 transaction in"), "{one}");
}

#[test]
fn what_is_there_stays_as_it_is() {
    let s = Sandbox::sqlite();
    s.ok("demo -L 10");
    let before = std::fs::read(demo_path(&s)).expect("the demo can be read");
    says(&s.fails(1, "demo"), &["demo.db", "rm "]);
    says(&s.fails(1, "demo -n"), &["demo.db"]);
    assert_eq!(std::fs::read(demo_path(&s)).expect("the demo can be read"), before);
    for (name, content) in [("notes.txt", "mine"), ("empty.db", "")] {
        let path = s.write(name, content);
        s.fails(1, &format!("demo {name}"));
        assert_eq!(std::fs::read_to_string(path).expect("the file is there"), content);
    }
    // What SQLite would play back into a new book.
    s.write("fresh.db-journal", "left behind");
    s.fails(1, "demo fresh.db");
    std::fs::create_dir(s.path("folder")).expect("a folder can be made");
    s.fails(1, "demo folder");
    std::os::unix::fs::symlink("nowhere", s.path("link.db")).expect("a link can be made");
    s.fails(1, "demo link.db");
}

#[test]
fn what_demo_does_not_understand_is_refused() {
    let s = Sandbox::sqlite();
    for (code, line) in [
        (2, "demo -L 0"),
        (2, "demo -L many"),
        (2, "demo x.db --db y.db"),
        (2, "demo x.db --book y"),
        (2, "demo ''"),
        (2, "demo mysql://h/d"),
        (2, "demo --currency EURO"),
        (3, "demo --currency ZZZ"),
        (2, "demo --seed x"),
    ] {
        s.fails(code, line);
        assert!(!demo_path(&s).exists() && !s.path("x.db").exists(), "{line}");
    }
}

#[test]
fn a_dry_run_makes_nothing() {
    let s = Sandbox::sqlite();
    let run = s.ok("demo -n");
    assert!(run.stdout.starts_with("would have made a household of 2000 transactions"), "{}", run.stdout);
    assert!(!demo_path(&s).exists());
    assert_eq!(s.json("demo -n")["operation"], serde_json::Value::Null);
}

#[test]
fn a_demo_that_is_interrupted_leaves_no_book_and_the_next_one_clears_up() {
    let s = Sandbox::sqlite();
    let folder = demo_path(&s).parent().expect("it is in a folder").to_owned();
    let names = || {
        let entries = std::fs::read_dir(&folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect::<Vec<_>>()
    };
    let mut running = s.spawn(["demo", "-L", "1000000"]);
    while !names().iter().any(|name| name.ends_with("-journal")) {
        std::thread::yield_now();
    }
    running.kill();
    assert!(running.wait().code < 0, "it was to be killed at its work");
    assert!(!demo_path(&s).exists() && !names().is_empty(), "{:?}", names());
    // Half-made by a process that is there, somebody else's perhaps.
    std::fs::write(folder.join(".demo.db.1.part"), "").expect("a file can be written");
    s.ok("demo -L 5");
    let mut left = names();
    left.sort();
    assert_eq!(left, [".demo.db.1.part", "demo.db"]);
    assert_eq!(s.json("--book demo list")["total"], 5);
}

#[test]
fn any_size_is_exact_even_the_smallest() {
    let s = Sandbox::sqlite();
    for size in [1, 2, 7, 30, 83, 1_000] {
        let place = format!("{size}.db");
        assert_eq!(brief(&s.json(&format!("demo {place} -L {size}")), "transactions"), size.to_string());
        let verified = s.json(&format!("--db {place} db verify"));
        assert_eq!(brief(&verified, "ok transactions"), format!("true {size}"));
    }
}

#[test]
fn every_currency_has_amounts_of_its_own_scale() {
    let s = Sandbox::sqlite();
    for (code, digits) in [("JPY", 0), ("USD", 2), ("KWD", 3)] {
        s.ok(&format!("demo {code}.db -L 50 --currency {code}"));
        let balance = s.json(&format!("--db {code}.db balance savings"));
        let shown = crate::typed::text(&balance["accounts"][0]["balance"]);
        let behind = shown.split_once('.').map_or(0, |(_, digits)| digits.len());
        assert_eq!(behind, digits, "{shown} {code}");
    }
}

#[test]
fn a_household_has_something_of_everything() {
    let s = Sandbox::sqlite();
    s.ok("demo --currency GBP");
    let one = |sql: &str| {
        let rows = s.groat(["--book", "demo", "db", "query", sql, "--json"]).ok().json();
        crate::typed::text(&rows["rows"][0]["n"]).parse::<i64>().expect("a count")
    };
    for (least, what, sql) in [
        (
            20,
            "splits",
            "SELECT count(DISTINCT transaction_id) AS n FROM postings WHERE position = 1 AND NOT is_transfer",
        ),
        (90, "transfers", "SELECT count(DISTINCT transaction_id) AS n FROM postings WHERE is_transfer"),
        (
            20,
            "transfers off budget",
            "SELECT count(*) AS n FROM postings WHERE is_transfer AND category_id IS NOT NULL",
        ),
        (
            10,
            "uncategorised",
            "SELECT count(*) AS n FROM postings WHERE category_id IS NULL AND NOT is_transfer",
        ),
        (
            5,
            "refunds",
            "SELECT count(*) AS n FROM postings p JOIN categories c ON c.id = p.category_id WHERE p.amount > 0 AND c.kind = 'expense'",
        ),
        (5, "pending rows", "SELECT count(*) AS n FROM postings WHERE status = 'pending'"),
        (
            20,
            "legs that arrive later",
            "SELECT count(*) AS n FROM postings p JOIN transactions t ON t.id = p.transaction_id WHERE p.date > t.date",
        ),
        (40, "tagged rows", "SELECT count(*) AS n FROM transaction_tags"),
        (100, "notes", "SELECT count(*) AS n FROM transactions WHERE note IS NOT NULL"),
        (
            30,
            "payees of other scripts",
            "SELECT count(*) AS n FROM payees WHERE length(name) < length(CAST(name AS BLOB))",
        ),
    ] {
        assert!(one(sql) >= least, "{} {what}, fewer than {least}", one(sql));
    }
    let future = one("SELECT count(*) AS n FROM postings WHERE date > '2026-01-15'");
    assert_eq!(future, 0);
}

//! What must hold when many write at once, when a process dies in the middle, and over a wire that is slow, counted
//! or cut: nothing lost, nothing half-done, no error that waiting would have spared.

mod support;

use std::time::Duration;

use support::{Cut, Proxy, Sandbox, on_both_databases};

/// What libpq and Diesel say before the first statement of ours: two `SET`s.
const CONNECTING: usize = 2;

fn total(s: &Sandbox) -> u64 {
    s.groat(["list", "-L", "1", "--json"]).ok().json()["total"].as_u64().expect("a total is a number")
}

/// Runs the same command that many times at once.
fn at_once(s: &Sandbox, times: usize, args: &[&str]) {
    let running: Vec<_> = (0..times).map(|_| s.spawn(args)).collect();
    for one in running {
        one.wait().ok();
    }
}

on_both_databases! {
    fn two_hundred_at_once_all_get_through(s: &Sandbox) {
        s.groat(["add", "1.00", "coffee", "-c", "treats"]).ok();
        at_once(s, 200, &["add", "1.00", "coffee", "-c", "treats"]);
        assert_eq!(total(s), 201);
        let balance = s.groat(["balance", "--json"]).ok().json();
        assert_eq!(balance["accounts"][0]["balance"], "-201.00");
        s.groat(["db", "verify"]).ok();
    }

    fn twenty_that_find_no_book_make_one_together(s: &Sandbox) {
        at_once(s, 20, &["add", "1.00", "coffee", "-c", "treats"]);
        assert_eq!(total(s), 20);
        for table in ["book", "accounts", "payees"] {
            assert_eq!(s.query(&format!("SELECT count(*) FROM {table}")), [["1"]], "{table}");
        }
        s.groat(["db", "verify"]).ok();
    }

    fn one_operation_is_undone_by_one_of_two(s: &Sandbox) {
        s.groat(["add", "1.00", "coffee"]).ok();
        s.groat(["add", "2.00", "tea"]).ok();
        let running: Vec<_> = (0..4).map(|_| s.spawn(["undo", "2"])).collect();
        let codes: Vec<i32> = running.into_iter().map(|one| one.wait().code).collect();
        assert_eq!(codes.iter().filter(|code| **code == 0).count(), 1, "{codes:?}");
        assert!(codes.iter().all(|code| *code == 0 || *code == 1), "{codes:?}");
        assert_eq!(total(s), 1);
        s.groat(["db", "verify"]).ok();
    }

    fn an_import_that_dies_is_wholly_there_or_wholly_absent(s: &Sandbox) {
        const ROWS: u64 = 1_500;
        const DEATHS: u32 = 50;
        s.groat(["init", "--currency", "EUR", "--account", "Checking"]).ok();
        let rows: String = (0..ROWS).map(|n| format!("2026-01-{:02},Payee {},-{}.50,ref {n}\n", n % 28 + 1, n % 90, n + 1)).collect();
        s.write("long.csv", format!("Date,Payee,Amount,Reference\n{rows}"));
        let file = s.path("long.csv").display().to_string();
        let import = ["import", &file, "-a", "checking"];
        // How long it takes when nobody kills it; then the moments of death are spread over that and a little more.
        let began = std::time::Instant::now();
        s.groat(import).ok();
        let whole = began.elapsed();
        s.groat(["undo"]).ok();
        let mut survived = 0;
        for death in 0..DEATHS {
            let mut running = s.spawn(import);
            // A prime step visits the moments in no order that fits anything else.
            std::thread::sleep(whole * (death * 37 % DEATHS) * 11 / (DEATHS * 10));
            running.kill();
            drop(running.wait());
            let there = total(s);
            assert!(there == 0 || there == ROWS, "{there} of {ROWS} rows after death {death}");
            s.groat(["db", "verify"]).ok();
            if there == ROWS {
                survived += 1;
                s.groat(["undo"]).ok();
            }
        }
        assert!(survived < DEATHS, "no import was killed in time");
        s.groat(import).ok();
        assert_eq!(total(s), ROWS);
    }
}

#[test]
fn everyday_commands_take_few_round_trips() {
    let Some(s) = Sandbox::postgres() else { return };
    s.groat(["add", "1.00", "coffee", "-c", "treats"]).ok();
    let proxy = Proxy::before(&s);
    for (args, most) in [
        (&["add", "2.00", "coffee", "-c", "treats"][..], 8),
        (&["add", "2.00", "coffee"], 8),
        (&["list"], 3),
        (&["balance"], 3),
        (&["report"], 3),
        (&["report", "--by", "month,category", "-p", "all"], 3),
        // The dashboard is a balance and the month's figures.
        (&[], 4),
    ] {
        proxy.reset();
        s.groat_through(&proxy, args).ok();
        let trips = proxy.round_trips() - CONNECTING;
        assert!(trips <= most, "{args:?} took {trips} round trips: {:#?}", proxy.statements());
        assert_eq!(proxy.connections(), 1, "{args:?}");
    }
}

#[test]
fn a_commit_that_never_arrived_changed_nothing_and_says_so() {
    let Some(s) = Sandbox::postgres() else { return };
    s.groat(["add", "1.00", "coffee"]).ok();
    let proxy = Proxy::before(&s);
    proxy.cut_at("COMMIT", Cut::BeforeServer);
    let run = s.groat_through(&proxy, ["add", "2.00", "tea"]).fails(5);
    assert!(proxy.was_cut());
    assert!(run.stderr.contains("nothing was changed"), "{}", run.stderr);
    assert_eq!(total(&s), 1);
}

#[test]
fn a_commit_whose_answer_was_lost_is_told_as_done() {
    let Some(s) = Sandbox::postgres() else { return };
    s.groat(["add", "1.00", "coffee"]).ok();
    let proxy = Proxy::before(&s);
    proxy.cut_at("COMMIT", Cut::BeforeAnswer);
    let run = s.groat_through(&proxy, ["add", "2.00", "tea"]).fails(5);
    assert!(proxy.was_cut());
    assert!(run.stderr.contains("had been recorded"), "{}", run.stderr);
    assert_eq!(total(&s), 2);
}

#[test]
fn a_server_that_is_down_is_one_clear_error() {
    let Some(s) = Sandbox::postgres() else { return };
    let url = Proxy::unreachable_url(&s);
    let began = std::time::Instant::now();
    let run = s.groat_with("", &[("GROAT_DATABASE_URL", &url)], ["list"]).fails(5);
    assert!(run.stderr.starts_with("error: cannot connect to "), "{}", run.stderr);
    assert!(began.elapsed() < Duration::from_secs(10), "a refused connection is told at once");
}

#[test]
fn a_new_book_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let s = Sandbox::sqlite();
    s.groat(["add", "1.00", "coffee"]).ok();
    let mode =
        |path: &std::path::Path| std::fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
    assert_eq!(mode(&s.book_path()), 0o600);
    assert_eq!(mode(s.book_path().parent().expect("a book is in a folder")), 0o700);
    assert_eq!(s.query("PRAGMA journal_mode"), [["delete"]]);
}

//! Importing files end to end, on both databases: real statements against what is known of them, files again
//! and overlapping, deleted rows, rejected rows, and taking imports back.
#![allow(clippy::disallowed_methods, reason = "where the samples are comes from the environment")]

mod support;

#[path = "imports/accounts.rs"]
mod accounts;
#[path = "imports/again.rs"]
mod again;
#[path = "imports/bookings.rs"]
mod bookings;
#[path = "imports/bookings_pending.rs"]
mod bookings_pending;
#[path = "imports/broken.rs"]
mod broken;
#[path = "imports/csv_rules.rs"]
mod csv_rules;
#[path = "imports/currencies.rs"]
mod currencies;
#[path = "imports/formats.rs"]
mod formats;
#[path = "imports/matching.rs"]
mod matching;
#[path = "imports/one_sided.rs"]
mod one_sided;
#[path = "imports/own_exports.rs"]
mod own_exports;
#[path = "imports/parted.rs"]
mod parted;
#[path = "imports/programs.rs"]
mod programs;
#[path = "imports/repeats.rs"]
mod repeats;
#[path = "imports/review.rs"]
mod review;
#[path = "imports/samples/mod.rs"]
mod sample_files;
#[path = "imports/signs.rs"]
mod signs;
#[path = "imports/stated.rs"]
mod stated;
#[path = "imports/three_months.rs"]
mod three_months;
#[path = "imports/transfers.rs"]
mod transfers;

use std::path::PathBuf;

use serde_json::Value;
use support::{Sandbox, on_both_databases};

const STATEMENT: &[u8] = include_bytes!("fixtures/import/csv/statement.csv");

/// The real statement files, which lie beside the checkout; none where they are absent, which CI does not allow.
fn samples() -> Option<PathBuf> {
    let named = std::env::var_os("GROAT_SAMPLES").map(PathBuf::from);
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    let folder = named.unwrap_or(beside);
    if folder.is_dir() {
        return Some(folder);
    }
    support::postgres::cannot_run(&format!("no sample files at {}", folder.display()))
}

/// How many transactions a sample has and what they sum to, as its list of expectations says.
fn expected(samples: &std::path::Path, file: &str) -> (i64, String) {
    let list = std::fs::read_to_string(samples.join("EXPECTED.tsv")).expect("the expectations can be read");
    let value = |kind: &str| {
        let row = list.lines().map(|line| line.split('\t').collect::<Vec<_>>());
        let mut fitting = row.filter(|cells| cells[0] == file && cells[1] == kind && cells[3] == "computed");
        fitting.next().unwrap_or_else(|| panic!("no {kind} expected of {file}"))[2].to_owned()
    };
    (value("transactions").parse().expect("a count is a number"), value("sum"))
}

/// The seven banks that load without a word, each with the currency of its account.
const BANKS: [(&str, &str); 7] = [
    ("csv/reubano__csv2ofx/n26-fr.csv", "EUR"),
    ("csv/reubano__csv2ofx/schwab-checking.csv", "USD"),
    ("csv/reubano__csv2ofx/capitalone.csv", "USD"),
    ("csv/reubano__csv2ofx/ubs-ch-fr_trimmed.csv", "CHF"),
    ("csv/bank2ynab__bank2ynab/2018-04-14_10-52-13_bunq-transactieoverzicht.csv", "EUR"),
    ("csv/bank2ynab__bank2ynab/CSV_A_20180414_112204.csv", "EUR"),
    ("csv/bank2ynab__bank2ynab/MonzoDataExport_February2018_2018-02-26_174335.csv", "GBP"),
];

fn import(s: &Sandbox, file: &str, more: &[&str]) -> Value {
    let mut args = vec!["import", file, "-a", "checking", "--json"];
    args.extend(more);
    s.groat(&args).ok().json()
}

/// A book in euros with an account, and a statement of three rows beside it.
fn with_statement(s: &Sandbox) -> String {
    s.groat(["init", "--currency", "EUR", "--account", "Checking"]).ok();
    s.write("statement.csv", STATEMENT);
    s.path("statement.csv").display().to_string()
}

/// What a command says on stdout.
fn answer(s: &Sandbox, args: &[&str]) -> String {
    s.groat(args).ok().stdout
}

fn total(s: &Sandbox) -> u64 {
    s.groat(["list", "--json"]).ok().json()["total"].as_u64().expect("a total is a number")
}

on_both_databases! {
    fn several_files_are_imports_of_their_own_up_to_the_first_that_fails(s: &Sandbox) {
        let file = with_statement(s);
        s.write("more.csv", "Date,Payee,Amount\n2026-01-10,Bar,-9.00\n2026-01-32,Bar,-9.00\n");
        s.write("last.csv", "Date,Payee,Amount\n2026-01-11,Inn,-7.00\n");
        let run = s.groat(["import", &file, "more.csv", "last.csv", "-a", "checking"]).fails(6);
        assert_eq!(
            run.stdout,
            "imported statement.csv into Checking: 3 new (batch 1)\n\
             imported more.csv into Checking: 1 new (batch 2)\n\
             imported last.csv into Checking: 1 new (batch 3)\n"
        );
        assert!(run.stderr.contains("more.csv:3: "), "{}", run.stderr);
        s.groat(["undo"]).ok();
        assert_eq!(total(s), 4);
        s.write("next.csv", "Date,Payee,Amount\n2026-01-12,Zoo,-12.00\n");
        let run = s.groat(["import", "next.csv", "none.csv", "last.csv", "-a", "checking"]).fails(2);
        assert!(run.stderr.contains("none.csv: ") && run.stderr.contains("groat import list"), "{}", run.stderr);
        assert_eq!(total(s), 5);
        let json = s.groat(["import", "next.csv", "last.csv", "-a", "checking", "--json"]).ok().json();
        assert_eq!([&json["imports"][0]["file"], &json["imports"][1]["new"]], [&Value::from("next.csv"), &Value::from(1)]);
        let lines = s.groat(["import", "next.csv", "last.csv", "-a", "checking", "-O", "jsonl"]).ok().stdout;
        assert_eq!(lines.lines().count(), 2, "{lines}");
        // What was done before a file that fails is told.
        let run = s.groat(["import", "last.csv", "none.csv", "-a", "checking", "--json"]).fails(2);
        assert_eq!(run.json()["imports"][0]["file"], "last.csv");
    }

    fn a_dry_run_of_several_files_tells_what_each_would_do_after_those_before_it(s: &Sandbox) {
        let file = with_statement(s);
        s.write("days.csv", "Day,Payee,Amount\n13/01/2026,Inn,-7.00\n");
        s.write("open.csv", "Day,Payee,Amount\n05/01/2026,Inn,-7.00\n");
        let before = s.dump(&["sqlite_sequence"]);
        let run = s.groat(["import", &file, &file, "-a", "checking", "-n"]).ok();
        assert!(run.stdout.contains("into Checking: 3 new\n") && run.stdout.contains("into Checking: 0 new, 3 duplicates\n"), "{}", run.stdout);
        assert_eq!(run.stderr.matches("dry run: nothing was changed").count(), 1, "{}", run.stderr);
        // What the first settles, the second knows.
        let args = ["import", "days.csv", "open.csv", &file, "days.csv", "-a", "checking", "--json"];
        let dry = s.groat(args.iter().chain(&["-n"])).ok().json();
        assert_eq!(s.dump(&["sqlite_sequence"]), before);
        let done = s.groat(args).ok().json();
        for (dry, done) in dry["imports"].as_array().into_iter().flatten().zip(done["imports"].as_array().into_iter().flatten()) {
            for key in ["file", "new", "matched", "duplicates", "detected", "notes"] {
                assert_eq!(dry[key], done[key], "{dry}");
            }
        }
        assert_eq!([&dry["imports"][3]["duplicates"], &dry["imports"][1]["new"]], [&Value::from(1), &Value::from(1)]);
        // One that fails ends it, and nothing is said to be imported.
        let before = s.dump(&["sqlite_sequence"]);
        let run = s.groat(["import", &file, "none.csv", "-a", "checking", "-n"]).fails(2);
        assert!(run.stderr.contains("none.csv: ") && !run.stderr.contains("are imported"), "{}", run.stderr);
        assert_eq!(s.dump(&["sqlite_sequence"]), before);
    }

    fn undoing_an_import_tells_how_many_went_and_which_batch_holds_the_rest(s: &Sandbox) {
        let file = with_statement(s);
        import(s, &file, &[]);
        import(s, &file, &[]);
        assert_eq!(
            answer(s, &["import", "undo", "1"]),
            "took back the import of statement.csv: 0 transactions removed, \
             3 stay as batch 2 holds them too: `groat import undo 2`\n"
        );
        assert_eq!(total(s), 3);
        assert_eq!(
            answer(s, &["import", "undo", "2", "-n"]),
            "would have taken back the import of statement.csv: 3 transactions removed\n"
        );
        let undone = s.groat(["import", "undo", "2", "--json"]).ok().json();
        assert_eq!(undone["removed"], serde_json::json!([1, 2, 3]));
        assert_eq!(undone["held"], serde_json::json!([]));
        assert_eq!(total(s), 0);
    }

    fn undoing_an_import_tells_what_was_edited_and_what_was_typed(s: &Sandbox) {
        let file = with_statement(s);
        s.groat(["add", "4.80", "bakery", "-d", "2026-01-12"]).ok();
        import(s, &file, &[]);
        s.groat(["edit", "3", "-m", "a note"]).ok();
        import(s, &file, &[]);
        import(s, &file, &[]);
        let run = answer(s, &["import", "undo", "1"]);
        assert!(run.contains("3 stay as batches 2, 3 hold them too: `groat import undo 2`, `groat import undo 3`"), "{run}");
        s.groat(["import", "undo", "2"]).ok();
        let run = s.groat(["import", "undo", "3"]).ok();
        assert_eq!(
            run.stdout,
            "took back the import of statement.csv: 1 transaction removed, 1 as it was before\n"
        );
        assert!(run.stderr.contains("transaction 3 stays: it was changed since"), "{}", run.stderr);
    }

    fn real_statements_load_with_their_counts_and_sums_and_again_bring_nothing(s: &Sandbox) {
        let Some(samples) = samples() else { return };
        s.groat(["init", "--currency", "EUR"]).ok();
        for (number, (file, currency)) in BANKS.iter().enumerate() {
            let account = format!("Bank {number}");
            s.groat(["account", "add", &account, "--currency", currency]).ok();
            let (count, sum) = expected(&samples, file);
            let path = samples.join(file).display().to_string();
            let first = s.groat(["import", &path, "-a", &account, "--json"]).ok().json();
            assert_eq!(first["new"], count, "{file}");
            assert_eq!(first["rejected"].as_array().map(Vec::len), Some(0), "{file}");
            let balance = s.groat(["balance", &account, "--json"]).ok().json();
            let (shown, whole) = (balance["accounts"][0]["balance"].as_str().expect("a balance is a text"), sum);
            let cents = |text: &str| text.parse::<rust_decimal::Decimal>().expect("a sum is a number");
            assert_eq!(cents(shown), cents(&whole), "{file}");
            let again = s.groat(["import", &path, "-a", &account, "--json"]).ok().json();
            assert_eq!((&again["new"], &again["duplicates"]), (&Value::from(0), &Value::from(count)), "{file}");
        }
        s.groat(["db", "verify"]).ok();
    }

    fn identical_rows_of_one_day_stay_two_and_the_file_again_finds_both(s: &Sandbox) {
        let file = with_statement(s);
        assert_eq!(import(s, &file, &[])["new"], 3);
        let again = import(s, &file, &[]);
        assert_eq!((&again["new"], &again["duplicates"]), (&Value::from(0), &Value::from(3)));
        assert_eq!(total(s), 3);
    }

    fn an_overlapping_file_adds_only_the_surplus(s: &Sandbox) {
        let file = with_statement(s);
        import(s, &file, &[]);
        let more = "Date;Payee;Amount;Reference\n13.01.2026;Corner Bakery;-4,80;card 1\n\
            13.01.2026;Corner Bakery;-4,80;card 1\n13.01.2026;Corner Bakery;-4,80;card 1\n15.01.2026;Rent;-900,00;\n";
        s.write("more.csv", more);
        let more = import(s, &s.path("more.csv").display().to_string(), &[]);
        assert_eq!((&more["new"], &more["duplicates"]), (&Value::from(2), &Value::from(2)));
        assert_eq!(total(s), 5);
    }

    fn a_dry_run_shows_what_would_come_and_changes_nothing(s: &Sandbox) {
        let file = with_statement(s);
        let before = s.dump(&[]);
        let plan = import(s, &file, &["-n"]);
        assert_eq!((&plan["new"], &plan["batch"], &plan["dry_run"]), (&3.into(), &Value::Null, &true.into()));
        assert_eq!(plan["transactions"][2]["amount"], "-1049.00");
        assert_eq!(s.dump(&[]), before);
    }

    fn what_was_deleted_stays_deleted_until_it_is_asked_back(s: &Sandbox) {
        let file = with_statement(s);
        import(s, &file, &[]);
        s.groat(["delete", "3"]).ok();
        let again = import(s, &file, &[]);
        assert_eq!((&again["new"], &again["deleted"]), (&Value::from(0), &Value::from(1)));
        assert_eq!(total(s), 2);
        assert_eq!(import(s, &file, &["--restore-deleted"])["new"], 1);
        assert_eq!(total(s), 3);
        assert_eq!(import(s, &file, &[])["duplicates"], 3);
        s.groat(["db", "verify"]).ok();
    }

    fn taking_one_of_two_overlapping_imports_back_loses_nothing_of_the_other(s: &Sandbox) {
        let file = with_statement(s);
        import(s, &file, &[]);
        s.write("more.csv", "Date;Payee;Amount;Reference\n14.01.2026;City Transit;-1.049,00;yearly ticket\n15.01.2026;Rent;-900,00;\n");
        import(s, &s.path("more.csv").display().to_string(), &[]);
        let undone = s.groat(["import", "undo", "1", "--json"]).ok().json();
        assert_eq!(undone["transactions"].as_array().map(Vec::len), Some(2));
        assert_eq!(total(s), 2);
        // The other batch still knows its rows, and the first file brings back what went.
        assert_eq!(import(s, &s.path("more.csv").display().to_string(), &[])["new"], 0);
        assert_eq!(import(s, &file, &[])["new"], 2);
        s.groat(["db", "verify"]).ok();
    }

    fn taking_an_import_back_leaves_what_was_edited_since_and_names_it(s: &Sandbox) {
        let file = with_statement(s);
        import(s, &file, &[]);
        s.groat(["category", "add", "Treats"]).ok();
        s.groat(["edit", "1", "-c", "treats"]).ok();
        let run = s.groat(["import", "undo", "1"]).ok();
        assert!(run.stderr.contains("transaction 1 stays: it was changed since"), "{}", run.stderr);
        assert_eq!(total(s), 1);
        // What stays is still known as the bank's row.
        assert_eq!(import(s, &file, &[])["new"], 2);
        assert_eq!(total(s), 3);
    }

    fn undo_takes_an_import_back_and_redo_brings_it_in_again(s: &Sandbox) {
        let file = with_statement(s);
        let before = s.dump(&["operations", "changes", "sqlite_sequence"]);
        import(s, &file, &[]);
        let after = s.dump(&["operations", "changes", "sqlite_sequence"]);
        s.groat(["undo"]).ok();
        assert_eq!(s.dump(&["operations", "changes", "sqlite_sequence"]), before);
        s.groat(["redo"]).ok();
        assert_eq!(s.dump(&["operations", "changes", "sqlite_sequence"]), after);
        s.groat(["db", "verify"]).ok();
    }

    fn a_bad_row_costs_only_itself(s: &Sandbox) {
        with_statement(s);
        s.write("bad.csv", "Date,Payee,Amount\n2026-01-13,Bakery,-4.80\n2026-02-30,Nowhere,-1.00\n2026-01-14,Transit,12x3\n2026-01-15,Rent,-900.00\n");
        let run = s.groat(["import", &s.path("bad.csv").display().to_string(), "-a", "checking", "--json"]).fails(6);
        let json = run.json();
        assert_eq!(json["new"], 2);
        let lines: Vec<&Value> = json["rejected"].as_array().expect("a list").iter().map(|row| &row["line"]).collect();
        assert_eq!(lines, [&Value::from(3), &Value::from(4)]);
        assert!(run.stderr.contains("bad.csv:3: "), "{}", run.stderr);
        assert_eq!(total(s), 2);
    }

    fn a_file_in_another_currency_is_one_error(s: &Sandbox) {
        with_statement(s);
        s.write("usd.csv", "Date,Payee,Amount,Currency\n2026-01-13,Bakery,-4.80,USD\n2026-01-14,Transit,-2.00,USD\n");
        let before = s.dump(&[]);
        let run = s.groat(["import", &s.path("usd.csv").display().to_string(), "-a", "checking"]).fails(2);
        assert!(run.stderr.contains("--currency USD"), "{}", run.stderr);
        assert_eq!(s.dump(&[]), before);
    }

    fn what_is_no_statement_is_one_error_and_changes_nothing(s: &Sandbox) {
        with_statement(s);
        let before = s.dump(&[]);
        for (name, bytes) in [
            ("empty.csv", &b""[..]),
            ("picture.csv", b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff"),
            ("login.csv", b"<!DOCTYPE html><html><body><form>Please log in</form></body></html>"),
            ("prose.csv", b"This is a letter\nto nobody at all\n"),
        ] {
            s.write(name, bytes);
            let run = s.groat(["import", &s.path(name).display().to_string(), "-a", "checking"]).fails(2);
            assert_eq!(run.stderr.lines().filter(|line| line.starts_with("error: ")).count(), 1, "{name}: {}", run.stderr);
        }
        s.groat(["import", "nowhere.csv", "-a", "checking"]).fails(2);
        s.groat(["import", &s.path("statement.csv").display().to_string(), "-a", "nobody"]).fails(3);
        s.groat(["import", &s.path("statement.csv").display().to_string()]).fails(4);
        assert_eq!(s.dump(&[]), before);
    }

    fn an_open_date_order_is_asked_for_and_then_remembered(s: &Sandbox) {
        with_statement(s);
        s.write("open.csv", "Date,Payee,Amount\n05/03/2025,Bakery,-4.80\n06/03/2025,Transit,-2.00\n");
        let file = s.path("open.csv").display().to_string();
        let run = s.groat(["import", &file, "-a", "checking"]).fails(4);
        assert!(run.stderr.contains("--date-order"), "{}", run.stderr);
        let plan = import(s, &file, &["--date-order", "dmy"]);
        assert_eq!(plan["transactions"][0]["date"], "2025-03-05");
        assert_eq!(import(s, &file, &[])["duplicates"], 2);
    }

    fn standard_input_is_a_file_too(s: &Sandbox) {
        with_statement(s);
        let run = s.groat_with(std::str::from_utf8(STATEMENT).expect("it is UTF-8"), &[], ["import", "-", "-a", "checking", "--json"]);
        assert_eq!(run.ok().json()["new"], 3);
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

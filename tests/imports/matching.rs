//! Which row of a file is which row of the book, beyond the same file again: other sources, what was typed, what was
//! pending; and taking such matches back.

use serde_json::Value;

use crate::support::{Sandbox, on_both_databases};
use crate::{STATEMENT, import, total, with_statement};

/// Imports rows under headings: the headings are the source.
fn rows(s: &Sandbox, name: &str, header: &str, rows: &str, more: &[&str]) -> Value {
    s.write(name, format!("{header}\n{rows}"));
    import(s, &s.path(name).display().to_string(), more)
}

fn other(s: &Sandbox, lines: &str) -> Value {
    rows(s, "other.csv", "Booked,Name,Sum,Purpose", lines, &[])
}

fn counts(answer: &Value) -> (i64, i64, i64) {
    let count = |key: &str| answer[key].as_i64().expect("a count is a number");
    (count("new"), count("matched"), count("duplicates"))
}

fn show(s: &Sandbox, id: &str) -> Value {
    s.groat(["show", id, "--json"]).ok().json()
}

fn reasons(answer: &Value) -> Vec<String> {
    let rows = answer["transactions"].as_array().expect("a list");
    rows.iter().map(|row| row["reason"].as_str().expect("a text").to_owned()).collect()
}

fn book(s: &Sandbox) {
    s.groat(["init", "--currency", "EUR", "--account", "Checking"]).ok();
}

const HEADER: &str = "Date,Payee,Amount,Reference";

on_both_databases! {
    fn another_source_finds_the_rows_of_the_first_and_is_not_asked_twice(s: &Sandbox) {
        let file = with_statement(s);
        import(s, &file, &[]);
        let lines = "2026-01-13,CORNER BAKERY 12,-4.80,x\n2026-01-13,CORNER BAKERY 12,-4.80,y\n\
            2026-01-13,CORNER BAKERY 12,-4.80,z\n2026-01-14,TRANSIT,-1049.00,\n";
        let first = other(s, lines);
        assert_eq!(counts(&first), (1, 3, 0), "{first}");
        assert_eq!(reasons(&first)[0], "already there from `statement.csv`");
        assert_eq!(total(s), 4);
        assert_eq!(counts(&other(s, lines)), (0, 0, 4));
        assert_eq!(counts(&import(s, &file, &[])), (0, 0, 3));
        // A third coffee in the first source is the one that the second showed.
        s.write("three.csv", [STATEMENT, b"13.01.2026;Corner Bakery;-4,80;card 1\n"].concat());
        let three = import(s, &s.path("three.csv").display().to_string(), &[]);
        assert_eq!(counts(&three), (0, 1, 3), "{three}");
        assert_eq!(total(s), 4);
        s.groat(["db", "verify"]).ok();
    }

    fn a_running_balance_that_jumps_is_told_and_refuses_nothing(s: &Sandbox) {
        book(s);
        s.write("b.csv", "Date,Payee,Amount,Balance\n2026-01-05,Cafe,-3.00,97.00\n2026-01-06,Pay,50.00,147.00\n2026-01-07,Bar,-4.00,140.00\n");
        let run = s.groat(["import", "b.csv", "-a", "checking"]).ok();
        assert!(run.stderr.contains("the running balance jumps at line 4: is a row missing there"), "{}", run.stderr);
        assert_eq!(total(s), 3);
    }

    fn a_match_names_the_file_that_holds_the_row(s: &Sandbox) {
        book(s);
        for (name, line) in [("jan.csv", "2026-01-05,Cafe,-3.00,\n"), ("feb.csv", "2026-01-09,Bar,-4.00,\n")] {
            rows(s, name, HEADER, line, &[]);
        }
        let answer = other(s, "2026-01-05,CAFE,-3.00,\n2026-01-09,BAR,-4.00,\n");
        assert_eq!(reasons(&answer), ["already there from `jan.csv`", "already there from `feb.csv`"]);
    }

    fn taking_back_one_of_two_sources_leaves_what_the_other_shows(s: &Sandbox) {
        let file = with_statement(s);
        let empty = s.dump(&["operations", "changes", "sqlite_sequence", "import_sources", "payees"]);
        import(s, &file, &[]);
        other(s, "2026-01-13,CORNER BAKERY 12,-4.80,x\n2026-01-14,TRANSIT,-1049.00,\n");
        s.groat(["import", "undo", "1"]).ok();
        assert_eq!(total(s), 2);
        s.groat(["db", "verify"]).ok();
        let again = import(s, &file, &[]);
        assert_eq!(counts(&again), (1, 2, 0), "{again}");
        s.groat(["import", "undo", "2"]).ok();
        assert_eq!(total(s), 3);
        s.groat(["import", "undo", "3"]).ok();
        assert_eq!(total(s), 0);
        s.groat(["db", "verify"]).ok();
        assert_eq!(s.dump(&["operations", "changes", "sqlite_sequence", "import_sources", "payees"]), empty);
    }

    fn one_deleted_row_swallows_one_row_of_an_unsorted_file(s: &Sandbox) {
        book(s);
        rows(s, "one.csv", "Posted,Description,Value", "2026-01-05,Coffee,-7.77\n", &[]);
        s.groat(["delete", "1"]).ok();
        let many: String = (0..9_000).map(|n| format!("2025-{:02}-{:02},P,-{}.00\n", n % 12 + 1, n % 28 + 1, n + 1)).collect();
        let many = format!("2026-01-05,Cafe A,-7.77\n{many}2026-01-05,Cafe B,-7.77\n");
        let answer = rows(s, "many.csv", "Date,Payee,Amount", &many, &[]);
        assert_eq!((counts(&answer), &answer["deleted"]), ((9_001, 0, 0), &Value::from(1)));
    }

    fn what_was_deleted_does_not_come_back_from_another_source(s: &Sandbox) {
        let file = with_statement(s);
        import(s, &file, &[]);
        s.groat(["delete", "3"]).ok();
        let lines = "2026-01-14,TRANSIT,-1049.00,\n";
        let answer = other(s, lines);
        assert_eq!((counts(&answer), &answer["deleted"]), ((0, 0, 0), &Value::from(1)));
        assert_eq!(other(s, lines)["deleted"], 1);
        let back = rows(s, "other.csv", "Booked,Name,Sum,Purpose", lines, &["--restore-deleted"]);
        assert_eq!(counts(&back), (1, 0, 0));
        // The first source asks for its row back, too, and it is there.
        let joined = import(s, &file, &["--restore-deleted"]);
        assert_eq!(counts(&joined), (0, 1, 2), "{joined}");
        assert_eq!(total(s), 3);
    }

    fn a_typed_spending_is_confirmed_filled_and_keeps_what_the_user_said(s: &Sandbox) {
        book(s);
        s.groat(["add", "4.80", "Bean & Leaf", "-c", "coffee", "-a", "checking", "-d", "2026-01-11", "-m", "with Ann"]).ok();
        s.groat(["add", "20", "-a", "checking", "-d", "2026-01-12"]).ok();
        let answer = rows(s, "a.csv", HEADER, "2026-01-13,CARD 17,-4.80,x\n2026-01-13,Shell,-20.00,pump 3\n", &[]);
        assert_eq!(counts(&answer), (0, 2, 0), "{answer}");
        assert_eq!(reasons(&answer), ["typed 2 days earlier", "typed 1 day earlier"]);
        let (coffee, fuel) = (show(s, "1"), show(s, "2"));
        let said = |of: &Value| ["payee", "category", "note", "date", "status"].map(|key| of[key].as_str().unwrap_or("-").to_owned());
        assert_eq!(said(&coffee), ["Bean & Leaf", "Coffee", "with Ann", "2026-01-11", "cleared"]);
        assert_eq!(said(&fuel), ["Shell", "-", "pump 3", "2026-01-12", "cleared"]);
        s.groat(["db", "verify"]).ok();
        // Both are the bank's by now.
        let again = rows(s, "a.csv", HEADER, "2026-01-13,CARD 17,-4.80,x\n2026-01-13,CARD 17,-4.80,y\n", &[]);
        assert_eq!(counts(&again), (1, 0, 1), "{again}");
    }

    fn taking_the_import_back_leaves_what_was_typed_as_it_was(s: &Sandbox) {
        book(s);
        s.groat(["add", "20", "-a", "checking", "-d", "2026-01-12"]).ok();
        s.groat(["add", "5", "bakery", "-a", "checking", "-d", "2026-01-12"]).ok();
        let state = |s: &Sandbox| ["1", "2"].map(|id| {
            let mut shown = show(s, id);
            for key in ["operation", "updated_at"] { shown[key] = Value::Null; }
            shown.to_string()
        });
        let before = state(s);
        let lines = "2026-01-13,Shell,-20.00,pump 3\n2026-01-12,Bakery,-5.00,\n";
        rows(s, "a.csv", HEADER, lines, &[]);
        assert_ne!(state(s), before);
        s.groat(["import", "undo", "1"]).ok();
        assert_eq!(state(s), before);
        s.groat(["db", "verify"]).ok();
        s.groat(["undo"]).ok();
        assert_ne!(state(s), before);
        s.groat(["redo"]).ok();
        rows(s, "a.csv", HEADER, lines, &[]);
        s.groat(["edit", "2", "-m", "fresh"]).ok();
        let run = s.groat(["import", "undo", "2"]).ok();
        assert!(run.stderr.contains("transaction 2 stays: it was changed since"), "{}", run.stderr);
        assert_eq!(show(s, "2")["status"], "cleared");
        assert_eq!(show(s, "1")["payee"], Value::Null);
        // The row of what stays is kept: the file does not double it.
        assert_eq!(counts(&rows(s, "a.csv", HEADER, lines, &[])), (0, 1, 1));
        s.groat(["db", "verify"]).ok();
    }

    fn the_same_payee_goes_before_a_nearer_day_and_each_is_joined_once(s: &Sandbox) {
        book(s);
        s.groat(["add", "29.47", "Bakkerij", "-a", "checking", "-d", "2026-01-08"]).ok();
        s.groat(["add", "29.47", "Kroger", "-a", "checking", "-d", "2026-01-10"]).ok();
        let answer = rows(s, "a.csv", HEADER, "2026-01-10,bakkerij,-29.47,x\n2026-01-18,Kroger,-29.47,y\n", &[]);
        // The second is eight days away.
        assert_eq!(counts(&answer), (1, 1, 0), "{answer}");
        assert_eq!(answer["transactions"][0]["transaction"], 1);
        assert_eq!(show(s, "2")["status"], "pending");
    }

    fn a_split_is_matched_by_its_total_and_never_by_a_part(s: &Sandbox) {
        book(s);
        s.groat(["add", "10", "Market", "-a", "checking", "-d", "2026-01-12", "--split", "food=7.01", "--split", "fun=2.99"]).ok();
        let answer = rows(s, "a.csv", HEADER, "2026-01-12,Market,-2.99,\n2026-01-13,Market,-10.00,\n", &[]);
        assert_eq!(counts(&answer), (1, 1, 0), "{answer}");
        assert_eq!(show(s, "1")["status"], "cleared");
        s.groat(["db", "verify"]).ok();
    }

    fn each_leg_of_a_typed_transfer_is_confirmed_by_its_own_bank(s: &Sandbox) {
        book(s);
        s.groat(["account", "add", "Savings"]).ok();
        s.groat(["transfer", "50", "checking", "savings", "-d", "2026-01-10"]).ok();
        let answer = rows(s, "a.csv", HEADER, "2026-01-11,TO SAVINGS,-50.00,x\n", &[]);
        assert_eq!(counts(&answer), (0, 1, 0), "{answer}");
        let legs = |s: &Sandbox| show(s, "1")["postings"].as_array().map(|legs| legs.iter().map(|leg| leg["status"].as_str().unwrap_or("").to_owned()).collect::<Vec<_>>());
        assert_eq!(legs(s), Some(vec!["cleared".to_owned(), "pending".to_owned()]));
        s.write("s.csv", "Date,Payee,Amount\n2026-01-10,FROM CHECKING,50.00\n");
        let other = s.groat(["import", &s.path("s.csv").display().to_string(), "-a", "savings", "--json"]).ok().json();
        assert_eq!(counts(&other), (0, 1, 0), "{other}");
        assert_eq!(show(s, "1")["payee"], Value::Null);
        s.groat(["import", "undo", "1"]).ok();
        assert_eq!(legs(s), Some(vec!["pending".to_owned(), "cleared".to_owned()]));
        s.groat(["import", "undo", "2"]).ok();
        assert_eq!(legs(s), Some(vec!["pending".to_owned(), "pending".to_owned()]));
        s.groat(["db", "verify"]).ok();
    }

    fn a_starting_balance_is_nobodys_row(s: &Sandbox) {
        s.groat(["init", "--currency", "EUR"]).ok();
        s.groat(["account", "add", "Checking", "--balance", "1000", "-d", "2026-01-01"]).ok();
        let answer = rows(s, "a.csv", HEADER, "2026-01-03,Employer,1000.00,pay\n", &[]);
        assert_eq!(counts(&answer), (1, 0, 0), "{answer}");
    }

    fn undo_takes_matches_back_to_the_byte(s: &Sandbox) {
        book(s);
        s.groat(["add", "20", "-a", "checking", "-d", "2026-01-12"]).ok();
        rows(s, "o.csv", "Booked,Name,Sum", "2026-01-13,Rent,-900.00\n", &[]);
        let kept = ["operations", "changes", "sqlite_sequence"];
        let before = s.dump(&kept);
        let answer = rows(s, "a.csv", HEADER, "2026-01-13,Shell,-20.00,pump 3\n2026-01-13,RENT 01,-900.00,\n", &[]);
        assert_eq!(counts(&answer), (0, 2, 0), "{answer}");
        let after = s.dump(&kept);
        s.groat(["undo"]).ok();
        assert_eq!(s.dump(&kept), before);
        s.groat(["redo"]).ok();
        assert_eq!(s.dump(&kept), after);
        s.groat(["db", "verify"]).ok();
    }

    fn merging_payees_does_not_keep_an_import_from_being_taken_back(s: &Sandbox) {
        book(s);
        rows(s, "a.csv", HEADER, "2026-01-13,TESCO STORES 2041,-20.00,\n2026-01-14,Tesco,-5.00,\n", &[]);
        s.groat(["payee", "merge", "TESCO STORES 2041", "Tesco"]).ok();
        let run = s.groat(["import", "undo", "1"]).ok();
        assert_eq!(run.stderr, "");
        assert_eq!(total(s), 0);
        s.groat(["db", "verify"]).ok();
    }

    fn what_upkeep_did_before_an_import_does_not_keep_its_matches(s: &Sandbox) {
        book(s);
        s.groat(["add", "20", "Tesco", "-c", "food", "-a", "checking", "-d", "2026-01-12"]).ok();
        s.groat(["add", "30", "Shell", "-c", "car", "-a", "checking", "-d", "2026-01-12"]).ok();
        s.groat(["add", "40", "Aldi", "-c", "food", "-a", "checking", "-d", "2026-01-12"]).ok();
        s.groat(["category", "add", "Travel"]).ok();
        s.groat(["category", "add", "Fun"]).ok();
        s.groat(["add", "1", "Tesco Stores", "-a", "checking", "-d", "2025-01-12"]).ok();
        s.groat(["payee", "merge", "Tesco", "Tesco Stores"]).ok();
        s.groat(["category", "merge", "car", "travel"]).ok();
        s.groat(["rule", "add", "payee:aldi", "-c", "travel"]).ok();
        s.groat(["rule", "apply", "--overwrite"]).ok();
        let lines = "2026-01-13,TESCO,-20.00,\n2026-01-13,SHELL,-30.00,\n2026-01-13,ALDI,-40.00,\n";
        for file in ["a.csv", "b.csv"] {
            let before = [show(s, "1"), show(s, "2"), show(s, "3")];
            let answer = rows(s, file, HEADER, lines, &[]);
            assert_eq!(counts(&answer), (0, 3, 0), "{answer}");
            let run = s.groat(["import", "undo", &answer["batch"].to_string()]).ok();
            assert_eq!(run.stderr, "");
            for (id, before) in ["1", "2", "3"].into_iter().zip(&before) {
                let now = show(s, id);
                for key in ["status", "payee", "category", "date", "amount"] {
                    assert_eq!(now[key], before[key], "{id}: {now}");
                }
            }
            // Between an import that was taken back and the next, too.
            s.groat(["category", "merge", if file == "a.csv" { "food" } else { "fun" }, "travel"]).ok();
        }
        let before = show(s, "3");
        let batch = rows(s, "a.csv", HEADER, lines, &[])["batch"].to_string();
        s.groat(["payee", "rename", "Aldi", "Lidl"]).ok();
        s.groat(["payee", "merge", "Lidl", "Tesco Stores"]).ok();
        let run = s.groat(["import", "undo", &batch]).ok();
        assert_eq!(run.stderr, "transaction 3 stays: it was changed since\n");
        assert_eq!([&show(s, "3")["status"], &before["status"]], ["cleared", "pending"]);
        s.groat(["db", "verify"]).ok();
    }

    fn the_plan_shows_matches_to_people(s: &Sandbox) {
        book(s);
        s.groat(["add", "4.80", "Bakery", "-a", "checking", "-d", "2026-01-11"]).ok();
        s.write("a.csv", "Date,Payee,Amount\n2026-01-13,Bakery,-4.80\n2026-01-14,Rent,-900.00\n");
        let run = s.groat(["import", "a.csv", "-a", "checking", "-n"]).ok();
        assert!(run.stdout.contains("would import a.csv into Checking: 1 new, 1 matched"), "{}", run.stdout);
        assert!(run.stdout.contains("matched: 1 `Bakery`, typed 2 days earlier"), "{}", run.stdout);
        let done = s.groat(["import", "a.csv", "-a", "checking"]).ok();
        assert!(done.stdout.starts_with("imported a.csv into Checking: 1 new, 1 matched (batch "), "{}", done.stdout);
        let shown = s.groat(["show", "1"]).ok().stdout;
        assert!(shown.contains("a.csv") && shown.contains("matched: typed 2 days earlier"), "{shown}");
        assert!(shown.contains("2026-01-13,Bakery,-4.80"), "{shown}");
        let log = s.groat(["log", "-L", "1"]).ok();
        assert!(log.stdout.contains("imported a.csv (1 new, 1 matched) into Checking"), "{}", log.stdout);
    }
}

const PENDING_HEADER: &str = "Date,Payee,Amount,Status,Reference";

on_both_databases! {
    fn pending_rows_are_listed_and_only_recorded_when_asked(s: &Sandbox) {
        book(s);
        let lines = "2026-01-12,Cafe,-3.20,pending,\n2026-01-11,Rent,-900.00,booked,\n";
        let listed = rows(s, "p.csv", PENDING_HEADER, lines, &[]);
        assert_eq!((counts(&listed), &listed["pending"]), ((1, 0, 0), &Value::from(1)), "{listed}");
        let recorded = rows(s, "p.csv", PENDING_HEADER, lines, &["--with-pending"]);
        assert_eq!((counts(&recorded), &recorded["pending"]), ((1, 0, 1), &Value::from(0)), "{recorded}");
        assert_eq!(show(s, "2")["status"], "pending");
        let again = rows(s, "p.csv", PENDING_HEADER, lines, &["--with-pending"]);
        assert_eq!(counts(&again), (0, 0, 2));
        s.groat(["delete", "2"]).ok();
        let deleted = rows(s, "p.csv", PENDING_HEADER, lines, &["--with-pending"]);
        assert_eq!((counts(&deleted), &deleted["deleted"]), ((0, 0, 1), &Value::from(1)), "{deleted}");
        let back = rows(s, "p.csv", PENDING_HEADER, lines, &["--with-pending", "--restore-deleted"]);
        assert_eq!(counts(&back), (1, 0, 1), "{back}");
        s.groat(["db", "verify"]).ok();
    }

    fn a_booked_row_is_what_was_pending_up_to_a_week_before(s: &Sandbox) {
        book(s);
        rows(s, "p.csv", PENDING_HEADER, "2026-01-05,Cafe,-3.20,pending,\n2026-01-06,Bar,-9.00,pending,\n", &["--with-pending"]);
        s.groat(["edit", "1", "-m", "with Ann"]).ok();
        // The bar is still pending in the same file, and what is booked before is something else.
        let lines = "2026-01-07,CAFE 12,-3.20,booked,\n2026-01-06,Bar,-9.00,pending,\n2026-01-04,Bar,-9.00,booked,\n2026-01-08,Bar,-9.00,booked,\n";
        let answer = rows(s, "p.csv", PENDING_HEADER, lines, &["--with-pending"]);
        assert_eq!(counts(&answer), (2, 1, 1), "{answer}");
        assert_eq!(reasons(&answer)[0], "pending 2 days earlier");
        let cafe = show(s, "1");
        assert_eq!([&cafe["date"], &cafe["status"], &cafe["note"], &cafe["payee"]], ["2026-01-07", "cleared", "with Ann", "Cafe"]);
        let booked = rows(s, "p.csv", PENDING_HEADER, "2026-01-13,Bar,-9.00,booked,\n", &[]);
        assert_eq!(counts(&booked), (0, 1, 0), "{booked}");
        assert_eq!(show(s, "2")["date"], "2026-01-13");
        s.groat(["import", "undo", "3"]).ok();
        assert_eq!([&show(s, "2")["date"], &show(s, "2")["status"]], ["2026-01-06", "pending"]);
        s.groat(["db", "verify"]).ok();
    }

    fn a_pending_row_follows_its_bank_id_to_another_amount_and_day(s: &Sandbox) {
        book(s);
        let header = "Date,Payee,Amount,Status,Transaction ID";
        rows(s, "p.csv", header, "2026-01-05,Fuel,-1.00,pending,T77\n2026-01-04,Rent,-900.00,booked,T70\n", &["--with-pending"]);
        let answer = rows(s, "p.csv", header, "2026-01-14,Fuel,-52.10,booked,T77\n", &[]);
        assert_eq!(counts(&answer), (0, 1, 0), "{answer}");
        let fuel = show(s, "1");
        assert_eq!([&fuel["amount"], &fuel["date"], &fuel["status"]], ["-52.10", "2026-01-14", "cleared"]);
        s.groat(["db", "verify"]).ok();
        assert_eq!(counts(&rows(s, "p.csv", header, "2026-01-14,Fuel,-52.10,booked,T77\n", &[])), (0, 0, 1));
        // The same number for something else that is booked: numbers are not believed any more.
        let run = { s.write("p.csv", format!("{header}\n2026-01-15,Fuel,-9.00,booked,T70\n")); s.groat(["import", "p.csv", "-a", "checking"]).ok() };
        assert!(run.stderr.contains("rows are told apart by day, amount and text"), "{}", run.stderr);
        assert_eq!(s.query("SELECT CAST(count(*) AS TEXT) FROM import_sources WHERE ids_unreliable"), [["1"]]);
    }

    fn a_pending_row_that_was_changed_keeps_its_amount_and_that_is_told(s: &Sandbox) {
        book(s);
        let header = "Date,Payee,Amount,Status,Transaction ID";
        rows(s, "p.csv", header, "2026-01-05,Fuel,-40.00,pending,T77\n", &["--with-pending"]);
        s.groat(["edit", "1", "--amount", "-45"]).ok();
        s.write("p.csv", format!("{header}\n2026-01-06,Fuel,-52.10,booked,T77\n"));
        let run = s.groat(["import", "p.csv", "-a", "checking"]).ok();
        assert!(run.stderr.contains("transaction 1 is booked with -52.10, and keeps -45.00"), "{}", run.stderr);
        let fuel = show(s, "1");
        assert_eq!([&fuel["amount"], &fuel["status"]], ["-45.00", "cleared"]);
    }

    fn a_pending_row_that_was_moved_to_another_account_stays_there_and_that_is_told(s: &Sandbox) {
        book(s);
        s.groat(["account", "add", "Visa Card"]).ok();
        let header = "Date,Payee,Amount,Status,Transaction ID";
        rows(s, "p.csv", header, "2026-01-05,Fuel,-40.00,pending,T77\n", &["--with-pending"]);
        s.groat(["edit", "1", "-a", "visa card"]).ok();
        s.write("p.csv", format!("{header}\n2026-01-06,Fuel,-40.00,booked,T77\n"));
        let run = s.groat(["import", "p.csv", "-a", "checking"]).ok();
        let told = "transaction 1 is booked with -40.00 in Checking, and stays in the account that it was moved to here: \
                    `groat edit 1 -a checking` where the bank is right\n";
        assert_eq!(run.stderr, told);
        assert_eq!([&show(s, "1")["account"], &show(s, "1")["status"]], ["Visa Card", "pending"]);
        s.groat(["db", "verify"]).ok();
    }

    fn what_earlier_files_settled_decides_dates_and_a_contradiction_is_asked(s: &Sandbox) {
        book(s);
        let settled = rows(s, "d.csv", HEADER, "13/03/2025,Bakery,-4.80,\n", &[]);
        assert_eq!(counts(&settled), (1, 0, 0));
        let open = rows(s, "d.csv", HEADER, "05/04/2025,Metro,-2.00,\n", &[]);
        assert_eq!(open["transactions"][0]["date"], "2025-04-05");
        s.write("d.csv", format!("{HEADER}\n05/25/2025,Metro,-2.00,\n"));
        let run = s.groat(["import", "d.csv", "-a", "checking"]).fails(4);
        assert!(run.stderr.contains("`--date-order mdy`"), "{}", run.stderr);
        let said = import(s, "d.csv", &["--date-order", "mdy"]);
        assert_eq!(said["transactions"][0]["date"], "2025-05-25");
        // Another kind of file knows nothing of it.
        s.write("e.csv", "Booked,Name,Sum\n05/04/2025,Metro,-2.00\n");
        s.groat(["import", "e.csv", "-a", "checking"]).fails(4);
    }
}

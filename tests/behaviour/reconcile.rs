//! `reconcile`: an account against its statement. Numbers were worked out by hand.

use std::thread;

use serde_json::{Value, json};

use crate::support::{Sandbox, Terminal, keys, on_both_databases};
use crate::typed::{Typed, brief, briefs, column, keys as keys_of, says};

/// Checking with 100.00 cleared at first, -10.00 cleared, and pending -4.56, -20.00 and a transfer of 7.00 to Savings.
/// Cleared are 90.00, pending -31.56.
pub fn account(s: &Sandbox) {
    for line in [
        "init --currency EUR",
        "account add Checking --balance 100 -d 2026-01-01",
        "account add Savings --kind savings",
        "add 10 shell -a checking -d 2026-01-11 --cleared",
        "add 4.56 tesco -a checking -d 2026-01-10",
        "add 20 lidl -a checking -d 2026-01-12",
        "transfer 7 checking savings -d 2026-01-13",
    ] {
        s.ok(line);
    }
}

/// Statuses of all transactions by id, those of a transfer's legs one after the other.
pub fn statuses(s: &Sandbox) -> String {
    let rows = s.query("SELECT status FROM postings ORDER BY transaction_id, position");
    rows.concat().join(" ")
}

/// What `reconcile` answers when the statement says something else.
fn differs(s: &Sandbox, line: &str) -> Value {
    let before = s.dump(&[]);
    let run = s.run(&format!("{line} --json")).fails(1);
    assert_eq!(before, s.dump(&[]), "`{line}` changed the book");
    run.json()
}

/// Reason, transactions and command of each proposal.
fn proposed(s: &Sandbox, statement: &str) -> Vec<String> {
    let answer = differs(s, &format!("reconcile checking --statement {statement}"));
    briefs(&answer["proposals"], "reason transactions command")
}

on_both_databases! {
    fn a_day_that_was_reconciled_already_is_told_with_what(s: &Sandbox) {
        account(s);
        stated(s, "2026-01-14", 80_20);
        s.ok("reconcile checking --statement 80.20 -d 2026-01-14");
        says(
            &s.run("reconcile checking").fails(4),
            &["bank.csv states 80.20 EUR on 2026-01-14, with which it was reconciled already"],
        );
        stated(s, "2026-01-14", 85_20);
        says(
            &s.run("reconcile checking -d 2026-01-14").fails(4),
            &["bank.csv states 85.20 EUR on 2026-01-14, but it was reconciled already with 80.20 on that day"],
        );
        s.ok("reconcile checking --statement 80.20");
        s.execute("DELETE FROM statement_balances WHERE origin = 'reconciled' AND date = '2026-01-14'");
        says(
            &s.run("reconcile checking -d 2026-01-14").fails(4),
            &["bank.csv states 85.20 EUR on 2026-01-14, and it was reconciled already on 2026-01-15"],
        );
    }

    fn what_agrees_is_locked_and_the_balance_kept(s: &Sandbox) {
        account(s);
        let done = s.json("reconcile checking --statement 90 -d 2026-01-14");
        assert_eq!(
            keys_of(&done),
            "operation summary account currency date statement statement_file cleared pending difference \
             reconciled is_forced proposals transactions"
        );
        assert_eq!(
            brief(&done, "account currency date statement cleared pending difference reconciled is_forced"),
            "Checking EUR 2026-01-14 90.00 90.00 -31.56 0.00 2 false"
        );
        assert_eq!(done["transactions"], json!([1, 2]));
        assert_eq!(statuses(s), "reconciled reconciled pending pending pending pending");
        assert_eq!(
            s.query("SELECT account_id, date, amount, origin, batch_id FROM statement_balances"),
            [["1", "2026-01-14", "9000", "reconciled", "NULL"]]
        );
        assert_eq!(column(&s.json("list is:reconciled")["transactions"], "id"), ["2", "1"]);
        assert_eq!(s.json("log")["operations"][0]["summary"], "reconciled Checking with 90.00 EUR on 2026-01-14");
        s.ok("db verify");
        // What is cleared later agrees with the next statement; what is locked counts in it.
        s.ok("edit 3 --cleared");
        assert_eq!(
            s.ok("reconcile checking --statement 85.44").stdout,
            "reconciled Checking with 85.44 EUR on 2026-01-15: 1 transaction locked\n"
        );
        // Twice changes nothing but that it was said again.
        assert_eq!(s.json("reconcile checking --statement 85.44")["reconciled"], 0);
    }

    fn undo_unlocks_and_redo_locks_again_to_the_byte(s: &Sandbox) {
        account(s);
        let before = s.dump(&["operations", "changes"]);
        s.ok("reconcile checking --statement 90");
        let after = s.dump(&["operations", "changes"]);
        s.ok("undo");
        assert_eq!(before, s.dump(&["operations", "changes"]));
        s.ok("redo");
        assert_eq!(after, s.dump(&["operations", "changes"]));
        s.refuses(1, "delete 2");
        s.ok("db verify");
        // An earlier operation on a row that is locked by now is not taken back.
        says(&s.refuses(1, "undo 3"), &["transaction 2 was changed since"]);
    }

    fn only_days_up_to_the_statement_count(s: &Sandbox) {
        account(s);
        s.ok("reconcile checking --statement 100 -d 2026-01-10");
        assert_eq!(statuses(s), "reconciled cleared pending pending pending pending");
        assert_eq!(differs(s, "reconcile checking --statement 100")["difference"], "10.00");
        says(&s.refuses(2, "reconcile checking --statement 90 -d tomorrow"), &["2026-01-16", "in the future"]);
    }

    fn a_difference_changes_nothing_and_shows_both_sides(s: &Sandbox) {
        account(s);
        let answer = differs(s, "reconcile checking --statement 85.44");
        assert_eq!(
            brief(&answer, "operation statement cleared pending difference reconciled is_forced"),
            "null 85.44 90.00 -31.56 -4.56 0 false"
        );
        let shown = s.run("reconcile checking --statement 85.44").fails(1);
        assert_eq!(
            shown.stdout,
            "Checking does not agree with its statement of 2026-01-15\n\n\
             Statement    85.44  EUR\nCleared      90.00  EUR\nDifference   -4.56  EUR\nPending     -31.56  EUR\n\n\
             still pending: 3 (-4.56, tesco, 2026-01-10)\n  groat edit 3 --cleared\n\n\
             nothing was changed; `--force` locks in spite of the difference\n"
        );
        assert_eq!(shown.stderr, "");
        // It is an answer: `-q` shows it, and a dry run comes to the same.
        assert_eq!(s.run("reconcile checking --statement 85.44 -q").fails(1).stdout, shown.stdout);
        assert_eq!(s.run("reconcile checking --statement 85.44 -n").fails(1).stdout, shown.stdout);
        // What it proposes is what it takes.
        s.ok("edit 3 --cleared");
        s.ok("reconcile checking --statement 85.44 -q");
    }

    fn pending_rows_are_proposed_alone_or_together(s: &Sandbox) {
        account(s);
        assert_eq!(proposed(s, "70"), ["pending [4] groat edit 4 --cleared"]);
        // A transfer goes by its leg: -7.00.
        assert_eq!(proposed(s, "83"), ["pending [5] groat edit 5 --cleared"]);
        // -20.00 - 4.56, the nearer first.
        assert_eq!(proposed(s, "65.44"), ["pending [4,3] groat edit 4 3 --cleared"]);
        // All three.
        assert_eq!(proposed(s, "58.44"), ["pending [5,4,3] groat edit 5 4 3 --cleared"]);
    }

    fn a_split_goes_by_its_sum(s: &Sandbox) {
        account(s);
        s.ok("category add food/rice");
        s.ok("category add food/beans");
        s.ok("add 3.30 shop -a checking --split rice=1.10 --split beans=2.20");
        assert_eq!(proposed(s, "86.70"), ["pending [6] groat edit 6 --cleared"]);
        s.ok("edit 6 --cleared");
        assert_eq!(s.json("reconcile checking --statement 86.70")["transactions"], json!([1, 2, 6]));
        assert_eq!(s.json("show 6")["status"], "reconciled");
    }

    fn a_statement_with_the_other_sign_is_told_as_such(s: &Sandbox) {
        s.ok("init --currency EUR");
        s.ok("account add Visa --kind card");
        s.ok("add 100 shell -a visa -d 2026-01-11 --cleared");
        s.ok("add 20 tesco -a visa -d 2026-01-12 --cleared");
        let answer = differs(s, "reconcile visa --statement 120 -d 2026-01-14");
        assert_eq!(
            briefs(&answer["proposals"], "reason transactions command"),
            ["statement-sign [] groat reconcile visa --statement -120.00 -d 2026-01-14"]
        );
        let told = s.run("reconcile visa --statement 120 -d 2026-01-14").fails(1).stdout;
        assert!(told.contains("the sign turned? -120.00 are cleared, the same with the other sign"), "{told}");
        // One row of the wrong sign explains it as well.
        s.ok("delete 2");
        let answer = differs(s, "reconcile visa --statement 100 -d 2026-01-14");
        assert_eq!(column(&answer["proposals"], "reason"), ["statement-sign", "wrong-sign"]);
        s.ok("reconcile visa --statement -100 -d 2026-01-14");
        // Nothing is nothing, whatever its sign.
        s.ok("account add Empty --kind card");
        assert_eq!(column(&differs(s, "reconcile empty --statement 5")["proposals"], "reason"), ["starting-balance", "missing"]);
    }

    fn cleared_rows_that_are_wrong_are_proposed(s: &Sandbox) {
        account(s);
        s.ok("add 12.43 baker -a checking -d 2026-01-14 --cleared");
        // Cleared are 77.57. Without shell's -10.00:
        assert_eq!(proposed(s, "87.57"), ["not-on-statement [2] groat edit 2 --pending"]);
        // Shell paid 10.00: twice as much more.
        assert_eq!(proposed(s, "97.57"), ["wrong-sign [2] groat edit 2 --amount 10.00"]);
        // It was 12.34: 0.09 less out.
        assert_eq!(proposed(s, "77.66"), ["digits-swapped [6] groat edit 6 --amount -12.34"]);
        // The same again three days later.
        s.ok("add 10 shell -a checking -d 2026-01-14 --cleared");
        assert_eq!(proposed(s, "77.57"), ["doubled [2,7] groat delete 7"]);
        s.ok("delete 7");
        s.ok("reconcile checking --statement 77.57");
        // What is locked is not proposed.
        assert_eq!(proposed(s, "87.57"), ["missing [] groat income 10.00 -a checking -d 2026-01-15 --cleared"]);
    }

    fn a_leg_of_a_transfer_is_looked_at_rather_than_edited(s: &Sandbox) {
        account(s);
        s.ok("transfer 5 savings checking -d 2026-01-14");
        s.ok("edit 6 --cleared");
        // 95.00 cleared; it went the other way.
        assert_eq!(proposed(s, "85"), ["wrong-sign [6] groat show 6"]);
        s.ok("show 6");
    }

    fn what_is_missing_can_be_recorded_as_proposed(s: &Sandbox) {
        account(s);
        assert_eq!(
            proposed(s, "91.80"),
            [
                "missing [] groat income 1.80 -a checking -d 2026-01-15 --cleared",
                "divisible-by-nine [] groat report register -a checking -p ..2026-01-15",
            ]
        );
        s.ok("report register -a checking -p ..2026-01-15");
        s.ok("income 1.80 -a checking -d 2026-01-15 --cleared");
        s.ok("reconcile checking --statement 91.80");
    }

    fn an_account_without_a_beginning_is_told(s: &Sandbox) {
        s.ok("init --currency EUR");
        s.ok("account add 'My bank'");
        s.ok("add 10 shell -a my-bank -d 2026-01-05 --cleared");
        let answer = differs(s, "reconcile 'My bank' --statement 500");
        assert_eq!(
            column(&answer["proposals"], "command"),
            [
                "groat income 510.00 'Starting balance' -a my-bank -c income/starting-balances -d 2026-01-05 --cleared",
                "groat income 510.00 -a my-bank -d 2026-01-15 --cleared",
            ]
        );
        s.ok("income 510.00 'Starting balance' -a my-bank -c income/starting-balances -d 2026-01-05 --cleared");
        s.ok("reconcile my-bank --statement 500");
        assert_eq!(s.json("list")["transactions"][0]["category_slug"], "income/starting-balances");
    }

    fn force_locks_in_spite_of_a_difference_and_says_so(s: &Sandbox) {
        account(s);
        assert_eq!(
            s.ok("reconcile checking --statement 88 --force").stdout,
            "reconciled Checking with 88.00 EUR on 2026-01-15, by force: -2.00 of it is not in the book: \
             2 transactions locked\n"
        );
        assert_eq!(statuses(s), "reconciled reconciled pending pending pending pending");
        assert_eq!(s.query("SELECT amount FROM statement_balances"), [["8800"]]);
        assert!(s.ok("log").stdout.contains("by force: -2.00"));
        s.ok("undo");
        // Force where all agrees is none.
        let done = s.json("reconcile checking --statement 90 --force");
        assert_eq!(brief(&done, "is_forced difference"), "false 0.00");
        s.ok("undo");
        let done = s.json("reconcile checking --statement 88 --force");
        assert_eq!(brief(&done, "is_forced difference reconciled"), "true -2.00 2");
        assert_eq!(done["proposals"], json!([]));
    }

    fn a_dry_run_changes_nothing(s: &Sandbox) {
        account(s);
        let before = s.dump(&[]);
        let run = s.ok("reconcile checking --statement 90 -n");
        assert_eq!(
            run.stdout,
            "would have reconciled Checking with 90.00 EUR on 2026-01-15: 2 transactions locked\n"
        );
        says(&run, &["dry run: nothing was changed"]);
        s.ok("reconcile checking --statement 80 --force -n");
        assert_eq!(before, s.dump(&[]));
    }

    fn what_is_not_understood_is_refused(s: &Sandbox) {
        account(s);
        for (code, line) in [
            (2, "reconcile"),
            (3, "reconcile nope --statement 90"),
            (2, "reconcile checking --statement x"),
            (2, "reconcile checking --statement '90 USD'"),
            (2, "reconcile checking --statement 90 -d x"),
        ] {
            s.refuses(code, line);
        }
        let run = s.refuses(4, "reconcile checking");
        says(&run, &["`Checking`", "--statement"]);
        s.refuses(4, "reconcile checking -d 2026-01-14");
    }

    fn what_is_owed_is_negative_and_every_currency_counts_in_its_own(s: &Sandbox) {
        s.ok("init --currency EUR");
        for line in [
            "account add Card --kind card",
            "account add Yen --currency JPY",
            "account add Dinar --currency KWD",
            "account add House --off-budget --balance 90000",
            "add 12.50 shop -a card --cleared",
            "add 1234 ramen -a yen --cleared",
            "add 1.235 tea -a dinar --cleared",
        ] {
            s.ok(line);
        }
        s.ok("reconcile card --statement -12.50");
        s.ok("reconcile yen --statement -1234");
        assert_eq!(s.json("reconcile dinar --statement -1.235")["statement"], "-1.235");
        says(&s.run("reconcile yen --statement -1234.4").ok(), &["rounded 1234.4"]);
        s.ok("reconcile house --statement 90000");
        // A mark and three digits may be thousands to who reads it: four are not.
        s.ok("add 2.222 tea -a dinar");
        s.ok("reconcile dinar --statement -1.235");
        let answer = differs(s, "reconcile dinar --statement -2.345");
        assert_eq!(
            column(&answer["proposals"], "command")[0],
            "groat add 1.1100 -a dinar -d 2026-01-15 --cleared"
        );
    }

    fn a_closed_account_has_a_last_statement(s: &Sandbox) {
        account(s);
        s.ok("account close checking --to savings");
        s.ok("edit 3 4 5 6 --cleared");
        assert_eq!(s.json("reconcile checking --statement 0")["reconciled"], 6);
    }

    fn an_empty_account_agrees_with_nothing_there(s: &Sandbox) {
        account(s);
        s.ok("account add Empty");
        assert_eq!(s.json("reconcile empty --statement 0")["reconciled"], 0);
        // Balances are in its currency, and go with it.
        says(&s.refuses(1, "account edit empty --currency USD"), &["1 statement balance"]);
        s.ok("account delete empty");
        s.ok("undo");
        assert_eq!(s.query("SELECT count(*) FROM statement_balances"), [["1"]]);
    }

    fn what_a_file_states_is_taken_until_it_is_reconciled(s: &Sandbox) {
        account(s);
        stated(s, "2026-01-11", 90_00);
        stated(s, "2026-01-14", 80_20);
        stated(s, "2026-02-01", 1);
        let run = s.ok("reconcile checking -n");
        assert!(run.stderr.contains("bank.csv states 80.20 EUR on 2026-01-14 (batch 1)"), "{}", run.snapshot());
        assert_eq!(brief(&s.json("reconcile checking"), "date statement statement_file"), "2026-01-14 80.20 bank.csv");
        // Reconciled by now; an older one is no news.
        s.refuses(4, "reconcile checking");
        s.refuses(4, "reconcile checking -d 2026-01-11");
        s.ok("undo");
        assert_eq!(s.json("reconcile checking -d 2026-01-11")["statement"], "90.00");
        // It goes with its import.
        s.ok("import undo 1");
        assert_eq!(s.query("SELECT origin FROM statement_balances"), [["reconciled"]]);
        s.ok("undo");
        assert_eq!(s.query("SELECT count(*) FROM statement_balances"), [["4"]]);
    }

    fn formats_other_than_json(s: &Sandbox) {
        account(s);
        assert_eq!(
            s.ok("reconcile checking --statement 90 --csv").stdout,
            "account,currency,date,statement,cleared,pending,difference,reconciled,is_forced\n\
             Checking,EUR,2026-01-15,90.00,90.00,-31.56,0.00,2,false\n"
        );
        let shown = s.run("reconcile checking --statement 1 -O markdown").fails(1);
        assert!(shown.stdout.contains("| Statement | 1.00 | EUR |"), "{}", shown.snapshot());
    }

    fn adds_during_a_reconcile_leave_a_balance_that_holds(s: &Sandbox) {
        account(s);
        for round in 0..6 {
            let cleared = s.json("balance checking")["accounts"][0]["cleared"].as_str().unwrap().to_owned();
            let line = ["reconcile", "checking", "--statement", &cleared];
            let (reconciled, added) = thread::scope(|scope| {
                let reconciled = scope.spawn(|| s.groat(line));
                let added = scope.spawn(|| s.groat(["add", "1", "kiosk", "-a", "checking", "--cleared"]));
                (reconciled.join().unwrap(), added.join().unwrap())
            });
            added.ok();
            // Before the add or behind it, nothing in between.
            assert!([0, 1].contains(&reconciled.code), "round {round}: {}", reconciled.snapshot());
            let sums = s.query("SELECT CAST(sum(amount) AS BIGINT) FROM postings WHERE account_id = 1 AND status = 'reconciled'");
            let newest = s.query("SELECT amount FROM statement_balances ORDER BY id DESC LIMIT 1");
            if reconciled.code == 0 {
                assert_eq!(sums, newest, "round {round}");
            }
        }
        let cleared = s.json("balance checking")["accounts"][0]["cleared"].as_str().unwrap().to_owned();
        s.ok(&format!("reconcile checking --statement {cleared}"));
        s.ok("check reconcile");
        s.ok("db verify");
    }

    fn an_edit_and_a_reconcile_at_once_never_leave_both(s: &Sandbox) {
        account(s);
        for _ in 0..6 {
            let (reconciled, edited) = thread::scope(|scope| {
                let reconciled = scope.spawn(|| s.groat(["reconcile", "checking", "--statement", "90"]));
                let edited = scope.spawn(|| s.groat(["edit", "2", "--amount", "-11"]));
                (reconciled.join().unwrap(), edited.join().unwrap())
            });
            // Whoever comes second sees what the first did.
            assert_eq!(reconciled.code + edited.code, 1, "{}\n{}", reconciled.snapshot(), edited.snapshot());
            s.ok("undo");
        }
    }
}

/// A balance as an imported file would state it; the first makes the import.
pub fn stated(s: &Sandbox, date: &str, minor: i64) {
    if s.query("SELECT count(*) FROM import_batches") == [["0"]] {
        s.write("bank.csv", "Date,Payee,Amount\n2026-01-14,kiosk,-9.80\n");
        s.ok("import bank.csv -a checking");
    }
    s.execute(&format!(
        "INSERT INTO statement_balances (account_id, date, amount, origin, batch_id, operation_id) \
         SELECT 1, '{date}', {minor}, 'file', id, operation_id FROM import_batches"
    ));
}

#[test]
fn on_a_terminal_balance_day_and_pending_rows_are_asked_for() {
    let s = Sandbox::sqlite();
    account(&s);
    let mut terminal = s.terminal(["reconcile", "checking"]);
    terminal.wait_for("What does the statement of Checking say?");
    terminal.type_keys("70\r");
    terminal.wait_for("Of which day?");
    terminal.type_keys("2026-01-14\r");
    terminal.wait_for("Which of these are on the statement?");
    terminal.wait_for("lidl");
    // The transfer is the nearest, then -20.00.
    terminal.type_keys(keys::DOWN);
    terminal.type_keys(" ");
    terminal.type_keys(keys::ENTER);
    assert_eq!(terminal.wait_for_exit(), 0, "{}", terminal.screen());
    assert!(terminal.output().contains("3 transactions locked"), "{}", terminal.screen());
    assert_eq!(statuses(&s), "reconciled reconciled pending reconciled pending pending");
    s.ok("db verify");
    s.ok("undo");
    assert_eq!(statuses(&s), "cleared cleared pending pending pending pending");
}

#[test]
fn on_a_terminal_a_bad_answer_is_told_and_asked_again() {
    let s = Sandbox::sqlite();
    account(&s);
    let mut terminal = s.terminal(["reconcile", "checking"]);
    terminal.wait_for("say?");
    terminal.type_keys("seventy\r");
    terminal.wait_for("is not an amount");
    terminal.type_keys(&keys::BACKSPACE.repeat(7));
    terminal.type_keys("83 USD\r");
    terminal.wait_for("EUR");
    terminal.type_keys(&keys::BACKSPACE.repeat(4));
    terminal.type_keys(keys::ENTER);
    terminal.wait_for("Of which day?");
    terminal.type_keys("someday\r");
    terminal.wait_for("`someday`");
    terminal.type_keys(&keys::BACKSPACE.repeat(7));
    terminal.type_keys("2026-02-01\r");
    terminal.wait_for("in the future");
    terminal.type_keys(&keys::BACKSPACE.repeat(10));
    terminal.type_keys(keys::ENTER);
    terminal.wait_for("Which of these");
    terminal.type_keys(" ");
    terminal.type_keys(keys::ENTER);
    assert_eq!(terminal.wait_for_exit(), 0, "{}", terminal.screen());
    s.ok("undo");
    // An empty answer is none; the end of the input ends it.
    for end in [keys::CTRL_C, keys::CTRL_D, keys::ESCAPE] {
        let mut terminal = s.terminal(["reconcile", "checking"]);
        terminal.wait_for("say?");
        terminal.type_keys(keys::ENTER);
        terminal.wait_for("amount");
        terminal.type_keys(end);
        assert_eq!(terminal.wait_for_exit(), 130, "{}", terminal.screen());
    }
}

#[test]
fn on_a_terminal_the_leg_of_a_transfer_is_marked_in_its_account_alone() {
    let s = Sandbox::sqlite();
    account(&s);
    let mut terminal = s.terminal(["reconcile", "checking", "-d", "today"]);
    terminal.wait_for("say?");
    terminal.type_keys("83\r");
    terminal.wait_for("Which of these");
    terminal.type_keys(" ");
    terminal.type_keys(keys::ENTER);
    assert_eq!(terminal.wait_for_exit(), 0, "{}", terminal.screen());
    assert_eq!(statuses(&s), "reconciled reconciled pending pending reconciled pending");
    assert_eq!(s.json("balance savings")["accounts"][0]["cleared"], "0.00");
    s.ok("db verify");
}

#[test]
fn on_a_terminal_a_difference_says_how_to_keep_the_marks() {
    let s = Sandbox::sqlite();
    account(&s);
    let before = s.dump(&[]);
    let mut terminal = s.terminal(["reconcile", "checking", "-d", "today"]);
    terminal.wait_for("say?");
    terminal.type_keys("60\r");
    terminal.wait_for("Which of these");
    terminal.type_keys(keys::DOWN);
    terminal.type_keys(" ");
    terminal.type_keys(keys::ENTER);
    assert_eq!(terminal.wait_for_exit(), 1, "{}", terminal.screen());
    let shown = terminal.output();
    assert!(shown.contains("groat edit 4 --cleared"), "{shown}");
    assert!(shown.contains("Difference"), "{shown}");
    assert_eq!(before, s.dump(&[]));
    // Where nobody can answer, nothing is asked.
    let mut terminal = Terminal::start(s.command(["reconcile", "checking"]).env("TERM", "dumb"));
    assert_eq!(terminal.wait_for_exit(), 4, "{}", terminal.screen());
}

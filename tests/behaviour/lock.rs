//! The lock on what agrees with a statement: what it refuses, what stays free, and what force does.

use crate::reconcile::{account, statuses};
use crate::support::{Sandbox, on_both_databases};
use crate::typed::{Typed, brief, briefs, column, says};

/// The account of `reconcile`, with -4.56 (3) split and all of it locked but -20.00 (4) and the transfer (5).
fn locked(s: &Sandbox) {
    account(s);
    s.ok("category add food/rice");
    s.ok("category add food/beans");
    s.ok("edit 3 --split rice=1.50 --split beans=3.06 --cleared");
    s.ok("reconcile checking --statement 85.44");
    assert_eq!(statuses(s), "reconciled reconciled reconciled reconciled pending pending pending");
}

on_both_databases! {
    fn account_date_amount_status_and_deletion_are_refused(s: &Sandbox) {
        locked(s);
        for line in [
            "edit 2 --amount -11",
            "edit 2 --amount 10",
            "edit 2 -a savings",
            "edit 2 -d 2026-01-12",
            "edit 2 --pending",
            "edit 2 --cleared",
            "edit 2 --split rice=4 --split beans=6 --pending",
            "edit 3 --split rice=2 --split beans=2.56 -d 2026-01-11",
            "edit 4 2 --amount -11",
            "edit 2 --amount -11 --payee tesco -t x",
            "delete 2",
            "delete 4 2",
        ] {
            let run = s.refuses(1, line);
            says(&run, &["transaction 2 is reconciled", "--force"].map(|said| {
                if line.starts_with("edit 3") { said.strip_prefix("transaction 2 ").unwrap_or(said) } else { said }
            }));
        }
        says(&s.refuses(1, "delete 2 3"), &["transactions 2 and 3 are reconciled"]);
    }

    fn category_payee_tags_and_notes_are_free(s: &Sandbox) {
        locked(s);
        for (line, keys, value) in [
            ("edit 2 -c rice", "category", "rice"),
            ("edit 2 --payee tesco", "payee", "tesco"),
            ("edit 2 -m 'for the cat' -t cat", "note tags", r#"for the cat ["cat"]"#),
            ("edit 2 --untag cat", "tags", "[]"),
            ("edit 3 --split beans=1.50 --split rice=3.06", "status amount", "reconciled -4.56"),
            ("edit 3 --split beans=3.06 --split rice=1.50", "status amount", "reconciled -4.56"),
            // In however many parts: what the account held stays.
            ("edit 2 --split rice=4 --split beans=6", "status amount", "reconciled -10.00"),
            ("edit 2 --split rice=10", "category amount", "rice -10.00"),
            ("edit 3 --split rice=2 --split beans=2.56", "status amount", "reconciled -4.56"),
            ("edit 3 --split rice=4.56", "status amount", "reconciled -4.56"),
            ("edit 3 --split beans=3.06 --split rice=1.50", "status amount", "reconciled -4.56"),
            // What it was already is no change.
            ("edit 2 --amount -10 -d 2026-01-11 -a checking", "status", "reconciled"),
        ] {
            assert_eq!(brief(&s.json(line), keys), value, "{line}");
        }
        assert_eq!(briefs(&s.json("show 3")["postings"], "category amount"), ["beans -3.06", "rice -1.50"]);
        s.ok("move 2 beans");
        s.ok("category merge beans rice");
        s.ok("payee rename tesco Aldi");
        s.ok("payee merge aldi shell");
        s.ok("tag rename cat pets");
        assert_eq!(statuses(s), "reconciled reconciled reconciled reconciled pending pending pending");
        s.ok("check reconcile");
        s.ok("db verify");
    }

    fn force_overrules_and_the_log_says_so(s: &Sandbox) {
        locked(s);
        let run = s.ok("edit 2 --amount -11 --force");
        says(&run, &["overruling the lock of 2"]);
        assert_eq!(s.json("show 2")["status"], "reconciled", "what is not given stays");
        let newest = |s: &Sandbox| s.json("log -L 1")["operations"][0]["summary"].as_str().unwrap().to_owned();
        assert_eq!(newest(s), "edited transaction 2, overruling the lock of 2");
        s.ok("undo");
        assert_eq!(s.json("show 2")["amount"], "-10.00");
        s.ok("edit 2 3 --pending --force");
        assert_eq!(newest(s), "edited 2 transactions, overruling the lock of 2 and 3");
        assert_eq!(statuses(s), "reconciled pending pending pending pending pending pending");
        s.ok("undo");
        // Where no lock is broken, force is nothing to tell.
        s.ok("edit 2 -m note --force");
        assert_eq!(newest(s), "edited transaction 2");
        assert_eq!(s.json("delete 2 4 --force")["summary"], "deleted 2 transactions, overruling the lock of 2");
        s.ok("undo");
        assert_eq!(s.json("show 2")["status"], "reconciled");
        let before = s.dump(&[]);
        s.ok("delete 2 --force -n");
        s.ok("edit 2 --amount -3 --force -n");
        assert_eq!(before, s.dump(&[]));
        s.ok("db verify");
    }

    fn a_transfer_is_locked_in_one_account_alone(s: &Sandbox) {
        locked(s);
        s.ok("edit 5 --cleared");
        s.ok("reconcile savings --statement 7");
        assert_eq!(statuses(s), "reconciled reconciled reconciled reconciled pending cleared reconciled");
        for line in ["edit 5 --amount 8", "edit 5 -d 2026-01-12", "delete 5"] {
            says(&s.refuses(1, line), &["transaction 5 is reconciled"]);
        }
        // The other leg is free.
        says(&s.ok("edit 5 --pending"), &["transaction 5 stays reconciled in Savings"]);
        assert_eq!(statuses(s), "reconciled reconciled reconciled reconciled pending pending reconciled");
        s.ok("edit 5 --cleared");
        s.ok("reconcile checking --statement 78.44");
        s.refuses(1, "edit 5 --pending");
        s.ok("edit 5 --pending --force");
        assert_eq!(statuses(s), "reconciled reconciled reconciled reconciled pending pending pending");
    }

    fn a_bank_confirms_the_leg_that_is_not_locked(s: &Sandbox) {
        account(s);
        s.ok("edit 5 --cleared");
        s.ok("reconcile savings --statement 7");
        s.ok("edit 5 --pending");
        s.write("bank.csv", "Date,Payee,Amount\n2026-01-13,Savings,-7.00\n");
        assert_eq!(s.json("import bank.csv -a checking")["matched"], 1);
        assert_eq!(statuses(s), "cleared cleared pending pending cleared reconciled");
        s.ok("import undo 1");
        assert_eq!(statuses(s), "cleared cleared pending pending pending reconciled");
    }

    fn a_duplicate_is_not_reconciled(s: &Sandbox) {
        locked(s);
        assert_eq!(s.json("duplicate 2")["status"], "pending");
        s.ok("delete 6");
    }

    fn an_import_leaves_what_is_locked_as_it_is(s: &Sandbox) {
        locked(s);
        s.write("bank.csv", "Date,Payee,Amount,Reference\n2026-01-11,SHELL 7,-10.00,pump\n");
        assert_eq!(s.json("import bank.csv -a checking")["matched"], 1);
        assert_eq!(brief(&s.json("show 2"), "payee note status"), "shell null reconciled");
        s.ok("import undo 1");
        assert_eq!(brief(&s.json("show 2"), "payee note status"), "shell null reconciled");
    }

    fn taking_an_import_back_leaves_what_is_locked(s: &Sandbox) {
        account(s);
        s.write("bank.csv", "Date,Payee,Amount\n2026-01-14,kiosk,-3.00\n2026-01-12,lidl,-20.00\n2026-01-13,x,-1.00\n");
        s.ok("import bank.csv -a checking");
        s.ok("edit 7 --pending");
        // 90.00 - 3.00 - 20.00
        s.ok("reconcile checking --statement 67");
        let run = s.run("import undo 1 --json").ok();
        says(&run, &["transaction 4 stays: it is reconciled", "transaction 6 stays: it is reconciled",
            "transaction 7 stays: it was changed since"]);
        assert_eq!(run.json()["edited"], serde_json::json!([4, 6, 7]));
        assert_eq!(column(&s.json("list is:reconciled")["transactions"], "id"), ["6", "4", "2", "1"]);
        s.ok("check reconcile");
        // A payee that was merged since is no reason to let go of it.
        s.ok("undo");
        s.ok("payee merge kiosk shell");
        says(&s.run("import undo 1").ok(), &["transaction 6 stays: it is reconciled"]);
        s.ok("db verify");
    }

    fn an_account_with_locked_rows_can_be_closed_and_renamed(s: &Sandbox) {
        locked(s);
        s.ok("account edit checking --name Giro --off-budget");
        s.ok("account close giro --to savings");
        assert_eq!(statuses(s).matches("reconciled").count(), 4);
        s.ok("db verify");
    }
}

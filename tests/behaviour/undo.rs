//! `undo`, `redo` and `log`: every change is one operation that can be taken back, and says who did it.

use crate::support::{Sandbox, on_both_databases};
use crate::typed::{HISTORY, Typed, brief, briefs, column, keys, says};

/// A book with a bit of everything.
fn household(s: &Sandbox) {
    for line in [
        "init --categories starter",
        "account add Cash --kind cash",
        "account add Savings --off-budget",
        "account add Empty",
        "config set account cash",
        "add 45.60 tesco -c groceries -t weekly",
        "add 20 bistro --split 'eating out=15' --split leisure=5 -d 2025-12-30",
        "transfer 100 cash savings",
        "add 9 lidl -c groceries -t spare",
        "category add Unused",
    ] {
        s.ok(line);
    }
}

on_both_databases! {
    fn undoing_the_first_add_leaves_a_book_whose_currency_can_be_changed(s: &Sandbox) {
        s.ok("add 3.20 coffee -c drinks -t out");
        s.ok("undo");
        assert_eq!(s.json("list")["total"], 0);
        for (list, key) in [("account list", "accounts"), ("payee list", "payees"), ("tag list", "tags")] {
            assert_eq!(s.json(list)[key].as_array().map(Vec::len), Some(0), "{list}");
        }
        // As the first confirmation advises.
        s.ok("init --currency EUR");
        assert_eq!(brief(&s.json("add 3.20 coffee"), "amount currency"), "-3.20 EUR");
        s.ok("db verify");
    }

    fn what_was_done_in_another_currency_is_done_again_when_the_book_is_back_in_it(s: &Sandbox) {
        for line in ["account add Spare", "init --currency EUR", "account add Cash --balance 3.20"] {
            s.ok(line);
        }
        let before = s.dump(&HISTORY);
        s.ok("undo");
        s.ok("undo");
        s.ok("redo");
        s.ok("redo");
        assert_eq!(s.dump(&HISTORY), before);
    }

    fn a_change_and_its_undo_leave_every_row_as_it_was(s: &Sandbox) {
        household(s);
        let before = s.dump(&HISTORY);
        for line in [
            "add 1 'new payee' -c 'new category' -t 'new tag'",
            "income 1 acme",
            "add 5 tesco --split groceries=2 --split rent=3",
            "transfer 5 cash empty",
            "edit 1 --amount -1 --payee someone -c rent -a empty -d 2025-11-11 -m note -t a --untag weekly --pending",
            "edit 1 2 -d 2025-10-10 -t b",
            "edit 2 --split rent=20",
            "edit 3 --amount 7 -d 2024-02-29",
            "move 1 4 rent",
            "move 1 none",
            "delete 1",
            "delete 1 2 3 4",
            "duplicate 3 -d 2023-01-01",
            "account add Extra --kind loan --currency EUR",
            "account add Rich --balance 1000",
            "account edit savings --on-budget --name Nest --kind other",
            "account close empty",
            "account close savings --to cash",
            "account delete empty",
            "category add Books --group Fun",
            "category edit groceries --name Food --group Fun --kind income",
            "category hide groceries",
            "category merge groceries rent",
            "category delete unused",
            "category group add Fun",
            "category group edit food --name Eating",
            "payee rename tesco Tesco",
            "payee merge lidl tesco",
            "tag rename weekly often",
            "tag rename spare weekly",
            "init --account Another --categories starter",
        ] {
            s.ok(line);
            assert_ne!(before, s.dump(&HISTORY), "{line} changed nothing");
            let undone = s.json("undo");
            assert_eq!(before, s.dump(&HISTORY), "undo of {line}");
            assert_eq!(keys(&undone), "operation summary transactions undid kept", "{line}");
        }
        s.ok("db verify");
    }

    fn a_redo_does_it_again(s: &Sandbox) {
        household(s);
        for line in [
            "delete 1 2",
            "edit 1 --amount -1 -t x",
            "add 1 'new payee' -c books",
            "account close savings --to cash",
        ] {
            s.ok(line);
            let done = s.dump(&HISTORY);
            s.ok("undo");
            let redone = s.json("redo");
            assert_eq!(keys(&redone), "operation summary transactions undid kept", "{line}");
            assert_eq!(done, s.dump(&HISTORY), "redo of {line}");
            s.ok("undo");
        }
        s.ok("db verify");
    }

    fn undo_goes_back_step_by_step_and_redo_forward_again(s: &Sandbox) {
        for line in ["add 1 a", "add 2 b", "add 3 c"] {
            s.ok(line);
        }
        let payees = |s: &Sandbox| column(&s.json("list")["transactions"], "payee").concat();
        s.ok("undo");
        s.ok("undo");
        assert_eq!(payees(s), "a");
        s.ok("redo");
        assert_eq!(payees(s), "ba");
        s.ok("redo");
        assert_eq!(payees(s), "cba");
        s.refuses(1, "redo");
        s.ok("undo");
        s.ok("add 4 d");
        // Something was done since.
        s.refuses(1, "redo");
        assert_eq!(payees(s), "dba");
    }

    fn an_undo_can_itself_be_undone_by_its_number(s: &Sandbox) {
        s.ok("add 1 a");
        s.ok("add 2 b");
        s.ok("undo 1");
        assert_eq!(column(&s.json("list")["transactions"], "payee"), ["b"]);
        s.ok("undo 3");
        assert_eq!(column(&s.json("list")["transactions"], "payee"), ["b", "a"]);
        assert_eq!(
            briefs(&s.json("log")["operations"], "id undone"),
            ["4 false", "3 true", "2 false", "1 false"]
        );
        s.refuses(1, "undo 3");
        s.refuses(3, "undo 99");
    }

    fn what_was_changed_since_is_not_taken_back_under_it(s: &Sandbox) {
        s.ok("add 5 tesco");
        s.ok("edit 1 --amount -6");
        s.ok("add 7 lidl");
        let run = s.refuses(1, "undo 1");
        says(&run, &["operation 2", "groat undo 2"]);
        s.ok("undo 2");
        assert_eq!(s.json("show 1")["amount"], "-5.00");
        s.ok("undo 1");
        assert_eq!(column(&s.json("list")["transactions"], "payee"), ["lidl"]);
    }

    fn what_others_use_by_now_stays_and_undo_says_so(s: &Sandbox) {
        s.ok("account add Cash --kind cash");
        s.ok("add 5 tesco -c groceries -t weekly");
        s.ok("add 6 tesco -t weekly");
        let run = s.ok("undo 2");
        says(&run, &["payee `tesco`", "category `Groceries`", "tag `weekly`"]);
        assert_eq!(column(&s.json("payee list")["payees"], "name"), ["tesco"]);
        assert_eq!(s.json("show 2")["category"], "Groceries");
    }

    fn what_was_made_in_passing_and_changed_since_stays_and_undo_says_so(s: &Sandbox) {
        s.ok("account add Cash --kind cash");
        s.ok("add 5 tesco -c snacks -t weekly");
        s.ok("payee rename tesco 'Big Shop'");
        s.ok("category edit snacks --name Treats");
        s.ok("tag rename weekly often");
        let run = s.ok("undo 2");
        let stays = ["payee `Big Shop`", "category `Treats`", "tag `often`", "it was changed since"];
        says(&run, &stays);
        assert_eq!(s.json("list")["total"], 0);
        assert_eq!(column(&s.json("payee list")["payees"], "name"), ["Big Shop"]);
        s.ok("db verify");
        s.ok("redo");
        assert_eq!(brief(&s.json("show 1"), "payee category"), "Big Shop Treats");
        s.ok("undo");
        // The account that the first `add` made is in passing as well; what an operation is about is not.
        s.ok("category add Books");
        s.ok("category edit books --name Reading");
        let about = s.json("log")["operations"][1]["id"].clone();
        says(&s.refuses(1, &format!("undo {about}")), &["category Reading was changed since"]);
        s.ok("db verify");
    }

    fn a_payees_last_category_does_not_tie_two_operations(s: &Sandbox) {
        s.ok("add 5 tesco -c groceries");
        s.ok("add 6 tesco");
        s.ok("undo 1");
        assert_eq!(s.json("show 2")["category"], "Groceries");
        s.ok("db verify");
    }

    fn undo_takes_back_ones_own_and_anybodys_by_number(s: &Sandbox) {
        let wife = |line: &str| s.groat_with("", &[("GROAT_ACTOR", "ann")], crate::typed::words(line));
        s.ok("add 5 tesco");
        wife("add 6 lidl").ok();
        s.ok("undo");
        assert_eq!(column(&s.json("list")["transactions"], "payee"), ["lidl"]);
        says(&s.refuses(1, "undo"), &["nothing to undo"]);
        s.ok("undo 2");
        let log = s.json("log");
        assert_eq!(
            briefs(&log["operations"], "id actor undone"),
            ["4 tester false", "3 tester false", "2 ann true", "1 tester true"]
        );
        wife("undo").fails(1);
    }

    fn the_log_says_who_did_what_with_which_command(s: &Sandbox) {
        s.ok("account add Cash --kind cash");
        s.ok("add 3.20 coffee -c 'eating out'");
        s.ok("undo");
        let log = s.json("log");
        assert_eq!(keys(&log), "operations");
        assert_eq!(keys(&log["operations"][0]), "id at actor source command summary undoes undone");
        let first = &log["operations"][1];
        assert_eq!(
            brief(first, "id actor source command undone"),
            "2 tester cli groat add 3.20 coffee -c 'eating out' true"
        );
        assert!(
            first["summary"]
                .as_str()
                .is_some_and(|text| text.contains("3.20 USD") && text.contains("coffee"))
        );
        let at = first["at"].as_str().unwrap_or_default();
        assert!(at.len() == 20 && at.ends_with('Z') && &at[10..11] == "T", "{at}");
        assert_eq!(s.json("log -L 1")["operations"].as_array().map(Vec::len), Some(1));
        assert_eq!(column(&s.json("log -L 0")["operations"], "id"), ["3", "2", "1"]);
        // What failed or was a dry run is no operation.
        s.fails(2, "add 0");
        s.ok("add 1 x -n");
        assert_eq!(s.json("log")["operations"].as_array().map(Vec::len), Some(3));
    }

    fn a_failed_change_of_many_leaves_no_operation(s: &Sandbox) {
        s.ok("add 1 a");
        s.refuses(3, "edit 1 2 -t x");
        s.refuses(3, "delete 1 2");
        s.refuses(3, "move 1 2 none");
    }
}

#[test]
fn the_actor_is_the_configured_one_else_the_user() {
    let mut s = Sandbox::sqlite();
    s.unset("GROAT_ACTOR");
    // The name by uid, whatever USER and LOGNAME claim.
    s.set("USER", "mallory");
    s.ok("add 1 a");
    let id = std::process::Command::new("id").arg("-un").output().expect("id is part of every system");
    let user = String::from_utf8_lossy(&id.stdout).trim().to_owned();
    assert_eq!(s.json("log")["operations"][0]["actor"], user.as_str());
    s.ok("config set actor ann");
    s.ok("add 1 a");
    assert_eq!(s.json("log")["operations"][0]["actor"], "ann");
    s.set("GROAT_ACTOR", "bob");
    s.ok("add 1 a");
    assert_eq!(s.json("log")["operations"][0]["actor"], "bob");
}

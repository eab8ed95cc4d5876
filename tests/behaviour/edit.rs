//! `edit`, `move`, `delete`, `duplicate`: changing what was recorded, all or none.

use serde_json::json;

use crate::support::on_both_databases;
use crate::typed::{Typed, brief, briefs, column, keys, says};

on_both_databases! {
    fn every_field_can_be_changed(s: &Sandbox) {
        s.ok("add 5 tseco -c groceries -t weekly");
        s.ok("account add Checking");
        s.ok("category add Household");
        for (flags, key, value) in [
            ("--amount -12.50", "amount", "-12.50"),
            ("--amount (3)", "amount", "-3.00"),
            ("--amount 4", "amount", "4.00"),
            ("--amount +4*2", "amount", "8.00"),
            ("--payee Tesco", "payee", "Tesco"),
            ("-c household", "category", "Household"),
            ("-c none", "category", "null"),
            ("-a checking", "account", "Checking"),
            ("-d 2025-12-30", "date", "2025-12-30"),
            ("-d -3d", "date", "2026-01-12"),
            ("-m 'for the cat'", "note", "for the cat"),
            ("-t cat", "tags", r#"["cat","weekly"]"#),
            ("--untag weekly", "tags", r#"["cat"]"#),
            ("--pending", "status", "pending"),
            ("--cleared", "status", "cleared"),
        ] {
            let object = s.json(&format!("edit 1 {flags}"));
            assert_eq!(crate::typed::text(&object[key]), value, "{flags}");
            assert_eq!(object, s.json("show 1"), "{flags}");
            s.ok("db verify");
        }
        assert_eq!(s.json("show 1")["postings"][0]["date"], "2026-01-12");
        assert_eq!(briefs(&s.json("balance")["accounts"], "account balance"), ["Cash 0.00", "Checking 8.00"]);
    }

    fn an_edit_that_changes_nothing_is_no_operation_and_says_so(s: &Sandbox) {
        s.ok("init --currency EUR --account Checking");
        s.ok("account add Savings");
        s.ok("category add Food");
        s.ok("add 5 x -a checking");
        s.ok("add 9 y -a checking -c food -m hi -t tag");
        s.ok("transfer 10 checking savings");
        s.ok("add 9 z -a checking --split food=4 --split none=5");
        let before = s.dump(&[]);
        for line in [
            "1 -c ''", "1 -c none", "1 -m ''", "1 --untag tag", "1 --amount -5", "1 --payee x", "1 --payee X", "1 -a checking",
            "1 -d today", "1 --pending", "2 -t tag", "2 -t tag -t Tag", "2 -c food", "2 -m hi", "2 --split food=9", "2 --value -9",
            "3 --amount 10", "3 -c none", "3 --pending", "2 --payee y --pending -m hi", "4 --split food=4 --split none=5",
        ] {
            let run = s.ok(&format!("edit {line}"));
            assert!(run.stdout.starts_with(&format!("nothing to change in {}: ", &line[..1])), "{line}: {}", run.stdout);
            assert_eq!(before, s.dump(&[]), "edit {line}");
        }
        assert_eq!(s.json("edit 2 -c food"), s.json("show 2"));
        assert_eq!(s.ok("edit 1 2 3 --pending").stdout, "nothing to change: the 3 transactions are so already\n");
        assert_eq!(s.ok("move 2 food").stdout, "nothing to change: transaction 2 is so already\n");
        assert_eq!(s.json("edit 1 2 3 --pending"), json!({
            "operation": null, "summary": "nothing to change: the 3 transactions are so already", "transactions": []
        }));
        assert_eq!(before, s.dump(&[]));
        // Of several, those change that are not so already.
        let moved = s.json("move 1 2 food");
        assert_eq!(brief(&moved, "summary transactions"), "moved transaction 1 to Food [1]");
        s.ok("undo");
        assert_eq!(brief(&s.json("edit 1 2 -c food -m hi"), "summary transactions"), "edited transaction 1 [1]");
        assert_eq!(brief(&s.json("show 2"), "operation"), "5");
        s.ok("db verify");
    }

    fn an_empty_value_clears(s: &Sandbox) {
        s.ok("add 5 tesco -c groceries -m milk");
        let object = s.json("edit 1 --payee '' -c '' -m ''");
        assert_eq!(brief(&object, "payee category note"), "null null null");
        for flags in ["-a ''", "-d ''", "--amount ''"] {
            s.refuses(2, &format!("edit 1 {flags}"));
        }
    }

    fn an_edit_that_says_nothing_or_too_much_is_refused(s: &Sandbox) {
        s.ok("add 5 tesco -c groceries");
        s.ok("account add Checking");
        for (code, line) in [
            (2, "edit 1"),
            (2, "edit"),
            (2, "edit one --amount -1"),
            (2, "edit 1 --amount 0"),
            (2, "edit 1 --amount '-3 EUR'"),
            (2, "edit 1 -c groceries --split groceries=5"),
            (2, "edit 1 --split groceries=2 --split none=2"),
            (2, "edit 1 --pending --cleared"),
            (3, "edit 1 -a nope"),
            (3, "edit 1 --untag nope"),
            (3, "edit 99 --amount -1"),
            (3, "edit 1 99 --amount -1"),
        ] {
            s.refuses(code, line);
        }
    }

    fn an_edit_makes_payees_and_tags_but_no_category(s: &Sandbox) {
        s.ok("add 5 tesco -c groceries");
        assert_eq!(
            brief(&s.json("edit 1 --payee 'Corner shop' -t new"), "payee tags"),
            r#"Corner shop ["new"]"#
        );
        says(&s.refuses(3, "edit 1 -c books"), &["no category named `books`", "groat category add books"]);
        says(&s.refuses(3, "edit 1 -c grocries"), &["did you mean `Groceries`?"]);
        s.refuses(3, "edit 1 --split groceries=2 --split books=3");
    }

    fn several_are_edited_in_one_operation(s: &Sandbox) {
        for line in ["add 1 a", "add 2 b", "add 3 c"] {
            s.ok(line);
        }
        let done = s.json("edit 1 3 -t trip -d 2026-01-10");
        assert_eq!(keys(&done), "operation summary transactions");
        assert_eq!(brief(&done, "operation transactions"), "4 [1,3]");
        assert_eq!(
            column(&s.json("list")["transactions"], "date"),
            ["2026-01-15", "2026-01-10", "2026-01-10"]
        );
        s.ok("undo");
        assert_eq!(s.json("show 3")["tags"], serde_json::json!([]));
    }

    fn a_split_is_shared_out_anew(s: &Sandbox) {
        s.ok("category add Household");
        s.ok("add 45.60 tesco -c groceries");
        let object = s.json("edit 1 --split groceries=40 --split household=5.60");
        assert_eq!(
            briefs(&object["postings"], "category amount value"),
            ["Groceries -40.00 -40.00", "Household -5.60 -5.60"]
        );
        // A new whole needs new parts, and they must sum to it.
        says(&s.refuses(2, "edit 1 --amount -50"), &["split"]);
        s.refuses(2, "edit 1 --amount -50 --split groceries=40 --split household=5.60");
        let object = s.json("edit 1 --amount -50 --split groceries=44.40 --split household=5.60");
        assert_eq!(brief(&object, "amount category"), "-50.00 null");
        s.refuses(1, "move 1 groceries");
        assert_eq!(s.json("edit 1 --split household=50")["category"], "Household");
        s.ok("db verify");
    }

    fn transactions_are_moved_to_another_category_all_or_none(s: &Sandbox) {
        s.ok("add 5 tesco -c groceries");
        s.ok("add 6 bistro");
        s.ok("category add 'Eating out' --group Food");
        let done = s.json("move 1 2 'eating out'");
        assert_eq!(keys(&done), "operation summary transactions");
        assert_eq!(done["transactions"], serde_json::json!([1, 2]));
        assert_eq!(
            column(&s.json("list")["transactions"], "category_slug"),
            ["food/eating-out", "food/eating-out"]
        );
        s.ok("move 2 none");
        assert!(s.json("show 2")["category"].is_null());
        s.refuses(3, "move 1 99 groceries");
        s.refuses(3, "move 1 2 books");
        says(&s.refuses(3, "move 1 2 grocries"), &["did you mean `Groceries`?"]);
        s.refuses(2, "move 1 eating out");
        s.refuses(2, "move 1");
    }

    fn deleted_transactions_are_gone_all_or_none_and_their_ids_stay_theirs(s: &Sandbox) {
        for line in ["add 1 a", "add 2 b", "add 3 c"] {
            s.ok(line);
        }
        s.refuses(3, "delete 1 99");
        s.refuses(2, "delete");
        s.refuses(2, "delete x");
        let done = s.json("delete 3 1");
        assert_eq!(keys(&done), "operation summary transactions");
        assert_eq!(done["transactions"], serde_json::json!([1, 3]));
        assert_eq!(column(&s.json("list")["transactions"], "id"), ["2"]);
        s.refuses(3, "show 3");
        assert_eq!(s.json("add 4 d")["id"], 4);
        s.ok("rm 4");
        assert_eq!(s.json("balance")["accounts"][0]["balance"], "-2.00");
        s.ok("db verify");
    }

    fn a_duplicate_is_the_same_again_on_another_day(s: &Sandbox) {
        s.ok("account add Checking");
        s.ok("add 45.60 tesco --split groceries=40 --split household=5.60 -t weekly -m milk -d 2025-12-30 --cleared");
        let copy = s.json("duplicate 1");
        assert_eq!(
            brief(&copy, "id date payee note amount tags"),
            r#"2 2026-01-15 tesco milk -45.60 ["weekly"]"#
        );
        // A new one: not yet seen by the bank.
        assert_eq!(
            briefs(&copy["postings"], "category amount date status"),
            ["Groceries -40.00 2026-01-15 pending", "Household -5.60 2026-01-15 pending",]
        );
        assert_eq!(s.json("duplicate 1 -d -1d")["date"], "2026-01-14");
        s.refuses(3, "duplicate 99");
        s.ok("account add Cash");
        s.ok("account close checking --to cash");
        s.refuses(1, "duplicate 1");
        s.ok("db verify");
    }

    fn dry_runs_change_nothing(s: &Sandbox) {
        s.ok("add 5 tesco -c groceries -t weekly");
        s.ok("category add Books");
        s.ok("account add Checking");
        let before = s.dump(&[]);
        for line in [
            "edit 1 --amount -6",
            "edit 1 1 -t new",
            "move 1 books",
            "delete 1",
            "duplicate 1",
            "undo",
            "transfer 5 cash checking",
            "account add X --balance 5",
            "account edit cash --name Purse",
            "account close checking",
            "account delete checking",
            "category add X",
            "category edit books --name X",
            "category merge books groceries",
            "category hide books",
            "category delete books",
            "category group add X",
            "payee rename tesco X",
            "tag rename weekly X",
            "init --account X",
            "db verify --repair",
        ] {
            let run = s.ok(&format!("{line} -n"));
            assert_eq!(before, s.dump(&[]), "{line}");
            if line != "db verify --repair" {
                says(&run, &["dry run: nothing was changed"]);
            }
        }
    }
}

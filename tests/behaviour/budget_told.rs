//! `budget`: what is told beside the numbers. Who budgets at all, what later months give out, what a change of an account
//! or a category does to the months, and categories of one name.

use crate::support::{Run, Sandbox, on_both_databases};
use crate::typed::{Typed, brief, briefs, says};

/// Two accounts on budget, and two envelopes in a group.
fn envelopes(s: &Sandbox) {
    for line in [
        "account add Checking",
        "account add Card --kind card",
        "config set account Checking",
        "category add home/rent",
        "category add home/food",
        "category add pay --kind income",
    ] {
        s.ok(line);
    }
}

/// Asserts that these parts are in what was answered.
#[track_caller]
fn answers(run: &Run, parts: &[&str]) {
    for part in parts {
        assert!(run.stdout.contains(part), "`{part}` is not answered\n{}", run.snapshot());
    }
}

on_both_databases! {
    fn a_transfer_out_of_the_budget_without_category_is_uncategorised(s: &Sandbox) {
        envelopes(s);
        for line in [
            "account add House --off-budget", "account add Shed --off-budget", "income 500 boss -c pay",
            "transfer 100 checking house", "transfer 50 house checking -c food", "transfer 7 checking card",
            "transfer 9 house shed",
        ] {
            s.ok(line);
        }
        answers(&s.ok("budget"), &["-100.00  in no envelope: `groat list is:uncategorised`"]);
        for query in ["is:uncategorised", "-c none"] {
            assert_eq!(briefs(&s.json(&format!("list {query}"))["transactions"], "amount kind"), ["-100.00 transfer"], "{query}");
        }
        assert_eq!(s.json("list not is:uncategorised")["total"], 4);
        assert_eq!(s.json("")["uncategorised"], 1);
        // It is no spending for all that, by whole months or by days.
        for period in ["2026-01", "2026-01-01..2026-01-20"] {
            let report = s.json(&format!("report is:uncategorised -p {period}"));
            assert_eq!(report["total"], "0.00", "{period}");
        }
        s.ok("edit 2 -c food");
        assert_eq!(s.json("list is:uncategorised")["total"], 0);
        assert_eq!(brief(&s.json("budget"), "uncategorised_to_date"), "0.00");
    }

    fn who_does_not_budget_is_not_told_of_envelopes(s: &Sandbox) {
        s.ok("add 3.20 coffee -c coffee -d 2025-12-05");
        assert_eq!(s.ok("check budget").stdout, "");
        let shown = s.ok("budget -p 2025-12").stdout + &s.ok("budget").stdout;
        assert!(!shown.contains("overspent") && !shown.contains("given out"), "{shown}");
        assert!(s.json("")["to_be_budgeted"].is_null());
        // A target is enough to budget, and so is a hold.
        s.ok("budget target coffee 5");
        answers(&s.ok("budget -p 2025-12"), &["overspent"]);
        let found = s.run("check budget").fails(10);
        answers(&found, &["3.20 USD more is given out in 2026-01", "the target of Coffee lacks 5.00"]);
        answers(&s.run("check budget --at 2025-12-31").fails(10), &["Coffee is overspent by 3.20 USD in 2025-12"]);
        s.ok("undo");
        s.ok("income 100 boss");
        assert_eq!(s.ok("check budget --at 2025-12-31").stdout, "");
        s.ok("budget hold 5");
        answers(&s.run("check budget --at 2025-12-31").fails(10), &["Coffee is overspent by 3.20 USD in 2025-12"]);
    }

    fn what_later_months_give_out_is_not_given_out_again_unseen(s: &Sandbox) {
        envelopes(s);
        s.ok("income 1000 boss -c pay");
        s.ok("budget assign food 900 -p 2026-02");
        let note = "900.00 USD is assigned in later months, more than there is: to be budgeted is -700.00 USD in 2026-02";
        let given = s.ok("budget assign rent 800");
        answers(&given, &["to be budgeted 200.00 USD, 900.00 assigned later"]);
        says(&given, &[note]);
        answers(&s.ok("budget"), &["Assigned later  900.00  leaves -700.00 in 2026-02"]);
        answers(&s.ok(""), &["to be budgeted  200.00 USD", "assigned later  900.00 USD, leaves -700.00 in 2026-02"]);
        assert_eq!(brief(&s.json(""), "to_be_budgeted assigned_later"), "200.00 900.00");
        s.ok("undo");
        says(&s.ok("budget move 800 tbb rent"), &[note]);
        s.ok("undo");
        s.ok("budget target rent remainder");
        let applied = s.json("budget apply");
        assert_eq!(brief(&applied, "to_be_budgeted assigned_later"), "0.00 900.00");
        assert_eq!(applied["warnings"][0], note.replace("-700", "-900"));
        s.ok("undo");
        // What is held for February, and what comes in then, is there for it.
        s.ok("budget hold 900");
        let run = s.ok("budget assign rent 50");
        assert!(!run.stderr.contains("more than there is"), "{}", run.snapshot());
        s.ok("budget hold 0");
        s.ok("income 900 boss -c pay -d 2026-02-01");
        let run = s.ok("budget assign rent 1000");
        assert!(!run.stderr.contains("more than there is"), "{}", run.snapshot());
    }

    fn an_envelope_that_gives_more_than_it_has_is_told(s: &Sandbox) {
        envelopes(s);
        says(&s.ok("budget assign food -500"), &["food is overspent: it has -500.00 USD"]);
        let again = s.ok("budget assign food -500");
        assert!(!again.stderr.contains("overspent"), "{}", again.snapshot());
    }

    fn a_category_that_is_merged_says_what_it_loses(s: &Sandbox) {
        envelopes(s);
        for line in [
            "category add home/fun", "income 1000 boss -c pay", "add 45 cinema -c fun", "budget carryover fun on",
            "budget target fun 50", "budget target food 30",
        ] {
            s.ok(line);
        }
        assert_eq!(s.json("budget -p 2026-02")["to_be_budgeted"], "1000.00");
        let merged = s.ok("category merge fun food");
        says(&merged, &[
            "carryover of fun, on from 2026-01, is dropped: food keeps its own",
            "the target of fun is dropped, as food has one: 50",
            "the figures of 2026-02 and later change by it",
        ]);
        assert_eq!(s.json("budget -p 2026-02")["to_be_budgeted"], "955.00");
        s.ok("undo");
        s.ok("category add home/empty");
        assert_eq!(s.ok("category merge empty food").stderr, "");
    }

    fn an_account_that_joins_the_budget_says_which_months_change(s: &Sandbox) {
        envelopes(s);
        s.ok("account add House --off-budget --balance 500 -d 2025-11-03");
        says(&s.ok("account edit house --on-budget"), &["the figures of 2025-11 and later change by it"]);
        assert_eq!(s.json("budget -p 2025-11")["to_be_budgeted"], "500.00");
        assert_eq!(s.ok("account edit house --on-budget").stderr, "");
        says(&s.ok("account edit house --off-budget"), &["the figures of 2025-11 and later change by it"]);
    }

    fn categories_of_one_name_are_told_apart(s: &Sandbox) {
        for line in [
            "account add Checking", "category add a/same", "category add b/same", "category add b/other",
            "income 1000 boss", "budget assign a/same 10", "budget assign b/same 20", "budget target a/same 50",
            "budget target b/same 60", "add 15 shop -c a/same",
        ] {
            s.ok(line);
        }
        let found = s.run("check budget --json").fails(10).json();
        assert_eq!(
            briefs(&found["findings"], "category_slug"),
            ["a/same", "a/same", "b/same"]
        );
        let message = found["findings"][0]["message"].as_str().expect("a text");
        assert!(message.starts_with("a/same is overspent by 5.00"), "{message}");
        let applied = s.json("budget apply");
        assert_eq!((&applied["skipped"][0], &applied["skipped_slugs"][0]), (&"same".into(), &"a/same".into()));
        answers(&s.ok("budget apply"), &["left alone, as money is assigned: a/same, b/same ("]);
        answers(&s.ok("budget move 5 b/same a/same"), &["moved 5.00 USD from b/same to a/same", "a/same has 0.00", "b/same has 15.00"]);
        answers(&s.ok("budget target"), &["a/same", "b/same"]);
        answers(&s.ok("budget explain a/same"), &["Available in a/same", "moved from b/same (operation"]);
        answers(&s.ok("budget move 5 b/same other"), &["from b/same to other"]);
    }

    fn an_undo_that_cannot_be_names_the_month(s: &Sandbox) {
        envelopes(s);
        s.ok("income 100 boss -c pay");
        s.ok("budget hold 10");
        let operation = s.json("budget hold 20")["operation"].as_i64().expect("a number");
        says(&s.refuses(1, &format!("undo {}", operation - 1)), &["of 2026-01 "]);
    }
}

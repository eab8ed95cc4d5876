//! Budgets of whole books, in tables: what a peer's own tests say of hidden categories, averages, covers and targets
//! that look back, each under the id that it has in the list of cases. Amounts are theirs, in cents.

use crate::support::{Sandbox, on_both_databases};
use crate::typed::{Typed, brief};

/// Three envelopes in two groups, an account, and a category of income.
fn book(s: &Sandbox) {
    for line in [
        "account add Checking",
        "config set account Checking",
        "category add one/cat1",
        "category add one/cat2",
        "category add two/cat3",
        "category add pay --kind income",
    ] {
        s.ok(line);
    }
}

/// What a line of this month's budget has, by the name of its category.
fn envelope(s: &Sandbox, category: &str, month: &str, keys: &str) -> String {
    let budget = s.json(&format!("budget -p {month}"));
    let groups = budget["groups"].as_array().expect("a list").iter();
    let mut lines = groups.flat_map(|group| group["categories"].as_array().expect("a list"));
    brief(lines.find(|line| line["category"] == category).expect("an envelope of that name"), keys)
}

on_both_databases! {
    fn hidden_envelopes_count(s: &Sandbox) {
        book(s);
        for (id, hidden, month, next) in [("B4", "cat2", "2026-01", "2026-02"), ("B5", "cat3", "2025-10", "2025-11")] {
            s.ok(&format!("add 10 shop -c cat1 -d {month}-09"));
            s.ok(&format!("add 20 shop -c {hidden} -d {month}-09"));
            for line in ["category hide", "category edit --unhide"] {
                s.ok(&format!("{line} {hidden}"));
                let totals = s.json(&format!("budget -p {month}"))["totals"].clone();
                assert_eq!(brief(&totals, "activity available"), "-30.00 -30.00", "{id}: {line}");
                assert_eq!(envelope(s, hidden, month, "activity"), "-20.00", "{id}: {line}");
                // They count next month as well, when what they overspent is settled.
                let settled = s.json(&format!("budget -p {next}"))["overspent_last_month"].clone();
                assert_eq!(settled, "-30.00", "{id}: {line}");
            }
        }
    }

    fn an_average_counts_complete_months_alone(s: &Sandbox) {
        book(s);
        for (day, spent) in [
            ("2025-10-09", "3.00"), ("2025-11-09", "6.00"), ("2025-12-09", "9.00"), ("2026-01-09", "30.00"),
            ("2026-02-09", "12.00"),
        ] {
            s.ok(&format!("add {spent} shop -c cat1 -d {day}"));
        }
        // A6: January is under way.
        for line in ["budget assign cat1 --average 3 -p 2026-03", "budget apply -p 2026-03"] {
            s.ok("budget target cat1 'average 3 months'");
            s.ok(line);
            assert_eq!(envelope(s, "cat1", "2026-03", "assigned"), "6.00", "{line}");
            s.ok("undo");
        }
    }

    fn what_was_given_out_too_much_is_covered_as_far_as_it_goes(s: &Sandbox) {
        book(s);
        for line in ["budget assign cat1 1.00", "budget assign cat2 -0.20", "budget carryover cat2 on", "budget assign cat3 0.10"] {
            s.ok(line);
        }
        for (id, from, to_be_budgeted, left) in [("A7", "cat1", "0.00", "0.10"), ("A8", "cat3", "-0.80", "0.00")] {
            assert_eq!(s.json("budget -p 2026-02")["to_be_budgeted"], "-0.90", "{id}");
            assert_eq!(envelope(s, "cat2", "2026-02", "available"), "-0.20", "{id}");
            let covered = s.json(&format!("budget cover tbb --from {from} -p 2026-02"));
            assert_eq!(covered["to_be_budgeted"], to_be_budgeted, "{id}");
            assert_eq!(envelope(s, from, "2026-02", "available"), left, "{id}");
            s.ok("undo");
        }
    }

    fn targets_look_back_into_the_book(s: &Sandbox) {
        book(s);
        for (id, facts, target, expected) in [
            (
                "T7",
                &["budget assign cat1 200 -p 2025-10", "budget assign cat1 50 -p 2025-12"][..],
                "'copy from 3 months ago'",
                "200.00",
            ),
            (
                "T13",
                &[
                    "budget assign cat1 300 -p 2025-11", "add 100 shop -c cat1 -d 2025-11-20",
                    "budget assign cat1 100 -p 2025-12",
                ],
                "'1000 by 2026-01 spend from 2025-11'",
                "600.00",
            ),
            (
                "T16",
                &["income 100 boss -c pay -d 2025-12-01", "income 70 boss -c pay -d 2026-01-02"],
                "'10% of previous all income'",
                "10.00",
            ),
            (
                "T17",
                &["income 20 boss -c pay", "income 5 bank -c income"],
                "'15% of pay'",
                "3.00",
            ),
            (
                "T18",
                &[
                    "add 1 shop -c cat1 -d 2025-10-31", "income 2 shop -c cat1 -d 2025-11-01",
                    "add 3 shop -c cat1 -d 2025-12-31", "add 9 shop -c cat1 -d 2026-01-01",
                ],
                "'average 3 months'",
                "0.67",
            ),
            ("T24", &["budget assign cat1 90 -p 2025-12"], "'100 up to 150'", "60.00"),
            ("T32", &["budget assign cat1 100"], "'goal 1000'", "100.00"),
        ] {
            for fact in facts {
                s.ok(fact);
            }
            s.ok(&format!("budget target cat1 {target}"));
            let applied = s.json("budget apply --overwrite");
            assert_eq!(envelope(s, "cat1", "2026-01", "assigned"), expected, "{id}");
            let operations = facts.len() + 1 + usize::from(!applied["operation"].is_null());
            (0..operations).for_each(|_| drop(s.ok("undo")));
            assert_eq!(s.json("budget")["to_be_budgeted"], "0.00", "{id}: all is taken back");
        }
    }
}

//! `budget target` and `budget apply`: what envelopes ask for, what they are given, and what is refused.

use crate::support::{Run, Sandbox, on_both_databases};
use crate::typed::{Typed, brief, briefs, says};

fn envelopes(s: &Sandbox) {
    for line in [
        "account add Checking",
        "category add home/a",
        "category add home/b",
        "category add home/c",
        "category add pay --kind income",
    ] {
        s.ok(line);
    }
}

/// Sets a target of one category, its lines apart.
fn target(s: &Sandbox, category: &str, lines: &[&str]) -> Run {
    let words = [&["budget", "target", category], lines].concat();
    s.groat(words)
}

on_both_databases! {
    fn what_is_left_goes_by_priority_and_order(s: &Sandbox) {
        envelopes(s);
        s.ok("income 100 boss -c pay");
        target(s, "a", &["!1 80"]).ok();
        target(s, "b", &["!1 50"]).ok();
        target(s, "c", &["remainder"]).ok();
        let plan = s.json("budget apply -n");
        assert_eq!(briefs(&plan["categories"], "category before assigned"), ["a 0.00 80.00", "b 0.00 20.00", "c 0.00 0.00"]);
        assert_eq!(brief(&plan, "to_be_budgeted_before to_be_budgeted"), "100.00 0.00");
        assert_eq!(s.json("budget")["to_be_budgeted"], "100.00");
        s.ok("budget apply");
        assert_eq!(s.json("budget")["to_be_budgeted"], "0.00");
        let again = s.json("budget apply --overwrite");
        assert!(again["operation"].is_null(), "{again}");
        s.ok("undo");
        assert_eq!(s.json("budget")["to_be_budgeted"], "100.00");
    }

    fn targets_are_listed_with_what_they_need(s: &Sandbox) {
        envelopes(s);
        s.ok("income 2000 boss -c pay");
        target(s, "a", &["10% of pay"]).ok();
        target(s, "b", &["50 up to 80", "goal 500"]).ok();
        s.ok("budget assign b 30");
        let listed = s.json("budget target");
        assert_eq!(
            briefs(&listed["targets"], "category asked assigned missing available goal"),
            ["a 200.00 0.00 200.00 0.00 null", "b 50.00 30.00 20.00 30.00 500.00"]
        );
        assert_eq!(listed["targets"][0]["target"][0], "10% of general/pay");
        s.ok("category edit pay --name salary --group work");
        let listed = s.json("budget target a");
        assert_eq!(listed["targets"][0]["target"][0], "10% of work/salary");
        assert_eq!(s.json("budget")["groups"][0]["categories"][0]["target"][0], "10% of work/salary");
        says(&s.refuses(1, "category delete salary"), &["in use"]);
        s.ok("budget target b ''");
        assert!(s.json("budget target b")["targets"].as_array().is_some_and(Vec::is_empty));
        s.ok("undo");
        assert_eq!(s.json("budget target b")["targets"][0]["target"][1], "goal 500");
    }

    fn a_sum_is_saved_up_month_by_month(s: &Sandbox) {
        envelopes(s);
        s.ok("income 5000 boss -c pay");
        target(s, "a", &["1200 by 2026-12 repeat every year"]).ok();
        for month in ["2026-01", "2026-02", "2026-03"] {
            s.ok(&format!("budget apply -p {month}"));
            assert_eq!(brief(&s.json(&format!("budget -p {month}"))["totals"], "assigned"), "100.00");
        }
        s.ok("add 500 broker -c a -d 2026-03-05");
        // 1200 less the 300 that rolled over would be 900; -200 is not kept: 1200 in nine months.
        s.ok("budget apply -p 2026-04");
        assert_eq!(brief(&s.json("budget -p 2026-04")["totals"], "assigned"), "133.33");
    }

    fn what_is_no_target_is_one_error_and_changes_nothing(s: &Sandbox) {
        envelopes(s);
        for (code, category, lines, said) in [
            (2, "a", &["50 every fortnight starting 2026-01-01"][..], "fortnight"),
            (2, "a", &["10% of"], ""),
            (3, "a", &["10% of nope"], "no category named `nope`"),
            (1, "a", &["10% of b"], "`b` takes spending"),
            (2, "a", &["500 by 2025-03"], "2025-03"),
            (2, "a", &["up to 50", "up to 60"], "limit"),
            (2, "a", &["schedule Rent"], "schedules"),
            (1, "pay", &["50"], "`pay` takes income"),
            (3, "nope", &["50"], "no category named `nope`"),
        ] {
            let before = s.dump(&[]);
            says(&target(s, category, lines).fails(code), &["error: ", said]);
            assert_eq!(s.dump(&[]), before, "{lines:?}");
        }
        let caret = target(s, "a", &["50 upto 200"]).fails(2);
        says(&caret, &["  50 upto 200\n", "^"]);
        says(&s.refuses(1, "budget apply"), &["no category has a target"]);
    }
}

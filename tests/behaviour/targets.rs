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

    fn after_apply_nobody_lacks_anything(s: &Sandbox) {
        envelopes(s);
        s.ok("income 1000 boss -c pay");
        s.ok("budget assign a 200");
        target(s, "a", &["50"]).ok();
        target(s, "b", &["10% of available funds"]).ok();
        assert_eq!(briefs(&s.json("budget target")["targets"], "category asked missing"), ["a 50.00 0.00", "b 80.00 80.00"]);
        s.ok("budget apply");
        assert_eq!(
            briefs(&s.json("budget target")["targets"], "category asked assigned missing"),
            ["a 50.00 200.00 0.00", "b 80.00 80.00 0.00"]
        );
        assert_eq!(s.ok("check budget").stdout, "");
    }

    fn an_average_is_of_months_that_are_complete_whatever_month_is_asked_for(s: &Sandbox) {
        envelopes(s);
        s.ok("income 1000 boss -c pay");
        s.ok("add 100 x -c a -d 2026-01-10");
        s.ok("budget assign a 100");
        target(s, "a", &["average 1 month"]).ok();
        assert_eq!(s.json("budget target -p 2026-02")["targets"][0]["missing"], "0.00");
        assert_eq!(s.ok("check budget --at 2026-02-10").stdout, "");
    }

    fn an_apply_that_gives_out_more_than_there_is_says_so(s: &Sandbox) {
        envelopes(s);
        s.ok("income 100 boss -c pay");
        target(s, "a", &["150"]).ok();
        let warning = "more is given out than there is: to be budgeted is -50.00 USD";
        says(&s.ok("budget apply"), &[&format!("warning: {warning}")]);
        let again = s.json("budget apply --overwrite");
        assert!(again["operation"].is_null(), "{again}");
        assert_eq!(again["warnings"], serde_json::json!([warning]));
    }

    fn why_there_is_no_target_is_told(s: &Sandbox) {
        envelopes(s);
        let shows = |line: &str, text: &str| {
            let run = s.ok(line);
            assert!(run.stdout.contains(text), "{}", run.snapshot());
        };
        shows("budget target", "no category has a target");
        shows("budget target b", "b has no target: `groat budget target home/b '300 up to 400'` sets one");
        target(s, "a", &["50"]).ok();
        shows("budget target b", "b has no target");
        s.ok("category hide a");
        shows("budget target a", "50.00");
        shows("budget target", "only hidden categories have a target");
        target(s, "b", &["goal 500"]).ok();
        shows("budget apply", "no target asks for money in 2026-01: they are goals, or of hidden categories");
    }

    fn a_target_that_is_so_already_is_no_operation(s: &Sandbox) {
        envelopes(s);
        let set = |lines: &[&str]| {
            let words = [&["budget", "target", "a", "--json"], lines].concat();
            s.groat(words).ok().json()
        };
        let nothing = set(&[""]);
        assert_eq!(brief(&nothing, "operation summary"), "null a has no target already");
        assert!(set(&["50", "10% of pay"])["operation"].is_i64());
        s.ok("category edit pay --name salary");
        let again = set(&["50.00", "10% of SALARY"]);
        assert_eq!(brief(&again, "operation summary"), "null the target of a is 50, 10% of general/salary already");
        assert!(set(&["10% of salary", "50"])["operation"].is_i64());
        assert!(set(&[""])["operation"].is_i64());
    }

    fn an_amount_that_was_rounded_is_told(s: &Sandbox) {
        s.ok("init --currency JPY --account Checking --categories none");
        s.ok("category add food");
        let run = target(s, "food", &["500.5 by 2026-03", "average 2 months +0.4", "goal 7"]).ok();
        says(&run, &["500.5 was rounded to 500 JPY", "0.4 was rounded to 0 JPY"]);
    }

    fn what_is_above_a_limit_is_not_told_to_be_funded(s: &Sandbox) {
        envelopes(s);
        s.ok("income 1000 boss -c pay");
        s.ok("budget assign a 400 -p 2025-12");
        target(s, "a", &["up to 200"]).ok();
        let shown = s.ok("budget target").stdout;
        assert!(shown.contains("200.00 above its limit") && !shown.contains("funded"), "{shown}");
        s.ok("budget apply");
        let shown = s.ok("budget target").stdout;
        assert!(shown.contains("funded") && !shown.contains("above"), "{shown}");
    }

    fn a_line_below_zero_is_told_with_its_place(s: &Sandbox) {
        envelopes(s);
        says(&target(s, "a", &["-50"]).fails(2), &["`-50` is below zero", "  ^^^\n"]);
        says(&target(s, "a", &["-50 up to 200"]).fails(2), &["`-50 up to 200` begins with a minus"]);
        let months = "an average is of 1 to 120 months";
        for count in ["0", "-1", "121", "x"] {
            says(&s.refuses(2, &format!("budget assign a --average {count}")), &[months]);
        }
        target(s, "a", &["50", "-p", "2026-02"]).ok();
    }

    fn a_problem_names_its_envelope_once(s: &Sandbox) {
        envelopes(s);
        target(s, "a", &["500 by 2026-02"]).ok();
        assert_eq!(
            s.json("budget target -p 2026-03")["targets"][0]["problem"],
            "`500 by 2026-02`: `2026-02` is past, and it does not repeat"
        );
        target(s, "b", &["10% of pay"]).ok();
        says(&s.refuses(1, "category edit pay --kind expense"), &["the target of home/b asks for a share of `pay`"]);
        says(&target(s, "b", &["10% of ete"]).fails(3), &["`groat category add ete --kind income`"]);
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

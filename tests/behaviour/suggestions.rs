//! Categories that an import learned from the book: only where they are nearly certain, with the words that speak for
//! them, and not at all where that is switched off.

use serde_json::Value;

use crate::support::{Sandbox, on_both_databases};
use crate::typed::{Typed, brief, briefs, column};

/// Three weeks of shopping, eating and fuel, all categorised by rules of their own that are gone by now.
fn book(s: &Sandbox) {
    s.ok("init --currency EUR --account Checking");
    for category in ["food/Groceries", "food/Eating", "car/Fuel"] {
        s.ok(&format!("category add {category}"));
    }
    let rows: String = (1..=9)
        .map(|n| {
            format!(
                "2025-12-{n:02},TESCO STORES {n},-4{n}.10,\n2025-12-{n:02},CAFE CENTRAL {n},-{n}.50,card payment\n\
                 2025-12-{n:02},SHELL STATION {n},-6{n}.00,card payment\n"
            )
        })
        .collect();
    s.write("old.csv", format!("Date,Payee,Amount,Reference\n{rows}"));
    s.ok("rule add payee:tesco -c groceries");
    s.ok("rule add payee:cafe -c eating");
    s.ok("rule add payee:shell -c fuel");
    s.ok("import old.csv -a checking");
    s.ok("rule delete 1 2 3");
}

fn import(s: &Sandbox, rows: &str) -> Value {
    s.write("new.csv", format!("Date,Payee,Amount,Reference\n{rows}"));
    s.json("import new.csv -a checking")
}

on_both_databases! {
    fn what_is_nearly_certain_is_suggested_with_its_words_and_nothing_else(s: &Sandbox) {
        book(s);
        let rows = "2026-01-02,TESCO STORES 77 LONDON,-45.00,\n2026-01-03,TESCO,-45.00,\n2026-01-04,Hairdresser,-30.00,card payment\n\
            2026-01-05,TESCO STORES 5,-5.00,\n";
        s.write("new.csv", format!("Date,Payee,Amount,Reference\n{rows}"));
        let plan = s.json("import new.csv -a checking -n");
        let done = s.json("import new.csv -a checking");
        assert_eq!(column(&plan["transactions"], "reason"), column(&done["transactions"], "reason"));
        assert_eq!(
            briefs(&done["transactions"], "category category_slug category_by rule"),
            ["Groceries food/groceries suggestion null", "null null null null", "null null null null", "Groceries food/groceries last null"]
        );
        let reason = done["transactions"][0]["reason"].as_str().expect("a text").to_owned();
        let (head, tail) = reason.split_once(" %: ").expect("a percentage");
        assert_eq!(tail, "stores, tesco");
        let percent: u32 = head.strip_prefix("not seen before; suggested Groceries, ").expect("the category").parse().expect("a number");
        assert!((90..100).contains(&percent), "{reason}");
        let id = &done["transactions"][0]["transaction"];
        assert_eq!(s.json(&format!("show {id}"))["statement_lines"][0]["reason"], reason);
        s.ok("undo");
        s.ok("db verify");
    }

    fn what_was_only_suggested_is_no_choice_until_somebody_touches_it(s: &Sandbox) {
        book(s);
        let first = import(s, "2026-01-02,TESCO STORES 77,-45.00,\n");
        assert_eq!(brief(&first["transactions"][0], "category_by"), "suggestion");
        let again = import(s, "2026-01-09,TESCO STORES 77,-46.00,\n");
        assert_eq!(brief(&again["transactions"][0], "category_by"), "suggestion");
        // To say the same makes it a choice, once.
        let confirm = format!("edit {} -c groceries", first["transactions"][0]["transaction"]);
        assert!(s.ok(&confirm).stdout.starts_with("edited "));
        assert!(s.ok(&confirm).stdout.starts_with("nothing to change in "));
        s.ok(&format!("edit {} -c eating", again["transactions"][0]["transaction"]));
        let chosen = import(s, "2026-01-16,TESCO STORES 77,-47.00,\n");
        assert_eq!(brief(&chosen["transactions"][0], "category category_by"), "Eating last");
    }

    fn suggestions_are_left_out_when_they_are_switched_off(s: &Sandbox) {
        book(s);
        s.ok("config set suggest false");
        assert_eq!(briefs(&import(s, "2026-01-02,TESCO STORES 77,-45.00,\n")["transactions"], "category category_by"), ["null null"]);
    }

    fn rules_go_before_suggestions_and_a_rule_that_says_none_stops_them(s: &Sandbox) {
        book(s);
        s.ok("rule add 'tesco amt:>100' -c none");
        s.ok("rule add 'tesco amt:>80' -t big");
        s.ok("rule add 'tesco amt:>60' -c eating");
        let done = import(s, "2026-01-02,TESCO STORES 71,-101.00,\n2026-01-03,TESCO STORES 72,-81.00,\n2026-01-04,TESCO STORES 73,-61.00,\n");
        assert_eq!(briefs(&done["transactions"], "category category_by rule"), ["null rule 4", "Groceries suggestion 5", "Eating rule 6"]);
    }

    fn an_empty_book_and_a_small_one_teach_nothing(s: &Sandbox) {
        s.ok("init --currency EUR --account Checking");
        assert_eq!(brief(&import(s, "2026-01-02,TESCO STORES 7,-5.00,\n")["transactions"][0], "category"), "null");
        s.ok("category add Groceries");
        s.ok("edit 1 -c groceries");
        assert_eq!(brief(&import(s, "2026-01-03,TESCO STORES 8,-5.00,\n")["transactions"][0], "category"), "null");
    }
}

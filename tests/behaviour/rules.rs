//! `rule add`, `list`, `edit` and `delete`: what is kept of a rule, its order, what is refused, and what becomes of rules
//! when what they name changes.

use crate::support::{Sandbox, on_both_databases};
use crate::typed::{HISTORY, Typed, brief, column, keys, says};

fn book(s: &Sandbox) {
    s.ok("init --currency EUR --account Checking");
    for category in ["food/Groceries", "food/Eating", "fun/Leisure", "home/Household"] {
        s.ok(&format!("category add {category}"));
    }
}

fn order(s: &Sandbox) -> Vec<String> {
    column(&s.json("rule list")["rules"], "id")
}

/// The book without its history, and without the numbers that come next.
fn state(s: &Sandbox) -> String {
    s.dump(&[HISTORY[0], HISTORY[1], "sqlite_sequence"])
}

on_both_databases! {
    fn a_rule_is_kept_as_it_is_said(s: &Sandbox) {
        book(s);
        let rule = s.json("rule add 'payee:/tesco|aldi/ amt:>5' -c groceries --payee Tesco -t weekly -t Food -m 'the shop'");
        assert_eq!(keys(&rule), "id order query category category_slug payee note tags parts problem operation");
        assert_eq!(brief(&rule, "id order query category category_slug"), "1 1 payee:/tesco|aldi/ amt:>5 Groceries food/groceries");
        assert_eq!(brief(&rule, "payee note problem"), "Tesco the shop null");
        assert_eq!(rule["tags"], serde_json::json!(["weekly", "Food"]));
        let split = s.json("rule add superstore --split leisure=30% --split household=12,50 --split groceries");
        assert_eq!(column(&split["parts"], "category_slug"), ["fun/leisure", "home/household", "food/groceries"]);
        assert_eq!(column(&split["parts"], "share"), ["30%", "12.5", "null"]);
        assert_eq!(brief(&split, "category"), "null");
        let none = s.json("rule add refund -c none");
        assert_eq!(brief(&none["parts"][0], "category share"), "null null");
        let list = s.ok("rule list").stdout;
        assert_eq!(
            list,
            "Rule  Takes                      Category                                Payee  Tags          Note\n\
             \u{20}  1  payee:/tesco|aldi/ amt:>5  Groceries                               Tesco  weekly, Food  the shop\n\
             \u{20}  2  superstore                 Leisure 30%, Household 12.5, Groceries\n\
             \u{20}  3  refund                     none\n"
        );
        assert_eq!(s.ok("rule add x -c leisure -t a").stdout, "added rule 4: x gets Leisure, tag a\n");
        let dry = s.ok("rule add y -c leisure -n");
        assert_eq!(dry.stdout, "would add rule 5: y gets Leisure\n");
        assert_eq!(order(s).len(), 4);
    }

    fn shares_are_exact_or_refused(s: &Sandbox) {
        book(s);
        for (share, told) in [
            ("12.345", "a part of 12.345 has more than the 2 decimals of the currency"),
            ("0,005", "a part of 0.005 has more than the 2 decimals of the currency"),
            ("10/3", "a part of 3.3333333333 has more than the 2 decimals of the currency"),
            ("99999999999999999999", "a part is more than an amount can be"),
            ("1e2", "exponents are not understood"),
            ("1e2%", "`1e2` is not a percentage"),
            ("12.34567%", "has more than four decimals"),
            ("%", "names no share"),
            ("100.01%", "is more than the whole"),
        ] {
            let run = s.run(&format!("rule add tesco --split leisure={share} --split groceries")).fails(2);
            says(&run, &[told]);
            assert_eq!(run.stderr.matches("error: ").count(), 1, "{}", run.stderr);
        }
        let thirds = "rule add tesco --split leisure=33.33% --split groceries=33.33% --split household";
        says(&s.run(&format!("{thirds}=33.35%")).fails(2), &["the percentages come to 100.01%: more than the whole"]);
        says(&s.run(&format!("{thirds}=33.33%")).fails(2), &["the percentages come to 99.99%: less than the whole"]);
        for (share, shown) in [(",5", "0.5"), ("33.333%", "33.3330%"), ("12.340", "12.34"), ("1,234", "1234"), ("10/4", "2.5")] {
            let rule = s.json(&format!("rule add tesco --split leisure={share} --split groceries"));
            assert_eq!(column(&rule["parts"], "share"), [shown, "null"], "{share}");
        }
        // In a currency without cents the split is left out, and not rounded.
        s.ok("account add Yen --currency JPY --off-budget");
        s.ok("rule add sushi --split leisure=2.5 --split groceries");
        s.write("yen.csv", "Date,Payee,Amount\n2026-01-05,Sushi,-900\n");
        let row = &s.json("import yen.csv -a yen")["transactions"][0];
        let told = "not seen before; the split of rule 6 left out: a part of 2.5 has decimals, and the currency has none";
        assert_eq!(row["reason"], told);
        // With a finer one about, a rule may be for it.
        s.ok("account add Dinar --currency KWD --off-budget");
        assert_eq!(column(&s.json("rule add kebab --split leisure=12.345 --split groceries")["parts"], "share"), ["12.3450", "null"]);
    }

    fn what_depends_on_the_day_or_on_a_short_name_is_kept_whole(s: &Sandbox) {
        book(s);
        s.ok("account add Travel");
        let rule = s.json("rule add 'acct:check date:dec amt:1,234' -c groceries");
        assert_eq!(rule["query"], "acct:Checking date:2025-12 amt:1234");
        s.ok("account edit checking --name 'Giro Account'");
        assert_eq!(brief(&s.json("rule list")["rules"][0], "query problem"), "acct:\"Giro Account\" date:2025-12 amt:1234 null");
        s.ok("undo");
        assert_eq!(brief(&s.json("rule list")["rules"][0], "query"), "acct:Checking date:2025-12 amt:1234");
        s.ok("rule add acct:travel -c leisure");
        says(&s.refuses(1, "account delete travel"), &["asked for by rule 2", "groat rule delete 2"]);
    }

    fn rules_are_asked_in_the_order_that_people_give_them(s: &Sandbox) {
        book(s);
        for word in ["a", "b", "c"] {
            s.ok(&format!("rule add {word} -c groceries"));
        }
        s.ok("rule add d -c leisure --before 2");
        assert_eq!(order(s), ["1", "4", "2", "3"]);
        s.ok("rule edit 3 --before 1");
        assert_eq!(order(s), ["3", "1", "4", "2"]);
        s.ok("rule edit 3 --last");
        assert_eq!(order(s), ["1", "4", "2", "3"]);
        s.ok("undo");
        assert_eq!(order(s), ["3", "1", "4", "2"]);
        // So often that there is no more room between two, and all are moved apart.
        for n in 0..40 {
            s.ok(&format!("rule edit {} --before 2", if n % 2 == 0 { 3 } else { 4 }));
        }
        assert_eq!(order(s), ["1", "3", "4", "2"]);
        s.refuses(3, "rule edit 3 --before 9");
        s.refuses(2, "rule edit 3 --before 3");
    }

    fn an_empty_value_clears_and_the_rest_stays(s: &Sandbox) {
        book(s);
        s.ok("rule add tesco -c groceries --payee Tesco -t food -m note");
        let rule = s.json("rule edit 1 --payee '' -t '' --query 'lidl or tesco'");
        assert_eq!(brief(&rule, "query category payee note"), "lidl or tesco Groceries null note");
        assert_eq!(rule["tags"], serde_json::json!([]));
        let rule = s.json("rule edit 1 --split eating=50% --split groceries=50%");
        assert_eq!(column(&rule["parts"], "category"), ["Eating", "Groceries"]);
        let rule = s.json("rule edit 1 -c ''");
        assert_eq!(rule["parts"], serde_json::json!([]));
        says(&s.refuses(2, "rule edit 1 -m ''"), &["nothing"]);
        says(&s.refuses(2, "rule edit 1"), &["nothing to change"]);
    }

    fn what_no_rule_can_be_is_refused_with_the_place(s: &Sandbox) {
        book(s);
        s.ok("add 3 tesco -t food");
        for (line, caret) in [
            ("rule add 'tesco cat:groceries' -c groceries", "        ^^^^^^^^^^^^^"),
            ("rule add tag:food -c groceries", "  ^^^^^^^^"),
            ("rule add 'tesco id:1' -c groceries", "        ^^^^"),
            ("rule add 'x (is:split)' -c groceries", "     ^^^^^^^^"),
            ("rule add is:reconciled -c groceries", "  ^^^^^^^^^^^^^"),
            ("rule add 'payee:/te(sco/' -c groceries", "           ^"),
            ("rule add 'amt:>x' -c groceries", "       ^"),
        ] {
            let run = s.refuses(2, line);
            assert!(run.stderr.lines().any(|shown| shown == caret), "{line}\n{}", run.stderr);
        }
        s.ok("rule add tesco -c groceries");
        let run = s.refuses(2, "rule edit 1 --query 'payee:x by:me'");
        says(&run, &["does not have a history", "          ^^^^^"]);
        says(&s.refuses(3, "rule add tesco -c grocries"), &["did you mean `Groceries`"]);
        says(&s.refuses(3, "rule add acct:chekcing -c groceries"), &["did you mean `Checking`", "  ^^^^"]);
        says(&s.refuses(3, "rule add 'amt:>5USD' -c groceries"), &["EUR"]);
        for line in [
            "rule add -c groceries",
            "rule add '' -c groceries",
            "rule add tesco",
            "rule add tesco -c ''",
            "rule add tesco -c groceries --split leisure",
            "rule add tesco --split leisure=50%",
            "rule add tesco --split leisure --split groceries",
            "rule add tesco --split leisure=120%",
            "rule add tesco --split leisure=-5 --split groceries",
            "rule add tesco --split leisure= --split groceries",
            "rule add tesco --split '=5'",
            "rule add tesco -t 'a\u{202e}b'",
        ] {
            s.refuses(2, line);
        }
        for line in ["rule edit 9 -c groceries", "rule delete 1 9", "rule add x -c groceries --before 9"] {
            says(&s.refuses(3, line), &["no rule has the number 9", "groat rule list"]);
        }
    }

    fn everything_about_rules_is_undone_to_the_byte(s: &Sandbox) {
        book(s);
        s.ok("rule add tesco --split leisure=30% --split groceries --payee Tesco -t food");
        s.ok("rule add aldi -c groceries");
        s.ok("add 5 x -t food");
        for line in [
            "rule add lidl -c eating -t new --before 1",
            "rule edit 1 --split eating=5 --split groceries -m note",
            "rule edit 1 --last",
            "rule edit 2 --query 'aldi amt:>5' --before 1",
            "rule delete 2 1",
            "category merge groceries eating",
            "tag rename food meals",
            "account edit checking --name Giro",
        ] {
            let before = state(s);
            s.ok(line);
            let after = state(s);
            assert_ne!(before, after, "{line}");
            s.ok("undo");
            assert_eq!(before, state(s), "undo of {line}");
            s.ok("redo");
            assert_eq!(after, state(s), "redo of {line}");
            s.ok("undo");
        }
    }

    fn a_category_that_a_rule_gives_stays_until_it_is_merged(s: &Sandbox) {
        book(s);
        s.ok("rule add tesco --split leisure=30% --split groceries");
        s.ok("rule add aldi -c leisure");
        says(&s.refuses(1, "category delete leisure"), &["rule 1", "tesco"]);
        s.ok("category merge leisure household");
        let rules = s.json("rule list");
        assert_eq!(column(&rules["rules"][0]["parts"], "category"), ["Household", "Groceries"]);
        assert_eq!(brief(&rules["rules"][1], "category"), "Household");
        s.ok("rule delete 1 2");
        s.ok("category delete household");
        assert_eq!(s.ok("rule list").stdout, "there are no rules yet: `groat rule add payee:tesco -c groceries` makes one\n");
    }

    fn a_tag_that_a_rule_sets_follows_its_name_and_stays(s: &Sandbox) {
        book(s);
        s.ok("add 5 x -t food");
        s.ok("rule add tesco -t food");
        s.ok("tag rename food meals");
        assert_eq!(s.json("rule list")["rules"][0]["tags"], serde_json::json!(["meals"]));
        s.ok("edit 1 --untag meals");
        says(&s.refuses(1, "tag delete meals"), &["rule 1"]);
    }

    fn a_category_made_in_passing_stays_when_a_rule_gives_it(s: &Sandbox) {
        book(s);
        s.ok("add 5 zoo -c Outings");
        s.ok("rule add zoo -c outings");
        let run = s.ok("undo 6");
        says(&run, &["category `Outings` stays: something else uses it"]);
        assert_eq!(brief(&s.json("rule list")["rules"][0], "category"), "Outings");
    }
}

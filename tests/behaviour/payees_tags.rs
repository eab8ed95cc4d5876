//! `payee` and `tag`: other names, merging, deleting; and one order of names in every script and locale.

use crate::support::{Sandbox, on_both_databases};
use crate::typed::{Typed, briefs, column, keys, says};

on_both_databases! {
    fn a_renamed_payee_is_still_found_by_its_old_name(s: &Sandbox) {
        s.ok("add 5 'TESCO STORES 2231' -c groceries");
        let done = s.json("payee rename tesco-stores-2231 Tesco");
        assert_eq!(keys(&done), "operation summary transactions");
        assert_eq!(s.json("show 1")["payee"], "Tesco");
        let again = s.json("add 6 'tesco stores 2231'");
        assert_eq!((&again["payee"], &again["category"]), (&"Tesco".into(), &"Groceries".into()));
        let list = s.json("payee list");
        assert_eq!(keys(&list), "payees");
        assert_eq!(keys(&list["payees"][0]), "id name aliases transactions");
        assert_eq!(list["payees"][0]["aliases"], serde_json::json!(["TESCO STORES 2231"]));
        assert_eq!(briefs(&list["payees"], "name transactions"), ["Tesco 2"]);
        // Another spelling of itself is no other name.
        s.ok("payee rename tesco TESCO");
        assert_eq!(s.json("payee list")["payees"][0]["name"], "TESCO");
    }

    fn merged_payees_are_one_with_both_names(s: &Sandbox) {
        s.ok("add 5 'Tesco Express'");
        s.ok("add 6 Tesco");
        s.ok("add 7 'Tesco Express'");
        assert_eq!(s.json("payee merge 'tesco express' tesco")["transactions"], serde_json::json!([1, 3]));
        assert_eq!(briefs(&s.json("payee list")["payees"], "name transactions"), ["Tesco 3"]);
        assert_eq!(s.json("add 1 'tesco express'")["payee"], "Tesco");
        s.refuses(2, "payee merge tesco 'tesco express'");
        s.refuses(3, "payee merge nope tesco");
    }

    fn maintenance_finds_a_payee_by_prefix_and_says_near_misses(s: &Sandbox) {
        s.ok("add 5 'Corner shop'");
        s.ok("add 5 'Corner bar'");
        s.ok("payee rename corner-s Kiosk");
        s.ok("add 5 Cornershop");
        says(&s.refuses(3, "payee rename corner X"), &["Corner bar", "Cornershop"]);
        says(&s.refuses(3, "payee rename kisok X"), &["no payee named `kisok`", "did you mean `Kiosk`?"]);
        says(&s.refuses(1, "payee rename 'corner bar' kiosk"), &["Kiosk", "groat payee merge"]);
        // An old name is taken as well.
        s.refuses(1, "payee rename 'corner bar' 'corner shop'");
        s.refuses(2, "payee rename kiosk ''");
    }

    fn a_tag_is_renamed_merged_and_deleted(s: &Sandbox) {
        s.ok("add 5 x -t trip -t rome");
        s.ok("add 6 y -t trip");
        s.ok("add 7 z -t roma");
        let list = s.json("tag list");
        assert_eq!(keys(&list), "tags");
        assert_eq!(keys(&list["tags"][0]), "id name transactions");
        assert_eq!(briefs(&list["tags"], "name transactions"), ["roma 1", "rome 1", "trip 2"]);
        assert_eq!(keys(&s.json("tag rename trip journey")), "operation summary transactions");
        assert_eq!(s.json("show 2")["tags"], serde_json::json!(["journey"]));
        // The name of another one makes them one.
        assert_eq!(s.json("tag rename roma rome")["transactions"], serde_json::json!([3]));
        assert_eq!(briefs(&s.json("tag list")["tags"], "name transactions"), ["journey 2", "rome 2"]);
        says(&s.refuses(1, "tag delete rome"), &["rome", "in use", "--untag"]);
        s.ok("edit 1 3 --untag rome");
        s.ok("tag delete rome");
        s.refuses(3, "tag delete rome");
        s.refuses(2, "tag rename journey ''");
    }
}

/// Names in several scripts, with what collations of languages sort otherwise than by letters: case, accents, marks.
const NAMES: [&str; 18] = [
    "Zebra",
    "apple",
    "Apple pie",
    "apple-tart",
    "Ähre",
    "Éclair",
    "eclair",
    "Øre",
    "zebra crossing",
    "Ωmega",
    "ёлка",
    "Яблоко",
    "寿司",
    "مقهى",
    "10 Downing",
    "9 Lives",
    "#hash",
    "ñandú",
];

/// Everything that shows names in their order.
fn in_order(s: &Sandbox) -> String {
    s.ok("account add Cash --kind cash");
    s.ok("config set account cash");
    for name in NAMES {
        s.groat(["category", "add", name]).ok();
        s.groat(["add", "1", name, "-t", name, "-c", name]).ok();
        s.groat(["account", "add", &format!("{name} bank")]).ok();
    }
    let mut shown = String::new();
    for line in [
        "payee list",
        "tag list",
        "account list",
        "category list",
        "balance",
        "list --sort payee",
        "list --sort -payee",
        "report --by payee",
        "report --by tag",
        "report --by category,payee",
    ] {
        shown += &format!("$ groat {line}\n{}", s.ok(line).stdout);
    }
    shown
}

#[test]
fn names_in_every_script_have_one_order_whatever_the_locale_of_the_database() {
    let Some(english) = Sandbox::postgres_with_locale("en_US.UTF-8") else { return };
    let sqlite = Sandbox::sqlite();
    assert_eq!(in_order(&english), in_order(&sqlite));
    // By the folded name, letter by letter: no accent, mark or script is passed over.
    let names = column(&sqlite.json("payee list")["payees"], "name");
    assert_eq!(
        names,
        [
            "#hash",
            "10 Downing",
            "9 Lives",
            "apple",
            "Apple pie",
            "apple-tart",
            "eclair",
            "Zebra",
            "zebra crossing",
            "Ähre",
            "Éclair",
            "ñandú",
            "Øre",
            "Ωmega",
            "Яблоко",
            "ёлка",
            "مقهى",
            "寿司",
        ]
    );
}

on_both_databases! {
    fn case_is_folded_in_every_script(s: &Sandbox) {
        for (stored, typed) in
            [("Яблоко", "ЯБЛОКО"), ("Ωmega", "ωMEGA"), ("Éclair", "ÉCLAIR"), ("Straße", "STRAẞE")]
        {
            s.groat(["add", "1", stored, "-c", stored]).ok();
            let again = s.groat(["add", "1", typed, "-c", typed, "--json"]).ok().json();
            assert_eq!((&again["payee"], &again["category"]), (&stored.into(), &stored.into()), "{typed}");
            let found = s.groat(["list", typed, "--json"]).ok().json();
            assert_eq!(found["total"], 2, "{typed}");
        }
    }
}

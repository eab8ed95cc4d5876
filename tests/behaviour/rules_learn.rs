//! `rule learn`: rules for what the user keeps doing, and only for that.

use crate::support::{Sandbox, on_both_databases};
use crate::typed::{Typed, brief, briefs, column, keys};

fn book(s: &Sandbox) {
    s.ok("init --currency EUR --account Checking");
    for category in ["food/Groceries", "food/Eating", "fun/Leisure"] {
        s.ok(&format!("category add {category}"));
    }
    for (payee, category) in [
        ("TESCO STORES 1", "groceries"),
        ("TESCO STORES 2", "groceries"),
        ("TESCO EXPRESS", "groceries"),
        ("Zoo", "leisure"),
        ("Zoo", "leisure"),
        ("Zoo", "leisure"),
        ("Amazon", "leisure"),
        ("Amazon", "groceries"),
        ("Amazon", "leisure"),
        ("Café Nero", "eating"),
        ("Café Roma", "eating"),
        ("STORES of wine", "eating"),
    ] {
        s.ok(&format!("add 5 '{payee}' -c {category}"));
    }
}

on_both_databases! {
    fn what_always_gets_one_category_is_proposed_as_a_command(s: &Sandbox) {
        book(s);
        let before = s.dump(&[]);
        let learned = s.json("rule learn");
        assert_eq!(keys(&learned), "operation summary proposals");
        assert_eq!(keys(&learned["proposals"][0]), "query category category_slug count payees command rule");
        assert_eq!(briefs(&learned["proposals"], "query category_slug count"), ["payee:Zoo fun/leisure 3", "payee:tesco food/groceries 3"]);
        assert_eq!(
            s.ok("rule learn --min 2").stdout,
            "groat rule add 'payee:Zoo' -c fun/leisure\n    3 transactions: Zoo\n\
             groat rule add 'payee:tesco' -c food/groceries\n    3 transactions: TESCO EXPRESS, TESCO STORES 1, TESCO STORES 2\n\
             groat rule add 'payee:café' -c food/eating\n    2 transactions: Café Nero, Café Roma\n"
        );
        assert_eq!(before, s.dump(&[]));
        assert_eq!(s.ok("rule learn --min 9").stdout, "no rule to propose: nothing without one always gets the same category\n");
    }

    fn what_a_rule_takes_already_is_not_proposed(s: &Sandbox) {
        book(s);
        s.ok("rule add zoo -c leisure");
        assert_eq!(column(&s.json("rule learn")["proposals"], "query"), ["payee:tesco"]);
    }

    fn all_are_added_in_one_operation_and_propose_nothing_more(s: &Sandbox) {
        book(s);
        let learned = s.json("rule learn --add");
        assert_eq!(brief(&learned, "summary"), "learned 2 rules");
        assert_eq!(column(&learned["proposals"], "rule"), ["1", "2"]);
        assert_eq!(briefs(&s.json("rule list")["rules"], "id query category"), ["1 payee:Zoo Leisure", "2 payee:tesco Groceries"]);
        assert_eq!(s.json("rule learn --add")["operation"], serde_json::Value::Null);
        s.ok("undo");
        assert_eq!(s.json("rule list")["rules"], serde_json::json!([]));
    }
}

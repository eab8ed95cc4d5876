//! `rule test` and `rule apply`: which rule takes what, and old imports that become what the rules say by now, while what
//! the user chose stays.

use serde_json::Value;

use crate::support::{Sandbox, on_both_databases};
use crate::typed::{HISTORY, Typed, brief, briefs, keys};

const ROWS: &str = "2026-01-02,TESCO STORES 2041,-45.60,ref 1\n2026-01-03,AMZN MKTP,-9.99,ref 2\n\
    2026-01-04,Superstore,-10.00,ref 3\n2026-01-05,Zoo,-7.00,ref 4\n";

/// Four imported rows, 1 to 4, none of them with a category.
fn book(s: &Sandbox) {
    s.ok("init --currency EUR --account Checking");
    for category in ["food/Groceries", "food/Eating", "fun/Leisure", "home/Household"] {
        s.ok(&format!("category add {category}"));
    }
    s.write("bank.csv", format!("Date,Payee,Amount,Reference\n{ROWS}"));
    s.ok("import bank.csv -a checking");
}

fn categories(s: &Sandbox) -> Vec<String> {
    briefs(&s.json("list --sort -id -L 0")["transactions"], "category")
}

fn changes(applied: &Value) -> Vec<String> {
    let name = |said: &Value| brief(&said["parts"][0], "category");
    let all = applied["changes"].as_array().expect("a list").iter();
    all.map(|c| format!("{}: {} -> {} by {}", c["transaction"], name(&c["from"]), name(&c["to"]), c["rule"]))
        .collect()
}

fn state(s: &Sandbox) -> String {
    s.dump(&[HISTORY[0], HISTORY[1], "sqlite_sequence"])
}

on_both_databases! {
    fn the_rule_that_took_a_row_last_is_told(s: &Sandbox) {
        book(s);
        s.ok("rule add payee:tesco -c groceries --payee Tesco");
        s.write("more.csv", "Date,Payee,Amount,Reference\n2026-01-06,TESCO STORES 9,-1.00,ref 9\n");
        s.ok("import more.csv -a checking");
        let reason = |id: i64| {
            let shown = s.json(&format!("show {id}"))["statement_lines"][0]["reason"].as_str().expect("a text").to_owned();
            let batch = s.json(&format!("import show {}", 1 + id / 5));
            assert!(batch["lines"].as_array().expect("lines").iter().any(|row| row["reason"] == shown.as_str()), "{batch}");
            shown
        };
        assert_eq!([reason(1), reason(5)], ["not seen before", "not seen before; Groceries by rule 1"]);
        s.ok("rule add payee:tesco -c leisure --before 1");
        s.ok("rule add payee:superstore --split leisure=30% --split groceries");
        s.ok("rule add payee:zoo -t outing");
        s.ok("rule apply");
        assert_eq!(reason(1), "not seen before; then Leisure by rule 2");
        assert_eq!(reason(5), "not seen before; Groceries by rule 1; then Leisure by rule 2");
        assert_eq!([reason(3), reason(4)], ["not seen before; then split by rule 3", "not seen before; then changed by rule 4"]);
        assert_eq!(reason(2), "not seen before");
        s.ok("undo");
        assert_eq!(reason(5), "not seen before; Groceries by rule 1");
        s.ok("redo");
        s.ok("rule delete 2");
        s.ok("rule apply");
        assert_eq!(reason(5), "not seen before; Groceries by rule 1; then Groceries by rule 1");
        // What an import finds later found it so.
        s.ok("import bank.csv -a checking");
        let again = s.json("import show 3");
        assert!(!again["lines"][0]["reason"].as_str().expect("a text").contains("then"), "{again}");
        s.ok("db verify");
    }

    fn what_an_import_brought_becomes_what_the_rules_say_by_now(s: &Sandbox) {
        book(s);
        s.ok("rule add payee:tesco -c groceries");
        s.ok("rule add 'payee:/amzn/' -c household --payee Amazon -t online -m 'an order'");
        s.ok("rule add payee:superstore --split leisure=30% --split groceries");
        let before = state(s);
        let plan = s.json("rule apply -n");
        assert_eq!(keys(&plan), "operation summary changes kept transactions dry_run");
        assert_eq!(before, state(s));
        let shown = s.ok("rule apply -n");
        assert_eq!(
            shown.stdout,
            "would have applied the rules to 3 transactions\n\n\
             Id  Date        Payee              Amount       From              To                                                  By rule\n \
             3  2026-01-04  Superstore         -10.00  EUR  none              Leisure -3.00, Groceries -7.00                            3\n \
             2  2026-01-03  AMZN MKTP           -9.99  EUR  none, note ref 2  Household, payee Amazon, tag online, note an order        2\n \
             1  2026-01-02  TESCO STORES 2041  -45.60  EUR  none              Groceries                                                 1\n"
        );
        let applied = s.json("rule apply");
        assert_eq!(plan["changes"], applied["changes"]);
        assert_eq!(changes(&applied), ["3: none -> Leisure by 3", "2: none -> Household by 2", "1: none -> Groceries by 1"].map(|t| t.replace("none", "null")));
        assert_eq!(categories(s), ["Groceries", "Household", "null", "null"]);
        assert_eq!(briefs(&s.json("show 3")["postings"], "category amount"), ["Leisure -3.00", "Groceries -7.00"]);
        let shown = s.json("show 2");
        assert_eq!(brief(&shown, "payee note"), "Amazon an order");
        assert_eq!(brief(&shown["statement_lines"][0], "payee"), "AMZN MKTP");
        s.ok("db verify");
        assert_eq!(brief(&s.json("rule apply"), "operation summary"), "null the rules change nothing");
        let after = state(s);
        s.ok("undo");
        assert_eq!(before, state(s));
        s.ok("redo");
        assert_eq!(after, state(s));
        // Better rules change what earlier ones did, and the import still goes as a whole.
        s.ok("rule edit 3 -c eating");
        s.ok("rule edit 1 -c leisure");
        assert_eq!(changes(&s.json("rule apply")), ["3: Leisure -> Eating by 3", "1: Groceries -> Leisure by 1"]);
        assert_eq!(briefs(&s.json("show 3")["postings"], "category amount"), ["Eating -10.00"]);
        s.ok("db verify");
        assert_eq!(s.json("import bank.csv -a checking")["new"], 0);
        s.ok("import undo 1");
        s.ok("import undo 2");
        assert_eq!(s.json("list")["total"], 0);
        s.ok("db verify");
    }

    fn what_the_user_chose_stays_unless_it_is_overwritten(s: &Sandbox) {
        book(s);
        s.ok("add 5 tesco -c eating -d 2026-01-06");
        s.ok("add 6 -d 2026-01-07 -m tesco -t own");
        s.ok("edit 1 -c leisure");
        s.ok("edit 2 -m mine");
        s.ok("rule add '/tesco|amzn/' -c groceries -t ruled -m ruled --payee Ruled");
        let applied = s.json("rule apply");
        // Of 2 the user changed the note alone: its category is nobody's, and what is not empty is the user's.
        assert_eq!(changes(&applied), ["6: null -> Groceries by 1", "2: null -> Groceries by 1"]);
        assert_eq!(applied["kept"], 2);
        assert_eq!(brief(&s.json("show 2"), "payee note category"), "AMZN MKTP mine Groceries");
        assert_eq!(brief(&s.json("show 6"), "payee note category"), "Ruled tesco Groceries");
        assert_eq!(s.json("show 6")["tags"], serde_json::json!(["own"]));
        assert_eq!(categories(s), ["Leisure", "Groceries", "null", "null", "Eating", "Groceries"]);
        // What a rule chose is not the user's choice.
        s.ok("rule edit 1 -c household");
        assert_eq!(changes(&s.json("rule apply")), ["6: Groceries -> Household by 1", "2: Groceries -> Household by 1"]);
        assert!(s.ok("rule apply").stdout.contains("2 transactions stay as you chose the category; `--overwrite`"));
        let applied = s.json("rule apply payee:tesco --overwrite");
        assert_eq!(changes(&applied), ["5: Eating -> Household by 1", "1: Leisure -> Household by 1"]);
        assert_eq!(brief(&s.json("show 1"), "payee note category"), "Ruled ruled Household");
        s.ok("db verify");
    }

    fn a_note_is_no_choice_of_a_category(s: &Sandbox) {
        book(s);
        s.ok("rule add '/tesco|amzn|superstore|zoo/' -c groceries -m ruled");
        s.ok("import undo 1");
        s.ok("import bank.csv -a checking");
        s.ok("edit 5 -m mynote");
        s.ok("edit 6 --amount -12");
        s.ok("edit 7 -c groceries -t x");
        s.ok("edit 8 -c leisure");
        s.ok("edit 8 -m last");
        s.ok("rule edit 1 -c household");
        let applied = s.json("rule apply");
        assert_eq!(
            changes(&applied),
            ["7: Groceries -> Household by 1", "6: Groceries -> Household by 1", "5: Groceries -> Household by 1"]
        );
        assert_eq!(applied["kept"], 1);
        assert_eq!(brief(&s.json("show 5"), "note category"), "mynote Household");
        assert_eq!(brief(&s.json("show 8"), "note category"), "last Leisure");
    }

    fn a_typed_transaction_that_an_import_filled_is_free_and_one_that_the_user_filled_is_not(s: &Sandbox) {
        book(s);
        s.ok("add 8 kiosk -d 2026-01-08 --pending");
        s.ok("add 9 bar -c eating -d 2026-01-09 --pending");
        s.ok("rule add '/kiosk|bar/' -c groceries");
        s.write("more.csv", "Date,Payee,Amount,Reference\n2026-01-08,KIOSK 1,-8.00,a\n2026-01-09,BAR 2,-9.00,b\n");
        assert_eq!(s.json("import more.csv -a checking")["matched"], 2);
        assert_eq!(categories(s)[4..], ["Groceries", "Eating"]);
        s.ok("rule edit 1 -c leisure");
        let applied = s.json("rule apply");
        assert_eq!(changes(&applied), ["5: Groceries -> Leisure by 1"]);
        assert_eq!(applied["kept"], 1);
    }

    fn transfers_stay_and_of_what_is_reconciled_the_sum(s: &Sandbox) {
        book(s);
        s.ok("account add Savings");
        s.ok("transfer 50 checking savings -m tesco");
        s.execute("UPDATE postings SET status = 'reconciled' WHERE transaction_id IN (1, 3)");
        s.ok("rule add /tesco/ -c groceries -t ruled");
        s.ok("rule add superstore --split leisure=30% --split groceries --payee Super");
        s.ok("rule apply");
        assert_eq!(brief(&s.json("show 1"), "category status"), "Groceries reconciled");
        assert_eq!(brief(&s.json("show 3"), "category payee amount status"), "null Super -10.00 reconciled");
        assert_eq!(briefs(&s.json("show 3")["postings"], "category amount"), ["Leisure -3.00", "Groceries -7.00"]);
        assert_eq!(brief(&s.json("show 5"), "category tags"), "null []");
        s.ok("db verify");
    }

    fn a_test_says_which_rule_takes_which_row_and_what_it_gives(s: &Sandbox) {
        book(s);
        s.ok("add 5 tesco -c eating -d 2026-01-06");
        s.ok("rule add 'payee:/^tesco/ out:' -c groceries --payee Tesco -t food");
        s.ok("rule add 'note:\"ref 2\" acct:checking' --split leisure=30% --split groceries");
        s.ok("rule add 'amt:>100' -c household");
        let before = s.dump(&[]);
        let tested = s.json("rule test");
        assert_eq!(keys(&tested), "rows total");
        assert_eq!(keys(&tested["rows"][0]), "transaction date payee memo amount currency category rule");
        let rows = tested["rows"].as_array().expect("a list").iter();
        let taken: Vec<String> = rows.map(|row| format!("{} {}", row["transaction"], row["rule"]["id"])).collect();
        assert_eq!(taken, ["5 1", "4 null", "3 null", "2 2", "1 1"]);
        assert_eq!(
            s.ok("rule test 'id:1 or id:2 or id:4'").stdout,
            "Id  Date        The bank says             Amount       Rule  As it takes                 Gives\n \
             4  2026-01-05  Zoo; ref 4                 -7.00  EUR        no rule\n \
             2  2026-01-03  AMZN MKTP; ref 2           -9.99  EUR     2  note:\"ref 2\" acct:Checking  Leisure 30%, Groceries\n \
             1  2026-01-02  TESCO STORES 2041; ref 1  -45.60  EUR     1  payee:/^tesco/ out:         Groceries, payee Tesco, tag food\n"
        );
        let text = |more: &str| brief(&s.json(&format!("rule test --text 'TESCO 7' {more}"))["rows"][0]["rule"], "id");
        assert_eq!(text("--amount -12.50"), "1");
        assert_eq!(s.json("rule test --text 'TESCO 7'")["rows"][0]["rule"], Value::Null, "money out is not known");
        assert_eq!(text("--amount 200"), "3");
        let both = s.json("rule test --text Zoo -a checking id:1");
        assert_eq!(briefs(&both["rows"], "transaction payee"), ["null Zoo", "1 TESCO STORES 2041"]);
        assert!(s.ok("rule test -L 2").stderr.contains("the newest 2 of 5 transactions"));
        s.fails(3, "rule test --text x -a nowhere");
        assert_eq!(before, s.dump(&[]));
    }
}

//! What rules do in an import: the first that takes a row decides, splits sum to the row, the bank's words stay with the
//! row, and what was typed is never overruled.

use serde_json::Value;

use crate::support::{Sandbox, on_both_databases};
use crate::typed::{Typed, brief, briefs, column, says};

fn book(s: &Sandbox) {
    s.ok("init --currency EUR --account Checking");
    for category in ["food/Groceries", "food/Eating", "fun/Leisure", "home/Household"] {
        s.ok(&format!("category add {category}"));
    }
}

fn write(s: &Sandbox, rows: &str) {
    s.write("bank.csv", format!("Date,Payee,Amount,Reference\n{rows}"));
}

fn import(s: &Sandbox, rows: &str) -> Value {
    write(s, rows);
    s.json("import bank.csv -a checking")
}

fn rows(s: &Sandbox, rows: &str) -> String {
    let answer = import(s, rows);
    briefs(&answer["transactions"], "category category_by rule").join("; ")
}

fn reasons(answer: &Value) -> Vec<String> {
    column(&answer["transactions"], "reason")
}

on_both_databases! {
    fn the_first_rule_that_takes_a_row_decides(s: &Sandbox) {
        book(s);
        s.ok("rule add payee:tesco -c groceries");
        s.ok("rule add tesco -c leisure");
        s.ok("rule add 'payee:/^am(zn|azon)/' -c household --before 1");
        s.ok("rule add 'note:/cafe|bar/ out: amt:<20' -c eating");
        s.ok("rule add acct:checking in:>1000 -t salary");
        s.ok("rule add date:2026-01-05 -c none");
        write(s, "2026-01-02,TESCO STORES 2041,-45.60,\n2026-01-02,AMZN Mktp tesco,-9.99,\n2026-01-03,CARD,-12.00,Cafe Central\n\
            2026-01-03,CARD,-20.00,Cafe Central\n2026-01-04,Employer,2100.00,tesco\n2026-01-05,Shop,-5.00,\n2026-01-06,Shop,-5.00,x\n");
        let plan = s.json("import bank.csv -a checking -n");
        let first = s.json("import bank.csv -a checking");
        assert_eq!(plan["transactions"].as_array().map(Vec::len), Some(7));
        assert_eq!(column(&plan["transactions"], "reason"), reasons(&first));
        assert_eq!(
            briefs(&first["transactions"], "category category_slug category_by rule"),
            [
                "Groceries food/groceries rule 1",
                "Household home/household rule 3",
                "Eating food/eating rule 4",
                "null null null null",
                "Leisure fun/leisure rule 2",
                "null null rule 6",
                "null null null null",
            ]
        );
        assert_eq!(reasons(&first)[0], "not seen before; Groceries by rule 1");
        assert_eq!(reasons(&first)[5], "not seen before; no category by rule 6");
        assert_eq!(reasons(&first)[6], "not seen before");
        let shown = s.json(&format!("show {}", first["transactions"][0]["transaction"]));
        assert_eq!(brief(&shown, "category payee"), "Groceries TESCO STORES 2041");
        assert_eq!(shown["statement_lines"][0]["reason"], "not seen before; Groceries by rule 1");
        let again = import(s, "2026-01-02,TESCO STORES 2041,-45.60,\n");
        assert_eq!(brief(&again, "new duplicates"), "0 1");
        s.ok("db verify");
    }

    fn the_plan_shows_the_categories(s: &Sandbox) {
        book(s);
        s.ok("add 3 bakery -c eating -d 2025-12-01");
        s.ok("rule add payee:tesco -c groceries");
        s.ok("rule add payee:superstore --split leisure=30% --split groceries");
        write(s, "2026-01-02,TESCO,-45.60,\n2026-01-03,Bakery,-3.00,\n2026-01-03,Superstore,-10.00,\n2026-01-04,Zoo,-7.00,\n");
        let plan = s.ok("import bank.csv -a checking -n").stdout;
        let table = plan.split("\n\n").nth(1).expect("a table").to_owned();
        assert_eq!(
            table,
            "Line  Date        Payee       Amount       Category            Decision\n\
             \u{20}  2  2026-01-02  TESCO       -45.60  EUR  Groceries           new: not seen before; Groceries by rule 1\n\
             \u{20}  3  2026-01-03  Bakery       -3.00  EUR  Eating              new: not seen before; Eating as last time\n\
             \u{20}  4  2026-01-03  Superstore  -10.00  EUR  Leisure, Groceries  new: not seen before; split by rule 2\n\
             \u{20}  5  2026-01-04  Zoo          -7.00  EUR                      new: not seen before\n"
        );
    }

    fn a_rule_names_the_payee_and_the_banks_words_stay_with_the_row(s: &Sandbox) {
        book(s);
        s.ok("add 3 Amazon -c household -d 2025-12-01");
        s.ok("rule add 'payee:/amzn/' --payee amazon -t online -t 'Big shop' -m 'an order'");
        let answer = import(s, "2026-01-02,AMZN MKTP DE*2K4,-9.99,ref 1\n2026-01-03,AMZN MKTP DE*99,-5.00,ref 2\n");
        assert_eq!(briefs(&answer["transactions"], "payee category category_by rule"), [
            "AMZN MKTP DE*2K4 Household last 1", "AMZN MKTP DE*99 Household last 1",
        ]);
        let shown = s.json("show 2");
        assert_eq!(brief(&shown, "payee note category"), "Amazon an order Household");
        assert_eq!(shown["tags"], serde_json::json!(["Big shop", "online"]));
        assert_eq!(brief(&shown["statement_lines"][0], "payee text"), "AMZN MKTP DE*2K4 2026-01-02,AMZN MKTP DE*2K4,-9.99,ref 1");
        assert_eq!(column(&s.json("payee list")["payees"], "name"), ["Amazon"]);
        s.ok("undo");
        assert_eq!(s.json("tag list")["tags"], serde_json::json!([]));
        s.ok("redo");
        assert_eq!(s.json("show 2"), shown);
    }

    fn splits_sum_to_the_row_and_what_cannot_be_is_told(s: &Sandbox) {
        book(s);
        s.ok("rule add payee:superstore --split leisure=33.3% --split household=5 --split groceries");
        s.ok("rule add payee:halves --split leisure=50% --split groceries=50%");
        let answer = import(s, "2026-01-02,Superstore,-45.61,\n2026-01-02,Halves,-0.03,\n2026-01-03,Superstore,-4.99,\n\
            2026-01-03,Halves,7.25,\n2026-01-04,Superstore,-5.00,\n2026-01-05,Halves,0.00,\n");
        let parts = |id: &str| briefs(&s.json(&format!("show {id}"))["postings"], "category amount status");
        assert_eq!(parts("1"), ["Leisure -13.52 cleared", "Household -5.00 cleared", "Groceries -27.09 cleared"]);
        assert_eq!(parts("2"), ["Leisure -0.02 cleared", "Groceries -0.01 cleared"]);
        assert_eq!(parts("3"), ["null -4.99 cleared"]);
        assert_eq!(parts("4"), ["Leisure 3.62 cleared", "Groceries 3.63 cleared"]);
        assert_eq!(parts("5"), ["Household -5.00 cleared"]);
        assert_eq!(parts("6"), ["null 0.00 cleared"]);
        assert_eq!(briefs(&answer["transactions"], "category category_by rule")[0], "null rule 1");
        assert_eq!(reasons(&answer)[0], "not seen before; split by rule 1");
        assert_eq!(
            reasons(&answer)[2],
            "not seen before; the split of rule 1 left out: its parts of 5.00 are more than the 4.99 there are"
        );
        assert_eq!(brief(&import(s, "2026-01-02,Superstore,-45.61,\n"), "new duplicates"), "0 1");
        s.ok("db verify");
        s.ok("import undo 1");
        assert_eq!(s.json("list")["total"], 1, "the second import holds the first row");
    }

    fn what_was_typed_stays_and_only_what_is_empty_is_filled(s: &Sandbox) {
        book(s);
        s.ok("add 45.60 tesco -c eating -m mine -t own -d 2026-01-02 --pending");
        s.ok("add 9.99 shop -d 2026-01-03 --pending");
        s.ok("add 20 superstore -d 2026-01-04 --pending");
        s.ok("add 4 -d 2026-01-05 --pending");
        s.ok("rule add 'payee:/tesco|amzn|kiosk/' -c groceries --payee Ruled -t ruled -m ruled");
        s.ok("rule add payee:superstore --split leisure=50% --split groceries=50%");
        let answer = import(s, "2026-01-02,TESCO 1,-45.60,a\n2026-01-03,AMZN,-9.99,b\n2026-01-04,SUPERSTORE,-20.00,c\n2026-01-05,Kiosk,-4.00,d\n");
        assert_eq!(brief(&answer, "new matched"), "0 4");
        assert_eq!(reasons(&answer), [
            "typed on the same day",
            "typed on the same day; Groceries by rule 1",
            "typed on the same day",
            "typed on the same day; Groceries by rule 1",
        ]);
        let list = s.json("list --sort -id");
        assert_eq!(briefs(&list["transactions"], "payee category note"), [
            "tesco Eating mine", "shop Groceries ruled", "superstore null c", "Ruled Groceries ruled",
        ]);
        assert_eq!(list["transactions"][0]["tags"], serde_json::json!(["own"]));
        assert_eq!(list["transactions"][1]["tags"], serde_json::json!(["ruled"]));
        s.ok("import undo 1");
        let list = s.json("list --sort -id");
        assert_eq!(briefs(&list["transactions"], "payee category note status"), [
            "tesco Eating mine pending", "shop null null pending", "superstore null null pending", "null null null pending",
        ]);
        assert_eq!(list["transactions"][1]["tags"], serde_json::json!([]));
        s.ok("db verify");
    }

    fn a_row_that_is_not_booked_yet_is_not_split(s: &Sandbox) {
        book(s);
        s.ok("rule add 'payee:superstore is:cleared' -c eating");
        s.ok("rule add payee:superstore --split leisure=50% --split groceries=50%");
        s.ok("rule add 'payee:zoo is:pending' -c leisure");
        s.write("p.csv", "Date,Payee,Amount,Status\n2026-01-02,Superstore,-20.00,pending\n2026-01-02,Zoo,-8.00,pending\n2026-01-02,Zoo,-9.00,booked\n");
        let answer = s.json("import p.csv -a checking --with-pending");
        assert_eq!(briefs(&answer["transactions"], "category category_by rule"), ["null rule 2", "Leisure rule 3", "null null null"]);
        assert!(s.ok("show 1").stdout.contains("the split of rule 2 left out: not booked by the bank yet"));
    }

    fn amounts_are_of_the_account_and_a_rule_whose_account_is_gone_takes_no_row(s: &Sandbox) {
        book(s);
        s.ok("account add Yen --currency JPY");
        s.ok("account add Old");
        s.ok("rule add 'amt:>50 in:' -c leisure");
        s.ok("rule add 'amt:>50' -c groceries");
        s.ok("rule add acct:old -c eating");
        assert_eq!(rows(s, "2026-01-02,A,-50.01,\n2026-01-02,B,-50.00,\n2026-01-02,C,60.00,\n"), "Groceries rule 2; null null null; Leisure rule 1");
        s.write("yen.csv", "Date,Payee,Amount\n2026-01-02,D,-51\n2026-01-02,E,-50\n");
        let yen = s.json("import yen.csv -a yen");
        assert_eq!(briefs(&yen["transactions"], "category rule"), ["Groceries 2", "null null"]);
        s.execute("UPDATE rules SET query = 'acct:gone' WHERE id = 3");
        write(s, "2026-01-09,F,-1.00,\n");
        says(&s.ok("import bank.csv -a checking"), &["rule 3 takes no row: no account named `gone`"]);
        assert!(s.ok("rule list").stdout.contains("takes no row: no account named `gone`"));
    }

    fn four_hundred_rules_take_the_rows_that_each_is_for(s: &Sandbox) {
        book(s);
        // Made at once: four hundred commands would only take time.
        let values: Vec<String> = (1..=400).map(|n| {
            let query = match n % 4 {
                0 => format!("payee:/shop {n}$/"),
                1 => format!("payee:/^shop {n}\\b/ or note:\"ref {n} x\""),
                2 => format!("/shop {n}\\b/ amt:>{n}"),
                _ => format!("note:ref{n}x"),
            };
            format!("({n}, '{query}', '[]', 1)")
        }).collect();
        s.execute(&format!("INSERT INTO rules (position, query, tags, operation_id) VALUES {}", values.join(", ")));
        s.execute("INSERT INTO rule_parts (rule_id, position, category_id) SELECT id, 1, (SELECT min(id) FROM categories WHERE kind = 'expense') FROM rules");
        let lines: String = (1..=400).map(|n| format!("2026-01-02,Shop {n},-{n}.50,ref{n}x\n")).collect();
        let answer = import(s, &lines);
        let taken = column(&answer["transactions"], "rule");
        let expected: Vec<String> = (1..=400).map(|n: i32| n.to_string()).collect();
        assert_eq!(taken, expected);
    }
}

//! CSV files by hledger's rules: beside the file or named, and what stays the same when rules change.

use crate::support::{Sandbox, on_both_databases};

const CSV: &str = "Date,Description,Amount,Balance\n05/03/2026,CARD 12 TESCO 3042,-23.50,976.50\n\
    05/03/2026,CARD 12 TESCO 3042,-23.50,953.00\n06/03/2026,ACME SALARY,\"2,000.00\",2953.00\n\
    07/03/2026,TO POT,-500.00,2453.00\n08/03/2026,Mystery,-5.00,2448.00\n";
const RULES: &str = "skip 1\nfields date, description, amount, balance\ndate-format %d/%m/%Y\ncurrency EUR\n\
    account1 assets:bank:giro\nif %description CARD \\d+ (\\w+)\n description \\1\n\
    if tesco\n account2 expenses:food:groceries\n comment shop:weekly\nif salary\n account2 income:salary\n\
    if to pot\n account2 assets:pot\n";

fn rows(s: &Sandbox) -> Vec<String> {
    let list = s.groat(["list", "--json"]).ok().json();
    let all = list["transactions"].as_array().expect("a list").iter();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_owned();
    all.rev()
        .map(|one| {
            let posting = &one["postings"][0];
            format!(
                "{} {} {} {}",
                text(&one["date"]),
                text(&posting["amount"]),
                text(&one["payee"]),
                text(&posting["category"])
            )
        })
        .collect()
}

fn book(s: &Sandbox) -> String {
    s.groat(["init", "--currency", "EUR"]).ok();
    s.write("bank.csv", CSV);
    s.path("bank.csv").display().to_string()
}

on_both_databases! {
    fn rules_beside_the_file_make_accounts_categories_tags_and_transfers(s: &Sandbox) {
        let file = book(s);
        s.write("bank.csv.rules", RULES);
        s.groat(["account", "add", "Pot"]).ok();
        let ran = s.groat(["import", &file, "-y", "--json"]).ok();
        assert!(ran.stderr.contains("read by the rules in bank.csv.rules"), "{}", ran.stderr);
        assert_eq!(ran.json()["new"], 5);
        assert_eq!(
            rows(s),
            [
                "2026-03-05 -23.50 TESCO Groceries",
                "2026-03-05 -23.50 TESCO Groceries",
                "2026-03-06 2000.00 ACME SALARY Salary",
                "2026-03-07 -500.00 TO POT -",
                "2026-03-08 -5.00 Mystery -",
            ]
        );
        let tagged = s.groat(["list", "tag:shop:weekly", "--json"]).ok().json();
        assert_eq!(tagged["total"], 2);
        let balance = s.groat(["balance", "--at", "2026-03-31", "--csv"]).ok().stdout;
        assert!(balance.contains("Giro,checking,EUR,1448.00") && balance.contains("Pot,checking,EUR,500.00"), "{balance}");
        let shown = s.groat(["import", "show", "1"]).ok().stdout;
        assert!(shown.contains("not seen before; Groceries by the file"), "{shown}");
        assert!(shown.contains("transfer with Pot by the file"), "{shown}");
    }

    fn rules_that_say_more_double_nothing(s: &Sandbox) {
        let file = book(s);
        s.write("bank.csv.rules", RULES);
        s.groat(["import", &file, "-y"]).ok();
        s.write("bank.csv.rules", format!("{RULES}if mystery\n account2 expenses:food:snacks\n description Kiosk\n"));
        let again = s.groat(["import", &file, "--json"]).ok().json();
        assert_eq!((&again["new"], &again["duplicates"]), (&0.into(), &5.into()));
        // The same file read without rules is another source: what stands on the day is found by it.
        std::fs::remove_file(s.path("bank.csv.rules")).expect("the rules are there");
        let plain = s.groat(["import", &file, "-a", "giro", "--date-order", "dmy", "--json"]).ok().json();
        assert_eq!((&plain["new"], &plain["matched"]), (&0.into(), &5.into()));
    }

    fn named_rules_go_with_an_account_and_its_own_rules(s: &Sandbox) {
        let file = book(s);
        s.write("my.rules", RULES);
        let rules = s.path("my.rules").display().to_string();
        s.groat(["account", "add", "Checking"]).ok();
        s.groat(["category", "add", "Fun"]).ok();
        s.groat(["rule", "add", "payee:mystery", "-c", "fun"]).ok();
        let ran = s.groat(["import", &file, "-a", "checking", "--profile", &rules, "--json"]).ok();
        assert!(ran.stderr.contains("stand without their other side: `assets:pot`"), "{}", ran.stderr);
        let by: Vec<_> = ran.json()["transactions"].as_array().expect("rows").iter().map(|row| row["category_by"].to_string()).collect();
        assert_eq!(by, ["\"file\"", "\"file\"", "\"file\"", "null", "\"rule\""]);
    }

    fn what_is_wrong_with_rules_is_told_and_changes_nothing(s: &Sandbox) {
        let file = book(s);
        s.write("bank.csv.rules", "fields date,description,amount\nfoo bar\nif (x\n account2 a\n");
        let error = s.groat(["import", &file, "-y"]).fails(2);
        assert!(error.stderr.contains("bank.csv.rules:2:1: no field or directive is called `foo`; "), "{}", error.stderr);
        assert!(error.stderr.contains("bank.csv.rules:3:4: `(x` is no regular expression"), "{}", error.stderr);
        s.write("bank.csv.rules", RULES);
        let error = s.groat(["import", &file, "-y", "--amount-column", "3"]).fails(2);
        assert!(error.stderr.contains("what the columns are is said by the rules in `bank.csv.rules`"), "{}", error.stderr);
        let error = s.groat(["import", &file, "--profile", "none.rules"]).fails(2);
        assert!(error.stderr.contains("cannot read `none.rules`: no such file"), "{}", error.stderr);
        assert_eq!(rows(s), Vec::<String>::new());
    }
}

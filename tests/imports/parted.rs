//! Rows of which only parts are transfers, as a loan's rate with its interest or a purchase with cash back; transfers
//! in two currencies, and those that are spent: from journals and from other programs' exports.

use serde_json::Value;

use crate::support::{Sandbox, on_both_databases};

const JOURNAL: &str = "\
2026-01-02 loan
    liabilities:mortgage   400 EUR
    expenses:interest      100 EUR
    assets:checking       -500 EUR

2026-01-03 shop
    expenses:food     20 EUR
    assets:cash        5 EUR
    assets:checking  -25 EUR

2026-01-04 three
    assets:checking     -100 EUR
    assets:savings        60 EUR
    liabilities:visa      40 EUR

2026-01-05 exchange
    assets:checking  -90 EUR
    assets:dollar    100 USD

2026-01-06 hotel
    expenses:travel  9.10 EUR
    assets:dollar     -10 USD @@ 9.10 EUR

2026-01-07 pension
    expenses:retirement   30 EUR
    assets:checking      -30 EUR
    assets:pension        30 EUR
    equity:transfers     -30 EUR
";

const YNAB: &str = "\
\"Account\",\"Flag\",\"Date\",\"Payee\",\"Category Group/Category\",\"Category Group\",\"Category\",\"Memo\",\"Outflow\",\"Inflow\",\"Cleared\"
\"Checking\",\"\",\"2026-01-03\",\"Shop\",\"Food: Groceries\",\"Food\",\"Groceries\",\"Split (1/2) \",€20.00,€0.00,\"Cleared\"
\"Checking\",\"\",\"2026-01-03\",\"Transfer : Cash\",\"\",\"\",\"\",\"Split (2/2) back\",€5.00,€0.00,\"Cleared\"
\"Cash\",\"\",\"2026-01-03\",\"Transfer : Checking\",\"\",\"\",\"\",\"back\",€0.00,€5.00,\"Cleared\"
\"Checking\",\"\",\"2026-01-04\",\"Transfer : House\",\"Living: House\",\"Living\",\"House\",\"\",€200.00,€0.00,\"Cleared\"
\"House\",\"\",\"2026-01-04\",\"Transfer : Checking\",\"\",\"\",\"\",\"\",€0.00,€200.00,\"Cleared\"
";

fn balances(s: &Sandbox) -> Vec<String> {
    let balance = s.groat(["balance", "--at", "2026-01-31", "--json"]).ok().json();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let all = balance["accounts"].as_array().expect("a list").iter();
    let all = all.map(|one| {
        let off = if one["on_budget"] == false { " off" } else { "" };
        format!("{} {}{off}", text(&one["account"]), text(&one["balance"]))
    });
    all.collect()
}

fn spending(s: &Sandbox) -> String {
    s.groat(["report", "-p", "2026-01", "--csv"]).ok().stdout
}

fn import(s: &Sandbox, name: &str, text: &str) -> Value {
    s.write(name, text);
    s.groat(["import", &s.path(name).display().to_string(), "-y", "--json"]).ok().json()
}

fn book(s: &Sandbox) {
    s.groat(["init", "--currency", "EUR"]).ok();
}

const BALANCES: [&str; 7] = [
    "Cash 5.00",
    "Checking -745.00",
    "Dollar 90.00 off",
    "Mortgage 400.00",
    "Pension 30.00 off",
    "Savings 60.00",
    "Visa 40.00",
];

on_both_databases! {
    fn a_households_journal_keeps_its_balances_and_what_was_spent(s: &Sandbox) {
        book(s);
        let imported = import(s, "household.journal", JOURNAL);
        assert_eq!(imported["new"], 6);
        assert_eq!(imported["categories"], serde_json::json!(["Food", "Interest", "Retirement", "Travel"]));
        assert_eq!((&imported["splits"], &imported["transfers"]), (&3.into(), &6.into()), "{imported}");
        // Each account with what it holds, to be compared with what the other program says.
        for account in imported["accounts"].as_array().expect("a list") {
            let line = format!("{} {}", account["account"].as_str().unwrap_or_default(), account["balance"].as_str().unwrap_or_default());
            assert!(BALANCES.iter().any(|known| known.trim_end_matches(" off") == line), "{line}");
        }
        assert_eq!(balances(s), BALANCES);
        let spent = spending(s);
        for (category, amount) in [("Interest", "100.00"), ("Food", "20.00"), ("Travel", "9.10"), ("Retirement", "30.00")] {
            assert!(spent.contains(&format!("{category},")) && spent.contains(amount), "{category}: {spent}");
        }
        assert!(!spent.contains("ncategorised"), "{spent}");
        let income = s.groat(["report", "income", "-p", "2026-01", "--csv"]).ok().stdout;
        assert!(income.contains("total-income,,,0.00,"), "nothing came in: {income}");
        s.groat(["db", "verify"]).ok();
        // The same file again, and the book's own journal in another book.
        assert_eq!(import(s, "household.journal", JOURNAL)["new"], 0);
        let exported = s.groat(["export", "-O", "hledger"]).ok().stdout;
        let again = Sandbox::sqlite();
        book(&again);
        assert_eq!(import(&again, "own.journal", &exported)["new"], 6, "{exported}");
        assert_eq!(balances(&again), BALANCES);
        assert_eq!(spending(&again), spent);
        again.groat(["db", "verify"]).ok();
    }

    fn two_equal_transfers_that_are_spent_in_one_transaction_are_two(s: &Sandbox) {
        book(s);
        let two = "2026-01-07 pensions\n  expenses:retirement  30 EUR\n  expenses:retirement  30 EUR\n  \
            assets:checking  -30 EUR\n  assets:savings  -30 EUR\n  assets:pension  30 EUR\n  assets:fund  30 EUR\n  \
            equity:transfers  -30 EUR\n  equity:transfers  -30 EUR\n";
        import(s, "two.journal", two);
        assert_eq!(balances(s), ["Checking -30.00", "Fund 30.00 off", "Pension 30.00 off", "Savings -30.00"]);
        let spent = spending(s);
        assert!(spent.contains("60.00") && !spent.contains("ncategorised"), "{spent}");
        s.groat(["db", "verify"]).ok();
    }

    fn taking_a_parted_import_back_leaves_nothing(s: &Sandbox) {
        book(s);
        let before = s.dump(&["operations", "changes", "sqlite_sequence"]);
        import(s, "household.journal", JOURNAL);
        s.groat(["undo"]).ok();
        assert_eq!(s.dump(&["operations", "changes", "sqlite_sequence"]), before);
        import(s, "household.journal", JOURNAL);
        let first = s.groat(["import", "undo", "14"]).ok();
        assert!(first.stderr.contains("other accounts of the same file stay: `groat import undo 8`, "), "{}", first.stderr);
        for batch in (9..14).rev() {
            s.groat(["import", "undo", &batch.to_string()]).ok();
        }
        let last = s.groat(["import", "undo", "8"]).ok();
        assert!(!last.stderr.contains("other accounts"), "{}", last.stderr);
        assert_eq!(s.groat(["list", "--json"]).ok().json()["total"], 0);
        s.groat(["db", "verify"]).ok();
    }

    fn a_leg_that_stands_there_already_is_not_made_again(s: &Sandbox) {
        book(s);
        s.groat(["account", "add", "Checking"]).ok();
        s.groat(["account", "add", "Pot"]).ok();
        s.write("pot.csv", "Date,Payee,Amount\n2026-01-07,deposit,200.00\n2026-01-08,deposit,-30.00\n");
        s.groat(["import", &s.path("pot.csv").display().to_string(), "-a", "pot"]).ok();
        s.write("checking.qif", "!Type:Bank\nD2026-01-06\nT-200.00\nL[Pot]\n^\nD2026-01-08\nT-70.00\nSFun\n$-40.00\nS[Pot]\n$-30.00\n^\n");
        s.groat(["import", &s.path("checking.qif").display().to_string(), "-a", "checking"]).ok();
        // Of the first the other side is there; what goes out of the pot on another day is none of the second's.
        assert_eq!(balances(s), ["Checking -270.00", "Pot 200.00"]);
        s.groat(["db", "verify"]).ok();
    }

    fn what_is_not_confirmed_there_is_pending_here(s: &Sandbox) {
        book(s);
        import(s, "register.csv", &YNAB.replace("€20.00,€0.00,\"Cleared\"", "€20.00,€0.00,\"Uncleared\""));
        import(s, "some.journal", "2026-01-09 ! kiosk\n  expenses:food  3 EUR\n  assets:checking\n");
        let pending = s.groat(["list", "is:pending", "--json"]).ok().json();
        assert_eq!(pending["total"], 2, "{pending}");
        s.groat(["db", "verify"]).ok();
    }

    fn a_row_whose_text_was_changed_there_is_the_same_row(s: &Sandbox) {
        book(s);
        import(s, "register.csv", YNAB);
        let changed = YNAB.replace("\"Shop\"", "\"Corner shop\"").replace("(1/2) ", "(1/2) apples");
        let again = import(s, "register.csv", &changed);
        assert_eq!(again["new"], 0, "{again}");
        let shown = s.groat(["import", "show", "4"]).ok().stdout;
        assert!(shown.contains("same day and amount, with another text since"), "{shown}");
        // One more of the same day and amount is another row.
        let more = format!("{changed}\"Checking\",\"\",\"2026-01-03\",\"Kiosk\",\"\",\"\",\"\",\"\",€25.00,€0.00,\"Cleared\"\n");
        assert_eq!(import(s, "register.csv", &more)["new"], 1);
        s.groat(["db", "verify"]).ok();
    }

    fn a_closed_account_whose_rows_are_all_there_stops_nothing(s: &Sandbox) {
        book(s);
        import(s, "household.journal", JOURNAL);
        s.groat(["account", "close", "cash", "--to", "checking"]).ok();
        assert_eq!(import(s, "household.journal", JOURNAL)["new"], 0);
        s.write("more.journal", format!("{JOURNAL}\n2026-02-01 kiosk\n    expenses:food  3 EUR\n    assets:cash\n"));
        let more = s.path("more.journal").display().to_string();
        let refused = s.groat(["import", &more, "-y"]).fails(1);
        assert!(refused.stderr.contains("`Cash` is closed, and 1 row is new in it"), "{}", refused.stderr);
        assert!(refused.stderr.contains("groat account reopen Cash"), "{}", refused.stderr);
    }

    fn accounts_that_differ_by_a_capital_stay_two(s: &Sandbox) {
        book(s);
        let two = "2026-01-01 a\n  expenses:x  5 EUR\n  assets:Visa-Gold\n\n2026-01-02 b\n  expenses:x  7 EUR\n  assets:Visa-gold\n";
        assert_eq!(import(s, "two.journal", two)["new"], 2);
        assert_eq!(import(s, "two.journal", two)["new"], 0);
    }

    fn what_was_there_at_the_beginning_is_not_there_twice(s: &Sandbox) {
        book(s);
        s.groat(["account", "add", "Checking", "--balance", "1000", "-d", "2026-01-01"]).ok();
        for format in ["hledger", "ledger", "beancount", "qif"] {
            let exported = s.groat(["export", "-O", format]).ok().stdout;
            let again = import(s, &format!("own.{format}"), &exported);
            assert_eq!(again["new"], 0, "{format}: {again}");
        }
        assert_eq!(balances(s), ["Checking 1000.00"]);
    }

    fn a_split_with_cash_back_is_one_transaction_and_a_tracking_account_is_off_budget(s: &Sandbox) {
        book(s);
        let imported = import(s, "register.csv", YNAB);
        assert_eq!((&imported["new"], &imported["matched"]), (&2.into(), &2.into()), "{imported}");
        assert_eq!(balances(s), ["Cash 5.00", "Checking -225.00", "House 200.00 off"]);
        let list = s.groat(["list"]).ok().stdout;
        assert!(list.contains("split: Groceries, transfer"), "{list}");
        let spent = spending(s);
        assert!(spent.contains("20.00") && spent.contains("200.00") && !spent.contains("ncategorised"), "{spent}");
        // What is partly a transfer is not edited into something else by mistake.
        s.groat(["edit", "1", "--amount", "-30"]).fails(2);
        s.groat(["edit", "1", "-a", "cash"]).fails(2);
        s.groat(["edit", "1", "-c", "none"]).fails(1);
        s.groat(["edit", "1", "--note", "weekly"]).ok();
        s.groat(["db", "verify"]).ok();
        assert_eq!(import(s, "register.csv", YNAB)["new"], 0);
    }

    fn an_account_that_holds_something_else_than_its_rows_is_told(s: &Sandbox) {
        book(s);
        // What is spent by the one side and what the other side spends stand in one transaction: nothing here can say so.
        s.write("odd.journal", "2026-01-06 p\n  assets:checking  -21 EUR\n  assets:savings  15 EUR\n  expenses:food  6 EUR\n  \
            expenses:invest  21 EUR\n  equity:transfers  -21 EUR\n");
        let told = s.groat(["import", "odd.journal", "-y"]).ok().stderr;
        assert!(told.contains("the rows of `Savings` come to 15.00, but it holds 36.00 now"), "{told}");
        assert!(!told.contains("the rows of `Checking`"), "{told}");
        let plain = s.another();
        book(&plain);
        plain.write("household.journal", JOURNAL);
        let told = plain.groat(["import", "household.journal", "-y"]).ok().stderr;
        assert!(!told.contains("come to"), "{told}");
    }

    fn what_moves_nothing_keeps_what_it_was_for(s: &Sandbox) {
        book(s);
        import(s, "voucher.journal", "2026-01-02 Shop\n    expenses:food  0 EUR\n    assets:checking  0 EUR\n");
        assert_eq!(s.groat(["list", "cat:food", "--json"]).ok().json()["total"], 1);
        for format in ["hledger", "ledger", "beancount"] {
            let exported = s.groat(["export", "-O", format]).ok().stdout;
            let again = s.another();
            book(&again);
            import(&again, &format!("own.{format}"), &exported);
            assert_eq!(again.groat(["list", "cat:food", "--json"]).ok().json()["total"], 1, "{format}: {exported}");
        }
    }

    fn each_side_may_have_what_the_other_is_only_a_part_of(s: &Sandbox) {
        let journal = "2026-01-29 Rate\n    assets:checking  -100.00 EUR\n    liabilities:loan  80.00 EUR\n    expenses:interest  20.00 EUR\n\n\
            2026-01-30 Paid out\n    liabilities:loan  -50.00 EUR\n    assets:checking  48.00 EUR\n    expenses:fees  2.00 EUR\n";
        s.groat(["init", "--currency", "EUR"]).ok();
        s.write("two.journal", journal);
        s.groat(["import", "two.journal", "-y"]).ok();
        assert_eq!(balances(s), ["Checking -52.00", "Loan 30.00"]);
        assert!(!spending(s).contains("ncategorised"), "{}", spending(s));
        assert_eq!(s.groat(["import", "two.journal", "--json"]).ok().json()["new"], 0);
        s.groat(["db", "verify"]).ok();
    }

    fn a_category_stays_whichever_side_comes_first(s: &Sandbox) {
        let (head, rows) = YNAB.split_once('\n').expect("rows follow the heading");
        let backwards: Vec<&str> = rows.lines().rev().collect();
        let first = "\"House\",\"\",\"2026-01-01\",\"Starting Balance\",\"Inflow: Ready to Assign\",\"Inflow\",\"Ready to Assign\",\"\",€0.00,€1000.00,\"Cleared\"";
        s.groat(["init", "--currency", "EUR"]).ok();
        s.groat(["account", "add", "House", "--off-budget"]).ok();
        s.write("back.csv", format!("{head}\n{first}\n{}\n", backwards.join("\n")));
        s.groat(["import", "back.csv", "-y"]).ok();
        assert_eq!(balances(s), ["Cash 5.00", "Checking -225.00", "House 1200.00 off"]);
        let spent = spending(s);
        assert!(spent.contains("House,200.00") || spent.contains("house,200.00"), "{spent}");
        assert!(!spent.contains("ncategorised"), "{spent}");
        assert_eq!(s.groat(["import", "back.csv", "--json"]).ok().json()["new"], 0);
        s.groat(["db", "verify"]).ok();
    }
}

//! What `export` wrote, imported again: into the same book it changes nothing, into an empty one it gives the same
//! balances.

use serde_json::Value;

use crate::support::{Sandbox, on_both_databases};
use crate::transfers::shown;

const FORMATS: [&str; 5] = ["qif", "ofx", "hledger", "ledger", "beancount"];
const ACCOUNTS: [&str; 4] = ["Checking", "Savings", "Card", "House"];

fn run(s: &Sandbox, line: &str) -> String {
    let run = s.groat(line.split(' ')).ok();
    format!("{}{}", run.stdout, run.stderr)
}

/// A book with starting balances, transfers, splits and refunds.
fn book(s: &Sandbox) {
    for line in [
        "init --currency EUR",
        "account add Checking --balance 1000",
        "account add Savings --kind savings --balance 50 -d 2026-01-02",
        "account add Card --kind card --balance=-30",
        "account add House --kind loan --off-budget --balance=-900",
        "category add Food",
        "category add Fun",
        "add 50 Aunt -c food -a checking -d 2026-01-02",
        "add +50 Aunt -c food -a savings -d 2026-01-02",
        "add 30 Shop --split food=10 --split fun=20 -a card -d 2026-01-05",
        "add +5 Shop -c food -a card -d 2026-01-07",
        "transfer 70 checking savings -d 2026-01-09",
        "transfer 25 checking card -d 2026-01-09",
        "transfer 100 checking house -c fun -d 2026-01-10",
        "add +80 Lottery -c starting-balances -a savings -d 2026-01-11",
    ] {
        run(s, line);
    }
    s.write("zero.journal", "2026-01-08 Nothing\n    expenses:fun  0 EUR\n    assets:checking  0 EUR\n");
    run(s, "import zero.journal -y");
}

/// Accounts and what is in them, and how many transactions there are.
fn state(s: &Sandbox) -> (Vec<String>, usize) {
    let answer = s.groat(["balance", "--at", "2026-12-31", "--json"]).ok().json();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let all = answer["accounts"].as_array().expect("a list").iter();
    let mut all: Vec<String> =
        all.map(|one| format!("{} {}", text(&one["account"]), text(&one["balance"]))).collect();
    all.sort();
    (all, shown(s).len())
}

/// Imports a file; accounts that are only named by number are mapped to those of that name.
fn import(s: &Sandbox, file: &str) -> Value {
    let maps: Vec<String> = ACCOUNTS.iter().map(|name| format!("--map={name}={name}")).collect();
    let mut line = vec!["import", file, "-y", "--json"];
    if file.ends_with(".ofx") {
        line.extend(maps.iter().map(String::as_str));
    }
    s.groat(line).ok().json()
}

/// The sum of a count over the batches of an import.
fn count(answer: &Value, word: &str) -> i64 {
    let parts = answer["imports"].as_array().map_or_else(|| vec![answer], |all| all.iter().collect());
    parts.into_iter().map(|part| part[word].as_i64().expect("a count")).sum()
}

/// What each category has come to.
fn spent(s: &Sandbox) -> String {
    s.groat(["report", "-p", "2026-01", "--csv"]).ok().stdout
}

on_both_databases! {
    fn an_own_export_changes_nothing_in_the_same_book(s: &Sandbox) {
        book(s);
        let (before, spent_before) = (state(s), spent(s));
        for query in ["", " acct:savings"] {
            for format in FORMATS {
                let file = format!("own{}.{format}", query.len());
                run(s, &format!("export{query} -O {format} -o {file}"));
                for time in ["first", "second"] {
                    let answer = import(s, &file);
                    assert_eq!(count(&answer, "new"), 0, "{format}{query}, {time}: {answer}");
                    assert_eq!(state(s), before, "{format}{query}, {time}");
                }
                s.groat(["undo"]).ok();
            }
        }
        assert_eq!(spent(s), spent_before);
        run(s, "db verify");
    }

    fn an_own_export_fills_an_empty_book_with_the_same_balances(s: &Sandbox) {
        book(s);
        let before = state(s);
        for format in FORMATS {
            let file = format!("own.{format}");
            run(s, &format!("export -O {format} -o {file}"));
            let text = std::fs::read(s.path(&file)).expect("it was written");
            let there = Sandbox::sqlite();
            there.write(&file, text);
            run(&there, "init --currency EUR");
            if format == "ofx" {
                let off = |name: &&str| if **name == *"House" { " --off-budget" } else { "" };
                ACCOUNTS.iter().for_each(|name| drop(run(&there, &format!("account add {name}{}", off(name)))));
            }
            import(&there, &file);
            assert_eq!(state(&there).0, before.0, "{format}");
            if format != "ofx" {
                assert_eq!(state(&there).1, before.1, "{format}");
            }
            let starts = there.groat(["list", "cat:starting-balances", "-L", "0", "--json"]).ok().json();
            assert_eq!(starts["total"], 5, "{format}: {starts}");
            run(&there, "db verify");
        }
    }

    fn a_row_of_nothing_keeps_its_category(s: &Sandbox) {
        run(s, "init --currency EUR");
        let row = "!Account\nNChecking\nTBank\n^\n!Type:Bank\nD2026-01-09\nT0.00\nPNothing\nLFun\n^\n";
        s.write("zero.qif", row);
        import(s, "zero.qif");
        let nothing = s.groat(["list", "Nothing", "--json"]).ok().json();
        assert_eq!(nothing["transactions"][0]["postings"][0]["category"], "Fun", "{nothing}");
    }

    fn the_opening_balance_of_quicken_is_the_account_s_start(s: &Sandbox) {
        run(s, "init --currency EUR");
        run(s, "account add Checking --balance 100 -d 2026-01-01");
        s.write(
            "quicken.qif",
            "!Type:Bank\nD01/01/2026\nT100.00\nCX\nPOpening Balance\nL[Checking]\n^\nD01/25/2026\nT-5.00\nPShop\n^\n",
        );
        let answer = import(s, "quicken.qif");
        assert_eq!((count(&answer, "new"), count(&answer, "matched")), (1, 1), "{answer}");
        assert_eq!(state(s).0, ["Checking 95.00"]);
    }

    fn the_sides_of_a_transfer_in_qif_keep_their_days(s: &Sandbox) {
        book(s);
        for (day, amount) in [("2026-01-12", 7000), ("2026-01-31", 2500)] {
            s.execute(&format!("UPDATE postings SET date = '{day}' WHERE amount = {amount}"));
        }
        run(s, "db verify --repair");
        run(s, "export -O qif -o own.qif");
        let there = Sandbox::sqlite();
        there.write("own.qif", std::fs::read(s.path("own.qif")).expect("it was written"));
        run(&there, "init --currency EUR");
        let legs = |s: &Sandbox| {
            let sql = "SELECT a.name, p.date, p.amount FROM postings p JOIN accounts a ON a.id = p.account_id";
            let mut rows = s.query(sql);
            rows.sort();
            rows
        };
        for _ in 0..2 {
            import(&there, "own.qif");
            assert_eq!(state(&there), state(s));
            assert_eq!(legs(&there), legs(s));
        }
    }
}

/// A QIF of these accounts, each with its records.
fn qif(accounts: &[(&str, &[&str])]) -> String {
    let account = |(name, records): &(&str, &[&str])| {
        let records: String =
            records.iter().map(|record| format!("{}\n^\n", record.replace(' ', "\n"))).collect();
        format!("!Account\nN{name}\nTBank\n^\n!Type:Bank\n{records}")
    };
    accounts.iter().map(account).collect()
}

fn all_balances(s: &Sandbox) -> Vec<String> {
    let balance = s.groat(["balance", "--at", "2026-12-31", "--json"]).ok().json();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let all = balance["accounts"].as_array().expect("a list").iter();
    all.map(|one| format!("{} {}", text(&one["account"]), text(&one["balance"]))).collect()
}

fn import_qif(s: &Sandbox, accounts: &[(&str, &[&str])]) -> Vec<String> {
    s.groat(["init", "--currency", "EUR"]).ok();
    s.write("a.qif", qif(accounts));
    s.groat(["import", "a.qif", "-y"]).ok();
    let there = all_balances(s);
    assert_eq!(s.groat(["import", "a.qif", "-y", "--json"]).ok().json()["new"], 0);
    assert_eq!(all_balances(s), there);
    there
}

on_both_databases! {
    fn what_a_bank_shows_on_another_day_is_there_as_it_is_here(s: &Sandbox) {
        for format in ["qif", "hledger", "ledger", "beancount"] {
            let s = s.another();
            s.groat(["init", "--currency", "EUR", "--account", "Check"]).ok();
            s.groat(["account", "add", "Pot"]).ok();
            s.groat(["add", "10", "Shop", "-a", "check", "-d", "2026-01-11", "-c", "none"]).ok();
            s.groat(["transfer", "20", "check", "pot", "-d", "2026-01-04"]).ok();
            s.write("b.csv", "Date,Payee,Amount\n2026-01-13,Shop,-10\n2026-01-07,Transfer,-20\n2026-01-20,Cafe,-3\n");
            assert_eq!(s.groat(["import", "b.csv", "-a", "check", "--json"]).ok().json()["matched"], 2);
            s.groat(["edit", "3", "--amount", "-4"]).ok();
            let there = all_balances(&s);
            s.write("own", s.groat(["export", "-O", format]).ok().stdout);
            for _ in 0..2 {
                let own = s.groat(["import", "own", "-y", "--json"]).ok().json();
                assert_eq!((&own["new"], all_balances(&s)), (&0.into(), there.clone()), "{format}: {own}");
            }
            s.groat(["db", "verify"]).ok();
        }
    }

    fn the_sides_of_qif_are_paired_so_that_none_is_left(s: &Sandbox) {
        let alpha: &[&str] = &["D2025-11-09 T-10.00 L[Gamma]", "D2025-11-17 T-10.00 L[Gamma]"];
        let gamma: &[&str] = &["D2025-11-21 T10.00 L[Alpha]", "D2025-12-12 T10.00 L[Alpha]"];
        assert_eq!(import_qif(s, &[("Gamma", gamma), ("Alpha", alpha)]), ["Alpha -20.00", "Gamma 20.00"]);
        // However far apart, one is one.
        let far: [(&str, &[&str]); 2] =
            [("Alpha", &["D2025-11-01 T-10.00 L[Beta]"]), ("Beta", &["D2025-12-11 T10.00 L[Alpha]"])];
        assert_eq!(import_qif(&s.another(), &far), ["Alpha -10.00", "Beta 10.00"]);
    }

    fn an_opening_balance_that_another_account_has_is_a_transfer(s: &Sandbox) {
        let both: [(&str, &[&str]); 2] = [
            ("Check", &["D2025-01-01 T500.00 POpening_Balance L[Savings]"]),
            ("Savings", &["D2025-01-01 T-500.00 L[Check]"]),
        ];
        let both = qif(&both).replace('_', " ");
        s.groat(["init", "--currency", "EUR"]).ok();
        s.write("a.qif", both);
        s.groat(["import", "a.qif", "-y"]).ok();
        assert_eq!(all_balances(s), ["Check 500.00", "Savings -500.00"]);
    }

    fn what_was_spent_is_no_side_of_a_transfer(s: &Sandbox) {
        let both: [(&str, &[&str]); 2] = [
            ("Beta", &["D2025-10-02 T10.00 PCafe L[Gamma]"]),
            ("Gamma", &["D2025-10-02 T-10.00 L[Beta]", "D2025-10-03 T-10.00 PCafe LFood"]),
        ];
        assert_eq!(import_qif(s, &both), ["Beta 10.00", "Gamma -20.00"]);
        assert_eq!(s.groat(["list", "cat:food", "--json"]).ok().json()["total"], 1);
    }

    fn a_sign_in_a_heading_states_a_currency(s: &Sandbox) {
        s.groat(["init", "--currency", "EUR", "--account", "Check"]).ok();
        s.write("a.csv", "Date,Payee,Amount ($)\n2026-01-13,Shop,8.00\n");
        let refused = s.groat(["import", "a.csv", "-a", "check"]).fails(2);
        assert!(refused.stderr.contains('$'), "{}", refused.stderr);
    }
}

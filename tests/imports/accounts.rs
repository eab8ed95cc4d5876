//! Files that name accounts: mapped once and remembered, one operation and a batch for each, or all into one.

use serde_json::Value;

use crate::support::{Sandbox, on_both_databases};

const FILE: &str = "Date,Account,Payee,Amount\n2026-01-10,DE12 3456,Bakery,-4.80\n2026-01-11,DE99 0001,Interest,1.00\n\
    2026-01-12,DE12 3456,Rent,-900.00\n2026-01-13,DE99 0001,Fee,-2.00\n";

fn book(s: &Sandbox) -> String {
    s.groat(["init", "--currency", "EUR", "--account", "Checking"]).ok();
    s.groat(["account", "add", "Savings"]).ok();
    s.write("two.csv", FILE);
    s.path("two.csv").display().to_string()
}

fn balances(s: &Sandbox) -> Vec<String> {
    let balance = s.groat(["balance", "--json"]).ok().json();
    let accounts = balance["accounts"].as_array().expect("a list");
    accounts.iter().map(|account| account["balance"].as_str().expect("a text").to_owned()).collect()
}

const MAP: [&str; 4] = ["--map", "DE12 3456=checking", "--map", "DE99 0001=savings"];

on_both_databases! {
    fn an_account_that_nobody_mapped_is_asked_for_by_name(s: &Sandbox) {
        let file = book(s);
        let before = s.dump(&[]);
        let run = s.groat(["import", &file]).fails(4);
        assert!(run.stderr.contains("--map 'DE12 3456=ACCOUNT' --map 'DE99 0001=ACCOUNT'"), "{}", run.stderr);
        let run = s.groat(["import", &file, "--map", "DE12 3456=checking"]).fails(4);
        assert!(run.stderr.contains("not mapped yet: `DE99 0001`"), "{}", run.stderr);
        s.groat(["import", &file, "--map", "DE12 3456"]).fails(2);
        s.groat(["import", &file, "--map", "DE12 3456=nobody"]).fails(3);
        s.groat(["import", &file, "--map", "XX=checking"]).fails(2);
        s.groat(["import", &file, "-a", "checking", "--map", "DE12 3456=checking"]).fails(2);
        assert_eq!(s.dump(&[]), before);
    }

    fn ids_with_marks_of_the_command_line_are_mapped_as_told(s: &Sandbox) {
        book(s);
        for (name, told, flags) in [
            ("-dash", "`--map='-dash=ACCOUNT'`", vec!["--map=-dash=checking"]),
            ("=eq", "`--map '=eq=ACCOUNT'`", vec!["--map", "=eq=checking"]),
            ("a=b", "`--map 'a=b=ACCOUNT'`", vec!["--map", "a=b=checking"]),
            ("--a='b", "`--map='--a='\\''b=ACCOUNT'`", vec!["--map=--a='b=checking"]),
        ] {
            s.write("ids.csv", format!("Account,Date,Payee,Amount\n{name},2026-01-02,Shop,-1.00\n").as_bytes());
            let file = s.path("ids.csv").display().to_string();
            let args = ["import", &file, "--account-column", "Account"];
            let run = s.groat(args).fails(4);
            assert!(run.stderr.contains(told), "{}", run.stderr);
            s.groat(args.into_iter().chain(flags)).ok();
            s.groat(["undo"]).ok();
        }
        let file = s.path("ids.csv").display().to_string();
        let run = s.groat(["import", &file, "--account-column", "Account", "--map", "=eq=nobody"]).fails(3);
        assert!(run.stderr.contains("no account named `nobody`"), "{}", run.stderr);
        let run = s.groat(["import", &file, "--account-column", "Account", "--map", "=checking"]).fails(2);
        assert!(run.stderr.contains("maps nothing"), "{}", run.stderr);
    }

    fn one_file_goes_to_its_accounts_in_one_operation_and_is_remembered(s: &Sandbox) {
        let file = book(s);
        let kept = ["operations", "changes", "sqlite_sequence"];
        let before = s.dump(&kept);
        let args: Vec<&str> = ["import", &file, "--json"].into_iter().chain(MAP).collect();
        let answer = s.groat(&args).ok().json();
        assert_eq!((&answer["new"], &answer["account"], &answer["batch"]), (&4.into(), &Value::Null, &Value::Null));
        assert_eq!(answer["accounts"][1]["account"], "Savings");
        assert_eq!(answer["accounts"][1]["new"], 2);
        assert_eq!(balances(s), ["-904.80", "-1.00"]);
        s.groat(["undo"]).ok();
        assert_eq!(s.dump(&kept), before);
        s.groat(["redo"]).ok();
        // Written with other blanks it is the same account, and nothing is asked any more.
        s.write("again.csv", FILE.replace("DE12 3456", "de123456"));
        let again = s.groat(["import", "again.csv", "--json"]).ok().json();
        assert_eq!((&again["new"], &again["duplicates"]), (&0.into(), &4.into()), "{again}");
        s.groat(["db", "verify"]).ok();
    }

    fn each_account_of_a_file_has_a_batch_of_its_own(s: &Sandbox) {
        let file = book(s);
        let args: Vec<&str> = ["import", &file].into_iter().chain(MAP).collect();
        let run = s.groat(&args).ok();
        assert_eq!(run.stdout, "imported two.csv into Checking: 2 new (batch 1)\nimported two.csv into Savings: 2 new (batch 2)\n");
        s.groat(["import", "undo", "2"]).ok();
        assert_eq!(balances(s), ["-904.80", "0.00"]);
        s.groat(["db", "verify"]).ok();
    }

    fn a_whole_file_goes_to_one_account_unless_it_is_known_as_another(s: &Sandbox) {
        let file = book(s);
        let answer = s.groat(["import", &file, "-a", "checking", "--json"]).ok();
        assert!(answer.stderr.contains("the file names 2 accounts: DE12 3456, DE99 0001"), "{}", answer.stderr);
        assert_eq!(answer.json()["new"], 4);
        s.groat(["undo"]).ok();
        let args: Vec<&str> = ["import", &file].into_iter().chain(MAP).collect();
        s.groat(&args).ok();
        let run = s.groat(["import", &file, "-a", "checking"]).fails(1);
        assert!(run.stderr.contains("`DE99 0001`, which is `Savings`, not `Checking`"), "{}", run.stderr);
    }

    fn rows_of_no_account_and_in_another_currency_are_rejected_each(s: &Sandbox) {
        book(s);
        s.write("odd.csv", "Date,Account,Payee,Amount,Currency\n2026-01-10,A1,Bakery,-4.80,EUR\n2026-01-11,,Cafe,-3.00,EUR\n\
            2026-01-12,B2,Fee,-2.00,USD\n2026-01-12,B2,Fee,-2.00,EUR\n");
        let run = s.groat(["import", "odd.csv", "--account-column", "Account", "--map", "A1=checking", "--map", "B2=savings", "--json"]).fails(6);
        let answer = run.json();
        let lines: Vec<&Value> = answer["rejected"].as_array().expect("a list").iter().map(|row| &row["line"]).collect();
        assert_eq!(lines, [&Value::from(3), &Value::from(4)], "{answer}");
        assert_eq!(answer["new"], 2);
    }

    fn a_blank_account_costs_its_row_and_not_the_column(s: &Sandbox) {
        book(s);
        s.write("odd.csv", FILE.replace("12,DE12 3456,Rent", "12,,Rent"));
        let run = s.groat(["import", "odd.csv", "--json"]).fails(4);
        assert!(run.stderr.contains("not mapped yet"), "{}", run.stderr);
        let args: Vec<&str> = ["import", "odd.csv", "--json"].into_iter().chain(MAP).collect();
        let answer = s.groat(&args).fails(6).json();
        assert_eq!((&answer["new"], &answer["rejected"][0]["line"]), (&3.into(), &4.into()), "{answer}");
        // The whole file to one account: known numbers are still another's.
        let run = s.groat(["import", "odd.csv", "-a", "checking"]).fails(1);
        assert!(run.stderr.contains("`DE99 0001`, which is `Savings`"), "{}", run.stderr);
        s.groat(["undo"]).ok();
        let whole = s.groat(["import", "odd.csv", "-a", "checking", "--json"]).ok();
        assert!(whole.stderr.contains("the file names 2 accounts"), "{}", whole.stderr);
        assert_eq!(whole.json()["new"], 4);
    }

    fn numbers_with_other_marks_are_other_accounts(s: &Sandbox) {
        book(s);
        s.write("a.csv", "Date,Account,Payee,Amount\n2026-01-10,1-23,Bakery,-4.80\n");
        s.groat(["import", "a.csv", "--map", "1-23=checking"]).ok();
        for other in ["12-3", "123", "*1-23"] {
            s.write("b.csv", format!("Date,Account,Payee,Amount\n2026-01-10,{other},Bakery,-4.80\n"));
            let run = s.groat(["import", "b.csv"]).fails(4);
            assert!(run.stderr.contains("not mapped yet"), "{}", run.stderr);
        }
    }

    fn a_name_without_a_number_is_one_banks_own(s: &Sandbox) {
        book(s);
        s.write("a.csv", "Date,Account,Payee,Amount\n2026-01-10,Main,Bakery,-4.80\n");
        s.groat(["import", "a.csv", "--map", "Main=checking"]).ok();
        assert_eq!(s.groat(["import", "a.csv", "--json"]).ok().json()["duplicates"], 1);
        s.write("b.csv", "Booked,Account,Name,Sum\n2026-01-10,Main,Rent,-9.00\n");
        s.groat(["import", "b.csv"]).fails(4);
        s.groat(["import", "b.csv", "--map", "Main=savings"]).ok();
        assert_eq!(balances(s), ["-4.80", "-9.00"]);
        assert_eq!(s.groat(["import", "a.csv", "--json"]).ok().json()["duplicates"], 1);
    }

    fn one_account_of_the_file_is_not_two_of_the_book(s: &Sandbox) {
        book(s);
        s.write("a.csv", "Date,Account,Payee,Amount\n2026-01-10,Main,Bakery,-4.80\n");
        let run = s.groat(["import", "a.csv", "--map", "Main=checking", "--map", "Main=savings"]).fails(2);
        assert!(run.stderr.contains("`Main` is mapped twice: to `Checking` and to `Savings`"), "{}", run.stderr);
    }

    fn an_account_is_deleted_with_what_files_call_it(s: &Sandbox) {
        let file = book(s);
        let args: Vec<&str> = ["import", &file].into_iter().chain(MAP).collect();
        s.groat(&args).ok();
        s.groat(["import", "undo", "2"]).ok();
        let kept = ["operations", "changes", "sqlite_sequence"];
        let before = s.dump(&kept);
        s.groat(["account", "delete", "savings"]).ok();
        s.groat(["undo"]).ok();
        assert_eq!(s.dump(&kept), before);
    }
}

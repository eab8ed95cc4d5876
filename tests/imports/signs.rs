//! Which money goes out and which comes in, over several files of one kind: what one file settles holds for the next
//! that leaves it open, and a contradiction is asked.

use serde_json::Value;

use crate::import;
use crate::support::{Sandbox, on_both_databases};

fn book(s: &Sandbox) {
    s.groat(["init", "--currency", "EUR", "--account", "Checking"]).ok();
}

fn file(s: &Sandbox, text: &str, more: &[&str]) -> Value {
    s.write("bank.csv", text);
    import(s, "bank.csv", more)
}

fn counts(answer: &Value) -> (i64, i64) {
    let count = |key: &str| answer[key].as_i64().expect("a count is a number");
    (count("new"), count("duplicates"))
}

fn balance(s: &Sandbox) -> String {
    let balance = s.groat(["balance", "--json"]).ok().json();
    balance["accounts"][0]["balance"].as_str().expect("a text").to_owned()
}

/// Imports the first rows, then some of them alone, then a later file of the same kind, and looks at the balance.
fn later_files_are_read_alike(s: &Sandbox, header: &str, rows: &str, some: &str, later: &str, left: &str) {
    book(s);
    assert_eq!(counts(&file(s, &format!("{header}\n{rows}"), &[])).1, 0);
    let again = file(s, &format!("{header}\n{some}"), &[]);
    assert_eq!(counts(&again), (0, 2), "{again}");
    assert_eq!(counts(&file(s, &format!("{header}\n{later}"), &[])).0, 1);
    assert_eq!(balance(s), left);
    s.groat(["db", "verify"]).ok();
}

on_both_databases! {
    fn a_month_without_cr_is_read_like_those_with_one(s: &Sandbox) {
        later_files_are_read_alike(s, "Date,Payee,Amount",
            "2026-01-01,Shop,5.00\n2026-01-02,Fuel,7.00\n2026-01-03,Payment,100.00 CR\n",
            "2026-01-01,Shop,5.00\n2026-01-02,Fuel,7.00\n", "2026-01-09,Shop,1.00\n", "87.00");
    }

    fn a_flag_column_that_is_blank_in_one_file_stays_a_flag(s: &Sandbox) {
        later_files_are_read_alike(s, "Date,Payee,Amount,CR/DR",
            "2026-01-01,Shop,5.00,\n2026-01-02,Fuel,7.00,\n2026-01-03,Payment,100.00,CR\n",
            "2026-01-01,Shop,5.00,\n2026-01-02,Fuel,7.00,\n", "2026-01-09,Shop,1.00,\n", "87.00");
    }

    fn a_flag_column_without_a_heading_that_says_so_stays_a_flag(s: &Sandbox) {
        later_files_are_read_alike(s, "Date,Payee,Amount,Sort",
            "2026-01-01,Shop,5.00,\n2026-01-02,Fuel,7.00,\n2026-01-03,Payment,100.00,CR\n",
            "2026-01-01,Shop,5.00,\n2026-01-02,Fuel,7.00,\n", "2026-01-09,Shop,1.00,\n", "87.00");
    }

    fn a_reversal_alone_in_the_column_of_money_out_stays_a_reversal(s: &Sandbox) {
        later_files_are_read_alike(s, "Date,Payee,Debit,Credit",
            "2026-01-01,Shop,5.00,\n2026-01-02,Reversal,-5.00,\n2026-01-03,Pay,,50.00\n",
            "2026-01-02,Reversal,-5.00,\n2026-01-03,Pay,,50.00\n", "2026-01-09,Shop,-1.00,\n", "51.00");
    }

    fn what_contradicts_earlier_files_is_asked_and_the_answer_is_remembered(s: &Sandbox) {
        book(s);
        assert_eq!(counts(&file(s, "Date,Payee,Amount\n2026-01-01,Shop,5.00\n", &[])), (1, 0));
        s.write("bank.csv", "Date,Payee,Amount\n2026-01-01,Shop,5.00\n2026-01-03,Payment,100.00 CR\n");
        let before = s.dump(&[]);
        let run = s.groat(["import", "bank.csv", "-a", "checking"]).fails(4);
        assert!(run.stderr.contains("`--unmarked out`, or `--unmarked in`, says which holds"), "{}", run.stderr);
        assert_eq!(s.dump(&[]), before);
        s.groat(["import", "undo", "1"]).ok();
        assert_eq!(counts(&import(s, "bank.csv", &["--unmarked", "out"])), (2, 0));
        assert_eq!(balance(s), "95.00");
        assert_eq!(counts(&file(s, "Date,Payee,Amount\n2026-01-01,Shop,5.00\n", &[])), (0, 1));
        s.groat(["import", "bank.csv", "-a", "checking", "--unmarked", "up"]).fails(2);
    }

    fn files_that_show_less_contradict_nothing(s: &Sandbox) {
        book(s);
        // Only income, then only spending, then both: a bank that writes a minus, with words that say the same.
        for rows in ["2026-01-01,Pay,50.00,Credit\n", "2026-01-02,Shop,-5.00,Debit\n",
            "2026-01-03,Pay,60.00,Credit\n2026-01-03,Shop,-7.00,Debit\n", "2026-01-04,Pay,1.00,Credit\n"] {
            file(s, &format!("Date,Payee,Amount,Type\n{rows}"), &[]);
        }
        assert_eq!(balance(s), "99.00");
    }

    fn an_odd_word_in_a_flag_column_costs_only_its_row(s: &Sandbox) {
        book(s);
        let rows = "2026-01-01,Shop,5.00,Debit\n2026-01-02,Fuel,7.00,Debit\n2026-01-03,Pay,50.00,Credit\n";
        for odd in ["", "Sonstiges"] {
            s.write("bank.csv", format!("Date,Payee,Amount,Debit/Credit\n{rows}2026-01-04,What,9.00,{odd}\n"));
            let answer = s.groat(["import", "bank.csv", "-a", "checking", "--json"]).fails(6).json();
            assert_eq!(answer["rejected"][0]["line"], 5, "{answer}");
            assert_eq!(balance(s), "38.00");
        }
    }
}

//! Transfers that another program's file shows in one of their accounts alone; and what was renamed here and is still
//! called otherwise there.

use serde_json::Value;

use crate::support::{Sandbox, on_both_databases};

const HEAD: &str = "\"Account\",\"Flag\",\"Date\",\"Payee\",\"Category Group/Category\",\"Category Group\",\"Category\",\"Memo\",\"Outflow\",\"Inflow\",\"Cleared\"\n";

fn ynab(rows: &[(&str, &str, &str, &str, &str)]) -> String {
    let row = |(account, date, payee, out, into): &(&str, &str, &str, &str, &str)| {
        format!("\"{account}\",\"\",\"{date}\",\"{payee}\",\"\",\"\",\"\",\"\",€{out},€{into},\"Cleared\"\n")
    };
    rows.iter().map(row).fold(HEAD.to_owned(), |text, row| text + &row)
}

fn balances(s: &Sandbox) -> Vec<String> {
    let balance = s.groat(["balance", "--json"]).ok().json();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let all = balance["accounts"].as_array().expect("a list").iter();
    all.map(|one| format!("{} {}", text(&one["account"]), text(&one["balance"]))).collect()
}

on_both_databases! {
    fn a_transfer_has_both_sides_whichever_row_is_missing(s: &Sandbox) {
        for names in [["Alpha", "Beta"], ["Beta", "Alpha"]] {
            let [from, to] = names;
            for is_listed_first in [true, false] {
                let book = s.another();
                book.groat(["init", "--currency", "EUR"]).ok();
                let transfer = format!("Transfer : {to}");
                let kept = (from, "2026-01-05", transfer.as_str(), "70.00", "0.00");
                let other = (to, "2026-01-04", "Shop", "5.00", "0.00");
                let rows = if is_listed_first { [kept, other] } else { [other, kept] };
                let text = ynab(&rows);
                book.write("register.csv", &text);
                let run = book.groat(["import", "register.csv", "-y"]).ok();
                let note = format!("1 transfer stands in one of two accounts alone in the file: the other side was added (70 of 2026-01-05 in {to})");
                assert!(run.stderr.contains(&note), "{}", run.stderr);
                let mut expected = [format!("{from} -70.00"), format!("{to} 65.00")];
                expected.sort();
                assert_eq!(balances(&book), expected, "{text}");
                // The row comes after all: it is that side.
                let back = format!("Transfer : {from}");
                book.write("register.csv", ynab(&[rows[0], rows[1], (to, "2026-01-05", back.as_str(), "0.00", "70.00")]));
                let again = book.groat(["import", "register.csv", "-y", "--json"]).ok().json();
                assert_eq!((&again["new"], &again["matched"]), (&0.into(), &1.into()), "{again}");
                assert_eq!(balances(&book), expected);
                book.groat(["db", "verify"]).ok();
            }
        }
    }

    fn what_was_renamed_or_merged_here_is_not_made_again(s: &Sandbox) {
        let journal = "2026-01-02 a\n  expenses:food  5 EUR  ; trip:\n  assets:checking\n\n2026-01-03 b\n  expenses:fun  7 EUR\n  assets:checking\n";
        s.groat(["init", "--currency", "EUR"]).ok();
        s.write("a.journal", journal);
        s.groat(["import", "a.journal", "-y"]).ok();
        s.groat(["category", "edit", "food", "--name", "Meals"]).ok();
        s.groat(["category", "merge", "fun", "meals"]).ok();
        s.groat(["tag", "rename", "trip", "Journey"]).ok();
        let categories = s.groat(["category", "list"]).ok().stdout;
        let tags = s.groat(["tag", "list"]).ok().stdout;
        let again = s.groat(["import", "a.journal", "--json"]).ok().json();
        assert_eq!(again["new"], 0, "{again}");
        assert_eq!((&again["categories"], &again["tags"]), (&serde_json::json!([]), &0.into()), "{again}");
        assert_eq!(s.groat(["category", "list"]).ok().stdout, categories);
        assert_eq!(s.groat(["tag", "list"]).ok().stdout, tags);
    }
}

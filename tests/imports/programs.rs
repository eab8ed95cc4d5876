//! Exports of other programs end to end: what becomes of them in a book.

use serde_json::Value;

use crate::support::{Sandbox, on_both_databases};
use crate::transfers::shown;

const FIREFLY: &str = "group_id,journal_id,group_title,type,amount,foreign_amount,currency_code,\
foreign_currency_code,description,date,source_name,source_type,destination_name,destination_type,category,tags,notes";

/// A row of Firefly's between two own accounts: group, journal, title, amount and foreign amount, from, to.
fn moved(ids: (u32, u32), title: &str, amounts: [&str; 2], from: &str, to: &str) -> String {
    let ((group, journal), [amount, foreign]) = (ids, amounts);
    format!(
        "{group},{journal},{title},Transfer,{amount},{foreign},EUR,USD,Move,2026-01-05T00:00:00+01:00,{from},\
         Asset account,{to},Asset account,,,"
    )
}

fn import(s: &Sandbox, name: &str, header: &str, rows: &[&str]) -> Value {
    s.write(name, format!("{header}\n{}\n", rows.join("\n")).as_bytes());
    s.groat(["import", &s.path(name).display().to_string(), "-y", "--json"]).ok().json()
}

on_both_databases! {
    fn a_transfer_between_currencies_of_firefly_is_one(s: &Sandbox) {
        for (sign, title) in [("", ""), ("-", ""), ("", "Both ways")] {
            s.groat(["init", "--currency", "EUR"]).ok();
            let foreign = |amount: &str| format!("{sign}{amount}");
            let rows = [
                moved((1, 1), title, ["-100.00", &foreign("110.00")], "Giro", "Dollar"),
                moved((1, 2), title, ["-50.00", &foreign("55.00")], "Giro", "Dollar"),
            ];
            let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
            import(s, "firefly.csv", FIREFLY, &rows);
            let expected: &[&str] = match title {
                "" => &["2026-01-05: Giro -100.00, Dollar 110.00", "2026-01-05: Giro -50.00, Dollar 55.00"],
                _ => &["2026-01-05: Giro -150.00, Dollar 165.00"],
            };
            assert_eq!(shown(s), expected, "{sign}{title}");
            let spent = s.groat(["report", "spending", "-p", "2026-01", "--json"]).ok().json();
            assert_eq!(spent["total"], "0.00", "{spent}");
            let again = import(s, "firefly.csv", FIREFLY, &rows);
            assert_eq!(again["new"], 0, "{again}");
            s.groat(["check", "book"]).ok();
            s.groat(["undo"]).ok();
            if again["duplicates"] != 0 {
                s.groat(["undo"]).ok();
            }
            assert_eq!(shown(s), [""; 0]);
        }
    }
}

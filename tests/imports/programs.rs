//! Exports of other programs end to end: what becomes of them in a book.

use serde_json::Value;

use crate::support::{Sandbox, on_both_databases};
use crate::transfers::shown;

const FIREFLY: &str = "group_id,journal_id,group_title,type,amount,foreign_amount,currency_code,\
foreign_currency_code,description,date,source_name,source_type,destination_name,destination_type,category,tags,notes";
const ACTUAL: &str = "Account,Date,Payee,Notes,Category,Amount,Split_Amount,Cleared";
const ACTUAL_WITH_GROUPS: &str =
    "Account,Date,Payee,Notes,Category_Group,Category,Amount,Split_Amount,Cleared";

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

/// What the book calls income, and what it calls spending: the kinds of these categories.
fn kinds(s: &Sandbox, names: &[&str]) -> Vec<String> {
    let list = s.groat(["category", "list", "--json"]).ok().json();
    let all = list["categories"].as_array().expect("a list");
    let of = |name: &&str| all.iter().find(|one| one["name"] == **name).expect("the category");
    names.iter().map(|name| of(name)["kind"].as_str().expect("a kind").to_owned()).collect()
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

    fn what_came_in_is_income_where_actual_writes_no_groups(s: &Sandbox) {
        s.groat(["init", "--currency", "EUR"]).ok();
        import(s, "actual.csv", ACTUAL, &[
            "Checking,2026-01-02,Bank,,Interest,100.50,0,Cleared",
            "Checking,2026-01-03,Bank,,Interest,50.50,0,Cleared",
            "Checking,2026-01-04,Shop,,Food,-20.00,0,Cleared",
            "Checking,2026-01-05,Shop,back,Food,5.00,0,Cleared",
        ]);
        assert_eq!(kinds(s, &["Interest", "Food"]), ["income", "expense"]);
        import(s, "groups.csv", ACTUAL_WITH_GROUPS, &[
            "Pot,2026-01-02,Bank,,Living,Refunds,100.50,0,Cleared",
            "Pot,2026-01-03,Work,,Income,Wages,50.50,0,Cleared",
        ]);
        assert_eq!(kinds(s, &["Refunds", "Wages"]), ["expense", "income"]);
    }

    fn the_table_of_imports_has_the_columns_that_programs_are_told(s: &Sandbox) {
        s.groat(["init", "--currency", "EUR", "--account", "Checking"]).ok();
        s.write("a.csv", b"Date,Payee,Amount\n2026-01-02,Shop,-1.00\n2026-01-03,Shop,x\n2026-01-04,Shop,-2.00\n");
        s.groat(["import", &s.path("a.csv").display().to_string(), "-a", "checking"]).fails(6);
        let table = s.groat(["import", "list", "--csv"]).ok().stdout;
        let (header, row) = table.trim_end().split_once('\n').expect("two lines");
        let listed = s.groat(["import", "list", "--json"]).ok().json();
        let batch = listed["batches"][0].as_object().expect("an object");
        let mut keys: Vec<&str> = batch.keys().map(String::as_str).collect();
        let mut columns: Vec<&str> = header.trim_end().split(',').collect();
        assert_eq!(row.split(',').nth(columns.iter().position(|one| *one == "rejected").expect("the column")), Some("1"));
        keys.sort_unstable();
        columns.sort_unstable();
        assert_eq!(columns, keys);
    }
}

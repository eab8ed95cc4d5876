//! `export -O hledger`: a journal that hledger itself accepts in its strict mode and reads the same figures from, with
//! what is budgeted as a rule that changes no balance; the same text from both databases.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::export_books::{demo, export, read};
use crate::support::{Sandbox, on_both_databases, programs};
use crate::typed::{Typed, text};

/// What hledger says of a journal.
fn hledger(journal: &Path, args: &str) -> Option<String> {
    programs::ask("hledger", &["-f"], journal, &args.split(' ').collect::<Vec<_>>())
}

/// The rows of hledger's CSV, without its heading; every amount without its commodity, and `0` as `0.00`.
fn rows(csv: &str) -> Vec<Vec<String>> {
    let cell = |cell: &str| {
        let cell = cell.trim_matches('"');
        if cell == "0" { "0.00".to_owned() } else { cell.trim_end_matches(" EUR").to_owned() }
    };
    // No name in these books has a comma.
    csv.lines().skip(1).map(|line| line.split("\",\"").map(cell).collect()).collect()
}

/// An account or category as the journal calls it.
fn named(s: &Sandbox, book: &str) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for account in s.json(&format!("{book} account list"))["accounts"].as_array().expect("a list") {
        let is_owed = ["card", "loan"].contains(&account["kind"].as_str().expect("a kind"));
        let root = if is_owed { "liabilities" } else { "assets" };
        names.insert(text(&account["name"]), format!("{root}:{}", text(&account["name"])));
    }
    for category in s.json(&format!("{book} category list"))["categories"].as_array().expect("a list") {
        let (group, name) = (text(&category["group"]), text(&category["name"]));
        if category["kind"] == "expense" {
            names.insert(name.clone(), format!("expenses:{group}:{name}"));
        }
    }
    names
}

/// By month, the sums of the two sections of one of hledger's statements, and the difference of them.
fn sums(csv: &str) -> BTreeMap<String, [String; 3]> {
    let lines = rows(csv);
    // The first line is the title, the next the heading, with the months or their last days.
    let months = lines[0][1..].iter().map(|day| day[..7].to_owned());
    let totals: Vec<&Vec<String>> =
        lines.iter().filter(|line| ["total", "Net:"].contains(&&*line[0])).collect();
    assert_eq!(totals.len(), 3, "{csv}");
    months
        .enumerate()
        .map(|(at, month)| (month, [0, 1, 2].map(|line| totals[line][at + 1].clone())))
        .collect()
}

/// By month, three figures of a report.
fn figures(rows: &Value, keys: [&str; 3]) -> BTreeMap<String, [String; 3]> {
    let rows = rows.as_array().expect("a list").iter();
    rows.map(|row| (text(&row["month"]), keys.map(|key| text(&row[key])))).collect()
}

on_both_databases! {
    fn hledger_agrees_on_a_demo_to_the_cent(s: &Sandbox) {
        let book = &demo(s);
        let journal = &export(s, book, "hledger");
        let Some(said) = hledger(journal, "check -s") else { return };
        assert_eq!(said, "");
        let names = named(s, book);

        let balances = s.json(&format!("{book} balance"));
        let ours: BTreeMap<String, String> = balances["accounts"].as_array().expect("a list").iter()
            .map(|row| (names[&text(&row["account"])].clone(), text(&row["balance"]))).collect();
        let theirs = hledger(journal, "bal assets liabilities -E -N --flat -O csv").expect("it ran before");
        let theirs: BTreeMap<String, String> =
            rows(&theirs).into_iter().map(|row| (row[0].clone(), row[1].clone())).collect();
        assert_eq!(ours, theirs);
        assert_eq!(ours.len(), 5);

        let report = s.json(&format!("{book} report --by category,month -p 2024-01..2026-01"));
        let spent = |row: &Value| {
            let columns = row["columns"].as_object().expect("months");
            let months = columns.iter().map(|(month, amount)| (month.clone(), text(amount)));
            months.filter(|(_, amount)| amount != "0.00").collect::<BTreeMap<String, String>>()
        };
        let ours: BTreeMap<String, BTreeMap<String, String>> = report["rows"].as_array().expect("a list").iter()
            .map(|row| match row["category"].as_str() {
                Some(name) => (names[name].clone(), spent(row)),
                None => ("expenses:unknown".to_owned(), spent(row)),
            }).collect();
        let theirs = hledger(journal, "bal expenses -M -N --flat -O csv").expect("it ran before");
        let months: Vec<&str> = theirs.lines().next().expect("a heading").split(',').skip(1).collect();
        let months: Vec<&str> = months.into_iter().map(|month| month.trim_matches('"')).collect();
        assert_eq!((months.len(), months[0]), (25, "2024-01"));
        let theirs: BTreeMap<String, BTreeMap<String, String>> = rows(&theirs).into_iter().map(|row| {
            let cells = months.iter().map(|month| (*month).to_owned()).zip(row[1..].iter().cloned());
            (row[0].clone(), cells.filter(|(_, amount)| amount != "0.00").collect())
        }).collect();
        assert_eq!(ours, theirs);
        assert!(ours.len() > 30, "{} categories", ours.len());
    }

    fn hledger_agrees_on_income_and_net_worth_of_every_month_to_the_cent(s: &Sandbox) {
        let book = &demo(s);
        let journal = &export(s, book, "hledger");
        let Some(theirs) = hledger(journal, "incomestatement -M -O csv") else { return };
        let ours = s.json(&format!("{book} report income -p all"));
        assert_eq!(figures(&ours["months"], ["income", "spending", "net"]), sums(&theirs));
        let theirs = hledger(journal, "balancesheet -M -O csv").expect("it ran before");
        let ours = s.json(&format!("{book} report networth -p all"));
        let ours = figures(&ours["rows"], ["assets", "liabilities", "net"]);
        assert_eq!(ours, sums(&theirs));
        assert_eq!(ours.len(), 25);
    }

    fn the_journal_is_the_same_from_both_databases(s: &Sandbox) {
        let book = demo(s);
        let text = read(&export(s, &book, "hledger"));
        let other = Sandbox::sqlite();
        assert_eq!(text, read(&export(&other, &demo(&other), "hledger")));
        assert_eq!(text, s.ok(&format!("{book} export -O hledger")).stdout);
        assert_eq!(text.lines().filter(|line| line.starts_with("20")).count(), 2_000);
    }

    fn what_is_assigned_is_a_rule_that_changes_no_balance(s: &Sandbox) {
        for line in [
            "init --currency EUR --account Checking",
            "income 1000 salary -d 2025-12-01",
            "category add Rent --group Home",
            "category add Food --group Home",
            "add 80 market -c food -d 2026-01-03",
        ] {
            s.ok(line);
        }
        let before = export(s, "", "hledger");
        assert!(!read(&before).contains('~') && !read(&before).contains("equity:budget"), "{}", read(&before));
        for line in ["budget assign rent 400 -p 2025-12", "budget assign rent 500", "budget assign food 120.50"] {
            s.ok(line);
        }
        let part = s.ok("export market -O hledger").stdout;
        assert!(!part.contains('~') && !part.contains("equity:budget"), "{part}");
        let balances = hledger(&before, "bal --flat -E -O csv");
        let whole = export(s, "", "hledger");
        let rule: Vec<String> = read(&whole).lines().skip_while(|line| !line.starts_with('~')).take(4)
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(rule, [
            "~ monthly from 2026-01 to 2026-02 assigned in 2026-01",
            "expenses:Home:Rent 500.00 EUR",
            "expenses:Home:Food 120.50 EUR",
            "equity:budget -620.50 EUR",
        ]);
        let Some(said) = hledger(&whole, "check -s") else { return };
        assert_eq!(said, "");
        let with = hledger(&whole, "bal --flat -E -O csv").expect("it ran before");
        let others: Vec<&str> = with.lines().filter(|line| !line.contains("equity:budget")).collect();
        assert_eq!(others, balances.expect("it ran before").lines().collect::<Vec<_>>());
        let budget = hledger(&whole, "bal --budget expenses -p 2026-01 --flat -E -O csv").expect("it ran before");
        assert!(budget.contains(r#""expenses:Home:Food","80.00 EUR","120.50 EUR""#), "{budget}");
        assert!(budget.contains(r#""expenses:Home:Rent","","500.00 EUR""#), "{budget}");
        let later = hledger(&whole, "bal --budget expenses -p 2026-02 --flat -E -O csv").expect("it ran before");
        assert!(!later.contains("500.00 EUR"), "{later}");
        let ahead = hledger(&whole, "bal expenses --forecast=2026-01-16..2026-12-31 --flat -O csv").expect("it ran before");
        assert!(!ahead.contains("expenses:Home:Rent"), "{ahead}");
    }
}

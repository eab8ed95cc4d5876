//! `export`: a journal that hledger itself accepts in its strict mode and reads the same figures from; the same text
//! from both databases; files whole or not at all.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "whether hledger may be missing comes from the environment; its lack is told"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::support::{Sandbox, on_both_databases};
use crate::typed::{Typed, says, shell, text};

/// What hledger says of a journal; none where it is not installed, which CI does not allow.
fn hledger(journal: &Path, args: &str) -> Option<String> {
    let mut command = Command::new("hledger");
    command.arg("-f").arg(journal).args(args.split(' ')).env("LANG", "C.UTF-8").env_remove("LEDGER_FILE");
    let output = match command.stdin(Stdio::null()).output() {
        Ok(output) => output,
        Err(error) => {
            assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "hledger cannot be run: {error}");
            eprintln!("not run: hledger cannot be run: {error}");
            return None;
        }
    };
    let (said, told) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "`hledger {args}` refused the journal: {told}");
    Some(said.into_owned())
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

/// Makes a demo and its journal; the flag that opens the demo.
fn demo(s: &Sandbox, journal: &Path) -> String {
    let place = if s.is_postgres() { s.database_url() } else { s.path("demo.db").display().to_string() };
    // The sandbox's variable would make it the own book.
    let own = [("GROAT_DATABASE_URL", "sqlite:own.db")];
    s.groat_with("", &own, ["demo", "--db", &place, "--currency", "EUR"]).ok();
    let book = format!("--db '{place}'");
    s.ok(&format!("{book} export -O hledger -o '{}'", journal.display()));
    book
}

on_both_databases! {
    fn hledger_agrees_on_a_demo_to_the_cent(s: &Sandbox) {
        let journal = &s.path("demo.journal");
        let book = &demo(s, journal);
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
        let journal = &s.path("demo.journal");
        let book = &demo(s, journal);
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
        let journal = s.path("here.journal");
        let book = demo(s, &journal);
        let other = Sandbox::sqlite();
        let there = other.path("there.journal");
        demo(&other, &there);
        let read = |path: &Path| std::fs::read_to_string(path).expect("the journal was written");
        let text = read(&journal);
        assert_eq!(text, read(&there));
        assert_eq!(text, s.ok(&format!("{book} export -O hledger")).stdout);
        assert_eq!(text.lines().filter(|line| line.starts_with("20")).count(), 2_000);
    }

    fn names_and_remarks_that_a_journal_would_misread_are_made_safe(s: &Sandbox) {
        for line in [
            "init --currency EUR --account Checking",
            "account add 'Visa; gold' --kind card",
            "account add Travel --currency USD --off-budget --balance 50",
            "account add 'Old; loan' --kind loan --off-budget --balance -1000",
            "account add 'Old, loan' --kind loan",
            "category add 'a; b' --group 'Odd  ones'",
            "category add 'a, b' --group 'Odd ones'",
            "category add Unknown --group Income --kind income",
            "add 12.50 '(Bar) | Grill ; co' -c 'odd ones/a; b' -m '* and ! = [2020-01-01]; date:2020-13-45' -t date -t 'two words' -a 'visa; gold'",
            "add 3 '! =2020' -c 'odd ones/a, b' -a checking",
            "add 4 'Łódź 寿司' -c none -m 'x | y' -a checking",
            "add +7 -c none -a checking finder",
            "add +8 -c unknown -a checking finder",
            "add 20 museum -c 'a; b' -a travel --value 18.20",
            "add 5 metro -c none -a travel",
            "transfer 30 checking travel --received 33.50",
            "transfer 200 checking 'old; loan' -c 'a, b'",
            "transfer 10 checking 'visa; gold'",
            "add 30 market -a checking --split 'a; b=10' --split 'a, b=20'",
        ] {
            s.ok(line);
        }
        let journal = s.path("odd.journal");
        s.ok("export -O hledger -o odd.journal");
        let Some(said) = hledger(&journal, "check -s") else { return };
        assert_eq!(said, "");
        let theirs = hledger(&journal, "bal assets liabilities -N --flat").expect("it ran before");
        let lines: Vec<String> =
            theirs.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        let rows = s.json("balance");
        for row in rows["accounts"].as_array().expect("a list") {
            let shown = format!("{} {}", text(&row["balance"]), text(&row["currency"]));
            if text(&row["balance"]) != "0.00" {
                assert!(lines.iter().any(|line| line.starts_with(&format!("{shown} "))), "{shown} in {lines:#?}");
            }
        }
        assert_eq!(lines.len(), 4, "{lines:#?}");
        let spent = s.json("report -p all");
        let theirs = hledger(&journal, "bal expenses --depth 1 -N").expect("it ran before");
        // What went out without a value in the book's currency is left in its own.
        let ours = format!("{} EUR", text(&spent["total"]));
        assert!(theirs.contains(&ours) && theirs.contains("5.00 USD"), "{ours} in {theirs}");
        let kept = hledger(&journal, "payees").expect("it ran before");
        for name in ["(Bar) / Grill , co", "! =2020", "Łódź 寿司"] {
            assert!(kept.lines().any(|line| line == name), "{name} in {kept}");
        }
        let tags = hledger(&journal, "tags").expect("it ran before");
        for name in ["date-", "two-words"] {
            assert!(tags.lines().any(|line| line == name), "{name} in {tags}");
        }
    }
}

#[test]
fn a_query_says_what_is_exported() {
    let s = Sandbox::sqlite();
    s.ok("demo demo.db -L 1200");
    for query in
        ["date:2025-11", "'amt:>50' cat:food", "not is:transfer tag:shared or payee:/stadt/", "nowhere"]
    {
        let count = s.json(&format!("--db demo.db list {query} -L 1"))["total"].clone();
        let journal = s.ok(&format!("--db demo.db export {query} -O hledger")).stdout;
        let entries = journal.lines().filter(|line| line.starts_with("20")).count();
        assert_eq!(count, entries, "{query}");
    }
    s.fails(2, "--db demo.db export 'amt:>' -O hledger -o x.journal");
    s.fails(3, "--db demo.db export cat:nothing -O hledger -o x.journal");
    assert!(!s.path("x.journal").exists());
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let s = Sandbox::sqlite();
    s.ok("add 3 coffee");
    let path = s.write("book.journal", "what was there");
    std::os::unix::fs::symlink("book.journal", s.path("link")).expect("a link can be made");
    s.ok("export -O hledger -o link");
    let written = std::fs::read_to_string(&path).expect("the journal was written");
    assert!(written.contains("coffee") && s.path("link").is_symlink(), "{written}");
    s.execute("DROP TABLE postings");
    s.fails(5, "export -O hledger -o book.journal");
    assert_eq!(std::fs::read_to_string(&path).expect("it is there"), written);
    let left = std::fs::read_dir(s.path("")).expect("the folder can be read").count();
    assert_eq!(left, 2, "nothing half written is left");
}

#[test]
fn where_nothing_can_be_written_is_an_error() {
    let s = Sandbox::sqlite();
    s.ok("add 3 coffee");
    s.fails(1, "export -O hledger -o no/such/folder.journal");
    s.fails(1, "export -O hledger -o .");
    let run = s.ok("export -O hledger -o /dev/stdout");
    assert!(run.stdout.contains("coffee"));
    let dry = s.ok("export -O hledger -o dry.journal -n");
    assert!(dry.stdout.is_empty() && !s.path("dry.journal").exists());
}

#[test]
fn a_closed_pipe_is_no_error() {
    let s = Sandbox::sqlite();
    s.ok("demo demo.db -L 3000");
    let script = r#"{ "$0" "$@"; echo "code $?" >&2; } | head -1"#;
    let output = shell(&s, script, "--db demo.db export -O hledger").output().expect("there is a shell");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "code 0\n");
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 1);
}

#[test]
fn formats_are_told_apart_from_those_of_answers() {
    let s = Sandbox::sqlite();
    for line in ["export", "export -O csv", "export -O ledger", "list -O hledger", "-O hledger"] {
        s.fails(2, line);
    }
    says(&s.fails(2, "export"), &["hledger"]);
    says(&s.fails(2, "export -O ledger"), &["formats of export are hledger"]);
    says(&s.fails(2, "list -O hledger"), &["tsv or markdown"]);
    assert_eq!(s.ok("-O hledger export").stdout, s.ok("export -O hledger").stdout);
    let help = s.ok("export --help").stdout;
    assert!(help.contains("What to write: hledger") && !help.contains("jsonl"), "{help}");
    says(&s.fails(2, "export -O csv"), &["hledger", "groat list"]);
    // As from an empty book.
    let run = s.ok("export -O hledger");
    assert!(run.stdout.starts_with("; a groat book") && s.has_no_book(), "{}", run.stdout);
}

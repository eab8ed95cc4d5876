//! `export -O ledger` and `-O beancount`, and of all journals what is hard to write: the real programs accept the files
//! in their strictest modes and have the same balances for each account and category.

use std::collections::BTreeMap;
use std::path::Path;

use crate::export_books::{balances, demo, export, nasty, read, spent};
use crate::support::{Sandbox, on_both_databases, programs};
use crate::typed::Typed;

/// Amounts by the names that a journal has for accounts or categories.
type Figures = BTreeMap<String, String>;

/// What ledger says of a journal; only in the book's currency, if that is asked for.
fn ledger(journal: &Path, accounts: &[&str], is_own: bool) -> Option<Figures> {
    let before = ["--args-only", "--strict", "--pedantic", "-f"];
    let format = "%(account)\t%(scrub(display_total))\n";
    let mut args = vec!["balance", "--flat", "--empty", "--no-total", "--format", format];
    if is_own {
        args.extend(["--limit", "commodity == \"EUR\""]);
    }
    args.extend(accounts);
    let said = programs::ask("ledger", &before, journal, &args)?;
    let cells = said.lines().map(|line| line.split_once('\t').expect("two cells"));
    Some(
        cells
            .map(|(name, amount)| (name.to_owned(), amount.to_owned()))
            .filter(|(_, amount)| amount != "0")
            .collect(),
    )
}

/// The same of hledger.
fn hledger(journal: &Path, accounts: &[&str], is_own: bool) -> Option<Figures> {
    let mut args = vec!["balance", "--flat", "--no-total", "-O", "tsv"];
    args.extend(accounts);
    args.extend(is_own.then_some("cur:EUR"));
    programs::ask("hledger", &["-f"], journal, &["check", "-s"])?;
    // hledger 1.25 knows no tsv: no name here has a quote that would be doubled but one, which is undone.
    args[4] = "csv";
    let said = programs::ask("hledger", &["-f"], journal, &args)?;
    let cells = said.lines().skip(1).filter_map(|line| line.trim_matches('"').split_once("\",\""));
    Some(cells.map(|(name, amount)| (name.replace("\"\"", "\""), amount.to_owned())).collect())
}

/// Lets bean-check compare the balances.
fn assert_beancount_has(s: &Sandbox, ledger: &Path, figures: &Figures) {
    let claims = |figures: &mut dyn Iterator<Item = (&String, String)>| {
        figures.map(|(name, figure)| format!("2026-01-16 balance {name}  {figure}\n")).collect::<String>()
    };
    let exactly = |figure: &String| figure.replacen(' ', " ~ 0.0001 ", 1);
    let true_ones = claims(&mut figures.iter().map(|(name, figure)| (name, exactly(figure))));
    let path = s.write("claims.beancount", read(ledger) + &true_ones);
    if programs::ask("bean-check", &[], &path, &[]).is_none() {
        return;
    }
    // Each of them is compared indeed.
    let false_ones = claims(
        &mut figures
            .iter()
            .map(|(name, figure)| (name, format!("1{}", exactly(figure).trim_start_matches('-')))),
    );
    let path = s.write("claims.beancount", read(ledger) + &false_ones);
    let told = programs::refusal("bean-check", &[], &path, &[]);
    assert_eq!(told.matches("Balance failed").count(), figures.len(), "{told}");
}

/// The figures of the book under the names of a journal, without the empty ones.
fn named(figures: &Figures, named: impl Fn(&str) -> String) -> Figures {
    let figures = figures.iter().filter(|(_, amount)| !amount.starts_with("0.00 "));
    figures.map(|(name, amount)| (named(name), amount.clone())).collect()
}

/// `Food/Eating out` as beancount has it.
fn dashed(name: &str) -> String {
    let parts = name.split(':').map(|part| part[..1].to_uppercase() + &part[1..].replace(' ', "-"));
    parts.collect::<Vec<_>>().join(":")
}

on_both_databases! {
    fn ledger_and_beancount_agree_on_a_demo_to_the_cent(s: &Sandbox) {
        let book = &demo(s);
        let root = |name: &str| format!("{}:{name}", if name == "Credit card" { "liabilities" } else { "assets" });
        let held = named(&balances(s, book), root);
        let spent = named(&spent(s, book), |name| format!("expenses:{name}"));
        assert_eq!((held.len(), spent.len() > 30), (5, true));

        let journal = &export(s, book, "ledger");
        if let Some(theirs) = ledger(journal, &["^assets", "^liabilities"], false) {
            assert_eq!(theirs, held);
            assert_eq!(ledger(journal, &["^expenses"], false).expect("it ran before"), spent);
        }
        let both = held.into_iter().chain(spent).map(|(name, figure)| (dashed(&name), figure)).collect();
        let exported = &export(s, book, "beancount");
        assert_beancount_has(s, exported, &both);

        let other = Sandbox::sqlite();
        let there = &demo(&other);
        for (format, path) in [("ledger", journal), ("beancount", exported)] {
            assert_eq!(read(path), read(&export(&other, there, format)), "the same from both databases");
        }
    }

    fn texts_that_a_journal_would_misread_are_made_safe(s: &Sandbox) {
        nasty(s);
        let (held, spent) = (balances(s, ""), spent(s, ""));
        let in_journals = |table: &[[&str; 3]], name: &str, column: usize| {
            let row = table.iter().find(|row| row[0] == name);
            row.unwrap_or_else(|| panic!("`{name}` is not in the table"))[column].to_owned()
        };
        for (format, column) in [("hledger", 1), ("ledger", 1), ("beancount", 2)] {
            let ours = named(&held, |name| in_journals(&ACCOUNTS, name, column));
            let ours_spent = named(&spent, |name| in_journals(&CATEGORIES, name, column));
            assert_eq!((ours.len(), ours_spent.len()), (9, 7), "{ours:#?} {ours_spent:#?}");
            let journal = &export(s, "", format);
            let theirs = match format {
                "beancount" => {
                    assert_beancount_has(s, journal, &ours.into_iter().chain(ours_spent).collect());
                    continue;
                }
                "ledger" => ledger(journal, &["^assets", "^liabilities"], false).zip(ledger(journal, &["^expenses"], true)),
                _ => hledger(journal, &["assets", "liabilities"], false).zip(hledger(journal, &["expenses"], true)),
            };
            if let Some((theirs, theirs_spent)) = theirs {
                assert_eq!(theirs, ours, "{format}");
                assert_eq!(theirs_spent, ours_spent, "{format}");
            }
        }
    }

    fn a_price_that_is_no_whole_number_of_yen_balances(s: &Sandbox) {
        for line in [
            "init --currency JPY --account Checking",
            "account add Travel --currency USD --off-budget",
            "income 100000 salary -a checking",
            "transfer 3001 checking travel --received 30.07",
            "transfer 1 checking travel --received 7000.03",
            "add 7.77 museum -c art -a travel --value 1000",
            "add 0.01 gum -c art -a travel --value 1",
        ] {
            s.ok(line);
        }
        let figures = [("Assets:Checking", "96998 JPY"), ("Assets:Travel", "7022.32 USD"), ("Expenses:General:Art", "1001 JPY")];
        let figures: Figures = figures.map(|(name, figure)| (name.to_owned(), figure.to_owned())).into();
        assert_beancount_has(s, &export(s, "", "beancount"), &figures);
        let lower = figures.into_iter().map(|(name, figure)| (name.replace("Assets", "assets").replace("Expenses", "expenses"), figure));
        let (lower, accounts): (Figures, _) = (lower.collect(), ["assets", "expenses"]);
        assert!(hledger(&export(s, "", "hledger"), &accounts, false).is_none_or(|theirs| theirs == lower));
        assert!(ledger(&export(s, "", "ledger"), &accounts, false).is_none_or(|theirs| theirs == lower));
    }

    fn what_a_journal_can_say_is_kept(s: &Sandbox) {
        nasty(s);
        for (format, lines) in [
            ("hledger", &[
                r#"2026-01-15 * (6) ! =2020 | one two three four five"#,
                r#"    assets:Travel                             -20.00 USD @@ 18.20 EUR"#,
            ][..]),
            ("ledger", &[
                r#"    ; note: * and ! = (2020-01-01); date:2020-13-45 :x: Payee: y"#,
                r#"    ; :two-words:"#,
                r#"    ; :Payee-:"#,
                r#"    ; note: one two three four five"#,
            ]),
            ("beancount", &[
                r#"2026-01-15 ! "(Bar) | Grill ; co" "* and ! = [2020-01-01]; date:2020-13-45 :x: Payee: y" #a-b-c #date #Payee #two-words #zo-w #tag"#,
                r#"  name: "= 1:x | \"y\" \\ z""#,
                r#"2026-01-15 ! "=HYPERLINK(1)" "@x""#,
                r#"      date: 2026-01-12"#,
            ]),
        ] {
            let file = read(&export(s, "", format));
            for line in lines {
                assert!(file.lines().any(|own| own == *line), "{line} in {format}:\n{file}");
            }
        }
        let Some(said) = programs::ask("hledger", &["-f"], &s.path("book.hledger"), &["payees"]) else { return };
        for name in ["(Bar) / Grill , co", "! =2020", "Łódź: 寿司/🍣"] {
            assert!(said.lines().any(|line| line == name), "{name} in {said}");
        }
    }
}

/// Accounts in the book, in journals, in beancount.
const ACCOUNTS: [[&str; 3]; 10] = [
    ["Checking", "assets:Checking", "Assets:Checking"],
    ["Visa; gold", "liabilities:Visa, gold", "Liabilities:Visa-gold"],
    [r#"Bar & <Grill> "x" [y]"#, r#"assets:Bar & <Grill> "x" [y]"#, "Assets:Bar-Grill-x-y"],
    ["Old; loan", "liabilities:Old, loan 2", "Liabilities:Old-loan-2"],
    ["Travel", "assets:Travel", "Assets:Travel"],
    ["Tokyo", "assets:Tokyo", "Assets:Tokyo"],
    ["Kuwait", "assets:Kuwait", "Assets:Kuwait"],
    ["寿司 =1+1", "assets:寿司 =1+1", "Assets:X寿司-1-1"],
    [
        "an account with a name that is much longer than any bank would ever give it",
        "assets:an account with a name that is much longer than any bank would ever give it",
        "Assets:An-account-with-a-name-that-is-much-longer-than-any-bank-would-ever-give-it",
    ],
    ["Empty", "assets:Empty", "Assets:Empty"],
];

/// The same of categories.
const CATEGORIES: [[&str; 3]; 7] = [
    ["Odd ones:a; b", "expenses:Odd ones:a, b", "Expenses:Odd-ones:A-b"],
    ["Odd ones:a, b", "expenses:Odd ones:a, b 2", "Expenses:Odd-ones:A-b-2"],
    ["Odd ones:Ab c", "expenses:Odd ones:Ab c", "Expenses:Odd-ones:Ab-c"],
    ["Odd ones:Ab (c)", "expenses:Odd ones:Ab (c)", "Expenses:Odd-ones:Ab-c-2"],
    ["[Brackets]:「おでん」", "expenses:[Brackets]:「おでん」", "Expenses:Brackets:Xおでん"],
    [r#"= 1:x | "y" \ z"#, r#"expenses:= 1:x | "y" \ z"#, "Expenses:1:X-y-z"],
    ["unknown", "expenses:unknown", "Expenses:Unknown"],
];

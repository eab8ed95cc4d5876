//! `export -O qif` and `-O ofx`: every posting once, under its account and on its day, with sums that are the balances.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::export_books::{balances, demo, export, nasty, objects, read};
use crate::support::{Sandbox, on_both_databases};
use crate::typed::{Typed, text};

/// What stands in an account: on which day, how much, by which transaction.
type Standing = BTreeMap<String, Vec<(String, Decimal)>>;

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a plain number")
}

/// What `list` says stands in each account: the legs of a transaction on one day are one.
fn listed(s: &Sandbox, book: &str) -> Standing {
    let mut all: BTreeMap<(String, String, String), Decimal> = BTreeMap::new();
    for transaction in objects(&s.json(&format!("{book} list -L 0"))["transactions"]) {
        for posting in objects(&transaction["postings"]) {
            let key = (text(&posting["account"]), text(&posting["date"]), text(&transaction["id"]));
            *all.entry(key).or_default() += decimal(&text(&posting["amount"]));
        }
    }
    let mut standing = Standing::new();
    for ((account, date, _), amount) in all {
        standing.entry(account).or_default().push((date, amount));
    }
    sorted(standing)
}

fn sorted(mut standing: Standing) -> Standing {
    standing.values_mut().for_each(|rows| rows.sort());
    standing.retain(|_, rows| !rows.is_empty());
    standing
}

/// The accounts of a QIF file, each with its records; a record is its fields.
fn qif(file: &str) -> Vec<(String, Vec<Vec<&str>>)> {
    let mut accounts: Vec<(String, Vec<Vec<&str>>)> = Vec::new();
    let mut record: Vec<&str> = Vec::new();
    let mut is_head = false;
    for line in file.lines() {
        match line {
            "!Option:AutoSwitch" => {}
            "!Account" => is_head = true,
            "^" if is_head => accounts.push((std::mem::take(&mut record)[0][1..].to_owned(), Vec::new())),
            "^" => accounts.last_mut().expect("a head").1.push(std::mem::take(&mut record)),
            line if line.starts_with("!Type:") => is_head = false,
            line => {
                assert!("DTCPMLSE$N".contains(&line[..1]), "{line}");
                record.push(line);
            }
        }
    }
    assert!(record.is_empty(), "the last record is whole");
    accounts
}

fn field<'a>(record: &[&'a str], letter: char) -> Option<&'a str> {
    record.iter().find_map(|line| line.strip_prefix(letter))
}

/// What stands between two tags, of each element of that name.
fn elements<'a>(xml: &'a str, name: &str) -> Vec<&'a str> {
    let (begin, end) = (format!("<{name}>"), format!("</{name}>"));
    xml.split(&begin).skip(1).map(|part| part.split(&end).next().expect("a part")).collect()
}

/// Asserts of both formats that they hold what `list` and `balance` say. `short` is what OFX calls an account.
fn assert_whole(s: &Sandbox, book: &str) {
    let listed = listed(s, book);
    let in_qif = read(&export(s, book, "qif"));
    let mut own = Standing::new();
    for (account, records) in qif(&in_qif) {
        let rows = records.iter().map(|record| {
            let amount = decimal(field(record, 'T').expect("an amount"));
            let parts: Vec<Decimal> =
                record.iter().filter_map(|line| line.strip_prefix('$')).map(decimal).collect();
            assert!(parts.is_empty() || parts.iter().sum::<Decimal>() == amount, "{record:?}");
            (field(record, 'D').expect("a day").to_owned(), amount)
        });
        own.insert(account, rows.collect());
    }
    let bracketed = |name: &String| name.replace('[', "(").replace(']', ")");
    assert_eq!(sorted(own), listed.iter().map(|(name, rows)| (bracketed(name), rows.clone())).collect());

    let in_ofx = read(&export(s, book, "ofx"));
    let short = |name: &str| name.chars().take(19).collect::<String>().trim_end().to_owned();
    let mut own = Standing::new();
    let mut held = BTreeMap::new();
    let mut ids = BTreeSet::new();
    let statements = [elements(&in_ofx, "STMTRS"), elements(&in_ofx, "CCSTMTRS")].concat();
    for statement in statements {
        let one = |name: &str| elements(statement, name)[0].to_owned();
        let rows = elements(statement, "STMTTRN").into_iter().map(|row| {
            let day = elements(row, "DTPOSTED")[0];
            assert!(ids.insert(elements(row, "FITID")[0]), "{row} is there twice");
            assert!(elements(row, "NAME").iter().all(|name| unescaped(name).chars().count() <= 32), "{row}");
            let date = format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]);
            (date, decimal(elements(row, "TRNAMT")[0]))
        });
        let account = unescaped(&one("ACCTID"));
        own.insert(account.clone(), rows.collect());
        held.insert(account, format!("{} {}", one("BALAMT"), one("CURDEF")));
    }
    assert_eq!(sorted(own), listed.iter().map(|(name, rows)| (short(name), rows.clone())).collect());
    assert_eq!(held, balances(s, book).into_iter().map(|(name, balance)| (short(&name), balance)).collect());
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

on_both_databases! {
    fn every_posting_is_there_once(s: &Sandbox) {
        let book = demo(s);
        assert_whole(s, &book);
        let other = Sandbox::sqlite();
        let there = demo(&other);
        for format in ["qif", "ofx"] {
            let here = s.ok(&format!("{book} export -O {format}")).stdout;
            assert_eq!(here, other.ok(&format!("{there} export -O {format}")).stdout, "{format}");
        }
    }

    fn whatever_texts_currencies_and_days_there_are(s: &Sandbox) {
        nasty(s);
        assert_whole(s, "");
    }

    fn qif_tells_categories_transfers_splits_and_status(s: &Sandbox) {
        nasty(s);
        let file = read(&export(s, "", "qif"));
        for record in [
            "D2026-01-15\nT-3.00\nCX\nP! =2020\nMone two three four five\nLOdd ones:a, b\n^\n",
            "D2026-01-15\nT-20.00\nPmuseum\nM:a: b:: =c\nLOdd ones:a; b\n^\n",
            "D2026-01-12\nT-2.02\nP=HYPERLINK(1)\nM@x\nLOdd ones:Ab c\n^\n",
            "D2026-01-15\nT-30.00\nPmarket\nLOdd ones:a; b\nSOdd ones:a; b\n$-10.00\nSOdd ones:a, b\n\
             EInvoice: 12 [2020-13-45] date:x \"q\" ^\n$-20.00\n^\n",
            "D2026-01-15\nT-10.00\nPhalf\nLOdd ones:a; b\n^\n",
            "D2026-01-14\nT4.00\nC*\nPhalf\n^\n",
            "D2026-01-15\nT-10.00\nMa note; [x]\nL[Visa; gold]\n^\n",
            "D2026-01-13\nT10.00\nC*\nMa note; [x]\nL[Checking]\n^\n",
            "D2026-01-15\nT-200.00\nL[Old; loan]\n^\n",
            "D2026-01-15\nT4999\nL[Checking]\n^\n",
            "D2026-01-15\nT-1.01\nC*\nP<b>&amp; \"Q\" \\ ]]>\nM</STMTTRN>\nL= 1:x - \"y\" \\ z\n^\n",
        ] {
            assert!(file.contains(record), "{record} in {file}");
        }
        assert!(file.contains("!Account\nNVisa; gold\nTCCard\nDEUR\n^\n!Type:CCard\n"), "{file}");
    }

    fn ofx_tells_who_and_why(s: &Sandbox) {
        nasty(s);
        let file = read(&export(s, "", "ofx"));
        for part in [
            "<NAME>nobody has a name that is so lon</NAME>\
             <MEMO>nobody has a name that is so long that it fits on no line of a statement of any bank</MEMO>",
            "<NAME>&lt;b&gt;&amp;amp; \"Q\" \\ ]]&gt;</NAME><MEMO>&lt;/STMTTRN&gt;</MEMO>",
            "<TRNTYPE>XFER</TRNTYPE><DTPOSTED>20260113</DTPOSTED><TRNAMT>10.00</TRNAMT>",
            "<NAME>from Checking</NAME><MEMO>a note; [x]</MEMO>",
            "<NAME>to Visa; gold</NAME>",
            "<CURDEF>JPY</CURDEF>",
            "<CCACCTFROM><ACCTID>Visa; gold</ACCTID></CCACCTFROM>",
        ] {
            assert!(file.contains(part), "{part} in {file}");
        }
        assert!(elements(&file, "MEMO").iter().all(|memo| unescaped(memo).chars().count() <= 255));
    }

    fn a_part_has_the_accounts_that_fit_and_true_balances(s: &Sandbox) {
        nasty(s);
        let file = s.ok("export payee:museum or payee:market or payee:finder -O ofx").stdout;
        assert_eq!(elements(&file, "STMTTRN").len(), 4);
        assert_eq!(elements(&file, "BANKTRANLIST").len(), 2);
        assert!(file.contains(&format!("<BALAMT>{}</BALAMT>", balances(s, "")["Travel"].trim_end_matches(" USD"))));
        // What is asked of a transaction is not asked of each of its legs.
        let file = s.ok("export 'out:>25' is:transfer -O qif").stdout;
        let all = s.json("list 'out:>25' is:transfer -L 0");
        let legs: usize = objects(&all["transactions"]).map(|row| objects(&row["postings"]).len()).sum();
        assert_eq!(file.matches("\nL[").count(), legs, "{file}");
    }
}

//! Three months of a real bank's rows, in its own CSV and as OFX, overlapping, with typed entries in between: in
//! whichever order the files come, and come again, the book is the same, agrees with the bank, and says why.

use chrono::{Days, Months, NaiveDate};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::support::{Sandbox, on_both_databases};

const SAMPLE: &str = "csv/leolabs__you-need-a-parser/Transaktioner_2019-10-12_14-57-29.csv";
const ACCOUNT: &str = "83519-0036110559";

/// A row of the bank's.
#[derive(Clone)]
struct Paid {
    day: NaiveDate,
    who: String,
    what: String,
    amount: Decimal,
}

/// The sample's fortnight, and the same again in the two months behind it; oldest first.
fn paid() -> Option<Vec<Paid>> {
    let bytes = std::fs::read(super::samples()?.join(SAMPLE)).expect("the sample can be read");
    // The bank writes Latin-1.
    let text: String = bytes.into_iter().map(char::from).collect();
    let rows = text.lines().skip(2).map(|line| {
        let cells: Vec<&str> = line.split(',').map(|cell| cell.trim_matches('"')).collect();
        Paid {
            day: cells[5].parse().expect("a day"),
            who: cells[8].to_owned(),
            what: cells[9].to_owned(),
            amount: cells[10].parse().expect("an amount"),
        }
    });
    let fortnight: Vec<Paid> = rows.collect();
    assert_eq!(fortnight.len(), 28, "the sample has 28 rows");
    let mut all: Vec<Paid> = (0..3)
        .flat_map(|month| {
            fortnight.iter().cloned().map(move |row| Paid { day: row.day + Months::new(month), ..row })
        })
        .collect();
    all.sort_by_key(|row| row.day);
    Some(all)
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// What was in the account at the end of a day.
fn held(all: &[Paid], at: NaiveDate) -> Decimal {
    all.iter().filter(|row| row.day <= at).map(|row| row.amount).sum()
}

/// The rows from a day to another, as the bank's own CSV: newest first, with the balance after each.
fn csv(all: &[Paid], from: NaiveDate, to: NaiveDate) -> String {
    let mut balance = Decimal::ZERO;
    let mut rows = Vec::new();
    for Paid { day, who, what, amount } in all {
        balance += *amount;
        if (from..=to).contains(day) {
            rows.push(format!(
                "{{n}},83519,0036110559,\"Privatkonto\",SEK,{day},{day},{day},\"{who}\",\"{what}\",{amount},{balance}\n"
            ));
        }
    }
    let rows = rows.iter().rev().zip(1..).map(|(row, n): (_, u32)| row.replace("{n}", &n.to_string()));
    format!(
        "* Transaktioner Period {from}–{to} Skapad {to} 14:57 CEST\nRadnummer,Clearingnummer,Kontonummer,Produkt,Valuta,\
         Bokföringsdag,Transaktionsdag,Valutadag,Referens,Beskrivning,Belopp,Bokfört saldo\n{}",
        rows.collect::<String>()
    )
}

/// The same as OFX, with the bank's numbers and the balance at its end.
fn ofx(all: &[Paid], from: NaiveDate, to: NaiveDate) -> String {
    let plain = |day: NaiveDate| day.format("%Y%m%d").to_string();
    let rows: String = all
        .iter()
        .enumerate()
        .filter(|(_, row)| (from..=to).contains(&row.day))
        .map(|(n, Paid { day, who, what, amount })| {
            let who = who.replace('&', "&amp;");
            format!(
                "<STMTTRN><TRNTYPE>OTHER<DTPOSTED>{}<TRNAMT>{amount}<FITID>S{n}<NAME>{who}<MEMO>{what}</STMTTRN>\n",
                plain(*day)
            )
        })
        .collect();
    format!(
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:UTF-8\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>SEK\
         <BANKACCTFROM><BANKID>83519<ACCTID>{ACCOUNT}<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>{rows}</BANKTRANLIST>\
         <LEDGERBAL><BALAMT>{}<DTASOF>{}</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n",
        held(all, to),
        plain(to)
    )
}

/// What the user typed of the bank's rows: which one, how many days earlier, and for what. Their amounts come once a
/// month, so that it is clear what belongs together.
fn typed(all: &[Paid]) -> Vec<(usize, u64, &'static str)> {
    let once = |row: &Paid| all.iter().filter(|other| other.amount == row.amount).count() == 3;
    let places: Vec<usize> = (0..all.len()).filter(|place| once(&all[*place])).collect();
    [(2, 2, "food"), (20, 0, "fun"), (25, 1, "food"), (40, 3, "fun")]
        .map(|(nth, earlier, category)| (places[nth], earlier, category))
        .to_vec()
}

fn type_in(s: &Sandbox, row: &Paid, earlier: u64, category: &str) {
    let (day, amount) = ((row.day - Days::new(earlier)).to_string(), row.amount.abs().to_string());
    assert!(row.amount.is_sign_negative(), "only spending is typed here");
    s.groat(["add", &amount, &row.who, "-a", "checking", "-d", &day, "-c", category, "-m", "typed"]).ok();
}

/// Day and amount of every transaction, as the bank has them.
fn book(s: &Sandbox) -> Vec<String> {
    let list = s.groat(["list", "-L", "0", "--json"]).ok().json();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let postings = list["transactions"].as_array().expect("a list").iter().map(|one| &one["postings"][0]);
    let mut all: Vec<String> = postings
        .map(|posting| {
            format!("{} {} {}", text(&posting["date"]), text(&posting["amount"]), text(&posting["status"]))
        })
        .collect();
    all.sort();
    all
}

const MONTHS: [(&str, &str); 3] =
    [("2019-10-01", "2019-11-05"), ("2019-10-20", "2019-12-05"), ("2019-11-10", "2019-12-31")];

/// The CSV of a month, or behind those its OFX.
fn import(s: &Sandbox, all: &[Paid], file: usize) -> Value {
    let (from, to) = MONTHS[file % 3];
    let (from, to) = (day(from), day(to));
    let (name, text) = match file / 3 {
        0 => (format!("{to}.csv"), csv(all, from, to)),
        _ => (format!("{to}.ofx"), ofx(all, from, to)),
    };
    s.write(&name, text);
    let path = s.path(&name).display().to_string();
    s.groat(["import", &path, "-a", "checking", "--json"]).ok().json()
}

/// Imports the files in that order, each row typed before a file shows it, and everything again.
fn live(s: &Sandbox, all: &[Paid], order: [usize; 6]) {
    s.groat(["init", "--currency", "SEK", "--account", "Checking"]).ok();
    s.groat(["config", "set", "suggest", "false"]).ok();
    for name in ["Food", "Fun"] {
        s.groat(["category", "add", name]).ok();
    }
    let mut to_type = typed(all);
    for file in order {
        let (from, to) = MONTHS[file % 3];
        let shows = |(place, ..): &(usize, u64, &str)| (day(from)..=day(to)).contains(&all[*place].day);
        for (place, earlier, category) in to_type.extract_if(.., |typed| shows(typed)) {
            type_in(s, &all[place], earlier, category);
        }
        import(s, all, file);
    }
    for file in order {
        assert_eq!(import(s, all, file)["new"], 0, "file {file} again");
    }
}

/// The book against the bank: its rows once each, what was typed kept, and the balance.
fn agree(s: &Sandbox, all: &[Paid]) {
    let mut rows = all.to_vec();
    // What was typed keeps its day.
    typed(all)
        .into_iter()
        .for_each(|(place, earlier, _)| rows[place].day = all[place].day - Days::new(earlier));
    let mut expected: Vec<String> =
        rows.iter().map(|row| format!("{} {} cleared", row.day, row.amount)).collect();
    expected.sort();
    assert_eq!(book(s), expected);
    for (place, _, category) in typed(all) {
        let amount = format!("amt:={}", all[place].amount);
        let found = s.groat(["list", "note:typed", &amount, "-c", category, "--json"]).ok().json();
        assert_eq!(found["total"], 1, "{amount}");
    }
    let statement = held(all, day("2019-12-31")).to_string();
    let reconciled = s.groat(["reconcile", "checking", "--statement", &statement, "-d", "2019-12-31"]).ok();
    assert!(reconciled.stdout.contains("84 transactions locked"), "{}", reconciled.stdout);
    s.groat(["check", "reconcile"]).ok();
    s.groat(["db", "verify"]).ok();
}

/// All reasons that imports gave.
fn reasons(s: &Sandbox) -> String {
    let show = |batch: u32| s.groat(["import", "show", &batch.to_string()]).ok().stdout;
    (1..=12).map(show).collect()
}

on_both_databases! {
    fn the_first_order_of_files(s: &Sandbox) {
        let Some(all) = paid() else { return };
        live(s, &all, [0, 4, 2, 3, 1, 5]);
        agree(s, &all);
        let reasons = reasons(s);
        for reason in [
            "not seen before",
            "typed 2 days earlier",
            "typed on the same day",
            "already there from `2019-11-05.csv`",
            "same bank id, day and amount",
            "same day, amount and text",
        ] {
            assert!(reasons.contains(reason), "no row says `{reason}`:\n{reasons}");
        }
    }

    fn the_other_order_of_files(s: &Sandbox) {
        let Some(all) = paid() else { return };
        live(s, &all, [5, 1, 3, 0, 2, 4]);
        agree(s, &all);
    }
}

//! The OFX files of other projects' test suites, as `EXPECTED.tsv` has them.
//!
//! They are no part of the project: `import::shared` finds them.

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

use rust_decimal::Decimal;

use super::*;
use crate::import::shared;

/// The folder of the samples.
pub fn samples() -> Option<PathBuf> {
    shared::find("EXPECTED.tsv").and_then(|path| path.parent().map(PathBuf::from))
}

/// What is expected of each file of this format, in the order of the table.
fn expected(folder: &std::path::Path) -> BTreeMap<String, Vec<(String, String)>> {
    let mut expected = BTreeMap::<_, Vec<_>>::new();
    for line in std::fs::read_to_string(folder.join("EXPECTED.tsv")).unwrap().lines() {
        let [file, kind, value, ..] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
        if file.starts_with("ofx/") {
            expected.entry(file.to_owned()).or_default().push((kind.to_owned(), value.to_owned()));
        }
    }
    expected
}

fn normal(text: &str) -> String {
    text.parse::<Decimal>().map_or(text.to_owned(), |number| number.normalize().to_string())
}

fn first_word(text: &str) -> String {
    normal(text.split([' ', ',', ';', ':']).next().unwrap_or_default())
}

/// What was found of a kind, and what of its value can be compared with that; none where it says nothing of rows.
fn compared(kind: &str, value: &str, outcome: &Outcome) -> Option<(String, String)> {
    let Outcome { facts, lines, rejected } = outcome;
    let days = || lines.iter().map(|line| line.date);
    let day =
        |day: Option<chrono::NaiveDate>| day.map_or(String::new(), |day| day.format("%Y%m%d").to_string());
    let sum = || lines.iter().map(|line| line.amount).sum::<Decimal>().normalize().to_string();
    let count = |count: usize| (count.to_string(), first_word(value));
    let balances: Vec<_> =
        facts.balances.iter().map(|balance| balance.amount.normalize().to_string()).collect();
    Some(match kind {
        "count STMTTRN" => count(lines.len() + rejected.len()),
        "transactions"
        | "transactions with fail_fast=False"
        | "bank transactions inside investment statement" => count(lines.len()),
        "discarded entries" => count(rejected.len()),
        "transactions and sum by ofxparse 0.21" => (
            format!("{}, sum {}", lines.len(), sum()),
            value.split(", inv").next()?.replace(".50", ".5").replace(".00", ""),
        ),
        "sum TRNAMT" => (sum(), normal(value)),
        "first DTPOSTED" => (day(days().min()), value.to_owned()),
        "last DTPOSTED" => (day(days().max()), value.to_owned()),
        "STMTTRN with missing/empty FITID" => {
            count(lines.iter().filter(|line| line.bank_id.is_none()).count())
        }
        "LEDGERBAL" | "ledger balance" | "balance" if value.starts_with(['(', 'a']) => {
            (balances.concat(), String::new())
        }
        "LEDGERBAL" => (balances.join(" "), value.split(' ').map(normal).collect::<Vec<_>>().join(" ")),
        "ledger balance" | "balance" => (balances.concat(), first_word(value)),
        "currency" if value.contains(' ') => (facts.currencies.concat(), "AUD".to_owned()),
        "currency" => (facts.currencies.concat(), value.to_owned()),
        "account ids" => (facts.accounts.join(" | "), value.to_owned()),
        "account id" => (facts.accounts.concat(), value.split(" routing").next()?.to_owned()),
        "account" => (facts.accounts.concat(), value.split(' ').next()?.to_owned()),
        "account hint" => (facts.accounts.concat(), value.split(':').nth(1)?.to_owned()),
        "accounts" => (facts.accounts.len().to_string(), value.split(':').next()?.to_owned()),
        _ => return None,
    })
}

/// Where we differ on purpose: file, part of the kind, why. Of `data.ofx` the peer's count is compared and not its sum,
/// which the file has not.
const POLICY: [(&str, &str, &str); 3] = [
    ("date_missing.ofx", "sum TRNAMT", "rows without a sound day are rejected, not summed"),
    ("date_missing.ofx", "DTPOSTED", "likewise: no day is left"),
    ("ofx-v102-empty-tags.ofx", "by ofxparse", "the peer drops a row whose id is empty; a budget needs it"),
];

fn is_policy(file: &str, kind: &str) -> bool {
    POLICY.iter().any(|(name, part, _)| file.ends_with(name) && kind.contains(part))
}

#[test]
fn every_sample_loads_as_expected() {
    let Some(folder) = samples() else { return };
    let expected = expected(&folder);
    assert!(expected.len() >= 16, "{}", expected.len());
    let (mut failures, mut compared_count) = (Vec::new(), 0);
    for (file, kinds) in expected {
        let bytes = std::fs::read(folder.join(&file)).unwrap();
        let outcome = try_read(&bytes, &Options::default()).unwrap();
        for (kind, value) in kinds.iter().filter(|(kind, _)| !is_policy(&file, kind)) {
            let Some((found, wanted)) = compared(kind, value, &outcome) else { continue };
            compared_count += 1;
            if found != wanted {
                failures.push(format!("{file}: {kind}: {found}, expected {wanted}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(compared_count > 140, "{compared_count}");
}

fn sample(file: &str) -> Option<Outcome> {
    let path = shared::find(&format!("ofx/{file}"))?;
    Some(try_read(&std::fs::read(path).unwrap(), &Options::default()).unwrap())
}

#[test]
fn bank_medium_is_as_its_own_tests_say() {
    let Some(outcome) = sample("jseutter__ofxparse/bank_medium.ofx") else { return };
    assert_eq!(shown(&outcome)[0], "2009-04-01 -6.60 MCDONALD'S #112");
    let balance = &outcome.facts.balances[0];
    assert_eq!(balance.date.to_string(), "2009-05-23");
    assert_eq!(balance.account.as_deref(), Some("12300 000012345678"));
    assert_eq!(balance.currency.as_deref(), Some("CAD"));
}

#[test]
fn bank_rows_of_an_investment_statement_are_rows_and_trades_are_not() {
    let Some(outcome) = sample("jseutter__ofxparse/fidelity-savings.ofx") else { return };
    assert_eq!(shown(&outcome)[1], "2012-07-27 115.8331 TRANSFERRED FROM VS X10-08144");
    let first = &outcome.lines[0];
    assert_eq!(first.date.to_string(), "2012-07-20");
    assert_eq!(first.amount.to_string(), "-1500.0000");
    assert_eq!(first.bank_id.as_deref(), Some("X0000000000000000000001"));
    assert_eq!(first.memo.as_deref(), Some("check 0000001001"));
    let Some(outcome) = sample("jseutter__ofxparse/vanguard.ofx") else { return };
    let notes = [
        "1 trade is left out: investments are not kept",
        "2 holdings are left out: investments are not kept",
    ];
    assert_eq!(outcome.facts.notes, notes);
}

#[test]
fn names_and_memos_are_as_their_own_tests_say() {
    let Some(outcome) = sample("jseutter__ofxparse/suncorp.ofx") else { return };
    assert_eq!(shown(&outcome), ["2013-12-15 -16.85 EFTPOS WDL HANDYWAY ALDI STORE"]);
    let Some(outcome) = sample("skyengpro__actualbudget/8859-1.qfx") else { return };
    assert_eq!(shown(&outcome), ["2022-10-19 -20.00 Paiement facture/Carte prépayée"]);
    assert_eq!(outcome.lines[0].memo.as_deref(), Some("PWW"));
    assert_eq!(outcome.lines[0].bank_id.as_deref(), Some("wSoKuCS77"));
    let Some(outcome) = sample("annacruz__ofx/santander.ofx") else { return };
    assert_eq!(shown(&outcome)[0], "2017-09-01 -11.76 TARIFA REGISTRO TITULO");
    assert_eq!(shown(&outcome)[3], "2017-09-01 47.01 RESGATE AUT CONTAMAX EMPRESARIAL");
    let Some(outcome) = sample("annacruz__ofx/sample.ofx") else { return };
    assert_eq!(shown(&outcome)[0], "2009-10-09 -35.34 COMPRA VISA ELECTRON");
    assert_eq!(outcome.lines[1].bank_id.as_deref(), Some("200910162"));
    assert_eq!(outcome.facts.balances[0].date.to_string(), "2009-11-01");
}

/// The peer resolves entities twice and reads `TPAY <DEFTPYMT>`. Once is what the standard says: twice would make
/// tags of a text that has `&lt;` in it.
#[test]
fn entities_of_a_sample_are_resolved_once() {
    let Some(outcome) = sample("skyengpro__actualbudget/html-vals.qfx") else { return };
    assert_eq!(outcome.lines[1].payee.as_deref(), Some("TPAY &lt;DEFTPYMT&gt;"));
    let memo = "PREAUTHORIZED DEBIT;B.C. HYDRO & POWER AUTHORITY;Electronic Funds Transfer";
    assert_eq!(outcome.lines[0].memo.as_deref(), Some(memo));
    assert_eq!(outcome.lines[0].payee.as_deref(), Some("000000000000000"));
}

/// The peer drops the row for its empty id; a budget needs it, and keys tell it from others.
#[test]
fn an_empty_id_is_no_reason_to_drop_a_row() {
    let Some(outcome) = sample("jseutter__ofxparse/ofx-v102-empty-tags.ofx") else { return };
    assert_eq!(shown(&outcome), ["2018-05-07 12.34 CBA:Transfer"]);
    assert_eq!(outcome.lines[0].currency.as_deref(), Some("AUD"));
    assert!(outcome.facts.balances.is_empty());
}

#[test]
fn rows_without_a_sound_day_are_told_one_by_one() {
    let Some(outcome) = sample("jseutter__ofxparse/date_missing.ofx") else { return };
    let reasons = reasons(&outcome);
    assert!(reasons[0].ends_with("the date is missing"), "{reasons:?}");
    assert!(reasons[1].ends_with("the date is missing"), "{reasons:?}");
    assert!(reasons[2].ends_with("the date `20120231` cannot be read or does not exist"), "{reasons:?}");
    assert!(
        outcome
            .rejected
            .iter()
            .all(|row| row.text.starts_with("<STMTTRN>") && row.text.ends_with("</STMTTRN>"))
    );
}

#[test]
fn ids_of_a_sample_are_its_own() {
    let Some(outcome) = sample("skyengpro__actualbudget/data.ofx") else { return };
    assert_eq!(outcome.lines[0].bank_id.as_deref(), Some("00092990122-30.00019012312798.01"));
    let ids: HashSet<_> = outcome.lines.iter().map(|line| &line.bank_id).collect();
    assert_eq!(ids.len(), 10);
}

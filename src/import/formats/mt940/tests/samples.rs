//! The MT940 files of other projects' test suites: counts, sums and days as `EXPECTED.tsv` has them.
//!
//! They are no part of the project: `import::shared` finds them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rust_decimal::Decimal;

use super::*;
use crate::import::shared;

/// The folder of the samples.
pub fn samples() -> Option<PathBuf> {
    shared::find("EXPECTED.tsv").and_then(|path| path.parent().map(PathBuf::from))
}

/// What is expected of each MT940 file, by kind.
pub fn expected(folder: &Path) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut expected = BTreeMap::<_, BTreeMap<_, _>>::new();
    for line in std::fs::read_to_string(folder.join("EXPECTED.tsv")).unwrap().lines() {
        let [file, kind, value, ..] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
        if file.starts_with("mt940/") {
            expected.entry(file.to_owned()).or_default().insert(kind.to_owned(), value.to_owned());
        }
    }
    expected
}

fn sample(folder: &Path, file: &str) -> Outcome {
    try_read(&std::fs::read(folder.join(file)).unwrap(), &Options::default()).unwrap()
}

/// The value date stands in the row's own text, whatever the entry date says.
fn value_dates(outcome: &Outcome) -> Vec<&str> {
    outcome.lines.iter().map(|line| &line.raw[4..10]).collect()
}

/// What can be found out for a kind of expectation, in the table's words.
fn found(outcome: &Outcome, kind: &str) -> Option<String> {
    let sum: Decimal = outcome.lines.iter().map(|line| line.amount).sum();
    let statements =
        || outcome.facts.described.iter().find(|(what, _)| what == "statements").unwrap().1.clone();
    Some(match kind {
        "count :61:" | "transactions" => outcome.lines.len().to_string(),
        "signed sum :61:" => sum.normalize().to_string(),
        "first value date YYMMDD" => value_dates(outcome).into_iter().min()?.to_owned(),
        "last value date YYMMDD" => value_dates(outcome).into_iter().max()?.to_owned(),
        "statements" | "statements (:20:)" => statements(),
        "statements whose opening + entries = closing" => {
            let off = outcome.facts.notes.iter().filter(|note| note.contains("but it closes with")).count();
            format!("{} of {}", statements().parse::<usize>().unwrap() - off, statements())
        }
        "62F" => outcome.facts.balances.iter().map(balance).collect::<Vec<_>>().join(" | "),
        "transactions and sum by mt-940 5.1.1" => format!("{}, sum {}", outcome.lines.len(), sum.normalize()),
        _ => return None,
    })
}

fn balance(stated: &super::super::super::StatedBalance) -> String {
    let sign = if stated.amount.is_sign_negative() { "-" } else { "" };
    format!("{sign}{} {}", stated.currency.as_deref().unwrap(), stated.amount.abs().normalize())
}

/// The table's numbers without their zeros.
fn plain(value: &str) -> String {
    let word = |word: &str| {
        let (number, comma) = word.strip_suffix(',').map_or((word, ""), |number| (number, ","));
        let bare = number.strip_suffix('.').unwrap_or(number);
        let is_date = bare.len() == 6 && bare.bytes().all(|b| b.is_ascii_digit());
        match bare.parse::<Decimal>() {
            Ok(value) if !is_date => format!("{}{comma}", value.normalize()),
            _ => word.to_owned(),
        }
    };
    value.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// Expectations that the policy here answers otherwise, with the answer.
const POLICY: [(&str, &str, &str); 2] = [
    // An entry behind the message's end is in no statement: it is a row, and counts as a statement of its own that
    // has no balance; so the one statement before it adds up.
    ("self-provided-multiline.sta", "statements (:20:)", "2"),
    ("self-provided-multiline.sta", "statements whose opening + entries = closing", "2 of 2"),
];

#[test]
fn every_sample_loads_as_expected() {
    let Some(folder) = samples() else { return };
    let expected = expected(&folder);
    assert_eq!(expected.len(), 8);
    let (mut failures, mut checked) = (Vec::new(), 0);
    for (file, expected) in expected {
        let outcome = sample(&folder, &file);
        failures.extend(reasons(&outcome).iter().map(|reason| format!("{file}: {reason}")));
        for (kind, wanted) in expected {
            let Some(found) = found(&outcome, &kind) else { continue };
            let policy = POLICY.iter().find(|(name, of, _)| file.ends_with(name) && *of == kind);
            let wanted = policy.map_or(plain(&wanted), |(_, _, answer)| (*answer).to_owned());
            checked += 1;
            if found != wanted {
                failures.push(format!("{file}: {kind}: {found}, expected {wanted}"));
            }
        }
    }
    assert!(checked > 50, "{checked}");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Expectations in prose, from the other projects' own tests.
#[test]
fn first_entries_are_as_stated() {
    let Some(folder) = samples() else { return };
    let first = |file| shown(&sample(&folder, file))[0].clone();
    // The row's day is the entry date, which here is also the value date.
    assert_eq!(first("mt940/wolph__mt940/jejik-abnamro.sta"), "8: 2011-05-24 -9 EUR 517852257");
    assert_eq!(first("mt940/wolph__mt940/jejik-ing.sta"), "8: 2010-07-22 -25.03 EUR 0001234567");
    assert_eq!(
        first("mt940/wolph__mt940/jejik-rabobank-iban.sta"),
        "6: 2013-01-01 -25.00 EUR NL71RABO0123456789"
    );
    let knab = sample(&folder, "mt940/sandermarechal__jejik-mt940/knab.txt");
    assert_eq!(shown(&knab)[1], "16: 2014-07-29 -7260 EUR 123456789");
    assert_eq!(knab.lines[2].bank_id.as_deref(), Some("B4G29PGDCK1QFV3E"));
}

#[test]
fn samples_name_payees_and_other_accounts() {
    let Some(folder) = samples() else { return };
    let cases = [
        ("wolph__mt940/jejik-abnamro.sta", 0, Some("KPN - DIGITENNE"), Some("428428")),
        ("wolph__mt940/jejik-abnamro.sta", 3, Some("MC DONALDS A44 LEIDEN"), None),
        ("wolph__mt940/jejik-abnamro.sta", 9, Some("MYCOM DEN HAAG"), Some("52.89.39.882")),
        ("wolph__mt940/jejik-ing.sta", 1, None, None),
        (
            "wolph__mt940/jejik-rabobank-iban.sta",
            0,
            Some("CONTRA ACCOUNT HOLDER"),
            Some("NL70ABNA0987654321"),
        ),
        ("wolph__mt940/jejik-rabobank-iban.sta", 1, Some("JOHN DOE"), Some("P001234567")),
        ("wolph__mt940/jejik-sns.sta", 0, Some("marechal s"), Some("0987654321")),
        ("wolph__mt940/cmxl-mt940.sta", 0, None, None),
        ("wolph__mt940/cmxl-mt940.sta", 11, Some("MUELLER"), Some("234567")),
        (
            "wolph__mt940/betterplace-sepa_snippet.sta",
            0,
            Some("KARL KAUFMANN"),
            Some("DE14508800500194785000"),
        ),
        (
            "wolph__mt940/betterplace-sepa_snippet.sta",
            7,
            Some("Richter Renate 70 Zeichen Beginn Fuellzeichen xxxxxxxx"),
            Some("DE42100100100043921105"),
        ),
        ("sandermarechal__jejik-mt940/knab.txt", 1, Some("PICQER"), Some("NL65INGB0123456789")),
    ];
    for (file, at, payee, other) in cases {
        let outcome = sample(&folder, &format!("mt940/{file}"));
        let line = &outcome.lines[at];
        assert_eq!((line.payee.as_deref(), line.other_account.as_deref()), (payee, other), "{file} {at}");
    }
    let german = sample(&folder, "mt940/wolph__mt940/betterplace-sepa_snippet.sta");
    assert_eq!(
        german.lines[1].memo.as_deref(),
        Some("Strukturierter Verwendungszweck 30030004 DE GUTSCHRIFT")
    );
}

//! Files that were broken on the way: whatever happens to the bytes, nothing panics, both passes agree, and
//! what is read still adds up.

use proptest::prelude::*;

use super::fixtures::{ASSIGNED, BEANCOUNT, HLEDGER, LEDGER};
use super::*;

const ODD: &[&[u8]] = &[
    b"\n",
    b"\r",
    b"\0",
    b"  ",
    b"\t",
    b"\"",
    b";",
    b":",
    b"@",
    b"{",
    b"(",
    b"=",
    b" = 5",
    b"-",
    b".",
    b",",
    b"\xff",
    b"\xc3",
    b"99999999999999",
    b"0.00000000000000000000000001",
    b"\n2026-01-01 x\n  assets:a  = 3 EUR\n  b\n",
    b"\nalias a = b\n",
    b"\napply account x\n",
    b"\n2026-01-01 pad Assets:Bank Equity:X\n",
    b"\n2026-01-02 balance Assets:Bank  5 EUR\n",
];

const DIALECTS: [Dialect; 3] = [Dialect::Hledger, Dialect::Ledger, Dialect::Beancount];

/// Reads a broken file as each program's, and checks what holds for every outcome.
fn check_all(bytes: &[u8], options: &Options) {
    for dialect in DIALECTS {
        if let Ok(outcome) = try_read(bytes, options, dialect) {
            check(&outcome);
        }
    }
    let head: String = bytes.iter().map(|b| char::from(b.to_ascii_lowercase())).collect();
    super::super::recognise(&head);
}

proptest! {
    #[test]
    fn broken_files_are_read_or_refused(
        file in prop::sample::select(vec![HLEDGER, LEDGER, ASSIGNED, BEANCOUNT]),
        changes in prop::collection::vec(change(ODD, 200), 1..8),
        decimal in prop::option::of(prop::sample::select(vec!['.', ','])),
    ) {
        let options = Options { decimal, ..Options::default() };
        check_all(&changed(file.as_bytes().to_vec(), &changes), &options);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check_all(&bytes, &Options::default());
        check_all(&[b"2026-01-02 * \"x\"\n  Assets:A  ", &bytes[..]].concat(), &Options::default());
    }

    /// What a row is made of is shared out to the last digit, whoever paid.
    #[test]
    fn parts_sum_to_what_the_journal_has(amounts in prop::collection::vec((0_usize..7, -9999_i64..9999), 1..9)) {
        let names = ["assets:a", "assets:b", "liabilities:c", "expenses:d", "expenses:e", "income:f", "equity:opening"];
        let mut text = String::from("2026-01-02 x\n");
        let mut sums = BTreeMap::<&str, Decimal>::new();
        let mut rest = Decimal::ZERO;
        for (name, cents) in &amounts {
            let amount = Decimal::new(*cents, 2);
            *sums.entry(names[*name]).or_default() += amount;
            rest -= amount;
            text.push_str(&format!("  {}  {amount} EUR\n", names[*name]));
        }
        *sums.entry("expenses:rest").or_default() += rest;
        text.push_str("  expenses:rest\n");
        let outcome = read(&text, Dialect::Hledger);
        check(&outcome);
        let mut found = BTreeMap::<String, Decimal>::new();
        for line in &outcome.lines {
            *found.entry(line.account.clone().unwrap()).or_default() += line.amount;
            for part in &line.purpose.as_ref().unwrap().parts {
                let name = match part.category.as_deref() {
                    Some("Starting balances") => "equity:opening".to_owned(),
                    Some(income) if income.starts_with("income:") => income.to_owned(),
                    Some(expense) => format!("expenses:{expense}"),
                    // Both ends of a transfer are there, and take each other away.
                    None => part.other_account.as_ref().map(|_| "transfers").unwrap().to_owned(),
                };
                *found.entry(name).or_default() -= part.amount;
            }
        }
        if !outcome.lines.is_empty() {
            for (name, sum) in &sums {
                prop_assert_eq!(found.get(*name).copied().unwrap_or_default(), *sum, "{} in {}", name, text);
            }
            prop_assert_eq!(found.get("transfers").copied().unwrap_or_default(), Decimal::ZERO);
        }
    }
}

#[test]
fn broken_samples_are_read_or_refused() {
    let files: Vec<Vec<u8>> = super::samples::contents()
        .into_iter()
        .map(|(bytes, _)| bytes)
        .filter(|bytes| bytes.len() < 9000)
        .collect();
    if files.is_empty() {
        return;
    }
    let config = ProptestConfig { cases: 100, ..ProptestConfig::default() };
    let changes = prop::collection::vec(change(ODD, 200), 1..6);
    proptest!(config, |(file in prop::sample::select(files), changes in changes)| {
        check_all(&changed(file, &changes), &Options::default());
    });
}

//! By what a journal is known, and that tables and other texts are none.

use super::super::recognise;
use super::fixtures::{BEANCOUNT, HLEDGER, LEDGER};
use super::*;

#[test]
fn journals_are_known_by_their_beginning() {
    let cases = [
        (HLEDGER, Dialect::Hledger),
        (LEDGER, Dialect::Ledger),
        (BEANCOUNT, Dialect::Beancount),
        ("2026-01-02 x\n  a:b\n  c:d  5", Dialect::Hledger),
        ("; c\n\n2026/1/2=2026/1/3\n    ; comment\n    expenses  5 eur\n", Dialect::Hledger),
        ("1/2 x\n\tassets:a\t$5\n", Dialect::Hledger),
        ("2026-01-02 x\n  assets:a  = 5\n", Dialect::Hledger),
        ("2026-01-02 x\n  a:b  5  ; :tag:\n  c\n", Dialect::Ledger),
        ("2026-01-02 * \"payee\" \"narration\"\n  assets:a  5 eur\n", Dialect::Beancount),
        ("2026-01-02 open assets:a\n", Dialect::Beancount),
        ("option \"title\" \"x\"\n", Dialect::Beancount),
        ("2026-01-02 price usd  0.9 eur\n", Dialect::Beancount),
        ("; a groat book\ndecimal-mark .\n\ncommodity 1000.00 EUR\n", Dialect::Hledger),
        ("; a groat book\r\n\r\ncommodity EUR\r\n    format 1000.00 EUR\r\n", Dialect::Ledger),
        ("; a groat book\n\noption \"title\" \"groat\"\n", Dialect::Beancount),
    ];
    for (text, dialect) in cases {
        assert_eq!(recognise(&text.to_lowercase()), Some(dialect), "{text}");
    }
}

#[test]
fn tables_and_other_texts_are_no_journals() {
    let cases = [
        "",
        "date,payee,amount\n2026-01-02,shop,-5.00\n",
        "2026-01-02;shop;-5,00\n2026-01-03;\"a\n   b:c  5\";1\n",
        "2026-01-02\tshop\t-5.00\n\tmore text\t5.00\n",
        "2026-01-02 10:20:30,shop,5\n  indented,1\n",
        "2026-01-02 shop -5.00\n2026-01-03 shop -6.00\n",
        "2026-01-02 shop\n   12.50  5\n",
        "2026-01-02 open,assets:a,5\n",
        "2026-01-02 note that this is prose: really\n",
        "2026-01-02 open shop\n",
        "!type:bank\nd1/2/26\nt-5.00\n^\n",
        "statement of\n  2026-01-02  shop  5.00\n",
        "{\"date\": \"2026-01-02\"}",
        "account assets\ncommodity eur\n",
    ];
    for text in cases {
        assert_eq!(recognise(text), None, "{text}");
    }
}

#[test]
fn samples_of_tables_are_no_journals() {
    let Some(folder) = super::samples::samples() else { return };
    let mut count = 0;
    for kind in ["csv", "ofx", "qif", "camt", "mt940"] {
        let Ok(banks) = std::fs::read_dir(folder.join(kind)) else { continue };
        for bank in banks.map(|bank| bank.unwrap().path()).filter(|bank| bank.is_dir()) {
            for file in std::fs::read_dir(bank).unwrap().map(|file| file.unwrap().path()) {
                let bytes = std::fs::read(&file).unwrap();
                let head: String =
                    bytes.iter().take(16 * 1024).map(|b| char::from(b.to_ascii_lowercase())).collect();
                assert_eq!(recognise(&head), None, "{}", file.display());
                count += 1;
            }
        }
    }
    assert!(count > 10);
}

//! Amounts with a currency's sign or code beside them: a row goes into no account of another currency.

use serde_json::Value;

use crate::support::{Sandbox, on_both_databases};

const ROWS: [(&str, &str); 9] = [
    ("$8.00", "$"),
    ("¥5.00", "¥"),
    ("-6.00 kr", "kr"),
    ("USD 5.00", "USD"),
    ("5.00 zł", "PLN"),
    ("£5.00", "£"),
    ("₹5.00", "INR"),
    ("R$ 5.00", "BRL"),
    ("Fr. 5.00", "Fr."),
];

fn import(s: &Sandbox, name: &str, amounts: &[&str], more: &[&str]) -> (Value, String) {
    let rows: String =
        (1..).zip(amounts).map(|(day, amount)| format!("2026-01-0{day},Shop,{amount}\n")).collect();
    s.write(name, format!("Date,Payee,Amount\n{rows}"));
    let run = s.groat([&["import", name, "-a", "checking", "--json"], more].concat());
    (serde_json::from_str(&run.stdout).unwrap_or_default(), run.stderr)
}

fn book(s: &Sandbox, currency: &str) {
    s.groat(["init", "--currency", currency, "--account", "Checking"]).ok();
}

on_both_databases! {
    fn a_row_that_states_another_currency_is_rejected_naming_both(s: &Sandbox) {
        book(s, "EUR");
        for (place, (amount, stated)) in ROWS.iter().enumerate() {
            let (answer, said) = import(s, &format!("{place}.csv"), &[amount, "-1.00", "€2.00", "3.00 EUR"], &[]);
            assert_eq!(answer["new"], 3, "{amount}: {answer}{said}");
            let reason = format!("the row is in `{stated}`, but the account is in EUR");
            assert_eq!(answer["rejected"][0]["reason"], reason, "{amount}");
            s.groat(["undo"]).ok();
        }
    }

    fn a_file_of_such_rows_is_one_error_that_says_which_account_would_do(s: &Sandbox) {
        book(s, "EUR");
        let before = s.dump(&[]);
        let (_, said) = import(s, "dollars.csv", &["$8.00", "-$2.50"], &[]);
        assert!(said.contains("the file is in `$`, but the account `Checking` is in EUR"), "{said}");
        assert!(said.contains("`groat account add NAME --currency USD`"), "{said}");
        assert_eq!(s.dump(&[]), before);
    }

    fn a_sign_fits_every_currency_that_is_written_with_it(s: &Sandbox) {
        for (code, amounts) in [
            ("CAD", &["$8.00", "-$2.50", "C$1.00", "CAD 1.00"][..]),
            ("MXN", &["$8.00"]),
            ("CNY", &["¥8.00"]),
            ("NOK", &["kr 8.00", "-6.00 kr."]),
            ("GIP", &["£8.00"]),
            ("CHF", &["Fr. 8.00", "CHF 3.00"]),
        ] {
            book(s, code);
            let (answer, said) = import(s, "own.csv", amounts, &[]);
            assert_eq!(answer["new"], amounts.len(), "{code}: {answer}{said}");
            s.groat(["undo"]).ok();
            s.groat(["undo"]).ok();
        }
    }

    fn what_else_the_file_says_makes_a_sign_plain(s: &Sandbox) {
        book(s, "USD");
        let (answer, said) = import(s, "said.csv", &["$8.00"], &["--currency", "CAD"]);
        assert!(said.contains("the file is in CAD"), "{answer}{said}");
        s.write("column.csv", "Date,Payee,Amount,Currency\n2026-01-01,A,$8.00,CAD\n2026-01-02,B,$8.00,USD\n");
        let run = s.groat(["import", "column.csv", "-a", "checking", "--json"]).fails(6);
        let answer = run.json();
        assert_eq!((&answer["new"], &answer["rejected"][0]["line"]), (&1.into(), &2.into()), "{answer}");
        assert_eq!(answer["rejected"][0]["reason"], "the row is in `CAD`, but the account is in USD");
    }
}

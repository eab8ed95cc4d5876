//! AMOUNT, the contract's section 4, through `add`: which way money goes, marks, arithmetic, scales, rounding.

use crate::support::{Sandbox, on_both_databases};
use crate::typed::{Typed, brief, says};

#[track_caller]
fn amount_of(s: &Sandbox, command: &str, amount: &str) -> String {
    let object = s.groat([command, amount, "someone", "--json"]).ok().json();
    object["amount"].as_str().expect("an amount is a string").to_owned()
}

on_both_databases! {
    fn a_sign_is_the_accounts_and_without_one_the_commands(s: &Sandbox) {
        for (command, typed, amount) in [
            ("add", "12.50", "-12.50"),
            ("add", "+12.50", "12.50"),
            ("add", "-12.50", "-12.50"),
            ("add", "(12.50)", "-12.50"),
            ("add", "\u{2212}3", "-3.00"),
            ("add", "-$3", "-3.00"),
            ("add", "-1,234.56", "-1234.56"),
            ("income", "12.50", "12.50"),
            ("income", "+12.50", "12.50"),
            ("income", "-12.50", "-12.50"),
            ("income", "(12.50)", "-12.50"),
        ] {
            assert_eq!(amount_of(s, command, typed), amount, "{command} {typed}");
        }
    }

    fn marks_and_arithmetic_are_read_as_written(s: &Sandbox) {
        for (typed, amount) in [
            ("1,234.56", "-1234.56"),
            ("1.234,56", "-1234.56"),
            ("1'234.50", "-1234.50"),
            ("1\u{202f}234,50", "-1234.50"),
            ("1,234,567", "-1234567.00"),
            ("12,5", "-12.50"),
            ("0,125", "-0.12"),
            (".45", "-0.45"),
            ("$3", "-3.00"),
            ("3 USD", "-3.00"),
            ("3 usd", "-3.00"),
            ("12.50+3", "-15.50"),
            ("45/3", "-15.00"),
            ("3*4.20", "-12.60"),
            ("2+3*4", "-14.00"),
            ("10/3", "-3.33"),
        ] {
            assert_eq!(amount_of(s, "add", typed), amount, "{typed}");
        }
    }

    fn a_lone_mark_before_three_digits_is_the_configured_one(s: &Sandbox) {
        assert_eq!(amount_of(s, "add", "1,234"), "-1234.00");
        assert_eq!(amount_of(s, "add", "1.234"), "-1.23");
        let german =
            s.groat_with("", &[("LANG", "de_DE.UTF-8")], ["add", "1,234", "x", "--json"]).ok().json();
        assert_eq!(german["amount"], "-1.23");
        s.ok("config set decimal_mark ,");
        assert_eq!(amount_of(s, "add", "1,234"), "-1.23");
        assert_eq!(amount_of(s, "add", "1.234"), "-1234.00");
    }

    fn rounding_is_half_even_and_said(s: &Sandbox) {
        for (typed, rounded) in [("1.005", "1.00"), ("1.015", "1.02"), ("3.145", "3.14"), ("2.3451", "2.35")]
        {
            let run = s.ok(&format!("add {typed} x"));
            says(&run, &[typed, &format!("{rounded} USD")]);
            assert!(run.stdout.contains(&format!(": {rounded} USD")), "{}", run.stdout);
        }
        assert_eq!(s.ok("add 1.50 x").stderr, "");
    }

    fn the_scale_is_the_currencys(s: &Sandbox) {
        s.ok("init --currency JPY");
        s.ok("account add Yen");
        s.ok("account add Dinar --currency KWD");
        assert_eq!(brief(&s.json("add 320 x -a yen"), "amount currency"), "-320 JPY");
        // Half a yen goes to the even one.
        assert_eq!(s.json("add 2.5 x -a yen")["amount"], "-2");
        assert_eq!(s.json("add 3.5 x -a yen")["amount"], "-4");
        assert_eq!(brief(&s.json("add 1.2345 x -a dinar"), "amount currency"), "-1.234 KWD");
        assert_eq!(s.json("add 1.5 x -a dinar")["amount"], "-1.500");
    }

    fn a_currency_code_belongs_to_the_amount_before_it_quoted_or_not(s: &Sandbox) {
        s.ok("init --currency EUR");
        for line in
            ["add '3 EUR' corner bar", "add 3 EUR corner bar", "add -3 EUR corner bar", "add 3EUR corner bar"]
        {
            assert_eq!(brief(&s.json(line), "amount currency payee"), "-3.00 EUR corner bar", "{line}");
        }
        assert_eq!(brief(&s.json("income 3 EUR corner bar"), "amount payee"), "3.00 corner bar");
        assert_eq!(brief(&s.json("add 3 EUR"), "amount payee"), "-3.00 null");
        // No code, but a payee of three letters.
        assert_eq!(brief(&s.json("add 3 Spa"), "amount payee"), "-3.00 Spa");
    }

    fn another_currency_than_the_accounts_is_refused(s: &Sandbox) {
        s.ok("add 1 x");
        for line in ["add '3 EUR' x", "add 3 EUR x", "add £3 x", "income 3€ x", "add 3 x --split 'a=3 EUR'"]
        {
            says(&s.refuses(2, line), &["USD"]);
        }
        s.ok("account add Euro --currency EUR");
        assert_eq!(s.json("add €3 x -a euro")["amount"], "-3.00");
        s.refuses(2, "add $3 x -a euro");
    }

    fn amounts_fill_64_bits_and_no_more(s: &Sandbox) {
        assert_eq!(amount_of(s, "add", "92233720368547758.07"), "-92233720368547758.07");
        says(&s.refuses(2, "add 92233720368547758.08 x"), &["92233720368547758.08"]);
        s.refuses(2, "add 999999999999999999999999999 x");
        s.refuses(2, "add 9999999999999999999999999999999999999999 x");
        // The month's sum would not fit, the amount would: nothing is clamped.
        s.refuses(1, "add 92233720368547758.07 x");
        s.ok("income 92233720368547758.07 x");
        s.ok("add 92233720368547758.07 x -d 2025-12-01");
        s.ok("db verify");
    }

    fn a_sum_beyond_64_bits_is_an_error_and_not_a_wrong_number(s: &Sandbox) {
        s.ok("add 92233720368547758.07 x");
        s.ok("add 92233720368547758.07 x -d 2025-12-01");
        for line in ["balance", "report -p all", "report -p all --by payee"] {
            s.fails(1, line);
        }
        assert_eq!(s.json("report")["total"], "92233720368547758.07");
        assert_eq!(s.json("list")["total"], 2);
    }
}

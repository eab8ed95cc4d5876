//! Transfers between currencies: balanced through equity in journals of others and in the book's own exports.

use serde_json::Value;

use crate::support::{Sandbox, on_both_databases};

/// hledger's way of a conversion without a price, a fee beside it, and one that is balanced below one account a
/// currency.
const CONVERTED: &str = "\
2026-01-05 exchange
    assets:checking        -105 EUR
    expenses:fees             5 EUR
    equity:conversion       100 EUR
    equity:conversion      -110 USD
    assets:dollar           110 USD

2026-01-06 back
    assets:dollar                  -55 USD
    equity:conversion:usd-eur:usd   55 USD
    equity:conversion:usd-eur:eur  -50 EUR
    assets:checking                 50 EUR
";

fn book(s: &Sandbox) {
    s.groat(["init", "--currency", "EUR"]).ok();
}

fn import(s: &Sandbox, name: &str, text: &str) -> Value {
    s.write(name, text);
    s.groat(["import", &s.path(name).display().to_string(), "-y", "--json"]).ok().json()
}

fn balances(s: &Sandbox) -> Vec<String> {
    let balance = s.groat(["balance", "--at", "2026-01-31", "--json"]).ok().json();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let all = balance["accounts"].as_array().expect("a list").iter();
    all.map(|one| format!("{} {}", text(&one["account"]), text(&one["balance"]))).collect()
}

fn spending(s: &Sandbox) -> String {
    s.groat(["report", "-p", "2026-01", "--csv"]).ok().stdout
}

fn count(s: &Sandbox) -> Value {
    s.groat(["list", "--json"]).ok().json()["total"].clone()
}

on_both_databases! {
    fn what_stands_against_conversion_is_one_transfer(s: &Sandbox) {
        book(s);
        import(s, "converted.journal", CONVERTED);
        assert_eq!(balances(s), ["Checking -55.00", "Dollar 55.00"]);
        assert_eq!(count(s), 2);
        let spent = spending(s);
        assert!(spent.contains("5.00") && !spent.contains("ncategorised"), "{spent}");
        assert_eq!(import(s, "converted.journal", CONVERTED)["new"], 0);
        s.groat(["db", "verify"]).ok();
    }

    fn beancounts_conversions_are_transfers(s: &Sandbox) {
        book(s);
        let text = "2026-01-05 * \"exchange\"\n  Assets:Checking  -100 EUR\n  Equity:CurrencyAccounts:EUR  100 EUR\n  \
            Equity:CurrencyAccounts:USD  -110 USD\n  Assets:Dollar  110 USD\n";
        import(s, "converted.beancount", text);
        assert_eq!(balances(s), ["Checking -100.00", "Dollar 110.00"]);
        assert_eq!(count(s), 1);
    }

    fn an_account_of_type_v_stands_between_currencies(s: &Sandbox) {
        book(s);
        let text = "account equity:fx  ; type: V\n\n2026-01-05 exchange\n  assets:checking  -100 EUR\n  equity:fx  100 EUR\n  \
            equity:fx  -110 USD\n  assets:dollar  110 USD\n";
        import(s, "fx.journal", text);
        assert_eq!(balances(s), ["Checking -100.00", "Dollar 110.00"]);
        assert_eq!(count(s), 1);
    }

    fn a_conversion_of_one_into_two_is_not_guessed_at(s: &Sandbox) {
        book(s);
        let text = "2026-01-05 exchange\n  assets:checking  -100 EUR\n  equity:conversion  100 EUR\n  \
            equity:conversion  -60 USD\n  equity:conversion  -40 GBP\n  assets:dollar  60 USD\n  assets:pound  40 GBP\n";
        import(s, "two.journal", text);
        assert_eq!(balances(s), ["Checking -100.00", "Dollar 60.00", "Pound 40.00"]);
        assert_eq!(count(s), 3);
    }

    fn own_journals_keep_transfers_between_currencies(s: &Sandbox) {
        book(s);
        s.groat(["account", "add", "Checking", "--balance", "1000", "-d", "2026-01-01"]).ok();
        s.groat(["account", "add", "Dollar", "--currency", "USD", "--off-budget"]).ok();
        s.groat(["account", "add", "Pound", "--currency", "GBP", "--off-budget"]).ok();
        s.groat(["category", "add", "Invest"]).ok();
        s.groat(["transfer", "90", "checking", "dollar", "--received", "100", "-d", "2026-01-05"]).ok();
        s.groat(["transfer", "91", "checking", "dollar", "--received", "101", "-d", "2026-01-06", "-c", "invest"]).ok();
        s.groat(["transfer", "50", "dollar", "pound", "--received", "40", "-d", "2026-01-07"]).ok();
        let (there, spent) = (balances(s), spending(s));
        assert_eq!(there, ["Checking 819.00", "Dollar 151.00", "Pound 40.00"]);
        for format in ["hledger", "ledger", "beancount"] {
            let exported = s.groat(["export", "-O", format]).ok().stdout;
            let again = s.another();
            book(&again);
            import(&again, &format!("own.{format}"), &exported);
            assert_eq!((balances(&again), count(&again)), (there.clone(), 4.into()), "{format}: {exported}");
            assert_eq!(spending(&again), spent, "{format}");
            assert_eq!(import(&again, &format!("own.{format}"), &exported)["new"], 0, "{format}");
            assert_eq!(import(s, &format!("own.{format}"), &exported)["new"], 0, "{format}");
            again.groat(["db", "verify"]).ok();
        }
    }

    fn dollars_are_no_pounds(s: &Sandbox) {
        book(s);
        s.groat(["account", "add", "Checking"]).ok();
        s.groat(["account", "add", "Dollar", "--currency", "GBP", "--off-budget"]).ok();
        s.write("one.journal", "2026-01-05 exchange\n  assets:checking  -90 EUR\n  assets:dollar  100 USD\n");
        let path = s.path("one.journal").display().to_string();
        let run = s.groat(["import", &path, "-y", "--map", "assets:checking=Checking", "--map", "assets:dollar=Dollar"]);
        let error = "the file is in EUR and USD, but the account `Dollar` is in GBP";
        let run = run.fails(2);
        assert!(run.stderr.contains(error), "{}", run.stderr);
        assert_eq!(balances(s), ["Checking 0.00", "Dollar 0.00"]);
    }
}

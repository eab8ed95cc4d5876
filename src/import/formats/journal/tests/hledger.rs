//! hledger's journals: what becomes of each of their peculiarities.

use super::*;

fn hledger(text: &str) -> Outcome {
    let outcome = read(text, Dialect::Hledger);
    check(&outcome);
    outcome
}

#[test]
fn a_transaction_is_a_line_for_each_own_account() {
    let cases: [(&str, &[&str]); 9] = [
        (
            "2026-01-02 Shop\n  expenses:food:groceries  3.20\n  assets:cash\n",
            &["2026-01-02 assets:cash -3.20 - [-3.20 food:groceries]"],
        ),
        (
            "2026-01-02 x\n  assets:a  -100 EUR\n  assets:b  60 EUR\n  expenses:food  40 EUR\n",
            &[
                "2026-01-02 assets:a -100 EUR [-60 -> assets:b; -40 food]",
                "2026-01-02 assets:b 60 EUR [60 -> assets:a]",
            ],
        ),
        (
            "2026-01-02 x\n  assets:a  -50 EUR\n  expenses:food  60 EUR\n  liabilities:c  -30 EUR\n  expenses:fun\n",
            &[
                "2026-01-02 assets:a -50 EUR [-50 food]",
                "2026-01-02 liabilities:c -30 EUR [-10 food; -20 fun]",
            ],
        ),
        // Twice in one account is one line; on two days it is two.
        (
            "2026-01-02 x\n  assets:a  -1 EUR\n  assets:a  -2 EUR\n  assets:a  -4 EUR  ; date:1/9\n  expenses:fun\n",
            &["2026-01-02 assets:a -3 EUR [-3 fun]", "2026-01-09 assets:a -4 EUR [-4 fun]"],
        ),
        (
            "2026-01-02 x\n  assets:a  10 EUR\n  debts:b  -3 EUR\n  assets:c  5 USD\n  equity:opening\n",
            &[
                "2026-01-02 assets:a 10 EUR [10 Starting balances]",
                "2026-01-02 debts:b -3 EUR [-3 Starting balances]",
                "2026-01-02 assets:c 5 USD [5 Starting balances]",
            ],
        ),
        (
            "2026-01-02 x\n  income:salary  -2500 EUR\n  expenses:tax  400 EUR\n  assets:a  2100 EUR\n",
            &["2026-01-02 assets:a 2100 EUR [2500 income:salary; -400 tax]"],
        ),
        (
            "2026-01-02 x\n  expenses:a  30.00 EUR\n  expenses:b  15.00 EUR\n  assets:u  -50.00 USD @ 0.90 EUR\n",
            &["2026-01-02 assets:u -50.00 USD [-33.33 a; -16.67 b]"],
        ),
        (
            "2026-01-02 x\n  expenses:a  30 EUR @ 1.10 USD\n  assets:u\n",
            &["2026-01-02 assets:u -33.00 USD [-33.00 a]"],
        ),
        (
            "2026-01-02 x\n  assets:depot  3 ACME @@ 30.00 EUR\n  assets:a  -31.00 EUR\n  expenses:fees  1.00 EUR\n",
            &["2026-01-02 assets:a -31.00 EUR [-30.00 -; -1.00 fees]"],
        ),
    ];
    for (text, expected) in cases {
        let outcome = hledger(text);
        assert_eq!(reasons(&outcome), [""; 0], "{text}");
        assert_eq!(shown(&outcome), expected, "{text}");
    }
}

#[test]
fn a_transfer_names_the_other_account_and_its_currency() {
    let text = "2026-01-01 x\n  assets:a  5 EUR\n  income:x\n\n\
                2026-01-02 x\n  assets:a  -5 EUR\n  assets:b  5 EUR\n\n\
                2026-01-03 x\n  assets:a  10 USD\n  assets:b  -9 EUR\n";
    let outcome = hledger(text);
    let others: Vec<_> = outcome.lines.iter().map(|line| line.other_account.as_deref()).collect();
    assert_eq!(others, [None, Some("assets:b"), Some("assets:a"), Some("assets:b"), Some("assets:a (USD)")]);
    assert_eq!(outcome.facts.accounts, ["assets:a", "assets:b", "assets:a (USD)"]);
    assert_eq!(outcome.facts.currencies, ["EUR", "USD"]);
}

#[test]
fn amounts_are_read_as_hledger_reads_them() {
    let cases = [
        ("$5", "5 USD"),
        ("$-5", "-5 USD"),
        ("-$5.00", "-5.00 USD"),
        ("- $ 5", "-5 USD"),
        ("5€", "5 EUR"),
        ("EUR 5", "5 EUR"),
        ("+5 £", "5 GBP"),
        ("\"EUR\" 5", "5 EUR"),
        ("1,000.00 EUR", "1000.00 EUR"),
        ("1.000,00 EUR", "1000.00 EUR"),
        ("1 000,5 EUR", "1000.5 EUR"),
        ("1,000,000 EUR", "1000000 EUR"),
        ("1,5 EUR", "1.5 EUR"),
        ("5. EUR", "5 EUR"),
        (".5 EUR", "0.5 EUR"),
        ("5", "5 -"),
        ("5 EUR = 10 EUR", "5 EUR"),
        ("5 EUR == 10 EUR @ 2 USD", "5 EUR"),
        ("5 EUR {2 USD} [2026-01-01]", "5 EUR"),
    ];
    for (amount, expected) in cases {
        let outcome = hledger(&format!("2026-01-02 x\n  assets:a  {amount}\n  income:x\n"));
        assert_eq!(reasons(&outcome), [""; 0], "{amount}");
        let line = &outcome.lines[0];
        let found = format!("{} {}", line.amount, line.currency.as_deref().unwrap_or("-"));
        assert_eq!(found, expected, "{amount}");
    }
}

#[test]
fn what_could_be_a_thousand_is_told() {
    let text = "2026-01-02 x\n  assets:a  $1,000\n  income:x\n";
    let outcome = hledger(text);
    assert_eq!(outcome.lines[0].amount.to_string(), "1.000");
    assert!(
        outcome.facts.notes[0]
            .starts_with("1 amount is read by hledger's rule for a single mark, such as `$1,000`")
    );
    let settled =
        ["commodity $1,000.00\n", "decimal-mark .\n", "D $1,000.00\n", "commodity $\n  format $1,000.00\n"];
    for directive in settled {
        let outcome = hledger(&format!("{directive}{text}"));
        assert_eq!((outcome.lines[0].amount.to_string().as_str(), outcome.facts.notes.len()), ("1000", 0));
    }
    let said = Options { decimal: Some('.'), ..Options::default() };
    let outcome = try_read(text.as_bytes(), &said, Dialect::Hledger).unwrap();
    assert_eq!(outcome.lines[0].amount.to_string(), "1000");
}

#[test]
fn an_amount_without_currency_is_of_the_default_one() {
    let text = "2026-01-02 x\n  assets:a  5\n  income:x\n";
    assert_eq!(hledger(text).lines[0].currency, None);
    assert_eq!(hledger(&format!("D 1.00 EUR\n{text}")).lines[0].currency.as_deref(), Some("EUR"));
    let said = Options { currency: Some("CHF".into()), ..Options::default() };
    let outcome = try_read(text.as_bytes(), &said, Dialect::Hledger).unwrap();
    assert_eq!(outcome.lines[0].currency.as_deref(), Some("CHF"));
}

#[test]
fn headers_and_comments_give_texts_and_tags() {
    let cases: [(&str, &str, &str, &[&str]); 7] = [
        ("2026-01-02 Shop", "Shop", "-", &[]),
        ("2026/1/2 * (12) Shop  A | weekly ; kind:a b, text", "Shop A", "weekly text", &["kind:a b"]),
        ("2026.1.2 ! | only a note", "-", "only a note", &[]),
        ("2026-01-02=2026-01-05 Shop;comment", "Shop", "comment", &[]),
        ("2026-01-02", "-", "-", &[]),
        ("2026-01-02 ; only:", "-", "-", &["only"]),
        ("2026-01-02 (a) b (c)", "b (c)", "-", &[]),
    ];
    for (header, payee, memo, tags) in cases {
        let outcome = hledger(&format!("{header}\n  assets:a  1 EUR\n  income:x\n"));
        assert_eq!(texts(&outcome), (payee, memo, tags.to_vec()), "{header}");
    }
    let text = "2026-01-02 x  ; all:\n  ; of all\n  assets:a  -1 EUR  ; mine, own:\n  expenses:b  ; theirs, trip:rome\n";
    let outcome = hledger(text);
    assert_eq!(texts(&outcome), ("x", "of all mine", vec!["all", "own", "trip:rome"]));
    assert_eq!(outcome.lines[0].purpose.as_ref().unwrap().parts[0].memo.as_deref(), Some("theirs"));
    assert_eq!(outcome.lines[0].raw, text.trim_end());
}

#[test]
fn directives_change_how_the_rest_is_read() {
    let posted = "2026-01-02 x\n  a  1 EUR\n  income:x\n";
    let cases = [
        ("alias a = assets:cash\n", posted, "assets:cash"),
        ("alias a=b\nend aliases\nalias a=assets:c\n", posted, "assets:c"),
        ("apply account assets\n", posted, "assets:a"),
        ("account a  ; type:Cash\n", posted, "a"),
        ("account a\n  ; type: L\n", posted, "a"),
        ("Y2026\nalias a = assets:c\n", "1/2 x\n  a:b  1 EUR\n  income:x\n", "assets:c:b"),
        ("year 2026\nalias a = assets:c\n", "01.02 x\n  a  1 EUR\n  income:x\n", "assets:c"),
    ];
    for (directives, text, account) in cases {
        let outcome = hledger(&format!("{directives}{text}"));
        assert_eq!(outcome.lines[0].account.as_deref(), Some(account), "{directives}");
        assert_eq!(reasons(&outcome), [""; 0], "{directives}");
        assert_eq!(outcome.lines[0].date.to_string(), "2026-01-02");
    }
}

#[test]
fn a_type_that_is_declared_later_counts_everywhere() {
    let outcome = hledger(
        "2026-01-02 x\n  giro  1 EUR\n  lohn:firma\n\naccount giro  ; type:A\naccount lohn  ; type:R\n",
    );
    assert_eq!(shown(&outcome), ["2026-01-02 giro 1 EUR [1 income:firma]"]);
}

#[test]
fn balances_that_are_assigned_give_amounts_where_they_are_known() {
    let text = "2026-01-01 x\n  assets:a  10.00 EUR\n  income:x\n\n\
                2026-01-02 x\n  assets:a  = 4 EUR\n  expenses:x\n";
    assert_eq!(shown(&hledger(text))[1], "2026-01-02 assets:a -6.00 EUR [-6.00 x]");
    let late = format!("{text}\n2026-01-01 x\n  assets:a  1 EUR\n  income:x\n");
    let order =
        "5: the balance of `assets:a` is not known: its postings do not stand in the order of their days";
    assert_eq!(reasons(&hledger(&late)), [order]);
    let broken = format!("2026-01-01 x\n  assets:a  1 EURO 7\n  income:x\n\n{text}");
    let outcome = hledger(&broken);
    assert_eq!(
        outcome.rejected[1].reason,
        "the balance of `assets:a` is not known, for what stands in line 1"
    );
    let other = format!("2026-01-01 x\n  assets:b  1 EUR\n  income:x  1 EUR\n\n{text}");
    assert_eq!((hledger(&other).lines.len(), hledger(&other).rejected.len()), (2, 1));
}

#[test]
fn what_cannot_be_read_is_rejected_with_its_reason() {
    let cases = [
        ("2026-13-02 x\n  assets:a  1\n  b", "`2026-13-02` is no day"),
        ("1/2 x\n  assets:a  1\n  b", "`1/2` has no year, and no `Y` directive before it says one"),
        ("26/01/02 x\n  assets:a  1\n  b", "`26/01/02` is no day"),
        ("2026-01-02x\n  assets:a  1\n  b", "`x` stands behind the day"),
        ("2026-01-02 (x\n  assets:a  1\n  b", "the code's parenthesis is not closed"),
        ("2026-01-02 x\n  assets:a  1 EUR\n  b  2 EUR", "it does not balance: `3 EUR` is left over"),
        ("2026-01-02 x\n  assets:a  1.00\n  b  -1.01", "it does not balance: `-0.01` is left over"),
        ("2026-01-02 x\n  assets:a  1 EUR\n  b  2 USD", "it does not balance: `1 EUR` is left over"),
        ("2026-01-02 x\n  assets:a  1 EUR\n  b\n  c", "two of its postings have no amount"),
        ("2026-01-02 x\n  assets:a  1 EUR", "it does not balance: `1 EUR` is left over"),
        ("2026-01-02 x\n  assets:a  EUR\n  b", "`EUR` is no amount"),
        ("2026-01-02 x\n  assets:a  1,00,0 EUR\n  b", "`1,00,0` is no number"),
        ("2026-01-02 x\n  assets:a  1 EUR 2\n  b", "`2` stands behind an amount"),
        ("2026-01-02 x\n  assets:a  (1 + 2)\n  b", "`(1` is no amount"),
        ("2026-01-02 x\n  assets:a  1E3 EUR\n  b", "`3` stands behind an amount"),
        (
            "2026-01-02 x\n  assets:a  9999999999999999 EUR\n  b",
            "`9999999999999999` has more digits than can be kept",
        ),
        ("2026-01-02 x\n  assets:a  1 EUR @ 2\n  assets:a  -1 EUR\n  b", ""),
        ("2026-01-02 x\n  assets:a  1 EUR @\n  b", "an amount is missing"),
        ("2026-01-02 x\n  ()  1 EUR\n  b", "a posting names no account"),
        ("2026-01-02 x\n  a  1  ; date:x\n  b", "`x` is no day"),
        ("unheard of\n  a", "`unheard` is no directive that is known"),
        ("  assets:a  1", "an indented line belongs to no transaction"),
        ("decimal-mark x", "`x` is no decimal mark"),
        ("account a  ; type:Q", "`Q` is no type of an account"),
        ("Y26", "`26` is no year"),
        ("commodity 1 EUR 2", "`1 EUR 2` shows no format of amounts"),
    ];
    for (text, reason) in cases {
        let whole = format!("{text}\n\n2026-01-03 y\n  assets:z  1\n  income:x\n");
        let outcome = hledger(&whole);
        let found: Vec<_> = outcome.rejected.iter().map(|row| row.reason.as_str()).collect();
        let expected: Vec<&str> = if reason.is_empty() { vec![] } else { vec![reason] };
        assert_eq!(found, expected, "{text}");
        assert_eq!(outcome.lines.last().unwrap().account.as_deref(), Some("assets:z"), "{text}");
        if let Some(row) = outcome.rejected.first() {
            assert_eq!((row.line, row.text.as_str()), (1, text));
        }
    }
}

#[test]
fn a_file_that_is_more_than_itself_is_refused() {
    let whole = "2026-01-03 y\n  assets:z  1\n  income:x\n";
    let refused = invalid(&format!("{whole}include other/2025.journal\n"), Dialect::Hledger);
    assert_eq!(refused.message, "the journal includes another file: `other/2025.journal`");
    let refused = invalid(&format!("alias /a(.*)/ = b\\1\n{whole}"), Dialect::Hledger);
    assert_eq!(refused.message, "an alias by a pattern is not read: `/a(.*)/ = b\\1`");
    let refused = invalid("; nothing\naccount assets\n", Dialect::Hledger);
    assert_eq!(refused.message, "the file is no journal of hledger: no transaction is in it");
}

#[test]
fn what_is_passed_over_is_told() {
    let outcome = hledger(super::fixtures::HLEDGER);
    let notes = [
        "3 virtual postings are left out: virtual money is not kept",
        "1 rule for automated postings is left out: what rules add is not kept",
        "1 rule for periodic transactions is left out: only what happened is kept",
        "1 posting is left out: `ACME 1` is no currency",
        "1 transaction is left out: no account of assets or liabilities is in it",
        "accounts under `family` are of no known type, and are taken for categories",
    ];
    assert_eq!(outcome.facts.notes, notes);
}

#[test]
fn an_exclamation_mark_is_not_confirmed() {
    let text = "2026-01-02 ! x\n  assets:a  1\n  * assets:b  2\n  income:x\n\
                2026-01-03 * x\n  ! assets:a  1\n  assets:b  2\n  income:x\n\
                2026-01-04 x\n  ! assets:a  1  ; date:2026-01-05\n  assets:a  2\n  income:x\n";
    let expected = [
        ("assets:a", true),
        ("assets:b", false),
        ("assets:a", true),
        ("assets:b", false),
        ("assets:a", true),
        ("assets:a", false),
    ];
    for dialect in [Dialect::Hledger, Dialect::Ledger] {
        let text = if dialect == Dialect::Ledger {
            text.replace("date:2026-01-05", "[2026-01-05]")
        } else {
            text.into()
        };
        assert_eq!(unconfirmed(&read(&text, dialect)), expected);
    }
}

#[test]
fn what_moves_nothing_is_a_row_or_told() {
    let text = "2026-01-02 x\n  assets:a  0.00 EUR  ; why, t:\n  income:unknown  0.00 EUR\n\
                2026-01-03 x\n  assets:a  0 EUR = 5 EUR\n\
                2026-01-04 x\n  assets:a  0\n  income:x\n\
                2026-01-05 x\n  assets:a  5 EUR\n  income:x\n";
    let outcome = hledger(text);
    assert_eq!(
        shown(&outcome),
        ["2026-01-02 assets:a 0.00 EUR []", "2026-01-05 assets:a 5 EUR [5 income:x]"]
    );
    assert_eq!(texts(&outcome), ("x", "why", vec!["t"]));
    assert_eq!(outcome.facts.notes, ["2 transactions are left out: they move no money"]);
}

#[test]
fn an_export_of_an_empty_book_has_no_rows() {
    let text = "; a groat book\ndecimal-mark .\n\ncommodity 1000.00 EUR\n\naccount assets:Cash\n";
    let outcome = hledger(text);
    assert_eq!((outcome.facts.row_count, outcome.facts.notes), (0, vec![]));
}

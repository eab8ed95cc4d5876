//! ledger's files: where they differ from hledger's.

use super::*;

fn ledger(text: &str) -> Outcome {
    let outcome = read(text, Dialect::Ledger);
    check(&outcome);
    outcome
}

#[test]
fn amounts_are_read_as_ledger_reads_them() {
    let cases = [
        ("$1,000", "1000 USD"),
        ("$1,000.50", "1000.50 USD"),
        ("1.000 EUR", "1.000 EUR"),
        ("1.000,50 EUR", "1000.50 EUR"),
        ("1,5 EUR", "1.5 EUR"),
        ("($10 * 2)", "20 USD"),
        ("(2 * ($3 + $4.50))", "15.00 USD"),
        ("($10 / 4)", "2.5 USD"),
        ("(-$1)", "-1 USD"),
        ("$5 = $5", "5 USD"),
        ("\"EUR\" 5", "5 EUR"),
    ];
    for (amount, expected) in cases {
        let outcome = ledger(&format!("2026-01-02 x\n  Assets:A  {amount}\n  Income:X\n"));
        assert_eq!(reasons(&outcome), [""; 0], "{amount}");
        let line = &outcome.lines[0];
        assert_eq!(format!("{} {}", line.amount, line.currency.as_deref().unwrap()), expected, "{amount}");
    }
    for (amount, reason) in [
        ("(1 + $2)", "`(1` cannot be calculated: it adds amounts of two commodities"),
        ("($1 / 0)", "`($1` cannot be calculated: it divides by nothing"),
        ("(1", "`(1` cannot be calculated: a parenthesis is not closed"),
        ("1 000 EUR", "`000` stands behind an amount"),
        ("1 EUR @ 2 EUR", "the cost of an amount is of the same commodity"),
    ] {
        let outcome = ledger(&format!("2026-01-02 x\n  Assets:A  {amount}\n  Income:X\n"));
        assert_eq!(reasons(&outcome), [format!("1: {reason}")], "{amount}");
    }
}

#[test]
fn a_decimal_comma_holds_for_its_commodity_from_then_on() {
    let posted = |amount| format!("2026-01-02 x\n  Assets:A  {amount}\n  Income:X\n\n");
    let text = [posted("1.000 EUR"), posted("1,50 EUR"), posted("1.000 EUR"), posted("1.000 USD")].concat();
    let amounts: Vec<_> = ledger(&text).lines.iter().map(|line| line.amount.to_string()).collect();
    assert_eq!(amounts, ["1.000", "1.50", "1000", "1.000"]);
    let text = format!("commodity EUR\n  format 1.000,00 EUR\n{}", posted("1.000 EUR"));
    assert_eq!(ledger(&text).lines[0].amount.to_string(), "1000");
}

#[test]
fn headers_and_notes_give_texts_and_tags() {
    let cases: [(&str, &str, &str, &[&str]); 5] = [
        ("2026/01/02 Shop; still | the payee", "Shop; still | the payee", "-", &[]),
        ("2026/01/02=2026/01/05 * (1) Shop  ; a note", "Shop", "a note", &[]),
        ("2026/01/02 Shop\t; :a:b:", "Shop", "-", &["a", "b"]),
        ("2026/01/02 Shop\n  ; Kind: of thing\n  ; more", "Shop", "more", &["Kind:of thing"]),
        ("apply tag trip: x\n2026/01/02 Shop\n  ; :own:", "Shop", "-", &["trip:x", "own"]),
    ];
    for (header, payee, memo, tags) in cases {
        let outcome = ledger(&format!("{header}\n  Assets:A  $1\n  Income:X\n"));
        assert_eq!(texts(&outcome), (payee, memo, tags.to_vec()), "{header}");
    }
    let outcome = ledger(
        "2026/01/02 Shop\n  ; [2026/01/04]\n  Assets:A  $1\n  Assets:B  $-1  ; [2026/01/05=2026/01/06]\n",
    );
    let days: Vec<_> = outcome.lines.iter().map(|line| line.date.to_string()).collect();
    assert_eq!(days, ["2026-01-04", "2026-01-05"]);
}

#[test]
fn lots_weigh_as_ledger_has_it() {
    let cases: [(&str, &[&str]); 4] = [
        // Sold above what it cost: the gain is the rest.
        (
            "  Assets:Depot  -10 ACME {$5.00} @ $6.00\n  Assets:A  $60.00\n  Income:Gains\n",
            &["2026-01-02 Assets:A 60.00 USD [50.00 -; 10.00 income:Gains]"],
        ),
        // A lot's price alone is no cost.
        ("  Assets:Depot  10 ACME {$5.00}\n  Assets:A\n", &[]),
        (
            "  Assets:Depot  10 ACME {$5.00}\n  Assets:A  $-50.00\n",
            &["2026-01-02 Assets:A -50.00 USD [-50.00 -]"],
        ),
        (
            "  Assets:E  10 EUR {{$11.00}} [2026/01/01] (a note) (@@) $12.00\n  Assets:A\n",
            &[
                "2026-01-02 Assets:E 10 EUR [10.00 -> Assets:A]",
                "2026-01-02 Assets:A -11.00 USD [-11.00 -> Assets:E]",
            ],
        ),
    ];
    for (postings, expected) in cases {
        let outcome = ledger(&format!("2026-01-02 x\n{postings}"));
        assert_eq!(
            (shown(&outcome), reasons(&outcome)),
            (expected.iter().map(|s| (*s).to_owned()).collect(), vec![])
        );
    }
}

#[test]
fn directives_are_read_in_their_order() {
    let posted = "2026-01-02 x\n  a:b  1 EUR\n  Income:X\n";
    let cases = [
        ("alias a=Assets:Cash\n", posted, "Assets:Cash:b"),
        ("account Assets:Cash\n  alias a\n", posted, "Assets:Cash:b"),
        ("apply account Assets\nend apply account\nalias a=Assets\n", posted, "Assets:b"),
        ("apply account Assets\napply tag x\nend\n", posted, "Assets:a:b"),
        ("bucket Assets:Purse\n", "2026-01-02 x\n  Income:X  -1 EUR\n", "Assets:Purse"),
        ("A Assets:Purse\n", "2026-01-02 x\n  Income:X  -1 EUR\n", "Assets:Purse"),
        ("apply year 2026\nalias a=Assets\n", "01/02 x\n  a:b  1 EUR\n  Income:X\n", "Assets:b"),
        ("!alias a=Assets\n", posted, "Assets:b"),
        ("test\nnothing\nend test\nalias a=Assets\n", posted, "Assets:b"),
        (
            "payee x\n  alias y\nalias a=Assets\ntag b\nN $\nC 1 Kb = 1024 b\nassert true\n",
            posted,
            "Assets:b",
        ),
    ];
    for (directives, text, account) in cases {
        let outcome = ledger(&format!("{directives}{text}"));
        assert_eq!(outcome.lines[0].account.as_deref(), Some(account), "{directives}");
        assert_eq!((reasons(&outcome), outcome.lines[0].date.to_string()), (vec![], "2026-01-02".into()));
    }
    let ended = ledger("apply year 2026\nend apply year\n01/02 x\n  Assets:A  1 EUR\n  Income:X\n");
    assert_eq!(ended.rejected.len(), 1);
    assert_eq!(
        invalid("!include x.dat\n", Dialect::Ledger).message,
        "the journal includes another file: `x.dat`"
    );
}

#[test]
fn balances_are_assigned_in_the_order_of_the_file() {
    let lines = shown(&ledger(super::fixtures::ASSIGNED));
    assert_eq!(lines[1], "2026-01-01 Assets:Cash 15.00 USD [15.00 Adjustment]");
    let outcome = ledger(&format!("= /x/\n  (a)  1\n\n{}", super::fixtures::ASSIGNED));
    let reason = "the balance of `Assets:Cash` is not known, as automated postings are left out";
    assert_eq!(outcome.rejected[0].reason, reason);
}

#[test]
fn what_is_passed_over_is_told() {
    let text =
        "i 2026/01/02 10:00:00 Work\no 2026/01/02 11:00:00\n2026-01-02 x\n  Assets:A  1 h\n  Work  -1 h\n";
    let notes = [
        "2 lines of a time clock are left out: hours are not kept",
        "2 postings are left out: `h` is no currency",
        "accounts under `Work` are of no known type, and are taken for categories",
    ];
    assert_eq!(ledger(text).facts.notes, notes);
}

#[test]
fn what_an_export_says_as_metadata_is_said_again() {
    let text = "2026-01-02 * Shop\n    ; :two-words:\n    ; trip: rome\n    ; note: weekly: shop\n    ; note: and more\n\
                \x20   Expenses:Food  3.00 EUR\n    ; memo: bread\n    Expenses:Fun  2.00 EUR\n    Assets:A  -5.00 EUR\n";
    let outcome = ledger(text);
    assert_eq!(texts(&outcome), ("Shop", "weekly: shop and more", vec!["two-words", "trip:rome"]));
    let memos: Vec<_> = purpose_of(&outcome, 0).parts.iter().map(|part| part.memo.as_deref()).collect();
    assert_eq!(memos, [Some("bread"), None]);
}

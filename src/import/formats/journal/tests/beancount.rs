//! Beancount's files: their own grammar, what is inferred, and pads.

use super::*;

fn beancount(text: &str) -> Outcome {
    let outcome = read(text, Dialect::Beancount);
    check(&outcome);
    outcome
}

#[test]
fn headers_give_texts_and_tags() {
    let cases: [(&str, &str, &str, &[&str]); 8] = [
        ("2026-01-02 * \"Shop\" \"weekly\" #a ^b #c-1 ; no", "Shop", "weekly", &["a", "c-1"]),
        ("2026-01-02 txn \"only\"", "-", "only", &[]),
        ("2026-01-02 ! \"Shop\" \"\"", "Shop", "-", &[]),
        ("2026-01-02 P \"a \\\"b\\\"\" | \"c\n d\"", "a \"b\"", "c d", &[]),
        ("2026-01-02 *", "-", "-", &[]),
        ("2026/1/2 * \"; none\"", "-", "; none", &[]),
        ("pushtag #x\npushtag #y\npoptag #x\n2026-01-02 * \"a\" #z", "-", "a", &["y", "z"]),
        ("2026-01-02 * \"a\"\n  #late\n  ^link\n  key: \"v\"\n  ; comment", "-", "a", &["late"]),
    ];
    for (header, payee, memo, tags) in cases {
        let outcome = beancount(&format!("{header}\n  Assets:A  1 EUR\n    key: \"v; \"\n  Income:X\n"));
        assert_eq!(reasons(&outcome), [""; 0], "{header}");
        assert_eq!(texts(&outcome), (payee, memo, tags.to_vec()), "{header}");
    }
}

#[test]
fn postings_are_balanced_as_beancount_does() {
    let cases: [(&str, &[&str]); 13] = [
        ("Assets:A  1,000.00 EUR\n  Income:X", &["Assets:A 1000.00 EUR [1000.00 income:X]"]),
        ("Assets:A  -(1 + 2) * 2.00 EUR\n  Expenses:X", &["Assets:A -6.00 EUR [-6.00 X]"]),
        ("! Assets:A  - 1 EUR ; c\n  Expenses:X", &["Assets:A -1 EUR [-1 X]"]),
        ("Assets:A  EUR\n  Expenses:X  3 EUR", &["Assets:A -3 EUR [-3 X]"]),
        (
            "Assets:A  -3 EUR\n  Assets:B  -2 USD\n  Expenses:X  USD\n  Expenses:Y  EUR",
            &["Assets:A -3 EUR [-3 Y]", "Assets:B -2 USD [-2 X]"],
        ),
        // The finest digits shown do not count, the coarsest do.
        (
            "Assets:A  10.005 EUR\n  Assets:A  10.00 EUR\n  Income:X",
            &["Assets:A 20.005 EUR [20.005 income:X]"],
        ),
        ("Assets:A  -10.00 EUR\n  Expenses:X  10.005 EUR", &["Assets:A -10.00 EUR [-10.00 X]"]),
        (
            "Assets:A  10 EUR @ 1.10 USD\n  Assets:B",
            &["Assets:A 10 EUR [10.00 -> Assets:B]", "Assets:B -11.00 USD [-11.00 -> Assets:A]"],
        ),
        ("Assets:A  -10 EUR @@ 11 USD\n  Income:X", &["Assets:A -10 EUR [-10.00 income:X]"]),
        ("Assets:S  2 ACME {5.00 # 1.00 EUR}\n  Assets:A", &["Assets:A -11.00 EUR [-11.00 -]"]),
        (
            "Assets:S  2 ACME {{11.00 EUR, 2026-01-02, \"lot\"}}\n  Assets:A",
            &["Assets:A -11.00 EUR [-11.00 -]"],
        ),
        (
            "Assets:S  -2 ACME {5.50 EUR} @ 7.00 EUR\n  Assets:A  14.00 EUR\n  Income:G",
            &["Assets:A 14.00 EUR [11.00 -; 3.00 income:G]"],
        ),
        (
            "Assets:S  -2 ACME {}\n  Assets:A  14.00 EUR\n  Income:G  -3.00 EUR",
            &["Assets:A 14.00 EUR [11.00 -; 3.00 income:G]"],
        ),
    ];
    for (postings, expected) in cases {
        let outcome = beancount(&format!("2026-01-02 * \"x\"\n  {postings}\n"));
        assert_eq!(reasons(&outcome), [""; 0], "{postings}");
        let found: Vec<_> = shown(&outcome).iter().map(|line| line.replace("2026-01-02 ", "")).collect();
        assert_eq!(found, expected, "{postings}");
    }
}

#[test]
fn a_gain_that_depends_on_other_lots_is_told() {
    let text = "2026-01-02 * \"x\"\n  Assets:S  -2 ACME {} @ 7 EUR\n  Assets:A  14.00 EUR\n  Income:G\n";
    let outcome = beancount(text);
    assert_eq!(shown(&outcome), ["2026-01-02 Assets:A 14.00 EUR [14.00 -]"]);
    assert_eq!(outcome.facts.notes[1], "1 sale of lots without their cost: what was gained has no category");
    let outcome = beancount("2026-01-02 * \"x\"\n  Assets:S  -2 ACME {}\n  Assets:A\n");
    assert_eq!(reasons(&outcome), ["1: the cost of its lots does not stand in it, and does not follow"]);
}

#[test]
fn pads_fill_up_to_the_next_balance() {
    let opening = "2026-01-01 pad Assets:A Equity:Opening-Balances\n";
    let text = format!(
        "{opening}2026-01-02 * \"x\"\n  Assets:A:Sub  5.00 EUR\n  Income:X\n\
         2026-01-03 balance Assets:A  100.00 EUR\n2026-01-04 balance Assets:A  7 EUR\n2026-01-04 balance Assets:A  7 USD\n"
    );
    let outcome = beancount(&text);
    let expected = [
        "2026-01-02 Assets:A:Sub 5.00 EUR [5.00 income:X]",
        "2026-01-01 Assets:A 95.00 EUR [95.00 Starting balances]",
        "2026-01-01 Assets:A (USD) 7 USD [7 Starting balances]",
    ];
    assert_eq!((shown(&outcome), reasons(&outcome)), (expected.map(str::to_owned).to_vec(), vec![]));
    assert_eq!((outcome.lines[1].line, outcome.lines[1].raw.as_str()), (1, opening.trim_end()));

    // A balance below it counts, as it does for beancount.
    let below =
        format!("{opening}2026-01-03 balance Assets:A:Sub  9 EUR\n2026-01-04 balance Assets:A  7 EUR\n");
    assert_eq!(shown(&beancount(&below)), ["2026-01-01 Assets:A 9 EUR [9 Starting balances]"]);
    let near = format!("{opening}2026-01-03 balance Assets:A  0.01 EUR\n");
    assert_eq!(beancount(&near).lines.len(), 0);
    let late = format!("{text}2026-01-02 * \"late\"\n  Assets:A  1 EUR\n  Income:X\n");
    let reason =
        "1: the balance of `Assets:A` is not known: its postings do not stand in the order of their days";
    assert_eq!(reasons(&beancount(&late)), [reason, reason]);
    assert_eq!(reasons(&beancount(opening)), ["1: no balance of `Assets:A` comes behind it"]);
    assert_eq!(reasons(&beancount(&format!("{opening}{opening}"))).len(), 2);
}

#[test]
fn the_names_of_the_roots_are_options() {
    let text = "2026-01-02 * \"x\"\n  Vermögen:A  -1 EUR\n  Ausgaben:Essen\n\
                option \"name_assets\" \"Vermögen\"\noption \"name_expenses\" \"Ausgaben\"\n";
    assert_eq!(shown(&beancount(text)), ["2026-01-02 Vermögen:A -1 EUR [-1 Essen]"]);
}

#[test]
fn directives_are_passed_over_by_name() {
    let text = "2026-01-01 open Assets:A EUR,USD \"FIFO\"\n  a: 1\n2026-01-01 commodity EUR\n\
                2026-01-01 note Assets:A \"a\nb\"\n2026-01-01 custom \"x\" TRUE\n2026-01-01 query \"a\" \"b\"\n\
                plugin \"x\" \"y\"\npushmeta a: 1\npopmeta a:\n* Heading\n; c\n\
                2026-01-02 * \"x\"\n  Assets:A  1 EUR\n  Income:X\n";
    let outcome = beancount(text);
    assert_eq!((outcome.lines.len(), reasons(&outcome)), (1, vec![]));
}

#[test]
fn what_cannot_be_read_is_rejected_with_its_reason() {
    let cases = [
        ("2026-01-02 foo Assets:A", "`foo` is no directive that is known"),
        ("foo \"bar\"", "`foo` is no directive that is known"),
        ("2026-01-02 \"x\"\n  Assets:A  1 EUR", "no directive or flag stands behind the day"),
        ("2026-01-02 * \"x\n  Assets:A  1 EUR", "a text in quotes does not end"),
        ("2026-01-02 * x", "`x` is not expected there"),
        ("2026-01-02 * \"a\" \"b\" \"c\"", "a transaction has more than two texts"),
        ("2026-01-02 * \"a\" #", "a tag or link has no name"),
        ("2026-01-02 * \"x\"\n  assets:a  1 EUR", "`assets:a` is no account"),
        ("2026-01-02 * \"x\"\n  Assets:A  1 eur", "`eur` is no currency"),
        ("2026-01-02 * \"x\"\n  Assets:A  1.00", "a currency is missing"),
        ("2026-01-02 * \"x\"\n  Assets:A  1,5 EUR", "`1,5` is no number"),
        ("2026-01-02 * \"x\"\n  Assets:A  1/0 EUR", "`1/0` cannot be calculated: it divides by nothing"),
        ("2026-01-02 * \"x\"\n  Assets:A  1 EUR {2 USD", "a cost's brace is not closed"),
        ("2026-01-02 * \"x\"\n  Assets:A  1 EUR x", "`x` is not expected there"),
        (
            "2026-01-02 * \"x\"\n  Assets:A  1 EUR\n  Income:X  -2 EUR",
            "it does not balance: `-1 EUR` is left over",
        ),
        (
            "2026-01-02 * \"x\"\n  Assets:A  1 EUR\n  Assets:B  -1 USD",
            "it does not balance: `1 EUR` is left over",
        ),
        ("2026-01-02 * \"x\"\n  Assets:A\n  Assets:B", "two of its postings have no amount"),
        ("2026-01-02 balance Assets:A  EUR", "`EUR` is no number"),
        ("option \"title\"", "a text is missing"),
    ];
    for (text, reason) in cases {
        let outcome = beancount(&format!("{text}\n2026-01-03 * \"y\"\n  Assets:Z  1 EUR\n  Income:X\n"));
        assert_eq!(reasons(&outcome), [format!("1: {reason}")], "{text}");
        assert_eq!(outcome.lines.len(), 1, "{text}");
    }
    let refused = invalid("include \"accounts.beancount\"\n", Dialect::Beancount);
    assert_eq!(refused.message, "the journal includes another file: `accounts.beancount`");
}

#[test]
fn notes_and_memos_in_metadata_are_texts() {
    let text = "2026-01-02 * \"Shop\" \"weekly\"\n  id: \"7\"\n  note: \"for \\\"us\\\"\"\n\
                \x20 Expenses:Food  3.00 EUR\n    date: 2026-01-03\n    memo: \"bread\"\n    other: \"x\"\n  Assets:A\n";
    let outcome = beancount(text);
    assert_eq!(texts(&outcome), ("Shop", "weekly for \"us\"", vec![]));
    assert_eq!(purpose_of(&outcome, 0).parts[0].memo.as_deref(), Some("bread"));
}

#[test]
fn what_an_account_is_called_is_its_name() {
    let text = "2026-01-01 open Liabilities:Credit-card EUR\n  name: \"Credit card\"\n\
                2026-01-01 open Expenses:Food:Eating-out\n  name: \"Food:Eating out\"\n\
                2026-01-01 open Assets:B-c\n  name: \"Other\"\n\
                2026-01-01 open Assets:Other\n  id: \"x\"\n\
                2026-01-02 * \"x\"\n  Liabilities:Credit-card  -5.00 EUR\n  Expenses:Food:Eating-out\n\
                2026-01-03 * \"x\"\n  Liabilities:Credit-card  5.00 EUR\n  Assets:B-c\n\
                2026-01-03 * \"x\"\n  Assets:Other  5.00 EUR\n  Assets:B-c\n";
    let expected = [
        "2026-01-02 Liabilities:Credit card -5.00 EUR [-5.00 Food:Eating out]",
        "2026-01-03 Liabilities:Credit card 5.00 EUR [5.00 -> Assets:B-c]",
        "2026-01-03 Assets:B-c -5.00 EUR [-5.00 -> Liabilities:Credit card]",
        "2026-01-03 Assets:Other 5.00 EUR [5.00 -> Assets:B-c]",
        "2026-01-03 Assets:B-c -5.00 EUR [-5.00 -> Assets:Other]",
    ];
    assert_eq!(shown(&beancount(text)), expected, "a name that is another account's is not taken");
}

#[test]
fn an_exclamation_mark_is_not_confirmed() {
    let text = "2026-01-02 ! \"x\"\n  Assets:A  1 EUR\n  * Assets:B  2 EUR\n  Income:X\n\
                2026-01-03 * \"x\"\n  ! Assets:A  1 EUR\n  Assets:B  2 EUR\n  Income:X\n\
                2026-01-03 P \"x\"\n  P Assets:A  1 EUR\n  Income:X\n";
    let expected = [
        ("Assets:A", true),
        ("Assets:B", false),
        ("Assets:A", true),
        ("Assets:B", false),
        ("Assets:A", false),
    ];
    assert_eq!(unconfirmed(&beancount(text)), expected);
}

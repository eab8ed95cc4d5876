//! The compiled rules against a naive evaluator that asks each rule in its order, term by term.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::reading::kept;
use super::{BankRow, Ruleset};
use crate::db::names::Names;
use crate::domain::account::{Account, AccountKind};
use crate::domain::ids::{AccountId, RuleId};
use crate::domain::money::{CurrencyCode, Minor};
use crate::domain::name::fold;
use crate::domain::query::{Direction, Kind, Node, Pattern, Range, State, Text};
use crate::domain::rule::Rule;
use crate::domain::transaction::Status;

fn names() -> Names {
    let account = |id: i64, name: &str, code: &str, exponent: u32| Account {
        id: AccountId(id),
        name: name.to_owned(),
        key: fold(name),
        kind: AccountKind::Checking,
        currency: CurrencyCode::parse(code).unwrap(),
        exponent,
        is_on_budget: true,
        is_closed: false,
    };
    Names {
        accounts: vec![account(1, "Checking", "EUR", 2), account(2, "Yen", "JPY", 0)],
        ..Names::default()
    }
}

fn rules(queries: &[String]) -> Vec<Rule> {
    let rule = |(id, query): (i64, &String)| Rule {
        id: RuleId(id),
        query: query.clone(),
        payee: None,
        note: None,
        tags: Vec::new(),
        parts: Vec::new(),
    };
    (1..).zip(queries).map(rule).collect()
}

fn holds(node: &Node, row: &BankRow<'_>) -> bool {
    match node {
        Node::And(parts) => parts.iter().all(|part| holds(part, row)),
        Node::Or(parts) => parts.iter().any(|part| holds(part, row)),
        Node::Not(part) => !holds(part, row),
        Node::Term(term) => fits(&term.kind, row),
    }
}

fn fits(kind: &Kind, row: &BankRow<'_>) -> bool {
    let found = |pattern: &Pattern, text: Option<&str>| {
        text.is_some_and(|text| pattern.matcher().fits(&Text::new(text, &fold(text))))
    };
    let amount = row.amount.unwrap().0;
    let goes = |direction: &Direction| match direction {
        Direction::In => amount > 0,
        Direction::Out => amount < 0,
    };
    match kind {
        Kind::Word(pattern) => found(pattern, row.name()) || found(pattern, row.memo),
        Kind::Payee(pattern) => found(pattern, row.name()),
        Kind::Note(pattern) => found(pattern, row.memo),
        Kind::Account(Pattern::Text(text)) => {
            fold(text) == if row.account == Some(AccountId(1)) { "checking" } else { "yen" }
        }
        Kind::Amount(range) => is_within(range, row),
        Kind::Flow(direction, range) => {
            goes(direction) && range.as_ref().is_none_or(|range| is_within(range, row))
        }
        Kind::Date(period) => period.contains(row.date.unwrap()),
        Kind::Is(State::Status(Status::Pending)) => row.is_pending,
        Kind::Is(State::Status(Status::Cleared)) => !row.is_pending,
        other => panic!("{other}"),
    }
}

/// In hundredths, whatever the currency.
fn is_within(range: &Range, row: &BankRow<'_>) -> bool {
    let factor = if row.account == Some(AccountId(1)) { 1 } else { 100 };
    let size = row.amount.unwrap().0.abs() * factor;
    let hundredths = |bound: &crate::domain::query::Bound| {
        i64::try_from(
            (bound.amount.magnitude * rust_decimal::Decimal::ONE_HUNDRED).mantissa()
                / 10_i128.pow((bound.amount.magnitude * rust_decimal::Decimal::ONE_HUNDRED).scale()),
        )
        .unwrap()
    };
    let low =
        range.low.as_ref().is_none_or(|b| size > hundredths(b) || b.is_included && size == hundredths(b));
    let high =
        range.high.as_ref().is_none_or(|b| size < hundredths(b) || b.is_included && size == hundredths(b));
    low && high
}

fn term() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[abß]{1,2}",
        2 => "payee:[abS]{1,2}",
        2 => "note:[ab]{1,2}",
        1 => "payee:\"[ab] [ab]\"",
        2 => "/[ab.^]{1,2}/",
        1 => "payee:/\\^?[ab]\\$?/".prop_map(|text| text.replace('\\', "")),
        1 => Just("note:/a|b+/".to_owned()),
        1 => "amt:[<>]=?[0-9]",
        1 => "amt:[1-4]\\.\\.[5-9]".prop_map(|text| text.replace('\\', "")),
        1 => "(in|out):(>[0-9])?",
        1 => "acct:(checking|yen)",
        1 => "date:2026-0[1-3]",
        1 => "is:(pending|cleared)",
    ]
}

fn query() -> impl Strategy<Value = String> {
    term().prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("({})", parts.join(" "))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("({})", parts.join(" or "))),
            inner.prop_map(|part| format!("not {part}")),
        ]
    })
}

proptest! {
    #[test]
    fn the_first_rule_that_fits_is_the_naive_evaluators(
        queries in prop::collection::vec(query(), 0..25),
        rows in prop::collection::vec(
            (prop::option::of("[abßS ]{0,4}"), prop::option::of("[ab ]{0,4}"), 1_i64..3, -900_i64..900, 1_u32..4, any::<bool>()),
            1..25,
        ),
    ) {
        let names = names();
        let all = rules(&queries);
        let mut set = Ruleset::new(all.clone(), &names);
        prop_assert!(set.troubles.is_empty(), "{:?}", set.troubles);
        for (payee, memo, account, amount, month, is_pending) in &rows {
            let row = BankRow {
                payee: payee.as_deref(),
                memo: memo.as_deref(),
                account: Some(AccountId(*account)),
                amount: Some(Minor(*amount)),
                date: NaiveDate::from_ymd_opt(2026, *month, 5),
                is_pending: *is_pending,
            };
            let naive = all.iter().find(|rule| holds(kept(&rule.query).unwrap().root().unwrap(), &row));
            let first = set.first(&row);
            prop_assert_eq!(first.map(|rule| rule.id), naive.map(|rule| rule.id), "{:?}", row);
        }
    }
}

#[test]
fn a_row_that_names_nobody_is_known_by_what_else_the_bank_says() {
    let names = names();
    let mut set = Ruleset::new(rules(&["payee:tesco".to_owned(), "not payee:/./".to_owned()]), &names);
    let mut taken =
        |payee, memo| set.first(&BankRow { payee, memo, ..BankRow::default() }).map(|rule| rule.id.0);
    assert_eq!(taken(None, Some("card TESCO 1")), Some(1));
    assert_eq!(taken(Some(" "), Some("card TESCO 1")), Some(1));
    assert_eq!(taken(Some("Aldi"), Some("card TESCO 1")), None);
    assert_eq!(taken(None, None), Some(2));
}

//! The golden scenarios, and what holds in every history of facts.

use proptest::prelude::*;

use super::*;
use crate::domain::money::Minor;

const RENT: usize = 0;
const FOOD: usize = 1;

fn month(number: i32) -> Month {
    Month::parse("2026-01").unwrap().plus(number - 1)
}

fn fact(number: i32, what: What, amount: i64) -> Fact {
    Fact { month: month(number), what, amount }
}

/// Income 1000, Rent 600 of 600, Food 350 of 300; then nothing.
fn overspent(is_carried: bool) -> Vec<Fact> {
    vec![
        fact(1, What::Income, 1000),
        fact(1, What::Assigned(RENT), 600),
        fact(1, What::Activity(RENT), -600),
        fact(1, What::Assigned(FOOD), 300),
        fact(1, What::Activity(FOOD), -350),
        fact(1, What::Carryover(FOOD), i64::from(is_carried)),
    ]
}

/// To be budgeted, and what Food has, by month from the first on.
fn course(facts: Vec<Fact>, months: i32) -> Vec<(i64, i64)> {
    let series = Series::new(2, facts);
    let states = series.between(month(1), month(months)).unwrap();
    states.iter().map(|state| (state.to_be_budgeted.0, state.envelopes[FOOD].available.0)).collect()
}

#[test]
fn overspending_lowers_the_next_month_unless_the_envelope_keeps_it() {
    assert_eq!(course(overspent(false), 3), [(100, -50), (50, 0), (50, 0)]);
    assert_eq!(course(overspent(true), 3), [(100, -50), (100, -50), (100, -50)]);
}

#[test]
fn raising_the_assigned_in_the_past_mends_every_later_month() {
    for is_carried in [false, true] {
        let mut facts = overspent(is_carried);
        facts.push(fact(1, What::Assigned(FOOD), 50));
        assert_eq!(course(facts, 3), [(50, 0), (50, 0), (50, 0)]);
    }
}

#[test]
fn a_hold_waits_for_the_next_month() {
    let facts = vec![fact(1, What::Income, 100), fact(1, What::Held, 80), fact(2, What::Assigned(FOOD), 150)];
    let series = Series::new(2, facts);
    let states = series.between(month(1), month(3)).unwrap();
    let tbb: Vec<i64> = states.iter().map(|state| state.to_be_budgeted.0).collect();
    assert_eq!(tbb, [20, -50, -50]);
    assert_eq!(states[0].held, Minor(80));
    let least = Some((month(2), Minor(-50)));
    assert_eq!(series.later(month(1)), Ok(Later { assigned: Minor(150), least }));
    assert_eq!(series.later(month(2)), Ok(Later { assigned: Minor(0), least: None }));
}

#[test]
fn the_flag_of_the_month_before_decides() {
    let mut facts = overspent(true);
    facts.push(fact(2, What::Carryover(FOOD), 0));
    assert_eq!(course(facts, 4), [(100, -50), (100, -50), (50, 0), (50, 0)]);
}

#[test]
fn before_the_first_month_everything_is_nothing() {
    let series = Series::new(2, vec![fact(5, What::Income, 100)]);
    let states = series.between(month(3), month(6)).unwrap();
    let shown: Vec<_> = states.iter().map(|state| (state.month, state.to_be_budgeted.0)).collect();
    assert_eq!(shown, [(month(3), 0), (month(4), 0), (month(5), 100), (month(6), 100)]);
    assert_eq!(series.at(month(3)).unwrap().income, Minor::ZERO);
    assert_eq!(Series::new(2, Vec::new()).between(month(1), month(2)).unwrap().len(), 2);
}

#[test]
fn months_without_anything_are_one_stretch() {
    let facts =
        vec![fact(1, What::Income, 100), fact(1, What::Activity(FOOD), -30), fact(90_000, What::Income, 1)];
    let stretches = Series::new(2, facts).stretches(month(-20), month(95_000)).unwrap();
    let shown: Vec<_> = stretches
        .iter()
        .map(|stretch| (stretch.first, stretch.last(), stretch.state.to_be_budgeted.0))
        .collect();
    assert_eq!(
        shown,
        [
            (month(-20), month(0), 0),
            (month(1), month(1), 100),
            (month(2), month(2), 70),
            (month(3), month(89_999), 70),
            (month(90_000), month(90_000), 71),
            (month(90_001), month(90_001), 71),
            (month(90_002), month(95_000), 71),
        ]
    );
}

#[test]
fn what_later_months_give_out_is_told_with_the_least_that_it_leaves() {
    let facts = vec![
        fact(1, What::Income, 100),
        fact(2, What::Assigned(FOOD), 130),
        fact(3, What::Income, 500),
        fact(3, What::Assigned(FOOD), 200),
        fact(9, What::Activity(FOOD), -900),
    ];
    let least = Some((month(2), Minor(-30)));
    assert_eq!(Series::new(2, facts).later(month(1)), Ok(Later { assigned: Minor(330), least }));
}

#[test]
fn sums_beyond_64_bits_are_errors() {
    let facts = vec![fact(1, What::Income, i64::MAX), fact(2, What::Income, 1)];
    let series = Series::new(0, facts);
    assert_eq!(series.at(month(1)).unwrap().to_be_budgeted, Minor(i64::MAX));
    assert!(series.at(month(2)).is_err());
}

fn facts() -> impl Strategy<Value = Vec<Fact>> {
    let amount = -1_000_i64..1_000;
    let fact = (1..40, 0..8, 0..3_usize, amount).prop_map(|(number, kind, envelope, amount)| {
        let (what, amount) = match kind {
            0 | 1 => (What::Activity(envelope), amount),
            2 | 3 => (What::Assigned(envelope), amount),
            4 => (What::Income, amount),
            5 => (What::Held, amount.abs()),
            6 => (What::Carryover(envelope), amount & 1),
            _ => (What::Uncategorised, amount),
        };
        fact(number, what, amount)
    });
    prop::collection::vec(fact, 0..40)
}

fn sum(facts: &[Fact], up_to: Month, is_counted: fn(What) -> bool) -> i64 {
    let counted = facts.iter().filter(|fact| fact.month <= up_to && is_counted(fact.what));
    counted.map(|fact| fact.amount).sum()
}

proptest! {
    #[test]
    fn every_month_closes(facts in facts()) {
        let series = Series::new(3, facts.clone());
        for state in series.between(month(1), month(45)).unwrap() {
            let money = sum(&facts, state.month, |what| {
                matches!(what, What::Activity(_) | What::Income | What::Uncategorised | What::InTransit)
            });
            let placed = state.to_be_budgeted.0 + state.held.0 + state.available().unwrap().0;
            prop_assert_eq!(placed, money - state.uncategorised_to_date.0 - state.in_transit.0);
            prop_assert_eq!(&state, &series.at(state.month).unwrap());
        }
    }

    #[test]
    fn months_that_are_passed_over_are_as_if_they_were_not(facts in facts()) {
        // A fact of nothing in every month, so that none is passed over.
        let mut every = facts.clone();
        every.extend((1..=45).map(|number| fact(number, What::Uncategorised, 0)));
        let shown = |facts| Series::new(3, facts).between(month(1), month(45)).unwrap();
        prop_assert_eq!(shown(facts), shown(every));
    }
}

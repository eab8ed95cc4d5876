//! Applying targets, through the binary: what was planned once is what a plan made anew says, month after month, with
//! whatever months before have left.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use serde_json::Value;

use crate::support::{Sandbox, on_both_databases};
use crate::undo::config;

const MONTHS: u32 = 24;
const MONTHS_ON_POSTGRES: u32 = 10;

const CATEGORIES: [&str; 4] = ["a", "b", "c", "d"];

/// What happens in a month before its targets are applied.
#[derive(Debug, Clone)]
struct Before {
    income: u32,
    spent: u32,
    by: usize,
    /// What each category asks for from now on.
    targets: Vec<Vec<String>>,
    /// Whether something is assigned by hand first.
    is_begun: bool,
}

fn line() -> impl Strategy<Value = String> {
    let amount = || 1_u32..300;
    prop_oneof![
        amount().prop_map(|amount| format!("{amount}.05")),
        (1_u32..4, amount()).prop_map(|(priority, amount)| format!("!{priority} {amount}.37")),
        (amount(), amount()).prop_map(|(amount, limit)| format!("!1 {amount} up to {limit}")),
        amount().prop_map(|limit| format!("up to {limit}")),
        (1_u32..9).prop_map(|limit| format!("60 up to {limit} per day hold")),
        (1_u32..9, 1_u32..40)
            .prop_map(|(amount, days)| format!("{amount} every {days} days starting 2025-12-07")),
        (amount(), 1_u32..13)
            .prop_map(|(amount, month)| format!("{amount} by 2030-{month:02} repeat every year")),
        (amount(), 1_u32..13).prop_map(|(amount, month)| format!(
            "{amount} by 2026-{month:02} spend from 2025-{month:02} repeat every year"
        )),
        (1_u32..80).prop_map(|percent| format!("!1 {percent}% of available funds")),
        (1_u32..80).prop_map(|percent| format!("{percent}.5% of previous pay")),
        (1_u32..80).prop_map(|percent| format!("{percent}% of all income")),
        (1_u32..6).prop_map(|months| format!("!2 average {months} months +12.5%")),
        (1_u32..6).prop_map(|months| format!("copy from {months} months ago")),
        (1_u32..5).prop_map(|weight| format!("remainder {weight}")),
        (1_u32..5, amount()).prop_map(|(weight, limit)| format!("remainder {weight} up to {limit}")),
        Just("goal 100".to_owned()),
    ]
}

fn before() -> impl Strategy<Value = Before> {
    let targets = proptest::collection::vec(proptest::collection::vec(line(), 1..4), CATEGORIES.len());
    (0_u32..900, 1_u32..200, select(&[0_usize, 1, 2, 3]), targets, any::<bool>())
        .prop_map(|(income, spent, by, targets, is_begun)| Before { income, spent, by, targets, is_begun })
}

on_both_databases! {
    fn what_was_applied_and_is_applied_anew_stays(s: &Sandbox) {
        for line in ["account add Bank", "config set account Bank", "category add pay --kind income"] {
            s.groat(line.split_whitespace()).ok();
        }
        for category in CATEGORIES {
            s.groat(["category", "add", category]).ok();
        }
        let months = if s.is_postgres() { MONTHS_ON_POSTGRES } else { MONTHS };
        let number = std::cell::Cell::new(0);
        // One book: a month is what the months before made it, and no shorter history would show the same.
        let mut runner = TestRunner::new(Config { cases: months, max_shrink_iters: 0, ..config(s) });
        let outcome = runner.run(&before(), |before| {
            // November 2025 is the first: some are past, one is under way, and most are to come.
            let place = 10 + number.replace(number.get() + 1);
            let month = format!("{}-{:02}", 2025 + place / 12, place % 12 + 1);
            applied_twice_is_applied_once(s, &month, &before).map_err(TestCaseError::fail)
        });
        if let Err(error) = outcome {
            panic!("{error}");
        }
        s.groat(["db", "verify"]).ok();
    }
}

fn applied_twice_is_applied_once(s: &Sandbox, month: &str, before: &Before) -> Result<(), String> {
    let day = format!("{month}-03");
    s.groat(["income", &before.income.to_string(), "boss", "-c", "pay", "-d", &day]).ok();
    s.groat(["add", &before.spent.to_string(), "shop", "-c", CATEGORIES[before.by], "-d", &day]).ok();
    for (category, lines) in CATEGORIES.iter().zip(&before.targets) {
        let words = ["budget", "target", category].map(str::to_owned);
        // Two limits are refused, for example: then the month before it had a target that is kept.
        let run = s.groat(words.iter().chain(lines));
        if ![0, 2].contains(&run.code) {
            return Err(run.snapshot());
        }
    }
    let has_targets =
        !s.groat(["budget", "target", "--json"]).ok().json()["targets"].as_array().is_none_or(Vec::is_empty);
    if !has_targets {
        return Ok(());
    }
    let apply =
        |words: &[&str]| s.groat(["budget", "apply", "--json", "-p", month].iter().chain(words)).ok().json();
    if before.is_begun {
        s.groat(["budget", "assign", CATEGORIES[before.by], "12.34", "-p", month]).ok();
        apply(&["--overwrite"]);
    } else {
        let planned = apply(&["-n"]);
        let applied = apply(&[]);
        if planned["categories"] != applied["categories"] {
            return Err(format!("{month} was planned as {planned:#} and applied as {applied:#}"));
        }
    }
    let once = budget(s, month);
    let again = apply(&["--overwrite"]);
    if once != budget(s, month) || !again["operation"].is_null() {
        return Err(format!("{month} was {once:#}, and again changed it: {again:#}"));
    }
    Ok(())
}

fn budget(s: &Sandbox, month: &str) -> Value {
    s.groat(["budget", "--json", "-p", month]).ok().json()
}

//! The budget against random histories: every month closes with what the accounts on budget hold, as a look into the
//! tables tells it, and every number is the sum of the parts that explain it.

use groat::budget::explain::{Explained, explain};
use groat::budget::month::{BudgetMonth, budget};
use groat::db::connection::DbConn;
use groat::domain::money::Currency;
use groat::domain::when::Month;
use groat::error::Result;
use proptest::prelude::*;
use serde_json::{Value, to_value};

use crate::giving::any_giving;
use crate::shelf::{Shelf, today};
use crate::step::{PEOPLE, Step, any_step};
use crate::support::{inspect, on_both_databases};
use crate::undo::{Checked, for_random, is_a_refusal, is_sound};

const LONGEST: usize = 16;

/// Every posting in an account on budget: its month, its worth, whether it has a category, whether it is a leg of a
/// transfer, and whether that leads to an account off budget.
const ON_BUDGET: &str = "SELECT CAST(p.date AS TEXT), p.value, \
    CASE WHEN p.category_id IS NULL THEN 0 ELSE 1 END, p.is_transfer, \
    (SELECT count(*) FROM postings q JOIN accounts b ON b.id = q.account_id \
     WHERE q.transaction_id = p.transaction_id AND b.is_on_budget <> a.is_on_budget) \
    FROM postings p JOIN accounts a ON a.id = p.account_id WHERE a.is_on_budget";

/// What a look into the tables tells of a month's end, in minor units.
#[derive(Debug, Default, PartialEq, Eq)]
struct Seen {
    money: i128,
    uncategorised: i128,
    in_transit: i128,
}

on_both_databases! {
    fn every_month_closes_whatever_happens(s: &Sandbox) {
        let step = prop_oneof![3 => any_step(), 2 => any_giving().prop_map(Step::Give), 1 => leg_of_a_later_month()];
        let steps = proptest::collection::vec((prop::sample::select(&PEOPLE), step), 1..=LONGEST);
        for_random(s, &steps, |shelf, steps| {
            for (actor, step) in steps {
                if let Err(error) = step.take(shelf, actor) {
                    is_a_refusal(step, &error)?;
                }
                closes(shelf).map_err(|flaw| format!("after {step:?}: {flaw}"))?;
            }
            is_sound(shelf, "all that")?;
            is_explained(shelf)
        });
    }
}

/// The two legs of a transfer can hit their accounts in different months.
fn leg_of_a_later_month() -> impl Strategy<Value = Step> {
    (0_usize..4, prop::sample::select(&[-35_i64, 20, 50]))
        .prop_map(|(which, day)| Step::DateLeg { which, day })
}

/// From before the first thing that happened to after the last.
fn months() -> impl Iterator<Item = Month> {
    (-4..=5).map(|by| Month::of(today()).plus(by))
}

fn closes(shelf: &Shelf) -> Checked {
    let book = shelf.open("reader");
    let read = |conn: &mut DbConn| months().map(|month| budget(conn, month, book.currency())).collect();
    let rows = inspect::query(shelf.url(), ON_BUDGET);
    if is_beyond_count(&rows) {
        return Ok(());
    }
    let budgets: Vec<BudgetMonth> = book.read(|conn| read(conn)).map_err(|e| format!("no budget: {e:#}"))?;
    for budget in budgets {
        let seen = seen(&rows, &format!("{}-31", budget.month));
        let budget = to_value(&budget).map_err(|e| e.to_string())?;
        let available: i128 = envelopes(&budget).iter().map(|envelope| minor(&envelope["available"])).sum();
        let placed = minor(&budget["to_be_budgeted"]) + minor(&budget["held"]) + available;
        let told = Seen {
            money: placed + minor(&budget["uncategorised_to_date"]) + minor(&budget["in_transit"]),
            uncategorised: minor(&budget["uncategorised_to_date"]),
            in_transit: minor(&budget["in_transit"]),
        };
        if told != seen || available != minor(&budget["totals"]["available"]) {
            return Err(format!("the accounts say {seen:?}, and the budget {told:?}: {budget:#}"));
        }
    }
    Ok(())
}

/// What is in the accounts up to a day.
fn seen(rows: &[Vec<String>], until: &str) -> Seen {
    let mut seen = Seen::default();
    for row in rows.iter().filter(|row| row[0].as_str() <= until) {
        let value: i128 = row[1].parse().expect("what is on budget has a value");
        seen.money += value;
        match (&*row[2], &*row[3], &*row[4]) {
            ("1", ..) => {}
            (_, "1", "0") => seen.in_transit += value,
            _ => seen.uncategorised += value,
        }
    }
    seen
}

/// Some steps record amounts of which two are more than 64 bits can hold.
fn is_beyond_count(rows: &[Vec<String>]) -> bool {
    let values = rows.iter().map(|row| row[1].parse::<i128>().expect("what is on budget has a value").abs());
    values.sum::<i128>() > i128::from(i64::MAX)
}

fn is_explained(shelf: &Shelf) -> Checked {
    if is_beyond_count(&inspect::query(shelf.url(), ON_BUDGET)) {
        return Ok(());
    }
    let book = shelf.open("reader");
    let explained = book.read(|conn| {
        let mut all = Vec::new();
        for month in months() {
            all.extend(explained(conn, month, book.currency())?);
        }
        Ok(all)
    });
    for (name, told, explained) in explained.map_err(|e| format!("no explanation: {e:#}"))? {
        let explained = to_value(&explained).map_err(|e| e.to_string())?;
        let (mut sum, mut parts_of_all) = (0, 0);
        for month in list(&explained["months"]) {
            let parts: i128 = list(&month["parts"]).iter().map(|part| minor(&part["amount"])).sum();
            parts_of_all += parts;
            sum += minor(&month["amount"]);
            if parts != minor(&month["amount"]) || sum != minor(&month["balance"]) {
                return Err(format!("a month of {name} does not add up: {explained:#}"));
            }
        }
        if minor(&told) != parts_of_all || told != explained["amount"] {
            return Err(format!("{name} is {told}, and explained is {parts_of_all}: {explained:#}"));
        }
    }
    Ok(())
}

/// Of a month: what is shown of every number, and its explanation.
fn explained(conn: &mut DbConn, month: Month, book: &Currency) -> Result<Vec<(String, Value, Explained)>> {
    let shown = to_value(budget(conn, month, book)?)?;
    let mut all =
        vec![("tbb".to_owned(), shown["to_be_budgeted"].clone(), explain(conn, month, None, book)?)];
    for envelope in envelopes(&shown) {
        let slug = envelope["category_slug"].as_str().unwrap_or_default();
        all.push((slug.to_owned(), envelope["available"].clone(), explain(conn, month, Some(slug), book)?));
    }
    Ok(all)
}

fn envelopes(budget: &Value) -> Vec<Value> {
    list(&budget["groups"]).iter().flat_map(|group| list(&group["categories"]).clone()).collect()
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().expect("a list")
}

/// An amount as JSON has it, in minor units.
fn minor(amount: &Value) -> i128 {
    amount.as_str().expect("an amount is text").replace('.', "").parse().expect("an amount is a number")
}

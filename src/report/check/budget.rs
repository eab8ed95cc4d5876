//! Whether a month's budget is as it should be: what is overspent, given out twice, asked for and not there, held
//! without money, or stands where it no longer fits.

use chrono::{Datelike, NaiveDate};

use super::Finding;
use crate::budget::month::{BudgetMonth, budget};
use crate::budget::targets;
use crate::db::connection::DbConn;
use crate::db::envelope_items::misplaced_legs;
use crate::domain::money::{Currency, Minor, percent_of};
use crate::domain::transaction::Amount;
use crate::domain::when::Month;
use crate::error::{OrUsage, Result};
use crate::ledger::lookup::quoted;

/// How fast money goes, in percent with one decimal.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Pace {
    /// How much of the month has passed, today included.
    pub elapsed: String,
    /// How much of what the envelopes had is spent.
    pub spent: String,
}

/// Looks at the budget of the month of a day.
///
/// # Errors
/// A sum beyond 64 bits.
pub fn check(conn: &mut DbConn, at: NaiveDate, book: &Currency) -> Result<(Vec<Finding>, Option<Pace>)> {
    let month = Month::of(at);
    let shown = budget(conn, month, book)?;
    let mut findings: Vec<Finding> = Vec::new();
    let mut find = |message: String| findings.push(Finding { check: "budget", severity: "warning", message });
    for line in shown.overspent() {
        find(format!(
            "{} is overspent by {} {} in {month}: `groat budget cover {}`",
            line.category,
            positive(line.available)?,
            shown.currency,
            quoted(&line.category_slug)
        ));
    }
    for message in tops(&shown)? {
        find(message);
    }
    for needed in targets::list(conn, month, month, None, book)?.targets {
        match (&needed.problem, needed.missing) {
            (Some(problem), _) => {
                find(format!("the target of {} cannot be planned: {problem}", needed.category))
            }
            (None, Some(missing)) if !missing.minor.is_zero() => {
                find(format!(
                    "the target of {} lacks {missing} {} in {month}",
                    needed.category, shown.currency
                ));
            }
            _ => {}
        }
    }
    for leg in misplaced_legs(conn)? {
        find(format!(
            "the transfer {} of {} has the category {} on a leg where none belongs: `groat edit {} -c none`",
            leg.transaction, leg.date, leg.category, leg.transaction
        ));
    }
    let pace = pace(&shown, at)?;
    Ok((findings, pace))
}

fn positive(amount: Amount) -> Result<Amount> {
    Ok(Amount { minor: amount.minor.checked_neg().usage()?, ..amount })
}

/// What is wrong with what is to be budgeted.
fn tops(budget: &BudgetMonth) -> Result<Vec<String>> {
    let (month, code) = (budget.month, budget.currency);
    if !budget.to_be_budgeted.minor.is_negative() {
        return Ok(Vec::new());
    }
    let missing = positive(budget.to_be_budgeted)?;
    let mut found = vec![format!("{missing} {code} more is given out in {month} than there is")];
    if !budget.held.minor.is_zero() {
        found.push(format!("{} {code} is held in {month} without money: `groat budget hold 0`", budget.held));
    }
    Ok(found)
}

fn pace(budget: &BudgetMonth, at: NaiveDate) -> Result<Option<Pace>> {
    let days = budget.month.last_day().day();
    let elapsed = percent_of(Minor(i64::from(at.day())), Minor(i64::from(days)));
    let rollovers = budget.lines().map(|line| line.rollover.minor);
    let there = Minor::checked_sum(rollovers.chain([budget.totals.assigned.minor])).usage()?;
    let spent = percent_of(budget.totals.activity.minor.checked_neg().usage()?, there);
    let is_some = there > Minor::ZERO;
    Ok(elapsed.zip(spent).filter(|_| is_some).map(|(elapsed, spent)| Pace { elapsed, spent }))
}

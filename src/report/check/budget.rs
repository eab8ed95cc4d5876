//! Whether a month's budget is as it should be: what is overspent, given out twice, asked for and not there, held
//! without money, or stands where it no longer fits.

use chrono::{Datelike, NaiveDate};

use super::Finding;
use crate::budget::month::{BudgetMonth, budget};
use crate::budget::targets::{self, Needed, Targets};
use crate::db::connection::DbConn;
use crate::db::envelope_items::misplaced_legs;
use crate::domain::money::{Currency, Minor, format_human, percent_of};
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
pub fn check(
    conn: &mut DbConn,
    at: NaiveDate,
    today: NaiveDate,
    book: &Currency,
) -> Result<(Vec<Finding>, Option<Pace>)> {
    let month = Month::of(at);
    let shown = budget(conn, month, book)?;
    let mut findings = overspent(&shown)?;
    findings.extend(tops(&shown)?.into_iter().map(|message| finding(None, message)));
    let targets = targets::list(conn, month, Month::of(today), None, book)?;
    findings.extend(targets.targets.iter().filter_map(|needed| lacking(needed, &targets)));
    for leg in misplaced_legs(conn)? {
        let message = format!(
            "the transfer {} of {} has the category {} on a leg where none belongs: `groat edit {} -c none`",
            leg.transaction, leg.date, leg.category, leg.transaction
        );
        findings.push(finding(Some(leg.category_slug), message));
    }
    let pace = pace(&shown, at)?;
    Ok((findings, pace))
}

fn finding(category_slug: Option<String>, message: String) -> Finding {
    Finding { check: "budget", severity: "warning", message, category_slug }
}

fn overspent(shown: &BudgetMonth) -> Result<Vec<Finding>> {
    let each = shown.overspent().map(|line| {
        let message = format!(
            "{} is overspent by {} {} in {}: `groat budget cover {}`",
            line.called,
            human(positive(line.available)?),
            shown.currency,
            shown.month,
            quoted(&line.category_slug)
        );
        Ok(finding(Some(line.category_slug.clone()), message))
    });
    each.collect()
}

/// What is said of a target that lacks money or cannot be planned.
fn lacking(needed: &Needed, targets: &Targets) -> Option<Finding> {
    let name = &needed.called;
    let message = match (&needed.problem, needed.missing) {
        (Some(problem), _) => format!("the target of {name} cannot be planned: {problem}"),
        (None, Some(missing)) if !missing.minor.is_zero() => {
            format!("the target of {name} lacks {} {} in {}", human(missing), targets.currency, targets.month)
        }
        _ => return None,
    };
    Some(finding(Some(needed.category_slug.clone()), message))
}

fn human(amount: Amount) -> String {
    format_human(amount.minor, amount.exponent)
}

fn positive(amount: Amount) -> Result<Amount> {
    Ok(Amount { minor: amount.minor.checked_neg().usage()?, ..amount })
}

/// What is wrong with what is to be budgeted.
fn tops(budget: &BudgetMonth) -> Result<Vec<String>> {
    let (month, code) = (budget.month, budget.currency);
    if !budget.is_overgiven() {
        return Ok(Vec::new());
    }
    let missing = human(positive(budget.to_be_budgeted)?);
    let mut found = vec![format!("{missing} {code} more is given out in {month} than there is")];
    if !budget.held.minor.is_zero() {
        let held = human(budget.held);
        found.push(format!("{held} {code} is held in {month} without money: `groat budget hold 0`"));
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

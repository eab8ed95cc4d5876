//! Applying targets: the plan of a month, shown with its reasons and stored as one operation.

use super::changed::overgiven;
use super::envelopes::Envelopes;
use super::moving::{change, store};
use super::plan::{self, Plan, Planned};
use super::planning::{Past, input};
use super::targets::{NO_TARGET, SETS_ONE};
use crate::db::writer::Writer;
use crate::domain::counted;
use crate::domain::ids::{CategoryId, OperationId};
use crate::domain::money::{Currency, CurrencyCode, Minor};
use crate::domain::transaction::Amount;
use crate::domain::when::Month;
use crate::error::{OrUsage, Problem, Result};

/// What a line is given.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Given {
    /// The template line.
    pub line: String,
    /// What it asks for.
    pub asked: Amount,
    /// What it gets.
    pub given: Amount,
    /// Why that much; empty where it is what was asked for.
    pub reason: String,
}

/// What an envelope is given.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Share {
    /// The category's name.
    pub category: String,
    /// `group/category`.
    pub category_slug: String,
    /// What it is called where names stand alone.
    #[serde(skip)]
    pub called: String,
    /// What was assigned before.
    pub before: Amount,
    /// What is assigned by the plan.
    pub assigned: Amount,
    /// What it gives back, being above its limit.
    pub given_back: Option<Amount>,
    /// By line.
    pub lines: Vec<Given>,
}

/// A plan, and the operation that carried it out.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Applied {
    /// The operation; none when nothing changed.
    pub operation: Option<OperationId>,
    /// What it is called in the log.
    pub summary: String,
    /// The month.
    pub month: Month,
    /// What amounts are in.
    pub currency: CurrencyCode,
    /// What was to be budgeted before it.
    pub to_be_budgeted_before: Amount,
    /// What is to be budgeted after it.
    pub to_be_budgeted: Amount,
    /// The envelopes that the plan is about.
    pub categories: Vec<Share>,
    /// What later months assign.
    pub assigned_later: Amount,
    /// Those that ask and have something assigned already.
    pub skipped: Vec<String>,
    /// The same by `group/category`.
    pub skipped_slugs: Vec<String>,
    /// What they are called where names stand alone.
    #[serde(skip)]
    pub skipped_called: Vec<String>,
    /// What should be looked at.
    pub warnings: Vec<String>,
}

/// Gives the envelopes of a month what their targets ask for, as far as there is money. Envelopes that have something
/// assigned stay as they are, unless `overwrite` plans them anew.
///
/// # Errors
/// Lines that cannot be planned, all at once; a sum beyond 64 bits; no target at all.
pub fn apply(w: &mut Writer<'_>, month: Month, current: Month, overwrite: bool) -> Result<Applied> {
    let envelopes = Envelopes::load(w.conn())?;
    if envelopes.targets.is_empty() {
        return Err(Problem::conflict(NO_TARGET).hint(SETS_ONE).into());
    }
    let currency = w.currency.clone();
    let input = input(&envelopes, month, current, overwrite, &currency)?;
    let plan = plan::plan(&input, &Past::load(w.conn(), &envelopes, month)?).map_err(Problem::from)?;
    let mut moves = Vec::new();
    for planned in plan.categories.iter().filter(|planned| planned.before != planned.after) {
        let by = planned.after.checked_sub(planned.before).usage()?;
        moves.push(change(envelopes.place_of(planned.category)?, by.0)?);
    }
    let asks_nobody = plan.categories.is_empty() && plan.skipped.is_empty();
    let (operation, summary) = if moves.is_empty() {
        let summary = match asks_nobody {
            true => format!("no target asks for money in {month}: they are goals, or of hidden categories"),
            false => format!("every target is met in {month}, or nothing is left to give"),
        };
        (None, summary)
    } else {
        let count = counted(i64::try_from(moves.len())?, "category", "categories");
        let summary = format!("applied the targets of {count} in {month}");
        let operation = w.begin(&summary)?;
        store(w, &envelopes, month, &moves)?;
        (Some(operation), summary)
    };
    let after = if operation.is_some() { Envelopes::load(w.conn())? } else { envelopes };
    applied(&after, plan, operation, summary, &currency)
}

fn applied(
    envelopes: &Envelopes,
    plan: Plan,
    operation: Option<OperationId>,
    summary: String,
    currency: &Currency,
) -> Result<Applied> {
    let amount = |minor| Amount { minor, exponent: currency.exponent };
    let place = |id: &CategoryId| envelopes.place_of(*id);
    let skipped = plan.skipped.iter().map(place).collect::<Result<Vec<usize>>>()?;
    let share = |planned| share(envelopes, planned, amount);
    let later = envelopes.series.later(plan.month).usage()?;
    let overgiven = overgiven(&envelopes.at(plan.month)?, &later, currency);
    Ok(Applied {
        operation,
        summary,
        month: plan.month,
        currency: currency.code,
        to_be_budgeted_before: amount(plan.before),
        to_be_budgeted: amount(plan.after),
        assigned_later: amount(later.assigned),
        skipped: skipped.iter().map(|at| envelopes.categories[*at].name.clone()).collect(),
        skipped_called: skipped.iter().map(|at| envelopes.called(*at).to_owned()).collect(),
        skipped_slugs: skipped.iter().map(|at| envelopes.categories[*at].slug.clone()).collect(),
        warnings: plan.warnings.into_iter().chain(overgiven).collect(),
        categories: plan.categories.into_iter().map(share).collect::<Result<_>>()?,
    })
}

fn share(envelopes: &Envelopes, planned: Planned, amount: impl Fn(Minor) -> Amount) -> Result<Share> {
    let category = &envelopes.categories[envelopes.place_of(planned.category)?];
    Ok(Share {
        called: planned.name,
        category_slug: category.slug.clone(),
        category: category.name.clone(),
        before: amount(planned.before),
        assigned: amount(planned.after),
        given_back: planned.given_back.map(|back| amount(back.amount)),
        lines: planned
            .lines
            .into_iter()
            .map(|line| Given {
                line: line.line,
                asked: amount(line.asked),
                given: amount(line.given),
                reason: line.reason,
            })
            .collect(),
    })
}

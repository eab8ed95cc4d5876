//! Targets: the template lines of an envelope, set, and what every envelope needs of them in a month.

use super::envelopes::Envelopes;
use super::plan::{Need, Refused, needs};
use super::planning::{Past, input, target};
use crate::db::budget_targets::{self, Line as Stored};
use crate::db::connection::DbConn;
use crate::db::writer::Writer;
use crate::domain::category::Category;
use crate::domain::ids::OperationId;
use crate::domain::money::{Currency, CurrencyCode, Minor};
use crate::domain::target::Line;
use crate::domain::transaction::Amount;
use crate::domain::when::Month;
use crate::error::{OrUsage, Problem, Result};

/// What an envelope needs in a month. Amounts that cannot be worked out are none.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Needed {
    /// The category's name.
    pub category: String,
    /// `group/category`.
    pub category_slug: String,
    /// Its template lines, as they were written.
    pub target: Vec<String>,
    /// What they ask for together; what is above a limit is negative.
    pub asked: Option<Amount>,
    /// What is assigned.
    pub assigned: Amount,
    /// What is still to be assigned.
    pub missing: Option<Amount>,
    /// What it has now.
    pub available: Amount,
    /// What the balance is shown against, with a `goal`.
    pub goal: Option<Amount>,
    /// Why it cannot be worked out.
    pub problem: Option<String>,
}

/// What every envelope with a target needs in a month.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Targets {
    /// The month.
    pub month: Month,
    /// What amounts are in.
    pub currency: CurrencyCode,
    /// In the order in which they are shown.
    pub targets: Vec<Needed>,
    /// The operation that set one; none when they were only read.
    pub operation: Option<OperationId>,
    /// What was done.
    pub summary: Option<String>,
}

/// What the envelopes with a target need in a month; only that of `category` if one is named.
///
/// # Errors
/// An unknown category; a sum beyond 64 bits.
pub fn list(
    conn: &mut DbConn,
    month: Month,
    current: Month,
    category: Option<&str>,
    book: &Currency,
) -> Result<Targets> {
    let envelopes = Envelopes::load(conn)?;
    let only = category.map(|text| envelopes.envelope(text)).transpose()?;
    let only = only.map(|at| envelopes.categories[at].clone());
    read(conn, &envelopes, month, current, only.as_ref(), book)
}

fn read(
    conn: &mut DbConn,
    envelopes: &Envelopes,
    month: Month,
    current: Month,
    only: Option<&Category>,
    book: &Currency,
) -> Result<Targets> {
    let input = input(envelopes, month, current, false, book)?;
    let needs = needs(&input, &Past::load(conn, envelopes, month)?);
    let state = envelopes.at(month)?;
    let mut targets = Vec::new();
    for (at, category) in envelopes.categories.iter().enumerate() {
        let need = needs.iter().find(|need| need.category == category.id);
        if let Some(need) = need.filter(|_| only.is_none_or(|only| only.id == category.id)) {
            let lines = input.categories[at].targets.iter().map(|target| target.line.to_string()).collect();
            targets.push(needed(category, lines, need, state.envelopes[at].available, book)?);
        }
    }
    Ok(Targets { month, currency: book.code, targets, operation: None, summary: None })
}

fn needed(
    category: &Category,
    target: Vec<String>,
    need: &Need,
    available: Minor,
    book: &Currency,
) -> Result<Needed> {
    let amount = |minor| Amount { minor, exponent: book.exponent };
    Ok(Needed {
        category: category.name.clone(),
        category_slug: category.slug.clone(),
        target,
        asked: need.asked.as_ref().ok().copied().map(amount),
        assigned: amount(need.assigned),
        missing: need.missing().usage()?.map(amount),
        available: amount(available),
        goal: need.goal.map(amount),
        problem: need.asked.as_ref().err().map(ToString::to_string),
    })
}

/// Makes these lines the target of an envelope; none clears it.
///
/// # Errors
/// An unknown category, or one of income; a line that cannot be planned, such as two limits or a month that has passed.
pub fn set(
    w: &mut Writer<'_>,
    month: Month,
    current: Month,
    category: &str,
    lines: &[Line],
) -> Result<Targets> {
    let mut envelopes = Envelopes::load(w.conn())?;
    let at = envelopes.envelope(category)?;
    let category = envelopes.categories[at].clone();
    let stored = lines.iter().map(|line| stored(&envelopes, line)).collect::<Result<Vec<Stored>>>()?;
    if stored.is_empty() {
        envelopes.targets.remove(&category.id);
    } else {
        envelopes.targets.insert(category.id, stored.clone());
    }
    let currency = w.currency.clone();
    refuse_what_cannot_be_planned(w, &envelopes, month, current, &category)?;
    let summary = match lines {
        [] => format!("cleared the target of {}", category.name),
        lines => {
            let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
            format!("set the target of {} to {}", category.name, lines.join(", "))
        }
    };
    let operation = w.begin(&summary)?;
    budget_targets::set(w, category.id, &stored)?;
    let read = read(w.conn(), &envelopes, month, current, Some(&category), &currency)?;
    Ok(Targets { operation: Some(operation), summary: Some(summary), ..read })
}

/// The line as it is kept: in its canonical words, with the income category that it names.
fn stored(envelopes: &Envelopes, line: &Line) -> Result<Stored> {
    match line.category() {
        None => Ok((line.to_string(), None)),
        Some(named) => {
            let income = envelopes.income(named)?;
            Ok((line.clone().with_category(&income.slug).to_string(), Some(income.id)))
        }
    }
}

fn refuse_what_cannot_be_planned(
    w: &mut Writer<'_>,
    envelopes: &Envelopes,
    month: Month,
    current: Month,
    category: &Category,
) -> Result<()> {
    let currency = w.currency.clone();
    let mut input = input(envelopes, month, current, false, &currency)?;
    input.categories.retain(|other| other.id == category.id);
    // A hidden one is not planned, but what is wrong with its lines would be found when it is shown again.
    input.categories.iter_mut().for_each(|category| category.is_visible = true);
    let past = Past::load(w.conn(), envelopes, month)?;
    match needs(&input, &past).into_iter().find_map(|need| need.asked.err()) {
        None => Ok(()),
        Some(refused @ Refused::Lines(_)) => {
            Err(Problem { kind: crate::error::Kind::Usage, ..Problem::from(refused) }.into())
        }
        Some(refused) => Err(Problem::from(refused).into()),
    }
}

/// The lines of an envelope as they are shown by now.
///
/// # Errors
/// A stored line that this groat does not read.
pub fn lines_of(
    envelopes: &Envelopes,
    category: &Category,
    month: Month,
    book: &Currency,
) -> Result<Option<Vec<String>>> {
    let Some(lines) = envelopes.targets.get(&category.id) else { return Ok(None) };
    let shown = lines.iter().map(|line| Ok(target(envelopes, line, month, book)?.line.to_string()));
    shown.collect::<Result<Vec<String>>>().map(Some)
}

//! Targets: the template lines of an envelope, set, and what every envelope needs of them in a month.

use super::envelopes::{Envelopes, Place};
use super::moving::rounding;
use super::plan::{Need, Refused, needs};
use super::planning::{Past, input, target};
use crate::db::budget_targets::{self, Line as Stored};
use crate::db::connection::DbConn;
use crate::db::writer::Writer;
use crate::domain::category::Category;
use crate::domain::ids::OperationId;
use crate::domain::money::{Currency, CurrencyCode, Exact, Minor};
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
    /// What it is called where names stand alone.
    #[serde(skip)]
    pub called: String,
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
    /// What was done, or that nothing was to be done.
    pub summary: Option<String>,
    /// Why there are none, and what to do; none when there are.
    #[serde(skip)]
    pub lack: Option<String>,
    /// For people, on stderr.
    #[serde(skip)]
    pub notes: Vec<String>,
}

/// What is said where there is none at all, and what to do then.
pub(super) const NO_TARGET: &str = "no category has a target";
pub(super) const SETS_ONE: &str = "`groat budget target groceries '300 up to 400'` sets one";

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
    read(conn, &envelopes, month, current, only, book)
}

fn read(
    conn: &mut DbConn,
    envelopes: &Envelopes,
    month: Month,
    current: Month,
    only: Option<usize>,
    book: &Currency,
) -> Result<Targets> {
    let mut input = input(envelopes, month, current, false, book)?;
    if let Some(at) = only {
        // A hidden one is not planned, but who names it wants to see it.
        input.categories[at].is_visible = true;
    }
    let needs = needs(&input, &Past::load(conn, envelopes, month)?);
    let state = envelopes.at(month)?;
    let mut targets = Vec::new();
    for (at, category) in envelopes.categories.iter().enumerate() {
        let need = needs.iter().find(|need| need.category == category.id);
        if let Some(need) = need.filter(|_| only.is_none_or(|only| only == at)) {
            let lines = input.categories[at].targets.iter().map(|target| target.line.to_string()).collect();
            let available = state.envelopes[at].available;
            targets.push(needed(category, envelopes.called(at), lines, need, available, book)?);
        }
    }
    let lack = targets.is_empty().then(|| lack(envelopes, only));
    Ok(Targets {
        month,
        currency: book.code,
        targets,
        operation: None,
        summary: None,
        lack,
        notes: Vec::new(),
    })
}

fn lack(envelopes: &Envelopes, only: Option<usize>) -> String {
    match only {
        None if envelopes.targets.is_empty() => format!("{NO_TARGET}: {SETS_ONE}"),
        None => "only hidden categories have a target: `groat budget target CATEGORY` shows one".to_owned(),
        Some(at) => format!(
            "{} has no target: `groat budget target {} '300 up to 400'` sets one",
            envelopes.called(at),
            envelopes.word(Place::Envelope(at))
        ),
    }
}

fn needed(
    category: &Category,
    called: &str,
    target: Vec<String>,
    need: &Need,
    available: Minor,
    book: &Currency,
) -> Result<Needed> {
    let amount = |minor| Amount { minor, exponent: book.exponent };
    Ok(Needed {
        category: category.name.clone(),
        category_slug: category.slug.clone(),
        called: called.to_owned(),
        target,
        asked: need.asked.as_ref().ok().copied().map(amount),
        assigned: amount(need.assigned),
        missing: need.missing().usage()?.map(amount),
        available: amount(available),
        goal: need.goal.map(amount),
        problem: need.asked.as_ref().err().map(|refused| refused.told_of(category.id)),
    })
}

/// Makes these lines the target of an envelope; none clears it. The notes say which of their amounts were `rounded`.
///
/// # Errors
/// An unknown category, or one of income; a line that cannot be planned, such as two limits or a month that has passed.
pub fn set(
    w: &mut Writer<'_>,
    month: Month,
    current: Month,
    category: &str,
    lines: &[Line],
    rounded: &[Exact],
) -> Result<Targets> {
    let mut envelopes = Envelopes::load(w.conn())?;
    let at = envelopes.envelope(category)?;
    let category = envelopes.categories[at].clone();
    let called = envelopes.called(at).to_owned();
    let before = by_now(&envelopes, &category, month, w.currency)?;
    let stored = lines.iter().map(|line| stored(&envelopes, line)).collect::<Result<Vec<Stored>>>()?;
    if stored.is_empty() {
        envelopes.targets.remove(&category.id);
    } else {
        envelopes.targets.insert(category.id, stored.clone());
    }
    let currency = w.currency.clone();
    refuse_what_cannot_be_planned(w, &envelopes, month, current, &category)?;
    let after = by_now(&envelopes, &category, month, w.currency)?;
    let shown = after.iter().map(|(line, _)| line.as_str()).collect::<Vec<_>>().join(", ");
    let (operation, summary) = match (after == before, lines) {
        (true, []) => (None, format!("{called} has no target already")),
        (true, _) => (None, format!("the target of {called} is {shown} already")),
        (false, lines) => {
            let summary = match lines {
                [] => format!("cleared the target of {called}"),
                _ => format!("set the target of {called} to {shown}"),
            };
            let operation = w.begin(&summary)?;
            budget_targets::set(w, category.id, &stored)?;
            (Some(operation), summary)
        }
    };
    let read = read(w.conn(), &envelopes, month, current, Some(at), &currency)?;
    let notes = rounded.iter().flat_map(|exact| rounding(exact, &currency)).collect();
    Ok(Targets { operation, summary: Some(summary), notes, ..read })
}

/// The lines of an envelope as they are shown by now, with the income categories that they name.
fn by_now(envelopes: &Envelopes, category: &Category, month: Month, book: &Currency) -> Result<Vec<Stored>> {
    let lines = envelopes.targets.get(&category.id).into_iter().flatten();
    let shown = lines.map(|line| {
        let target = target(envelopes, line, month, book)?;
        Ok((target.line.to_string(), target.income))
    });
    shown.collect()
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
    let lines = by_now(envelopes, category, month, book)?;
    Ok((!lines.is_empty()).then(|| lines.into_iter().map(|(line, _)| line).collect()))
}

//! Making, changing and deleting rules, and their order.

use super::reading::canonical;
use super::view::{self, RuleView};
use crate::db::names::{self, Names};
use crate::db::rules;
use crate::db::writer::Writer;
use crate::domain::ids::{CategoryId, OperationId, RuleId};
use crate::domain::name::fold;
use crate::domain::query::Query;
use crate::domain::rule::{Part, Rule, Share, refuse_too_fine, refuse_unfit};
use crate::error::{OrUsage, Problem, Result};
use crate::ledger::{Done, lookup};

/// Between two rules that were put at the end, so that others can be put between them.
const STRIDE: i64 = 1 << 32;

/// What a rule is to do; what is none stays, an inner none clears. Names and notes are clean.
#[derive(Debug, Clone, Default)]
pub struct Actions {
    /// A category that is there, or `none`.
    pub category: Option<Option<String>>,
    /// Whom the transaction names.
    pub payee: Option<Option<String>>,
    /// The note.
    pub note: Option<Option<String>>,
    /// All of its tags.
    pub tags: Option<Vec<String>>,
    /// Categories that are there, or `none`, with their shares; none for what is left.
    pub split: Vec<(String, Option<Share>)>,
}

/// Where a rule goes among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In front of that one.
    Before(RuleId),
    /// Behind all others.
    Last,
}

/// A rule, the operation, and its summary.
#[derive(Debug, Clone)]
pub struct Changed {
    /// As it is now.
    pub rule: RuleView,
    /// The operation.
    pub operation: OperationId,
    /// What it is called in the log.
    pub summary: String,
}

/// Makes a rule.
///
/// # Errors
/// A query that a row cannot be asked; no action; an unknown category, account or rule; parts that never fit.
pub fn add(w: &mut Writer<'_>, query: &Query, actions: &Actions, place: Place) -> Result<Changed> {
    let names = names::load(w.conn(), None)?;
    let new = Rule {
        id: RuleId(0),
        query: canonical(&names, query)?,
        payee: None,
        note: None,
        tags: Vec::new(),
        parts: Vec::new(),
    };
    let rule = with(w, &names, new, actions)?;
    let summary = format!("added a rule for {}", rule.query);
    let operation = w.begin(&summary)?;
    let position = make_room(w, place, None)?;
    let id = rules::insert(w, &rule, position)?;
    answer(w, &names, id, operation, summary)
}

/// Puts a rule that gives a category behind all others, in the operation that is under way.
///
/// # Errors
/// What the database says.
pub fn append(w: &mut Writer<'_>, query: &str, category: CategoryId) -> Result<RuleId> {
    let position = make_room(w, Place::Last, None)?;
    let rule = Rule {
        id: RuleId(0),
        query: query.to_owned(),
        payee: None,
        note: None,
        tags: Vec::new(),
        parts: vec![Part { category: Some(category), share: None }],
    };
    rules::insert(w, &rule, position)
}

/// Changes a rule, or its place.
///
/// # Errors
/// As `add`; a number that no rule bears; nothing left to do for it.
pub fn edit(
    w: &mut Writer<'_>,
    id: RuleId,
    query: Option<&Query>,
    actions: &Actions,
    place: Option<Place>,
) -> Result<Changed> {
    let names = names::load(w.conn(), None)?;
    let all = rules::list(w.conn())?;
    let before = all.into_iter().find(|rule| rule.id == id).ok_or_else(|| rules::no_such(id))?;
    let query = query.map(|query| canonical(&names, query)).transpose()?;
    let rule = with(w, &names, Rule { query: query.unwrap_or(before.query.clone()), ..before }, actions)?;
    let summary = format!("edited rule {id}");
    let operation = w.begin(&summary)?;
    let position = place.map(|place| make_room(w, place, Some(id))).transpose()?;
    rules::update(w, &rule, position)?;
    answer(w, &names, id, operation, summary)
}

/// Deletes rules, all or none.
///
/// # Errors
/// A number that no rule bears.
pub fn delete(w: &mut Writer<'_>, ids: &[RuleId]) -> Result<Done> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let known: Vec<RuleId> = rules::positions(w.conn())?.into_iter().map(|(id, _)| id).collect();
    if let Some(unknown) = ids.iter().find(|id| !known.contains(id)) {
        return Err(rules::no_such(*unknown).into());
    }
    let summary = match ids.as_slice() {
        [only] => format!("deleted rule {only}"),
        _ => format!("deleted {} rules", ids.len()),
    };
    let operation = w.begin(&summary)?;
    rules::delete(w, &ids)?;
    Ok(Done { operation: Some(operation), summary, transactions: Vec::new() })
}

fn answer(
    w: &mut Writer<'_>,
    names: &Names,
    id: RuleId,
    operation: OperationId,
    summary: String,
) -> Result<Changed> {
    let all = rules::list(w.conn())?;
    let rule = view::views(all, names).into_iter().find(|view| view.id == id);
    let rule = rule.ok_or_else(|| Problem::internal("a rule is not where it was put"))?;
    Ok(Changed { rule, operation, summary })
}

/// The rule with what the actions say of it.
fn with(w: &Writer<'_>, names: &Names, rule: Rule, actions: &Actions) -> Result<Rule> {
    let parts = if let Some(said) = &actions.category {
        if !actions.split.is_empty() {
            return Err(Problem::usage("`-c` and `--split` cannot be given together")
                .hint("name every category with `--split CATEGORY=AMOUNT`, `CATEGORY=N%` or `CATEGORY`")
                .into());
        }
        let of_all = |text: &String| Ok(Part { category: category(names, text)?, share: None });
        said.iter().map(of_all).collect::<Result<Vec<_>>>()?
    } else if actions.split.is_empty() {
        rule.parts
    } else {
        let part = |(text, share): &(String, Option<Share>)| {
            Ok(Part { category: category(names, text)?, share: share.clone() })
        };
        actions.split.iter().map(part).collect::<Result<Vec<_>>>()?
    };
    refuse_unfit(&parts).usage()?;
    if !actions.split.is_empty() {
        // A rule may be for any account: in a coarser currency its split is left out, and that is said there.
        let finest =
            names.accounts.iter().map(|account| account.exponent).fold(w.currency.exponent, u32::max);
        refuse_too_fine(&parts, finest).usage()?;
    }
    let rule = Rule {
        payee: actions.payee.clone().unwrap_or(rule.payee),
        note: actions.note.clone().unwrap_or(rule.note),
        tags: actions.tags.clone().unwrap_or(rule.tags),
        parts,
        ..rule
    };
    if !rule.does_something() {
        return Err(Problem::usage("the rule would do nothing")
            .hint("give it a category (`-c`), `--payee`, `-t`, `-m` or `--split`")
            .into());
    }
    Ok(rule)
}

fn category(names: &Names, text: &str) -> Result<Option<CategoryId>> {
    if fold(text) == "none" {
        return Ok(None);
    }
    Ok(Some(lookup::known_category(names, text)?.id))
}

/// A position for a rule, `moving` if it is one of those there are; where there is no room between two, all get some.
fn make_room(w: &mut Writer<'_>, place: Place, moving: Option<RuleId>) -> Result<i64> {
    let mut others = rules::positions(w.conn())?;
    let Place::Before(next) = place else {
        others.retain(|(id, _)| Some(*id) != moving);
        return Ok(others.last().map_or(0, |(_, position)| position.saturating_add(STRIDE)));
    };
    let at = |others: &[(RuleId, i64)]| others.iter().position(|(id, _)| *id == next);
    if at(&others).is_none() {
        return Err(rules::no_such(next).into());
    }
    if Some(next) == moving {
        return Err(Problem::usage(format!("rule {next} cannot stand in front of itself")).into());
    }
    others.retain(|(id, _)| Some(*id) != moving);
    let at = at(&others).ok_or_else(|| rules::no_such(next))?;
    let high = others[at].1;
    let low = at.checked_sub(1).map_or(high.saturating_sub(2 * STRIDE), |before| others[before].1);
    let between = low.midpoint(high);
    if low < between && between < high {
        return Ok(between);
    }
    spread(w, &others)?;
    let at = i64::try_from(at)?;
    Ok(at * STRIDE - STRIDE / 2)
}

/// Puts the rules a stride apart.
fn spread(w: &mut Writer<'_>, order: &[(RuleId, i64)]) -> Result<()> {
    let all = rules::list(w.conn())?;
    for (place, (id, _)) in (0_i64..).zip(order) {
        if let Some(rule) = all.iter().find(|rule| rule.id == *id) {
            rules::update(w, rule, Some(place * STRIDE))?;
        }
    }
    Ok(())
}

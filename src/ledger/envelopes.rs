//! What a budget holds of a category, asked before the category goes, changes its kind, or becomes another. Budgets
//! themselves are the area `budget`'s.

use std::collections::BTreeMap;

use super::lookup::quoted;
use crate::db::connection::DbConn;
use crate::db::totals::month_text;
use crate::db::writer::Writer;
use crate::db::{budget_moves, budget_targets, carryovers, categories};
use crate::domain::category::Category;
use crate::domain::ids::CategoryId;
use crate::domain::money::Minor;
use crate::domain::money::format_human;
use crate::error::{Problem, Result};

/// Refuses when a category has money assigned in any month, or a target, or is asked for shares.
///
/// # Errors
/// If so, naming which and what to do.
pub fn refuse_budgeted(w: &mut Writer<'_>, category: &Category) -> Result<()> {
    let name = quoted(&category.name);
    if let Some((month, sum)) = assigned(w.conn(), category)?.into_iter().find(|(_, sum)| *sum != 0) {
        let month = month_text(month);
        let shown = format_human(Minor(i64::try_from(sum)?), w.currency.exponent);
        let back = if sum < 0 {
            format!("budget assign {name} 0 -p {month}")
        } else {
            format!("budget move {} {name} tbb -p {month}", shown.replace(',', ""))
        };
        return Err(Problem::conflict(format!(
            "the category `{}` has money assigned: {shown} {} in {month}",
            category.name, w.currency.code
        ))
        .hint(format!("`groat {back}` returns it; `groat category merge {name} OTHER` moves all it has"))
        .into());
    }
    if !budget_targets::of_category(w.conn(), category.id)?.is_empty() {
        return Err(Problem::conflict(format!("the category `{}` has a target", category.name))
            .hint(format!("`groat budget target {name} ''` clears it"))
            .into());
    }
    let asking = budget_targets::asking_of(w.conn(), category.id)?;
    let Some(asking) = asking.first().map(|row| CategoryId(row.category_id)) else { return Ok(()) };
    let all = categories::list(w.conn())?;
    let envelope =
        all.iter().find(|other| other.id == asking).map_or(String::new(), |other| quoted(&other.slug));
    Err(Problem::conflict(format!("the target of {envelope} asks for a share of `{}`", category.name))
        .hint(format!(
            "`groat budget target {envelope}` shows it; `groat budget target {envelope} ''` clears it"
        ))
        .into())
}

/// What moves gave a category, by month (`year * 100 + month`).
fn assigned(conn: &mut DbConn, category: &Category) -> Result<BTreeMap<i32, i128>> {
    let mut sums = BTreeMap::new();
    for row in budget_moves::of_category(conn, category.id)? {
        let is_in = row.to_category_id == Some(category.id.0);
        let amount = i128::from(row.amount);
        *sums.entry(row.month).or_default() += if is_in { amount } else { -amount };
    }
    Ok(sums)
}

/// Cuts what moves there were loose from a category that `refuse_budgeted` let pass: its sums are 0, so that what is
/// to be budgeted stays as it is.
///
/// # Errors
/// What the database says.
pub fn release(w: &mut Writer<'_>, category: &Category) -> Result<()> {
    budget_moves::replace_category(w, category.id, None)?;
    carryovers::forget(w, category.id)
}

/// Gives all that a budget holds of a category to another. A target stays with who has one already.
///
/// # Errors
/// What the database says.
pub fn merge(w: &mut Writer<'_>, from: &Category, into: &Category) -> Result<()> {
    budget_moves::replace_category(w, from.id, Some(into.id))?;
    carryovers::forget(w, from.id)?;
    budget_targets::merge(w, from.id, into.id)
}

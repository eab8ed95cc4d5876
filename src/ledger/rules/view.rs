//! Rules as they are answered: with the names of their categories, and with what keeps one from being used.

use serde::Serialize;

use super::ruleset::Ruleset;
use crate::db::connection::DbConn;
use crate::db::names::{self, Names};
use crate::db::rules;
use crate::domain::category::Category;
use crate::domain::ids::{CategoryId, RuleId};
use crate::domain::rule::{Part, Rule};
use crate::error::Result;

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleView {
    /// Its number.
    pub id: RuleId,
    /// Its place in the order, from 1.
    pub order: usize,
    /// Which rows it takes.
    pub query: String,
    /// The category that all of the amount gets; none when there are several, or none.
    pub category: Option<String>,
    /// Its slug.
    pub category_slug: Option<String>,
    /// Whom the transaction names.
    pub payee: Option<String>,
    /// The note.
    pub note: Option<String>,
    /// Tags that are added.
    pub tags: Vec<String>,
    /// What each category gets; empty when the rule says nothing about it.
    pub parts: Vec<PartView>,
    /// Why it takes no row at present.
    pub problem: Option<String>,
}

/// What a category gets of an amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartView {
    /// The category; none is no category.
    pub category: Option<String>,
    /// Its slug.
    pub category_slug: Option<String>,
    /// `30%` or `12.50`; none for what is left.
    pub share: Option<String>,
}

/// Every rule, in the order in which they are asked.
///
/// # Errors
/// What the database says.
pub fn list(conn: &mut DbConn) -> Result<Vec<RuleView>> {
    let names = names::load(conn, None)?;
    Ok(views(rules::list(conn)?, &names))
}

/// Rules in their order, as they are answered.
pub(super) fn views(all: Vec<Rule>, names: &Names) -> Vec<RuleView> {
    let troubles: Vec<(RuleId, String)> = Ruleset::new(all.clone(), names)
        .troubles
        .into_iter()
        .map(|(rule, error)| (rule.id, error.to_string()))
        .collect();
    (1..)
        .zip(&all)
        .map(|(order, rule)| {
            let problem = troubles.iter().find(|(id, _)| *id == rule.id).map(|(_, why)| why.clone());
            view(order, rule, names, problem)
        })
        .collect()
}

fn view(order: usize, rule: &Rule, names: &Names, problem: Option<String>) -> RuleView {
    let found = |id: Option<CategoryId>| names.categories.iter().find(|category| Some(category.id) == id);
    let name = |category: Option<&Category>| category.map(|category| category.name.clone());
    let slug = |category: Option<&Category>| category.map(|category| category.slug.clone());
    let only = found(rule.category());
    let part = |part: &Part| PartView {
        category: name(found(part.category)),
        category_slug: slug(found(part.category)),
        share: part.share.as_ref().map(ToString::to_string),
    };
    RuleView {
        id: rule.id,
        order,
        query: rule.query.clone(),
        category: name(only),
        category_slug: slug(only),
        payee: rule.payee.clone(),
        note: rule.note.clone(),
        tags: rule.tags.clone(),
        parts: rule.parts.iter().map(part).collect(),
        problem,
    }
}

//! Rules follow what they name: another name of an account or a tag, a category that becomes another.

use super::reading::kept;
use crate::db::connection::DbConn;
use crate::db::rules;
use crate::db::writer::Writer;
use crate::domain::account::Account;
use crate::domain::category::Category;
use crate::domain::ids::CategoryId;
use crate::domain::name::fold;
use crate::domain::query::{Kind, Pattern};
use crate::domain::rule::{Part, Rule};
use crate::error::{Problem, Result};

/// Refuses when a rule gives a category.
///
/// # Errors
/// If so, naming the first that does.
pub fn refuse_used(conn: &mut DbConn, category: &Category) -> Result<()> {
    let all = rules::list(conn)?;
    let gives = |rule: &&Rule| rule.parts.iter().any(|part| part.category == Some(category.id));
    let Some(rule) = all.iter().find(gives) else { return Ok(()) };
    Err(Problem::conflict(format!(
        "the category `{}` is given by rule {}: {}",
        category.name, rule.id, rule.query
    ))
    .hint(format!(
        "`groat rule edit {} -c OTHER` gives another, `groat rule delete {}` deletes the rule",
        rule.id, rule.id
    ))
    .into())
}

/// Refuses when a rule asks for an account by its name.
///
/// # Errors
/// If so, naming the first that does.
pub fn refuse_asked(conn: &mut DbConn, account: &Account) -> Result<()> {
    let names_it =
        |kind: &Kind| matches!(kind, Kind::Account(Pattern::Text(text)) if fold(text) == account.key);
    let asks = |rule: &&Rule| {
        kept(&rule.query).is_ok_and(|query| query.terms().iter().any(|term| names_it(&term.kind)))
    };
    match rules::list(conn)?.iter().find(asks) {
        None => Ok(()),
        Some(rule) => Err(Problem::conflict(format!(
            "the account `{}` is asked for by rule {}: {}",
            account.name, rule.id, rule.query
        ))
        .hint(format!("`groat rule delete {}` deletes the rule", rule.id))
        .into()),
    }
}

/// Refuses when a rule sets a tag.
///
/// # Errors
/// If so, naming the first that does.
pub fn refuse_set(conn: &mut DbConn, key: &str) -> Result<()> {
    let sets = |rule: &&Rule| rule.tags.iter().any(|tag| fold(tag) == key);
    match rules::list(conn)?.iter().find(sets) {
        None => Ok(()),
        Some(rule) => Err(Problem::conflict(format!("the tag is set by rule {}: {}", rule.id, rule.query))
            .hint(format!("`groat rule edit {} -t ''` takes its tags away", rule.id))
            .into()),
    }
}

/// Puts another category in the place of one.
///
/// # Errors
/// What the database says.
pub fn replace_category(w: &mut Writer<'_>, from: CategoryId, into: CategoryId) -> Result<()> {
    change(w, |rule| {
        let parts = rule.parts.iter().map(|part| match part.category {
            Some(id) if id == from => Part { category: Some(into), ..part.clone() },
            _ => part.clone(),
        });
        Rule { parts: parts.collect(), ..rule.clone() }
    })
}

/// Gives an account another name where rules ask for it.
///
/// # Errors
/// What the database says.
pub fn rename_account(w: &mut Writer<'_>, before: &Account, name: &str) -> Result<()> {
    let renamed = |kind: &Kind| match kind {
        Kind::Account(Pattern::Text(text)) if fold(text) == before.key => {
            Some(Kind::Account(Pattern::Text(name.to_owned())))
        }
        _ => None,
    };
    change(w, |rule| match kept(&rule.query) {
        Ok(query) => Rule { query: query.with_terms(&renamed).to_string(), ..rule.clone() },
        // It takes no row, whatever the account is called.
        Err(_) => rule.clone(),
    })
}

/// Gives a tag another name where rules set it.
///
/// # Errors
/// What the database says.
pub fn rename_tag(w: &mut Writer<'_>, key: &str, name: &str) -> Result<()> {
    change(w, |rule| {
        let tags = rule.tags.iter().map(|tag| if fold(tag) == key { name.to_owned() } else { tag.clone() });
        Rule { tags: tags.collect(), ..rule.clone() }
    })
}

/// Changes the rules that come out otherwise.
fn change(w: &mut Writer<'_>, changed: impl Fn(&Rule) -> Rule) -> Result<()> {
    for rule in rules::list(w.conn())? {
        let after = changed(&rule);
        if after != rule {
            rules::update(w, &after, None)?;
        }
    }
    Ok(())
}

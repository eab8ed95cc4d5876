//! Looking after categories and their groups: making, changing, merging and deleting them.

use super::{Done, envelopes, lookup, rules};
use crate::db::connection::DbConn;
use crate::db::names;
use crate::db::writer::Writer;
use crate::db::{categories, groups, postings, transactions};
use crate::domain::category::{Category, CategoryKind, Group};
use crate::domain::ids::{OperationId, TransactionId};
use crate::domain::name::{NameKind, capitalise_first, clean, fold, split_category, visible};
use crate::error::{OrUsage, Problem, Result};

/// A category, the operation, and its summary.
#[derive(Debug, Clone)]
pub struct Changed {
    /// As it is now.
    pub category: Category,
    /// The operation.
    pub operation: OperationId,
    /// What it is called in the log.
    pub summary: String,
}

/// Makes a category; `group/name` or `group` names its group, else it is General. A new group is made.
///
/// # Errors
/// A name that cannot be or is taken in the group.
pub fn add(
    w: &mut Writer<'_>,
    text: &str,
    group: Option<&str>,
    kind: Option<CategoryKind>,
) -> Result<Changed> {
    let (in_text, name) = split_category(text);
    if in_text.is_some() && group.is_some() {
        return Err(
            Problem::usage(format!("`{}` names a group, and so does `--group`", visible(text))).into()
        );
    }
    let name = clean(NameKind::Category, name).usage()?;
    let wanted = group.or(in_text).unwrap_or("General");
    let group_name = capitalise_first(&clean(NameKind::Group, wanted).usage()?);
    let known = groups::find_by_key(w.conn(), &fold(&group_name))?;
    let kind = kind.unwrap_or(CategoryKind::Expense);
    let summary = format!("added category {name}");
    let operation = w.begin(&summary)?;
    let group = match known {
        Some(group) => group,
        None => make_group(w, &group_name)?,
    };
    let category =
        categories::insert(w, &group, &name, &fold(&name), kind)?.ok_or_else(|| taken(&group.name, &name))?;
    Ok(Changed { category, operation, summary })
}

fn make_group(w: &mut Writer<'_>, name: &str) -> Result<Group> {
    groups::insert(w, name, &fold(name))?.ok_or_else(|| {
        Problem::conflict(format!("there is already a group named `{name}`"))
            .hint("`groat category group list` shows them")
            .into()
    })
}

fn taken(group: &str, name: &str) -> Problem {
    Problem::conflict(format!("there is already a category named `{name}` in `{group}`"))
        .hint("`groat category list` shows them")
}

/// What `category edit` says; what is none stays.
#[derive(Debug, Clone, Default)]
pub struct Edit {
    /// Another name.
    pub name: Option<String>,
    /// Another group, made if it is not there.
    pub group: Option<String>,
    /// Spending or income.
    pub kind: Option<CategoryKind>,
    /// Left out of pick lists and the budget.
    pub is_hidden: Option<bool>,
}

/// Changes a category.
///
/// # Errors
/// An unknown one; a name that is taken; a built-in one that would become an expense; another kind for one that has
/// money assigned or a target.
pub fn edit(w: &mut Writer<'_>, text: &str, edit: &Edit) -> Result<Changed> {
    let names = names::load(w.conn(), None)?;
    let before = lookup::known_category(&names, text)?.clone();
    let mut category = before.clone();
    if let Some(name) = &edit.name {
        category.name = clean(NameKind::Category, name).usage()?;
        category.key = fold(&category.name);
    }
    if let Some(kind) = edit.kind {
        refuse_built_in(&category, kind)?;
        if kind != category.kind {
            envelopes::refuse_budgeted(w, &category)?;
        }
        category.kind = kind;
    }
    category.is_hidden = edit.is_hidden.unwrap_or(category.is_hidden);
    let group = edit.group.as_ref().map(|name| clean(NameKind::Group, name).usage()).transpose()?;
    let verb = if edit.is_hidden == Some(true) { "hid" } else { "edited" };
    let summary = format!("{verb} category {}", before.name);
    let operation = w.begin(&summary)?;
    if category.kind != before.kind {
        envelopes::release(w, &before)?;
    }
    if let Some(name) = group {
        let group = match groups::find_by_key(w.conn(), &fold(&name))? {
            Some(group) => group,
            None => make_group(w, &capitalise_first(&name))?,
        };
        category.group = group.id;
        category.slug = format!("{}/{}", group.key, category.key);
        category.group_name = group.name;
    }
    category.slug = format!("{}/{}", lookup::group_of(&category), category.key);
    if names.categories.iter().any(|other| other.id != category.id && other.slug == category.slug) {
        return Err(taken(&category.group_name, &category.name).into());
    }
    categories::update(w, &category)?;
    Ok(Changed { category, operation, summary })
}

fn refuse_built_in(category: &Category, kind: CategoryKind) -> Result<()> {
    if category.role.is_some() && kind == CategoryKind::Expense {
        return Err(
            Problem::conflict(format!("`{}` came with the book and takes income", category.name)).into()
        );
    }
    Ok(())
}

/// Moves all that one category holds to another of the same kind, and deletes it.
///
/// # Errors
/// An unknown one; the same twice; two kinds; a built-in one.
pub fn merge(w: &mut Writer<'_>, from: &str, into: &str) -> Result<Done> {
    let names = names::load(w.conn(), None)?;
    w.knows_accounts(names.accounts.iter().map(|account| (account.id.0, account.is_on_budget)));
    let from = lookup::known_category(&names, from)?.clone();
    let into = lookup::known_category(&names, into)?.clone();
    if from.id == into.id {
        return Err(Problem::usage(format!("`{}` cannot be merged into itself", from.name)).into());
    }
    refuse_in_use_by_groat(&from)?;
    if from.kind != into.kind {
        return Err(Problem::conflict(format!(
            "`{}` takes {} and `{}` {}",
            from.name,
            from.kind.as_str(),
            into.name,
            into.kind.as_str()
        ))
        .hint("move the transactions with `groat move ID... CATEGORY`, then delete the empty category")
        .into());
    }
    let ids: Vec<TransactionId> =
        postings::transactions_in_category(w.conn(), from.id)?.into_iter().map(TransactionId).collect();
    let summary = format!("merged category {} into {}", from.name, into.name);
    let operation = w.begin(&summary)?;
    transactions::replace_category(w, &ids, from.id.0, Some(into.id.0))?;
    envelopes::merge(w, &from, &into)?;
    rules::replace_category(w, from.id, into.id)?;
    categories::delete(w, from.id)?;
    Ok(Done { operation: Some(operation), summary, transactions: ids })
}

fn refuse_in_use_by_groat(category: &Category) -> Result<()> {
    if category.role.is_some() {
        return Err(Problem::conflict(format!("`{}` came with the book and is needed", category.name))
            .hint(format!("`groat category edit {} --name NAME` renames it", lookup::quoted(&category.name)))
            .into());
    }
    Ok(())
}

/// Deletes a category that nothing uses.
///
/// # Errors
/// An unknown one; one in use, naming what uses it; one that a rule gives; one that has money assigned or a target; a built-in one.
pub fn delete(w: &mut Writer<'_>, text: &str) -> Result<Done> {
    let names = names::load(w.conn(), None)?;
    let category = lookup::known_category(&names, text)?.clone();
    refuse_in_use_by_groat(&category)?;
    let count = postings::count_in_category(w.conn(), category.id)?;
    if count > 0 {
        let name = lookup::quoted(&category.name);
        return Err(Problem::conflict(format!(
            "the category `{}` is in use: {}",
            category.name,
            crate::domain::counted(count, "posting", "postings")
        ))
        .hint(format!(
            "`groat category merge {name} OTHER` moves them; `groat category hide {name}` keeps them"
        ))
        .into());
    }
    envelopes::refuse_budgeted(w, &category)?;
    rules::refuse_used(w.conn(), &category)?;
    let summary = format!("deleted category {}", category.name);
    let operation = w.begin(&summary)?;
    envelopes::release(w, &category)?;
    categories::delete(w, category.id)?;
    Ok(Done { operation: Some(operation), summary, transactions: Vec::new() })
}

/// Makes a group.
///
/// # Errors
/// A name that cannot be or is taken.
pub fn add_group(w: &mut Writer<'_>, text: &str) -> Result<(Group, OperationId)> {
    let name = clean(NameKind::Group, text).usage()?;
    let operation = w.begin(&format!("added group {name}"))?;
    Ok((make_group(w, &name)?, operation))
}

/// Gives a group another name.
///
/// # Errors
/// An unknown one; a name that cannot be or is taken.
pub fn rename_group(w: &mut Writer<'_>, text: &str, name: &str) -> Result<(Group, OperationId)> {
    let mut group = find_group(w.conn(), text)?;
    let name = clean(NameKind::Group, name).usage()?;
    let key = fold(&name);
    if groups::find_by_key(w.conn(), &key)?.is_some_and(|other| other.id != group.id) {
        return Err(Problem::conflict(format!("there is already a group named `{name}`")).into());
    }
    let operation = w.begin(&format!("renamed group {} to {name}", group.name))?;
    groups::rename(w, group.id, &name, &key)?;
    (group.name, group.key) = (name, key);
    Ok((group, operation))
}

/// Deletes a group that holds no category.
///
/// # Errors
/// An unknown one; one that holds categories.
pub fn delete_group(w: &mut Writer<'_>, text: &str) -> Result<Done> {
    let group = find_group(w.conn(), text)?;
    let count = groups::count_categories(w.conn(), group.id)?;
    if count > 0 {
        return Err(Problem::conflict(format!("the group `{}` still holds {count} categories", group.name))
            .hint("`groat category edit CATEGORY --group OTHER` moves one")
            .into());
    }
    let summary = format!("deleted group {}", group.name);
    let operation = w.begin(&summary)?;
    groups::delete(w, group.id)?;
    Ok(Done { operation: Some(operation), summary, transactions: Vec::new() })
}

fn find_group(conn: &mut DbConn, text: &str) -> Result<Group> {
    let all = groups::list(conn)?;
    match lookup::find(&fold(text), all.iter(), |group| &group.key) {
        lookup::Outcome::One(found) => Ok(found.found.clone()),
        lookup::Outcome::Several(several) => {
            Err(lookup::ambiguous("group", text, several.iter().map(|group| group.name.clone())).into())
        }
        lookup::Outcome::None(near) => {
            let problem = Problem::not_found(format!("no group named `{}`", visible(text)));
            Err(match near.first() {
                Some(first) => problem.hint(format!("did you mean `{}`?", first.name)),
                None => problem.hint("`groat category group list` shows them"),
            }
            .into())
        }
    }
}

//! Finding what a name means: exact, then slug, then unique prefix; and what to say when nothing or several
//! things fit. Pure: works on names that were read before.

use crate::db::names::Names;
use crate::domain::account::Account;
use crate::domain::category::{Category, CategoryKind};
use crate::domain::name::{fold, near, split_category, visible};
use crate::error::{Problem, Result};

/// What was found, and whether only its beginning was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match<T> {
    /// The thing.
    pub found: T,
    /// Found by prefix: worth telling.
    pub by_prefix: bool,
}

/// What a look-up comes to.
#[derive(Debug)]
pub enum Outcome<'a, T> {
    /// This one.
    One(Match<&'a T>),
    /// Any of these.
    Several(Vec<&'a T>),
    /// None; these are spelt nearly the same.
    None(Vec<&'a T>),
}

/// Looks for the thing whose folded name is `key`, or begins with it.
pub fn find<'a, T>(
    key: &str,
    all: impl Iterator<Item = &'a T> + Clone,
    key_of: impl Fn(&T) -> &str,
) -> Outcome<'a, T> {
    let exact: Vec<&T> = all.clone().filter(|item| key_of(item) == key).collect();
    let (fitting, by_prefix) = if exact.is_empty() {
        (all.clone().filter(|item| !key.is_empty() && key_of(item).starts_with(key)).collect(), true)
    } else {
        (exact, false)
    };
    match fitting.as_slice() {
        [] => {
            let keyed: Vec<(String, &T)> = all.map(|item| (key_of(item).to_owned(), item)).collect();
            Outcome::None(near(key, keyed.iter().map(|(key, item)| (key.as_str(), *item))))
        }
        [one] => Outcome::One(Match { found: one, by_prefix }),
        _ => Outcome::Several(fitting),
    }
}

/// The account that a text means.
///
/// # Errors
/// None or several fit.
pub fn account<'a>(names: &'a Names, text: &str) -> Result<&'a Account> {
    match find(&fold(text), names.accounts.iter(), |account| &account.key) {
        Outcome::One(found) => Ok(found.found),
        Outcome::Several(all) => Err(ambiguous("account", text, all.iter().map(|a| a.name.clone())).into()),
        Outcome::None(near) => {
            let problem = Problem::not_found(format!("no account named `{}`", visible(text)));
            Err(match near.first() {
                Some(first) => problem.hint(format!("did you mean `{}`?", first.name)),
                None if names.accounts.is_empty() => {
                    problem.hint(format!("there are none yet: `groat account add {}`", quoted(text)))
                }
                None => problem.hint(format!(
                    "accounts are {}; `groat account add {}` makes one",
                    listed(names.accounts.iter().map(|a| a.name.as_str())),
                    quoted(text)
                )),
            }
            .into())
        }
    }
}

/// The tag that a text means, among things that have a folded and a shown name.
///
/// # Errors
/// None or several fit.
pub fn tag<'a, T>(all: &'a [T], text: &str, names_of: impl Fn(&T) -> (&str, &str)) -> Result<&'a T> {
    match find(&fold(text), all.iter(), |tag| names_of(tag).0) {
        Outcome::One(found) => Ok(found.found),
        Outcome::Several(several) => {
            let names = several.iter().map(|tag| names_of(tag).1.to_owned());
            Err(ambiguous("tag", text, names).into())
        }
        Outcome::None(near) => Err(unknown_tag(text, near.first().map(|tag| names_of(tag).1)).into()),
    }
}

/// What is said of a tag that is not there.
pub fn unknown_tag(text: &str, near: Option<&str>) -> Problem {
    let problem = Problem::not_found(format!("no tag named `{}`", visible(text)));
    match near {
        Some(near) => problem.hint(format!("did you mean `{}`?", visible(near))),
        None => problem.hint("`groat tag list` shows them"),
    }
}

/// What a category's text comes to: `group/category`, `group:category` or a bare name.
pub fn category<'a>(names: &'a Names, text: &str) -> Outcome<'a, Category> {
    let (group, name) = split_category(text);
    let key = fold(name);
    let Some(group) = group else {
        return find(&key, names.categories.iter(), |category| &category.key);
    };
    let group_key = fold(group);
    let has_exact_group = names.categories.iter().any(|category| group_of(category) == group_key);
    let in_group = names.categories.iter().filter(|category| {
        if has_exact_group {
            group_of(category) == group_key
        } else {
            group_of(category).starts_with(&group_key)
        }
    });
    find(&key, in_group, |category| &category.key)
}

/// The folded name of a category's group.
pub fn group_of(category: &Category) -> &str {
    category.slug.split('/').next().unwrap_or("")
}

/// The category that a text means, where none is made: everywhere but on `add` and `income`.
///
/// # Errors
/// None or several fit.
pub fn known_category<'a>(names: &'a Names, text: &str) -> Result<&'a Category> {
    known_category_of(names, text, CategoryKind::Expense)
}

/// The same; where there is none, the hint makes one of this kind.
///
/// # Errors
/// As `known_category`.
pub fn known_category_of<'a>(names: &'a Names, text: &str, kind: CategoryKind) -> Result<&'a Category> {
    match category(names, text) {
        Outcome::One(found) => Ok(found.found),
        Outcome::Several(all) => Err(ambiguous("category", text, all.iter().map(|c| c.slug.clone())).into()),
        Outcome::None(near) => Err(unknown_category(text, &near, kind).into()),
    }
}

/// What is said of a category that is not there, and how one of this kind is made.
pub fn unknown_category(text: &str, near: &[&Category], kind: CategoryKind) -> Problem {
    let problem = Problem::not_found(format!("no category named `{}`", visible(text)));
    let flag = if kind == CategoryKind::Income { " --kind income" } else { "" };
    let create = format!("`groat category add {}{flag}`", quoted(text));
    let problem = problem.choices(near.iter().map(|category| choice(category, near)));
    match near.first() {
        Some(first) => problem.hint(format!("did you mean `{}`? Create a new one with {create}", first.name)),
        None => problem.hint(format!("`groat category list` shows them; {create} makes one")),
    }
}

/// What a category is called among others: by its slug where two bear one name.
fn choice(category: &Category, among: &[&Category]) -> String {
    let namesakes = among.iter().filter(|other| other.key == category.key).count();
    if namesakes > 1 { category.slug.clone() } else { category.name.clone() }
}

/// What is said when several things fit.
pub fn ambiguous(what: &str, text: &str, all: impl Iterator<Item = String>) -> Problem {
    let all: Vec<String> = all.collect();
    let shown: Vec<&str> = all.iter().map(String::as_str).collect();
    Problem::ambiguous(format!("`{}` fits several: {}", visible(text), listed(shown.into_iter())))
        .hint(format!("give more of the {what}'s name"))
}

/// `a`, `b` and 3 more.
pub fn listed<'a>(all: impl Iterator<Item = &'a str>) -> String {
    const SHOWN: usize = 6;
    let all: Vec<String> = all.map(|name| format!("`{}`", visible(name))).collect();
    let shown = all.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    if all.len() > SHOWN { format!("{shown} and {} more", all.len() - SHOWN) } else { shown }
}

/// A name as it can be pasted into a shell.
pub fn quoted(text: &str) -> String {
    let text = visible(text);
    let is_plain = |c: char| c.is_alphanumeric() || "-_/.".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        text.into_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

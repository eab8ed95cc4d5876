//! A query with its names looked up: the one way from the text of every face to a condition that `db/` understands.
//!
//! Accounts, categories and tags are looked up, and a slip is an error; payees, notes and actors are searched, and
//! what fits nothing finds nothing.

use super::lookup::{self, Outcome};
use crate::db::connection::DbConn;
use crate::db::names::{self, Names};
use crate::db::query::{Condition, Sizes, Test};
use crate::db::texts::{self, Sort};
use crate::domain::account::Account;
use crate::domain::category::{Category, CategoryKind};
use crate::domain::ids::{AccountId, CategoryId, OperationId, PayeeId, TagId, TransactionId};
use crate::domain::money::{Currency, iso_currency};
use crate::domain::name::{fold, visible};
use crate::domain::query::{Kind, Limits, Matcher, Node, Pattern, Query, Range, State, Term, Text};
use crate::error::{OrUsage, Problem, Result};

/// The condition of a query; none for one that means everything. Waits for the database once for names and once for
/// texts, if the query has any.
///
/// # Errors
/// An account, category or tag that is not there; an amount in a currency that no account has, or too large.
pub fn resolve(conn: &mut DbConn, query: &Query) -> Result<Option<Condition>> {
    let Some(root) = query.root() else { return Ok(None) };
    let kinds: Vec<&Kind> = query.terms().into_iter().map(|term| &term.kind).collect();
    let names =
        if kinds.iter().any(|kind| needs_names(kind)) { names::load(conn, None)? } else { Names::default() };
    let mut sought: Vec<Sought> = kinds.iter().filter_map(|kind| Sought::new(kind)).collect();
    let tags = search(conn, &mut sought, kinds.iter().any(|kind| matches!(kind, Kind::Tag(_))))?;
    let resolver = Resolver { query, names, tags };
    resolver.condition(root, &mut sought.into_iter()).map(Some)
}

fn needs_names(kind: &Kind) -> bool {
    matches!(kind, Kind::Category(_) | Kind::Account(_) | Kind::Amount(_) | Kind::Flow(_, Some(_)))
}

/// A pattern that is searched, and what it was found in.
struct Sought<'a> {
    matcher: Matcher<'a>,
    sorts: &'static [Sort],
    payees: Vec<PayeeId>,
    others: Vec<String>,
}

impl<'a> Sought<'a> {
    fn new(kind: &'a Kind) -> Option<Sought<'a>> {
        let (pattern, sorts): (_, &[Sort]) = match kind {
            Kind::Word(pattern) => (pattern, &[Sort::Payee, Sort::Note]),
            Kind::Payee(pattern) => (pattern, &[Sort::Payee]),
            Kind::Note(pattern) => (pattern, &[Sort::Note]),
            Kind::Actor(pattern) => (pattern, &[Sort::Actor]),
            _ => return None,
        };
        Some(Sought { matcher: pattern.matcher(), sorts, payees: Vec::new(), others: Vec::new() })
    }

    fn into_condition(mut self) -> Condition {
        // A payee may be found by its name and by an alias.
        self.payees.sort_unstable();
        self.payees.dedup();
        match self.sorts {
            [Sort::Payee] => Condition::Fits(Test::Payees(self.payees)),
            [Sort::Note] => Condition::Fits(Test::Notes(self.others)),
            [Sort::Actor] => Condition::Fits(Test::Actors(self.others)),
            _ => Condition::Any(vec![
                Condition::Fits(Test::Payees(self.payees)),
                Condition::Fits(Test::Notes(self.others)),
            ]),
        }
    }
}

struct Tag {
    id: TagId,
    name: String,
    key: String,
}

/// Matches everything that is sought, and answers the tags if they are wanted.
fn search(conn: &mut DbConn, sought: &mut [Sought<'_>], with_tags: bool) -> Result<Vec<Tag>> {
    let mut sorts: Vec<Sort> = sought.iter().flat_map(|sought| sought.sorts.iter().copied()).collect();
    sorts.extend(with_tags.then_some(Sort::Tag));
    sorts.sort_unstable();
    sorts.dedup();
    let mut tags = Vec::new();
    texts::each(conn, &sorts, |row| {
        let sort = row.sort();
        let key = row.key.unwrap_or_else(|| fold(&row.text));
        if sort == Sort::Tag {
            tags.push(Tag { id: TagId(row.id), name: row.text, key });
            return;
        }
        let text = Text::new(&row.text, &key);
        for sought in
            sought.iter_mut().filter(|sought| sought.sorts.contains(&sort) && sought.matcher.fits(&text))
        {
            match sort {
                Sort::Payee => sought.payees.push(PayeeId(row.id)),
                _ => sought.others.push(row.text.clone()),
            }
        }
    })?;
    Ok(tags)
}

struct Resolver<'q> {
    query: &'q Query,
    names: Names,
    tags: Vec<Tag>,
}

impl Resolver<'_> {
    /// `sought` gives what was found, in the order of the terms.
    fn condition<'a>(&self, node: &Node, sought: &mut impl Iterator<Item = Sought<'a>>) -> Result<Condition> {
        Ok(match node {
            Node::And(parts) => Condition::All(self.conditions(parts, sought)?),
            Node::Or(parts) => Condition::Any(self.conditions(parts, sought)?),
            Node::Not(part) => Condition::Not(Box::new(self.condition(part, sought)?)),
            Node::Term(term) => match self.test(&term.kind).map_err(|error| self.placed(error, term))? {
                Some(test) => Condition::Fits(test),
                None => sought
                    .next()
                    .map(Sought::into_condition)
                    .ok_or_else(|| Problem::internal("a text of a query was not searched"))?,
            },
        })
    }

    fn conditions<'a>(
        &self,
        parts: &[Node],
        sought: &mut impl Iterator<Item = Sought<'a>>,
    ) -> Result<Vec<Condition>> {
        parts.iter().map(|part| self.condition(part, sought)).collect()
    }

    /// The test of a term; none for what was searched.
    fn test(&self, kind: &Kind) -> Result<Option<Test>> {
        Ok(Some(match kind {
            Kind::Word(_) | Kind::Payee(_) | Kind::Note(_) | Kind::Actor(_) => return Ok(None),
            Kind::Category(pattern) => Test::Categories(self.categories(pattern)?),
            Kind::Account(pattern) => Test::Accounts(self.accounts(pattern)?),
            Kind::Tag(pattern) => Test::Tags(self.tags(pattern)?),
            Kind::Amount(range) => Test::Amount(None, sizes(&self.names.accounts, range)?),
            Kind::Flow(direction, Some(range)) => {
                Test::Amount(Some(*direction), sizes(&self.names.accounts, range)?)
            }
            Kind::Flow(direction, None) => Test::Amount(Some(*direction), Sizes::Any),
            Kind::Date(period) => Test::Days(*period),
            Kind::Is(State::Status(status)) => Test::Status(*status),
            Kind::Is(State::Uncategorised) => Test::Uncategorised,
            Kind::Is(State::Split) => Test::Split,
            Kind::Is(State::Transfer) => Test::Transfer,
            Kind::Id(id) => Test::Id(TransactionId(*id)),
            Kind::Operation(id) => Test::Operation(OperationId(*id)),
        }))
    }

    /// The error with the place in the query that it is about.
    fn placed(&self, error: anyhow::Error, term: &Term) -> anyhow::Error {
        match error.downcast::<Problem>() {
            Ok(problem) => Problem { place: self.query.place_of(term), ..problem }.into(),
            Err(other) => other,
        }
    }

    fn accounts(&self, pattern: &Pattern) -> Result<Vec<AccountId>> {
        match pattern {
            Pattern::Text(text) => Ok(vec![lookup::account(&self.names, text)?.id]),
            Pattern::Regex(_) => {
                let matcher = pattern.matcher();
                let fits = |account: &&Account| matcher.fits(&Text::new(&account.name, &account.key));
                Ok(self.names.accounts.iter().filter(fits).map(|account| account.id).collect())
            }
        }
    }

    fn tags(&self, pattern: &Pattern) -> Result<Vec<TagId>> {
        match pattern {
            Pattern::Text(text) => Ok(vec![lookup::tag(&self.tags, text, |tag| (&tag.key, &tag.name))?.id]),
            Pattern::Regex(_) => {
                let matcher = pattern.matcher();
                let fits = |tag: &&Tag| matcher.fits(&Text::new(&tag.name, &tag.key));
                Ok(self.tags.iter().filter(fits).map(|tag| tag.id).collect())
            }
        }
    }

    fn categories(&self, pattern: &Pattern) -> Result<Vec<CategoryId>> {
        match pattern {
            Pattern::Text(text) => self.categories_named(text),
            Pattern::Regex(_) => {
                let matcher = pattern.matcher();
                let fits = |category: &&Category| {
                    matcher.fits(&Text::new(&category.name, &category.key))
                        || matcher.fits(&Text::new(&category.slug, &category.slug))
                };
                Ok(self.names.categories.iter().filter(fits).map(|category| category.id).collect())
            }
        }
    }

    /// A category of that name or slug, or else every category of the group of that name; names before prefixes.
    fn categories_named(&self, text: &str) -> Result<Vec<CategoryId>> {
        let bare = text.trim().trim_end_matches(['/', ':']);
        let all_groups = self.groups();
        let groups = match bare.contains(['/', ':']) {
            true => Outcome::None(Vec::new()),
            false => lookup::find(&fold(bare), all_groups.iter(), |group| group.key),
        };
        match (lookup::category(&self.names, text), groups) {
            (Outcome::One(category), _) if !category.by_prefix => Ok(vec![category.found.id]),
            (_, Outcome::One(group)) if !group.by_prefix => Ok(group.found.ids.clone()),
            (Outcome::One(category), Outcome::None(_)) => Ok(vec![category.found.id]),
            (Outcome::None(_), Outcome::One(group)) => Ok(group.found.ids.clone()),
            (Outcome::None(near), Outcome::None(near_groups)) => Err(match near_groups.first() {
                Some(group) if near.is_empty() => unknown_group(text, group).into(),
                _ => lookup::unknown_category(text, &near, CategoryKind::Expense).into(),
            }),
            (categories, groups) => {
                let slugs = several(categories).into_iter().map(|category| category.slug.clone());
                let groups = several(groups).into_iter().map(|group| format!("{}/", group.key));
                Err(lookup::ambiguous("category", text, slugs.chain(groups)).into())
            }
        }
    }

    fn groups(&self) -> Vec<Group<'_>> {
        let mut groups: Vec<Group> = Vec::new();
        for category in &self.names.categories {
            let key = lookup::group_of(category);
            match groups.iter_mut().find(|group| group.key == key) {
                Some(group) => group.ids.push(category.id),
                None => groups.push(Group { key, name: &category.group_name, ids: vec![category.id] }),
            }
        }
        groups
    }
}

/// The sizes in the minor units of each account's own currency: 50 is 50 yen in one and 5000 cents in another.
///
/// # Errors
/// A currency that no account has; a size that no amount can have.
pub(super) fn sizes(accounts: &[Account], range: &Range) -> Result<Sizes> {
    let mut sizes: Vec<(Vec<AccountId>, Limits)> = Vec::new();
    for account in accounts {
        let symbol = iso_currency(account.currency).map(|currency| currency.symbol);
        let currency = Currency {
            code: account.currency,
            exponent: account.exponent,
            symbol: symbol.unwrap_or_else(|| account.currency.to_string()),
        };
        let Some(limits) = range.limits_in(&currency).usage()? else { continue };
        match sizes.iter_mut().find(|(_, known)| *known == limits) {
            Some((ids, _)) => ids.push(account.id),
            None => sizes.push((vec![account.id], limits)),
        }
    }
    Ok(match sizes.as_slice() {
        [] if !accounts.is_empty() => return Err(unknown_currency(accounts, range).into()),
        [(ids, limits)] if ids.len() == accounts.len() => Sizes::Everywhere(*limits),
        _ => Sizes::In(sizes),
    })
}

fn unknown_currency(accounts: &[Account], range: &Range) -> Problem {
    let stated = range.stated().unwrap_or_default();
    let mut codes: Vec<&str> = accounts.iter().map(|account| account.currency.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    Problem::not_found(format!("no account is kept in `{}`", visible(&stated)))
        .hint(format!("accounts are kept in {}", lookup::listed(codes.into_iter())))
}

/// A heading and the categories under it.
struct Group<'a> {
    key: &'a str,
    name: &'a str,
    ids: Vec<CategoryId>,
}

fn several<T>(outcome: Outcome<'_, T>) -> Vec<&T> {
    match outcome {
        Outcome::One(found) => vec![found.found],
        Outcome::Several(all) => all,
        Outcome::None(_) => Vec::new(),
    }
}

fn unknown_group(text: &str, near: &Group<'_>) -> Problem {
    Problem::not_found(format!("no category or group named `{}`", visible(text)))
        .hint(format!("did you mean the group `{}`?", visible(near.name)))
}

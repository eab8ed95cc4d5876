//! The text of a rule's query: what people may ask of a row, the form that is kept, and the condition made of it.

use chrono::NaiveDate;

use super::condition::{Condition, Test};
use crate::db::names::Names;
use crate::db::query::Sizes;
use crate::domain::account::Account;
use crate::domain::ids::AccountId;
use crate::domain::money::DecimalMark;
use crate::domain::query::{Kind, Node, Pattern, Query, Reading, State, Term, Text};
use crate::domain::transaction::Status;
use crate::error::{OrUsage, Problem, Result};
use crate::ledger::lookup;
use crate::ledger::query::sizes;

/// The text that a rule keeps of a query: days are days, amounts are written with a point, accounts have their whole
/// names, so that it means the same tomorrow and with other settings.
///
/// # Errors
/// A query that means everything; a term that asks what a bank's row has not; an account or a currency that is not there.
pub fn canonical(names: &Names, query: &Query) -> Result<String> {
    if query.root().is_none() {
        return Err(Problem::usage("a rule needs to say which rows it takes")
            .hint("for example `groat rule add payee:tesco -c groceries`; every row is `/./`")
            .into());
    }
    for term in query.terms() {
        let checked = test(&term.kind, names, &mut |_| 0)
            .and_then(|test| test.ok_or_else(|| unasked(&term.kind).into()));
        checked.map_err(|error| placed(error, query, term))?;
    }
    let whole = query.clone().with_terms(&|kind| match kind {
        Kind::Account(Pattern::Text(text)) => lookup::account(names, text)
            .ok()
            .map(|account| Kind::Account(Pattern::Text(account.name.clone()))),
        _ => None,
    });
    let text = whole.to_string();
    kept(&text)?;
    Ok(text)
}

fn unasked(kind: &Kind) -> Problem {
    let what = match kind {
        Kind::Category(_) | Kind::Is(State::Uncategorised) => "a category",
        Kind::Tag(_) => "tags",
        Kind::Id(_) => "a number of a transaction",
        Kind::Operation(_) | Kind::Actor(_) => "a history",
        _ => "that state",
    };
    Problem::usage(format!("`{kind}`: a bank's row does not have {what}"))
        .hint("a rule asks for words, payee: note: acct: amt: in: out: date: is:pending and is:cleared")
}

/// The error with the place in the query that it is about.
fn placed(error: anyhow::Error, query: &Query, term: &Term) -> anyhow::Error {
    match error.downcast::<Problem>() {
        Ok(problem) => Problem { place: query.place_of(term), ..problem }.into(),
        Err(other) => other,
    }
}

/// The query of a rule's text.
///
/// # Errors
/// A text that is none, as a newer groat may have written it.
pub(super) fn kept(text: &str) -> Result<Query> {
    // A kept text says neither what depends on the day nor on the mark.
    Query::parse(text, &Reading { today: NaiveDate::default(), mark: DecimalMark::Point }).usage()
}

/// The condition of a query; `place_of` gives each pattern its place.
///
/// # Errors
/// An account or a currency that is not there; a term that asks what a bank's row has not.
pub(super) fn condition(
    node: &Node,
    names: &Names,
    place_of: &mut dyn FnMut(&Pattern) -> usize,
) -> Result<Condition> {
    let mut each = |parts: &[Node]| {
        parts.iter().map(|part| condition(part, names, place_of)).collect::<Result<Vec<_>>>()
    };
    Ok(match node {
        Node::And(parts) => Condition::all(each(parts)?),
        Node::Or(parts) => Condition::Any(each(parts)?),
        Node::Not(part) => Condition::Not(Box::new(condition(part, names, place_of)?)),
        Node::Term(term) => {
            Condition::Fits(test(&term.kind, names, place_of)?.ok_or_else(|| unasked(&term.kind))?)
        }
    })
}

/// The test of a term; none for what a bank's row has not.
fn test(kind: &Kind, names: &Names, place_of: &mut dyn FnMut(&Pattern) -> usize) -> Result<Option<Test>> {
    let mut text = |pattern, in_name, in_memo| Test::Text { pattern: place_of(pattern), in_name, in_memo };
    Ok(Some(match kind {
        Kind::Word(pattern) => text(pattern, true, true),
        Kind::Payee(pattern) => text(pattern, true, false),
        Kind::Note(pattern) => text(pattern, false, true),
        Kind::Account(pattern) => Test::Accounts(accounts(names, pattern)?),
        Kind::Amount(range) => Test::Amount(None, sizes(&names.accounts, range)?),
        Kind::Flow(direction, Some(range)) => Test::Amount(Some(*direction), sizes(&names.accounts, range)?),
        Kind::Flow(direction, None) => Test::Amount(Some(*direction), Sizes::Any),
        Kind::Date(period) => Test::Days(*period),
        Kind::Is(State::Status(Status::Pending)) => Test::Pending(true),
        Kind::Is(State::Status(Status::Cleared)) => Test::Pending(false),
        Kind::Is(_)
        | Kind::Category(_)
        | Kind::Tag(_)
        | Kind::Actor(_)
        | Kind::Id(_)
        | Kind::Operation(_) => return Ok(None),
    }))
}

fn accounts(names: &Names, pattern: &Pattern) -> Result<Vec<AccountId>> {
    match pattern {
        Pattern::Text(text) => Ok(vec![lookup::account(names, text)?.id]),
        Pattern::Regex(_) => {
            let matcher = pattern.matcher();
            let fits = |account: &&Account| matcher.fits(&Text::new(&account.name, &account.key));
            Ok(names.accounts.iter().filter(fits).map(|account| account.id).collect())
        }
    }
}

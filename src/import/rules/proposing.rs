//! `rule learn`: rules for what the user keeps doing. A word of several payees, or a payee, whose transactions always get
//! one category, as long as no rule takes them yet.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde::Serialize;

use crate::db::connection::DbConn;
use crate::db::lessons::{self, Lesson};
use crate::db::names::{self, Names};
use crate::db::writer::Writer;
use crate::domain::ids::{AccountId, CategoryId, OperationId, RuleId};
use crate::domain::money::Minor;
use crate::domain::name::{fold, search_key};
use crate::domain::query::{Kind, Pattern};
use crate::error::Result;
use crate::import::learning::{NEWEST, words};
use crate::ledger::lookup::quoted;
use crate::ledger::rules::{self, BankRow, Ruleset};

/// A word that is shorter stands in too many others.
const SHORTEST: usize = 3;
/// So many payees are named.
const NAMED: usize = 3;

/// What was found, and added if that was asked for.
#[derive(Debug, Clone, Serialize)]
pub struct Learned {
    /// The operation; none when nothing was added.
    pub operation: Option<OperationId>,
    /// What it is called in the log.
    pub summary: Option<String>,
    /// The rules, those with most transactions first.
    pub proposals: Vec<Proposal>,
}

/// A rule that would be right.
#[derive(Debug, Clone, Serialize)]
pub struct Proposal {
    /// Which rows it takes.
    pub query: String,
    /// The category that they always got.
    pub category: String,
    /// Its slug.
    pub category_slug: String,
    /// How many transactions.
    pub count: usize,
    /// Whom the bank named in them, some at most.
    pub payees: Vec<String>,
    /// The command that makes the rule.
    pub command: String,
    /// The rule that was made of it.
    pub rule: Option<RuleId>,
    #[serde(skip)]
    category_id: CategoryId,
}

/// The rules that at least `least` transactions speak for.
///
/// # Errors
/// What the database says.
pub fn propose(conn: &mut DbConn, least: usize) -> Result<Learned> {
    let names = names::load(conn, None)?;
    let mut set = Ruleset::load(conn, &names)?;
    let mut seen = HashSet::new();
    let mut open: BTreeMap<String, Named> = BTreeMap::new();
    for lesson in lessons::newest(conn, NEWEST, None)? {
        // A transaction comes once more for each further row of a bank that it is.
        if seen.insert(lesson.id) && set.first(&row(&lesson)).is_none() {
            let Some(name) = said(&lesson) else { continue };
            let named = open.entry(fold(name)).or_insert_with(|| Named::new(name));
            *named.categories.entry(CategoryId(lesson.category_id)).or_default() += 1;
        }
    }
    let mut all: Vec<Named> = open.into_values().collect();
    let mut proposals = by_words(&names, &mut all, least);
    proposals.extend(by_payees(&names, &all, least));
    proposals.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.query.cmp(&b.query)));
    Ok(Learned { operation: None, summary: None, proposals })
}

/// Makes all that are proposed, in one operation.
///
/// # Errors
/// What the database says.
pub fn learn(w: &mut Writer<'_>, least: usize) -> Result<Learned> {
    let Learned { mut proposals, .. } = propose(w.conn(), least)?;
    if proposals.is_empty() {
        return Ok(Learned { operation: None, summary: None, proposals });
    }
    let count = i64::try_from(proposals.len())?;
    let summary = format!("learned {}", crate::domain::counted(count, "rule", "rules"));
    let operation = w.begin(&summary)?;
    for proposal in &mut proposals {
        proposal.rule = Some(rules::append(w, &proposal.query, proposal.category_id)?);
    }
    Ok(Learned { operation: Some(operation), summary: Some(summary), proposals })
}

fn row(lesson: &Lesson) -> BankRow<'_> {
    BankRow {
        payee: lesson.bank_payee.as_deref().or(lesson.payee.as_deref()),
        memo: lesson.bank_memo.as_deref().or(lesson.note.as_deref()),
        account: Some(AccountId(lesson.account_id)),
        amount: Some(Minor(lesson.amount)),
        date: Some(lesson.date),
        is_pending: false,
    }
}

fn said(lesson: &Lesson) -> Option<&str> {
    lesson.bank_payee.as_deref().or(lesson.payee.as_deref())
}

/// What the bank calls somebody, and what it was for.
struct Named {
    name: String,
    key: String,
    categories: HashMap<CategoryId, usize>,
    is_covered: bool,
}

impl Named {
    fn new(name: &str) -> Named {
        let key = search_key(&fold(name)).into_owned();
        Named { name: name.to_owned(), key, categories: HashMap::new(), is_covered: false }
    }

    fn count(&self) -> usize {
        self.categories.values().sum()
    }
}

/// The only category of all whose name has this in it, with their places.
fn only_category(all: &[Named], key: &str) -> Option<(CategoryId, Vec<usize>)> {
    let places: Vec<usize> = (0..all.len()).filter(|place| all[*place].key.contains(key)).collect();
    let categories: BTreeSet<CategoryId> =
        places.iter().flat_map(|place| all[*place].categories.keys().copied()).collect();
    match categories.into_iter().collect::<Vec<_>>()[..] {
        [only] => Some((only, places)),
        _ => None,
    }
}

/// Words of several names, those of most transactions first; marks the names that they cover.
fn by_words(names: &Names, all: &mut [Named], least: usize) -> Vec<Proposal> {
    let mut said: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for named in all.iter() {
        for word in words([named.name.as_str()].into_iter()) {
            let (transactions, payees) = said.entry(word).or_default();
            *transactions += named.count();
            *payees += 1;
        }
    }
    let mut candidates: Vec<(usize, String)> = said
        .into_iter()
        .filter(|(word, (count, payees))| *count >= least && *payees > 1 && word.chars().count() >= SHORTEST)
        .map(|(word, (count, _))| (count, word))
        .collect();
    candidates.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let mut proposals = Vec::new();
    for (_, word) in candidates {
        let Some((category, places)) = only_category(all, &search_key(&word)) else { continue };
        let new: Vec<usize> = places.into_iter().filter(|place| !all[*place].is_covered).collect();
        let count: usize = new.iter().map(|place| all[*place].count()).sum();
        if new.len() < 2 || count < least {
            continue;
        }
        let payees = new.iter().map(|place| all[*place].name.clone());
        proposals.extend(proposal(names, &word, category, count, payees));
        new.into_iter().for_each(|place| all[place].is_covered = true);
    }
    proposals
}

/// Names that no word covers.
fn by_payees(names: &Names, all: &[Named], least: usize) -> Vec<Proposal> {
    let open = all.iter().filter(|named| !named.is_covered && named.count() >= least);
    open.filter_map(|named| {
        let (category, _) = only_category(all, &named.key)?;
        proposal(names, &named.name, category, named.count(), [named.name.clone()].into_iter())
    })
    .collect()
}

fn proposal(
    names: &Names,
    text: &str,
    category: CategoryId,
    count: usize,
    payees: impl Iterator<Item = String>,
) -> Option<Proposal> {
    let category = names.categories.iter().find(|known| known.id == category)?;
    let query = Kind::Payee(Pattern::Text(text.to_owned())).to_string();
    Some(Proposal {
        command: format!("groat rule add {} -c {}", quoted(&query), quoted(&category.slug)),
        query,
        category: category.name.clone(),
        category_slug: category.slug.clone(),
        count,
        payees: payees.take(NAMED).collect(),
        rule: None,
        category_id: category.id,
    })
}

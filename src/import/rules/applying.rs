//! `rule apply`: transactions become what the rules say by now. What the user chose stays, unless that is to be
//! overwritten. One operation; a dry run shows what it would do.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use serde::Serialize;

use super::changing::{Outcome, outcome};
use super::freedom::{self, Freedom};
use super::{raw, testing};
use crate::db::listing;
use crate::db::names::{self, Names};
use crate::db::tables::Table;
use crate::db::writer::Writer;
use crate::db::{payees, transactions};
use crate::domain::category::Category;
use crate::domain::ids::{CategoryId, OperationId, PayeeId, RuleId, TagId, TransactionId};
use crate::domain::money::CurrencyCode;
use crate::domain::name::fold;
use crate::domain::query::Query;
use crate::domain::transaction::{Amount, NewPosting, NewTransaction, Transaction};
use crate::error::Result;
use crate::ledger::rules::Ruleset;
use crate::ledger::{resolve, tags};

/// How many transactions are looked at together.
const AT_ONCE: usize = 2_000;

/// What was done.
#[derive(Debug, Clone, Serialize)]
pub struct Applied {
    /// The operation; none when nothing changed.
    pub operation: Option<OperationId>,
    /// What it is called in the log.
    pub summary: String,
    /// What changed, newest first.
    pub changes: Vec<Change>,
    /// How many transactions a rule takes and leaves as they are, as the user chose their category.
    pub kept: usize,
    /// Those that changed.
    pub transactions: Vec<TransactionId>,
    /// Splits that were left out, for people.
    #[serde(skip)]
    pub notes: Vec<String>,
}

/// A transaction that changed.
#[derive(Debug, Clone, Serialize)]
pub struct Change {
    /// The transaction.
    pub transaction: TransactionId,
    /// Its day.
    pub date: NaiveDate,
    /// The amount.
    pub amount: Amount,
    /// What it is in.
    pub currency: CurrencyCode,
    /// The rule.
    pub rule: RuleId,
    /// As it was.
    pub from: Said,
    /// As it is.
    pub to: Said,
}

/// What a rule may say of a transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    /// Whom it names.
    pub payee: Option<String>,
    /// Its note.
    pub note: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Each posting's category, with its part.
    pub parts: Vec<SaidPart>,
}

/// A part of an amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SaidPart {
    /// The category; none is none.
    pub category: Option<String>,
    /// Its slug.
    pub category_slug: Option<String>,
    /// The part.
    pub amount: Amount,
}

/// A transaction with the rule that takes it and what comes of that.
struct Planned {
    transaction: Transaction,
    rule: RuleId,
    outcome: Outcome,
}

/// Asks the rules again of the transactions of a query, but for transfers.
///
/// # Errors
/// Those of the query; what the database says.
pub fn apply(w: &mut Writer<'_>, query: &Query, overwrites: bool) -> Result<Applied> {
    let names = names::load(w.conn(), None)?;
    w.knows_accounts(names.accounts.iter().map(|account| (account.id.0, account.is_on_budget)));
    let mut set = Ruleset::load(w.conn(), &names)?;
    // Without a rule nothing needs to be looked at.
    let ids = if set.is_empty() { Vec::new() } else { testing::meant(w.conn(), query, None)?.0 };
    let (mut planned, mut kept) = (Vec::new(), 0);
    for chunk in ids.chunks(AT_ONCE) {
        kept += plan(w, &mut set, chunk, overwrites, &mut planned)?;
    }
    let notes = troubles(&planned);
    planned.retain(|planned| planned.outcome.changes());
    if planned.is_empty() {
        let summary = "the rules change nothing".to_owned();
        return Ok(Applied {
            operation: None,
            summary,
            changes: Vec::new(),
            kept,
            transactions: Vec::new(),
            notes,
        });
    }
    let count = i64::try_from(planned.len())?;
    let summary =
        format!("applied the rules to {}", crate::domain::counted(count, "transaction", "transactions"));
    let operation = w.begin(&summary)?;
    let mut made = Made::default();
    let mut new = Vec::with_capacity(planned.len());
    for planned in &planned {
        new.push((planned.transaction.id, made.transaction(w, planned)?));
    }
    transactions::update_many(w, &new)?;
    let changes: Vec<Change> =
        planned.iter().zip(&new).map(|(planned, (_, new))| change(&names, planned, new)).collect();
    explain(w, &changes)?;
    let transactions = new.into_iter().map(|(id, _)| id).collect();
    Ok(Applied { operation: Some(operation), summary, changes, kept, transactions, notes })
}

/// Keeps which rule took which transaction.
fn explain(w: &mut Writer<'_>, changes: &[Change]) -> Result<()> {
    let mut whys: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for change in changes {
        whys.entry(why(change)).or_default().push(change.transaction.0);
    }
    whys.iter().try_for_each(|(why, rows)| w.explain(Table::Transactions, rows, why))
}

/// `Groceries by rule 2`.
fn why(change: &Change) -> String {
    let rule = change.rule;
    match change.to.parts.as_slice() {
        parts if *parts == change.from.parts => format!("changed by rule {rule}"),
        [only] => format!("{} by rule {rule}", only.category.as_deref().unwrap_or("no category")),
        _ => format!("split by rule {rule}"),
    }
}

fn troubles(planned: &[Planned]) -> Vec<String> {
    let told = planned.iter().filter_map(|planned| {
        let why = planned.outcome.trouble.as_ref()?;
        let (id, rule) = (planned.transaction.id, planned.rule);
        Some(format!("transaction {id}: the split of rule {rule} is left out: {why}"))
    });
    told.collect()
}

/// Plans a few transactions; answers how many stay as their users chose.
fn plan(
    w: &mut Writer<'_>,
    set: &mut Ruleset,
    ids: &[TransactionId],
    overwrites: bool,
    planned: &mut Vec<Planned>,
) -> Result<usize> {
    let book = w.currency;
    let all = listing::load(w.conn(), ids, book)?;
    let rows = raw::rows(w.conn(), &all)?;
    let mut taken = Vec::new();
    for transaction in all {
        let rule = rows.get(&transaction.id).and_then(|row| set.first(&row.as_row()));
        if let Some(rule) = rule {
            taken.push((transaction, rule));
        }
    }
    let ids: Vec<TransactionId> = taken.iter().map(|(transaction, _)| transaction.id).collect();
    let free = if overwrites { HashMap::new() } else { freedom::of(w.conn(), &ids)? };
    let mut kept = 0;
    for (transaction, rule) in taken {
        let freedom = free.get(&transaction.id).copied().unwrap_or(Freedom::Whole);
        if freedom == Freedom::None {
            kept += 1;
            continue;
        }
        let outcome = outcome(&transaction, &rule, freedom, w.currency.code);
        planned.push(Planned { transaction, rule: rule.id, outcome });
    }
    Ok(kept)
}

/// Payees and tags that were found or made.
#[derive(Default)]
struct Made {
    payees: HashMap<String, PayeeId>,
    tags: HashMap<String, TagId>,
}

impl Made {
    fn transaction(&mut self, w: &mut Writer<'_>, planned: &Planned) -> Result<NewTransaction> {
        let Planned { transaction: old, outcome, .. } = planned;
        let payee = outcome.payee.as_ref().map(|name| self.payee(w, name)).transpose()?;
        let mut tags = Vec::new();
        for tag in &old.tags {
            tags.push(self.tag(w, tag, true)?);
        }
        for tag in &outcome.tags {
            tags.push(self.tag(w, tag, false)?);
        }
        Ok(NewTransaction {
            date: old.date,
            payee: payee.or(old.payee_id),
            note: outcome.note.clone().or_else(|| old.note.clone()),
            tags,
            postings: match &outcome.postings {
                Some(postings) => postings.clone(),
                None => old.postings.iter().map(NewPosting::from).collect(),
            },
        })
    }

    fn payee(&mut self, w: &mut Writer<'_>, name: &str) -> Result<PayeeId> {
        let key = fold(name);
        if let Some(known) = self.payees.get(&key) {
            return Ok(*known);
        }
        let id = match payees::find_by_key(w.conn(), &key)? {
            Some(id) => id,
            None => payees::create(w, name, &key)?.0,
        };
        self.payees.insert(key, id);
        Ok(id)
    }

    fn tag(&mut self, w: &mut Writer<'_>, name: &str, is_there: bool) -> Result<TagId> {
        let key = fold(name);
        if let Some(known) = self.tags.get(&key) {
            return Ok(*known);
        }
        let id = match is_there {
            true => tags::get_id(w.conn(), name)?,
            false => resolve::make_tag(w, name)?,
        };
        self.tags.insert(key, id);
        Ok(id)
    }
}

fn change(names: &Names, planned: &Planned, new: &NewTransaction) -> Change {
    let Planned { transaction: old, rule, outcome } = planned;
    let (amount, currency) = old.amount();
    let found = |id: Option<CategoryId>| names.categories.iter().find(|category| Some(category.id) == id);
    let part = |category: Option<&Category>, amount| SaidPart {
        category: category.map(|category| category.name.clone()),
        category_slug: category.map(|category| category.slug.clone()),
        amount,
    };
    let from = Said {
        payee: old.payee.clone(),
        note: old.note.clone(),
        tags: old.tags.clone(),
        parts: old.postings.iter().map(|posting| part(found(posting.category_id), posting.amount)).collect(),
    };
    let exponent = amount.exponent;
    let to = Said {
        payee: outcome.payee.clone().or_else(|| old.payee.clone()),
        note: new.note.clone(),
        tags: old.tags.iter().chain(&outcome.tags).cloned().collect(),
        parts: new
            .postings
            .iter()
            .map(|posting| part(found(posting.category), Amount { minor: posting.amount, exponent }))
            .collect(),
    };
    Change { transaction: old.id, date: old.date, amount, currency, rule: *rule, from, to }
}

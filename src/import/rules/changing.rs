//! What one transaction becomes by a rule, as far as the rule may change it. Pure: payees and tags are names here.

use super::freedom::Freedom;
use crate::domain::ids::CategoryId;
use crate::domain::money::{CurrencyCode, Minor};
use crate::domain::name::fold;
use crate::domain::rule::Rule;
use crate::domain::transaction::{NewPosting, Posting, Transaction};
use crate::import::purpose::shares;
use crate::ledger::lock;

/// What is to become of a transaction; what is none stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Whom it is to name.
    pub payee: Option<String>,
    /// Its note.
    pub note: Option<String>,
    /// Tags that it lacks.
    pub tags: Vec<String>,
    /// Its postings.
    pub postings: Option<Vec<NewPosting>>,
    /// Why the rule's split is left out.
    pub trouble: Option<String>,
}

impl Outcome {
    /// Whether anything changes.
    pub fn changes(&self) -> bool {
        self.payee.is_some() || self.note.is_some() || !self.tags.is_empty() || self.postings.is_some()
    }
}

/// What a rule makes of a transaction in one account. Of one that was reconciled the
/// sum of its parts stays.
pub fn outcome(transaction: &Transaction, rule: &Rule, freedom: Freedom, book: CurrencyCode) -> Outcome {
    let is_whole = freedom == Freedom::Whole;
    let may = |is_empty: bool| is_whole || is_empty;
    let has = |tag: &String| transaction.tags.iter().any(|own| fold(own) == fold(tag));
    let is_named = |name: &&String| transaction.payee.as_deref().is_some_and(|own| fold(own) == fold(name));
    let payee = rule.payee.as_ref().filter(|_| may(transaction.payee.is_none()));
    let note = rule.note.as_ref().filter(|_| may(transaction.note.is_none()));
    let (postings, trouble) = match postings(transaction, rule, book) {
        Ok(postings) => (postings, None),
        Err(why) => (None, Some(why)),
    };
    Outcome {
        payee: payee.filter(|name| !is_named(name)).cloned(),
        note: note.filter(|note| transaction.note.as_ref() != Some(note)).cloned(),
        tags: match may(transaction.tags.is_empty()) {
            true => rule.tags.iter().filter(|tag| !has(tag)).cloned().collect(),
            false => Vec::new(),
        },
        postings,
        trouble,
    }
}

/// The postings as the rule parts them; none when they are so already, or the rule says nothing.
///
/// # Errors
/// Why they cannot be parted so.
fn postings(
    transaction: &Transaction,
    rule: &Rule,
    book: CurrencyCode,
) -> Result<Option<Vec<NewPosting>>, String> {
    let Some(first) = transaction.postings.first().filter(|_| !rule.parts.is_empty()) else {
        return Ok(None);
    };
    let whole = Minor::checked_sum(transaction.postings.iter().map(|posting| posting.amount.minor));
    let parts = shares(rule, whole.map_err(|e| e.message)?, first.amount.exponent).map_err(|e| e.message)?;
    let now: Vec<(Option<CategoryId>, Minor)> =
        transaction.postings.iter().map(|posting| (posting.category_id, posting.amount.minor)).collect();
    if now == parts {
        return Ok(None);
    }
    let keeps_amounts = now.len() == 1 && parts.len() == 1;
    if !keeps_amounts && first.currency != book && first.value.is_some() {
        return Err("its value cannot be shared out".to_owned());
    }
    let parted: Vec<NewPosting> =
        parts.into_iter().map(|part| parted(first, part, keeps_amounts, book)).collect();
    if !lock::are_kept(&transaction.postings, &parted) {
        return Err("it is reconciled".to_owned());
    }
    Ok(Some(parted))
}

fn parted(
    first: &Posting,
    (category, amount): (Option<CategoryId>, Minor),
    keeps_value: bool,
    book: CurrencyCode,
) -> NewPosting {
    NewPosting {
        account: first.account_id,
        category,
        date: first.date,
        amount,
        value: match keeps_value {
            true => first.value.map(|value| value.minor),
            false => (first.currency == book).then_some(amount),
        },
        memo: first.memo.clone(),
        status: first.status,
    }
}

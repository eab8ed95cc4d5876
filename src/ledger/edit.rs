//! Changing transactions: several at once, all or none.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::list::get_all;
use super::record::{needs_value, split_amounts};
use super::{lock, lookup, resolve};
use crate::db::lessons;
use crate::db::names::{self, Names};
use crate::db::transactions;
use crate::db::writer::Writer;
use crate::domain::account::Account;
use crate::domain::ids::{CategoryId, TagId, TransactionId};
use crate::domain::money::{AmountInput, Minor, Sign};
use crate::domain::name::fold;
use crate::domain::transaction::{NewPosting, NewTransaction, Status, Transaction, TransactionKind};
use crate::error::{OrUsage, Problem, Result};

/// What is to be changed; what is none stays. An inner none clears.
#[derive(Debug, Clone, Default)]
pub struct Edit {
    /// Signed as stored; unsigned is money in.
    pub amount: Option<AmountInput>,
    /// The value in the book's currency, signed as stored.
    pub value: Option<AmountInput>,
    /// Made if it is not there.
    pub payee: Option<Option<String>>,
    /// One that is there, or `none`.
    pub category: Option<Option<String>>,
    /// One that is there.
    pub account: Option<String>,
    /// The day it happened, and that of the postings that were on the same day.
    pub date: Option<NaiveDate>,
    /// A remark.
    pub note: Option<Option<String>>,
    /// To be added.
    pub tags: Vec<String>,
    /// To be taken off.
    pub untags: Vec<String>,
    /// Categories and their parts of the whole.
    pub split: Vec<(String, AmountInput)>,
    /// How far it is confirmed.
    pub status: Option<Status>,
    /// Overrules the lock of what is reconciled.
    pub is_forced: bool,
}

/// What an edit answers.
#[derive(Debug, Clone)]
pub struct Edited {
    /// The transactions as they are now.
    pub transactions: Vec<Transaction>,
    /// The operation and its summary.
    pub done: super::Done,
    /// For people, on stderr.
    pub notes: Vec<String>,
}

/// Changes transactions.
///
/// # Errors
/// An unknown id, account, category or tag; a change that does not fit one of them (an amount for a split, a
/// category for a transfer between two accounts on budget) or that breaks a lock.
pub fn edit(w: &mut Writer<'_>, ids: &[TransactionId], change: &Edit) -> Result<Edited> {
    let book = w.currency;
    let before = get_all(w.conn(), ids, book)?;
    apply(w, &before, change, |ids| match ids {
        [only] => format!("edited transaction {only}"),
        several => format!("edited {} transactions", several.len()),
    })
}

/// Gives transactions another category.
///
/// # Errors
/// As `edit`; an unknown category.
pub fn recategorise(w: &mut Writer<'_>, ids: &[TransactionId], category: &str) -> Result<Edited> {
    let book = w.currency;
    let before = get_all(w.conn(), ids, book)?;
    let names = names::load(w.conn(), None)?;
    let (wanted, told) = if fold(category) == "none" {
        (None, "no category".to_owned())
    } else {
        let found = lookup::known_category(&names, category)?;
        (Some(found.slug.clone()), found.name.clone())
    };
    apply(w, &before, &Edit { category: Some(wanted), ..Edit::default() }, |ids| match ids {
        [only] => format!("moved transaction {only} to {told}"),
        several => format!("moved {} transactions to {told}", several.len()),
    })
}

/// Changes those that are not so already; `told` says of which what was done.
fn apply(
    w: &mut Writer<'_>,
    before: &[Transaction],
    change: &Edit,
    told: impl Fn(&[TransactionId]) -> String,
) -> Result<Edited> {
    let payee_key = change.payee.as_ref().and_then(|payee| payee.as_deref()).map(fold);
    let names = names::load(w.conn(), payee_key.as_deref())?;
    w.knows_accounts(names.accounts.iter().map(|account| (account.id.0, account.is_on_budget)));
    let mut notes = Vec::new();
    let all: Vec<TransactionId> = before.iter().map(|transaction| transaction.id).collect();
    let operation = w.begin(&told(&all))?;
    let targets = Targets::make(w, &names, change, &mut notes)?;
    let pairs = differing(w, &names, before, change, (&targets, &mut notes))?;
    if pairs.is_empty() {
        w.forget();
        let done = super::Done { operation: None, summary: so_already(&all), transactions: Vec::new() };
        return Ok(Edited { transactions: before.to_vec(), done, notes });
    }
    let broken: Vec<TransactionId> =
        pairs.iter().filter(|(old, new)| !lock::is_kept(old, new)).map(|(old, _)| old.id).collect();
    lock::refuse(&broken, change.is_forced)?;
    let ids: Vec<TransactionId> = pairs.iter().map(|(old, _)| old.id).collect();
    let what = lock::told(&told(&ids), &broken);
    if !broken.is_empty() || ids.len() < all.len() {
        w.retell(&what)?;
    }
    if !broken.is_empty() {
        notes.push(lock::overruled(&broken));
    }
    pairs.iter().try_for_each(|(old, new)| transactions::update(w, old.id, new))?;
    let book = w.currency;
    let transactions = get_all(w.conn(), &all, book)?;
    let done = super::Done { operation: Some(operation), summary: what, transactions: ids };
    Ok(Edited { transactions, done, notes })
}

/// The transactions that the change makes something else of, with what it makes.
fn differing<'t>(
    w: &mut Writer<'_>,
    names: &Names,
    before: &'t [Transaction],
    change: &Edit,
    (targets, notes): (&Targets, &mut Vec<String>),
) -> Result<Vec<(&'t Transaction, NewTransaction)>> {
    let ids: Vec<TransactionId> = before.iter().map(|transaction| transaction.id).collect();
    let guessed = match change.category.is_some() || !change.split.is_empty() {
        true => lessons::guessed(w.conn(), &ids)?,
        false => HashSet::new(),
    };
    let mut pairs = Vec::with_capacity(before.len());
    for old in before {
        let is = as_it_is(w, old)?;
        let new = changed(names, old, is.clone(), change, targets, (w, notes))?;
        // What an import only suggested becomes the user's choice.
        if new != is || guessed.contains(&old.id) {
            pairs.push((old, new));
        }
    }
    Ok(pairs)
}

fn so_already(ids: &[TransactionId]) -> String {
    match ids {
        [only] => format!("nothing to change: transaction {only} is so already"),
        several => format!("nothing to change: the {} transactions are so already", several.len()),
    }
}

/// A transaction as one that is to be stored.
fn as_it_is(w: &mut Writer<'_>, old: &Transaction) -> Result<NewTransaction> {
    let tags = old.tags.iter().map(|tag| super::tags::get_id(w.conn(), tag)).collect::<Result<_>>()?;
    Ok(NewTransaction {
        date: old.date,
        payee: old.payee_id,
        note: old.note.clone(),
        tags,
        postings: old.postings.iter().map(NewPosting::from).collect(),
    })
}

/// What the change names, found or made once for all transactions.
struct Targets {
    payee: Option<Option<crate::domain::ids::PayeeId>>,
    category: Option<Option<CategoryId>>,
    account: Option<Account>,
    tags: Vec<TagId>,
    untags: Vec<TagId>,
    split: Vec<Option<CategoryId>>,
}

impl Targets {
    fn make(w: &mut Writer<'_>, names: &Names, change: &Edit, notes: &mut Vec<String>) -> Result<Targets> {
        let account = change
            .account
            .as_deref()
            .map(|text| resolve::account_choice(names, Some(text), None))
            .transpose()?;
        let account = account.map(|choice| resolve::make_account(w, choice, notes)).transpose()?;
        let known = |text: &String| known_category(names, text);
        let category = match &change.category {
            Some(Some(text)) => Some(known(text)?),
            Some(None) => Some(None),
            None => None,
        };
        let split = change.split.iter().map(|(text, _)| known(text)).collect::<Result<_>>()?;
        let payee = match &change.payee {
            Some(Some(name)) => Some(Some(resolve::make_payee(w, name, names.payee.clone())?.0)),
            Some(None) => Some(None),
            None => None,
        };
        let untags =
            change.untags.iter().map(|text| super::tags::get_id(w.conn(), text)).collect::<Result<_>>()?;
        Ok(Targets {
            payee,
            category,
            account,
            tags: resolve::make_tags(w, &change.tags)?.into_iter().map(|(id, _)| id).collect(),
            untags,
            split,
        })
    }
}

/// A category that is there, or `none`: unlike `add`, editing makes none in passing.
fn known_category(names: &Names, text: &str) -> Result<Option<CategoryId>> {
    if fold(text) == "none" {
        return Ok(None);
    }
    lookup::known_category(names, text).map(|category| Some(category.id))
}

/// What a transaction becomes.
fn changed(
    names: &Names,
    old: &Transaction,
    is: NewTransaction,
    change: &Edit,
    targets: &Targets,
    (w, notes): (&mut Writer<'_>, &mut Vec<String>),
) -> Result<NewTransaction> {
    let NewTransaction { mut tags, mut postings, .. } = is;
    tags.retain(|tag| !targets.untags.contains(tag));
    for tag in &targets.tags {
        if !tags.contains(tag) {
            tags.push(*tag);
        }
    }
    let date = change.date.unwrap_or(old.date);
    for posting in postings.iter_mut().filter(|posting| posting.date == old.date) {
        posting.date = date;
    }
    if let Some(status) = change.status {
        set_status(old, &mut postings, status, change.is_forced, notes);
    }
    if let Some(account) = &targets.account {
        put_in_account(old, &mut postings, account)?;
    }
    if change.amount.is_some() || change.value.is_some() || !change.split.is_empty() {
        change_amounts(w, names, old, &mut postings, change, targets, notes)?;
    }
    if let Some(category) = targets.category {
        categorise(names, old, &mut postings, category)?;
    }
    for posting in &postings {
        let account = account_of(names, posting.account)?;
        if account.is_on_budget && posting.value.is_none() {
            return Err(needs_value(account, w.currency).into());
        }
    }
    Ok(NewTransaction {
        date,
        payee: targets.payee.unwrap_or(old.payee_id),
        note: change.note.clone().unwrap_or_else(|| old.note.clone()),
        tags,
        postings,
    })
}

/// Of a transfer that is reconciled in one account the other leg alone changes.
fn set_status(
    old: &Transaction,
    postings: &mut [NewPosting],
    status: Status,
    is_forced: bool,
    notes: &mut Vec<String>,
) {
    let is_free = |posting: &NewPosting| posting.status != Status::Reconciled;
    let is_partly_locked = postings.iter().any(is_free) && !postings.iter().all(is_free) && !is_forced;
    for posting in postings.iter_mut().filter(|posting| !is_partly_locked || is_free(posting)) {
        posting.status = status;
    }
    if is_partly_locked {
        let locked = old.postings.iter().find(|posting| posting.status == Status::Reconciled);
        let account = locked.map_or("", |posting| posting.account.as_str());
        notes.push(format!("transaction {} stays reconciled in {account}", old.id));
    }
}

fn put_in_account(old: &Transaction, postings: &mut [NewPosting], account: &Account) -> Result<()> {
    if old.is_in_several_accounts() {
        let (id, what) =
            (old.id, if old.kind() == TransactionKind::Transfer { "a transfer" } else { "partly one" });
        return Err(Problem::usage(format!("transaction {id} is {what}: it stands in two accounts"))
            .hint(format!("`groat delete {}` and record it anew", old.id))
            .into());
    }
    if let Some(other) = old.postings.iter().find(|posting| posting.currency != account.currency) {
        return Err(Problem::usage(format!(
            "transaction {} is in {}, but `{}` is in {}",
            old.id, other.currency, account.name, account.currency
        ))
        .hint(format!("`groat delete {}` and record it anew in the other currency", old.id))
        .into());
    }
    postings.iter_mut().for_each(|posting| posting.account = account.id);
    Ok(())
}

fn change_amounts(
    w: &mut Writer<'_>,
    names: &Names,
    old: &Transaction,
    postings: &mut Vec<NewPosting>,
    change: &Edit,
    targets: &Targets,
    notes: &mut Vec<String>,
) -> Result<()> {
    if old.kind() == TransactionKind::Transfer {
        return change_transfer(w, names, old, postings, change, notes);
    }
    if old.is_in_several_accounts() {
        return Err(Problem::usage(format!(
            "transaction {} is partly a transfer: its amounts cannot be edited",
            old.id
        ))
        .hint(format!("`groat delete {}` and record it anew", old.id))
        .into());
    }
    let account = account_of(names, postings[0].account)?;
    let currency = resolve::currency_of(w, account)?;
    let whole = match &change.amount {
        Some(amount) => {
            let whole = resolve::signed(amount, &currency, true, notes)?;
            if amount.sign == Sign::Unsigned && old.amount().0.minor.is_negative() {
                notes.push(format!(
                    "transaction {} is money in now, as its new amount has no minus; `groat undo` takes it back",
                    old.id
                ));
            }
            whole
        }
        None => Minor::checked_sum(postings.iter().map(|posting| posting.amount)).usage()?,
    };
    if !change.split.is_empty() {
        let amounts = split_amounts(&change.split, &currency, whole, notes)?;
        let first = postings[0].clone();
        *postings = amounts
            .into_iter()
            .zip(&targets.split)
            .map(|(amount, category)| NewPosting { amount, category: *category, memo: None, ..first.clone() })
            .collect();
    } else if let [only] = postings.as_mut_slice() {
        only.amount = whole;
    } else {
        return Err(Problem::usage(format!("transaction {} is split: a new amount needs new parts", old.id))
            .hint(format!(
                "`groat edit {} --amount AMOUNT --split CATEGORY=PART --split CATEGORY=PART`",
                old.id
            ))
            .into());
    }
    set_values(w, account, postings, change)
}

fn set_values(w: &Writer<'_>, account: &Account, postings: &mut [NewPosting], change: &Edit) -> Result<()> {
    if account.currency == w.currency.code {
        postings.iter_mut().for_each(|posting| posting.value = Some(posting.amount));
        return Ok(());
    }
    match (&change.value, postings) {
        (Some(value), [only]) => {
            only.value = Some(resolve::signed(value, w.currency, true, &mut Vec::new())?);
            Ok(())
        }
        (None, postings) if !account.is_on_budget => {
            postings.iter_mut().for_each(|posting| posting.value = None);
            Ok(())
        }
        _ => Err(needs_value(account, w.currency).into()),
    }
}

/// Both legs of a transfer in one currency follow a new amount.
fn change_transfer(
    w: &mut Writer<'_>,
    names: &Names,
    old: &Transaction,
    postings: &mut [NewPosting],
    change: &Edit,
    notes: &mut Vec<String>,
) -> Result<()> {
    let [first, second] = postings else {
        return Err(Problem::usage(format!("transaction {} has more than two legs", old.id)).into());
    };
    let one_currency = old.postings[0].currency == old.postings[1].currency;
    let (Some(amount), true, true) = (&change.amount, one_currency, change.split.is_empty()) else {
        return Err(Problem::usage(format!(
            "transaction {} is a transfer whose amounts cannot be edited so",
            old.id
        ))
        .hint(format!("`groat delete {}` and record it anew", old.id))
        .into());
    };
    let account = account_of(names, first.account)?;
    let currency = resolve::currency_of(w, account)?;
    let unsigned = AmountInput { sign: Sign::Unsigned, ..amount.clone() };
    let arrives = resolve::signed(&unsigned, &currency, true, notes)?;
    let leaves = arrives.checked_neg().usage()?;
    for leg in [first, second] {
        leg.amount = if leg.amount.is_negative() { leaves } else { arrives };
        if leg.value.is_some() && account.currency == w.currency.code {
            leg.value = Some(leg.amount);
        }
    }
    Ok(())
}

fn account_of(names: &Names, id: crate::domain::ids::AccountId) -> Result<&Account> {
    names
        .accounts
        .iter()
        .find(|account| account.id == id)
        .ok_or_else(|| Problem::conflict("the account went away").hint("try again").into())
}

fn categorise(
    names: &Names,
    old: &Transaction,
    postings: &mut [NewPosting],
    category: Option<CategoryId>,
) -> Result<()> {
    if old.kind() != TransactionKind::Transfer {
        if postings.len() > 1 {
            return Err(Problem::conflict(format!(
                "transaction {} is split over several categories",
                old.id
            ))
            .hint(format!(
                "`groat edit {} --split CATEGORY=PART --split CATEGORY=PART` shares it out anew",
                old.id
            ))
            .into());
        }
        postings.iter_mut().for_each(|posting| posting.category = category);
        return Ok(());
    }
    let flags: Vec<bool> = postings
        .iter()
        .map(|posting| Ok(account_of(names, posting.account)?.is_on_budget))
        .collect::<Result<_>>()?;
    if category.is_some() && flags.iter().all(|flag| *flag == flags[0]) {
        return Err(Problem::conflict(format!(
            "transaction {} moves money between accounts of one kind: it has no category",
            old.id
        ))
        .hint("a category can stand on a transfer only when one account is on budget and the other is not")
        .into());
    }
    for (posting, is_on_budget) in postings.iter_mut().zip(flags) {
        posting.category = category.filter(|_| is_on_budget);
    }
    Ok(())
}

//! What a bank's row does to a transaction that was there: it confirms it and fills what is empty, and taking the
//! row back undoes that. Many at once, as a statement may confirm a year's worth.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Imaged, TransactionImage, count, delete_parts, insert_parts, no_such};
use crate::db::connection::DbConn;
use crate::db::dialect::lock_transactions;
use crate::db::postings::PostingRow;
use crate::db::schema::{payees, postings, transactions};
use crate::db::tables::CHUNK;
use crate::db::writer::Writer;
use crate::domain::ids::{AccountId, CategoryId, PayeeId, TagId, TransactionId};
use crate::domain::legs::{Leg, transfer_legs};
use crate::domain::money::Minor;
use crate::domain::transaction::NewPosting;
use crate::error::{Problem, Result};

const PENDING: &str = "pending";
const CLEARED: &str = "cleared";
const RECONCILED: &str = "reconciled";

/// What a bank's row says of a transaction.
#[derive(Debug, Clone)]
pub struct Confirmation {
    /// The transaction.
    pub transaction: TransactionId,
    /// The account that the row is of.
    pub account: AccountId,
    /// The row's, in minor units.
    pub amount: Minor,
    /// Who it was; taken where nobody is named.
    pub payee: Option<PayeeId>,
    /// What it was for; taken where the only posting has no category.
    pub category: Option<CategoryId>,
    /// Taken where there is no tag.
    pub tags: Vec<TagId>,
    /// What else the bank says; taken where there is no note.
    pub note: Option<String>,
    /// Whether the bank has booked it.
    pub is_booked: bool,
    /// The leg that it puts beside the only one, where it is the other side of a transfer.
    pub leg: Option<NewPosting>,
    /// Whether the user said so: then a category makes way for the leg, as a transfer within the budget has none.
    pub is_said: bool,
    /// What becomes of a transaction that was made from a row that was not booked yet.
    pub booked: Option<Booked>,
}

impl Confirmation {
    /// The bank has booked it, and says no more.
    pub fn bare(transaction: TransactionId, account: AccountId, amount: Minor) -> Confirmation {
        Confirmation {
            transaction,
            account,
            amount,
            payee: None,
            category: None,
            tags: Vec::new(),
            note: None,
            is_booked: true,
            leg: None,
            is_said: false,
            booked: None,
        }
    }
}

/// Day and amount (minor units) of a row when it was pending, and as it was booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Booked {
    /// As it was pending; what the user has changed since is kept.
    pub was: (NaiveDate, Minor),
    /// As it was booked.
    pub is: (NaiveDate, Minor),
}

/// A transaction that keeps another amount than the bank has booked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Differing {
    /// The transaction.
    pub transaction: TransactionId,
    /// What it has in the account, in minor units; none where it stands in another one by now.
    pub there: Option<Minor>,
    /// What the bank booked, likewise.
    pub booked: Minor,
}

/// What a transaction lacks that a bank's row may bring along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Gap {
    /// Nobody is named.
    pub is_nameless: bool,
    /// Its only posting has no category.
    pub is_uncategorised: bool,
}

/// What these transactions lack; transfers and what was reconciled lack nothing.
///
/// # Errors
/// What the database says.
pub fn gaps(conn: &mut DbConn, ids: &[i64]) -> Result<HashMap<i64, Gap>> {
    let mut found: HashMap<i64, Gap> = HashMap::new();
    for chunk in ids.chunks(CHUNK) {
        type Row = (i64, Option<i64>, i32, Option<i64>, bool, String);
        let rows: Vec<Row> = transactions::table
            .inner_join(postings::table)
            .filter(transactions::id.eq_any(chunk))
            .select((
                transactions::id,
                transactions::payee_id,
                postings::position,
                postings::category_id,
                postings::is_transfer,
                postings::status,
            ))
            .order((transactions::id, postings::position))
            .load(conn)?;
        for (id, payee, position, category, is_transfer, status) in rows {
            let is_open = !is_transfer && status != RECONCILED;
            let gap = found.entry(id).or_insert(Gap { is_nameless: is_open, is_uncategorised: is_open });
            gap.is_nameless &= is_open && payee.is_none();
            gap.is_uncategorised &= is_open && position == 0 && category.is_none();
        }
    }
    Ok(found)
}

/// What a transaction says of itself, but for amounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its day.
    pub date: NaiveDate,
    /// Whom it names.
    pub payee: Option<String>,
    /// What was noted.
    pub note: Option<String>,
}

/// What these transactions say of themselves.
///
/// # Errors
/// What the database says.
pub fn heads(conn: &mut DbConn, ids: &[i64]) -> Result<HashMap<i64, Head>> {
    type Row = (i64, NaiveDate, Option<String>, Option<String>);
    let mut found = HashMap::new();
    for chunk in ids.chunks(CHUNK) {
        let rows: Vec<Row> = transactions::table
            .left_join(payees::table)
            .filter(transactions::id.eq_any(chunk))
            .select((transactions::id, transactions::date, payees::name.nullable(), transactions::note))
            .load(conn)?;
        found.extend(rows.into_iter().map(|(id, date, payee, note)| (id, Head { date, payee, note })));
    }
    Ok(found)
}

/// Confirms transactions, each at most once.
///
/// # Errors
/// A transaction that is gone; what the database says; a sum beyond 64 bits.
pub fn confirm(w: &mut Writer<'_>, all: &[Confirmation]) -> Result<Vec<Differing>> {
    let mut differing = Vec::new();
    for chunk in all.chunks(CHUNK) {
        let mut ids: Vec<i64> = chunk.iter().map(|one| one.transaction.0).collect();
        ids.sort_unstable();
        lock_transactions(w.conn(), &ids)?;
        let mut images: HashMap<i64, TransactionImage> = TransactionImage::find_many(w.conn(), &ids)?
            .into_iter()
            .map(|image| (image.id(), image))
            .collect();
        let mut pairs = Vec::new();
        for one in chunk {
            let before = images.remove(&one.transaction.0).ok_or_else(|| no_such(one.transaction))?;
            let after = match &one.leg {
                Some(leg) => joined(w, &before, leg, one.is_said)?,
                None => confirmed(&before, one),
            };
            differing.extend(differs(&after, one));
            if after != before {
                pairs.push((before, after));
            }
        }
        restore_many(w, pairs)?;
    }
    Ok(differing)
}

/// What the user changed while it was pending is not what the bank has booked.
fn differs(after: &TransactionImage, by: &Confirmation) -> Option<Differing> {
    let own = || after.postings.iter().filter(|posting| posting.account_id == by.account.0);
    let there: i128 = own().map(|posting| i128::from(posting.amount)).sum();
    let there = Minor(i64::try_from(there).ok()?);
    let there = own().next().map(|_| there);
    (there != Some(by.amount)).then_some(Differing { transaction: by.transaction, there, booked: by.amount })
}

/// The transaction as the row leaves it. What was reconciled in the row's account is locked, and both accounts' rows
/// are one transfer, whose words are the user's.
fn confirmed(before: &TransactionImage, by: &Confirmation) -> TransactionImage {
    let mut after = before.clone();
    let is_transfer = before.accounts().any(|account| account != by.account.0);
    let mut own = before.postings.iter().filter(|posting| posting.account_id == by.account.0);
    if own.any(|posting| posting.status == RECONCILED) {
        return after;
    }
    if !is_transfer {
        after.transaction.payee_id = after.transaction.payee_id.or(by.payee.map(|id| id.0));
        if let ([only], Some(category)) = (after.postings.as_mut_slice(), by.category) {
            only.category_id.get_or_insert(category.0);
        }
        if after.tags.is_empty() {
            after.tags = by.tags.iter().map(|tag| tag.0).collect();
            after.tags.sort_unstable();
        }
        if after.transaction.note.is_none() {
            after.transaction.note.clone_from(&by.note);
        }
        if let Some(booked) = by.booked {
            book(&mut after, booked);
        }
    }
    for posting in after.postings.iter_mut().filter(|posting| posting.account_id == by.account.0) {
        if by.is_booked && posting.status == PENDING {
            posting.status = CLEARED.to_owned();
        }
    }
    after
}

/// The transaction as a transfer, with another leg in the account of the row. Its words stay; a category only where
/// the money leaves the budget, or comes into it.
fn joined(
    w: &mut Writer<'_>,
    before: &TransactionImage,
    leg: &NewPosting,
    is_said: bool,
) -> Result<TransactionImage> {
    let mut after = before.clone();
    match after.postings.as_mut_slice() {
        [only] if (is_said || only.category_id.is_none()) && only.account_id != leg.account.0 => {
            only.is_transfer = true;
            let stays = w.is_on_budget(only.account_id)? && !w.is_on_budget(leg.account.0)?;
            only.category_id = only.category_id.filter(|_| stays);
        }
        _ => {
            return Err(Problem::conflict(format!("transaction {} was changed a moment ago", before.id()))
                .hint("try again")
                .into());
        }
    }
    let mut rows = super::posting_rows(before.id(), std::slice::from_ref(leg));
    rows.iter_mut().for_each(|row| (row.position, row.is_transfer) = (1, true));
    after.postings.extend(rows);
    Ok(after)
}

fn book(image: &mut TransactionImage, Booked { was, is }: Booked) {
    if image.transaction.date == was.0 {
        image.transaction.date = is.0;
        image.postings.iter_mut().filter(|posting| posting.date == was.0).for_each(|p| p.date = is.0);
    }
    if let [only] = image.postings.as_mut_slice()
        && only.amount == was.1.0
    {
        only.value = only.value.map(|value| if value == only.amount { is.1.0 } else { value });
        only.amount = is.1.0;
    }
}

/// Gives transactions, as they are now, what they were before rows of an account confirmed them; other accounts' legs
/// stay as they are.
///
/// # Errors
/// What the database says; a sum beyond 64 bits.
pub fn take_back(
    w: &mut Writer<'_>,
    account: AccountId,
    all: Vec<(TransactionImage, TransactionImage)>,
) -> Result<()> {
    let pairs = all.into_iter().map(|(now, before)| {
        let after = taken_back(&now, &before, account);
        (now, after)
    });
    let pairs: Vec<_> = pairs.filter(|(now, after)| now != after).collect();
    pairs.chunks(CHUNK).try_for_each(|chunk| restore_many(w, chunk.to_vec()))
}

fn taken_back(now: &TransactionImage, before: &TransactionImage, account: AccountId) -> TransactionImage {
    let mut after = now.clone();
    if now.accounts().all(|other| other == account.0) {
        let operation_id = now.transaction.operation_id;
        after.transaction = super::TransactionRow { operation_id, ..before.transaction.clone() };
        after.tags.clone_from(&before.tags);
    }
    let of_before = |posting: &PostingRow| before.postings.iter().find(|old| old.id == posting.id);
    // A leg that the row put beside another goes with it, and a category comes back that made way for it.
    let legs = after.postings.len();
    after.postings.retain(|posting| posting.account_id != account.0 || of_before(posting).is_some());
    let is_alone = after.postings.len() < legs;
    for posting in &mut after.postings {
        match of_before(posting) {
            Some(old) if posting.account_id == account.0 => *posting = old.clone(),
            Some(old) if is_alone => posting.category_id = posting.category_id.or(old.category_id),
            _ => {}
        }
    }
    let leg = |posting: &PostingRow| Leg {
        account: posting.account_id,
        has_category: posting.category_id.is_some(),
        worth: posting.value.unwrap_or(posting.amount),
    };
    let legs = transfer_legs(&after.postings.iter().map(leg).collect::<Vec<_>>());
    for ((posting, is_transfer), position) in after.postings.iter_mut().zip(legs).zip(0..) {
        (posting.is_transfer, posting.position) = (is_transfer, position);
    }
    after
}

/// Makes transactions what the second of each pair says, but for the operation, which is the one under way.
pub(super) fn restore_many(
    w: &mut Writer<'_>,
    mut pairs: Vec<(TransactionImage, TransactionImage)>,
) -> Result<()> {
    let operation_id = w.operation()?.0;
    for (before, after) in &mut pairs {
        count(w, &before.postings, -1)?;
        count(w, &after.postings, 1)?;
        w.touching(before)?;
        after.transaction.operation_id = operation_id;
    }
    let ids: Vec<i64> = pairs.iter().map(|(before, _)| before.id()).collect();
    delete_parts(w.conn(), &ids)?;
    diesel::update(transactions::table.filter(transactions::id.eq_any(&ids)))
        .set(transactions::operation_id.eq(operation_id))
        .execute(w.conn())?;
    let images: Vec<TransactionImage> = pairs.iter().map(|(_, after)| after.clone()).collect();
    for (before, after) in &pairs {
        let now = super::TransactionRow { operation_id, ..before.transaction.clone() };
        if now != after.transaction {
            diesel::update(transactions::table.find(after.id()))
                .set(after.transaction.clone())
                .execute(w.conn())?;
        }
    }
    insert_parts(w.conn(), &images)
}

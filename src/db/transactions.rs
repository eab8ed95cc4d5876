//! Transactions, stored and imaged whole: row, tags and postings; their share of the kept totals with them.

mod confirming;
mod locking;
mod rewriting;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::connection::DbConn;
use super::dialect::{insert_many, insert_numbered};
use super::postings::{self, PostingRow};
use super::schema::{postings as postings_table, transaction_tags, transactions};
use super::tables::{CHUNK, Imaged, Table};
use super::writer::Writer;
use crate::domain::ids::TransactionId;
use crate::domain::legs::{Leg, transfer_legs};
use crate::domain::transaction::{NewPosting, NewTransaction};
use crate::error::{Problem, Result};

pub use confirming::{Booked, Confirmation, Differing, Gap, Head, confirm, gaps, heads, take_back};
pub use locking::{clear, reconcile};
pub use rewriting::update_many;

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, AsChangeset, Serialize, Deserialize)]
#[diesel(table_name = transactions, treat_none_as_null = true, treat_none_as_default_value = false)]
struct TransactionRow {
    id: i64,
    date: NaiveDate,
    payee_id: Option<i64>,
    note: Option<String>,
    created_at: NaiveDateTime,
    operation_id: i64,
}

/// A transaction with all that belongs to it, as history keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransactionImage {
    transaction: TransactionRow,
    tags: Vec<i64>,
    postings: Vec<PostingRow>,
}

impl TransactionImage {
    /// The accounts that it stands in.
    pub fn accounts(&self) -> impl Iterator<Item = i64> + '_ {
        self.postings.iter().map(|posting| posting.account_id)
    }

    /// Whether no posting has a category.
    pub fn is_uncategorised(&self) -> bool {
        self.postings.iter().all(|posting| posting.category_id.is_none())
    }
}

impl TransactionImage {
    /// The same without its postings in an account.
    #[must_use]
    pub fn without(&self, account: i64) -> TransactionImage {
        let mut rest = self.clone();
        rest.postings.retain(|posting| posting.account_id != account);
        rest
    }
}

impl Imaged for TransactionImage {
    const TABLE: Table = Table::Transactions;

    fn id(&self) -> i64 {
        self.transaction.id
    }

    fn operation(&self) -> Option<i64> {
        Some(self.transaction.operation_id)
    }

    fn label(&self) -> String {
        self.transaction.id.to_string()
    }

    fn find_many(conn: &mut DbConn, ids: &[i64]) -> Result<Vec<Self>> {
        let mut images = Vec::with_capacity(ids.len());
        for chunk in ids.chunks(CHUNK) {
            let rows: Vec<TransactionRow> = transactions::table
                .filter(transactions::id.eq_any(chunk))
                .order(transactions::id)
                .load(conn)?;
            let tags: Vec<(i64, i64)> = transaction_tags::table
                .filter(transaction_tags::transaction_id.eq_any(chunk))
                .order((transaction_tags::transaction_id, transaction_tags::tag_id))
                .load(conn)?;
            let postings = postings::of_transactions(conn, chunk)?;
            images.extend(assemble(rows, &tags, postings));
        }
        Ok(images)
    }

    fn insert_many(conn: &mut DbConn, images: &[Self]) -> Result<()> {
        for chunk in images.chunks(CHUNK) {
            let rows: Vec<TransactionRow> = chunk.iter().map(|image| image.transaction.clone()).collect();
            insert_many!(conn, transactions::table, rows);
            insert_parts(conn, chunk)?;
        }
        Ok(())
    }

    fn replace(conn: &mut DbConn, image: &Self) -> Result<()> {
        delete_parts(conn, &[image.id()])?;
        diesel::update(transactions::table.find(image.id())).set(image.transaction.clone()).execute(conn)?;
        insert_parts(conn, std::slice::from_ref(image))
    }

    fn delete_many(conn: &mut DbConn, ids: &[i64]) -> Result<()> {
        for chunk in ids.chunks(CHUNK) {
            delete_parts(conn, chunk)?;
            diesel::delete(transactions::table.filter(transactions::id.eq_any(chunk))).execute(conn)?;
        }
        Ok(())
    }
}

/// Puts each transaction's tags and postings with it; both lists are in the order of transactions.
fn assemble(
    rows: Vec<TransactionRow>,
    tags: &[(i64, i64)],
    postings: Vec<PostingRow>,
) -> impl Iterator<Item = TransactionImage> {
    let mut postings = postings.into_iter().peekable();
    rows.into_iter().map(move |transaction| {
        let id = transaction.id;
        let own_tags =
            tags.iter().skip(tags.partition_point(|(of, _)| *of < id)).take_while(|(of, _)| *of == id);
        let mut own = Vec::new();
        while let Some(posting) = postings.next_if(|posting| posting.transaction_id == id) {
            own.push(posting);
        }
        TransactionImage { tags: own_tags.map(|(_, tag)| *tag).collect(), postings: own, transaction }
    })
}

fn insert_parts(conn: &mut DbConn, images: &[TransactionImage]) -> Result<()> {
    let rows: Vec<PostingRow> = images.iter().flat_map(|image| image.postings.clone()).collect();
    postings::insert_many(conn, &rows)?;
    let tags: Vec<(i64, i64)> =
        images.iter().flat_map(|image| image.tags.iter().map(|tag| (image.id(), *tag))).collect();
    insert_tags(conn, &tags)
}

fn insert_tags(conn: &mut DbConn, tags: &[(i64, i64)]) -> Result<()> {
    let rows: Vec<_> = tags
        .iter()
        .map(|(transaction, tag)| {
            (transaction_tags::transaction_id.eq(*transaction), transaction_tags::tag_id.eq(*tag))
        })
        .collect();
    insert_many!(conn, transaction_tags::table, rows);
    Ok(())
}

fn delete_parts(conn: &mut DbConn, ids: &[i64]) -> Result<()> {
    diesel::delete(postings_table::table.filter(postings_table::transaction_id.eq_any(ids))).execute(conn)?;
    diesel::delete(transaction_tags::table.filter(transaction_tags::transaction_id.eq_any(ids)))
        .execute(conn)?;
    Ok(())
}

/// Stores one transaction and answers its id.
///
/// # Errors
/// What the database says; a sum beyond 64 bits.
pub fn insert(w: &mut Writer<'_>, new: &NewTransaction) -> Result<TransactionId> {
    let id: i64 = diesel::insert_into(transactions::table)
        .values(unnumbered(w, new)?)
        .returning(transactions::id)
        .get_result(w.conn())?;
    store_parts(w, &[(id, new)])?;
    Ok(TransactionId(id))
}

/// Stores many transactions and answers their ids in the same order.
///
/// # Errors
/// What the database says; a sum beyond 64 bits.
pub fn insert_many(w: &mut Writer<'_>, all: &[NewTransaction]) -> Result<Vec<TransactionId>> {
    let rows = all.iter().map(|new| unnumbered(w, new)).collect::<Result<Vec<_>>>()?;
    let given = insert_numbered!(w.conn(), transactions::table, transactions::id, &rows, numbered);
    let numbered: Vec<(i64, &NewTransaction)> = given.iter().copied().zip(all).collect();
    store_parts(w, &numbered)?;
    Ok(given.into_iter().map(TransactionId).collect())
}

#[derive(Insertable)]
#[diesel(table_name = transactions, treat_none_as_default_value = false)]
struct UnnumberedRow {
    date: NaiveDate,
    payee_id: Option<i64>,
    note: Option<String>,
    created_at: NaiveDateTime,
    operation_id: i64,
}

fn unnumbered(w: &Writer<'_>, new: &NewTransaction) -> Result<UnnumberedRow> {
    Ok(UnnumberedRow {
        date: new.date,
        payee_id: new.payee.map(|id| id.0),
        note: new.note.clone(),
        created_at: w.now(),
        operation_id: w.operation()?.0,
    })
}

fn numbered(id: i64, row: &UnnumberedRow) -> TransactionRow {
    TransactionRow {
        id,
        date: row.date,
        payee_id: row.payee_id,
        note: row.note.clone(),
        created_at: row.created_at,
        operation_id: row.operation_id,
    }
}

/// Stores the postings and tags of transactions whose rows are in, counts them, and notes the creation.
fn store_parts(w: &mut Writer<'_>, numbered: &[(i64, &NewTransaction)]) -> Result<()> {
    let mut rows = Vec::new();
    let mut tags = Vec::new();
    for (id, new) in numbered {
        let own = posting_rows(*id, &new.postings);
        count(w, &own, 1)?;
        rows.extend(own);
        let mut sorted: Vec<i64> = new.tags.iter().map(|tag| tag.0).collect();
        sorted.sort_unstable();
        sorted.dedup();
        tags.extend(sorted.into_iter().map(|tag| (*id, tag)));
        w.created(Table::Transactions, *id)?;
    }
    postings::insert_many(w.conn(), &rows)?;
    insert_tags(w.conn(), &tags)
}

fn posting_rows(transaction_id: i64, new: &[NewPosting]) -> Vec<PostingRow> {
    let leg = |posting: &NewPosting| Leg {
        account: posting.account.0,
        has_category: posting.category.is_some(),
        worth: posting.value.unwrap_or(posting.amount).0,
    };
    let legs = transfer_legs(&new.iter().map(leg).collect::<Vec<_>>());
    new.iter()
        .zip(legs)
        .zip(0..)
        .map(|((posting, is_transfer), position)| PostingRow {
            id: 0,
            transaction_id,
            position,
            account_id: posting.account.0,
            category_id: posting.category.map(|id| id.0),
            date: posting.date,
            amount: posting.amount.0,
            value: posting.value.map(|value| value.0),
            memo: posting.memo.clone(),
            status: posting.status.as_str().to_owned(),
            is_transfer,
        })
        .collect()
}

/// Makes a transaction this one, counting the difference.
///
/// # Errors
/// An unknown id; what the database says; a sum beyond 64 bits.
pub fn update(w: &mut Writer<'_>, id: TransactionId, new: &NewTransaction) -> Result<()> {
    let before = get_image(w.conn(), id)?;
    let mut tags: Vec<i64> = new.tags.iter().map(|tag| tag.0).collect();
    tags.sort_unstable();
    tags.dedup();
    let mut after = TransactionImage {
        transaction: TransactionRow {
            date: new.date,
            payee_id: new.payee.map(|id| id.0),
            note: new.note.clone(),
            operation_id: w.operation()?.0,
            ..before.transaction.clone()
        },
        tags,
        postings: posting_rows(id.0, &new.postings),
    };
    keep_posting_ids(&before, &mut after);
    restore(w, &before, &after)
}

/// A posting that stays at its place keeps its id.
fn keep_posting_ids(before: &TransactionImage, after: &mut TransactionImage) {
    for (posting, old) in after.postings.iter_mut().zip(&before.postings) {
        posting.id = old.id;
    }
}

/// Makes a transaction what an image says, counting the difference and noting what it was.
///
/// # Errors
/// What the database says; a sum beyond 64 bits.
pub fn restore(w: &mut Writer<'_>, before: &TransactionImage, after: &TransactionImage) -> Result<()> {
    count(w, &before.postings, -1)?;
    count(w, &after.postings, 1)?;
    w.replace(before, after)
}

/// Puts removed transactions back, counting them.
///
/// # Errors
/// What the database says; a sum beyond 64 bits.
pub fn recreate(w: &mut Writer<'_>, images: &[TransactionImage]) -> Result<()> {
    for image in images {
        count(w, &image.postings, 1)?;
    }
    w.insert_all(images)
}

/// Removes transactions, counting them out and noting what they were.
///
/// # Errors
/// What the database says; a statement line that still refers to one.
pub fn remove(w: &mut Writer<'_>, images: &[TransactionImage]) -> Result<()> {
    for image in images {
        count(w, &image.postings, -1)?;
    }
    w.delete_all(images)
}

fn count(w: &mut Writer<'_>, postings: &[PostingRow], sign: i64) -> Result<()> {
    let on_budget = postings.iter().map(|p| w.is_on_budget(p.account_id)).collect::<Result<Vec<_>>>()?;
    let is_unfit = |(posting, is_on_budget): (&PostingRow, &bool)| *is_on_budget && posting.value.is_none();
    if sign > 0 && postings.iter().zip(&on_budget).any(is_unfit) {
        return Err(Problem::conflict("a posting without a value cannot stand in an account on budget")
            .hint("`groat account edit ACCOUNT --off-budget` takes the account off budget")
            .into());
    }
    w.totals.count(postings, &on_budget, sign)
}

/// The images of transactions.
///
/// # Errors
/// The first id that nothing bears.
pub fn get_images(conn: &mut DbConn, ids: &[TransactionId]) -> Result<Vec<TransactionImage>> {
    let mut numbers: Vec<i64> = ids.iter().map(|id| id.0).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let images = TransactionImage::find_many(conn, &numbers)?;
    match numbers.iter().find(|id| images.binary_search_by_key(*id, Imaged::id).is_err()) {
        Some(missing) => Err(no_such(TransactionId(*missing)).into()),
        None => Ok(images),
    }
}

fn get_image(conn: &mut DbConn, id: TransactionId) -> Result<TransactionImage> {
    TransactionImage::find(conn, id.0)?.ok_or_else(|| no_such(id).into())
}

/// What is said of an id that no transaction bears.
pub fn no_such(id: TransactionId) -> Problem {
    Problem::not_found(format!("no transaction has the id {id}")).hint("`groat list` shows the ids")
}

/// Gives transactions another payee, image by image.
///
/// # Errors
/// An unknown id; what the database says.
pub fn set_payee(w: &mut Writer<'_>, ids: &[TransactionId], payee: i64) -> Result<()> {
    for image in get_images(w.conn(), ids)? {
        let mut after = image.clone();
        after.transaction.payee_id = Some(payee);
        after.transaction.operation_id = w.operation()?.0;
        restore(w, &image, &after)?;
    }
    Ok(())
}

/// Puts another category in the place of one, in every posting of these transactions.
///
/// # Errors
/// An unknown id; what the database says.
pub fn replace_category(w: &mut Writer<'_>, ids: &[TransactionId], from: i64, to: Option<i64>) -> Result<()> {
    for image in get_images(w.conn(), ids)? {
        let mut after = image.clone();
        for posting in after.postings.iter_mut().filter(|posting| posting.category_id == Some(from)) {
            posting.category_id = to;
        }
        after.transaction.operation_id = w.operation()?.0;
        restore(w, &image, &after)?;
    }
    Ok(())
}

/// Takes a tag off transactions, or puts another in its place.
///
/// # Errors
/// An unknown id; what the database says.
pub fn replace_tag(w: &mut Writer<'_>, ids: &[TransactionId], from: i64, to: Option<i64>) -> Result<()> {
    for image in get_images(w.conn(), ids)? {
        let mut after = image.clone();
        after.tags.retain(|tag| *tag != from);
        after.tags.extend(to);
        after.tags.sort_unstable();
        after.tags.dedup();
        after.transaction.operation_id = w.operation()?.0;
        restore(w, &image, &after)?;
    }
    Ok(())
}

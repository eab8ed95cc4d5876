//! Transactions in the order of their days, a page at a time: what exports read. A page is one statement that
//! begins where the last one ended, so that memory does not grow with the book and nothing stays locked meanwhile.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text};

use super::connection::DbConn;
use super::dialect;
use super::query::{self, Condition, Scope};
use crate::domain::ids::{AccountId, CategoryId, TagId, TransactionId};
use crate::domain::money::Minor;
use crate::domain::transaction::Status;
use crate::error::{Problem, Result};

/// How many transactions a page has.
const PAGE: usize = 500;

/// A transaction without the names of what it stands on, but for the payee's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its identity.
    pub id: TransactionId,
    /// The day it happened.
    pub date: NaiveDate,
    /// Who was paid, or paid.
    pub payee: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// In the order of their ids.
    pub tags: Vec<TagId>,
    /// In the order in which they were entered; at least one.
    pub legs: Vec<Leg>,
}

/// A posting of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leg {
    /// Where the money is.
    pub account: AccountId,
    /// What it was for.
    pub category: Option<CategoryId>,
    /// The day it hits the account.
    pub date: NaiveDate,
    /// In the account's currency; money in is positive.
    pub amount: Minor,
    /// In the book's currency.
    pub value: Option<Minor>,
    /// A remark on this posting alone.
    pub memo: Option<String>,
    /// How far it is confirmed.
    pub status: Status,
}

impl Entry {
    /// Whether it moves money between accounts.
    pub fn is_transfer(&self) -> bool {
        self.legs.iter().any(|leg| leg.account != self.legs[0].account)
    }
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Date)]
    date: NaiveDate,
    #[diesel(sql_type = Nullable<Text>)]
    payee: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    note: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    tag_id: Option<i64>,
    #[diesel(sql_type = BigInt)]
    posting_id: i64,
    #[diesel(sql_type = BigInt)]
    account_id: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    category_id: Option<i64>,
    #[diesel(sql_type = Date)]
    posting_date: NaiveDate,
    #[diesel(sql_type = BigInt)]
    amount: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    value: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    memo: Option<String>,
    #[diesel(sql_type = Text)]
    status: String,
}

/// The transactions that come next after one (its day and id), from the first with none; empty at the end. Without a
/// condition all fit.
///
/// # Errors
/// What the database says.
pub fn after(
    conn: &mut DbConn,
    condition: Option<&Condition>,
    last: Option<(NaiveDate, TransactionId)>,
) -> Result<Vec<Entry>> {
    let mut binds = Vec::new();
    let fitting = condition.map(|condition| query::sql(conn, condition, Scope::Transaction, &mut binds));
    // Days and ids are digits and dashes: they stand in the text.
    let later = last.map(|(date, id)| format!("(t.date, t.id) > ('{date}', {id})"));
    let both: Vec<String> = later.into_iter().chain(fitting.map(|sql| format!("({sql})"))).collect();
    let wanted = if both.is_empty() { String::new() } else { format!("WHERE {}", both.join(" AND ")) };
    let sql = format!(
        "SELECT t.id, t.date, y.name AS payee, t.note, z.tag_id, p.id AS posting_id, p.account_id, p.category_id, \
         p.date AS posting_date, p.amount, p.value, p.memo, p.status \
         FROM (SELECT t.id, t.date, t.payee_id, t.note FROM transactions t {wanted} \
         ORDER BY t.date, t.id LIMIT {PAGE}) AS t \
         JOIN postings p ON p.transaction_id = t.id LEFT JOIN payees y ON y.id = t.payee_id \
         LEFT JOIN transaction_tags z ON z.transaction_id = t.id \
         ORDER BY t.date, t.id, p.position, z.tag_id"
    );
    let rows: Vec<Row> = dialect::load_bound(conn, &sql, &binds)?;
    let mut entries: Vec<Entry> = Vec::with_capacity(PAGE);
    let mut posting = None;
    for row in rows {
        if entries.last().is_none_or(|entry| entry.id.0 != row.id) {
            entries.push(Entry {
                id: TransactionId(row.id),
                date: row.date,
                payee: row.payee.clone(),
                note: row.note.clone(),
                tags: Vec::new(),
                legs: Vec::new(),
            });
        }
        if let Some(entry) = entries.last_mut() {
            add(entry, row, &mut posting)?;
        }
    }
    Ok(entries)
}

/// A transaction comes as one row for each pair of posting and tag.
fn add(entry: &mut Entry, row: Row, posting: &mut Option<i64>) -> Result<()> {
    if *posting != Some(row.posting_id) {
        *posting = Some(row.posting_id);
        entry.legs.push(leg(&row)?);
    }
    if entry.legs.len() == 1 {
        entry.tags.extend(row.tag_id.map(TagId));
    }
    Ok(())
}

fn leg(row: &Row) -> Result<Leg> {
    let known = [Status::Pending, Status::Cleared, Status::Reconciled];
    let status = known.into_iter().find(|status| status.as_str() == row.status);
    Ok(Leg {
        account: AccountId(row.account_id),
        category: row.category_id.map(CategoryId),
        date: row.posting_date,
        amount: Minor(row.amount),
        value: row.value.map(Minor),
        memo: row.memo.clone(),
        status: status
            .ok_or_else(|| Problem::internal(format!("a posting has the status `{}`", row.status)))?,
    })
}

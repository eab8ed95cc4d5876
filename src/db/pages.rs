//! Transactions in the order of their days, a page at a time: what exports read. A page is one statement that
//! begins where the last one ended, so that memory does not grow with the book and nothing stays locked meanwhile.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable, Text, Timestamp};

use super::connection::DbConn;
use super::dialect::quick::{Day, Instant};
use super::dialect::{self, by_place};
use super::query::{self, Condition, Scope};
use crate::domain::ids::{AccountId, CategoryId, OperationId, TagId, TransactionId};
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
    /// The day it happened; from `of_account`, a day on which it stands in the account.
    pub date: NaiveDate,
    /// Who was paid, or paid.
    pub payee: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// In the order of their ids.
    pub tags: Vec<TagId>,
    /// In the order in which they were entered; at least one.
    pub legs: Vec<Leg>,
    /// Who recorded it, and when; where that is read.
    pub stamp: Option<Stamp>,
}

/// When a transaction was recorded, and what touched it last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// When it was recorded, UTC.
    pub created_at: NaiveDateTime,
    /// The operation that last touched it.
    pub operation: OperationId,
    /// When that was, UTC.
    pub updated_at: NaiveDateTime,
}

/// How much of a transaction is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// All of it.
    Whole,
    /// All but its stamp.
    WithoutStamp,
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

/// What is read of the transaction, and of the posting. A page has thousands of rows: to look each cell up by its name
/// would take longer than to read it.
type Columns = (HeadColumns, LegColumns, StampColumns);
type HeadColumns = (BigInt, Date, Nullable<Text>, Nullable<Text>, Nullable<BigInt>);
type LegColumns = (
    Integer,
    BigInt,
    Nullable<BigInt>,
    Nullable<Date>,
    BigInt,
    Nullable<BigInt>,
    Nullable<Text>,
    Nullable<Integer>,
);

type StampColumns = (Nullable<Timestamp>, Nullable<BigInt>, Nullable<Timestamp>);

/// One row for each pair of posting and tag; the stamp is in that of the first posting alone.
#[derive(Queryable)]
struct Row {
    head: Head,
    leg: LegCells,
    stamp: (Option<Instant>, Option<i64>, Option<Instant>),
}

by_place!(Row, Columns);

#[derive(Queryable)]
struct Head {
    id: i64,
    day: Day,
    payee: Option<String>,
    note: Option<String>,
    tag_id: Option<i64>,
}

#[derive(Queryable)]
struct LegCells {
    position: i32,
    account_id: i64,
    category_id: Option<i64>,
    /// The posting's, if it is another.
    date: Option<Day>,
    amount: i64,
    value: Option<i64>,
    memo: Option<String>,
    /// Its place in `STATUSES`.
    status: Option<i32>,
}

const STATUSES: [Status; 3] = [Status::Pending, Status::Cleared, Status::Reconciled];

/// Lets `read` read page after page, with little memory for the pages of SQLite's own.
///
/// # Errors
/// Those of `read`.
pub fn all<T>(conn: &mut DbConn, read: impl FnOnce(&mut DbConn) -> Result<T>) -> Result<T> {
    dialect::with_small_cache(conn, read)
}

/// A day and a transaction, after which a page begins.
pub type Key = (NaiveDate, TransactionId);

/// The transactions that come next after one, from the first with none; empty at the end. Without a condition all fit.
///
/// # Errors
/// What the database says.
pub fn after(
    conn: &mut DbConn,
    condition: Option<&Condition>,
    last: Option<Key>,
    detail: Detail,
) -> Result<Vec<Entry>> {
    let mut binds = Vec::new();
    let later = last.map(|last| later("t.date", "t.id", last));
    let wanted = all_of([later, fitting(conn, condition, &mut binds)]);
    let found = format!(
        "SELECT t.id, t.date AS day, t.payee_id, t.note, t.created_at, t.operation_id FROM transactions t \
         WHERE {wanted} ORDER BY t.date, t.id LIMIT {PAGE}"
    );
    load(conn, &found, &binds, detail)
}

/// Days on which transactions stand in an account, with the whole transaction: those that come next after one.
///
/// # Errors
/// What the database says.
pub fn of_account(
    conn: &mut DbConn,
    condition: Option<&Condition>,
    account: AccountId,
    last: Option<Key>,
) -> Result<Vec<Entry>> {
    let mut binds = Vec::new();
    let later = last.map(|last| later("p.date", "p.transaction_id", last));
    let wanted = all_of([later, fitting(conn, condition, &mut binds)]);
    let found = format!(
        "SELECT t.id, p.date AS day, t.payee_id, t.note FROM postings p \
         JOIN transactions t ON t.id = p.transaction_id WHERE p.account_id = {account} AND {wanted} \
         AND NOT EXISTS (SELECT 1 FROM postings q WHERE q.transaction_id = p.transaction_id \
         AND q.position < p.position AND q.account_id = p.account_id AND q.date = p.date) \
         ORDER BY p.date, p.transaction_id LIMIT {PAGE}"
    );
    load(conn, &found, &binds, Detail::WithoutStamp)
}

/// The first and the last day on which what fits stands in an account; none where nothing does.
///
/// # Errors
/// What the database says.
pub fn days_of_account(
    conn: &mut DbConn,
    condition: Option<&Condition>,
    account: AccountId,
) -> Result<Option<(NaiveDate, NaiveDate)>> {
    let mut binds = Vec::new();
    let wanted = all_of([fitting(conn, condition, &mut binds)]);
    let sql = format!(
        "SELECT min(p.date) AS first, max(p.date) AS last FROM postings p \
         JOIN transactions t ON t.id = p.transaction_id WHERE p.account_id = {account} AND {wanted}"
    );
    let days: Vec<Days> = dialect::load_bound(conn, &sql, &binds)?;
    Ok(days.into_iter().next().and_then(|days| days.first.zip(days.last)))
}

#[derive(QueryableByName)]
struct Days {
    #[diesel(sql_type = Nullable<Date>)]
    first: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    last: Option<NaiveDate>,
}

/// Days and ids are digits and dashes: they stand in the text.
fn later(date: &str, id: &str, (day, last): Key) -> String {
    format!("({date}, {id}) > ('{day}', {last})")
}

fn fitting(conn: &DbConn, condition: Option<&Condition>, binds: &mut Vec<String>) -> Option<String> {
    condition.map(|condition| format!("({})", query::sql(conn, condition, Scope::Transaction, binds)))
}

fn all_of(conditions: impl IntoIterator<Item = Option<String>>) -> String {
    let all: Vec<String> = conditions.into_iter().flatten().collect();
    if all.is_empty() { "1 = 1".to_owned() } else { all.join(" AND ") }
}

/// What is to be known of the transactions that a statement finds. They are put in order here: SQLite would do it
/// beside the pages of its cache, with all that was read.
fn load(conn: &mut DbConn, found: &str, binds: &[String], detail: Detail) -> Result<Vec<Entry>> {
    let statuses =
        STATUSES.iter().zip(0..).map(|(status, n)| format!(" WHEN '{}' THEN {n}", status.as_str()));
    let statuses: String = statuses.collect();
    let first = |column: &str| format!("CASE WHEN p.position = 0 THEN {column} END");
    let (stamp, operation) = match detail {
        Detail::Whole => (
            ["t.created_at", "t.operation_id", "o.at"].map(first).join(", "),
            "JOIN operations o ON o.id = t.operation_id",
        ),
        // Reading it takes a fifth longer.
        Detail::WithoutStamp => ("NULL, NULL, NULL".to_owned(), ""),
    };
    let sql = format!(
        "SELECT t.id, t.day, y.name, t.note, z.tag_id, p.position, p.account_id, p.category_id, \
         CASE WHEN p.date <> t.day THEN p.date END, p.amount, p.value, p.memo, CASE p.status{statuses} END, {stamp} \
         FROM ({found}) AS t JOIN postings p ON p.transaction_id = t.id {operation} \
         LEFT JOIN payees y ON y.id = t.payee_id LEFT JOIN transaction_tags z ON z.transaction_id = t.id"
    );
    let mut rows: Vec<Row> = dialect::load_bound(conn, &sql, binds)?;
    rows.sort_by_key(|row| (row.head.day.0, row.head.id, row.leg.position, row.head.tag_id));
    let mut entries: Vec<Entry> = Vec::with_capacity(PAGE);
    for Row { head, leg, stamp } in rows {
        let tag = head.tag_id.map(TagId);
        if entries.last().is_none_or(|entry| (entry.date, entry.id.0) != (head.day.0, head.id)) {
            entries.push(entry(head));
        }
        if let Some(entry) = entries.last_mut() {
            if let (Some(created), Some(operation), Some(updated)) = stamp {
                let (created_at, updated_at) = (created.0, updated.0);
                entry.stamp = Some(Stamp { created_at, operation: OperationId(operation), updated_at });
            }
            add(entry, leg, tag)?;
        }
    }
    Ok(entries)
}

fn entry(head: Head) -> Entry {
    Entry {
        id: TransactionId(head.id),
        date: head.day.0,
        payee: head.payee,
        note: head.note,
        tags: Vec::new(),
        legs: Vec::new(),
        stamp: None,
    }
}

fn add(entry: &mut Entry, leg: LegCells, tag: Option<TagId>) -> Result<()> {
    if usize::try_from(leg.position)? == entry.legs.len() {
        let status = leg.status.and_then(|place| STATUSES.get(usize::try_from(place).ok()?).copied());
        entry.legs.push(Leg {
            account: AccountId(leg.account_id),
            category: leg.category_id.map(CategoryId),
            date: leg.date.map_or(entry.date, |day| day.0),
            amount: Minor(leg.amount),
            value: leg.value.map(Minor),
            memo: leg.memo,
            status: status.ok_or_else(|| Problem::internal("a posting has no known status"))?,
        });
    }
    if entry.legs.len() == 1 {
        entry.tags.extend(tag);
    }
    Ok(())
}

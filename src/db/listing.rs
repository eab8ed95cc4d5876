//! Which transactions fit, and what they look like: one statement finds a page of ids with their count, one
//! reads everything that is shown of them.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable, Text, Timestamp};

use super::connection::DbConn;
use super::dialect;
use super::query::{self, Condition, Scope};
use crate::domain::category::CategoryKind;
use crate::domain::ids::{AccountId, CategoryId, OperationId, PayeeId, TransactionId};
use crate::domain::money::{Currency, CurrencyCode, Minor};
use crate::domain::transaction::{Amount, Posting, Status, Transaction};
use crate::error::{Problem, Result};

/// What transactions are ordered by; ties by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum SortKey {
    Date,
    Amount,
    Payee,
    Id,
}

/// An order of transactions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// What they are ordered by.
    pub key: SortKey,
    /// Largest or newest first.
    pub is_descending: bool,
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    total: i64,
}

/// The ids of a page, in order, and how many transactions fit altogether. No condition and no `limit` are all.
///
/// # Errors
/// What the database says.
pub fn find_page(
    conn: &mut DbConn,
    condition: Option<&Condition>,
    sort: Sort,
    limit: Option<i64>,
    offset: i64,
) -> Result<(Vec<TransactionId>, i64)> {
    let mut binds = Vec::new();
    // Without any WHERE, SQLite counts by the pages of the narrowest index instead of row by row.
    let conditions = condition.map_or_else(String::new, |condition| {
        format!(" WHERE {}", query::sql(conn, condition, Scope::Transaction, &mut binds))
    });
    let count = format!("SELECT count(*) FROM transactions t{conditions}");
    let order = order(sort);
    // A page ends where the index on dates has given enough; counting over its rows would sort them all.
    let (total, page) = match limit {
        Some(limit) => (format!("({count})"), format!(" LIMIT {limit} OFFSET {offset}")),
        None => ("CAST(0 AS BIGINT)".to_owned(), String::new()),
    };
    let sql = format!(
        "SELECT t.id AS id, {total} AS total FROM transactions t{}{conditions} ORDER BY {order}{page}",
        if sort.key == SortKey::Payee { " LEFT JOIN payees s ON s.id = t.payee_id" } else { "" }
    );
    let found: Vec<Found> = dialect::load_bound(conn, &sql, &binds)?;
    let total = match found.first() {
        _ if limit.is_none() => i64::try_from(found.len())?,
        Some(first) => first.total,
        None if offset > 0 => {
            let sql = format!("SELECT CAST(0 AS BIGINT) AS id, ({count}) AS total");
            dialect::load_bound::<Found>(conn, &sql, &binds)?.first().map_or(0, |row| row.total)
        }
        None => 0,
    };
    Ok((found.into_iter().map(|row| TransactionId(row.id)).collect(), total))
}

fn order(sort: Sort) -> String {
    let direction = if sort.is_descending { "DESC" } else { "ASC" };
    match sort.key {
        SortKey::Date => format!("t.date {direction}, t.id {direction}"),
        SortKey::Id => format!("t.id {direction}"),
        SortKey::Payee => format!("(s.name_key IS NULL), s.name_key {direction}, t.date DESC, t.id DESC"),
        // What a list shows of it: of a transfer the leg out, of anything else all that stands in its first account.
        SortKey::Amount => format!(
            "(SELECT coalesce(CASE WHEN min(CASE WHEN p.is_transfer THEN 1 ELSE 0 END) = 1 \
             THEN max(CASE WHEN p.amount < 0 THEN -coalesce(p.value, p.amount) END) END, \
             abs(CAST(sum(CASE WHEN p.account_id = f.account_id THEN coalesce(p.value, p.amount) END) AS BIGINT))) \
             FROM postings p JOIN postings f ON f.transaction_id = p.transaction_id AND f.position = 0 \
             WHERE p.transaction_id = t.id) {direction}, t.id {direction}"
        ),
    }
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Date)]
    date: NaiveDate,
    #[diesel(sql_type = Nullable<BigInt>)]
    payee_id: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    payee: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    note: Option<String>,
    #[diesel(sql_type = Timestamp)]
    created_at: NaiveDateTime,
    #[diesel(sql_type = Timestamp)]
    updated_at: NaiveDateTime,
    #[diesel(sql_type = BigInt)]
    operation_id: i64,
    #[diesel(sql_type = Integer)]
    position: i32,
    #[diesel(sql_type = BigInt)]
    account_id: i64,
    #[diesel(sql_type = Text)]
    account: String,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = Integer)]
    exponent: i32,
    #[diesel(sql_type = Nullable<BigInt>)]
    category_id: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    category: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    category_key: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    category_kind: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    group_key: Option<String>,
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
    #[diesel(sql_type = Nullable<Text>)]
    tag_key: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    tag: Option<String>,
}

/// Everything that is shown of these transactions, in the order of the ids given.
///
/// # Errors
/// What the database says.
pub fn load(conn: &mut DbConn, ids: &[TransactionId], book: &Currency) -> Result<Vec<Transaction>> {
    let mut loaded: BTreeMap<i64, Transaction> = BTreeMap::new();
    for chunk in ids.chunks(2_000) {
        let list: Vec<String> = chunk.iter().map(ToString::to_string).collect();
        let rows: Vec<Row> = diesel::sql_query(format!(
            "SELECT t.id, t.date, t.payee_id, y.name AS payee, t.note, t.created_at, o.at AS updated_at, \
             t.operation_id, p.position, p.account_id, a.name AS account, a.currency, u.exponent, p.category_id, \
             c.name AS category, c.name_key AS category_key, c.kind AS category_kind, g.name_key AS group_key, \
             p.date AS posting_date, p.amount, p.value, p.memo, p.status, x.name_key AS tag_key, x.name AS tag \
             FROM transactions t JOIN operations o ON o.id = t.operation_id \
             JOIN postings p ON p.transaction_id = t.id JOIN accounts a ON a.id = p.account_id \
             JOIN currencies u ON u.code = a.currency LEFT JOIN payees y ON y.id = t.payee_id \
             LEFT JOIN categories c ON c.id = p.category_id LEFT JOIN category_groups g ON g.id = c.group_id \
             LEFT JOIN transaction_tags z ON z.transaction_id = t.id LEFT JOIN tags x ON x.id = z.tag_id \
             WHERE t.id IN ({}) ORDER BY t.id, p.position, x.name_key",
            list.join(",")
        ))
        .load(conn)?;
        for row in rows {
            add_row(&mut loaded, row, book)?;
        }
    }
    Ok(ids.iter().filter_map(|id| loaded.remove(&id.0)).collect())
}

/// A transaction comes as one row for each pair of posting and tag.
fn add_row(loaded: &mut BTreeMap<i64, Transaction>, row: Row, book: &Currency) -> Result<()> {
    let transaction = loaded.entry(row.id).or_insert_with(|| Transaction {
        id: TransactionId(row.id),
        date: row.date,
        payee: row.payee.clone(),
        payee_id: row.payee_id.map(PayeeId),
        note: row.note.clone(),
        tags: Vec::new(),
        postings: Vec::new(),
        created_at: row.created_at,
        updated_at: row.updated_at,
        operation: OperationId(row.operation_id),
    });
    if let Some(tag) = row.tag.as_ref().filter(|tag| row.position == 0 && !transaction.tags.contains(tag)) {
        debug_assert!(row.tag_key.is_some());
        transaction.tags.push(tag.clone());
    }
    if usize::try_from(row.position)? == transaction.postings.len() {
        transaction.postings.push(posting(row, book)?);
    }
    Ok(())
}

fn posting(row: Row, book: &Currency) -> Result<Posting> {
    let status =
        [Status::Pending, Status::Cleared, Status::Reconciled].into_iter().find(|s| s.as_str() == row.status);
    let kind = row.category_kind.as_deref().map(CategoryKind::parse).transpose();
    Ok(Posting {
        account: row.account,
        account_id: AccountId(row.account_id),
        category_slug: row.group_key.zip(row.category_key).map(|(group, key)| format!("{group}/{key}")),
        category: row.category,
        category_id: row.category_id.map(CategoryId),
        category_kind: kind.map_err(|e| Problem::internal(e.message))?,
        date: row.posting_date,
        amount: Amount { minor: Minor(row.amount), exponent: u32::try_from(row.exponent)? },
        currency: CurrencyCode::parse(&row.currency).map_err(|e| Problem::internal(e.message))?,
        value: row.value.map(|value| Amount { minor: Minor(value), exponent: book.exponent }),
        memo: row.memo,
        status: status
            .ok_or_else(|| Problem::internal(format!("a posting has the status `{}`", row.status)))?,
    })
}

//! Statement lines: the rows of the banks' files, kept for ever, by which later files are compared.

use std::borrow::Cow;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Date};
use serde::{Deserialize, Serialize};

use super::connection::DbConn;
use super::dialect::{in_json_list_sql, insert_numbered, json_rows_sql, load_bound};
use super::schema::statement_lines;
use super::tables::{CHUNK, Table, imaged_row};
use super::writer::Writer;
use crate::domain::ids::{AccountId, TransactionId};
use crate::error::{Problem, Result};

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, AsChangeset, Serialize, Deserialize)]
#[diesel(table_name = statement_lines, treat_none_as_null = true, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "the columns of the table, described there")]
pub struct LineRow {
    pub id: i64,
    pub account_id: i64,
    pub source: String,
    pub bank_id: Option<String>,
    pub row_key: String,
    pub key_version: i32,
    pub date: Option<NaiveDate>,
    pub amount: Option<i64>,
    pub payee: Option<String>,
    pub memo: Option<String>,
    pub raw: String,
    pub decision: String,
    pub reason: String,
    pub transaction_id: Option<i64>,
    pub operation_id: i64,
    /// Images from before the column was there have none.
    #[serde(default)]
    pub other_account: Option<String>,
    /// Likewise.
    #[serde(default)]
    pub booking: Option<String>,
}

impl LineRow {
    /// What the booking of several payments sums to that it is one of, in minor units.
    pub fn booking_total(&self) -> Option<i64> {
        self.booking_parts().and_then(|(total, _)| total.parse().ok())
    }

    /// What the bank numbers that booking by.
    pub fn booking_number(&self) -> Option<&str> {
        self.booking_parts().map(|(_, number)| number).filter(|number| !number.is_empty())
    }

    /// Its sum and its number, which stand behind its day.
    fn booking_parts(&self) -> Option<(&str, &str)> {
        let booking = self.booking.as_deref()?;
        let (_, rest) = booking.strip_prefix("pending|").unwrap_or(booking).split_once('|')?;
        rest.split_once('|')
    }
}

imaged_row!(LineRow, statement_lines, Table::StatementLines,
    operation: |row| Some(row.operation_id), label: |row| row.raw.clone());

/// A line that is to be stored.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = statement_lines, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "the columns of the table, described there")]
pub struct NewLine {
    pub account_id: i64,
    pub source: String,
    pub bank_id: Option<String>,
    pub row_key: String,
    pub key_version: i32,
    pub date: Option<NaiveDate>,
    pub amount: Option<i64>,
    pub payee: Option<String>,
    pub memo: Option<String>,
    pub raw: String,
    pub decision: &'static str,
    pub reason: Cow<'static, str>,
    pub transaction_id: Option<i64>,
    pub operation_id: i64,
    pub other_account: Option<String>,
    pub booking: Option<String>,
}

/// What matching needs to know of a line that is there.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, QueryableByName)]
#[diesel(table_name = statement_lines)]
pub struct KnownLine {
    /// The line.
    pub id: i64,
    /// What it was read by.
    pub source: String,
    /// The bank's own id.
    pub bank_id: Option<String>,
    /// Its key.
    pub row_key: String,
    /// The day, none when it was rejected.
    pub date: Option<NaiveDate>,
    /// The amount in minor units, none when it was rejected.
    pub amount: Option<i64>,
    /// The decision at the time.
    pub decision: String,
    /// What it became; none when that was deleted.
    pub transaction_id: Option<i64>,
    /// The booking of several payments that it is one of: its day, sum and number.
    pub booking: Option<String>,
}

/// The lines of an account and a source that bear one of these keys or one of these ids; in the order in which
/// they came.
///
/// # Errors
/// What the database says.
pub fn candidates(
    conn: &mut DbConn,
    account: AccountId,
    source: &str,
    keys: &[&str],
    bank_ids: &[&str],
) -> Result<Vec<KnownLine>> {
    let mut found = std::collections::BTreeMap::new();
    for (column, texts) in [("row_key", keys), ("bank_id", bank_ids)] {
        if texts.is_empty() {
            continue;
        }
        // One value, however many there are: a statement with thousands takes longer to read than to run.
        let list = serde_json::to_string(texts)?;
        let sql = format!(
            "SELECT id, source, bank_id, row_key, date, amount, decision, transaction_id, booking FROM statement_lines \
             WHERE {} AND account_id = {} AND source = $2",
            in_json_list_sql(conn, column, 1),
            account.0
        );
        let lines: Vec<KnownLine> = load_bound(conn, &sql, &[list, source.to_owned()])?;
        found.extend(lines.into_iter().map(|line| (line.id, line)));
    }
    Ok(found.into_values().collect())
}

/// The lines of an account and a source whose keys begin with one of these texts, and that stand for transactions; in
/// the order in which they came.
///
/// # Errors
/// What the database says.
pub fn of_days(
    conn: &mut DbConn,
    account: AccountId,
    source: &str,
    beginnings: &[String],
) -> Result<Vec<KnownLine>> {
    // A beginning may be asked for by several rows: its lines come as often.
    let condition = "s.source = $2 AND s.transaction_id IS NOT NULL";
    let mut lines = beginning_with(conn, account, (source, "row_key"), beginnings, condition)?;
    lines.dedup_by_key(|line| line.id);
    Ok(lines)
}

/// The lines of an account whose keys begin with one of these texts and that other sources showed, but for those of
/// transactions that a booked row of this source is already; and this source's own whose transactions were deleted.
/// In the order in which they came.
///
/// # Errors
/// What the database says.
pub fn of_others(
    conn: &mut DbConn,
    account: AccountId,
    source: &str,
    beginnings: &[String],
) -> Result<Vec<KnownLine>> {
    let not_shown = not_shown("");
    let condition =
        format!("((s.source <> $2 AND {not_shown}) OR (s.source = $2 AND s.transaction_id IS NULL))");
    beginning_with(conn, account, (source, "row_key"), beginnings, &condition)
}

/// The payments of bookings of an account that begin with one of these texts, but for those of transactions that a row of
/// this source is already, alone. In the order in which they came.
///
/// # Errors
/// What the database says.
pub fn of_bookings(
    conn: &mut DbConn,
    account: AccountId,
    source: &str,
    beginnings: &[String],
) -> Result<Vec<KnownLine>> {
    let condition = not_shown("AND (o.booking IS NULL OR s.source <> $2)");
    beginning_with(conn, account, (source, "booking"), beginnings, &condition)
}

/// The lines of an account whose keys begin with one of these texts and that are no payments of a booking, whatever
/// their source, but for those of transactions that this source has shown payment by payment, or of another source's that
/// a row of this one is. In the order in which they came.
///
/// # Errors
/// What the database says.
pub fn of_wholes(
    conn: &mut DbConn,
    account: AccountId,
    source: &str,
    beginnings: &[String],
) -> Result<Vec<KnownLine>> {
    let not_shown = not_shown("AND (o.booking IS NOT NULL OR s.source <> $2)");
    let condition = format!("s.booking IS NULL AND s.decision IN ('new', 'matched') AND {not_shown}");
    beginning_with(conn, account, (source, "row_key"), beginnings, &condition)
}

/// A payment that a row booked with others, as one: it has a line beside that of the row.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Share {
    /// Its line.
    #[diesel(embed)]
    pub line: KnownLine,
    /// Whether a booked row of the source that was asked for is its transaction, one by one.
    #[diesel(sql_type = Bool)]
    pub is_shown: bool,
}

/// That the line `statement_lines` is such a payment's: its key ends before a third `|`.
pub const IS_SHARE: &str = "(statement_lines.booking IS NOT NULL AND length(statement_lines.row_key) \
    - length(replace(statement_lines.row_key, '|', '')) = 2)";

/// The payments of an account that rows booked with others, as one, as a source sees them; in the order in which they came.
///
/// # Errors
/// What the database says.
pub fn shares(conn: &mut DbConn, account: AccountId, source: &str) -> Result<Vec<Share>> {
    let sql = format!(
        "SELECT id, source, bank_id, row_key, date, amount, decision, transaction_id, booking, EXISTS (\
         SELECT 1 FROM statement_lines o WHERE o.transaction_id = statement_lines.transaction_id \
         AND o.account_id = statement_lines.account_id AND o.source = $1 AND substr(o.row_key, 1, 8) <> 'pending|' \
         AND o.booking IS NOT NULL AND length(o.row_key) - length(replace(o.row_key, '|', '')) > 2) AS is_shown \
         FROM statement_lines WHERE account_id = {} AND {IS_SHARE} ORDER BY id",
        account.0
    );
    Ok(load_bound(conn, &sql, &[source.to_owned()])?)
}

/// The days of an account on which any line is a payment of a booking, and whether the bank had not booked it yet.
///
/// # Errors
/// What the database says.
pub fn booking_days(conn: &mut DbConn, account: AccountId) -> Result<Vec<(NaiveDate, bool)>> {
    #[derive(QueryableByName)]
    struct Of {
        #[diesel(sql_type = Date)]
        date: NaiveDate,
        #[diesel(sql_type = Bool)]
        is_pending: bool,
    }
    let sql = format!(
        "SELECT DISTINCT date, substr(booking, 1, 8) = 'pending|' AS is_pending FROM statement_lines \
         WHERE account_id = {} AND booking IS NOT NULL AND date IS NOT NULL",
        account.0
    );
    let days: Vec<Of> = load_bound(conn, &sql, &[])?;
    Ok(days.into_iter().map(|of| (of.date, of.is_pending)).collect())
}

/// That no booked row of this source, `$2`, is the transaction of the line `s` already; of its rows, `o`, those count that
/// the condition says.
fn not_shown(condition: &str) -> String {
    format!(
        "NOT EXISTS (SELECT 1 FROM statement_lines o WHERE o.transaction_id = s.transaction_id \
         AND o.account_id = s.account_id AND o.source = $2 AND substr(o.row_key, 1, 8) <> 'pending|' {condition})"
    )
}

/// The lines of an account that begin with one of these texts, in a column, and that fit a condition, in which `$2` is the
/// source; in the order in which they came.
fn beginning_with(
    conn: &mut DbConn,
    account: AccountId,
    (source, column): (&str, &str),
    beginnings: &[String],
    condition: &str,
) -> Result<Vec<KnownLine>> {
    let list = serde_json::to_string(beginnings)?;
    let sql = format!(
        "SELECT s.id, s.source, s.bank_id, s.row_key, s.date, s.amount, s.decision, s.transaction_id, s.booking \
         FROM {} CROSS JOIN statement_lines s WHERE s.account_id = {} AND s.{column} >= j.value \
         AND s.{column} < substr(j.value, 1, length(j.value) - 1) || '}}' AND {condition} ORDER BY s.id",
        json_rows_sql(conn, "j", 1),
        account.0
    );
    Ok(load_bound(conn, &sql, &[list, source.to_owned()])?)
}

/// The lines that these transactions are.
///
/// # Errors
/// What the database says.
pub fn of_transactions(conn: &mut DbConn, transactions: &[i64]) -> Result<Vec<LineRow>> {
    let mut rows = Vec::new();
    for chunk in transactions.chunks(CHUNK) {
        rows.extend(
            statement_lines::table
                .filter(statement_lines::transaction_id.eq_any(chunk))
                .order(statement_lines::id)
                .load::<LineRow>(conn)?,
        );
    }
    Ok(rows)
}

/// Whether a source showed a row of that account, day and amount that is no transaction: one that was deleted.
///
/// # Errors
/// What the database says.
pub fn has_unclaimed(
    conn: &mut DbConn,
    account: AccountId,
    source: &str,
    date: NaiveDate,
    amount: i64,
) -> Result<bool> {
    let unclaimed = statement_lines::table
        .filter(statement_lines::account_id.eq(account.0))
        .filter(statement_lines::source.eq(source))
        .filter(statement_lines::date.eq(date))
        .filter(statement_lines::amount.eq(amount))
        .filter(statement_lines::transaction_id.is_null());
    Ok(diesel::select(diesel::dsl::exists(unclaimed)).get_result(conn)?)
}

/// Stores lines and answers their ids in the same order.
///
/// # Errors
/// What the database says.
pub fn insert(w: &mut Writer<'_>, lines: &[NewLine]) -> Result<Vec<i64>> {
    let ids = insert_numbered!(w.conn(), statement_lines::table, statement_lines::id, lines, numbered);
    ids.iter().try_for_each(|id| w.created(Table::StatementLines, *id))?;
    Ok(ids)
}

fn numbered(id: i64, line: &NewLine) -> LineRow {
    let line = line.clone();
    LineRow {
        id,
        account_id: line.account_id,
        source: line.source,
        bank_id: line.bank_id,
        row_key: line.row_key,
        key_version: line.key_version,
        date: line.date,
        amount: line.amount,
        payee: line.payee,
        memo: line.memo,
        raw: line.raw,
        decision: line.decision.to_owned(),
        reason: line.reason.into_owned(),
        transaction_id: line.transaction_id,
        operation_id: line.operation_id,
        other_account: line.other_account,
        booking: line.booking,
    }
}

/// Cuts lines loose from transactions that are about to be deleted; they stay as what the user does not want.
///
/// # Errors
/// What the database says.
pub fn detach(w: &mut Writer<'_>, transactions: &[TransactionId]) -> Result<()> {
    let operation_id = w.operation()?.0;
    for chunk in transactions.chunks(CHUNK) {
        let ids: Vec<i64> = chunk.iter().map(|id| id.0).collect();
        let rows: Vec<LineRow> = statement_lines::table
            .filter(statement_lines::transaction_id.eq_any(ids))
            .order(statement_lines::id)
            .load(w.conn())?;
        for row in rows {
            w.replace(&row, &LineRow { transaction_id: None, operation_id, ..row.clone() })?;
        }
    }
    Ok(())
}

/// Makes the lines of a transaction those of another.
///
/// # Errors
/// What the database says.
pub fn hand_over(w: &mut Writer<'_>, from: TransactionId, to: TransactionId) -> Result<()> {
    let operation_id = w.operation()?.0;
    for row in of_transactions(w.conn(), &[from.0])? {
        w.replace(&row, &LineRow { transaction_id: Some(to.0), operation_id, ..row.clone() })?;
    }
    Ok(())
}

/// How many lines an account has.
///
/// # Errors
/// What the database says.
pub fn count_in_account(conn: &mut DbConn, account: AccountId) -> Result<i64> {
    Ok(statement_lines::table.filter(statement_lines::account_id.eq(account.0)).count().get_result(conn)?)
}

/// Makes a transaction what a line became, by that decision and for that reason.
///
/// # Errors
/// A line that is gone; what the database says.
pub fn attach(
    w: &mut Writer<'_>,
    id: i64,
    transaction: TransactionId,
    decision: &str,
    reason: &str,
) -> Result<()> {
    use super::tables::Imaged;
    let operation_id = w.operation()?.0;
    let row = LineRow::find(w.conn(), id)?.ok_or_else(|| {
        Problem::conflict("a row of an earlier import was taken back a moment ago").hint("try again")
    })?;
    let after = LineRow {
        transaction_id: Some(transaction.0),
        decision: decision.to_owned(),
        reason: reason.to_owned(),
        operation_id,
        ..row.clone()
    };
    w.replace(&row, &after)
}

//! What is known of one source (format and profile) for one account: whether its ids can be believed, and
//! how it writes dates, numbers and signs.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::connection::DbConn;
use super::schema::{import_batches, import_sources};
use super::tables::{Table, imaged_row};
use super::writer::Writer;
use crate::domain::ids::AccountId;
use crate::error::Result;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, AsChangeset, Serialize, Deserialize)]
#[diesel(table_name = import_sources, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct SourceRow {
    id: i64,
    account_id: i64,
    /// Format and profile.
    pub source: String,
    /// Its ids came with other amounts or dates: keys decide. Taking imports back leaves it so: that the bank uses
    /// its numbers again is still true, and keys find every row that ids would.
    pub ids_unreliable: bool,
    /// `ymd`, `dmy` or `mdy`, once a file settled it.
    pub date_order: Option<String>,
    /// `.` or `,`, once a file settled it.
    pub decimal_mark: Option<String>,
    operation_id: i64,
    /// How it tells money out from money in, once a file settled it; absent in images older than the column.
    #[serde(default)]
    pub signs: Option<String>,
}

imaged_row!(SourceRow, import_sources, Table::ImportSources,
    operation: |row| Some(row.operation_id), label: |row| row.source.clone());

/// What is known of a source.
///
/// # Errors
/// What the database says.
pub fn find(conn: &mut DbConn, account: AccountId, source: &str) -> Result<Option<SourceRow>> {
    Ok(import_sources::table
        .filter(import_sources::account_id.eq(account.0))
        .filter(import_sources::source.eq(source))
        .first(conn)
        .optional()?)
}

/// Every source of the book, the newest first.
///
/// # Errors
/// What the database says.
pub fn list(conn: &mut DbConn) -> Result<Vec<SourceRow>> {
    Ok(import_sources::table.order(import_sources::id.desc()).load(conn)?)
}

/// Forgets what is known of the sources of an account that is about to go.
///
/// # Errors
/// What the database says.
pub fn forget(w: &mut Writer<'_>, account: AccountId) -> Result<()> {
    let rows = of_account(w.conn(), account)?;
    w.delete_all(&rows)
}

/// The sources of an account, the newest first.
///
/// # Errors
/// What the database says.
pub fn of_account(conn: &mut DbConn, account: AccountId) -> Result<Vec<SourceRow>> {
    Ok(import_sources::table
        .filter(import_sources::account_id.eq(account.0))
        .order(import_sources::id.desc())
        .load(conn)?)
}

/// Whether an account has other sources.
///
/// # Errors
/// What the database says.
pub fn has_others(conn: &mut DbConn, account: AccountId, source: &str) -> Result<bool> {
    let others = import_sources::table
        .filter(import_sources::account_id.eq(account.0))
        .filter(import_sources::source.ne(source));
    Ok(diesel::select(diesel::dsl::exists(others)).get_result(conn)?)
}

/// What a file settled of its source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settled {
    /// Its ids came with other amounts or dates.
    pub ids_unreliable: bool,
    /// `ymd`, `dmy` or `mdy`.
    pub date_order: Option<String>,
    /// `.` or `,`.
    pub decimal_mark: Option<String>,
    /// How money out is told from money in.
    pub signs: Option<String>,
}

/// Remembers what a file settled that earlier ones left open. What they settled stays: a file that was read otherwise is
/// one that the user said so of, and that holds for it alone. When they are all taken back, it is the first again.
///
/// # Errors
/// What the database says.
pub fn remember(w: &mut Writer<'_>, account: AccountId, source: &str, settled: &Settled) -> Result<()> {
    let operation_id = w.operation()?.0;
    if let Some(before) = find(w.conn(), account, source)? {
        let is_first = !has_batches(w.conn(), account, source)?;
        let of = |now: &Option<String>, before: &Option<String>| match is_first {
            true => now.clone().or_else(|| before.clone()),
            false => before.clone().or_else(|| now.clone()),
        };
        let is_refined = settled.signs.as_deref().zip(before.signs.as_deref()).is_some_and(refines);
        let after = SourceRow {
            ids_unreliable: before.ids_unreliable || settled.ids_unreliable,
            date_order: of(&settled.date_order, &before.date_order),
            decimal_mark: of(&settled.decimal_mark, &before.decimal_mark),
            signs: if is_refined { settled.signs.clone() } else { of(&settled.signs, &before.signs) },
            ..before.clone()
        };
        return if after == before {
            Ok(())
        } else {
            w.replace(&before, &SourceRow { operation_id, ..after })
        };
    }
    let id: i64 = diesel::insert_into(import_sources::table)
        .values((
            import_sources::account_id.eq(account.0),
            import_sources::source.eq(source),
            import_sources::ids_unreliable.eq(settled.ids_unreliable),
            import_sources::date_order.eq(&settled.date_order),
            import_sources::decimal_mark.eq(&settled.decimal_mark),
            import_sources::operation_id.eq(operation_id),
            import_sources::signs.eq(&settled.signs),
        ))
        .returning(import_sources::id)
        .get_result(w.conn())?;
    w.created(Table::ImportSources, id)
}

/// Whether the rows of a later file say more of signs than those before, which had none, or no blank cell.
fn refines((now, before): (&str, &str)) -> bool {
    before == "unsigned" || now.strip_prefix(before).is_some_and(|more| more.starts_with(':'))
}

/// Whether an import of that source is still there.
fn has_batches(conn: &mut DbConn, account: AccountId, source: &str) -> Result<bool> {
    let batches = import_batches::table
        .filter(import_batches::account_id.eq(account.0))
        .filter(import_batches::source.eq(source));
    Ok(diesel::select(diesel::dsl::exists(batches)).get_result(conn)?)
}

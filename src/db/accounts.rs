//! Accounts: rows and queries.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::connection::DbConn;
use super::dialect::on_backend;
use super::schema::{accounts, currencies};
use super::tables::{Imaged, Table, imaged_row};
use super::writer::Writer;
use crate::domain::account::{Account, AccountKind};
use crate::domain::ids::AccountId;
use crate::domain::money::{Currency, CurrencyCode};
use crate::error::{Problem, Result};

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, AsChangeset, Serialize, Deserialize)]
#[diesel(table_name = accounts, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct AccountRow {
    id: i64,
    name: String,
    name_key: String,
    kind: String,
    currency: String,
    is_on_budget: bool,
    is_closed: bool,
    created_at: NaiveDateTime,
    operation_id: i64,
}

imaged_row!(AccountRow, accounts, Table::Accounts,
    operation: |row| Some(row.operation_id), label: |row| row.name.clone());

impl AccountRow {
    /// The code of its currency.
    pub fn currency(&self) -> &str {
        &self.currency
    }

    /// Refuses what undo would make of an account that has been used meanwhile: another currency under its amounts,
    /// or a place on the budget for postings without a value.
    ///
    /// # Errors
    /// Such a row; what the database says.
    pub fn refuse_unfit(&self, conn: &mut DbConn, after: &AccountRow) -> Result<()> {
        let id = AccountId(self.id);
        let hint = "`groat log` shows what was done since; take that back first";
        if self.currency != after.currency {
            let what = if super::postings::count_in_account(conn, id)? > 0 {
                Some("postings")
            } else {
                let balances = super::statement_balances::count_in_account(conn, id)?;
                (balances > 0).then_some("statement balances")
            };
            if let Some(what) = what {
                let message = format!(
                    "`{}` has {what} in {} by now: its currency is settled",
                    self.name, self.currency
                );
                return Err(Problem::conflict(message).hint(hint).into());
            }
        }
        if after.is_on_budget && !self.is_on_budget && super::postings::has_valueless(conn, id)? {
            let message =
                format!("`{}` has postings without a value by now: it cannot be on budget", self.name);
            return Err(Problem::conflict(message).hint(hint).into());
        }
        Ok(())
    }
}

/// An account that is to be stored.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Cleaned.
    pub name: String,
    /// The folded name.
    pub key: String,
    /// What sort of place it is.
    pub kind: AccountKind,
    /// What its amounts are in.
    pub currency: Currency,
    /// Whether its money is budgeted.
    pub is_on_budget: bool,
}

/// Every account, open ones first, in the order of their names.
///
/// # Errors
/// What the database says.
pub fn list(conn: &mut DbConn) -> Result<Vec<Account>> {
    let rows: Vec<(AccountRow, i32)> = accounts::table
        .inner_join(currencies::table.on(currencies::code.eq(accounts::currency)))
        .select((accounts::all_columns, currencies::exponent))
        .order((accounts::is_closed, accounts::name_key))
        .load(conn)?;
    rows.into_iter().map(|(row, exponent)| account(row, exponent)).collect()
}

fn account(row: AccountRow, exponent: i32) -> Result<Account> {
    Ok(Account {
        id: AccountId(row.id),
        kind: AccountKind::parse(&row.kind).map_err(|e| Problem::internal(e.message))?,
        currency: CurrencyCode::parse(&row.currency).map_err(|e| Problem::internal(e.message))?,
        exponent: u32::try_from(exponent)?,
        name: row.name,
        key: row.name_key,
        is_on_budget: row.is_on_budget,
        is_closed: row.is_closed,
    })
}

/// Each account's id and whether it is on budget.
///
/// # Errors
/// What the database says.
pub fn budget_flags(conn: &mut DbConn) -> Result<Vec<(i64, bool)>> {
    Ok(accounts::table.select((accounts::id, accounts::is_on_budget)).load(conn)?)
}

/// Stores an account; none when its name is taken (perhaps by somebody else, a moment ago).
///
/// # Errors
/// What the database says.
pub fn insert(w: &mut Writer<'_>, new: &NewAccount) -> Result<Option<Account>> {
    let values = (
        accounts::name.eq(&new.name),
        accounts::name_key.eq(&new.key),
        accounts::kind.eq(new.kind.as_str()),
        accounts::currency.eq(new.currency.code.as_str()),
        accounts::is_on_budget.eq(new.is_on_budget),
        accounts::is_closed.eq(false),
        accounts::created_at.eq(w.now()),
        accounts::operation_id.eq(w.operation()?.0),
    );
    let row: Option<AccountRow> = on_backend!(w.conn(), c => {
        diesel::insert_into(accounts::table)
            .values(values)
            .on_conflict_do_nothing()
            .returning(accounts::all_columns)
            .get_result(c)
            .optional()?
    });
    let Some(row) = row else { return Ok(None) };
    w.created(Table::Accounts, row.id)?;
    w.knows_accounts_if_any((row.id, row.is_on_budget));
    Ok(Some(account(row, new.currency.exponent as i32)?))
}

/// Changes an account to what is given.
///
/// # Errors
/// What the database says; a name that is taken.
pub fn update(w: &mut Writer<'_>, account: &Account) -> Result<()> {
    let before = get_row(w.conn(), account.id)?;
    let after = AccountRow {
        name: account.name.clone(),
        name_key: account.key.clone(),
        kind: account.kind.as_str().to_owned(),
        currency: account.currency.as_str().to_owned(),
        is_on_budget: account.is_on_budget,
        is_closed: account.is_closed,
        operation_id: w.operation()?.0,
        ..before.clone()
    };
    w.replace(&before, &after)
}

/// Removes an account.
///
/// # Errors
/// What the database says; something that still refers to it.
pub fn delete(w: &mut Writer<'_>, id: AccountId) -> Result<()> {
    let row = get_row(w.conn(), id)?;
    w.delete_all(&[row])
}

fn get_row(conn: &mut DbConn, id: AccountId) -> Result<AccountRow> {
    AccountRow::find(conn, id.0)?
        .ok_or_else(|| Problem::not_found(format!("no account has the id {id}")).into())
}

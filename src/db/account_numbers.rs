//! What banks' files call an account: a number, an IBAN or a name, as the user said whose it is.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::connection::DbConn;
use super::schema::account_numbers;
use super::tables::{Table, imaged_row};
use super::writer::Writer;
use crate::domain::ids::AccountId;
use crate::error::Result;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, AsChangeset, Serialize, Deserialize)]
#[diesel(table_name = account_numbers, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct NumberRow {
    id: i64,
    /// The account that it is in the book.
    pub account_id: i64,
    /// As the file writes it.
    pub number: String,
    number_key: String,
    operation_id: i64,
}

imaged_row!(NumberRow, account_numbers, Table::AccountNumbers,
    operation: |row| Some(row.operation_id), label: |row| row.number.clone());

/// By what numbers are the same however they are written: their letters and digits, in lower case; the text as it is
/// where it has none.
fn key(number: &str) -> String {
    let plain: String = number.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if plain.is_empty() { number.to_owned() } else { plain }
}

/// The accounts that these numbers are, each in its place; none for one that is not known.
///
/// # Errors
/// What the database says.
pub fn find_many(conn: &mut DbConn, numbers: &[String]) -> Result<Vec<Option<AccountId>>> {
    let rows: Vec<NumberRow> = account_numbers::table
        .filter(account_numbers::number_key.eq_any(numbers.iter().map(|number| key(number))))
        .load(conn)?;
    let of = |number: &String| rows.iter().find(|row| row.number_key == key(number));
    Ok(numbers.iter().map(|number| of(number).map(|row| AccountId(row.account_id))).collect())
}

/// Remembers whose a number is.
///
/// # Errors
/// What the database says.
pub fn remember(w: &mut Writer<'_>, account: AccountId, number: &str) -> Result<()> {
    let operation_id = w.operation()?.0;
    let before: Option<NumberRow> = account_numbers::table
        .filter(account_numbers::number_key.eq(key(number)))
        .first(w.conn())
        .optional()?;
    match before {
        Some(before) if before.account_id == account.0 => Ok(()),
        Some(before) => {
            let after = NumberRow {
                account_id: account.0,
                number: number.to_owned(),
                operation_id,
                ..before.clone()
            };
            w.replace(&before, &after)
        }
        None => {
            let id: i64 = diesel::insert_into(account_numbers::table)
                .values((
                    account_numbers::account_id.eq(account.0),
                    account_numbers::number.eq(number),
                    account_numbers::number_key.eq(key(number)),
                    account_numbers::operation_id.eq(operation_id),
                ))
                .returning(account_numbers::id)
                .get_result(w.conn())?;
            w.created(Table::AccountNumbers, id)
        }
    }
}

/// Forgets the numbers of an account that is about to go.
///
/// # Errors
/// What the database says.
pub fn forget(w: &mut Writer<'_>, account: AccountId) -> Result<()> {
    let rows: Vec<NumberRow> =
        account_numbers::table.filter(account_numbers::account_id.eq(account.0)).load(w.conn())?;
    w.delete_all(&rows)
}

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

/// A kind of file, as far as accounts are known by what it calls them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileKind {
    /// Under which its names are kept apart from those of others.
    pub name: String,
    /// Whether its names are other ones in capitals.
    pub is_case_kept: bool,
}

/// By what numbers are the same: without blanks, in lower case (of ASCII, as SQL has it in a migration). Every other
/// mark counts: `1-23` is not `12-3`, nor `****1234` the account that ends likewise elsewhere. A name without a digit,
/// such as `Main`, is one bank's own: it holds for that kind of file alone. So do the names of other programs, which
/// may tell two accounts by nothing but a capital.
fn key(kind: &FileKind, number: &str) -> String {
    let FileKind { name: kind, is_case_kept } = kind;
    if *is_case_kept {
        return format!("{kind} {number}");
    }
    let plain: String = number.chars().filter(|c| !c.is_whitespace()).collect();
    let folded = plain.to_ascii_lowercase();
    if folded.bytes().any(|b| b.is_ascii_digit()) { folded } else { format!("{kind}{folded}") }
}

/// The accounts that these numbers are in a kind of file, each in its place; none for one that is not known.
///
/// # Errors
/// What the database says.
pub fn find_many(conn: &mut DbConn, kind: &FileKind, numbers: &[String]) -> Result<Vec<Option<AccountId>>> {
    let rows: Vec<NumberRow> = account_numbers::table
        .filter(account_numbers::number_key.eq_any(numbers.iter().map(|number| key(kind, number))))
        .load(conn)?;
    let of = |number: &String| rows.iter().find(|row| row.number_key == key(kind, number));
    Ok(numbers.iter().map(|number| of(number).map(|row| AccountId(row.account_id))).collect())
}

/// Remembers whose a number is in a kind of file.
///
/// # Errors
/// What the database says.
pub fn remember(w: &mut Writer<'_>, account: AccountId, kind: &FileKind, number: &str) -> Result<()> {
    let operation_id = w.operation()?.0;
    let before: Option<NumberRow> = account_numbers::table
        .filter(account_numbers::number_key.eq(key(kind, number)))
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
                    account_numbers::number_key.eq(key(kind, number)),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_blanks_and_case_make_no_difference() {
        let of = |name: &str| FileKind { name: name.to_owned(), is_case_kept: false };
        let (a, b) = (of("a:"), of("b:"));
        assert_eq!(key(&a, "DE12 3456"), key(&b, "de123456"));
        for (one, other) in [("1-23", "12-3"), ("****1234", "**1234"), ("1-23", "123"), ("x1", "1")] {
            assert_ne!(key(&a, one), key(&a, other), "{one} {other}");
        }
        assert_eq!(key(&a, "Main Account"), key(&a, "main account"));
        assert_ne!(key(&a, "Main"), key(&b, "Main"));
        let program = FileKind { name: "hledger".to_owned(), is_case_kept: true };
        assert_ne!(key(&program, "assets:Visa-Gold"), key(&program, "assets:Visa-gold"));
    }
}

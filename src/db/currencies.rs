//! Currencies: which there are, and with which scale.

use diesel::prelude::*;

use super::connection::DbConn;
use super::dialect::on_backend;
use super::schema::currencies;
use crate::domain::money::{Currency, CurrencyCode};
use crate::error::{Problem, Result};

/// Fills the table of a new book.
///
/// # Errors
/// What the database says.
pub fn seed(conn: &mut DbConn, all: &[Currency]) -> Result<()> {
    let rows: Vec<_> = all
        .iter()
        .map(|c| {
            (
                currencies::code.eq(c.code.as_str()),
                currencies::exponent.eq(c.exponent as i32),
                currencies::symbol.eq(&c.symbol),
            )
        })
        .collect();
    on_backend!(conn, c => diesel::insert_into(currencies::table).values(&rows).execute(c)?);
    Ok(())
}

/// The currency of that code.
///
/// # Errors
/// What the database says.
pub fn find(conn: &mut DbConn, code: CurrencyCode) -> Result<Option<Currency>> {
    let row: Option<(String, i32, String)> = currencies::table.find(code.as_str()).first(conn).optional()?;
    row.map(currency).transpose()
}

/// The currency of that code.
///
/// # Errors
/// A code that the book does not know.
pub fn get(conn: &mut DbConn, code: CurrencyCode) -> Result<Currency> {
    find(conn, code)?.ok_or_else(|| {
        Problem::not_found(format!("no currency has the code `{code}`"))
            .hint("codes are those of ISO 4217: EUR, GBP, USD, JPY, ...")
            .into()
    })
}

/// A row of the table as the domain has it.
pub fn currency((code, exponent, symbol): (String, i32, String)) -> Result<Currency> {
    let code = CurrencyCode::parse(&code).map_err(|e| Problem::internal(e.message))?;
    Ok(Currency { code, exponent: u32::try_from(exponent)?, symbol })
}

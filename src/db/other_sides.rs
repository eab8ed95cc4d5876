//! What may be the other side of a transfer: transactions that stand in one account alone, by one posting, with what
//! their bank says of them, and the numbers by which banks call accounts.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Nullable, Text};

use super::connection::DbConn;
use super::dialect::load_bound;
use super::schema::account_numbers;
use crate::domain::ids::AccountId;
use crate::error::Result;

/// A transaction by its only posting.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct OtherSide {
    /// The transaction.
    #[diesel(sql_type = BigInt)]
    pub transaction_id: i64,
    /// Where it stands.
    #[diesel(sql_type = BigInt)]
    pub account_id: i64,
    /// The day it hits that account.
    #[diesel(sql_type = Date)]
    pub date: NaiveDate,
    /// In minor units of that account.
    #[diesel(sql_type = BigInt)]
    pub amount: i64,
    /// Its payee.
    #[diesel(sql_type = Nullable<Text>)]
    pub payee: Option<String>,
    /// Its note.
    #[diesel(sql_type = Nullable<Text>)]
    pub note: Option<String>,
    /// The payee in the bank's words.
    #[diesel(sql_type = Nullable<Text>)]
    pub bank_payee: Option<String>,
    /// What else the bank says.
    #[diesel(sql_type = Nullable<Text>)]
    pub bank_memo: Option<String>,
    /// The account on its other side, as the bank names it.
    #[diesel(sql_type = Nullable<Text>)]
    pub other_account: Option<String>,
    /// Of which kind of file that row is.
    #[diesel(sql_type = Nullable<Text>)]
    pub source: Option<String>,
    /// Whether it has a category.
    #[diesel(sql_type = Bool)]
    pub has_category: bool,
}

/// Those of these accounts from a day to another, both included, with one of these amounts; in the order of ids.
///
/// # Errors
/// What the database says.
pub fn find(
    conn: &mut DbConn,
    accounts: &[AccountId],
    amounts: &[i64],
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<OtherSide>> {
    if accounts.is_empty() || amounts.is_empty() {
        return Ok(Vec::new());
    }
    let listed = |numbers: &mut dyn Iterator<Item = i64>| {
        numbers.map(|number| number.to_string()).collect::<Vec<_>>().join(",")
    };
    let sql = format!(
        "SELECT p.transaction_id, p.account_id, p.date, p.amount, y.name AS payee, t.note, \
         s.payee AS bank_payee, s.memo AS bank_memo, s.other_account, s.source, \
         p.category_id IS NOT NULL AS has_category \
         FROM postings p JOIN transactions t ON t.id = p.transaction_id \
         LEFT JOIN payees y ON y.id = t.payee_id \
         LEFT JOIN statement_lines s ON s.transaction_id = t.id AND s.account_id = p.account_id \
         WHERE p.account_id IN ({}) AND p.date >= '{from}' AND p.date <= '{to}' AND p.amount IN ({}) \
         AND NOT p.is_transfer AND NOT EXISTS (\
         SELECT 1 FROM postings q WHERE q.transaction_id = p.transaction_id AND q.id <> p.id) \
         ORDER BY p.transaction_id, s.id",
        listed(&mut accounts.iter().map(|account| account.0)),
        listed(&mut amounts.iter().copied()),
    );
    Ok(load_bound(conn, &sql, &[])?)
}

/// Everything by which files call an account, as they write it.
///
/// # Errors
/// What the database says.
pub fn numbers(conn: &mut DbConn) -> Result<Vec<(AccountId, String)>> {
    let rows: Vec<(i64, String)> = account_numbers::table
        .select((account_numbers::account_id, account_numbers::number))
        .order(account_numbers::id)
        .load(conn)?;
    Ok(rows.into_iter().map(|(account, number)| (AccountId(account), number)).collect())
}

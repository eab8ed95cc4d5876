//! Kept totals: per account and month, and per category and month. They change in the same transaction as
//! the postings, by differences, in the order of their keys so that two writers never wait for each other
//! crosswise.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use diesel::prelude::*;

use super::connection::DbConn;
use super::dialect::on_backend;
use super::postings::PostingRow;
use super::schema::{account_totals, category_totals};
use crate::domain::when::Month;
use crate::error::{Problem, Result};

/// Money out without a category that is no leg of a transfer: it counts as spending.
pub const UNCATEGORISED_OUT: i64 = 0;
/// Money in without a category that is no leg of a transfer.
pub const UNCATEGORISED_IN: i64 = -3;
/// Legs of transfers between accounts that are both on budget, or both off.
pub const SAME_SIDE: i64 = -1;
/// Legs of transfers between an account on budget and one off budget.
pub const OTHER_SIDE: i64 = -2;

/// Which rows of `category_totals` lack a category and should have one: what is no leg of a transfer, and legs on budget
/// of transfers from or to accounts off budget.
pub const IS_UNCATEGORISED_TOTAL: &str = "bucket IN (0, -3) OR (bucket = -2 AND is_on_budget)";

/// A row of the totals per account, or a difference to it. Amounts in minor units of the account.
#[derive(Debug, Clone, PartialEq, Eq, Insertable, Queryable)]
#[diesel(table_name = account_totals, treat_none_as_default_value = false)]
pub struct AccountTotal {
    /// The account.
    pub account_id: i64,
    /// `year * 100 + month`.
    pub month: i32,
    /// The sum of the amounts.
    pub amount: i64,
    /// The sum of those that are cleared or reconciled.
    pub cleared: i64,
    /// How many postings.
    pub postings: i64,
}

/// A row of the totals per category, or a difference to it. Values in minor units of the book.
#[derive(Debug, Clone, PartialEq, Eq, Insertable, Queryable)]
#[diesel(table_name = category_totals, treat_none_as_default_value = false)]
pub struct CategoryTotal {
    /// `year * 100 + month`.
    pub month: i32,
    /// A category's id, or one of the constants above.
    pub bucket: i64,
    /// Whether the accounts are on budget.
    pub is_on_budget: bool,
    /// The sum of the values.
    pub value: i64,
    /// How many postings.
    pub postings: i64,
}

/// `year * 100 + month`, by which totals are kept.
pub fn month_key(date: NaiveDate) -> i32 {
    date.year() * 100 + date.month() as i32
}

/// The month behind such a key.
///
/// # Errors
/// A key that is no month's: the totals are damaged.
pub fn month_of(key: i32) -> Result<Month> {
    let month = (1..=12).contains(&(key % 100)).then(|| Month::from_ordinal(key / 100 * 12 + key % 100 - 1));
    month.flatten().ok_or_else(|| Problem::internal(format!("the kept totals name the month `{key}`")).into())
}

/// Such a key as people read it: `2026-03`.
pub fn month_text(key: i32) -> String {
    format!("{}-{:02}", key / 100, key % 100)
}

/// Differences that one operation makes to the totals.
#[derive(Debug, Default)]
pub struct Totals {
    accounts: BTreeMap<(i64, i32), [i64; 3]>,
    categories: BTreeMap<(i32, i64, bool), [i64; 2]>,
}

impl Totals {
    /// Counts the postings of one transaction in (`sign` 1) or out (-1).
    ///
    /// # Errors
    /// A sum beyond 64 bits.
    pub fn count(&mut self, postings: &[PostingRow], on_budget: &[bool], sign: i64) -> Result<()> {
        for (posting, is_on_budget) in postings.iter().zip(on_budget.iter().copied()) {
            let month = month_key(posting.date);
            let cleared = if posting.status == "pending" { 0 } else { posting.amount };
            let account = self.accounts.entry((posting.account_id, month)).or_default();
            add_signed(account, [posting.amount, cleared, 1], sign)?;
            if let Some(value) = posting.value {
                let other_side = on_budget.iter().any(|other| *other != is_on_budget);
                let key = (month, bucket(posting, other_side), is_on_budget);
                add_signed(self.categories.entry(key).or_default(), [value, 1], sign)?;
            }
        }
        Ok(())
    }

    /// The differences that are not nothing, in the order of their keys.
    pub fn into_rows(self) -> (Vec<AccountTotal>, Vec<CategoryTotal>) {
        let accounts = self.accounts.into_iter().filter(|(_, sums)| *sums != [0; 3]);
        let categories = self.categories.into_iter().filter(|(_, sums)| *sums != [0; 2]);
        (
            accounts
                .map(|((account_id, month), [amount, cleared, postings])| AccountTotal {
                    account_id,
                    month,
                    amount,
                    cleared,
                    postings,
                })
                .collect(),
            categories
                .map(|((month, bucket, is_on_budget), [value, postings])| CategoryTotal {
                    month,
                    bucket,
                    is_on_budget,
                    value,
                    postings,
                })
                .collect(),
        )
    }
}

/// Which key a posting counts under.
pub fn bucket(posting: &PostingRow, crosses_budget: bool) -> i64 {
    match (posting.category_id, posting.is_transfer) {
        (Some(category), _) => category,
        (None, false) if posting.value.is_some_and(|value| value < 0) => UNCATEGORISED_OUT,
        (None, false) => UNCATEGORISED_IN,
        (None, true) if crosses_budget => OTHER_SIDE,
        (None, true) => SAME_SIDE,
    }
}

fn add_signed<const N: usize>(sums: &mut [i64; N], parts: [i64; N], sign: i64) -> Result<()> {
    for (sum, part) in sums.iter_mut().zip(parts) {
        *sum = part.checked_mul(sign).and_then(|part| sum.checked_add(part)).ok_or_else(too_large)?;
    }
    Ok(())
}

/// What is said when a sum leaves 64 bits.
pub fn too_large() -> Problem {
    Problem::conflict("the sum of this month would be larger than groat can count")
        .hint("a book holds up to 9,223,372,036,854,775,807 minor units an account and month")
}

/// `INSERT .. ON CONFLICT` that adds differences to the totals per account.
macro_rules! upsert_accounts {
    ($rows:expr) => {{
        use diesel::prelude::*;
        use diesel::upsert::excluded;
        use $crate::db::schema::account_totals as t;
        diesel::insert_into(t::table).values($rows).on_conflict((t::account_id, t::month)).do_update().set((
            t::amount.eq(t::amount + excluded(t::amount)),
            t::cleared.eq(t::cleared + excluded(t::cleared)),
            t::postings.eq(t::postings + excluded(t::postings)),
        ))
    }};
}
pub(crate) use upsert_accounts;

/// `INSERT .. ON CONFLICT` that adds differences to the totals per category.
macro_rules! upsert_categories {
    ($rows:expr) => {{
        use diesel::prelude::*;
        use diesel::upsert::excluded;
        use $crate::db::schema::category_totals as t;
        diesel::insert_into(t::table)
            .values($rows)
            .on_conflict((t::month, t::bucket, t::is_on_budget))
            .do_update()
            .set((
                t::value.eq(t::value + excluded(t::value)),
                t::postings.eq(t::postings + excluded(t::postings)),
            ))
    }};
}
pub(crate) use upsert_categories;

/// Adds differences to the totals.
///
/// # Errors
/// What the database says; a sum beyond 64 bits.
pub fn add(conn: &mut DbConn, accounts: Vec<AccountTotal>, categories: Vec<CategoryTotal>) -> Result<()> {
    for chunk in accounts.chunks(super::tables::CHUNK).map(<[_]>::to_vec) {
        on_backend!(conn, c => upsert_accounts!(chunk).execute(c)?);
    }
    for chunk in categories.chunks(super::tables::CHUNK).map(<[_]>::to_vec) {
        on_backend!(conn, c => upsert_categories!(chunk).execute(c)?);
    }
    Ok(())
}

/// Removes rows that count no posting any more, so that a change taken back leaves no trace.
///
/// # Errors
/// What the database says.
pub fn drop_empty(conn: &mut DbConn) -> Result<()> {
    diesel::delete(account_totals::table.filter(account_totals::postings.eq(0))).execute(conn)?;
    diesel::delete(category_totals::table.filter(category_totals::postings.eq(0))).execute(conn)?;
    Ok(())
}

/// A month in figures, minor units of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct MonthFigures {
    /// What came in through income categories, starting balances left out.
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    pub income: i64,
    /// What went out through expense categories or without a category; positive.
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    pub spending: i64,
    /// How many postings lack a category, as `is:uncategorised` finds them.
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    pub uncategorised: i64,
}

/// The figures of a month (`year * 100 + month`).
///
/// # Errors
/// What the database says; a sum beyond 64 bits.
pub fn month(conn: &mut DbConn, month: i32) -> Result<MonthFigures> {
    Ok(diesel::sql_query(format!(
        "SELECT CAST(coalesce(sum(CASE WHEN c.kind = 'income' AND (c.role IS NULL OR c.role = 'income') \
         THEN t.value ELSE 0 END), 0) AS BIGINT) AS income, \
         CAST(coalesce(sum(CASE WHEN c.kind = 'expense' OR t.bucket = 0 THEN -t.value ELSE 0 END), 0) AS BIGINT) \
         AS spending, \
         CAST(coalesce(sum(CASE WHEN {IS_UNCATEGORISED_TOTAL} THEN t.postings ELSE 0 END), 0) AS BIGINT) \
         AS uncategorised FROM category_totals t LEFT JOIN categories c ON c.id = t.bucket WHERE t.month = $1",
    ))
    .bind::<diesel::sql_types::Integer, _>(month)
    .get_result(conn)?)
}

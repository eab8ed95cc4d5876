//! Postings in the order of their days, each with what its account holds after it: one statement.

use chrono::{Datelike, NaiveDate};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable, Text};

use super::connection::DbConn;
use super::dialect;
use super::flows::days_between;
use super::query::{self, Condition, Scope, Test};
use super::totals::month_key;
use crate::domain::ids::AccountId;
use crate::domain::when::Period;
use crate::error::Result;

/// A posting with its names, newest first.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct RegisterRow {
    /// The transaction.
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// The day it hits the account.
    #[diesel(sql_type = Date)]
    pub date: NaiveDate,
    /// Who was paid, or paid.
    #[diesel(sql_type = Nullable<Text>)]
    pub payee: Option<String>,
    /// The transaction's remark.
    #[diesel(sql_type = Nullable<Text>)]
    pub note: Option<String>,
    /// Its identity, by which balances run.
    #[diesel(sql_type = BigInt)]
    pub account_id: i64,
    /// The account's name.
    #[diesel(sql_type = Text)]
    pub account: String,
    /// What the account is in.
    #[diesel(sql_type = Text)]
    pub currency: String,
    /// Digits after the point of that.
    #[diesel(sql_type = Integer)]
    pub exponent: i32,
    /// The category's name.
    #[diesel(sql_type = Nullable<Text>)]
    pub category: Option<String>,
    /// `group/category`.
    #[diesel(sql_type = Nullable<Text>)]
    pub slug: Option<String>,
    /// Of a transfer, the other account.
    #[diesel(sql_type = Nullable<Text>)]
    pub other: Option<String>,
    /// In minor units of the account; money in is positive.
    #[diesel(sql_type = BigInt)]
    pub amount: i64,
    /// The posting's remark.
    #[diesel(sql_type = Nullable<Text>)]
    pub memo: Option<String>,
    /// `pending`, `cleared` or `reconciled`.
    #[diesel(sql_type = Text)]
    pub status: String,
    /// What the account holds at the end of the period, after all of these; with a condition what all that fit come to
    /// in it.
    #[diesel(sql_type = BigInt)]
    pub closing: i64,
    /// How many postings fit altogether.
    #[diesel(sql_type = BigInt)]
    pub total: i64,
}

/// The last `limit` postings of a period (all with none) that fit the condition, newest first, of one account or of
/// all.
///
/// # Errors
/// What the database says; a sum beyond 64 bits.
pub fn load(
    conn: &mut DbConn,
    period: Period,
    account: Option<AccountId>,
    condition: Option<&Condition>,
    limit: Option<i64>,
) -> Result<Vec<RegisterRow>> {
    let of_account = account.map_or(String::new(), |id| format!(" AND account_id = {id}"));
    let days = days_between("p.date", period);
    let mut binds = Vec::new();
    // The account of the register is one that is named beside the query: `in:` asks what came into it.
    let named = account.map(|id| Condition::Fits(Test::Accounts(vec![id])));
    let condition = condition.map(|condition| match named {
        Some(named) => Condition::All(vec![named, condition.clone()]),
        None => condition.clone(),
    });
    let fits = condition.as_ref().map(|condition| query::sql(conn, condition, Scope::Posting, &mut binds));
    let fitting = match fits {
        None => format!("postings p WHERE 1 = 1{days}{of_account}"),
        Some(fits) => format!(
            "postings p JOIN transactions t ON t.id = p.transaction_id WHERE 1 = 1{days}{of_account} AND {fits}"
        ),
    };
    let closing = match condition {
        None => closing(period, &of_account),
        Some(_) => format!(
            "SELECT p.account_id, CAST(sum(p.amount) AS BIGINT) AS closing FROM {fitting} GROUP BY p.account_id"
        ),
    };
    let page = limit.map_or(String::new(), |limit| format!(" LIMIT {limit}"));
    let sql = format!(
        "SELECT p.transaction_id AS id, p.date AS date, y.name AS payee, t.note AS note, p.account_id AS account_id, \
         a.name AS account, a.currency AS currency, u.exponent AS exponent, c.name AS category, \
         g.name_key || '/' || c.name_key AS slug, CASE WHEN p.is_transfer THEN \
         (SELECT b.name FROM postings q JOIN accounts b ON b.id = q.account_id WHERE q.transaction_id = p.transaction_id \
         AND q.account_id <> p.account_id ORDER BY q.position LIMIT 1) END AS other, \
         p.amount AS amount, p.memo AS memo, p.status AS status, k.closing AS closing, \
         (SELECT count(*) FROM {fitting}) AS total \
         FROM (SELECT p.* FROM {fitting} ORDER BY p.date DESC, p.transaction_id DESC, p.position DESC{page}) p \
         JOIN transactions t ON t.id = p.transaction_id JOIN accounts a ON a.id = p.account_id \
         JOIN currencies u ON u.code = a.currency JOIN ({closing}) k ON k.account_id = p.account_id \
         LEFT JOIN payees y ON y.id = t.payee_id LEFT JOIN categories c ON c.id = p.category_id \
         LEFT JOIN category_groups g ON g.id = c.group_id \
         ORDER BY p.date DESC, p.transaction_id DESC, p.position DESC"
    );
    Ok(dialect::load_bound(conn, &sql, &binds)?)
}

/// What accounts hold at the end of the period: whole months from the kept totals, the rest from the postings.
fn closing(period: Period, of_account: &str) -> String {
    let parts = match period.to {
        None => format!("SELECT account_id, amount FROM account_totals WHERE 1 = 1{of_account}"),
        Some(to) => format!(
            "SELECT account_id, amount FROM account_totals WHERE month < {}{of_account} UNION ALL \
             SELECT account_id, amount FROM postings WHERE date >= '{}' AND date <= '{to}'{of_account}",
            month_key(to),
            to.with_day(1).unwrap_or(to)
        ),
    };
    format!("SELECT account_id, CAST(sum(amount) AS BIGINT) AS closing FROM ({parts}) x GROUP BY account_id")
}

//! Reconciling: an account against what its statement says. Where the cleared transactions agree, they are locked and
//! the balance is kept; where they do not, what may explain it is proposed and nothing changes, unless by force.
//!
//! `lock` says what is locked then; here `compare` sets both beside each other, `explain` finds the explanations, and
//! `proposal` words them.

mod compare;
pub mod explain;
mod proposal;

use chrono::NaiveDate;

use super::lookup;
use crate::db::cleared::{self, Row};
use crate::db::connection::DbConn;
use crate::db::names::{self, Names};
use crate::db::statement_balances::{self, Filed};
use crate::db::transactions;
use crate::db::writer::Writer;
use crate::domain::account::Account;
use crate::domain::counted;
use crate::domain::ids::{OperationId, TransactionId};
use crate::domain::money::{AmountInput, CurrencyCode, Minor, format_human};
use crate::domain::name::visible;
use crate::domain::transaction::{Amount, Status};
use crate::error::{Problem, Result};

pub use proposal::Proposal;

/// So many rows of a status are looked at, the nearest to the day first.
const LOOKED_AT: usize = 1000;

/// What the statement says.
#[derive(Debug, Clone)]
pub enum Statement {
    /// As typed, signed as stored.
    Said(AmountInput),
    /// As a file of this name stated it, in minor units of the account.
    Filed(Minor, String),
}

/// What is to be reconciled.
#[derive(Debug, Clone)]
pub struct Request {
    /// The account's name.
    pub account: String,
    /// What it held.
    pub statement: Statement,
    /// The day at whose end it held that.
    pub date: NaiveDate,
    /// Pending transactions that are on the statement too.
    pub seen: Vec<TransactionId>,
    /// Locks in spite of a difference.
    pub is_forced: bool,
}

/// What came of it. Amounts are in the account's currency; what is owed is negative.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Reconciliation {
    /// The operation; none where nothing was changed.
    pub operation: Option<OperationId>,
    /// What was done, or what stands in the way.
    pub summary: String,
    /// The account's name.
    pub account: String,
    /// What it is in.
    pub currency: CurrencyCode,
    /// The day of the statement.
    pub date: NaiveDate,
    /// What the statement says.
    pub statement: Amount,
    /// The file that says so; none when the user does.
    pub statement_file: Option<String>,
    /// What is cleared or reconciled up to that day.
    pub cleared: Amount,
    /// What is pending up to that day.
    pub pending: Amount,
    /// What the statement has more than is cleared.
    pub difference: Amount,
    /// How many transactions were locked.
    pub reconciled: usize,
    /// Whether that was in spite of a difference.
    pub is_forced: bool,
    /// What may explain the difference, the likeliest first.
    pub proposals: Vec<Proposal>,
    /// The transactions that were locked.
    pub transactions: Vec<TransactionId>,
    /// For people, on stderr.
    #[serde(skip)]
    pub notes: Vec<String>,
}

/// The account that is meant, and the newest balance that a file states of it (of that day, if one is given), with the
/// one that it was reconciled with already on that day or later.
///
/// # Errors
/// An unknown account.
pub fn begin(
    conn: &mut DbConn,
    account: &str,
    today: NaiveDate,
    date: Option<NaiveDate>,
) -> Result<(Account, Option<Filed>)> {
    let names = names::load(conn, None)?;
    let account = lookup::account(&names, account)?.clone();
    let stated = statement_balances::newest_filed(conn, account.id, today, date)?;
    Ok((account, stated))
}

/// The transactions of an account that are pending up to a day (inclusive), the nearest first.
///
/// # Errors
/// What the database says.
pub fn pending(conn: &mut DbConn, account: &Account, until: NaiveDate) -> Result<Vec<Row>> {
    cleared::rows(conn, account.id, until, Status::Pending, LOOKED_AT)
}

/// Refuses a day that has not come yet: no statement can be of it.
///
/// # Errors
/// Such a day.
pub fn refuse_future(date: NaiveDate, today: NaiveDate) -> Result<()> {
    if date > today {
        return Err(Problem::usage(format!("`{date}` is in the future: no statement can be of that day"))
            .hint(format!("today is {today}; `--date` is the day that the statement is of"))
            .into());
    }
    Ok(())
}

/// Locks what is cleared in an account up to the statement's day and keeps the balance, if both agree.
///
/// # Errors
/// An unknown account; an amount in another currency; a transaction that is not pending any more.
pub fn reconcile(w: &mut Writer<'_>, request: &Request) -> Result<Reconciliation> {
    let names = names::load(w.conn(), None)?;
    let account = lookup::account(&names, &request.account)?.clone();
    let mut notes = Vec::new();
    let mut result = compare::compare(w, request, &account, &mut notes)?;
    if !result.difference.minor.is_zero() && !request.is_forced {
        result.proposals = proposals(w, &names, &account, request, &result)?;
        return Ok(Reconciliation { notes, ..result });
    }
    result.is_forced = !result.difference.minor.is_zero();
    result.summary = summary(&result);
    result.operation = Some(w.begin(&result.summary)?);
    transactions::clear(w, account.id, request.date, &request.seen)?;
    result.transactions = transactions::reconcile(w, account.id, request.date)?;
    result.reconciled = result.transactions.len();
    statement_balances::insert_reconciled(w, account.id, request.date, result.statement.minor)?;
    Ok(Reconciliation { notes, ..result })
}

/// `reconciled Checking with 1,234.56 EUR on 2026-01-15`.
fn summary(result: &Reconciliation) -> String {
    let shown = |amount: Amount| format_human(amount.minor, amount.exponent);
    let force = match result.is_forced {
        true => format!(", by force: {} of it is not in the book", shown(result.difference)),
        false => String::new(),
    };
    let (statement, currency) = (shown(result.statement), result.currency);
    format!("reconciled {} with {statement} {currency} on {}{force}", result.account, result.date)
}

fn proposals(
    w: &mut Writer<'_>,
    names: &Names,
    account: &Account,
    request: &Request,
    result: &Reconciliation,
) -> Result<Vec<Proposal>> {
    let seen = |row: &Row| request.seen.contains(&row.transaction);
    let all = pending(w.conn(), account, request.date)?;
    let pending: Vec<Row> = all.into_iter().filter(|row| !seen(row)).collect();
    let cleared = cleared::rows(w.conn(), account.id, request.date, Status::Cleared, LOOKED_AT)?;
    let explained = explain::explain(result.difference.minor, &pending, &cleared);
    let wording = proposal::Wording { account };
    let turned = wording.of_turned(result);
    if turned.is_some() || !explained.is_empty() {
        return Ok(turned.into_iter().chain(explained.iter().map(|one| wording.of(one))).collect());
    }
    let opening = cleared::opening(w.conn(), account.id)?;
    Ok(wording.of_nothing(names, result, &opening))
}

/// What the answer says of how many were locked.
pub fn locked(result: &Reconciliation) -> String {
    let count = i64::try_from(result.reconciled).unwrap_or(i64::MAX);
    format!("{}: {} locked", visible(&result.summary), counted(count, "transaction", "transactions"))
}

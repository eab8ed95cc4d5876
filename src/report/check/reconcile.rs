//! Whether accounts hold what their statements say: the newest that a file stated, and the newest that was reconciled,
//! to which nothing may have been added since that the bank has seen.

use chrono::NaiveDate;

use super::Finding;
use crate::db::accounts;
use crate::db::cleared;
use crate::db::connection::DbConn;
use crate::db::operations;
use crate::db::statement_balances::{Origin, Stated, newest_of_all};
use crate::domain::account::Account;
use crate::domain::counted;
use crate::domain::money::{Minor, format_human, format_minor};
use crate::domain::name::visible;
use crate::error::{OrUsage, Result};
use crate::ledger::lookup::quoted;

/// Looks at the newest balance of each origin up to a day (inclusive), of every open account.
///
/// # Errors
/// A sum beyond 64 bits.
pub fn check(conn: &mut DbConn, at: NaiveDate) -> Result<Vec<Finding>> {
    let accounts = accounts::list(conn)?;
    let mut findings = Vec::new();
    for stated in newest_of_all(conn, at)? {
        let account = accounts.iter().find(|account| account.id == stated.account && !account.is_closed);
        let Some(account) = account else { continue };
        let there = match stated.origin {
            Origin::File => Minor(cleared::sums(conn, account.id, stated.date)?.cleared),
            Origin::Reconciled => cleared::reconciled(conn, account.id, stated.date)?,
        };
        let message = if there != stated.amount {
            Some(told(account, &stated, there)?)
        } else if stated.origin == Origin::Reconciled {
            since(conn, account, &stated)?
        } else {
            None
        };
        if let Some(message) = message {
            findings.push(Finding { check: "reconcile", severity: "warning", message, category_slug: None });
        }
    }
    Ok(findings)
}

/// What was cleared of the time that was reconciled, after that agreed; none where it comes to nothing. Of a day that had
/// not ended when it was reconciled, more may come.
fn since(conn: &mut DbConn, account: &Account, stated: &Stated) -> Result<Option<String>> {
    let had_ended = operations::get(conn, stated.operation)?.at.date() > stated.date;
    let until = if had_ended { Some(stated.date) } else { stated.date.pred_opt() };
    let Some(until) = until else { return Ok(None) };
    let (count, amount) = cleared::open(conn, account.id, until)?;
    if amount.is_zero() {
        return Ok(None);
    }
    let shown = |amount: Minor| format_human(amount, account.exponent);
    let (name, code, date) = (visible(&account.name), account.currency, stated.date);
    Ok(Some(format!(
        "{name} was reconciled with {} {code} on {date}, but {} up to {until} {} cleared since, {}: \
         `groat list -a {} is:cleared -p ..{until}`",
        shown(stated.amount),
        counted(count, "transaction", "transactions"),
        if count == 1 { "was" } else { "were" },
        shown(amount),
        quoted(&account.key),
    )))
}

fn told(account: &Account, stated: &Stated, there: Minor) -> Result<String> {
    let shown = |amount: Minor| format_human(amount, account.exponent);
    let difference = shown(stated.amount.checked_sub(there).usage()?);
    let (amount, there) = (shown(stated.amount), shown(there));
    let (name, code, date) = (visible(&account.name), account.currency, stated.date);
    let command = format!(
        "`groat reconcile {} --statement {} -d {date}`",
        quoted(&account.key),
        format_minor(stated.amount, account.exponent)
    );
    Ok(match (&stated.file, stated.origin) {
        (Some((file, _)), _) => format!(
            "{} states {amount} {code} in {name} on {date}, cleared are {there}, which differs by {difference}: {command}",
            visible(file)
        ),
        (None, _) => format!(
            "{name} was reconciled with {amount} {code} on {date}, reconciled are {there}, which differs by \
             {difference}: {command}"
        ),
    })
}

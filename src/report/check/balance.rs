//! Whether any money is below a floor that it should not fall below.

use chrono::NaiveDate;

use super::Finding;
use crate::db::connection::DbConn;
use crate::db::{currencies, holdings, postings};
use crate::domain::account::AccountKind;
use crate::domain::money::{AmountInput, CurrencyCode, Minor, format_human};
use crate::domain::name::visible;
use crate::error::{OrUsage, Result};

/// Which accounts are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// All of them.
    All,
    /// Those that money came into by then: what another one held at first was never said, so that it may hold anything.
    Known,
}

/// Looks at what cash, checking and savings accounts hold at the end of a day, against a floor in their own currency;
/// those that are in another currency than the floor states are left out.
///
/// # Errors
/// A floor beyond 64 bits; what the database says.
pub fn check(
    conn: &mut DbConn,
    at: NaiveDate,
    floor: Option<&AmountInput>,
    reach: Reach,
) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for held in holdings::load(conn, at)? {
        let account = &held.account;
        let is_money =
            matches!(account.kind, AccountKind::Cash | AccountKind::Checking | AccountKind::Savings);
        if !is_money || account.is_closed {
            continue;
        }
        let Some(floor) = floor_of(conn, account.currency, floor)? else { continue };
        if held.balance >= floor.0 || reach == Reach::Known && !postings::has_inflow(conn, account.id, at)? {
            continue;
        }
        let shown = |minor| format_human(minor, account.exponent);
        let message = format!(
            "{} holds {} {} on {at}, below {}",
            visible(&account.name),
            shown(Minor(held.balance)),
            account.currency,
            shown(floor)
        );
        findings.push(Finding { check: "balance", severity: "warning", message, category_slug: None });
    }
    Ok(findings)
}

/// The floor in minor units of a currency, 0 without one; none where it is stated in another currency.
fn floor_of(conn: &mut DbConn, code: CurrencyCode, floor: Option<&AmountInput>) -> Result<Option<Minor>> {
    let Some(floor) = floor else { return Ok(Some(Minor::ZERO)) };
    let currency = currencies::get(conn, code)?;
    if !floor.may_be_in(&currency) {
        return Ok(None);
    }
    Ok(Some(floor.to_minor(&currency).usage()?.minor))
}

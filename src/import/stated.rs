//! Balances that a file states of an account: kept with its batch, and compared with what is cleared by then.

use super::formats::{Layout, StatedBalance};
use super::plan::{Request, Rows, minor};
use crate::db::writer::Writer;
use crate::db::{cleared, statement_balances};
use crate::domain::ids::BatchId;
use crate::domain::money::{Minor, format_human};
use crate::error::Result;

/// Keeps the balances that the file states of the account, and tells the newest that the book does not agree with.
///
/// # Errors
/// What the database says.
pub fn keep(
    w: &mut Writer<'_>,
    layout: &Layout,
    request: &Request,
    batch: BatchId,
) -> Result<Option<String>> {
    let account = &request.account;
    let is_own = |stated: &&StatedBalance| {
        stated.account.as_ref().is_none_or(|name| match &request.rows {
            Rows::All => true,
            Rows::Of { names, .. } => names.contains(name),
        }) && stated.currency.as_deref().is_none_or(|code| code == account.currency.as_str())
    };
    let own = layout.balances().iter().filter(is_own);
    let (mut fitting, mut odd) = (Vec::new(), None);
    for stated in own {
        match minor(stated.amount, account.exponent) {
            Some(amount) => fitting.push((stated.date, amount)),
            None => odd = Some(stated),
        }
    }
    let odd = odd.map(|stated| {
        format!(
            "the balance {} on {} is no amount of {}: it is left out",
            stated.amount, stated.date, account.currency
        )
    });
    statement_balances::insert_of_batch(w, batch, account.id, &fitting)?;
    let Some((date, stated)) = fitting.into_iter().max_by_key(|(date, _)| *date) else { return Ok(odd) };
    // The sums of whole months are read from the kept totals.
    w.settle_totals()?;
    let cleared = Minor(cleared::sums(w.conn(), account.id, date)?.cleared);
    let shown = |minor| format_human(minor, account.exponent);
    Ok((cleared != stated)
        .then(|| {
            format!(
                "the statement says {} {} on {date}, cleared in {} are {}: `groat reconcile {}`",
                shown(stated),
                account.currency,
                account.name,
                shown(cleared),
                crate::ledger::lookup::quoted(&account.name)
            )
        })
        .or(odd))
}

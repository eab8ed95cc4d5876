//! What a statement says beside what the book has: what is cleared, what is pending, and the difference.

use super::{Reconciliation, Request, Statement, pending};
use crate::db::cleared;
use crate::db::writer::Writer;
use crate::domain::account::Account;
use crate::domain::money::{AmountInput, Minor, format_human};
use crate::domain::transaction::Amount;
use crate::error::{OrUsage, Problem, Result};
use crate::ledger::resolve;

/// The statement beside the book, nothing changed yet.
///
/// # Errors
/// An amount in another currency; a transaction that is not pending any more; a sum beyond 64 bits.
pub fn compare(
    w: &mut Writer<'_>,
    request: &Request,
    account: &Account,
    notes: &mut Vec<String>,
) -> Result<Reconciliation> {
    let (statement, statement_file) = match &request.statement {
        Statement::Said(amount) => (said(w, account, amount, notes)?, None),
        Statement::Filed(amount, file) => (*amount, Some(file.clone())),
    };
    let sums = cleared::sums(w.conn(), account.id, request.date)?;
    let seen = seen(w, request, account)?;
    let cleared = Minor(sums.cleared).checked_add(seen).usage()?;
    let pending = Minor(sums.pending).checked_sub(seen).usage()?;
    let amount = |minor| Amount { minor, exponent: account.exponent };
    Ok(Reconciliation {
        operation: None,
        summary: format!("{} does not agree with its statement of {}", account.name, request.date),
        account: account.name.clone(),
        currency: account.currency,
        date: request.date,
        statement: amount(statement),
        statement_file,
        cleared: amount(cleared),
        pending: amount(pending),
        difference: amount(statement.checked_sub(cleared).usage()?),
        reconciled: 0,
        is_forced: false,
        proposals: Vec::new(),
        transactions: Vec::new(),
        notes: Vec::new(),
    })
}

/// An amount as it was typed; 0 is one that a statement can say.
fn said(
    w: &mut Writer<'_>,
    account: &Account,
    amount: &AmountInput,
    notes: &mut Vec<String>,
) -> Result<Minor> {
    let currency = resolve::currency_of(w, account)?;
    let exact = amount.to_minor(&currency).usage()?;
    if let Some(from) = exact.rounded_from {
        let shown = format_human(exact.minor, currency.exponent);
        notes.push(format!("rounded {} to {shown} {}", from.round_dp(10).normalize(), currency.code));
    }
    Ok(exact.minor)
}

/// What the pending transactions come to that are on the statement too.
fn seen(w: &mut Writer<'_>, request: &Request, account: &Account) -> Result<Minor> {
    if request.seen.is_empty() {
        return Ok(Minor::ZERO);
    }
    let pending = pending(w.conn(), account, request.date)?;
    let amounts = request.seen.iter().map(|id| {
        let row = pending.iter().find(|row| row.transaction == *id);
        row.map(|row| row.amount).ok_or_else(|| {
            Problem::conflict(format!("transaction {id} is not pending in `{}` any more", account.name))
                .hint("try again")
        })
    });
    Minor::checked_sum(amounts.collect::<Result<Vec<_>, _>>()?).usage()
}

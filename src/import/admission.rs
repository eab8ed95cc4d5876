//! Whether rows may go into an account, as it is when they are to be written.

use super::plan::{ImportPlan, Request};
use crate::db::names;
use crate::db::writer::Writer;
use crate::error::{Problem, Result};
use crate::ledger::lookup::quoted;

/// The request with the account as it is now: it was read before the file was looked at, perhaps minutes ago.
pub fn current(w: &mut Writer<'_>, request: &Request) -> Result<Request> {
    let names = names::load(w.conn(), None)?;
    names.refuse_changed_book(w.currency.code)?;
    let account = names.accounts.into_iter().find(|account| account.id == request.account.id);
    let account = account.filter(|account| {
        account.is_closed == request.account.is_closed && account.currency == request.account.currency
    });
    let account = account.ok_or_else(|| {
        Problem::conflict(format!("the account `{}` was changed a moment ago", request.account.name))
            .hint("try again")
    })?;
    Ok(Request { account, ..request.clone() })
}

/// Another program's export has the rows of closed accounts for ever: only new ones are refused.
pub fn refuse_closed(request: &Request, plan: &ImportPlan) -> Result<()> {
    let account = &request.account;
    let new = plan.matched.decisions.iter().filter(|decision| decision.makes_one()).count();
    if !account.is_closed || new == 0 {
        return Ok(());
    }
    let rows = if new == 1 { "1 row is".to_owned() } else { format!("{new} rows are") };
    let name = quoted(&account.name);
    Err(Problem::conflict(format!("`{}` is closed, and {rows} new in it", account.name))
        .hint(format!("`groat account reopen {name}`, or say another account: `--map NAME=ACCOUNT`"))
        .into())
}

/// An account in another currency than the book's, on budget, has no values for its rows.
pub fn refuse_valueless(w: &Writer<'_>, request: &Request) -> Result<()> {
    let account = &request.account;
    if account.is_on_budget && account.currency != w.currency.code {
        return Err(Problem::conflict(format!(
            "`{}` is in {} but on budget, which is kept in {}",
            account.name, account.currency, w.currency.code
        ))
        .hint(format!(
            "take it off budget first: `groat account edit {} --off-budget`",
            quoted(&account.name)
        ))
        .into());
    }
    Ok(())
}

//! Whether accounts that a file fills hold what its rows of them come to. Both sides of a transfer are in such a file, and
//! what is taken for two that is one would be there twice.

use std::collections::HashSet;

use super::formats::Layout;
use super::imported::Part;
use super::plan::Request;
use crate::db::postings;
use crate::db::writer::Writer;
use crate::domain::ids::AccountId;
use crate::domain::money::Minor;
use crate::domain::transaction::Amount;
use crate::error::Result;
use crate::ledger::lookup::quoted;

/// The accounts that another program's file would fill: nothing is in them yet.
///
/// # Errors
/// What the database says.
pub fn empty(w: &mut Writer<'_>, layout: &Layout, requests: &[Request]) -> Result<HashSet<AccountId>> {
    let mut empty = HashSet::new();
    if !layout.says_purposes() {
        return Ok(empty);
    }
    for request in requests {
        if !postings::are_in(w.conn(), request.account.id)? {
            empty.insert(request.account.id);
        }
    }
    Ok(empty)
}

/// Notes where such an account holds something else than its rows come to; where sides were added that the file does not
/// show, it does, and that is told already.
pub fn compare(parts: &mut [Part], empty: &HashSet<AccountId>, has_added: bool) {
    for part in parts.iter_mut().filter(|part| !has_added && empty.contains(&part.plan.account.id)) {
        let (account, moved) = (&part.plan.account, part.moved);
        let Some(balance) = part.balance.filter(|balance| i128::from(balance.0) != moved) else { continue };
        let Ok(moved) = i64::try_from(moved).map(Minor) else { continue };
        let amount = |minor| Amount { minor, exponent: account.exponent };
        let note = format!(
            "the rows of `{}` come to {}, but it holds {} now: compare it with the other program, a transfer may be there \
             twice; `groat list acct:{}` shows all",
            account.name,
            amount(moved),
            amount(balance),
            quoted(&account.name)
        );
        part.plan.notes.push(note);
    }
}

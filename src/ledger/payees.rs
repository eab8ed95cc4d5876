//! Looking after payees: renaming and merging them.

use super::{Done, lookup};
use crate::db::connection::DbConn;
use crate::db::payees::{self, Payee};
use crate::db::transactions;
use crate::db::writer::Writer;
use crate::domain::name::{NameKind, clean, fold, visible};
use crate::error::{OrUsage, Problem, Result};

/// Every payee, in the order of their names.
///
/// # Errors
/// What the database says.
pub fn list(conn: &mut DbConn) -> Result<Vec<Payee>> {
    payees::list(conn)
}

/// Gives a payee another name; the old one goes on meaning it.
///
/// # Errors
/// An unknown one; a name that cannot be, or that another payee has.
pub fn rename(w: &mut Writer<'_>, text: &str, name: &str) -> Result<Done> {
    let all = payees::list(w.conn())?;
    let payee = find(&all, text)?;
    let name = clean(NameKind::Payee, name).usage()?;
    let key = fold(&name);
    if let Some(other) =
        all.iter().find(|other| other.id != payee.id && (other.key == key || other.alias_keys.contains(&key)))
    {
        return Err(Problem::conflict(format!("`{name}` already means the payee `{}`", other.name))
            .hint(format!(
                "`groat payee merge {} {}` makes them one",
                lookup::quoted(&payee.name),
                lookup::quoted(&other.name)
            ))
            .into());
    }
    let summary = format!("renamed payee {} to {name}", payee.name);
    let operation = w.begin(&summary)?;
    payees::rename(w, payee.id, &name, &key)?;
    Ok(Done { operation: Some(operation), summary, transactions: Vec::new() })
}

/// Makes one payee of two: the transactions of the first go to the second, and its names with them.
///
/// # Errors
/// An unknown one; the same twice.
pub fn merge(w: &mut Writer<'_>, from: &str, into: &str) -> Result<Done> {
    let all = payees::list(w.conn())?;
    let from = find(&all, from)?;
    let into = find(&all, into)?;
    if from.id == into.id {
        return Err(Problem::usage(format!("`{}` cannot be merged into itself", from.name)).into());
    }
    let ids = payees::transactions_of(w.conn(), from.id)?;
    let summary = format!("merged payee {} into {}", from.name, into.name);
    let operation = w.begin(&summary)?;
    transactions::set_payee(w, &ids, into.id.0)?;
    payees::absorb(w, from.id, into.id)?;
    Ok(Done { operation: Some(operation), summary, transactions: ids })
}

/// Name, then alias, then prefix, then near match.
fn find<'a>(all: &'a [Payee], text: &str) -> Result<&'a Payee> {
    let key = fold(text);
    if let Some(payee) = all.iter().find(|payee| payee.key == key || payee.alias_keys.contains(&key)) {
        return Ok(payee);
    }
    match lookup::find(&key, all.iter(), |payee| &payee.key) {
        lookup::Outcome::One(found) => Ok(found.found),
        lookup::Outcome::Several(several) => {
            Err(lookup::ambiguous("payee", text, several.iter().map(|payee| payee.name.clone())).into())
        }
        lookup::Outcome::None(near) => {
            let problem = Problem::not_found(format!("no payee named `{}`", visible(text)));
            Err(match near.first() {
                Some(first) => problem.hint(format!("did you mean `{}`?", visible(&first.name))),
                None => problem.hint("`groat payee list` shows them"),
            }
            .into())
        }
    }
}

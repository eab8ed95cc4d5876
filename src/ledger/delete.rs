//! Deleting transactions, and recording one again as a copy.

use chrono::NaiveDate;

use super::list::get;
use super::{Done, lock, resolve};
use crate::db::tables::Imaged;
use crate::db::writer::Writer;
use crate::db::{names, statement_lines, transactions};
use crate::domain::ids::TransactionId;
use crate::domain::transaction::{NewPosting, NewTransaction, Transaction};
use crate::error::{Problem, Result};

/// Deletes transactions, all or none. What a bank's file brought stays known, so that it is not imported again.
///
/// # Errors
/// The first id that no transaction bears; a reconciled transaction, unless by force.
pub fn delete(w: &mut Writer<'_>, ids: &[TransactionId], is_forced: bool) -> Result<Done> {
    let images = transactions::get_images(w.conn(), ids)?;
    let locked = images.iter().filter(|image| lock::holds(image));
    let broken: Vec<TransactionId> = locked.map(|image| TransactionId(image.id())).collect();
    lock::refuse(&broken, is_forced)?;
    let summary = match ids {
        [only] => format!("deleted transaction {only}"),
        _ => format!("deleted {} transactions", images.len()),
    };
    let summary = lock::told(&summary, &broken);
    let operation = w.begin(&summary)?;
    statement_lines::detach(w, ids)?;
    transactions::remove(w, &images)?;
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    Ok(Done { operation: Some(operation), summary, transactions: ids })
}

/// Records a transaction again on another day.
///
/// # Errors
/// An unknown id; an account that is closed by now.
pub fn duplicate(w: &mut Writer<'_>, id: TransactionId, date: NaiveDate) -> Result<Transaction> {
    let book = w.currency;
    let old = get(w.conn(), id, book)?;
    let accounts = names::load(w.conn(), None)?.accounts;
    let mut postings = Vec::new();
    for posting in &old.postings {
        let account = accounts.iter().find(|account| account.id == posting.account_id);
        let account = account.ok_or_else(|| Problem::conflict("the account went away").hint("try again"))?;
        if account.is_closed {
            return Err(Problem::conflict(format!("the account `{}` is closed", account.name)).into());
        }
        postings.push(NewPosting {
            account: account.id,
            category: posting.category_id,
            date,
            amount: posting.amount.minor,
            value: posting.value.map(|value| value.minor),
            memo: posting.memo.clone(),
            status: resolve::default_status(account),
        });
    }
    let tags = old.tags.iter().map(|tag| super::tags::get_id(w.conn(), tag)).collect::<Result<_>>()?;
    w.begin(&format!("duplicated transaction {id}"))?;
    let new = NewTransaction { date, payee: old.payee_id, note: old.note.clone(), tags, postings };
    let copy = transactions::insert(w, &new)?;
    get(w.conn(), copy, book)
}

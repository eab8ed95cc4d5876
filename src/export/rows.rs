//! Transactions with the names that people read, a page at a time: what `output/` makes CSV and JSON of. They are those
//! of `listing`, made of what was read of the whole book at once instead of a join for each posting.

use chrono::DateTime;

use super::Request;
use super::told::Told;
use crate::db::connection::DbConn;
pub use crate::db::pages::Detail;
use crate::db::pages::{self, Entry, Leg, Stamp};
use crate::domain::ids::OperationId;
use crate::domain::transaction::{Amount, Posting, Transaction};
use crate::error::Result;
use crate::ledger::query::resolve;

/// Gives `take` what fits, oldest first.
///
/// # Errors
/// Those of the query and of `take`; what the database says.
pub fn pages(
    conn: &mut DbConn,
    request: &Request<'_>,
    detail: Detail,
    mut take: impl FnMut(&[Transaction]) -> Result<()>,
) -> Result<()> {
    let condition = resolve(conn, request.query)?;
    let told = Told::load(conn, request.book)?;
    pages::all(conn, |conn| {
        let mut last = None;
        loop {
            let entries = pages::after(conn, condition.as_ref(), last, detail)?;
            let Some(newest) = entries.last() else { return Ok(()) };
            last = Some((newest.date, newest.id));
            let page = entries.into_iter().map(|entry| transaction(entry, &told));
            take(&page.collect::<Result<Vec<Transaction>>>()?)?;
        }
    })
}

/// That of a transaction whose stamp is not read, as it has no column in CSV.
const NO_STAMP: Stamp = Stamp {
    created_at: DateTime::UNIX_EPOCH.naive_utc(),
    operation: OperationId(0),
    updated_at: DateTime::UNIX_EPOCH.naive_utc(),
};

fn transaction(entry: Entry, told: &Told) -> Result<Transaction> {
    let stamp = entry.stamp.unwrap_or(NO_STAMP);
    let mut tags = entry.tags.iter().map(|id| told.tag(*id)).collect::<Result<Vec<_>>>()?;
    tags.sort_by(|a, b| a.key.cmp(&b.key));
    Ok(Transaction {
        id: entry.id,
        date: entry.date,
        payee: entry.payee,
        payee_id: None,
        note: entry.note,
        tags: tags.into_iter().map(|tag| tag.name.clone()).collect(),
        postings: entry.legs.into_iter().map(|leg| posting(leg, told)).collect::<Result<_>>()?,
        created_at: stamp.created_at,
        updated_at: stamp.updated_at,
        operation: stamp.operation,
    })
}

fn posting(leg: Leg, told: &Told) -> Result<Posting> {
    let account = told.account(leg.account)?;
    let category = leg.category.map(|id| told.category(id)).transpose()?;
    Ok(Posting {
        account: account.name.clone(),
        account_id: account.id,
        category: category.map(|category| category.name.clone()),
        category_slug: category.map(|category| category.slug.clone()),
        category_id: leg.category,
        category_kind: category.map(|category| category.kind),
        date: leg.date,
        amount: Amount { minor: leg.amount, exponent: account.exponent },
        currency: account.currency,
        value: leg.value.map(|minor| Amount { minor, exponent: told.currency.exponent }),
        memo: leg.memo,
        status: leg.status,
    })
}

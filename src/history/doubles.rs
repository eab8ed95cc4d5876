//! What taking an operation back must not do: count money twice that has come in again meanwhile. A transaction that
//! was deleted, or taken back with its import, comes back only where no later statement shows its row as another one.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::db::batches;
use crate::db::changes::{self, Change};
use crate::db::operations::Operation;
use crate::db::statement_lines::{self, LineRow};
use crate::db::tables::{Imaged, Table};
use crate::db::transactions::TransactionImage;
use crate::db::writer::Writer;
use crate::domain::ids::{AccountId, OperationId};
use crate::error::{Problem, Result};

/// What a statement shows of a transaction: account, day, and minor units.
type Leg = (i64, NaiveDate, i64);

/// What would come back.
#[derive(Default)]
struct Returning {
    /// The transactions, by what statements show of them.
    legs: HashMap<Leg, Vec<Shown>>,
    /// The rows that are known although their transactions were deleted, by transaction and account: later files were
    /// told apart from them.
    known: HashMap<(i64, i64), Vec<Known>>,
}

/// A transaction, and whether it is a payment of a booking of that sum.
#[derive(Clone, Copy)]
struct Shown {
    transaction: i64,
    is_payment: bool,
}

struct Known {
    source: String,
    number: Option<String>,
}

/// Refuses to bring transactions back that have come in again since.
///
/// # Errors
/// Such a transaction, naming what brought it in.
pub fn refuse(w: &mut Writer<'_>, target: &Operation, changes: &[Change]) -> Result<()> {
    let of = |table| changes.iter().filter(move |change| change.table == table && change.before.is_some());
    if of(Table::Transactions).next().is_none() {
        return Ok(());
    }
    let appeared = changes::appeared_since(w.conn(), Table::Transactions, target.id)?;
    if appeared.is_empty() {
        return Ok(());
    }
    let transactions: Vec<&Change> = of(Table::Transactions).collect();
    let lines: Vec<&Change> = of(Table::StatementLines).collect();
    let returning = returning(w, &transactions, &lines)?;
    if returning.legs.is_empty() {
        return Ok(());
    }
    let mut ids: Vec<i64> = appeared.keys().copied().collect();
    ids.sort_unstable();
    for line in statement_lines::of_transactions(w.conn(), &ids)? {
        let Some(again) = line.transaction_id else { continue };
        if let Some(back) = doubled(w, &returning, &line, again)? {
            let by = appeared.get(&again).map_or(line.operation_id, |by| by.0.max(line.operation_id));
            return Err(told(w, target, back, &line, (again, OperationId(by)))?.into());
        }
    }
    Ok(())
}

/// What comes back, as statements show it: in the accounts in which it does not stand now.
fn returning(w: &mut Writer<'_>, transactions: &[&Change], lines: &[&Change]) -> Result<Returning> {
    let ids: Vec<i64> = transactions.iter().map(|change| change.row_id).collect();
    let now: HashSet<(i64, i64)> = TransactionImage::find_many(w.conn(), &ids)?
        .iter()
        .flat_map(|image| image.accounts().map(|account| (image.id(), account)).collect::<Vec<_>>())
        .collect();
    let mut back = HashSet::new();
    let mut returning = Returning::default();
    for change in transactions {
        let id = change.row_id;
        let mut days: HashMap<(i64, NaiveDate), i64> = HashMap::new();
        for posting in change.postings()?.unwrap_or_default() {
            if !now.contains(&(id, posting.account_id)) {
                let sum = days.entry((posting.account_id, posting.date)).or_default();
                *sum = sum.saturating_add(posting.amount);
            }
        }
        for ((account, date), amount) in days {
            back.insert(id);
            let shown = Shown { transaction: id, is_payment: false };
            returning.legs.entry((account, date, amount)).or_default().push(shown);
        }
    }
    let ids: Vec<i64> = lines.iter().map(|change| change.row_id).collect();
    let present: HashSet<i64> = LineRow::find_many(w.conn(), &ids)?.iter().map(Imaged::id).collect();
    for change in lines {
        let Some(line) = change.before.as_deref().map(serde_json::from_str::<LineRow>).transpose()? else {
            continue;
        };
        let Some(id) = line.transaction_id else { continue };
        // It may have been edited since, and another account's is still what that one's statement showed.
        if let (Some(date), Some(amount)) = (line.date, line.amount)
            && back.contains(&id)
            && !now.contains(&(id, line.account_id))
        {
            for (amount, is_payment) in amounts(&line, amount) {
                let shown = Shown { transaction: id, is_payment };
                returning.legs.entry((line.account_id, date, amount)).or_default().push(shown);
            }
        }
        if present.contains(&line.id) {
            let known = Known { number: number(&line), source: line.source };
            returning.known.entry((id, line.account_id)).or_default().push(known);
        }
    }
    Ok(returning)
}

/// The transaction that would come back although this line shows its row as another one.
fn doubled(w: &mut Writer<'_>, returning: &Returning, line: &LineRow, again: i64) -> Result<Option<i64>> {
    let (Some(date), Some(amount)) = (line.date, line.amount) else { return Ok(None) };
    // A payment of a booking may be there as the whole of it, and the whole as its payments.
    for (shown, is_payment) in amounts(line, amount) {
        let back = returning.legs.get(&(line.account_id, date, shown)).into_iter().flatten();
        for back in back.filter(|back| back.transaction != again) {
            let id = back.transaction;
            let Some(known) = returning.known.get(&(id, line.account_id)) else { return Ok(Some(id)) };
            let is_apart = match is_payment || back.is_payment {
                // What bears another number is another booking.
                true => {
                    let own = number(line);
                    let differs = |known: &Known| known.number.is_some() && known.number != own;
                    is_payment == back.is_payment || (own.is_some() && known.iter().all(differs))
                }
                // Its file was told apart from what was deleted: by its own earlier row, or by one that was left out.
                false => {
                    let account = AccountId(line.account_id);
                    known.iter().any(|known| known.source == line.source)
                        || statement_lines::has_unclaimed(w.conn(), account, &line.source, date, amount)?
                }
            };
            if !is_apart {
                return Ok(Some(id));
            }
        }
    }
    Ok(None)
}

/// What a line shows: its amount, and that of the booking that it is a payment of.
fn amounts(line: &LineRow, amount: i64) -> impl Iterator<Item = (i64, bool)> {
    std::iter::once((amount, false)).chain(line.booking_total().map(|total| (total, true)))
}

/// What the bank numbers a row by, or the booking that it is a payment of.
fn number(line: &LineRow) -> Option<String> {
    let number = if line.booking.is_some() { line.booking_number() } else { line.bank_id.as_deref() };
    number.map(str::to_owned)
}

fn told(
    w: &mut Writer<'_>,
    target: &Operation,
    back: i64,
    line: &LineRow,
    (again, by): (i64, OperationId),
) -> Result<Problem> {
    let first = match batches::newest_of_line(w.conn(), line.id)? {
        Some(batch) => format!("groat import undo {batch}"),
        None => format!("groat undo {by}"),
    };
    Ok(Problem::conflict(format!(
        "transaction {back} has come in again since, as transaction {again}, by operation {by}: both would count"
    ))
    .hint(format!("`{first}` first takes that back; then `groat undo {}`", target.id)))
}

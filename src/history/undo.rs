//! Which operation is taken back, and whether it can be: only when every row still is as it left it.

use super::doubles;
use super::restore::{self, Kept};
use crate::db::operations::{self, Operation};
use crate::db::writer::Writer;
use crate::db::{changes, tables::Table};
use crate::domain::ids::{OperationId, TransactionId};
use crate::error::{Problem, Result};

/// What undo did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The new operation.
    pub operation: OperationId,
    /// The one that was taken back.
    pub target: Operation,
    /// What the new operation is called in the log.
    pub summary: String,
    /// The transactions that changed, came back or went.
    pub transactions: Vec<TransactionId>,
    /// What stays although the operation made it.
    pub kept: Vec<Kept>,
}

/// Takes an operation back: the one given, else this actor's newest that stands and is no undo.
///
/// # Errors
/// Nothing to undo; one that is undone already; one whose rows have changed or come in again since, naming the
/// operation that did it.
pub fn undo(w: &mut Writer<'_>, wanted: Option<OperationId>) -> Result<Undone> {
    let target = match wanted {
        Some(id) => operations::get(w.conn(), id)?,
        None => {
            let actor = w.actor().to_owned();
            operations::newest_to_undo(w.conn(), &actor)?.ok_or_else(|| {
                Problem::conflict("there is nothing to undo").hint(format!(
                    "`groat log` shows what was done; `groat undo OP` takes back what others than {actor} did"
                ))
            })?
        }
    };
    take_back(w, target, "undo")
}

/// Takes this actor's newest undo back, if nothing was done since.
///
/// # Errors
/// Nothing to redo; rows that have changed since.
pub fn redo(w: &mut Writer<'_>) -> Result<Undone> {
    let target = newest_undo(w)?.ok_or_else(|| {
        Problem::conflict("there is nothing to redo")
            .hint("redo takes back an undo while nothing else was done since; `groat log` shows all")
    })?;
    take_back(w, target, "redo")
}

/// This actor's newest standing undo of a change. A standing change found before it means that something was
/// done since.
fn newest_undo(w: &mut Writer<'_>) -> Result<Option<Operation>> {
    const PAGE: i64 = 50;
    let actor = w.actor().to_owned();
    for page in 0.. {
        let operations = operations::newest_of(w.conn(), &actor, PAGE, page * PAGE)?;
        let is_last = i64::try_from(operations.len())? < PAGE;
        for operation in operations {
            match operation.undoes {
                None if operation.is_undone => {}
                None => return Ok(None),
                Some(_) if operation.is_undone => {}
                Some(target) => {
                    if operations::get(w.conn(), target)?.undoes.is_none() {
                        return Ok(Some(operation));
                    }
                }
            }
        }
        if is_last {
            break;
        }
    }
    Ok(None)
}

fn take_back(w: &mut Writer<'_>, target: Operation, verb: &str) -> Result<Undone> {
    if target.is_undone {
        return Err(Problem::conflict(format!("operation {} is already undone", target.id))
            .hint("`groat redo` does it again, as long as nothing else was done since")
            .into());
    }
    let changes = changes::of_operation(w.conn(), target.id)?;
    let told = match target.undoes {
        Some(undone) => operations::get(w.conn(), undone)?.summary,
        None => target.summary.clone(),
    };
    let summary = format!("{verb}: {told}");
    let operation = w.begin_undoing(&summary, Some(target.id))?;
    let mut transactions: Vec<TransactionId> = changes
        .iter()
        .filter(|change| change.table == Table::Transactions)
        .map(|change| TransactionId(change.row_id))
        .collect();
    transactions.sort_unstable();
    doubles::refuse(w, &target, &changes)?;
    let kept = restore::restore(w, &target, changes)?;
    toggle(w, &target)?;
    Ok(Undone { operation, target, summary, transactions, kept })
}

/// Marks the target as undone, what it had undone as standing again, and so on down the chain.
fn toggle(w: &mut Writer<'_>, target: &Operation) -> Result<()> {
    let mut is_undone = true;
    let mut next = Some(target.id);
    while let Some(id) = next {
        operations::set_undone(w, id, is_undone)?;
        is_undone = !is_undone;
        next = operations::get(w.conn(), id)?.undoes;
    }
    Ok(())
}

//! Putting rows back to what they were before an operation: first a look whether each still is as the
//! operation left it, then updates and re-creations with parents first, then removals with children first.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::db::account_numbers::NumberRow;
use crate::db::accounts::AccountRow;
use crate::db::batches::BatchImage;
use crate::db::book::BookTableRow;
use crate::db::budget_holds::HoldRow;
use crate::db::budget_moves::MoveRow;
use crate::db::budget_targets::TargetRow;
use crate::db::carryovers::CarryoverRow;
use crate::db::categories::CategoryRow;
use crate::db::changes::{self, Change};
use crate::db::groups::GroupRow;
use crate::db::operations::{self, Operation};
use crate::db::payees::PayeeImage;
use crate::db::rules::RuleImage;
use crate::db::sources::SourceRow;
use crate::db::statement_balances::BalanceRow;
use crate::db::statement_lines::LineRow;
use crate::db::tables::{Imaged, Table};
use crate::db::tags::TagRow;
use crate::db::transactions::{self, TransactionImage};
use crate::db::usage;
use crate::db::writer::Writer;
use crate::domain::ids::OperationId;
use crate::error::{Problem, Result};

/// Runs `$body` with `$row` standing for the image type of a table.
macro_rules! for_table {
    ($table:expr, $row:ident => $body:expr) => {
        match $table {
            Table::Book => {
                type $row = BookTableRow;
                $body
            }
            Table::Accounts => {
                type $row = AccountRow;
                $body
            }
            Table::CategoryGroups => {
                type $row = GroupRow;
                $body
            }
            Table::Categories => {
                type $row = CategoryRow;
                $body
            }
            Table::Payees => {
                type $row = PayeeImage;
                $body
            }
            Table::Tags => {
                type $row = TagRow;
                $body
            }
            Table::Transactions => {
                type $row = TransactionImage;
                $body
            }
            Table::ImportSources => {
                type $row = SourceRow;
                $body
            }
            Table::ImportBatches => {
                type $row = BatchImage;
                $body
            }
            Table::StatementLines => {
                type $row = LineRow;
                $body
            }
            Table::StatementBalances => {
                type $row = BalanceRow;
                $body
            }
            Table::AccountNumbers => {
                type $row = NumberRow;
                $body
            }
            Table::BudgetMoves => {
                type $row = MoveRow;
                $body
            }
            Table::BudgetHolds => {
                type $row = HoldRow;
                $body
            }
            Table::Carryovers => {
                type $row = CarryoverRow;
                $body
            }
            Table::BudgetTargets => {
                type $row = TargetRow;
                $body
            }
            Table::Rules => {
                type $row = RuleImage;
                $body
            }
        }
    };
}

/// What an operation made and its undo leaves there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What it is: "payee `Coffee`".
    pub what: String,
    /// Whether somebody changed it since; otherwise something else uses it by now.
    pub is_changed: bool,
}

impl Kept {
    fn changed<T: Imaged>(row: &T) -> Kept {
        Kept { what: told(row), is_changed: true }
    }

    fn in_use<T: Imaged>(row: &T) -> Kept {
        Kept { what: told(row), is_changed: false }
    }
}

fn told<T: Imaged>(row: &T) -> String {
    format!("{} `{}`", T::TABLE.word(), row.label())
}

/// What is to be done to the rows of one table.
struct Work<T> {
    updates: Vec<(T, T)>,
    recreations: Vec<T>,
    removals: Vec<T>,
    /// Made in passing and changed since: these stay.
    changed: Vec<T>,
}

/// Removing the rows of one table, once those of its children are gone; answers what stays.
type Removal = Box<dyn FnOnce(&mut Writer<'_>) -> Result<Vec<Kept>>>;

/// Takes the changes of `target` back; answers what it made in passing and stays, as others use or changed it.
///
/// # Errors
/// A row that has changed since, naming who changed it; a name that is taken by now.
pub fn restore(w: &mut Writer<'_>, target: &Operation, changes: Vec<Change>) -> Result<Vec<Kept>> {
    let mut by_table: BTreeMap<Table, Vec<Change>> = BTreeMap::new();
    for change in changes {
        by_table.entry(change.table).or_default().push(change);
    }
    let mut removals: Vec<Removal> = Vec::new();
    let mut flags_changed = false;
    let is_about_transactions = by_table.contains_key(&Table::Transactions);
    let mut kept = Vec::new();
    for table in Table::ALL {
        let Some(changes) = by_table.remove(&table) else { continue };
        for_table!(table, Row => {
            let may_stay = is_about_transactions && table.is_made_in_passing();
            let work = plan::<Row>(w, target, &changes, may_stay)?;
            kept.extend(work.changed.iter().map(Kept::changed));
            flags_changed |= table == Table::Accounts && !work.updates.is_empty();
            refuse_other_currencies(w, target, &work)?;
            let rows = work.removals;
            let must_go = must_go(w, target, &rows)?;
            Row::release(w.conn(), &must_go.iter().copied().collect::<Vec<_>>())?;
            put_back(w, work.updates, work.recreations)?;
            if !rows.is_empty() {
                removals.push(Box::new(move |w: &mut Writer<'_>| remove(w, rows, &must_go)));
            }
        });
        w.forget_accounts();
    }
    for removal in removals.into_iter().rev() {
        kept.extend(removal(w)?);
    }
    if flags_changed {
        w.rebuild_totals()?;
    }
    if w.is_only_an_operation() && !kept.is_empty() {
        let what: Vec<&str> = kept.iter().map(|kept| kept.what.as_str()).collect();
        return Err(Problem::conflict(format!("{} is in use by now", what.join(", ")))
            .hint("`groat log` shows what was done since")
            .into());
    }
    Ok(kept)
}

/// Sorts the changes of one table into what is to be done, and refuses when a row is not as it was left; but one that
/// was made `in_passing` then stays.
fn plan<T: Imaged>(
    w: &mut Writer<'_>,
    target: &Operation,
    changes: &[Change],
    in_passing: bool,
) -> Result<Work<T>> {
    let ids: Vec<i64> = changes.iter().map(|change| change.row_id).collect();
    let mut present: HashMap<i64, T> =
        T::find_many(w.conn(), &ids)?.into_iter().map(|row| (row.id(), row)).collect();
    let mut work =
        Work { updates: Vec::new(), recreations: Vec::new(), removals: Vec::new(), changed: Vec::new() };
    for change in changes {
        let row = present.remove(&change.row_id);
        if let Some(problem) = check(w, target, change, row.as_ref())? {
            match row.filter(|_| in_passing && change.before.is_none()) {
                Some(row) if must_go(w, target, std::slice::from_ref(&row))?.is_empty() => {
                    work.changed.push(row);
                    continue;
                }
                _ => return Err(problem.into()),
            }
        }
        match (&change.before, row) {
            (Some(image), Some(row)) => work.updates.push((row, read(image)?)),
            (Some(image), None) => work.recreations.push(read(image)?),
            (None, Some(row)) => work.removals.push(row),
            (None, None) => {}
        }
    }
    Ok(work)
}

fn read<T: Imaged>(image: &str) -> Result<T> {
    serde_json::from_str(image).map_err(|e| {
        Problem::conflict(format!(
            "the history keeps this {} in a form that this groat does not read: {e}",
            T::TABLE.word()
        ))
        .into()
    })
}

/// What an operation left behind of a row.
enum Left {
    /// The row, carrying this operation.
    Present(Option<i64>),
    /// Nothing.
    Absent,
}

/// What is wrong when a row is no longer what the operation left.
fn check<T: Imaged>(
    w: &mut Writer<'_>,
    target: &Operation,
    change: &Change,
    row: Option<&T>,
) -> Result<Option<Problem>> {
    let left = left_by(w, target, change, row.is_some())?;
    let carried = match left {
        Left::Present(carried) => carried,
        Left::Absent if row.is_none() => return Ok(None),
        Left::Absent => None,
    };
    if let (Left::Present(_), Some(row)) = (&left, row)
        && row.operation() == carried
    {
        return Ok(None);
    }
    let later = match carried {
        Some(carried) => changes::who_came_after(w.conn(), OperationId(carried), T::TABLE, change.row_id)?,
        None => None,
    };
    let later = later.or_else(|| row.and_then(Imaged::operation).map(OperationId));
    let what =
        format!("{} {}", T::TABLE.word(), row.map_or_else(|| change.row_id.to_string(), Imaged::label));
    Ok(Some(match later {
        Some(later) => Problem::conflict(format!("{what} was changed since, by operation {later}"))
            .hint(format!("take that back first: `groat undo {later}`")),
        None => {
            Problem::conflict(format!("{what} was changed since")).hint("`groat log` shows what was done")
        }
    }))
}

/// What `target` left of a row: a change leaves it carrying its own number or gone; an undo leaves it as it was
/// before what it undid.
fn left_by(w: &mut Writer<'_>, target: &Operation, change: &Change, is_present: bool) -> Result<Left> {
    if let Some(undone) = target.undoes {
        let original = changes::of_row(w.conn(), undone, change.table, change.row_id)?;
        return Ok(match original {
            Some(original) if original.before.is_some() => Left::Present(original.prior),
            _ => Left::Absent,
        });
    }
    let own = Left::Present(Some(target.id.0));
    if is_present || change.before.is_none() {
        return Ok(own);
    }
    // Gone: by this operation, unless a later one found the row carrying this one's number.
    let later = changes::who_came_after(w.conn(), target.id, change.table, change.row_id)?;
    Ok(if later.is_some() { own } else { Left::Absent })
}

fn put_back<T: Imaged + 'static>(
    w: &mut Writer<'_>,
    updates: Vec<(T, T)>,
    recreations: Vec<T>,
) -> Result<()> {
    for (now, before) in &updates {
        if let (Some(now), Some(before)) = (as_type::<T, AccountRow>(now), as_type(before)) {
            now.refuse_unfit(w.conn(), before)?;
        }
        if let (Some(now), Some(before)) = (as_type::<T, BookTableRow>(now), as_type(before)) {
            now.refuse_unfit(w.conn(), before)?;
        }
        if let (Some(now), Some(before)) = (as_type::<T, CategoryRow>(now), as_type(before)) {
            now.refuse_unfit(w.conn(), before)?;
        }
        match (as_transaction(now), as_transaction(before)) {
            (Some(now), Some(before)) => transactions::restore(w, now, before)?,
            _ => w.replace(now, before)?,
        }
    }
    if recreations.is_empty() {
        return Ok(());
    }
    let images: Vec<TransactionImage> = recreations.iter().filter_map(as_transaction).cloned().collect();
    if images.len() == recreations.len() {
        transactions::recreate(w, &images)
    } else {
        w.insert_all(&recreations)
    }
}

/// Transactions and balances come back only into accounts, and a book, that are in the currency that they were in.
fn refuse_other_currencies<T: Imaged + 'static>(
    w: &mut Writer<'_>,
    target: &Operation,
    work: &Work<T>,
) -> Result<()> {
    let images = work.updates.iter().map(|(_, before)| before).chain(&work.recreations);
    let mut accounts = HashSet::new();
    for image in images {
        accounts.extend(as_transaction(image).into_iter().flat_map(TransactionImage::accounts));
        accounts.extend(as_type(image).map(BalanceRow::account));
    }
    if accounts.is_empty() {
        return Ok(());
    }
    let changed = |what: String| {
        Problem::conflict(format!("{what} changed its currency since"))
            .hint("`groat log` shows what was done since; take that back first")
    };
    // The first image of a row is what it was then; what it was in between does not matter.
    let then = changes::images_since(w.conn(), Table::Accounts, target.id)?;
    let now = AccountRow::find_many(w.conn(), &accounts.into_iter().collect::<Vec<_>>())?;
    for account in now {
        let first = then.iter().find(|(id, _)| *id == account.id());
        if let Some((_, image)) = first
            && read::<AccountRow>(image)?.currency() != account.currency()
        {
            return Err(changed(format!("the account `{}`", account.label())).into());
        }
    }
    match changes::images_since(w.conn(), Table::Book, target.id)?.first() {
        Some((_, image)) if read::<BookTableRow>(image)?.currency() != w.currency.code.as_str() => {
            Err(changed("the book".to_owned()).into())
        }
        _ => Ok(()),
    }
}

/// Those of the rows that an operation removed and only an undo brought back: they are to go again. What an
/// operation made in passing may stay.
fn must_go<T: Imaged>(w: &mut Writer<'_>, target: &Operation, rows: &[T]) -> Result<HashSet<i64>> {
    let mut ids = HashSet::new();
    if target.undoes.is_none() {
        return Ok(ids);
    }
    let mut root = target.clone();
    while let Some(id) = root.undoes {
        root = operations::get(w.conn(), id)?;
    }
    for row in rows {
        let original = changes::of_row(w.conn(), root.id, T::TABLE, row.id())?;
        if original.is_some_and(|original| original.before.is_some()) {
            ids.insert(row.id());
        }
    }
    Ok(ids)
}

/// Removes what nothing uses; answers what stays.
fn remove<T: Imaged + 'static>(
    w: &mut Writer<'_>,
    rows: Vec<T>,
    must_go: &HashSet<i64>,
) -> Result<Vec<Kept>> {
    let ids: Vec<i64> = rows.iter().map(Imaged::id).collect();
    let used = usage::used(w.conn(), T::TABLE, &ids)?;
    let (stay, go): (Vec<T>, Vec<T>) = rows.into_iter().partition(|row| used.contains(&row.id()));
    if let Some(row) = stay.iter().find(|row| must_go.contains(&row.id())) {
        return Err(Problem::conflict(format!("{} `{}` is in use by now", T::TABLE.word(), row.label()))
            .hint("`groat log` shows what was done since")
            .into());
    }
    if T::TABLE == Table::StatementLines && !stay.is_empty() {
        return Err(Problem::conflict(format!("{} rows of this import are held by a later import too", stay.len()))
            .hint("undo the later one first, or take a file back with `groat import undo BATCH` (see `groat import list`)")
            .into());
    }
    if T::TABLE == Table::Accounts {
        w.settle_totals()?;
    }
    let images: Vec<TransactionImage> = go.iter().filter_map(as_transaction).cloned().collect();
    if images.len() == go.len() && !images.is_empty() {
        transactions::remove(w, &images)?;
    } else {
        w.delete_all(&go)?;
    }
    Ok(stay.iter().map(Kept::in_use).collect())
}

/// Transactions go through functions of their own, which keep the totals.
fn as_transaction<T: 'static>(row: &T) -> Option<&TransactionImage> {
    as_type(row)
}

/// The row, if it is one of that type.
fn as_type<T: 'static, U: 'static>(row: &T) -> Option<&U> {
    (row as &dyn std::any::Any).downcast_ref()
}

//! What becomes of transactions when rows of a statement are taken back: those that imports made go, those that rows
//! confirmed are again what the user had left, those that the user has changed since stay.
//!
//! The history tells which: from the operation that a transaction carries back through those of imports, to its making
//! or to what the user did last. Merging payees, categories or tags is no change of the
//! transactions that bear them, and neither is what rules make of them.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::key;
use crate::db::changes::{self, Change};
use crate::db::connection::DbConn;
use crate::db::statement_lines::{self, LineRow};
use crate::db::tables::{Imaged, Table};
use crate::db::transactions::TransactionImage;
use crate::domain::ids::{AccountId, OperationId};
use crate::error::Result;
use crate::ledger::lock;

/// What becomes of the transactions of rows that are taken back; the others stay as they are.
#[derive(Debug, Default)]
pub struct Fates {
    /// They were made by imports, and nothing else claims them.
    pub removed: Vec<TransactionImage>,
    /// As they are, and as they were before imports confirmed them.
    pub restored: Vec<(TransactionImage, TransactionImage)>,
    /// They stay, as they were edited or reconciled since.
    pub kept: Vec<i64>,
}

/// Who did something to a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doer {
    Import,
    /// Something else was changed, and the transaction with it.
    Upkeep,
    User,
}

/// Where a transaction came from, seen through the imports since.
#[derive(Debug)]
enum Origin {
    /// An import made it.
    Import,
    /// It is as the user left it, in this operation.
    Untouched(OperationId),
    /// It was this when the user left it; imports changed it since.
    User(Box<TransactionImage>),
    /// It was the user's, and upkeep has changed it since its rows came.
    Blurred,
}

/// Decides what becomes of the transactions of these lines of one account.
///
/// # Errors
/// What the database says.
pub fn fates(
    conn: &mut DbConn,
    account: AccountId,
    lines: &[LineRow],
    images: Vec<TransactionImage>,
) -> Result<Fates> {
    let going: HashSet<i64> = lines.iter().map(|line| line.id).collect();
    let ids: Vec<i64> = images.iter().map(Imaged::id).collect();
    let mut claimed_here = HashSet::new();
    let mut claimed_elsewhere = HashSet::new();
    // Rows that showed the transaction as pending, and stay: it is again what they left.
    let mut floors: HashMap<i64, i64> = HashMap::new();
    for line in statement_lines::of_transactions(conn, &ids)? {
        let Some(transaction) = line.transaction_id.filter(|_| !going.contains(&line.id)) else { continue };
        if line.account_id != account.0 {
            claimed_elsewhere.insert(transaction);
        } else if key::is_pending(&line.row_key) {
            let floor = floors.entry(transaction).or_default();
            *floor = (*floor).max(line.operation_id);
        } else {
            claimed_here.insert(transaction);
        }
    }
    let latest = latest_lines(lines);
    let open: Vec<TransactionImage> =
        images.into_iter().filter(|image| !claimed_here.contains(&image.id())).collect();
    let mut origins = origins(conn, &open, Bounds { floors: &floors, since: &first_lines(lines) })?;
    // What the user changed and nothing else shows any more: without its row the file would bring it in again.
    let last: Vec<&TransactionImage> = open
        .iter()
        .filter(|image| matches!(origins.get(&image.id()), Some(Origin::Untouched(_) | Origin::User(_))))
        .filter(|image| !claimed_elsewhere.contains(&image.id()) && !floors.contains_key(&image.id()))
        .collect();
    let brought = made_by_imports(conn, &last)?;
    let mut fates = Fates::default();
    for image in open {
        let id = image.id();
        match origins.remove(&id) {
            Some(Origin::Untouched(_) | Origin::User(_)) if brought.contains(&id) => fates.kept.push(id),
            Some(Origin::Import) if lock::holds(&image) => fates.kept.push(id),
            Some(Origin::User(_)) if lock::holds_in(&image, account) => fates.kept.push(id),
            Some(Origin::Import) if !claimed_elsewhere.contains(&id) => fates.removed.push(image),
            Some(Origin::User(before)) => fates.restored.push((image, *before)),
            // The row found nothing to change in it, and nobody has changed it since.
            Some(Origin::Untouched(by)) if latest.get(&id).is_some_and(|line| by.0 < *line) => {}
            Some(Origin::Import) if made_here(conn, account, &image, lines)? => {
                let rest = image.without(account.0);
                fates.restored.push((image, rest));
            }
            Some(Origin::Import) | None => {}
            Some(Origin::Untouched(_) | Origin::Blurred) => fates.kept.push(id),
        }
    }
    fates.keep_together(lines);
    Ok(fates)
}

/// The line of the row that a line is, or is a share of.
pub fn row_of(line: &LineRow) -> i64 {
    key::whole_of(&line.row_key).unwrap_or(line.id)
}

/// The rows that are any of these transactions.
pub fn rows_of(lines: &[LineRow], transactions: &HashSet<i64>) -> HashSet<i64> {
    let is_one = |line: &&LineRow| line.transaction_id.is_some_and(|id| transactions.contains(&id));
    lines.iter().filter(is_one).map(row_of).collect()
}

impl Fates {
    /// Of a row that is several payments all stay where one does: it stays as a whole.
    fn keep_together(&mut self, lines: &[LineRow]) {
        let rows = rows_of(lines, &self.kept.iter().copied().collect());
        let stays = lines.iter().filter(|line| rows.contains(&row_of(line)));
        let stays: HashSet<i64> = stays.filter_map(|line| line.transaction_id).collect();
        let removed = self.removed.extract_if(.., |image| stays.contains(&image.id()));
        let restored = self.restored.extract_if(.., |(image, _)| stays.contains(&image.id()));
        self.kept.extend(removed.map(|image| image.id()));
        self.kept.extend(restored.map(|(image, _)| image.id()));
    }
}

/// Those of the transactions that imports made, whatever the user did to them since.
fn made_by_imports(conn: &mut DbConn, images: &[&TransactionImage]) -> Result<HashSet<i64>> {
    let mut found = HashSet::new();
    let mut open: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for image in images {
        open.entry(image.operation().unwrap_or(0)).or_default().push(image.id());
    }
    while let Some((operation, ids)) = open.pop_last() {
        let by = OperationId(operation);
        let (made, changed): (Vec<Change>, Vec<Change>) =
            changes::of_rows(conn, by, Table::Transactions, &ids)?
                .into_iter()
                .partition(|change| change.before.is_none());
        if !made.is_empty() && changes::is_import(conn, by)? {
            found.extend(made.into_iter().map(|change| change.row_id));
        }
        for change in changed {
            open.entry(change.prior.unwrap_or(0)).or_default().push(change.row_id);
        }
    }
    Ok(found)
}

/// Whether rows that go made the leg in their account of what other accounts' rows are, too.
fn made_here(
    conn: &mut DbConn,
    account: AccountId,
    image: &TransactionImage,
    lines: &[LineRow],
) -> Result<bool> {
    for line in lines.iter().filter(|line| line.transaction_id == Some(image.id())) {
        if line.decision == "new" {
            return Ok(true);
        }
        let operation = OperationId(line.operation_id);
        for change in changes::of_rows(conn, operation, Table::Transactions, &[image.id()])? {
            let before =
                change.before.as_deref().map(serde_json::from_str::<TransactionImage>).transpose()?;
            if before.is_some_and(|before| before.accounts().all(|other| other != account.0)) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// The newest operation of the lines of each transaction.
fn latest_lines(lines: &[LineRow]) -> HashMap<i64, i64> {
    of_lines(lines, i64::max)
}

/// The oldest operation of the lines of each transaction.
fn first_lines(lines: &[LineRow]) -> HashMap<i64, i64> {
    of_lines(lines, i64::min)
}

fn of_lines(lines: &[LineRow], choose: fn(i64, i64) -> i64) -> HashMap<i64, i64> {
    let mut chosen = HashMap::new();
    for line in lines {
        if let Some(transaction) = line.transaction_id {
            let operation: &mut i64 = chosen.entry(transaction).or_insert(line.operation_id);
            *operation = choose(*operation, line.operation_id);
        }
    }
    chosen
}

/// Where following a transaction back through imports and upkeep ends.
#[derive(Debug)]
enum End {
    /// Where an import made it.
    Imported,
    /// At what the user did last.
    Left {
        /// The operation.
        by: OperationId,
        /// What it left; none when nothing was done since.
        before: Option<Box<TransactionImage>>,
        /// Whether an import has changed it since.
        is_imported: bool,
        /// Whether upkeep has.
        is_blurred: bool,
    },
    /// The history does not tell.
    Lost,
}

/// A transaction on its way back through the history.
struct Trail {
    id: i64,
    /// As it was before the operations seen so far, of those since its rows came; none before the first.
    before: Option<Box<TransactionImage>>,
    is_imported: bool,
    is_blurred: bool,
}

impl Trail {
    /// What an operation did to it counts where its rows were there already: what was before is what they found.
    fn past(self, before: TransactionImage, doer: Doer, counts: bool) -> Trail {
        match counts {
            true => Trail {
                before: Some(Box::new(before)),
                is_imported: self.is_imported || doer == Doer::Import,
                is_blurred: self.is_blurred || doer == Doer::Upkeep,
                ..self
            },
            false => self,
        }
    }
}

/// How far back transactions are followed, by their numbers.
#[derive(Clone, Copy)]
struct Bounds<'a> {
    /// Not beyond these operations.
    floors: &'a HashMap<i64, i64>,
    /// The operations that brought the rows which go: what was done before these is no part of them.
    since: &'a HashMap<i64, i64>,
}

fn origins(
    conn: &mut DbConn,
    images: &[TransactionImage],
    bounds: Bounds<'_>,
) -> Result<HashMap<i64, Origin>> {
    let origin = |end| match end {
        End::Imported => Origin::Import,
        End::Left { before: Some(_), is_imported: true, is_blurred: true, .. } | End::Lost => Origin::Blurred,
        End::Left { before: Some(before), is_imported: true, .. } => Origin::User(before),
        End::Left { by, .. } => Origin::Untouched(by),
    };
    Ok(follow(conn, images, bounds)?.into_iter().map(|(id, end)| (id, origin(end))).collect())
}

/// Follows each transaction back through the operations of imports and upkeep, but not beyond its floor.
fn follow(conn: &mut DbConn, images: &[TransactionImage], bounds: Bounds<'_>) -> Result<HashMap<i64, End>> {
    let mut found = HashMap::new();
    // By the operation that comes next; the latest is looked at first.
    let mut open: BTreeMap<i64, Vec<Trail>> = BTreeMap::new();
    for image in images {
        let trail = Trail { id: image.id(), before: None, is_imported: false, is_blurred: false };
        open.entry(image.operation().unwrap_or(0)).or_default().push(trail);
    }
    while let Some((operation, all)) = open.pop_last() {
        let by = OperationId(operation);
        let doer = doer_of(conn, by)?;
        let is_end = |trail: &Trail| {
            doer == Doer::User || bounds.floors.get(&trail.id).is_some_and(|floor| operation <= *floor)
        };
        let (ended, going_on): (Vec<Trail>, Vec<Trail>) = all.into_iter().partition(is_end);
        found.extend(ended.into_iter().map(|Trail { id, before, is_imported, is_blurred }| {
            (id, End::Left { by, before, is_imported, is_blurred })
        }));
        let ids: Vec<i64> = going_on.iter().map(|trail| trail.id).collect();
        let mut changed: HashMap<i64, Option<String>> =
            changes::of_rows(conn, by, Table::Transactions, &ids)?
                .into_iter()
                .map(|change| (change.row_id, change.before))
                .collect();
        for trail in going_on {
            let id = trail.id;
            match changed.remove(&id) {
                Some(Some(image)) => {
                    let before: TransactionImage = serde_json::from_str(&image)?;
                    let next = before.operation().unwrap_or(0);
                    let counts = bounds.since.get(&id).is_none_or(|since| operation >= *since);
                    open.entry(next).or_default().push(trail.past(before, doer, counts));
                }
                Some(None) => drop(found.insert(id, End::Imported)),
                None => drop(found.insert(id, End::Lost)),
            }
        }
    }
    Ok(found)
}

/// Who did an operation.
///
/// # Errors
/// What the database says.
pub(super) fn doer_of(conn: &mut DbConn, id: OperationId) -> Result<Doer> {
    Ok(if changes::is_import(conn, id)? {
        Doer::Import
    } else if changes::is_about_names(conn, id)? || changes::is_by_rules(conn, id)? {
        Doer::Upkeep
    } else {
        Doer::User
    })
}

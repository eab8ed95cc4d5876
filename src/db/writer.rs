//! The open write: the connection inside its transaction, the operation that is being recorded, and what is
//! gathered to be written once at its end: changes and kept totals.
//!
//! `Book::write` makes it and finishes it. Every function of `db/` that changes a row takes it, so that
//! nothing can be changed without a trace.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::DbConn;
use super::dialect::{insert_many, together};
use super::schema::{changes, operations};
use super::tables::{CHUNK, Imaged, Table};
use super::totals::Totals;
use crate::domain::ids::OperationId;
use crate::domain::money::Currency;
use crate::domain::runs::Runs;
use crate::error::{Problem, Result};

/// Who does what, from where: what the operation says beside its summary.
#[derive(Debug, Clone)]
pub struct Author {
    /// The person.
    pub actor: String,
    /// `cli`, `tui`, `mcp`, `import` or `schedule`.
    pub source: &'static str,
    /// The command line, redacted.
    pub command: String,
    /// The instant, UTC, in whole microseconds.
    pub now: NaiveDateTime,
}

/// So many changes are held at most before they are written: the rest of a large import or of a generated book stays
/// out of memory.
const HELD: usize = 20 * CHUNK;

#[derive(Insertable, Clone)]
#[diesel(table_name = changes, treat_none_as_default_value = false)]
struct ChangeRow {
    operation_id: i64,
    table_name: &'static str,
    row_id: i64,
    prior_operation_id: Option<i64>,
    row_before: Option<String>,
}

/// An operation under way.
pub struct Writer<'a> {
    conn: &'a mut DbConn,
    /// The book's currency: what values are in.
    pub currency: &'a Currency,
    author: &'a Author,
    token: &'a str,
    operation: Option<OperationId>,
    changes: Vec<ChangeRow>,
    has_changed: bool,
    touched: HashSet<(Table, i64)>,
    created: BTreeMap<Table, Runs>,
    /// The kept totals' differences.
    pub totals: Totals,
    on_budget: Option<HashMap<i64, bool>>,
}

impl<'a> Writer<'a> {
    /// A writer on a connection whose transaction has begun.
    pub fn new(conn: &'a mut DbConn, currency: &'a Currency, author: &'a Author, token: &'a str) -> Self {
        Writer {
            conn,
            currency,
            author,
            token,
            operation: None,
            changes: Vec::new(),
            has_changed: false,
            touched: HashSet::new(),
            created: BTreeMap::new(),
            totals: Totals::default(),
            on_budget: None,
        }
    }

    /// The connection, for reading.
    pub fn conn(&mut self) -> &mut DbConn {
        self.conn
    }

    /// The instant of the operation, UTC.
    pub fn now(&self) -> NaiveDateTime {
        self.author.now
    }

    /// Who does it.
    pub fn actor(&self) -> &str {
        &self.author.actor
    }

    /// Records the operation. To be called once, before the first change.
    ///
    /// # Errors
    /// What the database says.
    pub fn begin(&mut self, summary: &str) -> Result<OperationId> {
        self.begin_undoing(summary, None)
    }

    /// Records an operation that takes another back.
    ///
    /// # Errors
    /// What the database says.
    pub fn begin_undoing(&mut self, summary: &str, undoes: Option<OperationId>) -> Result<OperationId> {
        let id: i64 = diesel::insert_into(operations::table)
            .values((
                operations::token.eq(self.token),
                operations::at.eq(self.author.now),
                operations::actor.eq(&self.author.actor),
                operations::source.eq(self.author.source),
                operations::command.eq(&self.author.command),
                operations::summary.eq(summary),
                operations::schema_version.eq(super::migrations::NEWEST),
                operations::undoes_id.eq(undoes.map(|id| id.0)),
                operations::is_undone.eq(false),
            ))
            .returning(operations::id)
            .get_result(self.conn)?;
        self.operation = Some(OperationId(id));
        Ok(OperationId(id))
    }

    /// Gives the operation that was begun another summary: what it is may show only while it is done.
    ///
    /// # Errors
    /// The operation was not begun: a bug; what the database says.
    pub fn retell(&mut self, summary: &str) -> Result<()> {
        let id = self.operation()?.0;
        diesel::update(operations::table.find(id)).set(operations::summary.eq(summary)).execute(self.conn)?;
        Ok(())
    }

    /// Leaves the operation that was begun: there is nothing to change, and so nothing to commit.
    pub fn forget(&mut self) {
        self.operation = None;
    }

    /// The operation that is being recorded.
    ///
    /// # Errors
    /// It was not begun: a bug.
    pub fn operation(&self) -> Result<OperationId> {
        self.operation.ok_or_else(|| Problem::internal("a change outside an operation").into())
    }

    /// Whether an operation was begun: without one there is nothing to commit.
    pub fn has_begun(&self) -> bool {
        self.operation.is_some()
    }

    /// Whether the operation has changed no row so far.
    pub fn is_only_an_operation(&self) -> bool {
        !self.has_changed
    }

    /// Notes that the operation created a row.
    ///
    /// # Errors
    /// The operation was not begun: a bug.
    pub fn created(&mut self, table: Table, row_id: i64) -> Result<()> {
        if !self.knows(table, row_id) {
            self.created.entry(table).or_default().insert(row_id);
            self.note(table, row_id, None, None)?;
        }
        Ok(())
    }

    /// Notes a row as it is before the operation changes or removes it. The first image counts.
    ///
    /// # Errors
    /// The operation was not begun: a bug.
    pub fn touching<T: Imaged>(&mut self, before: &T) -> Result<()> {
        if self.knows(T::TABLE, before.id()) {
            return Ok(());
        }
        let image = serde_json::to_string(before)?;
        self.touched.insert((T::TABLE, before.id()));
        self.note(T::TABLE, before.id(), before.operation(), Some(image))
    }

    /// Whether the row was noted before.
    fn knows(&self, table: Table, row_id: i64) -> bool {
        self.touched.contains(&(table, row_id))
            || self.created.get(&table).is_some_and(|runs| runs.contains(row_id))
    }

    fn note(&mut self, table: Table, row_id: i64, prior: Option<i64>, image: Option<String>) -> Result<()> {
        let operation_id = self.operation()?.0;
        self.has_changed = true;
        self.changes.push(ChangeRow {
            operation_id,
            table_name: table.as_str(),
            row_id,
            prior_operation_id: prior,
            row_before: image,
        });
        if self.changes.len() >= HELD {
            let held = std::mem::take(&mut self.changes);
            self.write_changes(&held)?;
        }
        Ok(())
    }

    /// Says why the operation changed these rows, which were noted before.
    ///
    /// # Errors
    /// The operation was not begun: a bug; what the database says.
    pub fn explain(&mut self, table: Table, rows: &[i64], why: &str) -> Result<()> {
        let operation_id = self.operation()?.0;
        let held = std::mem::take(&mut self.changes);
        self.write_changes(&held)?;
        for chunk in rows.chunks(CHUNK) {
            let changed = changes::table
                .filter(changes::operation_id.eq(operation_id))
                .filter(changes::table_name.eq(table.as_str()))
                .filter(changes::row_id.eq_any(chunk));
            diesel::update(changed).set(changes::why.eq(why)).execute(self.conn)?;
        }
        Ok(())
    }

    fn write_changes(&mut self, all: &[ChangeRow]) -> Result<()> {
        insert_many!(self.conn, changes::table, all);
        Ok(())
    }

    /// Puts a new row in, ids and all, and notes it.
    ///
    /// # Errors
    /// What the database says.
    pub fn insert_all<T: Imaged>(&mut self, rows: &[T]) -> Result<()> {
        T::insert_many(self.conn, rows)?;
        rows.iter().try_for_each(|row| self.created(T::TABLE, row.id()))
    }

    /// Makes a row this one, noting what it was.
    ///
    /// # Errors
    /// What the database says.
    pub fn replace<T: Imaged>(&mut self, before: &T, after: &T) -> Result<()> {
        self.touching(before)?;
        T::replace(self.conn, after)
    }

    /// Removes rows, noting what they were.
    ///
    /// # Errors
    /// What the database says; something that still refers to them.
    pub fn delete_all<T: Imaged>(&mut self, rows: &[T]) -> Result<()> {
        rows.iter().try_for_each(|row| self.touching(row))?;
        let ids: Vec<i64> = rows.iter().map(Imaged::id).collect();
        T::delete_many(self.conn, &ids)
    }

    /// Whether an account is on budget; all are read once, and again for one that came meanwhile.
    ///
    /// # Errors
    /// What the database says.
    pub fn is_on_budget(&mut self, account_id: i64) -> Result<bool> {
        if let Some(flag) = self.on_budget.as_ref().and_then(|flags| flags.get(&account_id)) {
            return Ok(*flag);
        }
        let flags: HashMap<i64, bool> = super::accounts::budget_flags(self.conn)?.into_iter().collect();
        let flag = flags.get(&account_id).copied();
        self.on_budget = Some(flags);
        flag.ok_or_else(|| {
            Problem::conflict("an account that this needs is gone")
                .hint("`groat log` shows what was done since")
                .into()
        })
    }

    /// Spares the look-up of `is_on_budget`, for accounts that are known already.
    pub fn knows_accounts(&mut self, flags: impl IntoIterator<Item = (i64, bool)>) {
        self.on_budget.get_or_insert_with(HashMap::new).extend(flags);
    }

    /// Adds an account that was just made to those that are known.
    pub fn knows_accounts_if_any(&mut self, flag: (i64, bool)) {
        if let Some(known) = self.on_budget.as_mut() {
            known.insert(flag.0, flag.1);
        }
    }

    /// Forgets what was known of the accounts' flags, after one changed.
    pub fn forget_accounts(&mut self) {
        self.on_budget = None;
    }

    /// Makes the kept totals anew, instead of adding the differences gathered so far.
    ///
    /// # Errors
    /// What the database says; a sum beyond 64 bits.
    pub fn rebuild_totals(&mut self) -> Result<()> {
        self.totals = Totals::default();
        super::upkeep::verify::rebuild_totals(self.conn)
    }

    /// Writes the totals that were gathered so far: before an account goes, whose totals refer to it.
    ///
    /// # Errors
    /// What the database says; a sum beyond 64 bits.
    pub fn settle_totals(&mut self) -> Result<()> {
        let (accounts, categories) = std::mem::take(&mut self.totals).into_rows();
        super::totals::add(self.conn, accounts, categories)?;
        super::totals::drop_empty(self.conn)
    }

    /// Writes the changes and the totals that were gathered. Called by `Book::write` before the commit.
    ///
    /// # Errors
    /// What the database says; a sum beyond 64 bits.
    pub fn finish(mut self) -> Result<()> {
        let (accounts, categories) = std::mem::take(&mut self.totals).into_rows();
        let changes = std::mem::take(&mut self.changes);
        let loses_rows =
            accounts.iter().any(|row| row.postings < 0) || categories.iter().any(|row| row.postings < 0);
        let small = changes.len() <= CHUNK && accounts.len() <= CHUNK && categories.len() <= CHUNK;
        if small && !changes.is_empty() && !accounts.is_empty() && !categories.is_empty() {
            together!(
                self.conn,
                diesel::insert_into(changes::table).values(changes),
                // PostgreSQL runs what stands in WITH from the last to the first: accounts before categories, as
                // everywhere, so that two writers never wait for each other crosswise.
                super::totals::upsert_categories!(categories),
                super::totals::upsert_accounts!(accounts),
            );
        } else {
            self.write_changes(&changes)?;
            super::totals::add(self.conn, accounts, categories)?;
        }
        if loses_rows {
            super::totals::drop_empty(self.conn)?;
        }
        Ok(())
    }
}

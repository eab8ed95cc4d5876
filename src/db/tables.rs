//! The tables whose rows carry the operation that last touched them, and what history needs of each: its
//! rows as JSON images, found, put back and removed in bulk.
//!
//! `writer.rs` images rows through this before they change; `history/` restores them. The functions here
//! record nothing themselves.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::connection::DbConn;
use crate::error::{Problem, Result};

/// How many rows one statement inserts or looks for: bounded by the databases' limits on bound values.
pub const CHUNK: usize = 400;

/// A table that history knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is a table")]
pub enum Table {
    Book,
    Accounts,
    CategoryGroups,
    Categories,
    Payees,
    Tags,
    Transactions,
    ImportSources,
    ImportBatches,
    StatementLines,
    StatementBalances,
    AccountNumbers,
    BudgetMoves,
    BudgetHolds,
    Carryovers,
    BudgetTargets,
    Rules,
}

impl Table {
    /// Parents before children: the order in which rows can be put back.
    pub const ALL: [Table; 17] = [
        Table::Book,
        Table::Accounts,
        Table::CategoryGroups,
        Table::Categories,
        Table::Payees,
        Table::Tags,
        Table::Transactions,
        Table::ImportSources,
        Table::StatementLines,
        Table::ImportBatches,
        Table::StatementBalances,
        Table::AccountNumbers,
        Table::BudgetMoves,
        Table::BudgetHolds,
        Table::Carryovers,
        Table::BudgetTargets,
        Table::Rules,
    ];

    /// The table's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Table::Book => "book",
            Table::Accounts => "accounts",
            Table::CategoryGroups => "category_groups",
            Table::Categories => "categories",
            Table::Payees => "payees",
            Table::Tags => "tags",
            Table::Transactions => "transactions",
            Table::ImportSources => "import_sources",
            Table::ImportBatches => "import_batches",
            Table::StatementLines => "statement_lines",
            Table::StatementBalances => "statement_balances",
            Table::AccountNumbers => "account_numbers",
            Table::BudgetMoves => "budget_moves",
            Table::BudgetHolds => "budget_holds",
            Table::Carryovers => "carryovers",
            Table::BudgetTargets => "budget_targets",
            Table::Rules => "rules",
        }
    }

    /// What a row of it is called, for people.
    pub fn word(self) -> &'static str {
        match self {
            Table::Book => "book",
            Table::Accounts => "account",
            Table::CategoryGroups => "group",
            Table::Categories => "category",
            Table::Payees => "payee",
            Table::Tags => "tag",
            Table::Transactions => "transaction",
            Table::ImportSources => "import source",
            Table::ImportBatches => "import batch",
            Table::StatementLines => "statement line",
            Table::StatementBalances => "statement balance",
            Table::AccountNumbers => "account number",
            Table::BudgetMoves => "budget move",
            Table::BudgetHolds => "hold",
            Table::Carryovers => "carryover",
            Table::BudgetTargets => "target",
            Table::Rules => "rule",
        }
    }

    /// Whether recording a transaction may make rows of it: the names that it bears.
    pub fn is_made_in_passing(self) -> bool {
        matches!(
            self,
            Table::Accounts | Table::CategoryGroups | Table::Categories | Table::Payees | Table::Tags
        )
    }

    /// The table of that name.
    ///
    /// # Errors
    /// An unknown name: a change that a newer groat wrote.
    pub fn named(name: &str) -> Result<Table> {
        Table::ALL
            .into_iter()
            .find(|table| table.as_str() == name)
            .ok_or_else(|| Problem::internal(format!("the history names a table `{name}`")).into())
    }
}

/// A row, with all that belongs to it, as history keeps it.
pub trait Imaged: Serialize + DeserializeOwned + Clone {
    /// Its table.
    const TABLE: Table;

    /// Its identity.
    fn id(&self) -> i64;
    /// The operation that last touched it; none for a row that came with the book.
    fn operation(&self) -> Option<i64>;
    /// What people call it, for messages.
    fn label(&self) -> String;
    /// The rows of these ids that exist, in order of id.
    ///
    /// # Errors
    /// What the database says.
    fn find_many(conn: &mut DbConn, ids: &[i64]) -> Result<Vec<Self>>;
    /// Puts rows in, ids and all.
    ///
    /// # Errors
    /// What the database says; a name that is taken again.
    fn insert_many(conn: &mut DbConn, rows: &[Self]) -> Result<()>;
    /// Makes the row of that id this one.
    ///
    /// # Errors
    /// What the database says; a name that is taken again.
    fn replace(conn: &mut DbConn, row: &Self) -> Result<()>;
    /// Removes the rows of these ids.
    ///
    /// # Errors
    /// What the database says; something that still refers to them.
    fn delete_many(conn: &mut DbConn, ids: &[i64]) -> Result<()>;

    /// Frees what rows that are about to go keep others from having, beside themselves.
    ///
    /// # Errors
    /// What the database says.
    fn release(_conn: &mut DbConn, _ids: &[i64]) -> Result<()> {
        Ok(())
    }

    /// The row of that id.
    ///
    /// # Errors
    /// What the database says.
    fn find(conn: &mut DbConn, id: i64) -> Result<Option<Self>> {
        Ok(Self::find_many(conn, &[id])?.pop())
    }
}

/// Implements `Imaged` for a struct that is one row of one table.
macro_rules! imaged_row {
    ($row:ty, $table:ident, $kind:expr, operation: $operation:expr, label: $label:expr) => {
        impl $crate::db::tables::Imaged for $row {
            const TABLE: $crate::db::tables::Table = $kind;

            fn id(&self) -> i64 {
                self.id
            }

            fn operation(&self) -> Option<i64> {
                let operation: fn(&$row) -> Option<i64> = $operation;
                operation(self)
            }

            fn label(&self) -> String {
                let label: fn(&$row) -> String = $label;
                label(self)
            }

            fn find_many(conn: &mut DbConn, ids: &[i64]) -> $crate::error::Result<Vec<Self>> {
                let mut rows = Vec::with_capacity(ids.len());
                for chunk in ids.chunks($crate::db::tables::CHUNK) {
                    rows.extend(
                        $table::table
                            .filter($table::id.eq_any(chunk))
                            .order($table::id)
                            .load::<Self>(conn)?,
                    );
                }
                Ok(rows)
            }

            fn insert_many(conn: &mut DbConn, rows: &[Self]) -> $crate::error::Result<()> {
                $crate::db::dialect::insert_many!(conn, $table::table, rows);
                Ok(())
            }

            fn replace(conn: &mut DbConn, row: &Self) -> $crate::error::Result<()> {
                diesel::update($table::table.find(row.id)).set(row.clone()).execute(conn)?;
                Ok(())
            }

            fn delete_many(conn: &mut DbConn, ids: &[i64]) -> $crate::error::Result<()> {
                for chunk in ids.chunks($crate::db::tables::CHUNK) {
                    diesel::delete($table::table.filter($table::id.eq_any(chunk))).execute(conn)?;
                }
                Ok(())
            }
        }
    };
}
pub(crate) use imaged_row;

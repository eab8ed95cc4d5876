//! What refers to rows: asked before a row that an operation created is removed again.

use std::collections::HashSet;

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::connection::DbConn;
use super::tables::{CHUNK, Table};
use crate::error::Result;

/// The columns that refer to a table's rows.
fn references(table: Table) -> &'static [(&'static str, &'static str)] {
    match table {
        Table::Accounts => &[
            ("postings", "account_id"),
            ("statement_lines", "account_id"),
            ("import_batches", "account_id"),
            ("import_sources", "account_id"),
            ("account_numbers", "account_id"),
            ("statement_balances", "account_id"),
        ],
        Table::CategoryGroups => &[("categories", "group_id")],
        Table::Categories => &[
            ("postings", "category_id"),
            ("budget_moves", "from_category_id"),
            ("budget_moves", "to_category_id"),
            ("carryovers", "category_id"),
            ("budget_targets", "category_id"),
            ("budget_targets", "income_category_id"),
            ("rule_parts", "category_id"),
        ],
        Table::Payees => &[("transactions", "payee_id")],
        Table::Tags => &[("transaction_tags", "tag_id")],
        Table::Transactions => &[("statement_lines", "transaction_id")],
        Table::StatementLines => &[("batch_lines", "statement_line_id")],
        Table::ImportBatches => &[("statement_balances", "batch_id")],
        Table::Book
        | Table::ImportSources
        | Table::StatementBalances
        | Table::AccountNumbers
        | Table::BudgetMoves
        | Table::BudgetHolds
        | Table::Carryovers
        | Table::BudgetTargets
        | Table::Rules => &[],
    }
}

#[derive(QueryableByName)]
struct Used {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// A source is used by the batches of its account and name: they rely on what it settled.
fn sources_in_use(conn: &mut DbConn, ids: &[i64]) -> Result<HashSet<i64>> {
    let list: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let rows: Vec<Used> = diesel::sql_query(format!(
        "SELECT s.id AS id FROM import_sources s WHERE s.id IN ({}) AND EXISTS (SELECT 1 FROM import_batches b \
         WHERE b.account_id = s.account_id AND b.source = s.source)",
        list.join(",")
    ))
    .load(conn)?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Those of these rows that something refers to.
///
/// # Errors
/// What the database says.
pub fn used(conn: &mut DbConn, table: Table, ids: &[i64]) -> Result<HashSet<i64>> {
    let mut used = HashSet::new();
    if table == Table::ImportSources {
        return sources_in_use(conn, ids);
    }
    for (from, column) in references(table) {
        for chunk in ids.chunks(CHUNK * 10) {
            let list: Vec<String> = chunk.iter().map(ToString::to_string).collect();
            let rows: Vec<Used> = diesel::sql_query(format!(
                "SELECT DISTINCT {column} AS id FROM {from} WHERE {column} IN ({})",
                list.join(",")
            ))
            .load(conn)?;
            used.extend(rows.into_iter().map(|row| row.id));
        }
    }
    Ok(used)
}

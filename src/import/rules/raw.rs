//! What rules are asked of a transaction: the bank's row that it came from; of one that was only typed, what was typed.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::db::connection::DbConn;
use crate::db::statement_lines::{self, LineRow};
use crate::domain::ids::{AccountId, TransactionId};
use crate::domain::money::Minor;
use crate::domain::transaction::{Status, Transaction};
use crate::error::Result;
use crate::import::key;
use crate::ledger::rules::BankRow;

/// A row with its texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawRow {
    /// The other party.
    pub payee: Option<String>,
    /// What else is said.
    pub memo: Option<String>,
    account: AccountId,
    amount: Minor,
    date: NaiveDate,
    is_pending: bool,
}

impl RawRow {
    /// As rules are asked of it.
    pub fn as_row(&self) -> BankRow<'_> {
        BankRow {
            payee: self.payee.as_deref(),
            memo: self.memo.as_deref(),
            account: Some(self.account),
            amount: Some(self.amount),
            date: Some(self.date),
            is_pending: self.is_pending,
        }
    }

    fn of_line(line: LineRow) -> Option<RawRow> {
        Some(RawRow {
            account: AccountId(line.account_id),
            amount: Minor(line.amount?),
            date: line.date?,
            is_pending: key::is_pending(&line.row_key),
            payee: line.payee,
            memo: line.memo,
        })
    }

    fn of_typed(transaction: &Transaction) -> Option<RawRow> {
        let first = transaction.postings.first()?;
        Some(RawRow {
            payee: transaction.payee.clone(),
            memo: transaction.note.clone(),
            account: first.account_id,
            amount: transaction.amount().0.minor,
            date: transaction.date,
            is_pending: first.status == Status::Pending,
        })
    }
}

/// The row of each transaction: of several of the bank's the first that was booked, else the first.
///
/// # Errors
/// What the database says.
pub fn rows(conn: &mut DbConn, transactions: &[Transaction]) -> Result<HashMap<TransactionId, RawRow>> {
    let ids: Vec<i64> = transactions.iter().map(|transaction| transaction.id.0).collect();
    let mut rows: HashMap<TransactionId, RawRow> = HashMap::new();
    for line in statement_lines::of_transactions(conn, &ids)? {
        let Some(id) = line.transaction_id.map(TransactionId) else { continue };
        let Some(row) = RawRow::of_line(line) else { continue };
        match rows.get(&id) {
            Some(known) if !known.is_pending || row.is_pending => {}
            _ => drop(rows.insert(id, row)),
        }
    }
    for transaction in transactions {
        if let (false, Some(row)) = (rows.contains_key(&transaction.id), RawRow::of_typed(transaction)) {
            rows.insert(transaction.id, row);
        }
    }
    Ok(rows)
}

//! The ledger: recording what happened, changing it, finding it again, and looking after the accounts,
//! categories, payees and tags that it stands on. Every function is one operation for all faces.

pub mod accounts;
pub mod balance;
pub mod categories;
pub mod delete;
pub mod edit;
mod envelopes;
pub mod join;
pub mod list;
pub mod lock;
pub mod lookup;
pub mod payees;
pub mod query;
pub mod reconcile;
pub mod record;
pub mod resolve;
pub mod rules;
pub mod setup;
pub mod tags;
pub mod transfer;

use crate::domain::ids::{OperationId, TransactionId};

/// What changed, for answers that show no object.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Done {
    /// The operation; none where there was nothing to change.
    pub operation: Option<OperationId>,
    /// What it is called in the log.
    pub summary: String,
    /// The transactions that it touched.
    pub transactions: Vec<TransactionId>,
}

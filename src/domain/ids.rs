//! Identities of rows, one type a table, so that an account's id cannot be passed for a category's.
//!
//! Ids are given by the database, start at 1 and are never used again.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    /// An account.
    AccountId,
    /// A heading over categories.
    GroupId,
    /// A category.
    CategoryId,
    /// A payee.
    PayeeId,
    /// A tag.
    TagId,
    /// A transaction.
    TransactionId,
    /// One user action in the history.
    OperationId,
    /// One import of one file.
    BatchId,
    /// A rule for the rows of banks' files.
    RuleId,
    /// One row of a bank's file.
    StatementLineId,
}

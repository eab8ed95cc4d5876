//! What the databases' errors mean: whether to try again, whether the connection was lost, and what people are told.

use super::Isolation;

/// Whether the same work may succeed when it is tried again, asked of an error that may be another's. What a
/// recorder found may have been merged away before it was written: it looks again.
pub fn asks_for_another_try(error: &anyhow::Error, isolation: Isolation) -> bool {
    use diesel::result::{DatabaseErrorKind, Error};
    error.downcast_ref().is_some_and(|error| {
        is_clash(error)
            || isolation == Isolation::Recording
                && matches!(error, Error::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _))
    })
}

/// `is_lost_connection`, asked of an error that may be another's.
pub fn tells_of_lost_connection(error: &anyhow::Error) -> bool {
    error.downcast_ref().is_some_and(is_lost_connection)
}

/// Says a database's error for people; others stay as they are.
pub fn explain(error: anyhow::Error, place: &str) -> anyhow::Error {
    match error.downcast_ref() {
        Some(cause) => problem(cause, place).into(),
        None => error,
    }
}

/// Whether a statement waited for a lock of SQLite's in vain.
pub fn is_locked(error: &diesel::result::Error) -> bool {
    error.to_string().contains("database is locked")
}

/// Whether a statement failed because a table or column is not there.
pub fn is_missing_table(error: &diesel::result::Error) -> bool {
    let text = error.to_string();
    ["no such table", "no such column", "does not exist"].iter().any(|part| text.contains(part))
}

/// Whether the same work may succeed when it is tried again: a clash with another transaction.
pub fn is_clash(error: &diesel::result::Error) -> bool {
    use diesel::result::{DatabaseErrorKind, Error};
    match error {
        Error::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => true,
        // Totals that somebody else began a moment ago.
        Error::DatabaseError(DatabaseErrorKind::UniqueViolation, info) => info.message().contains("totals"),
        Error::DatabaseError(_, info) => info.message().contains("deadlock detected"),
        _ => false,
    }
}

/// Whether the connection itself was lost, so that the outcome of a COMMIT is not known.
pub fn is_lost_connection(error: &diesel::result::Error) -> bool {
    use diesel::result::{DatabaseErrorKind, Error};
    match error {
        Error::DatabaseError(DatabaseErrorKind::ClosedConnection, _) => true,
        Error::DatabaseError(_, info) => {
            let text = info.message();
            [
                "server closed the connection",
                "connection to server was lost",
                "terminating connection",
                "could not receive data",
                "could not send data",
                "no connection to the server",
            ]
            .iter()
            .any(|part| text.contains(part))
        }
        Error::BrokenTransactionManager => true,
        Error::RollbackErrorOnCommit { commit_error, .. } => is_lost_connection(commit_error),
        _ => false,
    }
}

/// What a database error means, for people. `place` is the redacted address.
pub fn problem(error: &diesel::result::Error, place: &str) -> crate::error::Problem {
    use crate::error::Problem;
    use diesel::result::{DatabaseErrorKind, Error};
    let text = error.to_string();
    let says = |part: &str| text.contains(part);
    if says("database is locked") || says("lock timeout") {
        return Problem::database(format!("`{place}` is locked by another program"))
            .hint("try again when it has finished; `busy_timeout` in the config says how long groat waits");
    }
    if says("readonly database") || says("read-only transaction") {
        return Problem::database(format!("`{place}` can be read but not written"))
            .hint("are the file's and its folder's rights as they should be?");
    }
    if says("disk is full") || says("No space left") || says("could not extend file") {
        return Problem::database(format!("the disk that holds `{place}` is full; nothing was changed"));
    }
    if says("not a database") {
        return Problem::database(format!("`{place}` is some other kind of file, not a groat book"));
    }
    if says("malformed") {
        return Problem::database(format!("`{place}` is damaged: {text}")).hint("restore it from a backup");
    }
    if says("unable to open database file") {
        return Problem::database(format!("`{place}` or its journal cannot be opened"))
            .hint("is its folder writable?");
    }
    if says("out of range") || says("cannot store REAL value in INTEGER") || says("integer overflow") {
        return super::super::totals::too_large();
    }
    match error {
        Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => {
            Problem::conflict("something else has taken its name or place by now")
                .hint("`groat log` shows what changed")
        }
        Error::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _) => {
            Problem::conflict("something that it needs is gone, or something still refers to it")
                .hint("`groat log` shows what was done since; take that back first")
        }
        _ if is_clash(error) => {
            Problem::conflict("others kept changing the same things; nothing was changed").hint("try again")
        }
        _ if says("permission denied") => {
            Problem::database(format!("no right to do that in `{place}`: {text}"))
        }
        _ if is_lost_connection(error) => {
            Problem::database(format!("the connection to `{place}` was lost")).hint("try again")
        }
        _ => Problem::database(format!("the database says: {}", super::super::location::redact(text.trim()))),
    }
}

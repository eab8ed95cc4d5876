//! What is said of a book that cannot be opened or went away in the middle. Used by `book.rs` alone.

use crate::db::location::Location;
use crate::db::{dialect, migrations};
use crate::error::Problem;

pub(super) fn unknown_outcome(error: &anyhow::Error) -> Problem {
    Problem::database(format!(
        "the connection was lost ({error}), and it is not known whether the change was recorded"
    ))
    .hint(
        "when the server is back, `groat log -L 1` tells; repeat the command only if the change is not there",
    )
}

/// What the database said, for people.
pub(super) fn explain(error: anyhow::Error, location: &Location) -> anyhow::Error {
    let explained = dialect::explain(error, &location.place.redacted());
    match explained.downcast::<Problem>() {
        Ok(problem) if problem.message.ends_with("not a groat book") && problem.hints.is_empty() => {
            let named =
                format!("the path comes from {}; `groat db path` shows which book is used", location.origin);
            problem.hint(named).into()
        }
        Ok(problem) => problem.into(),
        Err(other) => other,
    }
}

pub(super) fn borrowed(location: &Location) -> Problem {
    Problem::database(format!(
        "`{}` is empty and comes from a plain {}",
        location.place.redacted(),
        location.origin
    ))
    .hint("it may belong to another program: `groat db init` makes it a groat book, once")
}

pub(super) fn occupied(location: &Location) -> Problem {
    Problem::conflict(format!("`{}` is not empty", location.place.redacted()))
        .hint("give a database in which nothing is yet; nothing was changed")
}

pub(super) fn foreign(location: &Location) -> Problem {
    Problem::database(format!(
        "`{}` holds another program's tables, not a groat book",
        location.place.redacted()
    ))
    .hint(format!("the address comes from {}; nothing there was touched", location.origin))
}

pub(super) fn too_new(location: &Location, version: &str) -> Problem {
    Problem::database(format!(
        "`{}` was made by a newer groat (its schema is {version}, this one knows {})",
        location.place.redacted(),
        migrations::NEWEST
    ))
    .hint("update groat; nothing was touched")
}

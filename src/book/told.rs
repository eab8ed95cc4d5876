//! What is said of a book that cannot be opened or went away in the middle. Used by `book.rs`; `lack_of` by commands that
//! must not open it, too.

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

/// What is said where there is no book, with the command that makes one in this place.
pub fn lack_of(location: &Location) -> String {
    let place = location.place.redacted();
    let name = location.place.path().and_then(|path| path.file_stem()).map(|name| name.to_string_lossy());
    let how = match (location.origin.as_str(), name) {
        _ if location.is_borrowed => "groat db init".to_owned(),
        ("`--book`" | "`GROAT_BOOK`", Some(name)) if name == "demo" => "groat demo".to_owned(),
        ("`--book`", Some(name)) => format!("groat --book {} add 3.20 coffee", pasteable(&name)),
        ("`--db`", _) => format!("groat --db {} add 3.20 coffee", pasteable(&place)),
        _ => "groat add 3.20 coffee".to_owned(),
    };
    format!("there is no book yet ({place}); `{how}` makes one")
}

/// A word in quotes, where a shell would not leave it as it is.
fn pasteable(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_/.:@".contains(c);
    if word.chars().all(is_plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
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

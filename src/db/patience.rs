//! Waiting for a SQLite book that many write to at once. SQLite's own waiting is not fair: with two hundred
//! writers one of them may go away empty-handed for longer than the timeout, although the book moves on all the
//! time. So the timeout bounds how long *nobody* gets ahead; only then is the book called locked.

use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use diesel::QueryResult;

use super::dialect;

/// However busy a book is, nobody waits longer.
const LONGEST: Duration = Duration::from_secs(120);

/// Runs a statement again that waited for a lock in vain, as long as others get ahead. Only for statements that
/// change nothing when they fail so: `BEGIN`, `COMMIT`, a first SELECT.
///
/// # Errors
/// What the database says.
pub fn patiently<T>(path: Option<&Path>, mut statement: impl FnMut() -> QueryResult<T>) -> QueryResult<T> {
    let began = Instant::now();
    loop {
        let before = path.and_then(last_written);
        match statement() {
            Err(error) if dialect::is_locked(&error) && began.elapsed() < LONGEST => {
                if before.is_none() || path.and_then(last_written) == before {
                    return Err(error);
                }
            }
            other => return other,
        }
    }
}

/// When the file was last written. Asked of its name only: opening and closing the file would drop every lock that
/// SQLite holds in this process (fcntl(2), and "How to corrupt an SQLite database file", section 2.2).
fn last_written(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path).and_then(|file| file.modified()).ok()
}

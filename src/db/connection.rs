//! The connection: one type over SQLite and PostgreSQL, chosen by the location; opening one, directly or for
//! a pool.
//!
//! Knows nothing of tables. `book.rs` is the only caller.

use std::fs::OpenOptions;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;
use std::time::Duration;

use backon::BlockingRetryable;
use diesel::connection::{CacheSize, SimpleConnection};
use diesel::{Connection, PgConnection, SqliteConnection};

use super::instrument::Echo;
use super::location::{Location, Place, password_in, redact, redact_word};
use crate::error::{Problem, Result};

pub use either::DbConn;

mod either {
    #![allow(
        missing_docs,
        clippy::disallowed_types,
        reason = "the derive makes items of its own, for floats too"
    )]
    use diesel::{PgConnection, SqliteConnection};

    /// A connection to either database. Queries are written once, against this type.
    #[derive(diesel::MultiConnection)]
    pub enum DbConn {
        /// The embedded database.
        Sqlite(SqliteConnection),
        /// A PostgreSQL server.
        Pg(PgConnection),
    }
}

/// How connections behave; from the configuration.
#[derive(Debug, Clone)]
pub struct ConnectionSettings {
    /// How long a locked SQLite file is waited for.
    pub busy_timeout: Duration,
    /// How many connections the pool may open.
    pub pool_size: u32,
    /// How long a connection of the pool is waited for.
    pub pool_timeout: Duration,
    /// After this age a pooled connection is closed.
    pub pool_lifetime: Duration,
    /// Whether a pooled connection is probed before use: for programs that idle.
    pub pool_test: bool,
    /// What is told of the statements that run.
    pub echo: Echo,
}

impl Default for ConnectionSettings {
    fn default() -> Self {
        ConnectionSettings {
            busy_timeout: Duration::from_secs(5),
            pool_size: 2,
            pool_timeout: Duration::from_secs(5),
            pool_lifetime: Duration::from_secs(30 * 60),
            pool_test: false,
            echo: Echo::default(),
        }
    }
}

/// Looks at the place of a SQLite file, and creates the file, mode 0600, with `create`. The file itself is not
/// opened: closing it would drop all locks that SQLite holds on it in this process.
///
/// # Errors
/// A directory; a file that may not be read or made.
pub fn prepare(location: &Location, create: bool) -> Result<()> {
    let Some(path) = location.place.path() else { return Ok(()) };
    if create {
        create_file(path)?;
    }
    check_file(path, &location.origin)
}

/// Opens a connection.
///
/// # Errors
/// A database problem that says what is wrong with the place: not reachable, a refused password. Never prints a
/// password.
pub fn connect(location: &Location, settings: &ConnectionSettings) -> Result<DbConn> {
    let mut conn = match &location.place {
        Place::File(path) => DbConn::Sqlite(open_sqlite(path, settings)?),
        Place::Memory => DbConn::Sqlite(open_sqlite(Path::new(":memory:"), settings)?),
        Place::Postgres(url) => DbConn::Pg(open_postgres(url, &location.origin)?),
    };
    if let Some(instrumentation) = settings.echo.instrumentation() {
        conn.set_instrumentation(instrumentation);
    }
    Ok(conn)
}

fn open_sqlite(path: &Path, settings: &ConnectionSettings) -> Result<SqliteConnection> {
    // A relative name like `file:x` would be read as a URI: a path is made plain first.
    let name = if path.is_absolute() || path == Path::new(":memory:") {
        path.display().to_string()
    } else {
        format!("./{}", path.display())
    };
    let mut conn = SqliteConnection::establish(&name)
        .map_err(|e| Problem::database(format!("cannot open the book `{}`: {e}", path.display())))?;
    conn.batch_execute(&format!(
        "PRAGMA busy_timeout = {}; PRAGMA foreign_keys = ON;",
        settings.busy_timeout.as_millis()
    ))?;
    Ok(conn)
}

/// How long a server is asked again that has no room for another client, or that is just starting.
const FULL_SERVER_PATIENCE: Duration = Duration::from_secs(30);

/// Whether a server refused for now only.
fn is_full(message: &str) -> bool {
    ["too many clients already", "remaining connection slots", "the database system is starting up"]
        .iter()
        .any(|part| message.contains(part))
}

fn open_postgres(url: &str, origin: &str) -> Result<PgConnection> {
    let establish = || PgConnection::establish(&completed(url));
    let backoff = backon::ExponentialBuilder::default()
        .with_jitter()
        .with_min_delay(Duration::from_millis(50))
        .with_max_delay(Duration::from_secs(1))
        .with_total_delay(Some(FULL_SERVER_PATIENCE))
        .without_max_times();
    let established = establish.retry(backoff).when(|e| is_full(&e.to_string())).call();
    let mut conn = established.map_err(|e| {
        Problem::database(format!("cannot connect to `{}`: {}", redact_word(url), hide(&e.to_string(), url)))
            .hint(format!(
                "the address comes from {origin}; is the server up, and are user and password right?"
            ))
    })?;
    // Behind a pooler in transaction mode, cached statement names of several clients clash.
    conn.set_prepared_statement_cache_size(CacheSize::Disabled);
    Ok(conn)
}

/// The URL with what groat adds: a connect timeout (a sleeping Neon needs seconds, a dead host for ever), and
/// the machine's certificates, as the linked OpenSSL knows no folder of its own.
fn completed(url: &str) -> String {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let value = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    let mut added = Vec::new();
    if value("connect_timeout").is_none() {
        added.push("connect_timeout=15".to_owned());
    }
    let wants_roots = match value("sslrootcert") {
        None => value("sslmode").is_some_and(|mode| mode.starts_with("verify")),
        Some(roots) => roots == "system",
    };
    let roots = wants_roots.then(|| openssl_probe::probe().cert_file).flatten();
    let base = match &roots {
        // libpq takes the last one of two, but refuses `system` with a weaker mode: it must go.
        Some(_) => url.replace("sslrootcert=system", "sslmode=verify-full"),
        None => url.to_owned(),
    };
    added.extend(roots.map(|file| format!("sslrootcert={}", file.display())));
    if added.is_empty() {
        return base;
    }
    let joint = if base.contains('?') { '&' } else { '?' };
    format!("{base}{joint}{}", added.join("&"))
}

/// What libpq says, without a password. Of an address that it cannot read it quotes any part, so that then only the
/// fact is told.
fn hide(message: &str, url: &str) -> String {
    let said = first_line(message);
    // A password with an `@` is read as a part of the host's name, which the second of these quotes.
    let is_plain = !password_in(url).is_some_and(|password| password.contains('@'));
    let is_about_the_server =
        said.starts_with("connection to server") || is_plain && said.starts_with("could not translate");
    match password_in(url) {
        Some(_) if !is_about_the_server => "the address cannot be read (a `%`, `/`, `@` or blank in a password is written as %25, %2F, %40, %20)".to_owned(),
        Some(password) => redact(&said.replace(password, "***")),
        None => redact(&said),
    }
}

fn first_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("; ")
}

/// Creates the file (0600) and its folder (0700) unless they are there.
fn create_file(path: &Path) -> Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists()) {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|e| {
            Problem::database(format!("cannot create the folder `{}`: {}", folder.display(), io_reason(&e)))
        })?;
    }
    create_private(path)
}

/// Creates an empty file that only its owner can read, unless it is there.
///
/// # Errors
/// A folder that is missing or may not be written.
pub(super) fn create_private(path: &Path) -> Result<()> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Err(e) if e.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(Problem::database(format!("cannot create `{}`: {}", path.display(), io_reason(&e))).into())
        }
        _ => Ok(()),
    }
}

/// The smallest file that can be a SQLite database: one page.
const SMALLEST_BOOK: u64 = 512;

/// Refuses what SQLite would only describe as "unable to open", and scraps that it would take for an empty database.
fn check_file(path: &Path, origin: &str) -> Result<()> {
    if path.is_dir() {
        return Err(Problem::database(format!("`{}` is a folder, not a groat book", path.display()))
            .hint(format!("the path comes from {origin}; `groat db path` shows which book is used"))
            .into());
    }
    if std::fs::metadata(path).is_ok_and(|file| (1..SMALLEST_BOOK).contains(&file.len())) {
        return Err(Problem::database(format!(
            "`{}` is some other kind of file, not a groat book",
            path.display()
        ))
        .hint(format!("the path comes from {origin}; `groat db path` shows which book is used"))
        .into());
    }
    rustix::fs::access(path, rustix::fs::Access::READ_OK).map_err(|e| {
        Problem::database(format!("cannot open the book `{}`: {}", path.display(), io_reason(&e.into())))
            .into()
    })
}

/// The operating system's reason without Rust's "(os error 13)".
pub fn io_reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}

/// Opens connections for the pool.
#[derive(Debug)]
pub struct Manager {
    location: Location,
    settings: ConnectionSettings,
}

impl Manager {
    /// A manager of connections to a location.
    pub fn new(location: Location, settings: ConnectionSettings) -> Self {
        Manager { location, settings }
    }
}

/// A pool of connections, made when a second one is wanted.
pub type Pool = diesel::r2d2::Pool<Manager>;

/// A pool that opens nothing before it is asked.
pub fn pool(location: &Location, settings: &ConnectionSettings) -> Pool {
    // r2d2 would start three threads; one is enough to open connections and to close old ones.
    let workers = scheduled_thread_pool::ScheduledThreadPool::builder().num_threads(1).build();
    diesel::r2d2::Pool::builder()
        .max_size(settings.pool_size.max(1))
        .min_idle(Some(0))
        .test_on_check_out(settings.pool_test)
        .connection_timeout(settings.pool_timeout)
        .max_lifetime(Some(settings.pool_lifetime))
        .thread_pool(std::sync::Arc::new(workers))
        .build_unchecked(Manager::new(location.clone(), settings.clone()))
}

/// What r2d2 is told when a connection cannot be made or is no longer alive.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ConnectionLost(String);

impl diesel::r2d2::ManageConnection for Manager {
    type Connection = DbConn;
    type Error = ConnectionLost;

    fn connect(&self) -> Result<DbConn, ConnectionLost> {
        connect(&self.location, &self.settings).map_err(|e| ConnectionLost(e.to_string()))
    }

    fn is_valid(&self, conn: &mut DbConn) -> Result<(), ConnectionLost> {
        conn.batch_execute("SELECT 1").map_err(|e| ConnectionLost(e.to_string()))
    }

    fn has_broken(&self, conn: &mut DbConn) -> bool {
        super::dialect::is_broken(conn)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connect_timeout_is_added_once() {
        assert_eq!(completed("postgres://h/d"), "postgres://h/d?connect_timeout=15");
        assert_eq!(completed("postgres://h/d?a=b"), "postgres://h/d?a=b&connect_timeout=15");
        assert_eq!(completed("postgres://h/d?connect_timeout=3"), "postgres://h/d?connect_timeout=3");
    }

    #[test]
    fn an_address_that_libpq_quotes_back_is_not_told() {
        let url = "postgres://joe:a@b:s3cret@h/d";
        for message in ["invalid integer value \"s3cret@h\" for connection option \"port\"", "invalid URI: x"]
        {
            assert!(!hide(message, url).contains("s3cret"));
        }
        let down =
            "connection to server at \"h\", port 1 failed: Connection refused\n\tIs the server running?";
        assert!(hide(down, url).starts_with("connection to server"));
    }
}

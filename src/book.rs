//! The open book: connections, settings, today and who is at work. Every operation goes through `read` or
//! `write`; `write` is the one place that begins a transaction, records the operation, and tries again when
//! two writers clash.

mod rehearsal;
mod told;

use std::sync::{Mutex, OnceLock};
use std::time::Duration;

use backon::BlockingRetryable;
use chrono::{NaiveDate, NaiveDateTime};

use crate::db::connection::{self, ConnectionSettings, DbConn, Pool, connect};
use crate::db::dialect::{self, Isolation};
use crate::db::location::{Location, Place};
use crate::db::migrations::{self, BookRow, Found};
use crate::db::patience::patiently;
use crate::db::upkeep::query::{self, Answer};
use crate::db::upkeep::verify;
use crate::db::writer::{Author, Writer};
use crate::domain::money::Currency;
use crate::error::{Problem, Result};

pub use told::lack_of;
use told::{borrowed, explain, foreign, occupied, too_new, unknown_outcome};

/// What opening a book needs to know.
#[derive(Debug, Clone)]
pub struct Opening {
    /// Where it is.
    pub location: Location,
    /// How connections behave.
    pub settings: ConnectionSettings,
    /// Whether an empty place is to become a book, and of which currency.
    pub create: Option<Currency>,
    /// The currency of the book that is seen where there is none.
    pub default_currency: Currency,
    /// The user's day.
    pub today: NaiveDate,
    /// The instant, UTC.
    pub now: NaiveDateTime,
    /// Who is at work.
    pub author: Author,
    /// Whether writes are taken back instead of kept.
    pub dry_run: bool,
}

/// An open book.
pub struct Book {
    first: Mutex<Option<DbConn>>,
    pool: OnceLock<Pool>,
    opening: Opening,
    settings: BookRow,
    /// Whether one transaction is open, in which everything happens and of which nothing is kept.
    is_rehearsing: bool,
    /// How the book came to be open.
    pub state: State,
}

/// How a book came to be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It was there.
    Present,
    /// It was made just now.
    Created,
    /// There is none: what is seen is an empty one that vanishes.
    Absent,
}

impl Book {
    /// Opens the book of a location. Where there is none it is made, with `create`, or answered as an empty
    /// one. One that an older groat made is brought up to date.
    ///
    /// # Errors
    /// A place that cannot be reached, is no book, belongs to another program or is newer than this one.
    pub fn open(opening: Opening) -> Result<Book> {
        let is_missing = opening.location.place.path().is_some_and(|path| !path.exists());
        if is_missing && opening.create.is_none() {
            return Book::absent(opening);
        }
        if is_missing && opening.location.is_borrowed {
            return Err(borrowed(&opening.location).into());
        }
        connection::prepare(&opening.location, opening.create.is_some())?;
        let mut conn = connect(&opening.location, &opening.settings)?;
        match migrations::look(&mut conn, &opening.location.place)
            .map_err(|e| explain(e, &opening.location))?
        {
            Found::Book(settings) => Ok(Book::new(conn, settings, State::Present, opening)),
            Found::Empty if opening.create.is_none() => Book::absent(opening),
            Found::Empty => {
                if opening.location.is_borrowed {
                    return Err(borrowed(&opening.location).into());
                }
                Book::create(conn, opening)
            }
            Found::Outdated(version) => Book::update(conn, &version, opening),
            Found::TooNew(version) => Err(too_new(&opening.location, &version).into()),
            Found::Foreign => Err(foreign(&opening.location).into()),
        }
    }

    /// Opens the book again, as it is now: for programs that stay. The connection to a server is used again while it
    /// lives and leads to a book as before; a file is opened anew, as another one may stand in its place by now.
    ///
    /// # Errors
    /// As `open`.
    pub fn reopen(self, opening: Opening) -> Result<Book> {
        let is_server = opening.location.place.path().is_none() && self.state != State::Absent;
        let kept = self.first.into_inner().ok().flatten();
        if let Some(mut conn) = kept.filter(|_| is_server && opening.location == self.opening.location)
            && let Ok(Found::Book(settings)) = migrations::look(&mut conn, &opening.location.place)
        {
            return Ok(Book::new(conn, settings, State::Present, opening));
        }
        // Whatever was wrong with it, a new connection tells.
        Book::open(opening)
    }

    /// Connects to a book as it is, up to date or not; with its schema's version.
    ///
    /// # Errors
    /// A place that cannot be reached, is no book, or belongs to another program.
    pub fn connect_as_is(opening: &Opening) -> Result<(DbConn, String)> {
        let location = &opening.location;
        if location.place.path().is_some_and(|path| !path.exists()) {
            return Err(
                Problem::not_found(format!("there is no book yet ({})", location.place.redacted())).into()
            );
        }
        connection::prepare(location, false)?;
        let mut conn = connect(location, &opening.settings)?;
        let found = migrations::look(&mut conn, &location.place).map_err(|e| explain(e, location))?;
        match found {
            Found::Book(row) => Ok((conn, row.version)),
            Found::Outdated(version) => Ok((conn, version)),
            Found::TooNew(version) => Err(too_new(location, &version).into()),
            Found::Foreign => Err(foreign(location).into()),
            Found::Empty => {
                Err(Problem::not_found(format!("there is no book yet ({})", location.place.redacted()))
                    .into())
            }
        }
    }

    fn new(conn: DbConn, settings: BookRow, state: State, opening: Opening) -> Book {
        let (first, pool) = (Mutex::new(Some(conn)), OnceLock::new());
        Book { first, pool, opening, settings, is_rehearsing: false, state }
    }

    fn create(mut conn: DbConn, opening: Opening) -> Result<Book> {
        let currency = opening.create.clone().unwrap_or_else(|| opening.default_currency.clone());
        let mut is_mine = false;
        let found = migrations::migrate(&mut conn, &opening.location.place, |c| {
            is_mine = true;
            crate::db::book::seed(c, &currency, opening.now)
        })
        .map_err(|e| explain(e, &opening.location))?;
        let Found::Book(settings) = found else { return Err(foreign(&opening.location).into()) };
        let state = if is_mine { State::Created } else { State::Present };
        Ok(Book::new(conn, settings, state, opening))
    }

    /// Makes a book with something in it, in one transaction: there is a whole one afterwards, or none.
    ///
    /// # Errors
    /// A place where anything is already; those of `work`.
    pub fn make<T>(opening: Opening, work: impl FnOnce(&mut Writer<'_>) -> Result<T>) -> Result<(Book, T)> {
        let mut conn = Book::connect_to_nothing(&opening)?;
        let currency = opening.create.clone().unwrap_or_else(|| opening.default_currency.clone());
        let token = new_token()?;
        let mut done = None;
        let found = migrations::migrate(&mut conn, &opening.location.place, |c| {
            crate::db::book::seed(c, &currency, opening.now)?;
            let mut writer = Writer::new(c, &currency, &opening.author, &token);
            done = Some(work(&mut writer)?);
            writer.finish()
        })
        .map_err(|e| explain(e, &opening.location))?;
        match (found, done) {
            (Found::Book(settings), Some(done)) => {
                Ok((Book::new(conn, settings, State::Created, opening), done))
            }
            _ => Err(occupied(&opening.location).into()),
        }
    }

    /// Connects to a place that holds nothing; a file is made.
    ///
    /// # Errors
    /// A place where anything is already.
    pub fn connect_to_nothing(opening: &Opening) -> Result<DbConn> {
        connection::prepare(&opening.location, true)?;
        let mut conn = connect(&opening.location, &opening.settings)?;
        match migrations::look(&mut conn, &opening.location.place)? {
            Found::Empty => Ok(conn),
            _ => Err(occupied(&opening.location).into()),
        }
    }

    fn update(mut conn: DbConn, version: &str, opening: Opening) -> Result<Book> {
        if opening.dry_run {
            let place = opening.location.place.redacted();
            return Err(Problem::conflict(format!(
                "`{place}` is at the schema {version}, older than this groat's"
            ))
            .hint("any command without `-n` brings it up to date")
            .into());
        }
        crate::db::upkeep::back_up_file(&mut conn, &opening.location, version)?;
        let found = migrations::migrate(&mut conn, &opening.location.place, |_| Ok(()))
            .map_err(|e| explain(e, &opening.location))?;
        let Found::Book(settings) = found else { return Err(foreign(&opening.location).into()) };
        Ok(Book::new(conn, settings, State::Present, opening))
    }

    /// An empty book that lives as long as the process.
    fn absent(opening: Opening) -> Result<Book> {
        let location = Location { place: Place::Memory, ..opening.location.clone() };
        let mut conn = connect(&location, &opening.settings)?;
        let found = migrations::migrate(&mut conn, &location.place, |c| {
            crate::db::book::seed(c, &opening.default_currency, opening.now)
        })?;
        let Found::Book(settings) = found else {
            return Err(Problem::internal("an empty book is no book").into());
        };
        Ok(Book::new(conn, settings, State::Absent, opening))
    }

    /// Lets go of the book when the process is about to end. SQLite's knowledge of the tables is left to the kernel
    /// to free, which it does at once; a server is told that we go.
    pub fn leave(self) {
        if !matches!(self.opening.location.place, Place::Postgres(_)) {
            std::mem::forget(self);
        }
    }

    /// What values are in.
    pub fn currency(&self) -> &Currency {
        &self.settings.currency
    }

    /// The user's day.
    pub fn today(&self) -> NaiveDate {
        self.opening.today
    }

    /// When it was opened, UTC.
    pub fn opened_at(&self) -> NaiveDateTime {
        self.opening.now
    }

    /// What is to be said where there is no book.
    pub fn lack(&self) -> Option<String> {
        (self.state == State::Absent).then(|| lack_of(self.location()))
    }

    /// Who is at work.
    pub fn actor(&self) -> &str {
        &self.opening.author.actor
    }

    /// Where the book is.
    pub fn location(&self) -> &Location {
        &self.opening.location
    }

    /// How its connections behave.
    pub fn connection_settings(&self) -> &ConnectionSettings {
        &self.opening.settings
    }

    /// The schema's version.
    pub fn schema_version(&self) -> &str {
        &self.settings.version
    }

    /// Whether writes are taken back instead of kept.
    pub fn is_dry_run(&self) -> bool {
        self.opening.dry_run
    }

    /// Runs `work` with a connection. It sees what is committed; it cannot count on two statements seeing the
    /// same.
    ///
    /// # Errors
    /// Those of `work`; a connection that cannot be had.
    pub fn read<T>(&self, work: impl FnOnce(&mut DbConn) -> Result<T>) -> Result<T> {
        self.with_connection(work).map_err(|e| explain(e, &self.opening.location))
    }

    /// The connection that was opened first serves alone while nobody else wants one, which is always so in a
    /// one-shot command; others come from the pool.
    fn with_connection<T>(&self, work: impl FnOnce(&mut DbConn) -> Result<T>) -> Result<T> {
        if let Ok(mut first) = self.first.try_lock()
            && let Some(conn) = first.as_mut()
        {
            let worked = work(conn);
            if !self.is_rehearsing && dialect::is_broken(conn) {
                *first = None;
            }
            return worked;
        }
        let pool = self.pool()?;
        let mut conn = pool.get().map_err(|e| Problem::database(format!("no connection to be had: {e}")))?;
        work(&mut conn)
    }

    fn pool(&self) -> Result<&Pool> {
        if let Some(pool) = self.pool.get() {
            return Ok(pool);
        }
        if self.state == State::Absent {
            return Err(Problem::internal("a book that does not exist has one connection").into());
        }
        let pool = connection::pool(&self.opening.location, &self.opening.settings);
        Ok(self.pool.get_or_init(|| pool))
    }

    /// Runs `work` as one operation: all of it is kept, recorded in the history, or none of it. Tried again,
    /// whole, when it clashes with another writer; `work` must therefore do nothing but through the writer.
    ///
    /// # Errors
    /// Those of `work`; a database that cannot be written; a clash that lasts.
    pub fn write<T>(
        &self,
        isolation: Isolation,
        mut work: impl FnMut(&mut Writer<'_>) -> Result<T>,
    ) -> Result<T> {
        let token = new_token()?;
        if self.is_rehearsing {
            return self
                .with_connection(|conn| self.work(conn, &token, &mut work))
                .map(|(value, _)| value)
                .map_err(|e| explain(e, &self.opening.location));
        }
        let backoff = backon::ExponentialBuilder::default()
            .with_jitter()
            .with_min_delay(Duration::from_millis(5))
            .with_max_delay(Duration::from_millis(500))
            .with_max_times(12);
        let attempt = || self.with_connection(|conn| self.attempt(conn, isolation, &token, &mut work));
        let outcome =
            attempt.retry(backoff).when(|error| dialect::asks_for_another_try(error, isolation)).call();
        match outcome {
            Err(error) if dialect::tells_of_lost_connection(&error) => {
                self.after_lost_connection(&token, error)
            }
            other => other,
        }
        .map_err(|e| explain(e, &self.opening.location))
    }

    fn attempt<T>(
        &self,
        conn: &mut DbConn,
        isolation: Isolation,
        token: &str,
        work: &mut impl FnMut(&mut Writer<'_>) -> Result<T>,
    ) -> Result<T> {
        let path = self.opening.location.place.path();
        patiently(path, || dialect::begin_write(conn, isolation))?;
        match self.work(conn, token, work) {
            Ok((value, true)) if !self.opening.dry_run => match patiently(path, || dialect::commit(conn)) {
                Ok(()) => Ok(value),
                Err(error) => {
                    // What the commit says is the one to tell.
                    drop(dialect::roll_back(conn));
                    Err(error.into())
                }
            },
            Ok((value, _)) => {
                dialect::roll_back(conn)?;
                Ok(value)
            }
            Err(error) => {
                // The first error is the one to tell, whatever becomes of the rollback: a connection that is
                // gone has rolled back by itself.
                drop(dialect::roll_back(conn));
                Err(error)
            }
        }
    }

    /// Runs `work` in the open transaction; with the value, whether it began an operation.
    fn work<T>(
        &self,
        conn: &mut DbConn,
        token: &str,
        work: &mut impl FnMut(&mut Writer<'_>) -> Result<T>,
    ) -> Result<(T, bool)> {
        let mut writer = Writer::new(conn, &self.settings.currency, &self.opening.author, token);
        let value = work(&mut writer)?;
        let has_begun = writer.has_begun();
        if has_begun {
            writer.finish()?;
        }
        Ok((value, has_begun))
    }

    /// The connection went away. What was not committed is gone with it; whether a COMMIT arrived is asked of
    /// the history, over a new connection.
    fn after_lost_connection<T>(&self, token: &str, error: anyhow::Error) -> Result<T> {
        let mut conn =
            connect(&self.opening.location, &self.opening.settings).map_err(|_| unknown_outcome(&error))?;
        let is_recorded =
            crate::db::operations::is_recorded(&mut conn, token).map_err(|_| unknown_outcome(&error))?;
        self.replace_connection(conn);
        Err(if is_recorded {
            Problem::database("the connection was lost, but the change had been recorded: do not repeat it")
                .hint("`groat log` shows it, `groat undo` takes it back")
        } else {
            Problem::database("the connection was lost and nothing was changed").hint("try again")
        }
        .into())
    }

    fn replace_connection(&self, conn: DbConn) {
        if let Ok(mut first) = self.first.lock() {
            *first = Some(conn);
        }
    }

    /// Makes the kept totals anew from the postings. They are derived, so that this is no operation.
    ///
    /// # Errors
    /// A database that cannot be written.
    pub fn repair(&self) -> Result<()> {
        self.maintain(verify::rebuild_totals)
    }

    /// Runs upkeep in a transaction, without an operation.
    fn maintain(&self, work: impl FnOnce(&mut DbConn) -> Result<()>) -> Result<()> {
        let maintained = self.with_connection(|conn| {
            dialect::begin_write(conn, Isolation::Alone)?;
            match work(conn) {
                Ok(()) if !self.opening.dry_run => dialect::commit(conn).map_err(Into::into),
                Ok(()) => dialect::roll_back(conn).map_err(Into::into),
                Err(error) => {
                    // The first error is the one to tell.
                    drop(dialect::roll_back(conn));
                    Err(error)
                }
            }
        });
        maintained.map_err(|e| explain(e, &self.opening.location))
    }

    /// Runs one SELECT over a connection of its own, for at most `limit` rows and `seconds`.
    ///
    /// # Errors
    /// Anything but one SELECT; one that takes too long.
    pub fn query(&self, sql: &str, limit: usize, seconds: u32) -> Result<Answer> {
        if self.state == State::Absent {
            return self.read(|conn| query::run(conn, sql, limit, seconds));
        }
        let mut conn = connect(&self.opening.location, &self.opening.settings)?;
        let (sender, receiver) = std::sync::mpsc::channel();
        let sql = sql.to_owned();
        // SQLite has no clock of its own: the query runs aside, and is left behind when it takes too long. It
        // holds nothing but a read lock, which ends with the process.
        std::thread::spawn(move || sender.send(query::run(&mut conn, &sql, limit, seconds)));
        receiver.recv_timeout(Duration::from_secs(u64::from(seconds) + 1)).unwrap_or_else(|_| {
            Err(Problem::conflict(format!("the query took longer than {seconds} seconds and was stopped"))
                .hint("`--seconds N` allows more")
                .into())
        })
    }
}

fn new_token() -> Result<String> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|e| Problem::internal(format!("no random numbers: {e}")))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

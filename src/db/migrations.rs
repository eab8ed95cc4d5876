//! The schema: which version a database is at, bringing it up to date, and making an empty one a book.
//!
//! The harness of diesel_migrations costs round trips and rights even when nothing is pending, so it runs
//! only when one SELECT says that something is, and then under a lock.

use diesel::prelude::*;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::connection::DbConn;
use super::dialect;
use super::location::Place;
use super::patience::patiently;
use crate::error::{Problem, Result};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// The newest schema that this program knows, as it stands in the table of migrations.
pub const NEWEST: &str = "20261129100000";

/// The migration that made the ledger: taking it back would leave no book.
pub const OLDEST_WITH_A_BOOK: &str = "20261121090100";

/// What is found at a location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A book at the newest schema.
    Book(BookRow),
    /// A book that an older groat made.
    Outdated(String),
    /// A book that a newer groat made.
    TooNew(String),
    /// A database without tables.
    Empty,
    /// Somebody else's tables.
    Foreign,
}

/// The book's settings as the start-up SELECT brings them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookRow {
    /// The currency that values are in.
    pub currency: crate::domain::money::Currency,
    /// The schema's version.
    pub version: String,
}

#[derive(QueryableByName)]
struct Check {
    #[diesel(sql_type = diesel::sql_types::Text)]
    marker: String,
    #[diesel(sql_type = diesel::sql_types::Text)]
    code: String,
    #[diesel(sql_type = diesel::sql_types::Integer)]
    exponent: i32,
    #[diesel(sql_type = diesel::sql_types::Text)]
    symbol: String,
    #[diesel(sql_type = diesel::sql_types::Nullable<diesel::sql_types::Text>)]
    version: Option<String>,
}

/// One SELECT that tells what is there and brings the book's settings along; more are needed only where
/// there is no book. A server is told by it to compile no statements.
///
/// # Errors
/// What the database says, when it is not about missing tables.
pub fn look(conn: &mut DbConn, place: &Place) -> Result<Found> {
    match look_once(conn, place)? {
        // Somebody may have made the book between the two statements of one look.
        Found::Foreign => look_once(conn, place),
        found => Ok(found),
    }
}

fn look_once(conn: &mut DbConn, place: &Place) -> Result<Found> {
    let sql = format!(
        "SELECT b.marker, c.code, c.exponent, c.symbol, \
         (SELECT max(version) FROM __diesel_schema_migrations) AS version{} \
         FROM book b JOIN currencies c ON c.code = b.currency",
        if place.says_how_to_compile() { "" } else { dialect::compile_nothing_sql(conn) }
    );
    let checked = patiently(place.path(), || diesel::sql_query(sql.as_str()).get_result::<Check>(conn));
    match checked {
        Ok(Check { marker, code, exponent, symbol, version: Some(version) }) if marker == "groat" => {
            Ok(match version.as_str().cmp(NEWEST) {
                std::cmp::Ordering::Less => Found::Outdated(version),
                std::cmp::Ordering::Greater => Found::TooNew(version),
                std::cmp::Ordering::Equal => Found::Book(BookRow {
                    currency: crate::domain::money::Currency {
                        code: crate::domain::money::CurrencyCode::parse(&code)
                            .map_err(|e| Problem::internal(e.message))?,
                        exponent: u32::try_from(exponent)?,
                        symbol,
                    },
                    version,
                }),
            })
        }
        Ok(_) => Ok(Found::Foreign),
        Err(error) => match count_tables(conn) {
            Ok(0) => Ok(Found::Empty),
            Ok(_) if dialect::is_missing_table(&error) => Ok(Found::Foreign),
            _ => Err(error.into()),
        },
    }
}

fn count_tables(conn: &mut DbConn) -> QueryResult<i64> {
    #[derive(QueryableByName)]
    struct Tables {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        n: i64,
    }
    Ok(diesel::sql_query(dialect::count_tables_sql(conn)).get_result::<Tables>(conn)?.n)
}

/// Brings the schema up to date inside one transaction and under a lock, then calls `seed` if the database
/// was empty. Whoever waited for the lock finds it done.
///
/// # Errors
/// What the database says; nothing is half-done.
pub fn migrate(
    conn: &mut DbConn,
    place: &Place,
    seed: impl FnOnce(&mut DbConn) -> Result<()>,
) -> Result<Found> {
    patiently(place.path(), || dialect::begin_migration(conn))?;
    let done = match look_inside(conn, place) {
        Ok(Found::Empty) => run_pending(conn).and_then(|()| seed(conn)),
        Ok(Found::Outdated(_)) => run_pending(conn),
        Ok(_) => Ok(()),
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => patiently(place.path(), || dialect::commit(conn))?,
        Err(error) => {
            dialect::roll_back(conn)?;
            return Err(error);
        }
    }
    look(conn, place)
}

/// `look` inside a transaction, where PostgreSQL forgives no failed statement: the tables are counted first.
fn look_inside(conn: &mut DbConn, place: &Place) -> Result<Found> {
    if count_tables(conn)? == 0 { Ok(Found::Empty) } else { look_once(conn, place) }
}

fn run_pending(conn: &mut DbConn) -> Result<()> {
    let ran = match conn {
        DbConn::Sqlite(c) => c.run_pending_migrations(SQLITE).map(|_| ()),
        DbConn::Pg(c) => c.run_pending_migrations(POSTGRES).map(|_| ()),
    };
    ran.map_err(|e| Problem::database(format!("cannot bring the schema up to date: {e}")).into())
}

/// Takes the newest migration back, in one transaction; answers its version.
///
/// # Errors
/// What the database says.
pub fn revert_newest(conn: &mut DbConn) -> Result<String> {
    dialect::begin_migration(conn)?;
    let reverted = match conn {
        DbConn::Sqlite(c) => c.revert_last_migration(SQLITE),
        DbConn::Pg(c) => c.revert_last_migration(POSTGRES),
    };
    match reverted {
        Ok(version) => {
            dialect::commit(conn)?;
            Ok(version.to_string())
        }
        Err(error) => {
            dialect::roll_back(conn)?;
            Err(Problem::database(format!("cannot take the newest migration back: {error}")).into())
        }
    }
}

/// The names of all migrations that this program knows, oldest first.
pub fn known() -> Result<Vec<(String, String)>> {
    use diesel::migration::{Migration, MigrationSource};
    let migrations: Vec<Box<dyn Migration<diesel::sqlite::Sqlite>>> =
        SQLITE.migrations().map_err(|e| Problem::internal(e.to_string()))?;
    Ok(migrations.iter().map(|m| (m.name().version().to_string(), m.name().to_string())).collect())
}

/// The versions that a database has had, oldest first, with the time each was run.
///
/// # Errors
/// What the database says.
pub fn applied(conn: &mut DbConn) -> Result<Vec<(String, chrono::NaiveDateTime)>> {
    #[derive(QueryableByName)]
    struct Run {
        #[diesel(sql_type = diesel::sql_types::Text)]
        version: String,
        #[diesel(sql_type = diesel::sql_types::Timestamp)]
        run_on: chrono::NaiveDateTime,
    }
    let rows: Vec<Run> =
        diesel::sql_query("SELECT version, run_on FROM __diesel_schema_migrations ORDER BY version")
            .load(conn)?;
    Ok(rows.into_iter().map(|run| (run.version, run.run_on)).collect())
}

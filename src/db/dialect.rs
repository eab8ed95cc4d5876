//! The one place that knows which of the two databases a connection is.
//!
//! Where Diesel's connection over both cannot say something (upserts, batches, row locks, the kind of
//! transaction), `on_backend!` compiles one expression for each and runs the one that fits. Everything else
//! in `db/` is written once.

pub(crate) mod bulk;
mod errors;
pub(crate) mod quick;

use diesel::connection::{AnsiTransactionManager, TransactionManager, TransactionManagerStatus};
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::BigInt;
use diesel::{PgConnection, QueryResult, RunQueryDsl};

use super::connection::DbConn;

pub(crate) use bulk::{insert_many, insert_numbered};
pub use errors::{
    asks_for_another_try, explain, is_clash, is_locked, is_lost_connection, is_missing_table, problem,
    tells_of_lost_connection,
};

/// Compiles `$body` for either database with `$c` bound to the connection itself.
macro_rules! on_backend {
    ($conn:expr, $c:ident => $body:expr) => {
        match $conn {
            $crate::db::connection::DbConn::Sqlite($c) => $body,
            $crate::db::connection::DbConn::Pg($c) => $body,
        }
    };
}
pub(crate) use on_backend;

/// Lets `sql_query` load a row by the places of its columns instead of their names, which are looked for anew in each
/// row: half of the time, where there are many. The row derives `Queryable`.
macro_rules! by_place {
    ($row:ty, $columns:ty) => {
        impl<DB: diesel::backend::Backend> diesel::deserialize::QueryableByName<DB> for $row
        where
            $row: diesel::deserialize::FromSqlRow<$columns, DB>,
        {
            fn build<'a>(row: &impl diesel::row::NamedRow<'a, DB>) -> diesel::deserialize::Result<Self> {
                diesel::deserialize::FromSqlRow::build_from_row(row)
            }
        }
    };
}
pub(crate) use by_place;

/// Runs several writes that do not depend on each other: in one round trip on PostgreSQL (as one statement
/// with data-modifying CTEs), one after the other on SQLite.
macro_rules! together {
    ($conn:expr, $first:expr, $($more:expr),+ $(,)?) => {
        match $conn {
            $crate::db::connection::DbConn::Sqlite(c) => {
                diesel::RunQueryDsl::execute($first, c)?;
                $(diesel::RunQueryDsl::execute($more, c)?;)+
            }
            $crate::db::connection::DbConn::Pg(c) => {
                diesel::RunQueryDsl::execute(
                    $crate::db::dialect::Together { also: vec![$(Box::new($more)),+], main: $first }, c)?;
            }
        }
    };
}
pub(crate) use together;

/// `WITH also_0 AS (..), also_1 AS (..) main`, PostgreSQL's way of writing several tables in one statement.
pub struct Together<T> {
    /// Statements that write other tables than `main` does.
    pub also: Vec<Box<dyn QueryFragment<Pg> + Send>>,
    /// The statement whose row count is answered.
    pub main: T,
}

impl<T: QueryFragment<Pg>> QueryFragment<Pg> for Together<T> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        pass.unsafe_to_cache_prepared();
        for (index, statement) in self.also.iter().enumerate() {
            pass.push_sql(&format!("{} also_{index} AS (", if index == 0 { "WITH" } else { "," }));
            statement.walk_ast(pass.reborrow())?;
            pass.push_sql(")");
        }
        pass.push_sql(" ");
        self.main.walk_ast(pass)
    }
}

impl<T> QueryId for Together<T> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<T> Query for Together<T> {
    type SqlType = BigInt;
}

impl<T> RunQueryDsl<PgConnection> for Together<T> {}

/// How strictly a write is kept apart from others that run at the same moment. SQLite has one writer at a
/// time, whatever is said here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Isolation {
    /// Recording: everything it changes is added to, never read first. READ COMMITTED.
    Recording,
    /// Something read decides what is written. SERIALIZABLE, and tried again when it clashes.
    Deciding,
    /// What is budgeted decides what is moved. SERIALIZABLE, one budgeter after the other, so that the second sees what
    /// the first left; recorders go on.
    Budgeting,
    /// It may change what recorders take for granted of accounts: their currency, whether they are on budget or
    /// closed. SERIALIZABLE, and no recorder runs meanwhile.
    Alone,
}

/// Begins the transaction of a write.
pub fn begin_write(conn: &mut DbConn, isolation: Isolation) -> QueryResult<()> {
    match conn {
        // A deferred transaction that reads first and then writes fails at once when another one writes.
        DbConn::Sqlite(c) => {
            use diesel::connection::SimpleConnection;
            // SQLite notes the pages that a statement changes, lest it fail half-way: of the few rows that one inserts
            // here that is little, and in a file it would be most of what an import writes.
            c.batch_execute("PRAGMA temp_store = MEMORY")?;
            AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE")
        }
        DbConn::Pg(c) => AnsiTransactionManager::begin_transaction_sql(
            c,
            match isolation {
                // One message, so one round trip. ROW SHARE goes with itself and clashes with EXCLUSIVE; LOCK takes no
                // snapshot, so that what is read afterwards is what the others left.
                Isolation::Recording => {
                    "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = '30s'; \
                     LOCK TABLE accounts IN ROW SHARE MODE"
                }
                Isolation::Deciding => "BEGIN ISOLATION LEVEL SERIALIZABLE",
                Isolation::Budgeting => {
                    "BEGIN ISOLATION LEVEL SERIALIZABLE; SET LOCAL lock_timeout = '30s'; \
                     LOCK TABLE budget_moves IN EXCLUSIVE MODE"
                }
                Isolation::Alone => {
                    "BEGIN ISOLATION LEVEL SERIALIZABLE; SET LOCAL lock_timeout = '5s'; LOCK TABLE accounts IN EXCLUSIVE MODE"
                }
            },
        ),
    }
}

/// Begins a transaction that can only read, whatever SQL it is given.
pub fn begin_read_only(conn: &mut DbConn, seconds: u32) -> QueryResult<()> {
    use diesel::connection::SimpleConnection;
    match conn {
        DbConn::Sqlite(c) => {
            c.batch_execute("PRAGMA query_only = ON")?;
            AnsiTransactionManager::begin_transaction_sql(c, "BEGIN")
        }
        DbConn::Pg(c) => {
            AnsiTransactionManager::begin_transaction_sql(
                c,
                "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            )?;
            c.batch_execute(&format!("SET LOCAL statement_timeout = '{seconds}s'"))
        }
    }
}

/// Ends a read-only transaction, and SQLite's read-only mode with it.
pub fn end_read_only(conn: &mut DbConn) -> QueryResult<()> {
    use diesel::connection::SimpleConnection;
    roll_back(conn)?;
    match conn {
        DbConn::Sqlite(c) => c.batch_execute("PRAGMA query_only = OFF"),
        DbConn::Pg(_) => Ok(()),
    }
}

/// Makes the writes of the open transaction durable.
pub fn commit(conn: &mut DbConn) -> QueryResult<()> {
    on_backend!(conn, c => AnsiTransactionManager::commit_transaction(c))
}

/// Begins a transaction within the open one, to be taken back alone.
pub fn begin_within(conn: &mut DbConn) -> QueryResult<()> {
    on_backend!(conn, c => AnsiTransactionManager::begin_transaction(c))
}

/// Takes the writes of the open transaction back.
pub fn roll_back(conn: &mut DbConn) -> QueryResult<()> {
    on_backend!(conn, c => AnsiTransactionManager::rollback_transaction(c))
}

/// Whether a transaction was left open or the connection is no longer usable.
pub fn is_broken(conn: &mut DbConn) -> bool {
    let status = on_backend!(conn, c => {
        AnsiTransactionManager::transaction_manager_status_mut(c)
    });
    matches!(status, TransactionManagerStatus::InError)
        || matches!(status.transaction_depth(), Ok(Some(_)) | Err(_))
}

/// The name of the database system, for people and `db info`.
pub fn backend_name(conn: &DbConn) -> &'static str {
    match conn {
        DbConn::Sqlite(_) => "sqlite",
        DbConn::Pg(_) => "postgresql",
    }
}

/// Waits until nobody else creates or migrates this database: on SQLite by the write lock, on PostgreSQL by
/// a lock that lasts as long as the transaction.
pub fn begin_migration(conn: &mut DbConn) -> QueryResult<()> {
    // Not as a recorder: there may be no table to lock yet.
    match conn {
        DbConn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE"),
        DbConn::Pg(c) => {
            AnsiTransactionManager::begin_transaction_sql(c, "BEGIN ISOLATION LEVEL READ COMMITTED")
        }
    }?;
    match conn {
        DbConn::Sqlite(_) => Ok(()),
        DbConn::Pg(c) => {
            diesel::sql_query("SELECT pg_advisory_xact_lock(7167911)").execute(c)?;
            Ok(())
        }
    }
}

/// Keeps two imports into one account apart until the transaction ends; adding to the account goes on meanwhile.
pub fn lock_account(conn: &mut DbConn, account_id: i64) -> QueryResult<()> {
    match conn {
        DbConn::Sqlite(_) => Ok(()),
        DbConn::Pg(c) => {
            diesel::sql_query("SELECT pg_advisory_xact_lock(7167912, $1)")
                .bind::<diesel::sql_types::Integer, _>((account_id & 0x7fff_ffff) as i32)
                .execute(c)?;
            Ok(())
        }
    }
}

/// The SQL that numbers the months of a date column, as `year * 100 + month`.
pub fn month_sql(conn: &DbConn, column: &str) -> String {
    match conn {
        DbConn::Sqlite(_) => format!("CAST(substr({column}, 1, 4) || substr({column}, 6, 2) AS INTEGER)"),
        DbConn::Pg(_) => format!("CAST(to_char({column}, 'YYYYMM') AS INTEGER)"),
    }
}

/// The SQL that numbers the days of a date column, as `year * 10000 + month * 100 + day`.
pub fn day_sql(conn: &DbConn, column: &str) -> String {
    match conn {
        DbConn::Sqlite(_) => format!("CAST(replace({column}, '-', '') AS INTEGER)"),
        DbConn::Pg(_) => format!("CAST(to_char({column}, 'YYYYMMDD') AS INTEGER)"),
    }
}

/// The SQL that tells whether a text column is one of a JSON list of texts, bound as parameter `n`, however
/// long the list is.
pub fn in_json_list_sql(conn: &DbConn, column: &str, n: usize) -> String {
    match conn {
        DbConn::Sqlite(_) => format!("{column} IN (SELECT value FROM json_each(${n}))"),
        DbConn::Pg(_) => format!("{column} IN (SELECT json_array_elements_text(${n}::json))"),
    }
}

/// The SQL that makes rows of a JSON list of texts, bound as parameter `n`: a table `name` with the column `value`.
pub fn json_rows_sql(conn: &DbConn, name: &str, n: usize) -> String {
    match conn {
        DbConn::Sqlite(_) => format!("json_each(${n}) {name}"),
        DbConn::Pg(_) => format!("json_array_elements_text(${n}::json) AS {name}(value)"),
    }
}

/// Keeps these transactions as they are until the transaction of the database ends: what is read of them afterwards
/// is not changed by others.
pub fn lock_transactions(conn: &mut DbConn, ids: &[i64]) -> QueryResult<()> {
    match conn {
        // One writer at a time.
        DbConn::Sqlite(_) => Ok(()),
        DbConn::Pg(c) => {
            diesel::sql_query("SELECT id FROM transactions WHERE id = ANY($1) ORDER BY id FOR UPDATE")
                .bind::<diesel::sql_types::Array<BigInt>, _>(ids)
                .execute(c)?;
            Ok(())
        }
    }
}

/// The SQL that tells whether a column of ids is in a JSON list of numbers, bound as parameter `n`, however long the
/// list is.
pub fn in_json_ids_sql(conn: &DbConn, column: &str, n: usize) -> String {
    match conn {
        DbConn::Sqlite(_) => format!("{column} IN (SELECT value FROM json_each(${n}))"),
        DbConn::Pg(_) => {
            format!("{column} IN (SELECT CAST(json_array_elements_text(${n}::json) AS BIGINT))")
        }
    }
}

/// Runs a SELECT with any number of texts bound as `$1`, `$2`, ... in the order of their first appearance.
pub fn load_bound<T>(conn: &mut DbConn, sql: &str, binds: &[String]) -> QueryResult<Vec<T>>
where
    T: diesel::deserialize::QueryableByName<Pg>
        + diesel::deserialize::QueryableByName<diesel::sqlite::Sqlite>
        + 'static,
{
    on_backend!(conn, c => {
        let mut query = diesel::sql_query(sql).into_boxed();
        for text in binds {
            query = query.bind::<diesel::sql_types::Text, _>(text.as_str());
        }
        query.load::<T>(c)
    })
}

/// Reads what may be most of a table. SQLite sorts in as much memory as its cache may have, and the rest in a file; a
/// smaller cache costs such a reading nothing, as it sees each page once.
pub fn with_small_cache<T, E: From<diesel::result::Error>>(
    conn: &mut DbConn,
    read: impl FnOnce(&mut DbConn) -> Result<T, E>,
) -> Result<T, E> {
    use diesel::connection::SimpleConnection;
    let set = |conn: &mut DbConn, kib: u32| match conn {
        // A write before it on this connection may have put temporary files into memory.
        DbConn::Sqlite(c) => {
            c.batch_execute(&format!("PRAGMA temp_store = DEFAULT; PRAGMA cache_size = -{kib}"))
        }
        DbConn::Pg(_) => Ok(()),
    };
    set(conn, 500)?;
    let answer = read(conn)?;
    set(conn, 2_000)?;
    Ok(answer)
}

/// Another column of the first SELECT, by which PostgreSQL compiles no statement of this connection: that takes it
/// longer than what it is asked here. Behind a pooler it may get lost, or stay: nothing relies on it. Servers that
/// cannot compile do not know the setting.
pub fn compile_nothing_sql(conn: &DbConn) -> &'static str {
    match conn {
        DbConn::Sqlite(_) => "",
        DbConn::Pg(_) => {
            ", CASE WHEN current_setting('jit', true) = 'on' THEN set_config('jit', 'off', false) END AS jit"
        }
    }
}

/// Counts the tables of the database, but for SQLite's own; another Diesel program's list of migrations is one.
pub fn count_tables_sql(conn: &DbConn) -> &'static str {
    match conn {
        DbConn::Sqlite(_) => {
            "SELECT count(*) AS n FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        }
        DbConn::Pg(_) => {
            "SELECT count(*) AS n FROM pg_class WHERE relkind IN ('r', 'p') \
             AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())"
        }
    }
}

/// The SQL that tells how many bytes the database takes.
pub fn size_sql(conn: &DbConn) -> &'static str {
    match conn {
        DbConn::Sqlite(_) => {
            "SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()"
        }
        DbConn::Pg(_) => "SELECT pg_database_size(current_database()) AS bytes",
    }
}

/// What SQLite says of its own file and references; nothing when it is sound. PostgreSQL keeps both itself.
pub fn integrity(conn: &mut DbConn) -> QueryResult<Vec<String>> {
    use diesel::sql_types::Text;
    #[derive(diesel::QueryableByName)]
    struct Line {
        #[diesel(sql_type = Text)]
        message: String,
    }
    match conn {
        DbConn::Sqlite(c) => {
            let lines: Vec<Line> = diesel::sql_query(
                "SELECT integrity_check AS message FROM pragma_integrity_check WHERE integrity_check <> 'ok' \
                 UNION ALL SELECT 'a row of ' || \"table\" || ' refers to a missing row of ' || parent \
                 FROM pragma_foreign_key_check",
            )
            .load(c)?;
            Ok(lines.into_iter().map(|line| line.message).collect())
        }
        DbConn::Pg(_) => Ok(Vec::new()),
    }
}

/// The statement that runs any SELECT for at most `limit` rows. It stands in a subquery, so that a statement
/// that is no SELECT does not parse, and on a line of its own, so that a comment at its end hides nothing.
pub fn any_select_sql(conn: &DbConn, sql: &str, limit: usize) -> String {
    let sql = sql.trim().trim_end_matches(';');
    match conn {
        DbConn::Sqlite(_) => format!("SELECT * FROM (\n{sql}\n) LIMIT {limit}"),
        // PostgreSQL's wire format differs by type; JSON is text for all of them.
        DbConn::Pg(_) => {
            format!(
                "SELECT CAST(row_to_json(groat_rows) AS TEXT) AS line FROM (\n{sql}\n) groat_rows LIMIT {limit}"
            )
        }
    }
}

/// Runs what `any_select_sql` made.
pub fn load_any(
    conn: &mut DbConn,
    sql: &str,
    limit: usize,
) -> crate::error::Result<Vec<super::upkeep::query::AnyRow>> {
    use super::upkeep::query::{AnyRow, JsonRow};
    let statement = diesel::sql_query(any_select_sql(conn, sql, limit));
    match conn {
        DbConn::Sqlite(c) => Ok(statement.load::<AnyRow>(c)?),
        DbConn::Pg(c) => statement.load::<JsonRow>(c)?.iter().map(JsonRow::cells).collect(),
    }
}

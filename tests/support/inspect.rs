//! Reads a book without groat: any query and a dump of all tables, every cell as text, written alike for both
//! databases. Used by `sandbox`; knows no table by name but Diesel's own.

use diesel::connection::SimpleConnection;
use diesel::deserialize::{self, FromSql, QueryableByName};
use diesel::pg::{Pg, PgValue};
use diesel::row::{Field, NamedRow};
use diesel::sql_types::{BigInt, Bool, Date, Integer, SmallInt, Text, Timestamp};
use diesel::sqlite::{Sqlite, SqliteType};
use diesel::{Connection, PgConnection, RunQueryDsl, SqliteConnection, sql_query};

/// How an absent value is shown.
pub const NULL: &str = "NULL";

/// When Diesel ran a migration is in here: never the same twice.
const MIGRATIONS: &str = "__diesel_schema_migrations";

enum Opened {
    Sqlite(SqliteConnection),
    Pg(PgConnection),
}

#[derive(Default)]
struct Line {
    columns: Vec<String>,
    cells: Vec<String>,
}

/// Returns the rows of a query: absent values as `NULL`, booleans as 1 and 0, instants as `2026-01-15 10:00:00.500`.
#[track_caller]
pub fn query(url: &str, sql: &str) -> Vec<Vec<String>> {
    open(url).lines(sql).into_iter().map(|line| line.cells).collect()
}

/// Runs statements, parted by semicolons.
#[track_caller]
pub fn execute(url: &str, sql: &str) {
    let done = match open(url) {
        Opened::Sqlite(mut connection) => connection.batch_execute(sql),
        Opened::Pg(mut connection) => connection.batch_execute(sql),
    };
    if let Err(error) = done {
        panic!("{sql}: {error}");
    }
}

/// Returns every table but these and Diesel's own, by name, its rows sorted by their cells from left to right: two
/// dumps are equal to the byte when the books are.
#[track_caller]
pub fn dump(url: &str, leave_out: &[&str]) -> String {
    let mut book = open(url);
    let mut text = String::new();
    for table in book.tables() {
        if table != MIGRATIONS && !leave_out.contains(&table.as_str()) {
            let mut lines = book.lines(&format!("SELECT * FROM \"{table}\""));
            lines.sort_by_cached_key(|line| line.cells.iter().map(|cell| sort_key(cell)).collect::<Vec<_>>());
            let columns = lines.first().map(|line| line.columns.join(", ")).unwrap_or_default();
            text += &format!("== {table}: {columns}\n");
            for line in lines {
                text += &format!("{}\n", line.cells.join("|").replace('\n', "\\n"));
            }
        }
    }
    text
}

/// Row 10 comes after row 9.
fn sort_key(cell: &str) -> (Option<i64>, String) {
    (cell.parse().ok(), cell.to_owned())
}

#[track_caller]
fn open(url: &str) -> Opened {
    let opened = match url.strip_prefix("sqlite:") {
        // Never creates a book, but can roll back what a killed run left half done, which a read-only one cannot.
        Some(path) => SqliteConnection::establish(&format!("file:{path}?mode=rw")).map(Opened::Sqlite),
        None => super::postgres::connect(url).map(Opened::Pg),
    };
    match opened {
        Ok(mut opened) => {
            opened.wait_for_writers();
            opened
        }
        Err(error) => panic!("no book to look into at {url}: {error}"),
    }
}

impl Opened {
    fn wait_for_writers(&mut self) {
        if let Self::Sqlite(connection) = self {
            connection.batch_execute("PRAGMA busy_timeout = 5000").expect("the pragma is known");
        }
    }

    fn tables(&mut self) -> Vec<String> {
        let sql = match self {
            Self::Sqlite(_) => {
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            }
            Self::Pg(_) => "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'",
        };
        let mut names: Vec<String> = self.lines(sql).into_iter().flat_map(|line| line.cells).collect();
        names.sort();
        names
    }

    #[track_caller]
    fn lines(&mut self, sql: &str) -> Vec<Line> {
        let lines = match self {
            Self::Sqlite(connection) => sql_query(sql).load(connection),
            Self::Pg(connection) => sql_query(sql).load(connection),
        };
        lines.unwrap_or_else(|error| panic!("{sql}: {error}"))
    }
}

impl Line {
    fn push(&mut self, name: Option<&str>, cell: Option<String>) {
        self.columns.push(name.unwrap_or("?").to_owned());
        self.cells.push(cell.unwrap_or_else(|| NULL.to_owned()));
    }
}

impl QueryableByName<Sqlite> for Line {
    fn build<'a>(row: &impl NamedRow<'a, Sqlite>) -> deserialize::Result<Self> {
        let mut line = Self::default();
        for index in 0..row.field_count() {
            let field = diesel::row::Row::get(row, index).ok_or("fewer fields than the row has")?;
            let is_blob = field.value().and_then(|value| value.value_type()) == Some(SqliteType::Binary);
            let cell = match field.value() {
                Some(_) if is_blob => Some("BLOB".to_owned()),
                Some(value) => Some(<String as FromSql<Text, Sqlite>>::from_sql(value)?),
                None => None,
            };
            line.push(field.field_name(), cell);
        }
        Ok(line)
    }
}

impl QueryableByName<Pg> for Line {
    fn build<'a>(row: &impl NamedRow<'a, Pg>) -> deserialize::Result<Self> {
        let mut line = Self::default();
        for index in 0..row.field_count() {
            let field = diesel::row::Row::get(row, index).ok_or("fewer fields than the row has")?;
            line.push(field.field_name(), field.value().map(pg_text).transpose()?);
        }
        Ok(line)
    }
}

/// PostgreSQL answers in binary; the numbers are those of its built-in types (`pg_type.dat`).
fn pg_text(value: PgValue<'_>) -> deserialize::Result<String> {
    use chrono::{NaiveDate, NaiveDateTime};
    Ok(match value.get_oid().get() {
        16 => i32::from(<bool as FromSql<Bool, Pg>>::from_sql(value)?).to_string(),
        20 => <i64 as FromSql<BigInt, Pg>>::from_sql(value)?.to_string(),
        21 => <i16 as FromSql<SmallInt, Pg>>::from_sql(value)?.to_string(),
        23 => <i32 as FromSql<Integer, Pg>>::from_sql(value)?.to_string(),
        19 | 25 | 1042 | 1043 => <String as FromSql<Text, Pg>>::from_sql(value)?,
        1082 => <NaiveDate as FromSql<Date, Pg>>::from_sql(value)?.to_string(),
        1114 => <NaiveDateTime as FromSql<Timestamp, Pg>>::from_sql(value)?.format("%F %T%.f").to_string(),
        other => return Err(format!("a column of type {other}: cast it to text").into()),
    })
}

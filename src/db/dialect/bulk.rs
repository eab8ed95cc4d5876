//! Inserting many rows, read by the database as rarely as can be.
//!
//! SQLite keeps a statement that it has read once, so that all but the last rows go in by statements of one length.
//! Rows that borrow cannot be told apart from others by their type, by which Diesel knows a kept statement again: they
//! are refused here. PostgreSQL would read each anew (statements are not kept there, as poolers mix them up), so it takes
//! them by COPY.

use diesel::prelude::QueryableByName;

use crate::error::Result;

/// How many rows one statement of SQLite's inserts: with fewer each row costs more, with more the statement itself.
pub(crate) const ROWS: usize = 200;

/// From so many rows on PostgreSQL takes them by COPY: reading an INSERT of as many values costs it half as much again
/// as storing them, and few are sooner there in one message.
pub(crate) const COPIED: usize = 50;

/// Inserts a slice of rows into a table.
macro_rules! insert_many {
    ($conn:expr, $table:expr, $rows:expr) => {{
        use diesel::RunQueryDsl;
        match $conn {
            $crate::db::connection::DbConn::Sqlite(c) => {
                let (whole, rest) = $rows.as_chunks::<{ $crate::db::dialect::bulk::ROWS }>();
                for rows in whole {
                    diesel::insert_into($table).values(rows).execute(c)?;
                }
                if !rest.is_empty() {
                    diesel::insert_into($table).values(rest).execute(c)?;
                }
            }
            $crate::db::connection::DbConn::Pg(c) => $crate::db::dialect::bulk::put_in!(c, $table, $rows),
        }
    }};
}
pub(crate) use insert_many;

/// Inserts a slice of rows into a table of PostgreSQL's.
macro_rules! put_in {
    ($c:expr, $table:expr, $rows:expr) => {{
        use diesel::RunQueryDsl;
        if $rows.len() >= $crate::db::dialect::bulk::COPIED {
            let copy = diesel::copy_from($table).from_insertable(&$rows[..]);
            diesel::prelude::ExecuteCopyFromDsl::execute(copy, $c)?;
        } else if !$rows.is_empty() {
            diesel::insert_into($table).values(&$rows[..]).execute($c)?;
        }
    }};
}
pub(crate) use put_in;

/// Inserts a slice of rows into a table that numbers them, and answers their numbers in the same order; `$numbered` makes
/// the whole row of a number and of one of these.
macro_rules! insert_numbered {
    ($conn:expr, $table:expr, $id:expr, $rows:expr, $numbered:expr) => {{
        use diesel::RunQueryDsl;
        let mut ids: Vec<i64> = Vec::with_capacity($rows.len());
        match $conn {
            $crate::db::connection::DbConn::Sqlite(c) => {
                let (whole, rest) = $rows.as_chunks::<{ $crate::db::dialect::bulk::ROWS }>();
                for rows in whole {
                    let given = diesel::insert_into($table).values(rows).returning($id).get_results(c)?;
                    $crate::db::dialect::bulk::append(&mut ids, given);
                }
                if !rest.is_empty() {
                    let given = diesel::insert_into($table).values(rest).returning($id).get_results(c)?;
                    $crate::db::dialect::bulk::append(&mut ids, given);
                }
            }
            $crate::db::connection::DbConn::Pg(c) if $rows.len() >= $crate::db::dialect::bulk::COPIED => {
                ids = $crate::db::dialect::bulk::reserve(c, stringify!($table), $rows.len())?;
                let numbered: Vec<_> = ids.iter().zip($rows).map(|(id, row)| $numbered(*id, row)).collect();
                $crate::db::dialect::bulk::put_in!(c, $table, numbered);
            }
            $crate::db::connection::DbConn::Pg(c) => {
                if !$rows.is_empty() {
                    let given =
                        diesel::insert_into($table).values(&$rows[..]).returning($id).get_results(c)?;
                    $crate::db::dialect::bulk::append(&mut ids, given);
                }
            }
        }
        ids
    }};
}
pub(crate) use insert_numbered;

/// Adds what one statement gave. RETURNING promises no order; rows of one statement are numbered in theirs.
pub(crate) fn append(ids: &mut Vec<i64>, mut given: Vec<i64>) {
    given.sort_unstable();
    ids.append(&mut given);
}

/// Numbers that the table, `name::table`, gives to nobody else.
pub(crate) fn reserve(c: &mut diesel::PgConnection, table: &str, count: usize) -> Result<Vec<i64>> {
    use diesel::RunQueryDsl;
    use diesel::sql_types::{BigInt, Text};
    #[derive(QueryableByName)]
    struct Number {
        #[diesel(sql_type = BigInt)]
        number: i64,
    }
    let name = table.split(':').next().unwrap_or(table).trim();
    let sql = "SELECT nextval(pg_get_serial_sequence($1, 'id')) AS number FROM generate_series(1, $2)";
    let query = diesel::sql_query(sql).bind::<Text, _>(name).bind::<BigInt, _>(i64::try_from(count)?);
    let numbers: Vec<Number> = query.load(c)?;
    Ok(numbers.into_iter().map(|one| one.number).collect())
}

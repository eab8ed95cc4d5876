//! Inserting many rows: a few statements, each of many rows, read by the database as rarely as can be.
//!
//! SQLite keeps a statement that it has read once, so that all but the last rows go in by statements of one length.
//! Rows that borrow cannot be told apart from others by their type, by which Diesel knows a kept statement again: they
//! are refused here. PostgreSQL reads each anew (statements are not kept there, as poolers mix them up), but its round trips count.

/// How many rows one statement of SQLite's inserts: with fewer each row costs more, with more the statement itself.
pub(crate) const ROWS: usize = 200;

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
            $crate::db::connection::DbConn::Pg(c) => {
                for rows in $rows.chunks($crate::db::tables::CHUNK) {
                    diesel::insert_into($table).values(rows).execute(c)?;
                }
            }
        }
    }};
}
pub(crate) use insert_many;

/// Inserts a slice of rows into a table that numbers them, and answers their numbers in the same order.
macro_rules! insert_numbered {
    ($conn:expr, $table:expr, $id:expr, $rows:expr) => {{
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
            $crate::db::connection::DbConn::Pg(c) => {
                for rows in $rows.chunks($crate::db::tables::CHUNK) {
                    let given = diesel::insert_into($table).values(rows).returning($id).get_results(c)?;
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

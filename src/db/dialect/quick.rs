//! Cells for statements that read most of a table. Diesel reads SQLite's days and instants by a format, anew for each
//! row, which takes several times as long as all else of it; what is not in the one form that groat stores is left to
//! Diesel as before.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::pg::{Pg, PgValue};
use diesel::sql_types::{Date, Timestamp};
use diesel::sqlite::Sqlite;

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromSqlRow)]
#[diesel(sql_type = Date)]
pub struct Day(pub NaiveDate);

/// An instant, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromSqlRow)]
#[diesel(sql_type = Timestamp)]
pub struct Instant(pub NaiveDateTime);

type SqliteValue<'a> = <Sqlite as diesel::backend::Backend>::RawValue<'a>;

impl FromSql<Date, Sqlite> for Day {
    fn from_sql(mut value: SqliteValue<'_>) -> deserialize::Result<Self> {
        match day(value.read_text().as_bytes()) {
            Some(date) => Ok(Day(date)),
            None => FromSql::<Date, Sqlite>::from_sql(value).map(Day),
        }
    }
}

impl FromSql<Timestamp, Sqlite> for Instant {
    fn from_sql(mut value: SqliteValue<'_>) -> deserialize::Result<Self> {
        match instant(value.read_text().as_bytes()) {
            Some(at) => Ok(Instant(at)),
            None => FromSql::<Timestamp, Sqlite>::from_sql(value).map(Instant),
        }
    }
}

impl FromSql<Date, Pg> for Day {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        FromSql::<Date, Pg>::from_sql(value).map(Day)
    }
}

impl FromSql<Timestamp, Pg> for Instant {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        FromSql::<Timestamp, Pg>::from_sql(value).map(Instant)
    }
}

/// `2026-01-15`, and nothing else.
fn day(text: &[u8]) -> Option<NaiveDate> {
    match text {
        [year @ .., b'-', m1, m2, b'-', d1, d2] if year.len() == 4 => NaiveDate::from_ymd_opt(
            i32::try_from(number(year)?).ok()?,
            number(&[*m1, *m2])?,
            number(&[*d1, *d2])?,
        ),
        _ => None,
    }
}

/// `2026-01-15 09:00:00`, and nothing else.
fn instant(text: &[u8]) -> Option<NaiveDateTime> {
    match text {
        [date @ .., b' ', h1, h2, b':', m1, m2, b':', s1, s2] => {
            day(date)?.and_hms_opt(number(&[*h1, *h2])?, number(&[*m1, *m2])?, number(&[*s1, *s2])?)
        }
        _ => None,
    }
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_stored_form_is_read() {
        let date = NaiveDate::from_ymd_opt(2026, 1, 15);
        assert_eq!(day(b"2026-01-15"), date);
        assert_eq!(instant(b"2026-01-15 09:08:07"), date.and_then(|date| date.and_hms_opt(9, 8, 7)));
        for text in ["2026-1-15", "2026-02-30", "12026-01-15", "-026-01-15", "2026-01-15 ", "", "2026/01/15"]
        {
            assert_eq!(day(text.as_bytes()), None, "{text}");
        }
        for text in ["2026-01-15", "2026-01-15T09:08:07", "2026-01-15 09:08:07.5", "2026-01-15 24:00:00"] {
            assert_eq!(instant(text.as_bytes()), None, "{text}");
        }
    }
}

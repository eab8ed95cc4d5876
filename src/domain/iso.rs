//! Days and instants as ISO 8601 writes them, put together from their digits: exports have millions, and a format is
//! read anew for each.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use serde::Serializer;

/// `2026-01-15`.
pub fn day(date: NaiveDate) -> String {
    let year = date.year();
    if !(0..=9999).contains(&year) {
        return date.to_string();
    }
    let mut text = String::with_capacity(20);
    push(&mut text, year.unsigned_abs(), 1000);
    for part in [date.month(), date.day()] {
        text.push('-');
        push(&mut text, part, 10);
    }
    text
}

/// `2026-01-15T09:00:00Z`, of an instant in UTC; parts of a second are left out.
pub fn instant(at: NaiveDateTime) -> String {
    let mut text = day(at.date());
    for (mark, part) in [('T', at.hour()), (':', at.minute()), (':', at.second())] {
        text.push(mark);
        push(&mut text, part, 10);
    }
    text.push('Z');
    text
}

/// A day as `day` writes it, for serde.
///
/// # Errors
/// Those of the serializer.
pub fn serialize_day<S: Serializer>(date: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&day(*date))
}

/// The digits of a number, the first of which is worth `place`.
fn push(text: &mut String, number: u32, mut place: u32) {
    while place > 0 {
        text.extend(char::from_digit(number / place % 10, 10));
        place /= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_instants_are_written_as_chrono_does() {
        for (year, month, date) in
            [(2026, 1, 15), (999, 12, 31), (0, 1, 1), (9999, 12, 31), (12026, 1, 1), (-5, 3, 4)]
        {
            let date = NaiveDate::from_ymd_opt(year, month, date).unwrap();
            assert_eq!(day(date), date.to_string());
            let at = date.and_hms_opt(9, 5, 59).unwrap();
            assert_eq!(instant(at), format!("{at:?}Z"));
        }
    }
}

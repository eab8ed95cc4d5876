//! Days as SWIFT writes them: `YYMMDD` of a value date and `MMDD` of an entry date beside it.

use chrono::{Datelike, NaiveDate};

/// Reads `YYMMDD`; two digits are 1970 to 2069. German banks count interest in months of 30 days and write a 29th or
/// 30th of February for its last day; none for a day that does not exist otherwise.
pub fn value_date(text: &str) -> Option<NaiveDate> {
    let [year, month, day] = [two(text, 0)?, two(text, 2)?, two(text, 4)?];
    if text.len() != 6 {
        return None;
    }
    let year = i32::try_from(year).ok()?;
    let year = if year < 70 { 2000 + year } else { 1900 + year };
    let last = || NaiveDate::from_ymd_opt(year, 3, 1).and_then(|date| date.pred_opt());
    NaiveDate::from_ymd_opt(year, month, day)
        .or_else(|| if month == 2 && (29..=30).contains(&day) { last() } else { None })
}

/// Reads `MMDD` in the year in which it is nearest to the value date: a payment of 2 January may have been booked on
/// 31 December. None for a day that does not exist.
pub fn entry_date(text: &str, value: NaiveDate) -> Option<NaiveDate> {
    let (month, day) = (two(text, 0)?, two(text, 2)?);
    let years = [value.year(), value.year() - 1, value.year() + 1];
    let days = years.into_iter().filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
    days.min_by_key(|date| (*date - value).num_days().unsigned_abs())
}

fn two(text: &str, at: usize) -> Option<u32> {
    let digits = text.get(at..at + 2)?;
    if digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn two_digits_are_1970_to_2069() {
        let cases = [
            ("690101", Some("2069-01-01")),
            ("700101", Some("1970-01-01")),
            ("230230", Some("2023-02-28")),
            ("240230", Some("2024-02-29")),
            ("230231", None),
            ("231301", None),
            ("000000", None),
            ("2301", None),
            ("2301011", None),
            ("23010x", None),
        ];
        for (text, expected) in cases {
            assert_eq!(value_date(text), expected.map(date), "{text}");
        }
    }

    #[test]
    fn the_entry_date_is_the_one_nearest() {
        let cases = [
            ("1231", "2024-01-02", Some("2023-12-31")),
            ("0102", "2023-12-31", Some("2024-01-02")),
            ("0520", "2011-05-24", Some("2011-05-20")),
            ("0229", "2025-01-10", Some("2024-02-29")),
            ("0230", "2025-03-01", None),
            ("1332", "2025-03-01", None),
        ];
        for (text, value, expected) in cases {
            assert_eq!(entry_date(text, date(value)), expected.map(date), "{text} {value}");
        }
    }
}

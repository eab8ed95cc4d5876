//! Days as ISO 20022 writes them: an ISODate, or an ISODateTime whose own day counts.
//!
//! A zone behind either never moves the day: it is the bank's, as on its paper statement.

use chrono::{Datelike, NaiveDate};

/// Reads `2014-12-31`, `2014-12-31+01:00`, `2014-12-31T23:59:59Z` and the like; years far off are no days of a statement.
pub fn read(text: &str) -> Option<NaiveDate> {
    let (day, rest) = text.split_at_checked(10)?;
    let is_whole = rest.is_empty() || rest.starts_with(['T', 'Z', '+', '-', ' ']);
    let is_plain = day
        .bytes()
        .enumerate()
        .all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
    let date = if is_whole && is_plain { day.parse::<NaiveDate>().ok() } else { None };
    date.filter(|date| (1900..2200).contains(&date.year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_never_moves_the_day() {
        for text in [
            "2014-12-31",
            "2014-12-31Z",
            "2014-12-31+01:00",
            "2014-12-31T00:00:00+14:00",
            "2014-12-31T23:59:59.999-12:00",
            "2014-12-31T24:00:00",
        ] {
            assert_eq!(read(text).map(|date| date.to_string()).as_deref(), Some("2014-12-31"), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in [
            "",
            "2014-12-3",
            "2014-02-30",
            "31.12.2014",
            "20141231",
            "2014-12-312",
            "0001-01-01",
            "9999-12-31",
            "2014-12-3é",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}

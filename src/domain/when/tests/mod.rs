//! Tables of cases and properties for days, months and periods.
//!
//! `dates` and `periods` hold what is read, `errors` what is refused and in which words, `hledger` the
//! readings of that program that apply here, `steps` months and steps, `properties` what holds for any text.

mod dates;
mod errors;
mod hledger;
mod periods;
mod properties;
mod steps;

use chrono::NaiveDate;

use super::{DateOrder, Lean, parse_date, parse_period};

/// The day of an ISO text, read by chrono.
fn day(iso: &str) -> NaiveDate {
    iso.parse().expect("tests write days in ISO")
}

/// Each row: today, the text, the day in ISO.
fn check_dates(order: Option<DateOrder>, rows: &[(&str, &str, &str)]) {
    for (today, text, expected) in rows {
        let read = parse_date(text, day(today), order).map(|date| date.to_string());
        assert_eq!(read.as_deref(), Ok(*expected), "`{text}` on {today}");
    }
}

/// Each row: today, the text, the canonical period.
fn check_periods(lean: Lean, rows: &[(&str, &str, &str)]) {
    for (today, text, expected) in rows {
        let read = parse_period(text, day(today), lean).map(|period| period.to_string());
        assert_eq!(read.as_deref(), Ok(*expected), "`{text}` on {today}");
    }
}

/// Each row: today and a text that is no date.
fn check_no_dates(rows: &[(&str, &str)]) {
    for (today, text) in rows {
        let read = parse_date(text, day(today), None);
        assert!(read.is_err(), "`{text}` on {today} was read as {read:?}");
    }
}

/// Each row: today and a text that is no period.
fn check_no_periods(rows: &[(&str, &str)]) {
    for (today, text) in rows {
        let read = parse_period(text, day(today), Lean::Past);
        assert!(read.is_err(), "`{text}` on {today} was read as {read:?}");
    }
}

//! Months and steps: arithmetic, labels, the stored form.

use super::day;
use crate::domain::when::{Month, Step};

fn month(text: &str) -> Month {
    Month::parse(text).unwrap()
}

#[test]
fn months_are_counted_across_years() {
    assert_eq!(month("2026-12").next(), month("2027-01"));
    assert_eq!(month("2026-01").previous(), month("2025-12"));
    assert_eq!(month("2026-03").plus(0), month("2026-03"));
    assert_eq!(month("2026-03").plus(-27), month("2023-12"));
    assert_eq!(month("9999-12").next().to_string(), "10000-01");
    assert!(month("2025-12") < month("2026-01"));
}

#[test]
fn a_key_counts_months_and_leads_back() {
    assert_eq!(month("2026-03").key(), 2026 * 12 + 2);
    assert_eq!(Month::from_ordinal(24_314), Some(month("2026-03")));
    assert_eq!(Month::from_ordinal(i32::MAX), None);
    assert_eq!(Month::from_ordinal(i32::MIN), None);
}

#[test]
fn a_sum_past_every_calendar_stops_and_still_has_days() {
    for months in [i32::MAX, i32::MIN] {
        let far = month("2026-03").plus(months);
        assert!(far.first_day() < far.last_day());
    }
}

#[test]
fn a_month_ends_on_its_last_day() {
    for (text, last) in [
        ("2026-02", "2026-02-28"),
        ("2024-02", "2024-02-29"),
        ("2026-04", "2026-04-30"),
        ("9999-12", "9999-12-31"),
    ] {
        assert_eq!(month(text).last_day(), day(last));
        assert_eq!(month(text).first_day(), day(&format!("{text}-01")));
    }
}

#[test]
fn only_the_stored_form_of_a_month_is_read() {
    for text in [
        "",
        "2026",
        "2026-3",
        "2026-13",
        "2026-00",
        "+026-03",
        " 2026-03",
        "2026-03-01",
        "1899-12",
        "mar",
        "２０２６-03",
    ] {
        assert!(Month::parse(text).is_err(), "{text}");
    }
    assert_eq!(Month::parse("2026-13").unwrap_err().to_string(), "`2026-13` is not a month");
}

#[test]
fn a_month_is_a_string_in_json() {
    assert_eq!(serde_json::to_string(&month("2026-03")).unwrap(), "\"2026-03\"");
    assert_eq!(serde_json::from_str::<Month>("\"2026-03\"").unwrap(), month("2026-03"));
    assert!(serde_json::from_str::<Month>("\"2026-3\"").is_err());
}

#[test]
fn steps_have_a_start_an_end_and_a_label() {
    let rows = [
        (Step::Day, "2026-03-05", "2026-03-05", "2026-03-05", "2026-03-05"),
        (Step::Week, "2026-03-18", "2026-03-16", "2026-03-22", "2026-W12"),
        (Step::Week, "2024-12-31", "2024-12-30", "2025-01-05", "2025-W01"),
        (Step::Week, "2027-01-03", "2026-12-28", "2027-01-03", "2026-W53"),
        (Step::Month, "2024-02-10", "2024-02-01", "2024-02-29", "2024-02"),
        (Step::Quarter, "2026-12-31", "2026-10-01", "2026-12-31", "2026Q4"),
        (Step::Year, "2026-07-01", "2026-01-01", "2026-12-31", "2026"),
        (Step::Week, "9999-12-31", "9999-12-27", "9999-12-31", "9999-W52"),
    ];
    for (step, date, start, end, label) in rows {
        assert_eq!(step.start_of(day(date)), day(start), "{step:?} {date}");
        assert_eq!(step.end_of(day(date)), day(end), "{step:?} {date}");
        assert_eq!(step.label(day(start)), label);
        assert_eq!(step.label(day(date)), label);
    }
}

#[test]
fn no_step_follows_the_last_of_9999() {
    for step in [Step::Day, Step::Week, Step::Month, Step::Quarter, Step::Year] {
        assert_eq!(step.next(day("9999-12-31")), None, "{step:?}");
        assert!(step.next(day("9998-12-31")).is_some(), "{step:?}");
    }
}

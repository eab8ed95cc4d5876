//! What is read as a period, how periods are said, and the hint for words that belong together.

use super::{check_periods, day};
use crate::domain::when::{Lean, Month, Period, join_hint, parse_period};

/// A Thursday.
const TODAY: &str = "2026-01-15";

#[test]
fn years_quarters_months_weeks_and_days_are_read() {
    check_periods(
        Lean::Past,
        &[
            (TODAY, "2026", "2026"),
            (TODAY, "2026-03", "2026-03"),
            (TODAY, "2026-3", "2026-03"),
            (TODAY, "2026/03", "2026-03"),
            (TODAY, "mar 2026", "2026-03"),
            (TODAY, "2026 March", "2026-03"),
            (TODAY, "mar2026", "2026-03"),
            (TODAY, "mar-2026", "2026-03"),
            (TODAY, "2026Q1", "2026Q1"),
            (TODAY, "2026q1", "2026Q1"),
            (TODAY, "2026-Q4", "2026Q4"),
            (TODAY, "q3 2024", "2024Q3"),
            (TODAY, "2026-W12", "2026-W12"),
            (TODAY, "2026w1", "2026-W01"),
            (TODAY, "2026-W53", "2026-W53"),
            (TODAY, "2026-03-05", "2026-03-05"),
            (TODAY, "all", "all"),
        ],
    );
}

#[test]
fn every_date_is_a_period_of_one_day() {
    check_periods(
        Lean::Past,
        &[
            (TODAY, "today", "2026-01-15"),
            (TODAY, "Yesterday", "2026-01-14"),
            (TODAY, "fri", "2026-01-09"),
            (TODAY, "3d ago", "2026-01-12"),
            (TODAY, "15", "2026-01-15"),
            (TODAY, "5 mar", "2025-03-05"),
        ],
    );
}

#[test]
fn a_named_month_or_quarter_is_the_last_one_begun() {
    check_periods(
        Lean::Past,
        &[
            (TODAY, "mar", "2025-03"),
            (TODAY, "MARCH", "2025-03"),
            (TODAY, "jan", "2026-01"),
            (TODAY, "dec", "2025-12"),
            ("2026-03-01", "mar", "2026-03"),
            ("2026-02-28", "mar", "2025-03"),
            (TODAY, "q1", "2026Q1"),
            (TODAY, "q2", "2025Q2"),
        ],
    );
}

#[test]
fn a_budget_takes_the_nearest_month_and_of_two_the_coming() {
    check_periods(
        Lean::Nearest,
        &[
            (TODAY, "jan", "2026-01"),
            (TODAY, "mar", "2026-03"),
            (TODAY, "jul", "2026-07"),
            (TODAY, "aug", "2025-08"),
            (TODAY, "dec", "2025-12"),
            ("2026-10-31", "mar", "2027-03"),
            ("2026-10-31", "may", "2026-05"),
            (TODAY, "q1", "2026Q1"),
            (TODAY, "q2", "2026Q2"),
            (TODAY, "q3", "2026Q3"),
            (TODAY, "q4", "2025Q4"),
        ],
    );
}

#[test]
fn this_last_and_next_are_whole_and_weeks_start_on_monday() {
    check_periods(
        Lean::Past,
        &[
            (TODAY, "this week", "2026-W03"),
            (TODAY, "last week", "2026-W02"),
            (TODAY, "next week", "2026-W04"),
            ("2026-01-11", "this week", "2026-W02"),
            ("2026-01-12", "this week", "2026-W03"),
            (TODAY, "this month", "2026-01"),
            (TODAY, "last month", "2025-12"),
            (TODAY, "Next Month", "2026-02"),
            ("2026-03-31", "last month", "2026-02"),
            (TODAY, "this quarter", "2026Q1"),
            (TODAY, "last quarter", "2025Q4"),
            (TODAY, "next quarter", "2026Q2"),
            (TODAY, "this year", "2026"),
            (TODAY, "last year", "2025"),
            (TODAY, "next year", "2027"),
        ],
    );
}

#[test]
fn last_days_include_today_and_last_months_are_complete_ones() {
    check_periods(
        Lean::Past,
        &[
            (TODAY, "last 30 days", "2025-12-17..2026-01-15"),
            (TODAY, "last 1 day", "2026-01-15"),
            (TODAY, "last 7d", "2026-01-09..2026-01-15"),
            (TODAY, "last 2 weeks", "2025-12-29..2026-01-11"),
            (TODAY, "last 1 month", "2025-12"),
            (TODAY, "last 3 months", "2025Q4"),
            (TODAY, "last 12 months", "2025"),
            ("2026-03-31", "last 2 months", "2026-01-01..2026-02-28"),
            (TODAY, "last 2 quarters", "2025-07-01..2025-12-31"),
            (TODAY, "last 2 years", "2024-01-01..2025-12-31"),
        ],
    );
}

#[test]
fn to_date_ends_today() {
    check_periods(
        Lean::Past,
        &[
            (TODAY, "ytd", "2026-01-01..2026-01-15"),
            ("2026-05-20", "qtd", "2026-04-01..2026-05-20"),
            (TODAY, "MTD", "2026-01-01..2026-01-15"),
            (TODAY, "wtd", "2026-01-12..2026-01-15"),
            ("2026-01-31", "mtd", "2026-01"),
        ],
    );
}

#[test]
fn both_ends_of_a_range_are_whole_and_included() {
    check_periods(
        Lean::Past,
        &[
            (TODAY, "2026-01..2026-03", "2026Q1"),
            (TODAY, "2026-01 .. 2026-02", "2026-01-01..2026-02-28"),
            (TODAY, "2025..2025", "2025"),
            (TODAY, "2025Q4..2026-W12", "2025-10-01..2026-03-22"),
            (TODAY, "2026-03-05..2026-03-05", "2026-03-05"),
            (TODAY, "yesterday..today", "2026-01-14..2026-01-15"),
            (TODAY, "2026-03..", "2026-03-01.."),
            (TODAY, "..2026-03", "..2026-03-31"),
            (TODAY, "last month..this month", "2025-12-01..2026-01-31"),
            (TODAY, "last 3 months..", "2025-10-01.."),
            (TODAY, "..mar", "..2025-03-31"),
        ],
    );
}

#[test]
fn an_end_without_a_year_runs_forwards_from_the_start() {
    check_periods(
        Lean::Past,
        &[
            (TODAY, "nov..feb", "2025-11-01..2026-02-28"),
            (TODAY, "mar..feb", "2025-03-01..2026-02-28"),
            ("2026-12-31", "jan..mar", "2026Q1"),
            (TODAY, "jan..mar", "2026Q1"),
            (TODAY, "2024-11..mar", "2024-11-01..2025-03-31"),
            (TODAY, "q4..q1", "2025-10-01..2026-03-31"),
            (TODAY, "mon..fri", "2026-01-12..2026-01-16"),
            (TODAY, "mon..mon", "2026-01-12"),
            (TODAY, "1..20", "2026-01-01..2026-01-20"),
            (TODAY, "20..10", "2025-12-20..2026-01-10"),
            (TODAY, "2026-03-05..15", "2026-03-05..2026-03-15"),
            (TODAY, "..10", "..2026-01-10"),
            (TODAY, "20 dec..5 feb", "2025-12-20..2026-02-05"),
            ("2026-03-01", "1 mar..29 feb", "2026-03-01..2028-02-29"),
        ],
    );
    check_periods(Lean::Nearest, &[(TODAY, "mar..oct", "2026-03-01..2026-10-31")]);
}

#[test]
fn periods_at_the_ends_of_the_calendar_are_whole() {
    check_periods(
        Lean::Past,
        &[
            ("1900-01-01", "this week", "1900-W01"),
            ("1900-01-01", "this year", "1900"),
            ("9999-12-31", "this year", "9999"),
            // Its Saturday and Sunday are in a year of five digits.
            ("9999-12-31", "this week", "9999-W52"),
            ("9999-12-31", "9999-W52", "9999-W52"),
            ("9999-12-31", "wtd", "9999-W52"),
        ],
    );
}

#[test]
fn a_period_contains_both_its_ends() {
    let week = parse_period("2026-W03", day(TODAY), Lean::Past).unwrap();
    for (date, is_in) in
        [("2026-01-11", false), ("2026-01-12", true), ("2026-01-18", true), ("2026-01-19", false)]
    {
        assert_eq!(week.contains(day(date)), is_in, "{date}");
    }
    let from = Period { from: Some(day("2026-01-12")), to: None };
    assert!(from.contains(day("9999-12-31")) && !from.contains(day("2026-01-11")));
    assert!(Period::ALL.contains(day("1900-01-01")));
}

#[test]
fn whole_months_are_seen_however_they_were_written() {
    let months = |text| parse_period(text, day(TODAY), Lean::Past).unwrap().whole_months();
    let month = |text| Month::parse(text).unwrap();
    assert_eq!(months("2026-02"), Some((month("2026-02"), month("2026-02"))));
    assert_eq!(months("2026Q1"), Some((month("2026-01"), month("2026-03"))));
    assert_eq!(months("2025-11-01..2026-02-28"), Some((month("2025-11"), month("2026-02"))));
    for text in ["2024-02-01..2024-02-28", "2026-W12", "ytd", "2026-03..", "..2026-03", "all", "today"] {
        assert_eq!(months(text), None, "{text}");
    }
}

#[test]
fn a_description_always_names_the_year() {
    let rows = [
        ("2026", "2026"),
        ("2024..2026", "2024 to 2026"),
        ("q1", "Q1 2026"),
        ("mar", "March 2025"),
        ("2026-W12", "week 12 of 2026 (16 Mar 2026 to 22 Mar 2026)"),
        ("2025-W01", "week 1 of 2025 (30 Dec 2024 to 5 Jan 2025)"),
        ("today", "15 Jan 2026"),
        ("mtd", "1 Jan 2026 to 15 Jan 2026"),
        ("2026-01..2026-04", "January 2026 to April 2026"),
        ("2025-12..2026-01", "December 2025 to January 2026"),
        ("2026-03..", "from 1 Mar 2026 on"),
        ("..2026-03", "up to 31 Mar 2026"),
        ("all", "everything"),
    ];
    for (text, expected) in rows {
        assert_eq!(parse_period(text, day(TODAY), Lean::Past).unwrap().describe(), expected, "{text}");
    }
}

#[test]
fn words_that_belong_together_get_a_hint_to_quote_them() {
    let quoted = |text: &str, short: &str| {
        Some(format!("words that belong together need quotes: `'{text}'`, or write `{short}`"))
    };
    let rows: [(&[&str], Option<String>); 9] = [
        (&["5", "mar"], quoted("5 mar", "5mar")),
        (&["5", "Mar", "coffee"], quoted("5 Mar", "5Mar")),
        (&["mar", "2025"], quoted("mar 2025", "mar2025")),
        (&["5", "mar", "2025"], quoted("5 mar 2025", "5mar2025")),
        (&["last", "30", "days"], quoted("last 30 days", "last30days")),
        (&["2026-01", "..", "2026-03", "rent"], quoted("2026-01 .. 2026-03", "2026-01..2026-03")),
        (&["last", "month"], Some("words that belong together need quotes: `'last month'`".to_owned())),
        (&["jan", "to", "mar"], Some("only `..` joins two ends: `jan..mar`".to_owned())),
        (
            &["from", "2026-01", "until", "2026-03"],
            Some("only `..` joins two ends: `2026-01..2026-03`".to_owned()),
        ),
    ];
    for (words, expected) in rows {
        assert_eq!(join_hint(words), expected, "{words:?}");
    }
}

#[test]
fn words_that_stand_for_themselves_get_no_hint() {
    let rows: [&[&str]; 12] = [
        &[],
        &["5"],
        &["yesterday", "coffee"],
        &["5", "12.50", "coffee"],
        &["5", "-12.50"],
        &["5", "10"],
        &["fri", "to", "mum"],
        &["2026", "-", "rent"],
        &["mar", "and", "rent"],
        &["5", "mar coffee"],
        &["15 mar", "2025"],
        &["2026-03-05", "2026-03-06"],
    ];
    for words in rows {
        assert_eq!(join_hint(words), None, "{words:?}");
    }
}

#[test]
fn a_period_has_one_of_the_same_kind_before_it() {
    for (text, before) in [
        ("2026-01-15", "2026-01-14"),
        ("2026-W01", "2025-W52"),
        ("2026-01", "2025-12"),
        ("2024-03", "2024-02"),
        ("2026Q1", "2025Q4"),
        ("2026", "2025"),
        ("2025-11..2026-01", "2025-08-01..2025-10-31"),
        ("2024-03-01..2024-03-31", "2024-02"),
        ("2024-03-01..2024-03-30", "2024-02"),
        ("mtd", "2025-12-01..2025-12-15"),
        ("2026-01-01..2026-03-05", "2025-01-01..2025-03-05"),
        ("2024-01-01..2024-02-29", "2023-11..2023-12"),
        ("2026-01-10..2026-01-12", "2026-01-07..2026-01-09"),
    ] {
        let read = |text: &str| parse_period(text, day(TODAY), Lean::Past).unwrap();
        assert_eq!(read(text).previous(), Some(read(before)), "{text}");
    }
    for open in ["all", "2026..", "..2026"] {
        assert_eq!(parse_period(open, day(TODAY), Lean::Past).unwrap().previous(), None, "{open}");
    }
}

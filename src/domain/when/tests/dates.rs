//! What is read as a day, and as which.

use super::check_dates;
use crate::domain::when::DateOrder;

/// A Thursday.
const TODAY: &str = "2026-01-15";

#[test]
fn days_in_iso_are_read_with_any_one_mark_and_without() {
    check_dates(
        None,
        &[
            (TODAY, "2026-03-05", "2026-03-05"),
            (TODAY, "2026-3-5", "2026-03-05"),
            (TODAY, "2026/03/05", "2026-03-05"),
            (TODAY, "2026.3.5", "2026-03-05"),
            (TODAY, "20261103", "2026-11-03"),
            (TODAY, "2024-02-29", "2024-02-29"),
            (TODAY, "1900-01-01", "1900-01-01"),
            (TODAY, "9999-12-31", "9999-12-31"),
        ],
    );
}

#[test]
fn case_and_blanks_do_not_matter() {
    check_dates(
        None,
        &[
            (TODAY, " Today ", "2026-01-15"),
            (TODAY, "YESTERDAY", "2026-01-14"),
            (TODAY, "\t5   MAR\t2025\n", "2025-03-05"),
            (TODAY, "3\u{a0}days  ago", "2026-01-12"),
        ],
    );
}

#[test]
fn the_day_before_and_the_day_after_cross_a_year() {
    check_dates(None, &[("2026-01-01", "yesterday", "2025-12-31"), ("2025-12-31", "tomorrow", "2026-01-01")]);
}

#[test]
fn a_weekday_is_the_last_one_and_never_today() {
    check_dates(
        None,
        &[
            (TODAY, "fri", "2026-01-09"),
            (TODAY, "last fri", "2026-01-09"),
            (TODAY, "friday", "2026-01-09"),
            (TODAY, "Last Friday", "2026-01-09"),
            (TODAY, "wed", "2026-01-14"),
            (TODAY, "thu", "2026-01-08"),
            (TODAY, "thurs", "2026-01-08"),
            (TODAY, "tues", "2026-01-13"),
            (TODAY, "sun", "2026-01-11"),
            (TODAY, "mon", "2026-01-12"),
            (TODAY, "sat", "2026-01-10"),
        ],
    );
}

#[test]
fn days_weeks_months_and_years_are_counted_back() {
    check_dates(
        None,
        &[
            (TODAY, "3d ago", "2026-01-12"),
            (TODAY, "-3d", "2026-01-12"),
            (TODAY, "3 d ago", "2026-01-12"),
            (TODAY, "3 days ago", "2026-01-12"),
            (TODAY, "-3 days", "2026-01-12"),
            (TODAY, "1 day ago", "2026-01-14"),
            (TODAY, "0d ago", "2026-01-15"),
            (TODAY, "2w ago", "2026-01-01"),
            (TODAY, "-2w", "2026-01-01"),
            (TODAY, "1m ago", "2025-12-15"),
            (TODAY, "1 month ago", "2025-12-15"),
            (TODAY, "13 months ago", "2024-12-15"),
            (TODAY, "1q ago", "2025-10-15"),
            (TODAY, "1y ago", "2025-01-15"),
            (TODAY, "46035d ago", "1900-01-01"),
        ],
    );
}

#[test]
fn months_and_years_counted_back_end_in_a_month_that_is_too_short() {
    check_dates(
        None,
        &[
            ("2026-03-31", "1m ago", "2026-02-28"),
            ("2024-03-31", "1m ago", "2024-02-29"),
            ("2024-02-29", "1y ago", "2023-02-28"),
            ("2024-02-29", "4y ago", "2020-02-29"),
            ("2026-05-31", "1q ago", "2026-02-28"),
        ],
    );
}

#[test]
fn a_bare_number_is_a_day_of_this_month_or_the_last() {
    check_dates(
        None,
        &[
            (TODAY, "15", "2026-01-15"),
            (TODAY, "14", "2026-01-14"),
            (TODAY, "16", "2025-12-16"),
            (TODAY, "1", "2026-01-01"),
            (TODAY, "05", "2026-01-05"),
            (TODAY, "31", "2025-12-31"),
            ("2024-03-15", "29", "2024-02-29"),
            ("2026-03-31", "31", "2026-03-31"),
        ],
    );
}

#[test]
fn a_day_of_a_month_is_the_last_one_that_is_not_in_the_future() {
    check_dates(
        None,
        &[
            (TODAY, "5 mar", "2025-03-05"),
            (TODAY, "mar 5", "2025-03-05"),
            (TODAY, "5mar", "2025-03-05"),
            (TODAY, "mar5", "2025-03-05"),
            (TODAY, "5-mar", "2025-03-05"),
            (TODAY, "5 march", "2025-03-05"),
            (TODAY, "05 Mar", "2025-03-05"),
            (TODAY, "15 jan", "2026-01-15"),
            (TODAY, "16 jan", "2025-01-16"),
            (TODAY, "3 sept", "2025-09-03"),
            (TODAY, "29 feb", "2024-02-29"),
            ("2024-02-28", "29 feb", "2020-02-29"),
            ("2024-02-29", "29 feb", "2024-02-29"),
            // 2100 is no leap year.
            ("2104-02-28", "29 feb", "2096-02-29"),
            ("9999-12-31", "29 feb", "9996-02-29"),
        ],
    );
}

#[test]
fn a_day_of_a_month_with_its_year_may_be_in_the_future() {
    check_dates(
        None,
        &[
            (TODAY, "5 mar 2025", "2025-03-05"),
            (TODAY, "mar 5 2025", "2025-03-05"),
            (TODAY, "2025 mar 5", "2025-03-05"),
            (TODAY, "5mar2027", "2027-03-05"),
            (TODAY, "05-Mar-2027", "2027-03-05"),
        ],
    );
}

#[test]
fn numbers_with_one_reading_need_no_order() {
    check_dates(
        None,
        &[
            (TODAY, "25/12/2025", "2025-12-25"),
            (TODAY, "12/25/2025", "2025-12-25"),
            (TODAY, "25.12.2027", "2027-12-25"),
            (TODAY, "25-12", "2025-12-25"),
            (TODAY, "12/25", "2025-12-25"),
            (TODAY, "4/4", "2025-04-04"),
            (TODAY, "11/11/2024", "2024-11-11"),
        ],
    );
}

#[test]
fn numbers_are_read_in_the_configured_order() {
    check_dates(
        Some(DateOrder::Dmy),
        &[
            (TODAY, "05/03", "2025-03-05"),
            (TODAY, "5.3", "2025-03-05"),
            (TODAY, "5-3", "2025-03-05"),
            (TODAY, "15/01", "2026-01-15"),
            (TODAY, "16/01", "2025-01-16"),
            (TODAY, "29/02", "2024-02-29"),
            (TODAY, "05/03/2026", "2026-03-05"),
            (TODAY, "05.03.2026", "2026-03-05"),
            (TODAY, "2026/05/03", "2026-05-03"),
        ],
    );
    check_dates(
        Some(DateOrder::Mdy),
        &[(TODAY, "05/03", "2025-05-03"), (TODAY, "05/03/2026", "2026-05-03"), (TODAY, "1/15", "2026-01-15")],
    );
    check_dates(Some(DateOrder::Ymd), &[(TODAY, "05/03", "2025-05-03"), (TODAY, "2026/05/03", "2026-05-03")]);
}

#[test]
fn the_name_of_an_order_is_read_in_any_case() {
    assert_eq!(DateOrder::parse("dmy"), Ok(DateOrder::Dmy));
    assert_eq!(DateOrder::parse(" MDY "), Ok(DateOrder::Mdy));
    assert_eq!(DateOrder::parse("ymd"), Ok(DateOrder::Ymd));
    assert!(DateOrder::parse("d/m/y").is_err());
}

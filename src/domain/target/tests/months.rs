//! Occurrences, limits and deadlines in a month.

use super::*;

/// T3, T4 and T8 to T12 of the cases, and month ends.
#[test]
fn occurrences_are_counted_in_the_month() {
    for (text, in_month, times) in [
        ("1 every week starting 2024-01-01", "2024-01", 5),
        ("1 every 7 weeks starting 2023-12-04", "2024-01", 1),
        ("1 every 10 days starting 2024-01-01", "2024-01", 4),
        ("1 every year starting 2023-01-01", "2024-01", 1),
        ("1 every year starting 2023-01-01", "2024-02", 0),
        ("1 every 2 months starting 2023-11-01", "2024-01", 1),
        ("1 every 2 months starting 2023-11-01", "2024-02", 0),
        ("1 every month starting 2024-01-31", "2024-02", 1),
        ("1 every month starting 2024-01-31", "2023-12", 0),
        ("1 every 4 years starting 2024-02-29", "2028-02", 1),
        ("1 every year starting 2024-02-29", "2025-02", 1),
        ("1 every day starting 2024-01-31", "2024-01", 1),
        ("1 every day starting 2024-01-31", "2024-02", 29),
        ("1 every day starting 1900-01-01", "9999-12", 31),
        ("1 every 9999 days starting 2024-01-31", "2024-01", 1),
        ("1 every 2 weeks starting 2024-01-31", "2024-02", 2),
        ("1 every week starting 2024-03-01", "2024-02", 0),
    ] {
        let Ask::Every(_, recurrence) = good(text).ask else { panic!("{text}") };
        assert_eq!(recurrence.count_in(month(in_month)), times, "{text} in {in_month}");
    }
    for (text, in_month, minor) in [
        ("up to 100 per week starting 2024-01-01", "2024-01", 50_000),
        ("up to 10 per day", "2024-01", 31_000),
        ("up to 10 per day", "2023-02", 28_000),
        ("up to 10 per day", "2024-02", 29_000),
        ("up to 10 per day starting 2024-02-29", "2024-02", 1_000),
        ("up to 500", "2024-01", 50_000),
    ] {
        let limit = good(text).limit.unwrap();
        assert_eq!(limit.in_month(month(in_month)), minor, "{text} in {in_month}");
    }
}

#[test]
fn a_deadline_comes_back_as_often_as_it_repeats() {
    for (text, in_month, due) in [
        ("5 by 2026-03", "2026-01", Some(("2026-03", None))),
        ("5 by 2026-03", "2026-03", Some(("2026-03", None))),
        ("5 by 2026-03", "2026-04", None),
        ("5 by 2026-03 repeat every year", "2026-04", Some(("2027-03", None))),
        ("5 by 2026-03 repeat every 5 months", "2027-02", Some(("2027-06", None))),
        ("5 by 2026-03 repeat every 5 months", "2026-08", Some(("2026-08", None))),
        ("5 by 2026-12 spend from 2026-11 repeat every year", "2027-01", Some(("2027-12", Some("2027-11")))),
    ] {
        let Ask::By(by) = good(text).ask else { panic!("{text}") };
        let expected =
            due.map(|(month_text, from)| Due { month: month(month_text), spend_from: from.map(month) });
        assert_eq!(by.next_due(month(in_month)), expected, "{text} in {in_month}");
    }
    let Ask::By(by) = good("5 by 2026-03 repeat every 3 months").ask else { panic!() };
    for (first, last, times) in
        [("2026-01", "2026-02", 0), ("2026-01", "2026-03", 1), ("2026-04", "2026-12", 3)]
    {
        assert_eq!(by.times_due(month(first), month(last)), times, "{first} to {last}");
    }
}

//! What is refused, and in which words.

use super::{check_no_dates, check_no_periods, day};
use crate::domain::invalid::Invalid;
use crate::domain::when::{DateOrder, Lean, parse_date, parse_period};

/// A Thursday.
const TODAY: &str = "2026-01-15";

fn said(error: Invalid) -> (String, String) {
    (error.message, error.hint.unwrap_or_default())
}

/// Each row: today, the text, the message, the hint (empty: none).
fn check(rows: &[(&str, &str, &str, &str)], read: impl Fn(&str, &str) -> Invalid) {
    for (today, text, message, hint) in rows {
        assert_eq!(said(read(text, today)), (message.to_string(), hint.to_string()), "`{text}` on {today}");
    }
}

fn no_date(text: &str, today: &str) -> Invalid {
    parse_date(text, day(today), None).unwrap_err()
}

fn no_period(text: &str, today: &str) -> Invalid {
    parse_period(text, day(today), Lean::Past).unwrap_err()
}

#[test]
fn an_impossible_day_says_what_is_impossible() {
    check(
        &[
            (
                TODAY,
                "2026-02-30",
                "`2026-02-30` is not a date: February 2026 has 28 days",
                "its last day is `2026-02-28`",
            ),
            (
                TODAY,
                "20260231",
                "`20260231` is not a date: February 2026 has 28 days",
                "its last day is `2026-02-28`",
            ),
            (TODAY, "31 apr", "`31 apr` is not a date: April has 30 days", ""),
            (TODAY, "30 feb", "`30 feb` is not a date: February has at most 29 days", ""),
            (
                TODAY,
                "31 apr 2025",
                "`31 apr 2025` is not a date: April 2025 has 30 days",
                "its last day is `2025-04-30`",
            ),
            (
                TODAY,
                "2026-13-05",
                "`2026-13-05` is not a date: there is no month 13",
                "months go from 01 to 12",
            ),
            (TODAY, "2026-03-00", "`2026-03-00` is not a date: days count from 1", ""),
            (TODAY, "0", "`0` is not a date: days count from 1", ""),
            (TODAY, "32", "`32` is not a date: no month has 32 days", ""),
            (TODAY, "32 mar", "`32 mar` is not a date: no month has 32 days", ""),
            (
                "2026-03-15",
                "30",
                "`30` is not a date: February 2026 has 28 days",
                "for the one before write `2026-01-30`",
            ),
            (
                "2026-07-15",
                "31",
                "`31` is not a date: June 2026 has 30 days",
                "for the one before write `2026-05-31`",
            ),
        ],
        no_date,
    );
}

#[test]
fn days_outside_the_calendar_are_refused_not_moved() {
    let range = "days go from 1900-01-01 to 9999-12-31";
    for (today, text) in [
        (TODAY, "1899-12-31"),
        (TODAY, "0000-01-01"),
        (TODAY, "999999999d ago"),
        (TODAY, "99999999999999999999999999d ago"),
        (TODAY, "4294967295w ago"),
        (TODAY, "4294967295y ago"),
        ("1900-01-01", "yesterday"),
        ("1900-01-01", "fri"),
        ("1900-01-01", "5 mar"),
        ("1900-01-01", "29 feb"),
        ("1900-01-15", "20"),
        ("9999-12-31", "tomorrow"),
    ] {
        let expected = (format!("`{text}` is not a date: {range}"), String::new());
        assert_eq!(said(no_date(text, today)), expected, "`{text}` on {today}");
    }
    for (today, text) in [
        (TODAY, "1899"),
        (TODAY, "1899-12"),
        (TODAY, "last 999999999 days"),
        (TODAY, "last 4294967295 quarters"),
        ("1900-01-01", "last week"),
        ("1900-01-01", "last year"),
        ("1900-01-01", "mar"),
        ("9999-12-31", "next day"),
        ("9999-12-31", "next week"),
        ("9999-12-31", "next month"),
    ] {
        assert!(parse_period(text, day(today), Lean::Past).is_err(), "`{text}` on {today}");
    }
}

#[test]
fn numbers_without_an_order_ask_for_one() {
    let once = "say once which comes first: `groat config set date_order dmy` (or `mdy`)";
    let asked = |text: &str| format!("`{text}` is not a date: it does not say which number is the day");
    for (text, iso) in [
        ("05/03", "`2025-03-05` or `2025-05-03`"),
        ("05/03/2026", "`2026-03-05` or `2026-05-03`"),
        ("05.03.2026", "`2026-03-05` or `2026-05-03`"),
        ("5-3-2026", "`2026-03-05` or `2026-05-03`"),
    ] {
        let hint = format!("write {iso}, or {once}");
        assert_eq!(said(no_date(text, TODAY)), (asked(text), hint), "{text}");
    }
}

#[test]
fn a_slip_in_the_name_of_a_day_is_told() {
    for (text, name) in
        [("tomorow", "tomorrow"), ("yestrday", "yesterday"), ("Todya", "today"), ("wendesday", "wednesday")]
    {
        assert_eq!(said(no_date(text, TODAY)).1, format!("did you mean `{name}`?"), "{text}");
    }
}

#[test]
fn numbers_with_one_reading_tell_what_is_wrong_with_it() {
    for (text, why) in [
        ("31/04/2026", "April 2026 has 30 days"),
        ("04/31/2026", "April 2026 has 30 days"),
        ("30/02", "February has at most 29 days"),
        ("40/40", "there is no month 40"),
        ("13/13/2026", "there is no month 13"),
        ("32/01/2026", "no month has 32 days"),
    ] {
        assert_eq!(said(no_date(text, TODAY)).0, format!("`{text}` is not a date: {why}"));
    }
}

#[test]
fn numbers_that_do_not_fit_the_order_are_refused() {
    let read = |text, order| said(parse_date(text, day(TODAY), Some(order)).unwrap_err());
    assert_eq!(
        read("12/31/2026", DateOrder::Dmy),
        ("`12/31/2026` is not a date: there is no month 31".to_owned(), "months go from 01 to 12".to_owned())
    );
    assert_eq!(
        read("05/03/2026", DateOrder::Ymd).0,
        "`05/03/2026` is not a date: its year comes last and `date_order` is `ymd`"
    );
    assert_eq!(read("05/03/26", DateOrder::Dmy).0, "`05/03/26` is not a date: its year has two digits");
    assert_eq!(read("31/4", DateOrder::Dmy).0, "`31/4` is not a date: April has 30 days");
}

#[test]
fn a_period_is_not_a_date_and_the_hint_is_its_first_day() {
    check(
        &[
            (TODAY, "mar", "`mar` is a period, not a date", "its first day is `2025-03-01`"),
            (TODAY, "2026-03", "`2026-03` is a period, not a date", "its first day is `2026-03-01`"),
            (TODAY, "last month", "`last month` is a period, not a date", "its first day is `2025-12-01`"),
            (TODAY, "2026..2027", "`2026..2027` is a period, not a date", "its first day is `2026-01-01`"),
            (TODAY, "all", "`all` is a period, not a date", ""),
        ],
        no_date,
    );
}

#[test]
fn text_that_is_nothing_gets_examples() {
    check(
        &[
            (
                TODAY,
                "soon",
                "`soon` is not a date",
                "a date is `2026-01-15`, `yesterday`, `fri`, `15`, `5mar` or `3d ago`; see `groat help dates`",
            ),
            (TODAY, "  ", "the date is empty", ""),
            (TODAY, &"5".repeat(61), "a date has at most 60 characters, this one has 61", ""),
        ],
        no_date,
    );
    check(
        &[
            (
                TODAY,
                "soon",
                "`soon` is not a period",
                "a period is `2026-01`, `mar`, `last month`, `ytd` or `2026-01..2026-03`; see `groat help periods`",
            ),
            (TODAY, "", "the period is empty", ""),
        ],
        no_period,
    );
}

#[test]
fn nothing_but_dots_joins_and_the_hint_has_them() {
    for (text, dotted) in [
        ("2026-01 to 2026-03", "2026-01..2026-03"),
        ("jan until mar", "jan..mar"),
        ("From jan to mar", "jan..mar"),
        ("from 2026-03", "2026-03.."),
        ("since mar", "mar.."),
        ("until 2026-03", "..2026-03"),
        ("to yesterday", "..yesterday"),
        ("2026-01 - 2026-03", "2026-01..2026-03"),
        ("2026-01-2026-03", "2026-01..2026-03"),
        ("2026-03-05-2026-03-10", "2026-03-05..2026-03-10"),
        ("2026-2027", "2026..2027"),
        ("jan–mar", "jan..mar"),
        ("2026-", "2026.."),
        ("5 mar to 10 apr", "5 mar..10 apr"),
    ] {
        let message = format!("`{text}` is not a period: only `..` joins two ends, both included");
        assert_eq!(said(no_period(text, TODAY)), (message, format!("write `{dotted}`")));
    }
}

#[test]
fn a_range_needs_ends_in_order() {
    check(
        &[
            (
                TODAY,
                "2026-03..2026-01",
                "`2026-03..2026-01` ends before it begins: `2026-03` is later than `2026-01`",
                "the earlier end comes first: `2026-01..2026-03`",
            ),
            (
                TODAY,
                "last 30 days..2025-01",
                "`last 30 days..2025-01` ends before it begins: `2025-12-17..2026-01-15` is later than `2025-01`",
                "the earlier end comes first: `2025-01-01..2026-01-15`",
            ),
            (TODAY, "..", "`..` names neither end", "for every day write `all`"),
            (TODAY, "all..2026", "`all` has no end to join", "leave that end of `..` empty"),
            (
                TODAY,
                "2026-01..03",
                "`03` in `2026-01..03` might be a day or a month",
                "write that end out, as `2026-03` or `2026-03-15`",
            ),
            (TODAY, "2026-01..31 apr", "`31 apr` is not a period: April has 30 days", ""),
        ],
        no_period,
    );
}

#[test]
fn periods_that_there_are_not_say_so() {
    check(
        &[
            (TODAY, "2026-13", "`2026-13` is not a period: there is no month 13", "months go from 01 to 12"),
            (TODAY, "2026Q5", "`2026Q5` is not a period: there is no quarter 5", "quarters go from Q1 to Q4"),
            (TODAY, "q0", "`q0` is not a period: there is no quarter 0", "quarters go from Q1 to Q4"),
            (TODAY, "2025-W53", "`2025-W53` is not a period: the weeks of 2025 go from W01 to W52", ""),
            (TODAY, "2026-W54", "`2026-W54` is not a period: the weeks of 2026 go from W01 to W53", ""),
            (TODAY, "2026-W00", "`2026-W00` is not a period: the weeks of 2026 go from W01 to W53", ""),
            (TODAY, "last 0 days", "`last 0 days` is not a period: it has no days", ""),
            (
                TODAY,
                "05/03",
                "`05/03` is not a period: days in a period are written in ISO",
                "write `2025-03-05` or `2025-05-03`",
            ),
        ],
        no_period,
    );
}

#[test]
fn forms_that_could_mean_two_things_are_refused() {
    let dates = [
        "next fri",
        "this fri",
        "3d",
        "+3d",
        "in 3 days",
        "3d ago ago",
        "-3d ago",
        "--3d",
        "5 5",
        "150",
        "202603",
        "2026-03/05",
        "2026 - 03 - 05",
        "5/ 3",
        "2026-03-05T10:00",
        "5 ma",
        "last mar",
        "5 mar 25",
        "mar 5, 2025",
    ];
    check_no_dates(&dates.map(|text| (TODAY, text)));
    let periods = [
        "last day",
        "this day",
        "next day",
        "next 3 months",
        "last mar",
        "this mar",
        "past 30 days",
        "w12",
        "202603",
        "2026-01...2026-03",
        "2026..2027..2028",
        "2026-01 2026-03",
        "2026-W123",
        "monthly",
    ];
    check_no_periods(&periods.map(|text| (TODAY, text)));
}

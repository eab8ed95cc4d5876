//! hledger's readings, those that apply: where ours differs, the row says why.
//!
//! Its manual and tests are the source; recurrences are not ours to read here. Two differences run through:
//! its ends are exclusive, and it reads a period as the first day of it.

use super::{check_dates, check_no_dates, check_no_periods, check_periods, day};
use crate::domain::when::{Lean, Step};

/// A Wednesday.
const THEN: &str = "2008-11-26";

#[test]
fn days_agree_with_hledger() {
    check_dates(
        None,
        &[
            (THEN, "1999-12-02", "1999-12-02"),
            (THEN, "1999/3/2", "1999-03-02"),
            (THEN, "19990302", "1999-03-02"),
            (THEN, "2", "2008-11-02"),
            (THEN, "today", "2008-11-26"),
            (THEN, "yesterday", "2008-11-25"),
            (THEN, "last wednesday", "2008-11-19"),
            (THEN, "2008/02/03", "2008-02-03"),
            (THEN, "2025-01-01", "2025-01-01"),
            (THEN, "2025.01.01", "2025-01-01"),
            (THEN, "20181201", "2018-12-01"),
            (THEN, "2000/2/29", "2000-02-29"),
            // hledger: 2008-07-01, the start of the quarter before. Ours counts the day back, as in `1m ago`.
            (THEN, "1 quarter ago", "2008-08-26"),
        ],
    );
}

#[test]
fn texts_that_hledger_refuses_are_refused() {
    check_no_dates(&[
        (THEN, "2008/02/03/"),
        (THEN, "201801012"),
        (THEN, "2010/31/12"),
        (THEN, "2010/12/32"),
        (THEN, "2001/2/29"),
        (THEN, "2015/9/6*"),
    ]);
}

#[test]
fn days_of_hledger_that_are_refused_here() {
    check_no_dates(&[
        // Years before 1900 are slips.
        (THEN, "0000-01-01"),
        (THEN, "0020/2"),
        (THEN, "00101"),
        // A year or month is a period; hledger takes its first day.
        (THEN, "1000"),
        (THEN, "January"),
        (THEN, "this week"),
        (THEN, "last month"),
        (THEN, "this quarter"),
        (THEN, "last year"),
        // hledger: 2008-12-03, a week ahead on a Wednesday. A weekday is the last one, coming days are ISO.
        (THEN, "this wednesday"),
        (THEN, "this january"),
        (THEN, "last january"),
        (THEN, "in 5 days"),
        (THEN, "in 7 months"),
        (THEN, "1 week ahead"),
        // Two names for one thing: `today` and `yesterday` are read.
        (THEN, "this day"),
        (THEN, "last day"),
        // hledger: the year 201813.
        (THEN, "201813"),
    ]);
}

#[test]
fn periods_agree_with_hledger() {
    check_periods(
        Lean::Past,
        &[
            (THEN, "January", "2008-01"),
            (THEN, "this week", "2008-W48"),
            (THEN, "last week", "2008-W47"),
            (THEN, "this month", "2008-11"),
            (THEN, "last month", "2008-10"),
            (THEN, "this quarter", "2008Q4"),
            (THEN, "last quarter", "2008Q3"),
            (THEN, "this year", "2008"),
            (THEN, "last year", "2007"),
            (THEN, "Q3", "2008Q3"),
            (THEN, "2009", "2009"),
            (THEN, "2009/1", "2009-01"),
            (THEN, "2009/1/1", "2009-01-01"),
            ("2024-02-02", "2025-01-01..", "2025-01-01.."),
            ("2024-02-02", "2025Q1..", "2025-01-01.."),
            ("2024-02-02", "2025-01-01", "2025-01-01"),
            ("2024-02-02", "2025q1", "2025Q1"),
            ("2018-01-01", "q1", "2018Q1"),
            ("2018-01-01", "Q1", "2018Q1"),
            ("2025-02-02", "q1", "2025Q1"),
            ("2025-01-01", "q4..q4", "2024Q4"),
        ],
    );
}

#[test]
fn periods_that_hledger_reads_otherwise() {
    check_periods(
        Lean::Past,
        &[
            // hledger: ..2024-12-31 for both, its end is exclusive.
            ("2024-02-02", "..2025-01-01", "..2025-01-01"),
            ("2024-02-02", "..2025Q1", "..2025-03-31"),
            // hledger: 2009Q1, the end is exclusive.
            (THEN, "2009/1/1..2009/4/1", "2009-01-01..2009-04-01"),
            // hledger: 2025-04-01. A quarter without its year is the last one begun, as a month is.
            ("2025-02-02", "Q2", "2024Q2"),
            ("2025-01-01", "q4", "2024Q4"),
        ],
    );
    // For a budget the nearest is meant, which here is hledger's.
    check_periods(Lean::Nearest, &[("2025-02-02", "Q2", "2025Q2")]);
}

#[test]
fn joins_of_hledger_that_are_refused_here() {
    // Only `..` joins. Where hledger leaves the end out and ours takes it in, a guess would be a month off.
    check_no_periods(&[
        (THEN, "from Aug to Oct"),
        (THEN, "aug to oct"),
        (THEN, "to 2009"),
        (THEN, "20180101-201804"),
        (THEN, "2017-2018"),
        (THEN, "2017-01-2018"),
        (THEN, "q4-2026q2"),
        (THEN, "from 2009/1/1 to 2009/4/1"),
        (THEN, "2009/1/1 2009/4/1"),
        (THEN, "2009/1/1to2009/4/1"),
        (THEN, "1/1 4/1"),
        (THEN, "jan-apr"),
        (THEN, "this year to 4/1"),
        (THEN, "2009-"),
        // Recurrences are `schedule`'s.
        (THEN, "every week to 2009"),
        (THEN, "every tue"),
    ]);
    check_periods(Lean::Past, &[(THEN, "aug..oct", "2008-08-01..2008-10-31")]);
}

#[test]
fn steps_split_a_span_as_hledger_does() {
    let starts = |step: Step, from: &str, to: &str| {
        let first = step.start_of(day(from));
        let all = std::iter::successors(Some(first), |start| step.next(*start));
        all.take_while(|start| *start <= day(to)).map(|start| start.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(
        starts(Step::Quarter, "2008-01-01", "2008-12-31"),
        ["2008-01-01", "2008-04-01", "2008-07-01", "2008-10-01"]
    );
    assert_eq!(starts(Step::Month, "2008-01-01", "2008-03-31"), ["2008-01-01", "2008-02-01", "2008-03-01"]);
    assert_eq!(starts(Step::Week, "2008-01-01", "2008-01-14"), ["2007-12-31", "2008-01-07", "2008-01-14"]);
}

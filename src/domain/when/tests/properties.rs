//! What holds for any text and any day.

use chrono::{Datelike, NaiveDate, TimeDelta};
use proptest::prelude::*;

use crate::domain::when::{
    DateOrder, FIRST_DAY, LAST_DAY, Lean, Month, Period, Step, join_hint, parse_date, parse_period,
};

fn days() -> impl Strategy<Value = NaiveDate> {
    let last = (LAST_DAY - FIRST_DAY).num_days();
    let any = (0..=last).prop_map(|days| FIRST_DAY + TimeDelta::days(days));
    prop_oneof![4 => any, 1 => Just(FIRST_DAY), 1 => Just(LAST_DAY)]
}

/// Days that `today` should never be, and might.
fn todays() -> impl Strategy<Value = NaiveDate> {
    prop_oneof![8 => days(), 1 => Just(NaiveDate::MIN), 1 => Just(NaiveDate::MAX)]
}

fn steps() -> impl Strategy<Value = Step> {
    prop::sample::select(vec![Step::Day, Step::Week, Step::Month, Step::Quarter, Step::Year])
}

fn leans() -> impl Strategy<Value = Lean> {
    prop::sample::select(vec![Lean::Past, Lean::Nearest])
}

fn orders() -> impl Strategy<Value = Option<DateOrder>> {
    let orders = vec![DateOrder::Ymd, DateOrder::Dmy, DateOrder::Mdy];
    prop::option::of(prop::sample::select(orders))
}

/// Any text; texts of the words and shapes that the grammar knows; whole phrases, alone and as ends of a range.
fn texts() -> impl Strategy<Value = String> {
    let one_of = |list: &'static str| prop::sample::select(list.split('|').collect::<Vec<_>>());
    let spaced = prop::collection::vec(one_of(WORDS), 0..7).prop_map(|words| words.join(" "));
    let dense = prop::collection::vec(one_of(WORDS), 0..9).prop_map(|words| words.concat());
    let shaped = "[0-9]{1,4}[-/. ][0-9a-z]{1,4}([-/. ][0-9]{1,4})?";
    let phrase = one_of(PHRASES).prop_map(str::to_owned);
    let range = (one_of(PHRASES), one_of(PHRASES)).prop_map(|(from, to)| format!("{from}..{to}"));
    prop_oneof![spaced, dense, shaped, ".*", phrase, range]
}

const WORDS: &str = "today|yesterday|last|this|next|ago|from|to|until|all|ytd|mon|friday|feb|mar|december|day|\
    week|month|quarter|year|d|w|m|q|y|..|..|-|-|/|.| |–|0|1|05|12|29|31|53|99|1899|1900|2026|9999|20260305|\
    4294967295|99999999999999999999";

const PHRASES: &str = "|jan|mar|dec|q1|q4|1|15|29|31|29 feb|5 mar|31 dec|mon|sun|today|tomorrow|yesterday|\
    this week|last week|next week|this month|last quarter|next year|last 0 days|last 30 days|last 5 weeks|\
    last 4294967295 years|-3d|3m ago|4294967295y ago|ytd|wtd|2026|2026-02|2026Q1|1900-W01|2026-W53|9999-W52|\
    1900-01-01|9999-12-31|12/31|all";

fn periods() -> impl Strategy<Value = Period> {
    let closed = (days(), days()).prop_map(|(a, b)| Period { from: Some(a.min(b)), to: Some(a.max(b)) });
    let near = (days(), 0..400i64).prop_map(|(from, length)| Period {
        from: Some(from),
        to: Some((from + TimeDelta::days(length)).min(LAST_DAY)),
    });
    prop_oneof![
        2 => closed,
        2 => near,
        4 => (steps(), days()).prop_map(|(step, date)| Period::of(step, date)),
        1 => days().prop_map(|from| Period { from: Some(from), to: None }),
        1 => days().prop_map(|to| Period { from: None, to: Some(to) }),
        1 => Just(Period::ALL),
    ]
}

proptest! {
    // A failure belongs into a table of cases, so none is kept in a file.
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1000, ..Default::default() })]

    #[test]
    fn any_text_is_a_day_in_range_or_an_error(text in texts(), today in todays(), order in orders()) {
        if let Ok(date) = parse_date(&text, today, order) {
            prop_assert!((FIRST_DAY..=LAST_DAY).contains(&date));
        }
    }

    #[test]
    fn any_text_is_a_period_in_range_or_an_error(text in texts(), today in todays(), lean in leans()) {
        if let Ok(period) = parse_period(&text, today, lean) {
            let (from, to) = (period.from.unwrap_or(FIRST_DAY), period.to.unwrap_or(LAST_DAY));
            prop_assert!(FIRST_DAY <= from && from <= to && to <= LAST_DAY, "{period:?}");
            prop_assert!(!period.describe().is_empty());
        }
    }

    #[test]
    fn what_is_a_date_without_an_order_is_that_day_as_a_period(text in texts(), today in days()) {
        if let Ok(date) = parse_date(&text, today, None) {
            match parse_period(&text, today, Lean::Nearest) {
                // What a date may be in one way only is still no ISO, which a period asks for.
                Err(invalid) if invalid.message.ends_with("days in a period are written in ISO") => {}
                period => prop_assert_eq!(period, Ok(Period::of(Step::Day, date))),
            }
        }
    }

    #[test]
    fn any_words_have_a_hint_or_none(words in prop::collection::vec(texts(), 0..5)) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        join_hint(&words);
    }

    #[test]
    fn any_text_is_a_month_or_an_error(text in ".*") {
        if let Ok(month) = Month::parse(&text) {
            prop_assert_eq!(month.to_string(), text);
        }
    }

    #[test]
    fn a_period_is_read_back_from_its_text(period in periods(), today in todays(), lean in leans()) {
        prop_assert_eq!(parse_period(&period.to_string(), today, lean), Ok(period));
    }

    #[test]
    fn a_day_is_read_back_from_iso(date in days(), today in todays(), order in orders()) {
        prop_assert_eq!(parse_date(&date.to_string(), today, order), Ok(date));
        prop_assert_eq!(parse_date(&date.format("%Y%m%d").to_string(), today, order), Ok(date));
        prop_assert_eq!(parse_date(&date.format("%-d %B %Y").to_string(), today, order), Ok(date));
    }

    #[test]
    fn a_day_without_a_year_is_the_last_that_is_not_in_the_future(date in days(), today in days()) {
        let text = date.format("%-d %b").to_string();
        if let Ok(read) = parse_date(&text, today, None) {
            prop_assert!(read <= today && (read.month(), read.day()) == (date.month(), date.day()));
            let between = (read.year() + 1..=today.year()).filter_map(|year| date.with_year(year));
            prop_assert!(between.filter(|later| *later <= today).count() == 0);
        }
        if let Ok(read) = parse_date(&date.day().to_string(), today, None) {
            prop_assert!(read <= today && today - read < TimeDelta::days(62) && read.day() == date.day());
        }
    }

    #[test]
    fn a_named_month_leans_as_asked(month in 1u32..=12, today in days()) {
        let name = NaiveDate::from_ymd_opt(2000, month, 1).unwrap().format("%B").to_string();
        let distance = |lean| {
            let (read, _) = parse_period(&name, today, lean).ok()?.whole_months()?;
            Some(read.key() - Month::of(today).key())
        };
        prop_assert!(distance(Lean::Past).is_none_or(|months| (-11..=0).contains(&months)));
        prop_assert!(distance(Lean::Nearest).is_none_or(|months| (-5..=6).contains(&months)));
    }

    #[test]
    fn steps_follow_each_other_without_gap_or_overlap(step in steps(), date in days()) {
        let (start, end) = (step.start_of(date), step.end_of(date));
        prop_assert!(FIRST_DAY <= start && start <= date && date <= end && end <= LAST_DAY);
        prop_assert_eq!((step.start_of(start), step.start_of(end)), (start, start));
        prop_assert_eq!(step.next(start), end.succ_opt().filter(|next| *next <= LAST_DAY));
        prop_assert_eq!((step.next(date), step.next(end)), (step.next(start), step.next(start)));
        if let Some(next) = step.next(start) {
            prop_assert_eq!(step.start_of(next), next);
            prop_assert!(step.label(start) != step.label(next));
        }
        prop_assert_eq!(parse_period(&step.label(start), date, Lean::Past), Ok(Period::of(step, date)));
    }

    #[test]
    fn months_count_like_numbers(date in days(), months in -20_000i32..20_000) {
        let month = Month::of(date);
        prop_assert_eq!(month.plus(months).key(), month.key() + months);
        prop_assert_eq!(month.plus(months).plus(-months), month);
        prop_assert_eq!((month.next().previous(), Month::from_ordinal(month.key())), (month, Some(month)));
        prop_assert_eq!(month.last_day().succ_opt(), Some(month.next().first_day()));
        prop_assert_eq!(Month::parse(&month.to_string()), Ok(month));
    }
}

//! The grammar: which words make a day and which a longer period.
//!
//! A reading says what was written, nothing about whether it exists or when it is: `31 apr` reads. That
//! keeps `join_hint` free of `today`. `day.rs` and `span.rs` resolve readings.

use super::day::Day;
use super::numbers::Numbers;
use super::span::Span;
use super::step::Step;
use super::words::Word::{self, Mark, Month, Name, Number, Unit, Weekday};
use super::words::words;

/// What a text without `..` says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Reading {
    Day(Day),
    Span(Span),
}

impl Reading {
    /// `15`: a number that only its place makes a day.
    pub(super) fn is_bare_day(self) -> bool {
        matches!(self, Reading::Day(Day::OfMonth(_)))
    }
}

/// The reading of a text, in any case; `None` where it is neither a day nor a period.
pub(super) fn read(text: &str) -> Option<Reading> {
    let text = text.to_ascii_lowercase();
    let words = words(&text);
    day(&words).map(Reading::Day).or_else(|| span(&words).map(Reading::Span))
}

fn day(words: &[Word]) -> Option<Day> {
    Some(match *words {
        [Name("today")] => Day::FromToday(0),
        [Name("yesterday")] => Day::FromToday(-1),
        [Name("tomorrow")] => Day::FromToday(1),
        [Weekday(weekday)] | [Name("last"), Weekday(weekday)] => Day::Weekday(weekday),
        [Number(count, _), Unit(step), Name("ago")] | [Mark('-'), Number(count, _), Unit(step)] => {
            Day::Ago { count, step }
        }
        [Number(day, 1..=2)] => Day::OfMonth(day),
        [Number(day, 1..=2), Month(month)]
        | [Number(day, 1..=2), Mark('-'), Month(month)]
        | [Month(month), Number(day, 1..=2)] => Day::OfYear { month, day },
        [Number(day, 1..=2), Month(month), Number(year, 4)]
        | [Number(day, 1..=2), Mark('-'), Month(month), Mark('-'), Number(year, 4)]
        | [Month(month), Number(day, 1..=2), Number(year, 4)]
        | [Number(year, 4), Month(month), Number(day, 1..=2)] => Day::Exact { year, month, day },
        [Number(all, 8)] => Day::Exact { year: all / 10_000, month: all / 100 % 100, day: all % 100 },
        [Number(year, 4), Mark(mark), Number(month, 1..=2), Mark(same), Number(day, 1..=2)]
            if mark == same =>
        {
            Day::Exact { year, month, day }
        }
        [Number(first, 1..=2), Mark(_), Number(second, 1..=2)] => {
            Day::Numbers(Numbers { first, second, year: None })
        }
        [Number(first, 1..=2), Mark(mark), Number(second, 1..=2), Mark(same), Number(year, 4)]
            if mark == same =>
        {
            Day::Numbers(Numbers { first, second, year: Some(year) })
        }
        [Number(_, 1..=2), Mark(mark), Number(_, 1..=2), Mark(same), Number(_, 2)] if mark == same => {
            Day::ShortYear
        }
        _ => return None,
    })
}

fn span(words: &[Word]) -> Option<Span> {
    Some(match *words {
        [Name("all")] => Span::All,
        [Name("ytd")] => Span::ToDate(Step::Year),
        [Name("qtd")] => Span::ToDate(Step::Quarter),
        [Name("mtd")] => Span::ToDate(Step::Month),
        [Name("wtd")] => Span::ToDate(Step::Week),
        // `last day` could be yesterday or the last of the month: there are `today` and `yesterday`.
        [Name("last" | "this" | "next"), Unit(Step::Day)] => return None,
        [Name("last"), Unit(step)] => Span::Last { count: 1, step },
        [Name("this"), Unit(step)] => Span::This(step),
        [Name("next"), Unit(step)] => Span::Next(step),
        [Name("last"), Number(count, _), Unit(step)] => Span::Last { count, step },
        [Number(year, 4)] => Span::Year(year),
        [Number(year, 4), Mark(_), Number(month, 1..=2)]
        | [Number(year, 4), Month(month)]
        | [Number(year, 4), Mark('-'), Month(month)]
        | [Month(month), Number(year, 4)]
        | [Month(month), Mark('-'), Number(year, 4)] => Span::Month { year, month },
        [Month(month)] => Span::NamedMonth(month),
        [Unit(Step::Quarter), Number(quarter, 1..=2)] => Span::NamedQuarter(quarter),
        [Number(year, 4), Unit(Step::Quarter), Number(quarter, 1..=2)]
        | [Number(year, 4), Mark('-'), Unit(Step::Quarter), Number(quarter, 1..=2)]
        | [Unit(Step::Quarter), Number(quarter, 1..=2), Number(year, 4)] => Span::Quarter { year, quarter },
        [Number(year, 4), Unit(Step::Week), Number(week, 1..=2)]
        | [Number(year, 4), Mark('-'), Unit(Step::Week), Number(week, 1..=2)] => Span::Week { year, week },
        _ => return None,
    })
}

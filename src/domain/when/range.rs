//! PERIOD of cli.md: a day, a span, or two of them joined by `..`.

use chrono::NaiveDate;

use super::day::{Day, Frame};
use super::join::with_dots;
use super::period::Period;
use super::reading::{Reading, read};
use super::span::Lean;
use super::step::Step;
use super::words::trimmed;
use crate::domain::invalid::Invalid;

/// The period that a text names, in any case, blanks around it ignored, 60 characters at most. Its closed
/// ends lie from [`FIRST_DAY`](super::FIRST_DAY) to [`LAST_DAY`](super::LAST_DAY), the first not after the
/// last.
///
/// | text | period |
/// |---|---|
/// | `2026`, `2026-03`, `2026-3`, `2026/03`, `2026.03`, `mar 2026`, `2026 mar`, `mar-2026` | that one |
/// | `mar`, `march`, `q1` | see [`Lean`]; three letters or more of the name |
/// | `2026Q1`, `2026-Q1`, `2026 q1`, `q1 2026` | that quarter |
/// | `2026-W12`, `2026W12` | that ISO week, Monday to Sunday |
/// | `this`, `last`, `next` with `week`, `month`, `quarter`, `year` | the whole of it |
/// | `last 30 days` | up to today, which is one of them |
/// | `last 3 months` (`weeks`, `quarters`, `years`) | that many complete ones, up to the end of the last |
/// | `ytd`, `qtd`, `mtd`, `wtd` | from the start of the year, quarter, month, week to today |
/// | any date of [`parse_date`](super::parse_date) but `05/03` | that day |
/// | `A..B`, `A..`, `..B` | from the first day of A to the last of B; each any of the above |
/// | `all` | every day |
///
/// An end that names no year is the first one not before the start: `nov..feb`, `mon..fri`. A bare day ends
/// only what starts with a day, as `1..15`: in `2026-01..03` it might be meant as a month.
///
/// # Errors
/// Anything else: `to`, `-` and `until` do not join, the hint says `..`; a range that ends before it begins;
/// a day, week or month that does not exist or lies outside the days that are kept.
pub fn parse_period(text: &str, today: NaiveDate, lean: Lean) -> Result<Period, Invalid> {
    let text = trimmed(text, "period")?;
    let frame = Frame { today, lean, order: None, not_before: None };
    match text.split_once("..") {
        Some((from, to)) => range(text, from.trim(), to.trim(), frame),
        None => single(text, &frame),
    }
}

fn range(text: &str, from: &str, to: &str, frame: Frame) -> Result<Period, Invalid> {
    if from.is_empty() && to.is_empty() {
        return Err(Invalid::new(format!("`{text}` names neither end")).hint("for every day write `all`"));
    }
    let end = |text: &str, frame: &Frame| match text {
        "" => Ok(Period::ALL),
        _ => single(text, frame).and_then(|period| bounded(text, period)),
    };
    let first = end(from, &frame)?;
    if read(to).is_some_and(Reading::is_bare_day) && !(from.is_empty() || first.is_day()) {
        return Err(Invalid::new(format!("`{to}` in `{text}` might be a day or a month"))
            .hint("write that end out, as `2026-03` or `2026-03-15`"));
    }
    let last = end(to, &Frame { not_before: first.from, ..frame })?;
    match (first.from, last.to) {
        (Some(from), Some(to)) if from > to => Err(backwards(text, first, last)),
        (from, to) => Ok(Period { from, to }),
    }
}

fn backwards(text: &str, first: Period, last: Period) -> Invalid {
    let turned = match (first.step(), last.step()) {
        (Some(_), Some(_)) => format!("{last}..{first}"),
        _ => Period { from: last.from, to: first.to }.to_string(),
    };
    Invalid::new(format!("`{text}` ends before it begins: `{first}` is later than `{last}`"))
        .hint(format!("the earlier end comes first: `{turned}`"))
}

fn bounded(text: &str, period: Period) -> Result<Period, Invalid> {
    match period {
        Period::ALL => {
            Err(Invalid::new(format!("`{text}` has no end to join")).hint("leave that end of `..` empty"))
        }
        _ => Ok(period),
    }
}

/// A period without `..`.
fn single(text: &str, frame: &Frame) -> Result<Period, Invalid> {
    let resolved = match read(text) {
        // The order of dates is the face's to know, and a stored period must not depend on it.
        Some(Reading::Day(Day::Numbers(numbers))) => Err(Invalid::new("days in a period are written in ISO")
            .hint(format!("write {}", numbers.in_iso(frame)))),
        Some(Reading::Day(day)) => day.resolve(frame).map(|date| Period::of(Step::Day, date)),
        Some(Reading::Span(span)) => span.resolve(frame),
        None => return Err(unread(text, frame.today)),
    };
    resolved.map_err(|reason| Invalid {
        message: format!("`{text}` is not a period: {reason}"),
        hint: reason.hint,
    })
}

fn unread(text: &str, today: NaiveDate) -> Invalid {
    match with_dots(text) {
        Some(written) => {
            Invalid::new(format!("`{text}` is not a period: only `..` joins two ends, both included"))
                .hint(format!("write `{written}`"))
        }
        None => Invalid::new(format!("`{text}` is not a period")).hint(format!(
            "a period is `{}`, `mar`, `last month`, `ytd` or `2026-01..2026-03`; see `groat help periods`",
            Step::Month.label(today)
        )),
    }
}

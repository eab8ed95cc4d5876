//! The parts of a line behind their first word: what an amount is for, shares, schedules, limits.

use super::by::By;
use super::limit::{Limit, Per};
use super::line::{Ask, Base, Reading};
use super::misread::Fault;
use super::name::{is_adjustment, quoted};
use super::percent::Percent;
use super::recurrence::{Recurrence, Unit};
use super::values::{adjust, amount, count, date, every, month, positive, unit};
use super::words::{Meant, Words};
use crate::domain::invalid::Invalid;
use crate::domain::money::Sign;
use crate::domain::query::Span;
use crate::domain::transaction::Amount;

/// What may follow an amount, and what people write for it.
const BEHIND_AMOUNT: [Meant; 14] = [
    ("every", "every"),
    ("each", "every"),
    ("by", "by"),
    ("until", "by"),
    ("before", "by"),
    ("up", "up to"),
    ("upto", "up to"),
    ("max", "up to"),
    ("limit", "up to"),
    ("per", "every"),
    ("a", "every"),
    ("from", "by 2027-12 spend from"),
    ("%", "10% of Salary"),
    ("of", "10% of Salary"),
];

const FORM_EVERY: &str = "100 every 2 weeks starting 2026-01-01";
const FORM_PER_WEEK: &str = "up to 100 per week starting 2026-01-05";

/// A line that begins with an amount.
pub(super) fn of_amount(words: &mut Words<'_>, reading: &Reading<'_>) -> Result<Ask, Fault> {
    let amount = positive(words, reading)?;
    let Some(word) = words.peek() else { return Ok(Ask::Fixed(amount)) };
    if words.take(&["every"]) {
        let every = every(words, &Unit::ALL)?;
        words.expect("starting", FORM_EVERY)?;
        return Ok(Ask::Every(amount, Recurrence { every, start: date(words, reading)? }));
    }
    if words.take(&["by"]) {
        return by(amount, words, reading).map(Ask::By);
    }
    if words.starts_with(&["up", "to"]) {
        return Ok(Ask::Fixed(amount));
    }
    let could_be = "behind an amount stands nothing, `up to`, `every` or `by`";
    Err(Words::unknown(word, &BEHIND_AMOUNT, could_be))
}

fn by(amount: Amount, words: &mut Words<'_>, reading: &Reading<'_>) -> Result<By, Fault> {
    let (deadline, _) = month(words, reading)?;
    let mut spend_from = None;
    if words.take(&["spend"]) {
        words.expect("from", "500 by 2027-12 spend from 2027-03")?;
        let (from, span) = month(words, reading)?;
        if from > deadline {
            let reason =
                Invalid::new(format!("`{from}` is later than `{deadline}`, when the money has to be there"));
            return Err(Fault::at(span, reason.hint("money can be spent from a month up to its deadline")));
        }
        spend_from = Some(from);
    }
    let mut repeat = None;
    if words.take(&["repeat"]) {
        words.expect("every", "500 by 2027-03 repeat every year")?;
        repeat = Some(every(words, &[Unit::Month, Unit::Year])?);
    }
    Ok(By { amount, month: deadline, spend_from, repeat })
}

/// `of previous Salary`, behind its percentage.
pub(super) fn share(
    (percent, sign): (Percent, Sign),
    place: Span,
    words: &mut Words<'_>,
) -> Result<Ask, Fault> {
    if percent.parts() <= 0 {
        let what = if sign == Sign::Minus { "below zero" } else { "nothing" };
        let reason = Invalid::new(format!("a share of `{percent}` is {what}"));
        return Err(Fault::at(place, reason.hint("a share looks like `10% of Salary`")));
    }
    words.expect("of", "10% of Salary")?;
    let start = words.peek().map_or(words.end(), |word| word.span);
    let is_previous = words.take(&["previous"]);
    if words.peek().is_none() && is_previous {
        let reason = Invalid::new("it does not say what of the previous month is meant")
            .hint("write `10% of previous Salary`; a category of that name needs quotes");
        return Err(Fault::at(start, reason));
    }
    let of = base(words)?;
    if is_previous && of == Base::AvailableFunds {
        let reason = Invalid::new("only income can be that of the previous month");
        return Err(Fault::at(
            start,
            reason.hint("write `10% of available funds` or `10% of previous all income`"),
        ));
    }
    Ok(Ask::Share { percent, of, is_previous })
}

fn base(words: &mut Words<'_>) -> Result<Base, Fault> {
    let is_quoted = words.rest().starts_with('"');
    let name = name(words, "category", false)?;
    let is = |text: &str| !is_quoted && name.eq_ignore_ascii_case(text);
    Ok(match () {
        () if is("all income") => Base::AllIncome,
        () if is("available funds") => Base::AvailableFunds,
        () => Base::Category(name),
    })
}

/// A name up to where the line goes on, or in quotes.
fn name(words: &mut Words<'_>, what: &str, may_adjust: bool) -> Result<String, Fault> {
    let place = words.peek().map_or(words.end(), |word| word.span);
    let missing = || Fault::at(place, Invalid::new(format!("the {what}'s name is missing")));
    if words.rest().starts_with('"') {
        let Some((name, length)) = quoted(words.rest()) else {
            let open = Span { from: place.from, to: place.from + 1 };
            return Err(Fault::at(open, Invalid::new("the quote is not closed")));
        };
        words.skip(length);
        return if name.trim().is_empty() { Err(missing()) } else { Ok(name) };
    }
    let is_end = |words: &Words<'_>, text: &str| {
        words.starts_with(&["up", "to"]) || (may_adjust && is_adjustment(text))
    };
    let piece = words.piece(|words, word| is_end(words, word.text)).ok_or_else(missing)?;
    Ok(piece.text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Behind `schedule`.
pub(super) fn schedule(words: &mut Words<'_>, reading: &Reading<'_>) -> Result<Ask, Fault> {
    let is_full = words.take(&["full"]);
    let name = name(words, "schedule", true)?;
    Ok(Ask::Schedule { name, is_full, adjust: adjust(words, reading)? })
}

/// Behind `average`.
pub(super) fn average(words: &mut Words<'_>, reading: &Reading<'_>) -> Result<Ask, Fault> {
    let months = count(words, "number of months")?;
    unit(words, &[Unit::Month])?;
    Ok(Ask::Average { months, adjust: adjust(words, reading)? })
}

/// Behind `copy`.
pub(super) fn copy(words: &mut Words<'_>) -> Result<Ask, Fault> {
    let form = "copy from 3 months ago";
    words.expect("from", form)?;
    let months_ago = count(words, "number of months")?;
    unit(words, &[Unit::Month])?;
    words.expect("ago", form)?;
    Ok(Ask::Copy { months_ago })
}

/// Behind `remainder`.
pub(super) fn remainder(words: &mut Words<'_>) -> Result<Ask, Fault> {
    let has_weight = words.peek().is_some() && !words.starts_with(&["up", "to"]);
    Ok(Ask::Remainder { weight: if has_weight { count(words, "weight")? } else { 1 } })
}

/// Behind `up to`.
pub(super) fn limit(words: &mut Words<'_>, reading: &Reading<'_>) -> Result<Limit, Fault> {
    let amount = amount(words, reading)?;
    let per = if words.take(&["per"]) { per(words, reading)? } else { Per::Month };
    Ok(Limit { amount, per, is_held: words.take(&["hold"]) })
}

fn per(words: &mut Words<'_>, reading: &Reading<'_>) -> Result<Per, Fault> {
    let place = words.peek().map_or(words.end(), |word| word.span);
    let unit = unit(words, &[Unit::Day, Unit::Week, Unit::Month])?;
    let start_word = words.peek();
    let start = if words.take(&["starting"]) { Some(date(words, reading)?) } else { None };
    match (unit, start, start_word) {
        (Unit::Day, start, _) => Ok(Per::Day { start }),
        (Unit::Week, Some(start), _) => Ok(Per::Week { start }),
        (Unit::Week, None, _) => {
            let reason = Invalid::new("a limit per week has to say on which day its weeks start");
            Err(Fault::at(place, reason.hint(format!("it is written `{FORM_PER_WEEK}`"))))
        }
        (_, Some(_), Some(word)) => {
            let reason = Invalid::new("a limit per month has no start");
            Err(Fault::at(word.span, reason.hint("leave the day out, or write `per day` or `per week`")))
        }
        _ => Ok(Per::Month),
    }
}

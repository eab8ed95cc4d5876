//! The values in a line: amounts, percentages, counts, units, days and months. Each is read by the one reader that
//! the other commands use.

use chrono::NaiveDate;

use super::line::{Adjust, Reading};
use super::misread::Fault;
use super::percent::Percent;
use super::recurrence::{Every, Unit};
use super::words::{Meant, Word, Words};
use crate::domain::invalid::Invalid;
use crate::domain::money::{Sign, parse_amount};
use crate::domain::name::excerpt;
use crate::domain::query::Span;
use crate::domain::transaction::Amount;
use crate::domain::when::{Lean, Month, parse_date, parse_period};

/// The highest count that is read: of months back, of days apart, of a weight.
const MOST: u32 = 9999;

/// Words that end a day or a month.
const AFTER_DATE: [&str; 6] = ["up", "hold", "repeat", "spend", "every", "starting"];

/// Whether an amount begins with this word: it has a digit, or is a currency in front of one.
pub(super) fn begins_amount(word: Word<'_>, reading: &Reading<'_>) -> bool {
    word.text.contains(|c: char| c.is_numeric()) || is_currency(word, reading)
}

/// The amount that comes next, zero or above, in the book's currency.
pub(super) fn amount(words: &mut Words<'_>, reading: &Reading<'_>) -> Result<Amount, Fault> {
    let first = words.peek();
    let Some(first) = first.filter(|word| begins_amount(*word, reading) || word.text.starts_with(['-', '+']))
    else {
        return Err(no_amount(words));
    };
    let piece = words.piece(|_, word| word.span.from > first.span.from && !continues_amount(word, reading));
    let piece = piece.unwrap_or(first);
    let signed = signed_amount(piece, words, reading)?;
    if signed.minor.is_negative() {
        let reason = Invalid::new(format!("`{}` is below zero", excerpt(piece.text)));
        return Err(Fault::at(
            piece.span,
            reason.hint("a target asks for money: write the amount without `-`"),
        ));
    }
    Ok(signed)
}

/// The same, above zero.
pub(super) fn positive(words: &mut Words<'_>, reading: &Reading<'_>) -> Result<Amount, Fault> {
    let start = words.peek().map_or(words.end(), |word| word.span);
    let amount = amount(words, reading)?;
    if amount.minor.is_zero() {
        let code = reading.currency.code;
        let reason = Invalid::new("a target asks for more than zero");
        return Err(Fault::at(start, reason.hint(format!("the least is one unit of `{code}`'s last digit"))));
    }
    Ok(amount)
}

fn no_amount(words: &Words<'_>) -> Fault {
    let hint = "amounts look like `50`, `12.50` or `1200/12`";
    match words.peek() {
        Some(word) => {
            let reason = Invalid::new(format!("`{}` stands where an amount is expected", excerpt(word.text)));
            Fault::at(word.span, reason.hint(hint))
        }
        None => Fault::at(words.end(), Invalid::new("an amount is missing").hint(hint)),
    }
}

/// `3 EUR`, `1 234.50` and `12.50 + 3` are one amount each.
fn continues_amount(word: Word<'_>, reading: &Reading<'_>) -> bool {
    let first = word.text.chars().next();
    let is_number = first.is_some_and(|c| c.is_ascii_digit() || "+-*/(\u{2212}".contains(c));
    (is_number && !word.text.contains('%')) || is_currency(word, reading)
}

/// The book's currency, any other code in capitals, or a sign.
fn is_currency(word: Word<'_>, reading: &Reading<'_>) -> bool {
    let currency = reading.currency;
    let is_code = word.text.len() == 3 && word.text.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_word = word.is("per") || word.is("for");
    word.is(currency.code.as_str())
        || word.text == currency.symbol
        || (is_code && !is_word)
        || matches!(word.text, "$" | "£" | "€" | "¥")
}

/// An amount with its sign, rounded half to even at the currency's scale.
fn signed_amount(word: Word<'_>, words: &mut Words<'_>, reading: &Reading<'_>) -> Result<Amount, Fault> {
    let read = parse_amount(word.text, reading.mark).and_then(|input| input.to_minor(reading.currency));
    let exact = read.map_err(|reason| Fault::at(word.span, reason))?;
    words.rounded.extend(exact.rounded_from.map(|_| exact));
    Ok(Amount { minor: exact.minor, exponent: reading.currency.exponent })
}

/// The percentage of a word that ends in `%`.
pub(super) fn percent(word: Word<'_>, reading: &Reading<'_>) -> Result<(Percent, Sign), Fault> {
    let number = word.text.strip_suffix('%').unwrap_or(word.text);
    Percent::parse(number, reading.mark).map_err(|reason| Fault::at(word.span, reason))
}

/// `+10%` or `-1`, if something comes next that begins with a sign or a digit.
pub(super) fn adjust(words: &mut Words<'_>, reading: &Reading<'_>) -> Result<Option<Adjust>, Fault> {
    let is_start = |c: char| c.is_ascii_digit() || "+-\u{2212}".contains(c);
    let Some(word) = words.peek().filter(|word| word.text.starts_with(is_start)) else { return Ok(None) };
    if word.text.starts_with(|c: char| c.is_ascii_digit()) {
        let shown = excerpt(word.text);
        let reason = Invalid::new(format!("`{shown}` does not say whether it is more or less"));
        return Err(Fault::at(word.span, reason.hint(format!("write `+{shown}` or `-{shown}`"))));
    }
    words.next();
    if word.text.ends_with('%') {
        return Ok(Some(Adjust::Percent(percent(word, reading)?.0)));
    }
    signed_amount(word, words, reading).map(|amount| Some(Adjust::Fixed(amount)))
}

/// A whole number from 1 on; `what` says of what.
pub(super) fn count(words: &mut Words<'_>, what: &str) -> Result<u32, Fault> {
    let Some(word) = words.next() else {
        return Err(Fault::at(words.end(), Invalid::new(format!("the {what} is missing"))));
    };
    let is_digits = word.text.bytes().all(|byte| byte.is_ascii_digit());
    let number = is_digits.then(|| word.text.parse().ok()).flatten();
    number.filter(|number| (1..=MOST).contains(number)).ok_or_else(|| {
        let reason = Invalid::new(format!("`{}` is not a {what}", excerpt(word.text)));
        Fault::at(word.span, reason.hint(format!("it is a whole number from 1 to {MOST}")))
    })
}

/// `2 weeks`, `week`.
pub(super) fn every(words: &mut Words<'_>, units: &[Unit]) -> Result<Every, Fault> {
    let is_number = words.peek().is_some_and(|word| word.text.starts_with(|c: char| c.is_ascii_digit()));
    let count = if is_number { count(words, "count")? } else { 1 };
    unit(words, units).map(|unit| Every { count, unit })
}

/// One of these units, in the singular or plural.
pub(super) fn unit(words: &mut Words<'_>, units: &[Unit]) -> Result<Unit, Fault> {
    let plurals: Vec<&str> = units.iter().map(|unit| unit.plural()).collect();
    let could_be = format!("it is counted in {}", plurals.join(", "));
    let Some(word) = words.next() else {
        return Err(Fault::at(words.end(), Invalid::new("the unit is missing").hint(could_be)));
    };
    let found = units.iter().find(|unit| word.is(unit.as_str()) || word.is(unit.plural()));
    let meant: Vec<Meant> = units.iter().map(|unit| (unit.plural(), unit.plural())).collect();
    found.copied().ok_or_else(|| Words::unknown(word, &meant, &could_be))
}

/// The day that comes next.
pub(super) fn date(words: &mut Words<'_>, reading: &Reading<'_>) -> Result<NaiveDate, Fault> {
    let piece = dated(words, "a day is missing", "a day is `2026-01-05`")?;
    parse_date(piece.text, reading.today, reading.order).map_err(|reason| Fault::at(piece.span, reason))
}

/// The month that comes next.
pub(super) fn month(words: &mut Words<'_>, reading: &Reading<'_>) -> Result<(Month, Span), Fault> {
    let form = "a month is `2027-03`";
    let piece = dated(words, "a month is missing", form)?;
    let period = parse_period(piece.text, reading.today, Lean::Nearest);
    let months = period.as_ref().ok().and_then(|period| period.whole_months());
    match months.filter(|(first, last)| first == last) {
        Some((month, _)) => Ok((month, piece.span)),
        None => {
            let reason = Invalid::new(format!("`{}` is not a month", excerpt(piece.text))).hint(form);
            Err(Fault::at(piece.span, reason))
        }
    }
}

fn dated<'a>(words: &mut Words<'a>, missing: &str, form: &str) -> Result<Word<'a>, Fault> {
    let piece = words.piece(|_, word| AFTER_DATE.iter().any(|after| word.is(after)));
    piece.ok_or_else(|| {
        let place = words.peek().map_or(words.end(), |word| word.span);
        Fault::at(place, Invalid::new(missing).hint(form))
    })
}

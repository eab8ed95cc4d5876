//! Reads a line: its priority, what its first word says it is, its limit, and that nothing follows.

use unicode_normalization::UnicodeNormalization;

use super::clauses::{average, copy, limit, of_amount, remainder, schedule, share};
use super::line::{Ask, Line, Reading};
use super::misread::Fault;
use super::values::{begins_amount, percent, positive};
use super::words::{Meant, Word, Words};
use crate::domain::invalid::Invalid;
use crate::domain::money::Exact;
use crate::domain::name::excerpt;
use crate::domain::query::{Misread, Span};

/// Characters: a line is shown whole, with carets below the place that is wrong.
const LONGEST: usize = 200;
/// The last priority.
const LAST_PRIORITY: u32 = 99;

const FORMS: &str = "a target is `50`, `up to 200`, `100 every 2 weeks starting 2026-01-01`, `500 by 2027-03`, \
    `10% of Salary`, `average 6 months`, `copy from 3 months ago`, `remainder`, `schedule NAME` or `goal 1000`";

const FIRST: [Meant; 16] = [
    ("up", "up to"),
    ("upto", "up to"),
    ("refill", "up to"),
    ("fill", "up to"),
    ("limit", "up to"),
    ("max", "up to"),
    ("average", "average"),
    ("avg", "average"),
    ("copy", "copy from 1 month ago"),
    ("remainder", "remainder"),
    ("remaining", "remainder"),
    ("rest", "remainder"),
    ("schedule", "schedule"),
    ("goal", "goal"),
    ("#goal", "goal"),
    ("save", "500 by 2027-03"),
];

const LAST: [Meant; 8] = [
    ("up", "up to"),
    ("upto", "up to"),
    ("hold", "hold"),
    ("per", "per"),
    ("repeat", "repeat"),
    ("spend", "spend from"),
    ("starting", "starting"),
    ("from", "starting"),
];

/// The line of a text, and its amounts that were rounded.
pub(super) fn parse(text: &str, reading: &Reading<'_>) -> Result<(Line, Vec<Exact>), Misread> {
    let text: String = text.nfc().collect();
    let length = text.chars().count();
    if length > LONGEST {
        let message = format!("the target is {length} characters long, and {LONGEST} are the most");
        return Err(Misread { reason: Invalid::new(message), place: Vec::new() });
    }
    let mut words = Words::new(&text);
    let line = line(&mut words, reading).map_err(|fault| fault.in_text(&text))?;
    Ok((line, words.rounded))
}

fn line(words: &mut Words<'_>, reading: &Reading<'_>) -> Result<Line, Fault> {
    let priority = priority(words)?;
    let ask = ask(words, reading)?;
    let limit_word = words.peek();
    let limit = if words.take(&["up", "to"]) { Some(limit(words, reading)?) } else { None };
    if let (Ask::Goal(_), Some(_), Some(word)) = (&ask, &limit, limit_word) {
        let reason = Invalid::new("a `goal` asks for nothing, so it has no limit");
        return Err(Fault::at(word.span, reason.hint("write the limit as a target of its own: `up to 200`")));
    }
    if let (Ask::Goal(_) | Ask::Remainder { .. }, Some((_, span))) = (&ask, priority) {
        let word = if matches!(ask, Ask::Goal(_)) { "goal" } else { "remainder" };
        let reason = Invalid::new(format!("`{word}` has no priority"));
        return Err(Fault::at(
            span,
            reason.hint("the remainder is shared out after every priority; leave `!` out"),
        ));
    }
    match words.peek() {
        None => Ok(Line { priority: priority.map_or(0, |(priority, _)| priority), ask, limit }),
        Some(word) => Err(Words::unknown(word, &LAST, FORMS)),
    }
}

/// `!2`, and where it stands.
fn priority(words: &mut Words<'_>) -> Result<Option<(u32, Span)>, Fault> {
    let Some(word) = words.peek().filter(|word| word.text.starts_with('!')) else { return Ok(None) };
    words.next();
    let digits = &word.text[1..];
    let is_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    match is_digits.then(|| digits.parse().ok()).flatten().filter(|number| *number <= LAST_PRIORITY) {
        Some(number) => Ok(Some((number, word.span))),
        None => {
            let reason = Invalid::new(format!("`{}` is not a priority", excerpt(word.text)));
            Err(Fault::at(
                word.span,
                reason.hint(format!("it goes from `!0` to `!{LAST_PRIORITY}`, as in `!2 50`")),
            ))
        }
    }
}

fn ask(words: &mut Words<'_>, reading: &Reading<'_>) -> Result<Ask, Fault> {
    let Some(first) = words.peek() else {
        return Err(Fault::at(words.end(), Invalid::new("the target is empty").hint(FORMS)));
    };
    if words.starts_with(&["up", "to"]) {
        return Ok(Ask::Refill);
    }
    if let Some(percentage) = percentage(words) {
        return share(percent(percentage, reading)?, percentage.span, words);
    }
    if begins_amount(first, reading) || first.text.starts_with(['-', '+', '\u{2212}']) {
        return of_amount(words, reading);
    }
    words.next();
    match first.text.to_ascii_lowercase().as_str() {
        "schedule" => schedule(words, reading),
        "average" => average(words, reading),
        "copy" => copy(words),
        "remainder" => remainder(words),
        "goal" => positive(words, reading).map(Ask::Goal),
        _ => Err(Words::unknown(first, &FIRST, FORMS)),
    }
}

/// `10%`, if the line begins with it.
fn percentage<'a>(words: &mut Words<'a>) -> Option<Word<'a>> {
    let first = words.peek().filter(|word| word.text.ends_with('%'))?;
    words.next();
    Some(first)
}

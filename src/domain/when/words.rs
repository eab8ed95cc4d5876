//! Cuts text into words, numbers and marks, and knows the names of months, weekdays and units.
//!
//! `reading.rs` matches on these; nothing here knows which of them make a date.

use chrono::Weekday;

use super::step::Step;
use crate::domain::invalid::Invalid;

/// The longest date or period that is read, in characters.
const LONGEST: usize = 60;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The days of the week and their names.
pub(super) const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sunday", Weekday::Sun),
];

const UNITS: [(&[&str], Step); 5] = [
    (&["d", "day", "days"], Step::Day),
    (&["w", "week", "weeks"], Step::Week),
    (&["m", "month", "months"], Step::Month),
    (&["q", "quarter", "quarters"], Step::Quarter),
    (&["y", "year", "years"], Step::Year),
];

/// One word of a date or period.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Word<'a> {
    /// The value and how many digits it was written with. A value past `u32` is kept as its greatest:
    /// whatever is counted with it lies far outside the days there are.
    Number(u32, usize),
    /// A month, 1 to 12.
    Month(u32),
    Weekday(Weekday),
    Unit(Step),
    /// Any other run of letters, in lower case.
    Name(&'a str),
    /// A `-`, `/` or `.` that touches what it joins; a `-` may lead.
    Mark(char),
    /// A character that no date has, or a mark that stands apart.
    Stray,
}

/// The text without the blanks around it.
pub(super) fn trimmed<'a>(text: &'a str, what: &str) -> Result<&'a str, Invalid> {
    let text = text.trim();
    let length = text.chars().count();
    if text.is_empty() {
        return Err(Invalid::new(format!("the {what} is empty")));
    }
    if length > LONGEST {
        return Err(Invalid::new(format!(
            "a {what} has at most {LONGEST} characters, this one has {length}"
        )));
    }
    Ok(text)
}

/// The words of a text in lower case. Blanks part words, as does the change from digits to letters (`5mar`).
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    for piece in text.split_whitespace() {
        let mut rest = piece;
        while let Some(first) = rest.chars().next() {
            let run = |is_in: fn(char) -> bool| rest.find(|c| !is_in(c)).unwrap_or(rest.len());
            let length = match first {
                '0'..='9' => run(|c| c.is_ascii_digit()),
                _ if first.is_alphabetic() => run(char::is_alphabetic),
                _ => first.len_utf8(),
            };
            let (word, after) = rest.split_at(length);
            let is_joined =
                !after.is_empty() && (rest.len() < piece.len() || (first == '-' && words.is_empty()));
            words.push(match first {
                '0'..='9' => Word::Number(word.parse().unwrap_or(u32::MAX), length),
                '-' | '/' | '.' if is_joined => Word::Mark(first),
                _ if first.is_alphabetic() => named(word),
                _ => Word::Stray,
            });
            rest = after;
        }
    }
    words
}

/// Months and weekdays go by three letters or more of their English name, so `sept` and `thurs` too.
fn named(word: &str) -> Word<'_> {
    let is_start_of = |name: &str| word.len() >= 3 && name.starts_with(word);
    if let Some(at) = MONTHS.iter().position(|name| is_start_of(name)) {
        return Word::Month(at as u32 + 1);
    }
    if let Some((_, weekday)) = WEEKDAYS.iter().find(|(name, _)| is_start_of(name)) {
        return Word::Weekday(*weekday);
    }
    match UNITS.iter().find(|(names, _)| names.contains(&word)) {
        Some((_, step)) => Word::Unit(*step),
        None => Word::Name(word),
    }
}

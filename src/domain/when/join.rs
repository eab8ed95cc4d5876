//! What was meant where words were joined wrongly: `jan to mar` for `jan..mar`, `-d 5 mar` for `-d '5 mar'`.
//!
//! Works on readings alone, so it needs no `today`. The command line asks it, and `range.rs`.

use super::reading::read;
use super::words::trimmed;

/// Words that open a range.
const FROM: [&str; 2] = ["from", "since"];

/// Words, and dashes that stand apart, that people join the ends of a range with.
const TO: [&str; 7] = ["to", "until", "till", "through", "-", "–", "—"];

/// Two ends of three words each, and two words that join them: `from 5 mar 2026 to 10 apr 2026`.
const MOST_WORDS: usize = 8;

/// A hint for a value and the words after it that were meant as one: `-d 5 mar`, `-p jan to mar`.
///
/// `words` are the value of `-d` or `-p` and then the arguments that directly follow it, as typed. The hint
/// is about as many of them as read as one date or period, two at least; `None` where no number does. Ask
/// whether or not the value reads by itself: `-d 5 mar` is a valid `5` and a payee `mar`, and refused all
/// the same (cli.md section 4, AMOUNT). An argument with a blank in it was quoted on purpose: it never joins.
pub fn join_hint(words: &[&str]) -> Option<String> {
    let unquoted = words.iter().take_while(|word| !word.contains(char::is_whitespace)).count();
    (2..=unquoted.min(MOST_WORDS)).rev().find_map(|count| hint_for(&words[..count]))
}

fn hint_for(words: &[&str]) -> Option<String> {
    let text = words.join(" ");
    trimmed(&text, "period").ok()?;
    if reads_as_period(&text) {
        let closed = words.concat();
        let short =
            if means_the_same(&closed, &text) { format!(", or write `{closed}`") } else { String::new() };
        return Some(format!("words that belong together need quotes: `'{text}'`{short}"));
    }
    // `-d fri to mum` has a payee `to mum` and the dash of `-d 5 -12.50` is a sign: what counts is a word
    // with something to join.
    let is_whole = words.last().is_some_and(|last| !is_one_of(last, &TO));
    by_word(words).filter(|_| is_whole).map(|written| format!("only `..` joins two ends: `{written}`"))
}

/// The range that was meant by `A to B`, `from A`, `until B`, `A - B` or `A-B`, with the dots it needs.
pub(super) fn with_dots(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    by_word(&words).or_else(|| by_dash(text))
}

fn by_word(words: &[&str]) -> Option<String> {
    let body = match words.split_first() {
        Some((first, rest)) if is_one_of(first, &FROM) => rest,
        _ => words,
    };
    match body.iter().position(|word| is_one_of(word, &TO)) {
        Some(at) => dotted(&body[..at].join(" "), &body[at + 1..].join(" ")),
        None if body.len() < words.len() => dotted(&body.join(" "), ""),
        None => None,
    }
}

fn by_dash(text: &str) -> Option<String> {
    let mut dashes = text.match_indices(['-', '–', '—']);
    dashes.find_map(|(at, dash)| dotted(text[..at].trim(), text[at + dash.len()..].trim()))
}

fn is_one_of(word: &str, these: &[&str]) -> bool {
    these.contains(&word.to_lowercase().as_str())
}

fn dotted(from: &str, to: &str) -> Option<String> {
    let text = format!("{from}..{to}");
    reads_as_period(&text).then_some(text)
}

/// Whether the text has the form of a date or period, whatever the calendar says of it.
fn reads_as_period(text: &str) -> bool {
    match text.split_once("..") {
        Some((from, to)) => {
            let is_end = |end: &str| end.trim().is_empty() || read(end).is_some();
            is_end(from) && is_end(to) && !(from.trim().is_empty() && to.trim().is_empty())
        }
        None => read(text).is_some(),
    }
}

fn means_the_same(one: &str, other: &str) -> bool {
    match (one.split_once(".."), other.split_once("..")) {
        (Some((from, to)), Some((other_from, other_to))) => {
            read(from) == read(other_from) && read(to) == read(other_to)
        }
        (None, None) => read(one).is_some() && read(one) == read(other),
        _ => false,
    }
}

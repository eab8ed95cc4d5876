//! Names in a line: categories and schedules. They end where the line goes on, or stand in quotes.

use std::borrow::Cow;

/// Words that say something else where a name could stand.
const TAKEN: [&str; 5] = ["previous", "all", "available", "full", "up"];

/// A name as it is written in a line: in quotes where it would be read as something else without.
pub(super) fn as_name(name: &str) -> Cow<'_, str> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_plain = !name.is_empty()
        && words.join(" ") == name
        && !name.contains(['"', '\\'])
        && !words.iter().any(|word| is_taken(word) || is_adjustment(word));
    if is_plain {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\"")))
    }
}

fn is_taken(word: &str) -> bool {
    TAKEN.iter().any(|taken| word.eq_ignore_ascii_case(taken))
}

/// Whether a word is what may be added to a schedule's amount: `+10%`, `-1`.
pub(super) fn is_adjustment(word: &str) -> bool {
    word.strip_prefix(['+', '-', '\u{2212}']).is_some_and(|rest| rest.contains(|c: char| c.is_ascii_digit()))
}

/// The text that stands in the quotes at the start, and how long it is with them; none where they are not closed.
/// A backslash takes the next character as it is.
pub(super) fn quoted(text: &str) -> Option<(String, usize)> {
    let mut inside = text.char_indices().skip(1);
    let mut name = String::new();
    while let Some((at, c)) = inside.next() {
        match c {
            '"' => return Some((name, at + 1)),
            '\\' => name.extend(inside.next().map(|(_, next)| next)),
            _ => name.push(c),
        }
    }
    None
}

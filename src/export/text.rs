//! Texts and amounts as every export writes them: on one line, to the last digit.

use crate::domain::money::{Currency, Minor, format_minor};
use crate::error::{Problem, Result};

/// A text on one line, with single blanks and nothing hidden in it.
pub fn plain(text: &str) -> String {
    let shown = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text in pieces of at most so many characters.
pub fn pieces(text: &str, most: usize) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = rest.char_indices().nth(most).map_or(rest.len(), |(at, _)| at);
        let (piece, more) = rest.split_at(end);
        rest = more;
        (!piece.is_empty()).then_some(piece)
    })
}

/// A text in pieces of at most so many characters, cut at its single blanks, which are left out; a longer word is cut.
pub fn wrapped(text: &str, most: usize) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let piece = cut(rest, most);
        let is_whole_word = rest[piece.len()..].is_empty() || rest[piece.len()..].starts_with(' ');
        let end = if is_whole_word { None } else { piece.rfind(' ').filter(|at| *at > 0) };
        let (piece, more) = rest.split_at(end.unwrap_or(piece.len()));
        rest = more.trim_start();
        (!piece.is_empty()).then_some(piece)
    })
}

/// The beginning of a text, at most so many characters.
pub fn cut(text: &str, most: usize) -> &str {
    pieces(text, most).next().unwrap_or_default()
}

/// An amount with the digits of its currency: `-12.50`.
///
/// # Errors
/// More than 64 bits.
pub fn amount(minor: i128, currency: &Currency) -> Result<String> {
    let minor = i64::try_from(minor)
        .map_err(|_| Problem::conflict("a transaction sums to more than a file's amount can be"))?;
    Ok(format_minor(Minor(minor), currency.exponent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_on_one_line() {
        for (text, shown) in [
            ("a  b", "a b"),
            (" a\tb\r\nc ", "a b c"),
            ("a\u{85}b\u{2028}c\u{2029}d\u{b}e\u{c}f", "a b c d e f"),
            ("a\u{0}\u{1b}[31mb", "a [31mb"),
            ("", ""),
        ] {
            assert_eq!(plain(text), shown);
        }
    }

    #[test]
    fn pieces_are_cut_between_characters() {
        assert_eq!(pieces("żółwie", 4).collect::<Vec<_>>(), ["żółw", "ie"]);
        assert_eq!(pieces("abcd", 2).collect::<Vec<_>>(), ["ab", "cd"]);
        assert_eq!(pieces("", 2).count(), 0);
        for (text, most, lines) in [
            ("ab cd ef", 5, &["ab cd", "ef"][..]),
            ("ab cd ef", 4, &["ab", "cd", "ef"]),
            ("żółwie a", 4, &["żółw", "ie a"]),
            ("", 4, &[]),
        ] {
            assert_eq!(wrapped(text, most).collect::<Vec<_>>(), lines, "{text}");
        }
        assert_eq!((cut("żółwie", 3), cut("ab", 3), cut("", 3)), ("żół", "ab", ""));
    }
}

//! Showing a place in a query: the text, and carets below it that stand under the place on any terminal.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::ast::Span;
use crate::domain::name::visible;

/// A longer line would be broken by a usual terminal, and the carets would point nowhere.
const WIDEST: usize = 76;
/// How much is kept in front of the place when not everything can be.
const BEFORE: usize = 30;

/// The text, hidden characters made visible, and a line with carets below `span`. Of a text that is too wide for a
/// terminal it is the part around the place.
pub fn point_at(text: &str, span: Span) -> [String; 2] {
    let before = visible(&text[..span.from]);
    let (at, after) = (visible(&text[span.from..span.to]), visible(&text[span.to..]));
    let is_too_wide = before.width() + at.width() + after.width() > WIDEST;
    let before = if is_too_wide { end_of(&before, BEFORE) } else { before };
    let room = WIDEST - before.width().min(WIDEST);
    let rest = format!("{at}{after}");
    let rest = if is_too_wide { start_of(&rest, room) } else { rest.into() };
    let carets = at.width().clamp(1, rest.width().max(1));
    [format!("{before}{rest}"), format!("{}{}", " ".repeat(before.width()), "^".repeat(carets))]
}

/// The first columns of a text, with an ellipsis if that is not all.
fn start_of(text: &str, columns: usize) -> Cow<'_, str> {
    if text.width() <= columns {
        return text.into();
    }
    let mut width = 0;
    let fitting = text.char_indices().take_while(|(_, c)| {
        width += c.width().unwrap_or(0);
        width < columns
    });
    let end = fitting.last().map_or(0, |(at, c)| at + c.len_utf8());
    format!("{}…", &text[..end]).into()
}

/// The last columns of a text, with an ellipsis if that is not all.
fn end_of(text: &str, columns: usize) -> Cow<'_, str> {
    if text.width() <= columns {
        return text.into();
    }
    let mut width = 0;
    let fitting = text.char_indices().rev().take_while(|(_, c)| {
        width += c.width().unwrap_or(0);
        width < columns
    });
    let start = fitting.last().map_or(text.len(), |(at, _)| at);
    format!("…{}", &text[start..]).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pointed(text: &str, part: &str) -> [String; 2] {
        let from = text.find(part).unwrap();
        point_at(text, Span { from, to: from + part.len() })
    }

    #[test]
    fn carets_stand_under_the_place() {
        for (text, part, shown, carets) in [
            ("amt:>x", "x", "amt:>x", "     ^"),
            ("(cat:a", "(", "(cat:a", "^"),
            ("cat:a cat", "cat:a", "cat:a cat", "^^^^^"),
            ("食費 amt:x", "x", "食費 amt:x", "         ^"),
            ("食費", "費", "食費", "  ^^"),
            ("cafe\u{301} x", "x", "cafe\u{301} x", "     ^"),
            ("a\u{1b}[31m x", "x", "a␛[31m x", "       ^"),
            ("\u{202e}x", "x", "\\u{202e}x", "        ^"),
            ("a\tx", "x", "a␉x", "  ^"),
        ] {
            assert_eq!(pointed(text, part), [shown, carets]);
        }
        assert_eq!(point_at("a", Span { from: 1, to: 1 }), ["a", " ^"], "the end");
    }

    #[test]
    fn of_a_wide_text_the_part_around_the_place_is_shown() {
        let text = format!("{} HERE {}", "a ".repeat(500), "b ".repeat(500));
        let [shown, carets] = pointed(&text, "HERE");
        assert!(shown.starts_with('…') && shown.ends_with('…'), "{shown}");
        assert!(shown.width() <= WIDEST);
        assert_eq!(carets.find('^'), Some(shown.chars().position(|c| c == 'H').unwrap()));
        assert_eq!(carets.trim(), "^^^^");
        let [shown, carets] = pointed(&format!("{}é", "食".repeat(200)), "é");
        assert_eq!((shown.width(), carets.width()), (30, 30), "{shown}");
        let [shown, carets] = point_at(&"x".repeat(500), Span { from: 0, to: 500 });
        assert_eq!((shown.width(), carets.width()), (WIDEST, WIDEST));
    }
}

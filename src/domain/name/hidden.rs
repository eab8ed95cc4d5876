//! Characters that are not seen but act: on the terminal, or on the reader.
//!
//! A payee may come from anywhere, and must not move the cursor, set a colour, turn the line around
//! or look like another one. `output/` and every message pass foreign text through `visible`.

use std::borrow::Cow;

const EXCERPT_LENGTH: usize = 40;

/// Whether a character is a control, bidirectional or zero-width one, or ends a line.
///
/// The joiners U+200C and U+200D and the variation selectors are none of these: Persian, Indic
/// scripts and emoji are written with them.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control()
        || is_zero_width(c)
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2065}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}')
}

/// Whether nothing at all is seen of it, so that two names could differ by it alone.
pub(super) fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// The text with hidden characters made visible: `␛` for ESC, `\u{202e}` for what has no such picture.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match picture(c) {
            Some(picture) => shown.push(picture),
            None if is_hidden(c) => shown.extend(c.escape_unicode()),
            None => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// Unicode's Control Pictures stand in the order of the characters they show.
fn picture(c: char) -> Option<char> {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7f}' => Some('␡'),
        _ => None,
    }
}

/// The beginning of a text, made visible, for messages about texts of any length.
pub(crate) fn excerpt(text: &str) -> String {
    match text.char_indices().nth(EXCERPT_LENGTH) {
        Some((end, _)) => format!("{}…", visible(&text[..end])),
        None => visible(text).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hidden_characters_are_shown_and_all_others_left() {
        for (text, shown) in [
            ("Tesco", "Tesco"),
            ("a\u{1b}[31mb", "a␛[31mb"),
            ("a\tb\nc\0", "a␉b␊c␀"),
            ("a\u{7f}\u{9b}", "a␡\\u{9b}"),
            ("\u{202e}ocseT", "\\u{202e}ocseT"),
            ("a\u{200b}b\u{feff}", "a\\u{200b}b\\u{feff}"),
            ("\u{2066}x\u{2069}\u{61c}", "\\u{2066}x\\u{2069}\\u{61c}"),
            ("👨\u{200d}👩 ❤\u{fe0f}", "👨\u{200d}👩 ❤\u{fe0f}"),
        ] {
            assert_eq!(visible(text), shown);
        }
        assert!(matches!(visible("Café"), Cow::Borrowed("Café")));
    }

    #[test]
    fn an_excerpt_is_the_first_forty_characters() {
        assert_eq!(excerpt("a\nb"), "a␊b");
        assert_eq!(excerpt(&"é".repeat(41)), format!("{}…", "é".repeat(40)));
    }

    proptest! {
        #[test]
        fn what_is_visible_has_nothing_hidden(text in "(?s).*") {
            let shown = visible(&text);
            prop_assert!(!shown.contains(char::is_control));
            prop_assert!(!shown.contains(is_hidden));
            prop_assert_eq!(visible(&shown), shown.as_ref());
        }
    }
}

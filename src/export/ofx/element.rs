//! Elements of XML, escaped.

use std::borrow::Cow;

/// Appends an element with a text; nothing for an empty one.
pub fn leaf(text: &mut String, name: &str, said: &str) {
    if !said.is_empty() {
        text.push_str(&format!("<{name}>{}</{name}>", escaped(said)));
    }
}

/// A text without what XML would read as markup, and without the two characters that XML 1.0 cannot hold and that are
/// no control characters (those were blanked before).
pub fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '\u{fffe}', '\u{ffff}']) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            c => safe.push(c),
        }
    }
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped() {
        let mut text = String::new();
        leaf(&mut text, "NAME", "<b> & \"c\" ]]> \u{ffff}");
        leaf(&mut text, "MEMO", "");
        assert_eq!(text, "<NAME>&lt;b&gt; &amp; \"c\" ]]&gt; \u{fffd}</NAME>");
    }
}

//! What stands between tags, as people read it.
//!
//! `scanner` resolves entities while it reads, once and no deeper; `record` and `walker` tidy what they keep. There is
//! no table of entities that a file could add to.

use memchr::memchr;

/// Longer names of characters are none.
const LONGEST_ENTITY: usize = 10;

/// Appends a text with its entities resolved; an `&` that begins none stays as it is.
pub fn decode(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        let end = behind.bytes().take(LONGEST_ENTITY).position(|byte| byte == b';');
        match end.and_then(|end| Some((character(&behind[..end])?, end))) {
            Some((character, end)) => {
                out.push(character);
                rest = &behind[end + 1..];
            }
            None => {
                out.push('&');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
}

/// The character of an entity: those of XML, the blank of OFX 1, and numbers.
fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?).filter(|c| *c != '\0');
    }
    let known = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", ' ')];
    known.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, character)| *character)
}

/// The text without blanks around it and with single blanks inside; none where nothing is left.
pub fn clean(text: &str) -> Option<String> {
    let is_apart = |c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}';
    let mut words = text.split(is_apart).filter(|word| !word.is_empty());
    let mut all = words.next()?.to_owned();
    for word in words {
        all.push(' ');
        all.push_str(word);
    }
    Some(all)
}

/// The same, cut where it is longer than any number, code or message: for what is kept of a whole file.
pub fn clean_short(text: &str) -> Option<String> {
    let mut text = clean(&text[..text.floor_char_boundary(4000)])?;
    text.truncate(text.floor_char_boundary(400));
    clean(&text)
}

/// A value as a reason shows it: in backticks, cut where it is no use to see more.
pub fn shown(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("`{}…`", &text[..at]),
        None => format!("`{text}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str) -> String {
        let mut out = String::new();
        decode(text, &mut out);
        out
    }

    #[test]
    fn entities_are_resolved_once() {
        let cases = [
            ("B.C. HYDRO &amp; POWER", "B.C. HYDRO & POWER"),
            ("&lt;A&gt; &quot;B&quot; &apos;C&apos;&nbsp;D", "<A> \"B\" 'C' D"),
            ("&amp;lt;", "&lt;"),
            ("&AMP;", "&"),
            ("caf&#233; &#xE9;&#X45;", "café éE"),
            ("AT&T; H&M & C&A;", "AT&T; H&M & C&A;"),
            ("&&amp;&", "&&&"),
            (
                "&#0; &#xD800; &#99999999999; &unknown; &; &#; &#x;",
                "&#0; &#xD800; &#99999999999; &unknown; &; &#; &#x;",
            ),
            ("&é;&", "&é;&"),
        ];
        for (text, expected) in cases {
            assert_eq!(decoded(text), expected, "{text}");
        }
    }

    #[test]
    fn blanks_are_single_and_nowhere_else() {
        assert_eq!(clean("  A \t\r\n B\u{a0}C\0\0 ").as_deref(), Some("A B C"));
        assert_eq!(clean(" \u{feff}\n"), None);
        assert_eq!(clean_short(&"é ".repeat(5000)).map(|text| text.len()), Some(398));
        assert_eq!(shown("20120231"), "`20120231`");
        assert_eq!(shown(&"é".repeat(61)), format!("`{}…`", "é".repeat(60)));
    }
}

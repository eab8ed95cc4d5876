//! What a `<` begins: a tag, something to pass over, a text to take as it stands, or just a `<`.
//!
//! Pure functions over the text at hand for `scanner`. What is not plainly markup is text: banks write `<` into
//! names without a thought.

use std::ops::Range;

use memchr::{memchr2, memmem};

/// A tag, by its places in the text that begins with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its name without a namespace's prefix, as it stands.
    pub name: Range<usize>,
    /// Where it ends.
    pub length: usize,
    /// Whether it closes an element.
    pub is_close: bool,
    /// Whether it opens and closes one: `<NAME/>`.
    pub is_empty: bool,
}

/// What a `<` begins; lengths count from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Markup {
    /// A tag.
    Tag(Tag),
    /// A comment or a processing instruction of this length.
    Passed(usize),
    /// A CDATA section: where its text is, and how long all of it is.
    Literal(Range<usize>, usize),
    /// A `<!DOCTYPE` or an `<!ENTITY`.
    Declaration,
    /// Text, whatever it looks like.
    Text,
}

/// Up to where the end of a comment and of a CDATA section was looked for in vain, so that no text is searched twice.
#[derive(Debug, Default)]
pub struct Searched {
    comment: u64,
    literal: u64,
}

/// What the text begins with, which has a `<` first and stands `offset` bytes from the beginning of the file.
pub fn markup(text: &str, offset: u64, searched: &mut Searched) -> Markup {
    match text.as_bytes().get(1) {
        Some(b'!') => exclaimed(text, offset, searched),
        Some(b'?') => end_of_tag(text).map_or(Markup::Text, |end| Markup::Passed(end + 1)),
        _ => tag(text).map_or(Markup::Text, Markup::Tag),
    }
}

fn exclaimed(text: &str, offset: u64, searched: &mut Searched) -> Markup {
    const CDATA: &str = "<![CDATA[";
    let begins = |word: &str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    if begins("<!DOCTYPE") || begins("<!ENTITY") {
        return Markup::Declaration;
    }
    if begins("<!--") {
        let end = find("-->", text, 4, offset, &mut searched.comment);
        return end.map_or(Markup::Text, |end| Markup::Passed(end + 3));
    }
    if begins(CDATA) {
        let end = find("]]>", text, CDATA.len(), offset, &mut searched.literal);
        return end.map_or(Markup::Text, |end| Markup::Literal(CDATA.len()..end, end + 3));
    }
    Markup::Text
}

/// Where the end stands, three ASCII characters, at `from` or later.
fn find(end: &str, text: &str, from: usize, offset: u64, searched: &mut u64) -> Option<usize> {
    let known = usize::try_from(searched.saturating_sub(offset)).unwrap_or(text.len());
    let from = known.max(from).min(text.len());
    let found = memmem::find(&text.as_bytes()[from..], end.as_bytes()).map(|at| from + at);
    if found.is_none() {
        *searched = offset + text.len().saturating_sub(end.len() - 1) as u64;
    }
    found
}

/// The `>` of a tag; none where another tag begins before it.
fn end_of_tag(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let end = memchr2(b'<', b'>', &bytes[1..])? + 1;
    (bytes[end] == b'>').then_some(end)
}

fn tag(text: &str) -> Option<Tag> {
    let end = end_of_tag(text)?;
    let is_close = text[1..].starts_with('/');
    let start = if is_close { 2 } else { 1 };
    let inner = text.get(start..end)?;
    let length = inner.bytes().position(|byte| !is_of_name(byte)).unwrap_or(inner.len());
    let (name, behind) = inner.split_at(length);
    let local = name.rfind(':').map_or(name, |at| &name[at + 1..]);
    let behind = behind.trim();
    // `<B CORP>` is part of a name; a tag has nothing behind its name but attributes.
    let is_tag = local.starts_with(|c: char| c.is_ascii_alphabetic())
        && (matches!(behind, "" | "/") || (!is_close && behind.contains('=')));
    let name = start + name.len() - local.len()..start + name.len();
    is_tag.then(|| Tag { name, length: end + 1, is_close, is_empty: !is_close && behind.ends_with('/') })
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b':')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> String {
        match markup(text, 0, &mut Searched::default()) {
            Markup::Tag(tag) => {
                let mark = if tag.is_close { "/" } else { "" };
                let empty = if tag.is_empty { "/" } else { "" };
                format!("tag {mark}{}{empty} {}", &text[tag.name], &text[tag.length..])
            }
            Markup::Passed(length) => format!("passed {}", &text[length..]),
            Markup::Literal(inner, length) => format!("literal {} {}", &text[inner], &text[length..]),
            Markup::Declaration => "declaration".to_owned(),
            Markup::Text => "text".to_owned(),
        }
    }

    #[test]
    fn tags_are_told_from_texts() {
        let cases = [
            ("<NAME>x", "tag NAME x"),
            ("</NAME >x", "tag /NAME x"),
            ("<NAME/>x", "tag NAME/ x"),
            ("<ofx:OFX xmlns:ofx=\"http://ofx.net/\">x", "tag OFX x"),
            ("<INTU.BID>1", "tag INTU.BID 1"),
            ("<VAL_UE\n>1", "tag VAL_UE 1"),
            ("<!-- a < b > c -->x", "passed x"),
            ("<?OFX VERSION=\"203\"?>x", "passed x"),
            ("<![CDATA[a <b> &amp;]]>x", "literal a <b> &amp; x"),
            ("<!doctype html>", "declaration"),
            ("<!ENTITY a \"b\">", "declaration"),
        ];
        for (text, expected) in cases {
            assert_eq!(kind(text), expected, "{text}");
        }
        for text in [
            "<",
            "<>",
            "</>",
            "< b",
            "<3 you>",
            "<B CORP>",
            "<a@b.c>",
            "<NAME<",
            "<NAME",
            "<!-- a",
            "<![CDATA[a",
            "<!",
            "<?",
            "<!--",
            "<é>",
            "<:>",
            "<!b>",
        ] {
            assert_eq!(kind(text), "text", "{text}");
        }
    }

    #[test]
    fn an_end_is_looked_for_once() {
        let mut searched = Searched::default();
        assert_eq!(markup("<!-- <!-- -", 100, &mut searched), Markup::Text);
        assert_eq!(searched.comment, 109);
        assert_eq!(markup("<!-- -->", 105, &mut searched), Markup::Passed(8));
    }
}

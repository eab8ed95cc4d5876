//! The elements of a file one after the other, in OFX 1 and 2 alike.
//!
//! An element here is a tag with the text behind it: in SGML a leaf ends where the next tag begins, and in XML its
//! closing tag says no more than that. `walker` knows what the names mean. Nothing nests, so depth costs nothing.

use std::io::Read;

use memchr::memchr;

use super::super::SurveyError;
use super::source::Source;
use super::tag::{Markup, Searched, Tag, markup};
use super::texts;
use crate::domain::invalid::Invalid;

/// No element and no row may be longer; memory stays flat.
pub const MAX_LENGTH: usize = 1 << 20;

/// A tag with the text behind it; kept and filled again for the next.
#[derive(Debug, Default)]
pub struct Element {
    /// The tag's name in upper case, without a namespace's prefix.
    pub name: String,
    /// Whether the tag closes an element.
    pub is_close: bool,
    /// The text behind the tag, entities resolved, blanks as they stand.
    pub value: String,
    /// Tag and text as the file has them.
    pub raw: String,
    /// The 1-based line of the tag.
    pub line: u64,
    /// Whether it was longer than any element may be, and was cut.
    pub is_cut: bool,
}

/// Reads elements one at a time.
pub struct Scanner<R> {
    source: Source<R>,
    searched: Searched,
    /// The tag at which reading stands; none before the first one and at the end.
    next: Option<Tag>,
    has_begun: bool,
    /// Whether the element read last was `<NAME/>`, so that its closing comes next.
    is_closing: bool,
}

impl<R: Read> Scanner<R> {
    /// The elements of a text; what stands before the first tag is passed over.
    pub fn new(source: Source<R>) -> Self {
        Scanner { source, searched: Searched::default(), next: None, has_begun: false, is_closing: false }
    }

    /// Reads the next element into `element`; false at the end of the file.
    ///
    /// # Errors
    /// Where the file cannot be read, and where it declares entities.
    pub fn read(&mut self, element: &mut Element) -> Result<bool, SurveyError> {
        if std::mem::take(&mut self.is_closing) {
            element.is_close = true;
            element.value.clear();
            element.raw.clear();
            return Ok(true);
        }
        if !std::mem::replace(&mut self.has_begun, true) {
            self.read_text(element)?;
        }
        let Some(tag) = self.next.take() else { return Ok(false) };
        element.begin(&tag, self.source.rest(), self.source.line());
        self.source.pass(tag.length);
        self.is_closing = tag.is_empty;
        self.read_text(element)?;
        Ok(true)
    }

    /// Takes in what stands before the next tag.
    fn read_text(&mut self, element: &mut Element) -> Result<(), SurveyError> {
        loop {
            self.source.fill()?;
            let rest = self.source.rest();
            let length = match memchr(b'<', rest.as_bytes()) {
                Some(0) => match markup(rest, self.source.offset(), &mut self.searched) {
                    Markup::Tag(tag) => {
                        self.next = Some(tag);
                        return Ok(());
                    }
                    Markup::Declaration => return Err(refuse_declaration(self.source.line())),
                    Markup::Passed(length) => {
                        element.push_raw(&rest[..length]);
                        length
                    }
                    Markup::Literal(text, length) => {
                        if element.push_raw(&rest[..length]) {
                            element.value.push_str(&rest[text]);
                        }
                        length
                    }
                    Markup::Text => {
                        element.push_text("<");
                        1
                    }
                },
                found => {
                    let length = found.unwrap_or(rest.len());
                    element.push_text(&rest[..length]);
                    length
                }
            };
            if length == 0 {
                return Ok(());
            }
            self.source.pass(length);
        }
    }
}

impl Element {
    fn begin(&mut self, tag: &Tag, text: &str, line: u64) {
        self.name.clear();
        self.name.push_str(&text[tag.name.clone()]);
        self.name.make_ascii_uppercase();
        self.value.clear();
        self.raw.clear();
        self.is_close = tag.is_close;
        self.is_cut = false;
        self.line = line;
        self.push_raw(&text[..tag.length]);
    }

    fn push_text(&mut self, text: &str) {
        if self.push_raw(text) {
            texts::decode(text, &mut self.value);
        }
    }

    /// Appends to the raw text, unless it would be longer than any may be.
    fn push_raw(&mut self, text: &str) -> bool {
        let is_room = self.raw.len() + text.len() <= MAX_LENGTH;
        if is_room {
            self.raw.push_str(text);
        }
        self.is_cut |= !is_room;
        is_room
    }
}

fn refuse_declaration(line: u64) -> SurveyError {
    Invalid::new(format!(
        "the file declares a document type or entities in line {line}, as no bank's OFX does"
    ))
    .hint("export the statement again from the bank's site")
    .into()
}

#[cfg(test)]
mod tests {
    use encoding_rs::UTF_8;

    use super::*;

    fn elements(text: &str) -> Vec<String> {
        let mut scanner = Scanner::new(Source::new(text.as_bytes(), UTF_8));
        let mut element = Element::default();
        let mut all = Vec::new();
        while scanner.read(&mut element).unwrap() {
            let mark = if element.is_close { "/" } else { "" };
            all.push(format!("{} {mark}{}={}", element.line, element.name, element.value.trim()));
        }
        all
    }

    #[test]
    fn leaves_with_and_without_closing_tags_are_the_same() {
        let sgml = "OFXHEADER:100\nA:B\n\n<ofx>\n<NAME>H&M\n<MEMO>a &lt; b < c\n</OFX>";
        assert_eq!(elements(sgml), ["4 OFX=", "5 NAME=H&M", "6 MEMO=a < b < c", "7 /OFX="]);
        let xml = "<?xml version=\"1.0\"?><OFX><NAME>H&amp;M</NAME><E/><MEMO><![CDATA[a < &lt;]]><!-- <X> -->b</MEMO></OFX>";
        let expected =
            ["1 OFX=", "1 NAME=H&M", "1 /NAME=", "1 E=", "1 /E=", "1 MEMO=a < &lt;b", "1 /MEMO=", "1 /OFX="];
        assert_eq!(elements(xml), expected);
    }

    #[test]
    fn a_comment_that_never_ends_swallows_nothing() {
        let text = "<OFX><MEMO>a <!-- b<NAME>c<MEMO><![CDATA[d<NAME>e";
        assert_eq!(
            elements(text),
            ["1 OFX=", "1 MEMO=a <!-- b", "1 NAME=c", "1 MEMO=<![CDATA[d", "1 NAME=e"]
        );
    }

    #[test]
    fn declarations_are_refused() {
        let text = "<?xml version=\"1.0\"?>\n<!DOCTYPE OFX [<!ENTITY a \"b\">]>\n<OFX></OFX>";
        let mut scanner = Scanner::new(Source::new(text.as_bytes(), UTF_8));
        let error = scanner.read(&mut Element::default()).unwrap_err();
        assert!(error.to_string().contains("in line 2"), "{error}");
    }

    #[test]
    fn an_element_longer_than_any_row_is_cut() {
        let text = format!("<MEMO>{}<NAME>b", "a".repeat(3 * MAX_LENGTH));
        let mut scanner = Scanner::new(Source::new(text.as_bytes(), UTF_8));
        let mut element = Element::default();
        assert!(scanner.read(&mut element).unwrap() && element.is_cut);
        assert!(element.raw.len() <= MAX_LENGTH);
        assert!(scanner.read(&mut element).unwrap() && !element.is_cut);
        assert_eq!(element.value, "b");
    }
}

//! XML as a run of elements that open and close: prefixes dropped, entities resolved, one tag or text in memory.
//!
//! What could make a small file great, or a deep one dangerous, is refused: document type definitions, entities other
//! than the five predefined ones, nesting without end. It knows no name of any message; `items` reads from it.

use std::borrow::Cow;
use std::io::{self, Read};

use encoding_rs::Encoding;
use quick_xml::Reader;
use quick_xml::errors::Error;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::attributes::{Attribute, Attributes};
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::path::Path;
use super::source::{MAX_PIECE, Source};
use super::trouble::Trouble;

/// ISO 20022 nests some 20 elements; envelopes add a few.
const MAX_DEPTH: usize = 64;

/// The longest texts of ISO 20022 have 500 characters; names of elements are shorter.
pub const MAX_TEXT: usize = 64 * 1024;
const MAX_NAME: usize = 256;

/// What was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// An element opens; it is the innermost one of the path.
    Open,
    /// The innermost element of the path closes; its text is known.
    Close,
    /// The document ends.
    End,
}

/// Reads a document step by step.
pub struct Xml<R: Read> {
    reader: Reader<Source<R>>,
    buffer: Vec<u8>,
    path: Path,
    /// The attributes of the innermost element as they stand, until another one opens.
    attributes: String,
    text: String,
    is_cut: bool,
    line: u64,
    start: usize,
    /// Whether the tape is kept for an entry.
    is_kept: bool,
    is_empty_element: bool,
    is_closed: bool,
}

impl<R: Read> Xml<R> {
    /// A document of an input that stands behind any byte-order mark.
    pub fn new(input: R, encoding: &'static Encoding) -> Self {
        let mut reader = Reader::from_reader(Source::new(input, encoding));
        // Not every bank escapes the `&` of a company's name.
        reader.config_mut().allow_dangling_amp = true;
        Xml {
            reader,
            buffer: Vec::new(),
            path: Path::default(),
            attributes: String::new(),
            text: String::new(),
            is_cut: false,
            line: 1,
            start: 0,
            is_kept: false,
            is_empty_element: false,
            is_closed: false,
        }
    }

    /// The open elements; one that closes is still among them.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The text of the element that closes, behind its last child if it has any.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether that text was too long to be kept.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// The 1-based line in which the last tag began.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The attributes of the last element that opened, by local name, as they stand.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut all = Attributes::new(&self.attributes, 0);
        // Whether one is there twice would take quadratic time to see.
        all.with_checks(false);
        all.filter_map(|found| {
            let Attribute { key, value: Cow::Borrowed(value) } = found.ok()? else { return None };
            Some((key.local_name().into_inner(), value))
        })
    }

    /// Keeps the text from the tag that was just read on.
    pub fn keep(&mut self) {
        self.is_kept = true;
    }

    /// Keeps it no longer.
    pub fn drop_kept(&mut self) {
        self.is_kept = false;
    }

    /// Where in the kept text the last tag begins, and where it ends.
    pub fn kept_place(&self) -> (usize, usize) {
        (self.start, self.reader.get_ref().tape_length())
    }

    /// A part of the kept text; none where all of it is longer than a row may be.
    pub fn kept(&self, start: usize, end: usize) -> Option<String> {
        let part = self.reader.get_ref().tape()?.get(start..end)?;
        Some(String::from_utf8_lossy(part).into_owned())
    }

    /// Reads up to where an element opens or closes.
    ///
    /// # Errors
    /// For what is no sound XML, or not read on purpose, and where the input cannot be read.
    pub fn next(&mut self) -> Result<Step, Trouble> {
        if self.is_closed {
            self.is_closed = false;
            self.path.pop();
            self.clear();
        }
        if self.is_empty_element {
            self.is_empty_element = false;
            self.is_closed = true;
            return Ok(Step::Close);
        }
        // The events borrow from the buffer, not from the reader's owner.
        let mut buffer = std::mem::take(&mut self.buffer);
        let step = loop {
            buffer.clear();
            self.mark();
            let step = match self.reader.read_event_into(&mut buffer) {
                Ok(event) => self.take(event),
                Err(error) => Err(self.trouble(error)),
            };
            if let Some(step) = step.transpose() {
                break step;
            }
        };
        self.buffer = buffer;
        step
    }

    fn mark(&mut self) {
        let source = self.reader.get_mut();
        source.mark();
        if !self.is_kept {
            source.rewind();
        }
        self.start = source.tape_length();
        self.line = source.line();
    }

    fn take(&mut self, event: Event<'_>) -> Result<Option<Step>, Trouble> {
        match event {
            Event::Start(tag) => return self.open(&tag).map(Some),
            Event::Empty(tag) => {
                self.is_empty_element = true;
                return self.open(&tag).map(Some);
            }
            Event::End(_) => {
                self.is_closed = true;
                return Ok(Some(Step::Close));
            }
            Event::Eof if self.path.depth() > 0 => {
                let what = format!("the file ends inside of `{}`: it was cut off", self.path.name());
                return Err(Trouble::in_line(self.line, what));
            }
            Event::Eof => return Ok(Some(Step::End)),
            Event::DocType(_) => {
                let what = "the file has a document type definition (`<!DOCTYPE`), which is not read: no bank's has one";
                return Err(Trouble::in_line(self.line, what));
            }
            Event::Text(text) => self.push(&text),
            Event::CData(text) => self.push(&text),
            Event::GeneralRef(reference) => self.resolve(&reference)?,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
        Ok(None)
    }

    fn open(&mut self, tag: &BytesStart<'_>) -> Result<Step, Trouble> {
        let name = tag.local_name().into_inner();
        if self.path.depth() == MAX_DEPTH {
            return Err(Trouble::in_line(self.line, format!("more than {MAX_DEPTH} elements are nested")));
        }
        if tag.name().into_inner().len() > MAX_NAME {
            return Err(Trouble::in_line(self.line, "the name of an element is too long"));
        }
        self.path.push(name);
        self.clear();
        self.attributes.push_str(tag.attributes_raw());
        Ok(Step::Open)
    }

    fn clear(&mut self) {
        self.text.clear();
        self.attributes.clear();
        self.is_cut = false;
    }

    fn push(&mut self, text: &str) {
        self.is_cut |= self.text.len() + text.len() > MAX_TEXT;
        if !self.is_cut {
            self.text.push_str(text);
        }
    }

    fn resolve(&mut self, reference: &BytesRef<'_>) -> Result<(), Trouble> {
        let character = || reference.resolve_char_ref().ok().flatten();
        if let Some(text) = resolve_xml_entity(reference) {
            self.push(text);
        } else if let Some(c) = character() {
            self.push(c.encode_utf8(&mut [0; 4]));
        } else if is_name(reference.trim_start_matches('#')) {
            return Err(Trouble::in_line(self.line, format!("`&{};` is not known", &**reference)));
        } else {
            // A lone `&`, and a `;` that came later by chance.
            for text in ["&", reference, ";"] {
                self.push(text);
            }
        }
        Ok(())
    }

    fn trouble(&self, error: Error) -> Trouble {
        if self.reader.get_ref().is_too_long() {
            let what = format!("a tag or a text has more than {} KiB", MAX_PIECE / 1024);
            return Trouble::in_line(self.line, what);
        }
        let what = match error {
            Error::Io(error) => return Trouble::Io(io::Error::new(error.kind(), error)),
            Error::Syntax(error) => error.to_string(),
            Error::IllFormed(error) => error.to_string(),
            error => error.to_string(),
        };
        Trouble::in_line(self.line, format!("the XML is broken: {what}"))
    }
}

/// Whether an entity could be called so.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'))
}

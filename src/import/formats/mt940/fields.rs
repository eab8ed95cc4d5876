//! The fields of the messages: a tag such as `:61:` at the beginning of a line, and the lines up to the next.
//!
//! Prose outside of fields and the SWIFT envelope (`{1:...}{2:...}{4:` to `-}`) are passed over here. What a field
//! means is `statements`' matter. A field is held in memory, never more.

use std::io::{self, Read};

use super::super::text::Lines;

/// A longer record is cut off here and rejected: memory stays flat.
pub const MAX_RECORD: usize = 1 << 20;

/// What a field is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tag {
    /// `:20:`, with which a statement begins.
    Reference,
    /// `:25:`
    Account,
    /// `:28C:`, the statement's number.
    Number,
    /// `:60F:`, or `:60M:` on a further page.
    Opening,
    /// `:61:`
    Entry,
    /// `:86:`
    Details,
    /// `:62F:`
    Closing,
    /// `:62M:`, where another page follows.
    PageEnd,
    /// `-`, with which a message ends, and `{1:`, with which the envelope of the next begins.
    Edge,
    /// Another one, such as `:64:`.
    #[default]
    Other,
}

/// Every tag of MT940 and of its sister MT942, with those of some banks; others are text that happens to begin so.
const TAGS: [(&str, Tag); 26] = [
    (":20:", Tag::Reference),
    (":25:", Tag::Account),
    (":25P:", Tag::Account),
    (":28C:", Tag::Number),
    (":28:", Tag::Number),
    (":60F:", Tag::Opening),
    (":60M:", Tag::Opening),
    (":61:", Tag::Entry),
    (":86:", Tag::Details),
    (":62F:", Tag::Closing),
    (":62M:", Tag::PageEnd),
    (":21:", Tag::Other),
    (":13:", Tag::Other),
    (":13D:", Tag::Other),
    (":34F:", Tag::Other),
    (":64:", Tag::Other),
    (":65:", Tag::Other),
    (":90C:", Tag::Other),
    (":90D:", Tag::Other),
    (":NS:", Tag::Other),
    (":940:", Tag::Other),
    (":941:", Tag::Other),
    (":942:", Tag::Other),
    (":950:", Tag::Other),
    (":60A:", Tag::Other),
    (":62A:", Tag::Other),
];

/// One field.
#[derive(Debug, Default)]
pub struct Field {
    /// The 1-based physical line of its tag.
    pub line: u64,
    /// What it is for.
    pub tag: Tag,
    /// All its lines with the tag, parted by `\n`.
    pub raw: String,
    /// Where its value begins in them.
    value_at: usize,
    /// Whether it was longer than any record may be.
    pub is_cut: bool,
    /// Whether the file ends in it, without a line end.
    pub is_torn: bool,
}

impl Field {
    /// What stands behind the tag, with all further lines.
    pub fn value(&self) -> &str {
        &self.raw[self.value_at..]
    }

    /// The rest of its first line, without blanks around it.
    pub fn first_line(&self) -> &str {
        self.value().lines().next().unwrap_or_default().trim()
    }

    fn push(&mut self, line: &str) {
        if self.raw.len() + line.len() < MAX_RECORD {
            self.raw.push('\n');
            self.raw.push_str(line);
        } else {
            self.is_cut = true;
        }
    }
}

/// Reads fields one at a time.
pub struct Fields<R> {
    lines: Lines<R>,
    line: String,
    /// Whether the line was read already: the field before ended at it.
    is_held: bool,
    is_line_cut: bool,
    is_line_torn: bool,
}

impl<R: Read> Fields<R> {
    /// The fields of these lines.
    pub fn new(lines: Lines<R>) -> Self {
        Fields { lines, line: String::new(), is_held: false, is_line_cut: false, is_line_torn: false }
    }

    /// Reads the next field; false at the end of the file.
    pub fn read(&mut self, field: &mut Field) -> io::Result<bool> {
        let (tag, length) = loop {
            if !self.next_line()? {
                return Ok(false);
            }
            if let Some(found) = begin(&self.line) {
                break found;
            }
        };
        field.line = self.lines.number();
        field.tag = tag;
        field.is_cut = self.is_line_cut;
        field.is_torn = self.is_line_torn;
        field.raw.clear();
        if tag == Tag::Edge {
            field.value_at = 0;
            self.hold_body();
            return Ok(true);
        }
        let line = self.line.trim_start();
        field.raw.push_str(line);
        field.value_at = length;
        self.go_on(field)?;
        Ok(true)
    }

    /// Adds the lines that belong to the field.
    fn go_on(&mut self, field: &mut Field) -> io::Result<()> {
        while self.next_line()? {
            if begin(&self.line).is_some() {
                self.is_held = true;
                break;
            }
            field.is_cut |= self.is_line_cut;
            field.is_torn |= self.is_line_torn;
            field.push(self.line.trim_end_matches('\0'));
        }
        Ok(())
    }

    /// The first field may stand right behind the envelope's beginning: `{1:...}{2:...}{4::20:...`.
    fn hold_body(&mut self) {
        let body = self.line.find("{4:").map(|at| at + 3).filter(|at| self.line[*at..].starts_with(':'));
        if let Some(at) = body {
            self.line.drain(..at);
            self.is_held = true;
        }
    }

    fn next_line(&mut self) -> io::Result<bool> {
        if std::mem::take(&mut self.is_held) {
            return Ok(true);
        }
        self.line.clear();
        let end = self.lines.read(&mut self.line)?;
        self.is_line_cut = end.is_some_and(|end| end.is_cut);
        self.is_line_torn = end.is_some_and(|end| end.is_last);
        Ok(end.is_some())
    }
}

/// What begins with the line, and the length of its tag; none where it is text.
fn begin(line: &str) -> Option<(Tag, usize)> {
    let line = line.trim_start();
    match line.as_bytes().first()? {
        b':' => {
            TAGS.iter().find(|(tag, _)| line.starts_with(tag)).map(|(tag, meaning)| (*meaning, tag.len()))
        }
        b'-' if line.trim_end() == "-" || line.starts_with("-}") => Some((Tag::Edge, 0)),
        b'{' if line.starts_with("{1:") || line.starts_with("{4:") => Some((Tag::Edge, 0)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str) -> Vec<(u64, Tag, String)> {
        let mut fields = Fields::new(Lines::new(text.as_bytes(), encoding_rs::UTF_8, 0));
        let (mut field, mut all) = (Field::default(), Vec::new());
        while fields.read(&mut field).unwrap() {
            all.push((field.line, field.tag, field.value().to_owned()));
        }
        all
    }

    #[test]
    fn lines_belong_to_the_tag_before() {
        let text = "ABNANL2A\n940\n:20:x\n:86:one\n\n:57:two\n:99:\n-\nprose\n:62F:y";
        let expected = [
            (3, Tag::Reference, "x"),
            (4, Tag::Details, "one\n\n:57:two\n:99:"),
            (8, Tag::Edge, ""),
            (10, Tag::Closing, "y"),
        ];
        assert_eq!(fields(text), expected.map(|(line, tag, text)| (line, tag, text.to_owned())));
    }

    #[test]
    fn envelopes_are_edges() {
        let text = "{1:F01X}{2:I940}{4::20:a\r\n:25:b\r\n-}{5:{CHK:1}}\r\n{1:F01X}{2:I940}{4:\r\n:20:c";
        let found: Vec<_> = fields(text).into_iter().map(|(line, tag, _)| (line, tag)).collect();
        let expected = [
            (1, Tag::Edge),
            (1, Tag::Reference),
            (2, Tag::Account),
            (3, Tag::Edge),
            (4, Tag::Edge),
            (5, Tag::Reference),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_field_without_end_is_cut() {
        let text = ":86:".to_owned() + &"text\n".repeat(400_000) + ":20:x";
        let mut fields = Fields::new(Lines::new(text.as_bytes(), encoding_rs::UTF_8, 0));
        let mut field = Field::default();
        assert!(fields.read(&mut field).unwrap() && field.is_cut && field.raw.len() <= MAX_RECORD);
        assert!(fields.read(&mut field).unwrap() && !field.is_cut && field.value() == "x");
    }
}

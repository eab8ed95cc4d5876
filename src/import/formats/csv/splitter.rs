//! The text of a record, split into its fields.
//!
//! `records` feeds it one line after the other while a quote is open.

use csv::StringRecord;
use memchr::memchr;

/// Parts a record at its delimiters.
///
/// Inside quotes, two quotes are one, and a lone one ends the field only where a delimiter or the
/// line's end follows: `"he said "hi" to me",5` is what careless exporters write. A quote inside an
/// unquoted field is text. Blanks between a delimiter and a quote are passed over.
#[derive(Default)]
pub struct Splitter {
    delimiter: u8,
    at: usize,
    open: Option<Quoted>,
    /// Whether a quoted field had a quote in it that neither is doubled nor ends it.
    pub has_bare_quote: bool,
    unescaped: String,
}

/// A quoted field whose end is looked for.
struct Quoted {
    content: usize,
    searched: usize,
    has_doubled: bool,
}

impl Splitter {
    /// Parts fields by this delimiter.
    pub fn new(delimiter: u8) -> Self {
        Splitter { delimiter, ..Splitter::default() }
    }

    /// Begins a new record.
    pub fn begin(&mut self, fields: &mut StringRecord) {
        fields.clear();
        self.at = 0;
        self.open = None;
        self.has_bare_quote = false;
    }

    /// Pushes the fields from where it stopped; false if the text ends inside of a quoted one.
    pub fn go_on(&mut self, raw: &str, fields: &mut StringRecord) -> bool {
        loop {
            let end = match self.open.take().or_else(|| self.quoted(raw.as_bytes())) {
                Some(mut quoted) => match self.find_end(raw.as_bytes(), &mut quoted) {
                    Some((close, end)) => {
                        self.push_quoted(&raw[quoted.content..close], quoted.has_doubled, fields);
                        end
                    }
                    None => {
                        self.open = Some(quoted);
                        return false;
                    }
                },
                None => {
                    let end = find(raw.as_bytes(), self.at, self.delimiter);
                    fields.push_field(&raw[self.at..end]);
                    end
                }
            };
            if end >= raw.len() {
                return true;
            }
            self.at = end + 1;
        }
    }

    fn quoted(&self, bytes: &[u8]) -> Option<Quoted> {
        let start = self.pass_blanks(bytes, self.at);
        let content = start + 1;
        (bytes.get(start) == Some(&b'"')).then_some(Quoted { content, searched: content, has_doubled: false })
    }

    /// The places of the closing quote and of what ends the field behind it.
    fn find_end(&mut self, bytes: &[u8], quoted: &mut Quoted) -> Option<(usize, usize)> {
        loop {
            let quote = find(bytes, quoted.searched, b'"');
            quoted.searched = (quote + 1).min(bytes.len());
            if quote >= bytes.len() {
                return None;
            }
            let end = self.pass_blanks(bytes, quote + 1);
            match bytes.get(end) {
                None => return Some((quote, end)),
                Some(byte) if *byte == self.delimiter => return Some((quote, end)),
                Some(b'"') if end == quote + 1 => {
                    quoted.has_doubled = true;
                    quoted.searched = end + 1;
                }
                Some(_) => self.has_bare_quote = true,
            }
        }
    }

    fn pass_blanks(&self, bytes: &[u8], from: usize) -> usize {
        if self.delimiter == b' ' {
            return from;
        }
        from + bytes[from..].iter().take_while(|b| **b == b' ').count()
    }

    fn push_quoted(&mut self, content: &str, has_doubled: bool, fields: &mut StringRecord) {
        if !has_doubled {
            return fields.push_field(content);
        }
        self.unescaped.clear();
        let mut rest = content;
        while let Some(at) = rest.find("\"\"") {
            self.unescaped.push_str(&rest[..=at]);
            rest = &rest[at + 2..];
        }
        self.unescaped.push_str(rest);
        fields.push_field(&self.unescaped);
    }
}

/// The place of the byte at or behind `from`, else the length.
fn find(bytes: &[u8], from: usize, byte: u8) -> usize {
    memchr(byte, &bytes[from..]).map_or(bytes.len(), |at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_read_as_banks_write_them() {
        let cases: &[(&str, &[&str])] = &[
            ("a,b", &["a", "b"]),
            ("a,,", &["a", "", ""]),
            (r#""a,b","c""#, &["a,b", "c"]),
            (r#""a ""b"" c",d"#, &[r#"a "b" c"#, "d"]),
            (r#""""a""",d"#, &[r#""a""#, "d"]),
            (r#""he said "hi" to me",5"#, &[r#"he said "hi" to me"#, "5"]),
            (r#"NL77","EUR",5"#, &[r#"NL77""#, "EUR", "5"]),
            (r#"24" screen,5"#, &[r#"24" screen"#, "5"]),
            (r#""a" , "b,c" ,d"#, &["a", "b,c", "d"]),
            (r#""""#, &[""]),
        ];
        let mut splitter = Splitter::new(b',');
        let mut fields = StringRecord::new();
        for (line, expected) in cases {
            splitter.begin(&mut fields);
            assert!(splitter.go_on(line, &mut fields), "{line}");
            assert_eq!(fields.iter().collect::<Vec<_>>(), *expected, "{line}");
        }
        splitter.begin(&mut fields);
        assert!(!splitter.go_on("a,\"b", &mut fields));
        assert!(splitter.go_on("a,\"b\nc\",d", &mut fields));
        assert_eq!(fields.iter().collect::<Vec<_>>(), ["a", "b\nc", "d"]);
    }
}

//! The first lines of a file as text, in which `dialect` looks for the header.

use std::io::{Read, SeekFrom};

use super::super::options::is_delimiter;
use super::super::text::Encoded;
use super::super::text::Lines;
use super::super::{Options, ReadSeek, SurveyError};
use super::records::is_blank;
use crate::domain::invalid::Invalid;

/// How many bytes are looked at.
pub const HEAD_BYTES: u64 = 128 * 1024;

/// The beginning of the file as text.
pub struct Head {
    /// Its lines, without those to be left out.
    pub text: String,
    /// Physical lines left out before the text.
    pub before: u64,
    /// `sep=;` in the first line, as Excel writes it.
    pub delimiter: Option<u8>,
}

impl Head {
    /// Reads it, leaving out the lines that the user wants skipped; blank ones are not counted.
    pub fn read(input: &mut dyn ReadSeek, encoded: Encoded, options: &Options) -> Result<Head, SurveyError> {
        input.seek(SeekFrom::Start(encoded.bom))?;
        let mut lines = Lines::new(input.take(HEAD_BYTES), encoded.encoding, 0);
        let mut head = Head { text: String::new(), before: 0, delimiter: None };
        let mut to_skip = options.skip.unwrap_or(0);
        loop {
            let start = head.text.len();
            if lines.read(&mut head.text)?.is_none() {
                break;
            }
            let line = &head.text[start..];
            let delimiter = if lines.number() == 1 { excel_delimiter(line) } else { None };
            head.delimiter = head.delimiter.or(delimiter);
            if delimiter.is_some() || (to_skip > 0 && start == 0) {
                to_skip -= usize::from(delimiter.is_none() && !is_blank(line));
                head.before = lines.number();
                head.text.clear();
            } else {
                head.text.push('\n');
            }
        }
        head.refuse_binary()?;
        Ok(head)
    }

    /// Text has hardly any control characters in it.
    fn refuse_binary(&self) -> Result<(), SurveyError> {
        let is_odd = |c: &char| c.is_control() && !matches!(c, '\n' | '\t' | '\x0c' | '\x1a' | '\0');
        let odd = self.text.chars().filter(is_odd).count();
        if odd * 50 > self.text.len() {
            return Err(Invalid::new("the file is no statement: it has binary data in it").into());
        }
        Ok(())
    }
}

fn excel_delimiter(line: &str) -> Option<u8> {
    let mark = line.trim().trim_matches('"').strip_prefix("sep=")?;
    let mut bytes = mark.bytes();
    bytes.next().filter(|b| is_delimiter(char::from(*b)) && bytes.next().is_none())
}

//! The physical lines of a file: decoded, with any of the line ends in use, at flat memory.
//!
//! `records` puts rows together from them. LF, CRLF, CR and the CR CR LF of a twice converted file
//! each end one line, so that line numbers are those of an editor.

use std::io::{self, Read};

use encoding_rs::{Decoder, Encoding};
use memchr::memchr2;

use super::encoding::read_some;

/// A longer line is cut off here: no bank writes one, and memory stays flat.
const MAX_LINE: usize = 1 << 20;

/// Bytes read at a time.
const PIECE: usize = 64 * 1024;

/// How a line ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineEnd {
    /// Whether the file ended inside of it.
    pub is_last: bool,
    /// Whether it was longer than any row may be, and was cut.
    pub is_cut: bool,
}

/// Reads lines one at a time.
pub struct Lines<R> {
    input: R,
    decoder: Decoder,
    bytes: Vec<u8>,
    text: String,
    at: usize,
    is_read: bool,
    number: u64,
}

impl<R: Read> Lines<R> {
    /// Lines of an input that stands behind any byte-order mark; `before` lines come before it.
    pub fn new(input: R, encoding: &'static Encoding, before: u64) -> Self {
        Lines {
            input,
            decoder: encoding.new_decoder_without_bom_handling(),
            bytes: vec![0; PIECE],
            text: String::new(),
            at: 0,
            is_read: false,
            number: before,
        }
    }

    /// The 1-based number of the line read last.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Appends the next line without its end to `out`; none at the end of the file.
    pub fn read(&mut self, out: &mut String) -> io::Result<Option<LineEnd>> {
        let start = out.len();
        let mut end = LineEnd::default();
        loop {
            let rest = &self.text.as_bytes()[self.at..];
            let found = memchr2(b'\n', b'\r', rest);
            let length = found.unwrap_or(rest.len());
            end.is_cut |= !append(out, start, &self.text[self.at..self.at + length]);
            self.at += length;
            if found.is_some() {
                self.pass_line_end()?;
                break;
            }
            if !self.fill()? {
                end.is_last = true;
                break;
            }
        }
        if end.is_last && out.len() == start && !end.is_cut {
            return Ok(None);
        }
        self.number += 1;
        Ok(Some(end))
    }

    /// Moves behind `\n`, `\r\n`, `\r\r\n` or a lone `\r`.
    fn pass_line_end(&mut self) -> io::Result<()> {
        while self.text.len() - self.at < 3 && self.fill()? {}
        let rest = &self.text.as_bytes()[self.at..];
        let ends: [&[u8]; 2] = [b"\r\r\n", b"\r\n"];
        self.at += ends.iter().find(|end| rest.starts_with(end)).map_or(1, |end| end.len());
        Ok(())
    }

    /// Decodes another piece behind what is left of the last; false at the end of the file.
    fn fill(&mut self) -> io::Result<bool> {
        if self.is_read {
            return Ok(false);
        }
        self.text.drain(..self.at);
        self.at = 0;
        let read = read_some(&mut self.input, &mut self.bytes)?;
        self.is_read = read == 0;
        let room = self.decoder.max_utf8_buffer_length(read).unwrap_or(PIECE * 4);
        self.text.reserve(room);
        // The room suffices for the whole piece, so one call decodes it; malformed bytes become U+FFFD.
        let _ = self.decoder.decode_to_string(&self.bytes[..read], &mut self.text, self.is_read);
        Ok(true)
    }
}

/// Appends as much of a piece as a line may have; false if some of it was left out.
fn append(out: &mut String, start: usize, piece: &str) -> bool {
    let room = MAX_LINE - (out.len() - start).min(MAX_LINE);
    let kept = piece.floor_char_boundary(room.min(piece.len()));
    out.push_str(&piece[..kept]);
    kept == piece.len()
}

#[cfg(test)]
mod tests {
    use encoding_rs::{UTF_8, UTF_16LE};

    use super::*;

    fn lines(bytes: &[u8], encoding: &'static Encoding) -> Vec<String> {
        let mut lines = Lines::new(bytes, encoding, 0);
        let mut all = Vec::new();
        let mut line = String::new();
        while lines.read(&mut line).unwrap().is_some() {
            all.push(std::mem::take(&mut line));
        }
        assert_eq!(lines.number(), all.len() as u64);
        all
    }

    #[test]
    fn every_line_end_ends_one_line() {
        for end in ["\n", "\r\n", "\r", "\r\r\n"] {
            let text = ["a", "b", "c"].join(end);
            assert_eq!(lines(text.as_bytes(), UTF_8), ["a", "b", "c"], "{end:?}");
            assert_eq!(lines((text + end).as_bytes(), UTF_8), ["a", "b", "c"], "{end:?}");
        }
        assert_eq!(lines(b"a\n\nb", UTF_8), ["a", "", "b"]);
        assert_eq!(lines(b"", UTF_8), [""; 0]);
    }

    #[test]
    fn pieces_meet_anywhere() {
        for shift in 0..4 {
            let text = "x".repeat(PIECE - shift) + "\r\r\né\r\nz";
            let expected = ["x".repeat(PIECE - shift), "é".into(), "z".into()];
            assert_eq!(lines(text.as_bytes(), UTF_8), expected, "{shift}");
        }
        let utf16: Vec<u8> = "é\r\nb".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(lines(&utf16, UTF_16LE), ["é", "b"]);
    }

    #[test]
    fn a_line_without_end_is_cut() {
        let text = "é".repeat(MAX_LINE) + "\nnext";
        let mut lines = Lines::new(text.as_bytes(), UTF_8, 0);
        let mut line = String::new();
        assert!(lines.read(&mut line).unwrap().unwrap().is_cut);
        assert_eq!(line.len(), MAX_LINE);
        line.clear();
        assert!(!lines.read(&mut line).unwrap().unwrap().is_cut);
        assert_eq!(line, "next");
    }
}

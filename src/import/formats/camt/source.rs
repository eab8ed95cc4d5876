//! The file's bytes as UTF-8 for the XML reader, decoded piece by piece.
//!
//! It knows in which line the reader stands, keeps the text of the entry that is read (its row shows it), and ends
//! where a tag or a text has no end in sight, so that the reader's memory stays flat. `xml` is the only caller.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, Encoding};

use super::super::text;
use super::line_count::LineCount;

/// Bytes read at a time.
const PIECE: usize = 64 * 1024;

/// No bank writes a longer tag or text, and a row's text is not longer.
pub const MAX_PIECE: usize = 1 << 20;

/// Decodes an input, and remembers what was taken from it.
pub struct Source<R> {
    input: R,
    decoder: Decoder,
    bytes: Vec<u8>,
    text: String,
    at: usize,
    is_read: bool,
    lines: LineCount,
    /// Bytes taken since the last mark.
    taken: usize,
    tape: Vec<u8>,
    is_tape_full: bool,
}

impl<R: Read> Source<R> {
    /// A source of an input that stands behind any byte-order mark.
    pub fn new(input: R, encoding: &'static Encoding) -> Self {
        Source {
            input,
            decoder: encoding.new_decoder_without_bom_handling(),
            bytes: vec![0; PIECE],
            text: String::new(),
            at: 0,
            is_read: false,
            lines: LineCount::default(),
            taken: 0,
            tape: Vec::new(),
            is_tape_full: false,
        }
    }

    /// The 1-based line of what comes next.
    pub fn line(&self) -> u64 {
        self.lines.number()
    }

    /// Says that another tag or text begins.
    pub fn mark(&mut self) {
        self.taken = 0;
    }

    /// Whether what has begun at the last mark is too long.
    pub fn is_too_long(&self) -> bool {
        self.taken > MAX_PIECE
    }

    /// Empties the tape.
    pub fn rewind(&mut self) {
        self.tape.clear();
        self.is_tape_full = false;
    }

    /// How many bytes the tape has.
    pub fn tape_length(&self) -> usize {
        self.tape.len()
    }

    /// What was taken since the tape was emptied; none where that is longer than a row may be.
    pub fn tape(&self) -> Option<&[u8]> {
        (!self.is_tape_full).then_some(&self.tape[..])
    }

    /// Decodes another piece.
    fn fill(&mut self) -> io::Result<()> {
        self.text.clear();
        self.at = 0;
        let read = text::read_some(&mut self.input, &mut self.bytes)?;
        self.is_read = read == 0;
        let room = self.decoder.max_utf8_buffer_length(read).unwrap_or(PIECE * 4);
        self.text.reserve(room);
        // The room suffices for the whole piece, so one call decodes it; malformed bytes become U+FFFD.
        let _ = self.decoder.decode_to_string(&self.bytes[..read], &mut self.text, self.is_read);
        Ok(())
    }
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.read(buffer)?;
        self.consume(length);
        Ok(length)
    }
}

impl<R: Read> BufRead for Source<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.is_too_long() {
            return Err(io::Error::other("a piece of the XML has no end in sight"));
        }
        while self.at == self.text.len() && !self.is_read {
            self.fill()?;
        }
        Ok(&self.text.as_bytes()[self.at..])
    }

    fn consume(&mut self, length: usize) {
        let taken = &self.text.as_bytes()[self.at..self.at + length];
        self.lines.pass(taken);
        if self.tape.len() + length > MAX_PIECE {
            self.tape.clear();
            self.is_tape_full = true;
        }
        if !self.is_tape_full {
            self.tape.extend_from_slice(taken);
        }
        self.at += length;
        self.taken += length;
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{UTF_8, UTF_16BE, WINDOWS_1252};

    use super::*;

    fn read(bytes: &[u8], encoding: &'static Encoding) -> String {
        let mut out = String::new();
        let mut source = Source::new(bytes, encoding);
        loop {
            let piece = source.fill_buf().unwrap();
            if piece.is_empty() {
                return out;
            }
            out.push_str(std::str::from_utf8(piece).unwrap());
            let length = piece.len();
            source.consume(length);
            source.mark();
        }
    }

    #[test]
    fn every_encoding_becomes_utf8() {
        assert_eq!(read(b"M\xfcller", WINDOWS_1252), "Müller");
        assert_eq!(read(b"\0M\0\xfc", UTF_16BE), "Mü");
        let long = "é".repeat(PIECE);
        assert_eq!(read(long.as_bytes(), UTF_8), long);
        assert_eq!(read(b"a\xc3", UTF_8), "a\u{fffd}");
    }

    #[test]
    fn what_has_no_end_is_not_read_on() {
        let mut source = Source::new(io::repeat(b'x'), UTF_8);
        let error = loop {
            match source.fill_buf().map(<[u8]>::len) {
                Ok(length) => source.consume(length),
                Err(error) => break error,
            }
        };
        assert_eq!(error.kind(), io::ErrorKind::Other);
        assert!(source.taken <= MAX_PIECE + PIECE && source.tape().is_none());
    }
}

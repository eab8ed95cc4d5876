//! The text of a file in one run: decoded, its lines counted, at flat memory.
//!
//! OFX does not care for lines: a whole file may stand in one. So the text is looked at through a window that moves
//! over it. `scanner` reads through it and says how far it has come.

use std::io::{self, Read};

use encoding_rs::{Decoder, Encoding};

use super::super::text::read_some;

/// Bytes read at a time.
const PIECE: usize = 64 * 1024;

/// How far `fill` lets one look ahead: farther than any tag goes.
const LOOKAHEAD: usize = 64 * 1024;

/// A file's text, seen from where reading has come to.
pub struct Source<R> {
    input: R,
    decoder: Decoder,
    bytes: Vec<u8>,
    text: String,
    at: usize,
    /// Bytes of text before those at hand.
    passed: u64,
    is_read: bool,
    line: u64,
    /// How many carriage returns stand directly before `at`.
    returns: u64,
}

impl<R: Read> Source<R> {
    /// The text of an input that stands behind any byte-order mark.
    pub fn new(input: R, encoding: &'static Encoding) -> Self {
        Source {
            input,
            decoder: encoding.new_decoder_without_bom_handling(),
            bytes: vec![0; PIECE],
            text: String::new(),
            at: 0,
            passed: 0,
            is_read: false,
            line: 1,
            returns: 0,
        }
    }

    /// Sees to it that enough of the text is at hand to look ahead, or all the rest of it.
    pub fn fill(&mut self) -> io::Result<()> {
        while !self.is_read && self.text.len() - self.at < LOOKAHEAD {
            self.passed += self.at as u64;
            self.text.drain(..self.at);
            self.at = 0;
            let mut filled = 0;
            while filled < PIECE && !self.is_read {
                let read = read_some(&mut self.input, &mut self.bytes[filled..])?;
                self.is_read = read == 0;
                filled += read;
            }
            let room = self.decoder.max_utf8_buffer_length(filled).unwrap_or(PIECE * 4);
            self.text.reserve(room);
            // The room suffices for the whole piece, so one call decodes it; malformed bytes become U+FFFD.
            let _ = self.decoder.decode_to_string(&self.bytes[..filled], &mut self.text, self.is_read);
        }
        Ok(())
    }

    /// The text at hand that is not passed yet; empty at the end of the file, where it was filled.
    pub fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// How many bytes of text are passed, as UTF-8.
    pub fn offset(&self) -> u64 {
        self.passed + self.at as u64
    }

    /// The 1-based line of what comes next.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Goes on by so many bytes of `rest`.
    pub fn pass(&mut self, length: usize) {
        let (text, returns) = (&self.text.as_bytes()[self.at..self.at + length], &mut self.returns);
        for byte in text {
            match byte {
                b'\r' => {
                    self.line += 1;
                    *returns += 1;
                    continue;
                }
                // CR LF is one line end, and so is CR CR LF; their CRs were counted.
                b'\n' if *returns == 0 => self.line += 1,
                b'\n' if *returns > 1 => self.line -= 1,
                _ => {}
            }
            *returns = 0;
        }
        self.at += length;
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{UTF_8, UTF_16LE, WINDOWS_1252};

    use super::*;

    #[test]
    fn every_line_end_counts_once() {
        for end in ["\n", "\r", "\r\n", "\r\r\n"] {
            let text = format!("a{end}{end}b");
            let mut source = Source::new(text.as_bytes(), UTF_8);
            source.fill().unwrap();
            source.pass(text.len() - 1);
            assert_eq!((source.line(), source.rest()), (3, "b"), "{end:?}");
        }
    }

    #[test]
    fn the_window_moves_over_a_long_text() {
        let text = "é".repeat(200_000);
        for (bytes, encoding) in [
            (text.clone().into_bytes(), UTF_8),
            (vec![0xe9; 200_000], WINDOWS_1252),
            (text.encode_utf16().flat_map(u16::to_le_bytes).collect(), UTF_16LE),
        ] {
            let mut source = Source::new(&bytes[..], encoding);
            let mut widest = 0;
            loop {
                source.fill().unwrap();
                widest = widest.max(source.text.capacity());
                match source.rest().len() {
                    0 => break,
                    length => source.pass(length.min(1000)),
                }
            }
            assert_eq!(source.offset(), text.len() as u64);
            assert!(widest < 600_000, "{widest}");
        }
    }
}

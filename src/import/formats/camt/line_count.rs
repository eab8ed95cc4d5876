//! Which physical line of the file a byte stands in, by the line ends that `text::Lines` knows: LF, CRLF, CR, and the
//! CR CR LF of a twice converted file.
//!
//! XML may have no line ends at all, so its lines are counted while `source` hands it out, piece by piece.

use memchr::memchr2_iter;

/// Counts the line ends of a text that comes in pieces.
#[derive(Debug, Default)]
pub struct LineCount {
    ends: u64,
    /// CRs at the end of what was seen: an LF behind them belongs to the last one.
    returns: u64,
}

impl LineCount {
    /// Takes in the next piece.
    pub fn pass(&mut self, piece: &[u8]) {
        let mut next = 0;
        for at in memchr2_iter(b'\r', b'\n', piece) {
            if at > next {
                self.settle();
            }
            next = at + 1;
            if piece[at] == b'\r' {
                self.returns += 1;
                continue;
            }
            // The LF ends the same line as the CR before it, and as the one before that.
            self.ends += 1 + self.returns.saturating_sub(2);
            self.returns = 0;
        }
        if next < piece.len() {
            self.settle();
        }
    }

    /// CRs without an LF behind them end a line each.
    fn settle(&mut self) {
        self.ends += self.returns;
        self.returns = 0;
    }

    /// The 1-based number of the line that the next byte stands in, unless it is an LF.
    pub fn number(&self) -> u64 {
        self.ends + self.returns + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_is_counted_once_wherever_pieces_meet() {
        let cases: [(&[u8], u64); 9] = [
            (b"", 1),
            (b"a", 1),
            (b"a\nb\n", 3),
            (b"a\r\nb\r\nc", 3),
            (b"a\rb\rc", 3),
            (b"a\r\r\nb\r\r\nc", 3),
            (b"a\n\nb", 3),
            (b"\r", 2),
            (b"\r\r\r\na", 3),
        ];
        for (text, expected) in cases {
            for size in 1..4 {
                let mut count = LineCount::default();
                text.chunks(size).for_each(|piece| count.pass(piece));
                assert_eq!(count.number(), expected, "{text:?} by {size}");
            }
        }
    }
}

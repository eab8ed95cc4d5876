//! The file cut into blocks: a line at the margin with the indented lines under it.
//!
//! `entries` reads transactions and directives from them. Blank lines, comments at the margin and blocks
//! between `comment` and `end comment` are passed over here. Beancount's texts in quotes may go over lines;
//! one that never closes ends before the next line that begins with a day.

use std::io::{self, Read};

use super::super::text::Lines;
use super::dates;
use super::dialect::Dialect;

/// A longer block is no transaction.
const MOST_BYTES: usize = 1 << 20;

/// One block; kept and filled again for the next.
#[derive(Debug, Default)]
pub struct Block {
    /// The 1-based line at which it starts.
    pub line: u64,
    /// Its lines, joined by `\n`.
    pub text: String,
    /// Whether it was longer than any may be, and was cut.
    pub is_cut: bool,
}

/// Reads blocks one at a time.
pub struct Blocks<R> {
    lines: Lines<R>,
    dialect: Dialect,
    /// The line that was read last, which may begin the next block.
    ahead: String,
    is_ahead: bool,
    is_cut: bool,
}

impl<R: Read> Blocks<R> {
    /// The blocks of these lines.
    pub fn new(lines: Lines<R>, dialect: Dialect) -> Self {
        Blocks { lines, dialect, ahead: String::new(), is_ahead: false, is_cut: false }
    }

    /// Reads the next block; false at the end of the file.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn read(&mut self, block: &mut Block) -> io::Result<bool> {
        loop {
            if !self.look_ahead()? {
                return Ok(false);
            }
            if is_blank(&self.ahead) || is_comment(&self.ahead, self.dialect) {
                self.is_ahead = false;
            } else if let Some(end) = self.begun_comment() {
                self.pass_comment(end)?;
            } else {
                break;
            }
        }
        self.fill(block)?;
        Ok(true)
    }

    /// Reads a line, unless one waits; false at the end of the file.
    fn look_ahead(&mut self) -> io::Result<bool> {
        if !self.is_ahead {
            self.ahead.clear();
            let Some(end) = self.lines.read(&mut self.ahead)? else { return Ok(false) };
            self.is_cut = end.is_cut;
            self.is_ahead = true;
        }
        Ok(true)
    }

    fn fill(&mut self, block: &mut Block) -> io::Result<()> {
        block.line = self.lines.number();
        block.text.clear();
        block.is_cut = false;
        let mut is_open = false;
        loop {
            if self.dialect == Dialect::Beancount {
                is_open = is_open_behind(&self.ahead, is_open);
            }
            block.is_cut |= self.is_cut || block.text.len() + self.ahead.len() >= MOST_BYTES;
            if !block.is_cut || block.text.is_empty() {
                let separator = if block.text.is_empty() { "" } else { "\n" };
                block.text.push_str(separator);
                block.text.push_str(&self.ahead);
            }
            self.is_ahead = false;
            if !self.look_ahead()? || !self.goes_on(is_open) {
                return Ok(());
            }
        }
    }

    /// Whether the line ahead belongs to the block.
    fn goes_on(&self, is_open: bool) -> bool {
        if is_open {
            return !dates::begins(&self.ahead);
        }
        self.ahead.starts_with([' ', '\t']) && !is_blank(&self.ahead)
    }

    /// What ends the comment that begins with the line ahead.
    fn begun_comment(&self) -> Option<&'static str> {
        match (self.ahead.trim_end(), self.dialect) {
            (_, Dialect::Beancount) => None,
            ("comment", _) => Some("end comment"),
            ("test", Dialect::Ledger) => Some("end test"),
            _ => None,
        }
    }

    fn pass_comment(&mut self, end: &str) -> io::Result<()> {
        self.is_ahead = false;
        while self.look_ahead()? {
            self.is_ahead = false;
            if self.ahead.trim_end() == end {
                break;
            }
        }
        Ok(())
    }
}

/// Whether a line has nothing to read in it.
fn is_blank(line: &str) -> bool {
    line.chars().all(|c| c.is_whitespace() || matches!(c, '\0' | '\x1a' | '\u{feff}'))
}

/// Whether a line is a comment: by a mark at the margin, of which each program has its own; indented by `;`.
fn is_comment(line: &str, dialect: Dialect) -> bool {
    let marks = match dialect {
        Dialect::Hledger => ";#*",
        Dialect::Ledger => ";#*%|",
        Dialect::Beancount => ";#*:!&?%",
    };
    line.starts_with(|c| marks.contains(c)) || line.trim_start().starts_with(';')
}

/// Whether a text in quotes is open behind a line.
fn is_open_behind(line: &str, was_open: bool) -> bool {
    let (mut is_open, mut is_escaped) = (was_open, false);
    for c in line.chars() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' if is_open => is_escaped = true,
            '"' => is_open = !is_open,
            ';' if !is_open => break,
            _ => {}
        }
    }
    is_open
}

#[cfg(test)]
mod tests {
    use encoding_rs::UTF_8;

    use super::*;

    fn blocks(text: &str, dialect: Dialect) -> Vec<(u64, String)> {
        let mut blocks = Blocks::new(Lines::new(text.as_bytes(), UTF_8, 0), dialect);
        let mut block = Block::default();
        let mut all = Vec::new();
        while blocks.read(&mut block).unwrap() {
            all.push((block.line, block.text.clone()));
        }
        all
    }

    #[test]
    fn indented_lines_belong_to_the_one_above() {
        let text = "; c\na\n  b\n\tc\n\n  d\nD $1\ne\n   \n# x\n";
        let all = blocks(text, Dialect::Hledger);
        let expected = [(2, "a\n  b\n\tc"), (6, "  d"), (7, "D $1"), (8, "e")];
        assert_eq!(all, expected.map(|(line, text)| (line, text.to_owned())));
    }

    #[test]
    fn comments_over_lines_are_passed_over() {
        let text = "comment\na\n  b\nend comment\nc\ntest\nd\nend test\n";
        assert_eq!(blocks(text, Dialect::Ledger), [(5, "c".to_owned())]);
        assert_eq!(blocks("comment\na\n", Dialect::Hledger), []);
    }

    #[test]
    fn texts_in_quotes_go_over_lines() {
        let text = "2026-01-01 * \"a\n\nb\"\n  X\n2026-01-02 * \"open\n  Y\n2026-01-03 * \"c\" ; \"\n  Z\n";
        let all = blocks(text, Dialect::Beancount);
        assert_eq!(all.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 5, 7]);
        assert_eq!(all[0].1, "2026-01-01 * \"a\n\nb\"\n  X");
    }

    #[test]
    fn a_block_that_never_ends_is_cut() {
        let text = format!("a\n{}b\n", "  x\n".repeat(1 << 19));
        let mut blocks = Blocks::new(Lines::new(text.as_bytes(), UTF_8, 0), Dialect::Hledger);
        let mut block = Block::default();
        assert!(blocks.read(&mut block).unwrap() && block.is_cut && block.text.len() <= MOST_BYTES);
        assert!(blocks.read(&mut block).unwrap() && !block.is_cut && block.text == "b");
    }
}

//! A place in a line of text that moves forward: what every parser here reads from.

/// The rest of a text that is still to be read.
#[derive(Clone, Copy, Debug)]
pub struct Scan<'a> {
    rest: &'a str,
}

impl<'a> Scan<'a> {
    /// The beginning of a text.
    pub fn new(text: &'a str) -> Self {
        Scan { rest: text }
    }

    /// What is still to be read.
    pub fn rest(&self) -> &'a str {
        self.rest
    }

    /// The next character.
    pub fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    /// Whether nothing but blanks follows.
    pub fn is_done(&self) -> bool {
        self.rest.trim_start().is_empty()
    }

    /// Moves behind a text, if it comes next.
    pub fn eat(&mut self, text: &str) -> bool {
        let behind = self.rest.strip_prefix(text);
        self.rest = behind.unwrap_or(self.rest);
        behind.is_some()
    }

    /// Moves behind blanks.
    pub fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// Moves behind all characters that are so, and answers them.
    pub fn take_while(&mut self, is_so: impl Fn(char) -> bool) -> &'a str {
        let length = self.rest.find(|c| !is_so(c)).unwrap_or(self.rest.len());
        self.take(length)
    }

    /// Moves behind a mark and answers what stands before it; none, and no move, where it does not come.
    pub fn take_until(&mut self, mark: &str) -> Option<&'a str> {
        let at = self.rest.find(mark)?;
        let taken = self.take(at);
        self.rest = &self.rest[mark.len()..];
        Some(taken)
    }

    /// Moves behind so many bytes, which have to end a character, and answers them.
    pub fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    /// The next few characters, for messages.
    pub fn next_word(&self) -> &'a str {
        let text = self.rest.trim();
        let length = text.find(char::is_whitespace).unwrap_or(text.len());
        &text[..text.floor_char_boundary(length.min(60))]
    }
}

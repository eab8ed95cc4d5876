//! A line's text, taken word by word from left to right, and what is said of a word that does not belong.

use super::misread::Fault;
use crate::domain::invalid::Invalid;
use crate::domain::money::Exact;
use crate::domain::name::{excerpt, near};
use crate::domain::query::Span;

/// A run of characters without blanks, and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'a> {
    pub text: &'a str,
    pub span: Span,
}

impl Word<'_> {
    /// Whether it is this word, in any case.
    pub fn is(&self, word: &str) -> bool {
        self.text.eq_ignore_ascii_case(word)
    }
}

/// A word and what it stands for here.
pub(super) type Meant = (&'static str, &'static str);

/// What is left of a line.
pub(super) struct Words<'a> {
    text: &'a str,
    at: usize,
    /// Amounts that were read and had to be rounded.
    pub rounded: Vec<Exact>,
}

impl<'a> Words<'a> {
    pub fn new(text: &'a str) -> Words<'a> {
        Words { text, at: 0, rounded: Vec::new() }
    }

    /// The next word; none at the end.
    pub fn peek(&self) -> Option<Word<'a>> {
        self.word_from(self.at)
    }

    /// The next word, and goes behind it.
    pub fn next(&mut self) -> Option<Word<'a>> {
        let word = self.peek()?;
        self.at = word.span.to;
        Some(word)
    }

    /// Whether these words come next, in any case.
    pub fn starts_with(&self, words: &[&str]) -> bool {
        self.behind(words).is_some()
    }

    /// Goes behind these words if they come next.
    pub fn take(&mut self, words: &[&str]) -> bool {
        let behind = self.behind(words);
        self.at = behind.unwrap_or(self.at);
        behind.is_some()
    }

    fn behind(&self, words: &[&str]) -> Option<usize> {
        words.iter().try_fold(self.at, |at, wanted| {
            self.word_from(at).filter(|word| word.is(wanted)).map(|word| word.span.to)
        })
    }

    /// Goes behind this word, which has to come next; `form` is how it is written out.
    pub fn expect(&mut self, word: &str, form: &str) -> Result<(), Fault> {
        if self.take(&[word]) {
            return Ok(());
        }
        let hint = format!("it is written `{form}`");
        Err(match self.peek() {
            Some(other) => Fault::at(
                other.span,
                Invalid::new(format!("`{}` stands where `{word}` is expected", excerpt(other.text)))
                    .hint(hint),
            ),
            None => Fault::at(self.end(), Invalid::new(format!("`{word}` is missing")).hint(hint)),
        })
    }

    /// The words up to the first one for which `is_end`, as one piece; none if that comes at once.
    pub fn piece(&mut self, is_end: impl Fn(&Words<'a>, Word<'a>) -> bool) -> Option<Word<'a>> {
        let mut span: Option<Span> = None;
        while let Some(word) = self.peek().filter(|word| !is_end(self, *word)) {
            span = Some(Span { from: span.map_or(word.span.from, |span| span.from), to: word.span.to });
            self.at = word.span.to;
        }
        span.map(|span| Word { text: &self.text[span.from..span.to], span })
    }

    /// What is left, from the next word on.
    pub fn rest(&self) -> &'a str {
        self.text[self.at..].trim_start()
    }

    /// Goes so many bytes of `rest` further, and says where they were.
    pub fn skip(&mut self, bytes: usize) -> Span {
        let from = self.text.len() - self.rest().len();
        self.at = from + bytes;
        Span { from, to: self.at }
    }

    /// The place where more is missing.
    pub fn end(&self) -> Span {
        let end = self.text.trim_end().len();
        Span { from: end, to: end }
    }

    /// A word that is not understood where it stands: what it is taken for, or what could stand there.
    pub fn unknown(word: Word<'_>, meant: &[Meant], could_be: &str) -> Fault {
        let shown = excerpt(word.text);
        let key = word.text.to_lowercase();
        let same = meant.iter().find(|(written, _)| *written == key).map(|(_, meaning)| *meaning);
        let found = same.or_else(|| near(&key, meant.iter().copied()).first().copied());
        let hint = match found {
            Some(meaning) => format!("did you mean `{meaning}`?"),
            None => could_be.to_owned(),
        };
        Fault::at(word.span, Invalid::new(format!("`{shown}` is not understood here")).hint(hint))
    }

    fn word_from(&self, at: usize) -> Option<Word<'a>> {
        let rest = self.text[at..].trim_start();
        let from = self.text.len() - rest.len();
        let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
        (length > 0).then(|| Word { text: &rest[..length], span: Span { from, to: from + length } })
    }
}

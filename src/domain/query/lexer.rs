//! A query's text in tokens: parentheses, keywords and terms with their values.

use std::borrow::Cow;

use super::ast::{Kind, Reading, Span};
use super::field;
use super::misread::{Fault, as_text};
use super::pattern::{Pattern, Regex};
use super::value::{self, Value};
use crate::domain::invalid::Invalid;
use crate::domain::name::{capitalise_first, excerpt, fold};

/// A piece of a query.
#[derive(Debug)]
pub(super) enum Token {
    Open,
    Close,
    Not,
    And,
    Or,
    Term(Kind),
}

/// A word that joins or turns round, in any case: `not`, `and`, `or`.
fn keyword(word: &str) -> Option<Token> {
    match word.to_ascii_lowercase().as_str() {
        "not" => Some(Token::Not),
        "and" => Some(Token::And),
        "or" => Some(Token::Or),
        _ => None,
    }
}

/// Whether a word, without blanks, means more in a query than to look for it.
pub(super) fn is_syntax(word: &str) -> bool {
    word.starts_with(['(', '"'])
        || word.len() > 1 && word.starts_with('/')
        || bare_end(word) < word.len()
        || keyword(word).is_some()
        || field::parted(word).is_some()
}

/// Where a word without quotes ends: at a blank, or at a parenthesis that closes one in front of the word. One that
/// was opened in the word belongs to it, as in `tesco(express)`, and so does one with more of the word behind it.
fn bare_end(text: &str) -> usize {
    let mut open = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            c if c.is_whitespace() => return at,
            '(' if keyword(&text[..at]).is_some() => return at,
            '(' => open += 1,
            ')' if open > 0 => open -= 1,
            ')' if ends_term(&text[at + 1..]) => return at,
            _ => {}
        }
    }
    text.len()
}

/// Whether a term may end in front of this.
fn ends_term(rest: &str) -> bool {
    rest.chars().next().is_none_or(|next| next.is_whitespace() || next == ')' || next == '(')
}

/// Takes a query apart from left to right.
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    reading: &'a Reading,
}

impl<'a> Lexer<'a> {
    pub fn new(text: &'a str, reading: &'a Reading) -> Lexer<'a> {
        Lexer { text, at: 0, reading }
    }

    /// The next token and where it stands; none at the end.
    pub fn next(&mut self) -> Result<Option<(Token, Span)>, Fault> {
        self.at = self.text.len() - self.rest().trim_start().len();
        let from = self.at;
        let Some(first) = self.rest().chars().next() else { return Ok(None) };
        let token = match first {
            '(' => self.parenthesis(Token::Open),
            ')' => self.parenthesis(Token::Close),
            '"' => Token::Term(Kind::Word(self.quoted_pattern(from)?)),
            '/' => Token::Term(Kind::Word(self.regex()?)),
            _ => self.word()?,
        };
        Ok(Some((token, Span { from, to: self.at })))
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn parenthesis(&mut self, token: Token) -> Token {
        self.at += 1;
        token
    }

    fn word(&mut self) -> Result<Token, Fault> {
        let from = self.at;
        let word = &self.rest()[..bare_end(self.rest())];
        if let Some(token) = keyword(word) {
            self.at += word.len();
            return Ok(token);
        }
        match field::parted(word) {
            Some((name, value)) => self.field(name, value),
            None => {
                self.at += word.len();
                if let Some(meant) = field::compared(word) {
                    let reason = Invalid::new(format!("`{}`: a field ends with a colon", excerpt(word)));
                    let reason = reason
                        .hint(format!("did you mean `'{meant}'`? {}", capitalise_first(&as_text(word))));
                    return Err(Fault::at(Span { from, to: self.at }, reason));
                }
                self.text_pattern(Cow::Borrowed(word), from, from)
                    .map(|pattern| Token::Term(Kind::Word(pattern)))
            }
        }
    }

    fn field(&mut self, name: &str, bare: &'a str) -> Result<Token, Fault> {
        let from = self.at;
        let span = |to| Span { from, to };
        let field =
            field::get(name, bare).map_err(|reason| Fault::at(span(from + name.len() + 1), reason))?;
        self.at += name.len() + 1;
        let value_from = self.at;
        if self.rest().starts_with('/') && field.is_text() {
            let pattern = self.regex()?;
            return Ok(Token::Term(value::of_pattern(field, pattern)));
        }
        let (text, text_from) = if self.rest().starts_with('"') {
            (self.quoted()?, value_from + 1)
        } else {
            self.at += bare.len();
            (Cow::Borrowed(bare), value_from)
        };
        if field.is_text() && !value::is_word_of(field, &text) {
            let pattern = self.text_pattern(text, from, value_from)?;
            return Ok(Token::Term(value::of_pattern(field, pattern)));
        }
        let term = excerpt(&self.text[from..self.at]);
        let is_escaped = matches!(text, Cow::Owned(_));
        let read = value::read(field, &Value { term: &term, text: &text, from: text_from }, self.reading);
        read.map(Token::Term).map_err(|fault| match is_escaped {
            // What was escaped is longer in the text than in the value.
            true => Fault::at(Span { from: value_from, to: self.at }, fault.reason),
            false => fault,
        })
    }

    fn quoted_pattern(&mut self, from: usize) -> Result<Pattern, Fault> {
        let text = self.quoted()?;
        self.text_pattern(text, from, from)
    }

    /// A text to be looked for, read up to here; `term` is where its term began and `from` itself.
    fn text_pattern(&self, text: Cow<'_, str>, term: usize, from: usize) -> Result<Pattern, Fault> {
        if !fold(&text).is_empty() {
            return Ok(Pattern::Text(text.into_owned()));
        }
        let what = excerpt(&self.text[term..self.at]);
        Err(Fault::at(
            Span { from, to: self.at },
            Invalid::new(format!("`{what}`: there is nothing to look for")).hint(
                "a text needs a character beside blanks, `-` and `_`; without a query everything is meant",
            ),
        ))
    }

    /// What stands in the quotes that begin here; a backslash takes the next character as it is.
    fn quoted(&mut self) -> Result<Cow<'a, str>, Fault> {
        let inner = self.enclosed('"', "quote")?;
        if !inner.contains('\\') {
            return Ok(Cow::Borrowed(inner));
        }
        let mut text = String::with_capacity(inner.len());
        let mut chars = inner.chars();
        while let Some(c) = chars.next() {
            text.extend(if c == '\\' { chars.next() } else { Some(c) });
        }
        Ok(Cow::Owned(text))
    }

    fn regex(&mut self) -> Result<Pattern, Fault> {
        let from = self.at;
        let inner = self.enclosed('/', "`/`")?;
        if inner.is_empty() {
            let reason = Invalid::new("`//`: there is nothing to look for").hint("any text at all is `/./`");
            return Err(Fault::at(Span { from, to: self.at }, reason));
        }
        Regex::compile(inner, Span { from: from + 1, to: self.at - 1 }).map(Pattern::Regex)
    }

    /// What stands from the mark that is here to the next one that no backslash precedes, and goes behind that.
    fn enclosed(&mut self, mark: char, named: &str) -> Result<&'a str, Fault> {
        let from = self.at;
        let inside = &self.rest()[1..];
        let mut is_escaped = false;
        let end = inside.find(|c: char| {
            let is_end = c == mark && !is_escaped;
            is_escaped = c == '\\' && !is_escaped;
            is_end
        });
        let Some(end) = end else {
            let shown = excerpt(self.rest());
            let reason = Invalid::new(format!("`{shown}`: the {named} is not closed"));
            let hint = match mark {
                '/' => "a regular expression is `/text/`; as text it needs quotes, in a shell `'\"/text\"'`",
                _ => "a shell takes quotes away: write `'\"two words\"'` or `'two words'`",
            };
            return Err(Fault::at(Span { from, to: from + 1 }, reason.hint(hint)));
        };
        self.at = from + end + 2;
        if ends_term(self.rest()) {
            return Ok(&inside[..end]);
        }
        let next = self.rest().chars().next().map_or(0, char::len_utf8);
        let shown = excerpt(&self.text[from..self.at]);
        let reason = Invalid::new(format!("`{shown}`: something follows the closing {named}"));
        let hint = match mark {
            '/' => "a slash in a regular expression is `\\/`; as text all of it needs quotes",
            _ => "write a blank between the two; a quote in a quoted text is `\\\"`",
        };
        Err(Fault::at(Span { from: self.at, to: self.at + next }, reason.hint(hint)))
    }
}

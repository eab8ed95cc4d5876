//! The grammar: what binds what. `or` binds weakest, then words side by side, then `not`.

use unicode_normalization::UnicodeNormalization;

use super::ast::{Node, Reading, Span, Term};
use super::lexer::{Lexer, Token};
use super::misread::{Fault, Misread, as_text};
use crate::domain::invalid::Invalid;

/// Characters. Whoever needs more has made the query with a program, and can make several.
const LONGEST: usize = 10_000;
/// Terms: a database takes a condition of a thousand parts at most, and a term may become several.
const MOST_TERMS: usize = 200;
/// Parentheses and `not` inside each other: SQLite's own parser takes a hundred symbols of which a level needs six.
const DEEPEST: usize = 10;

/// The tree of a text; none of one without words.
///
/// # Errors
/// A text that is no query.
pub(super) fn parse(text: &str, reading: &Reading) -> Result<Option<Node>, Misread> {
    let text: String = text.nfc().collect();
    let length = text.chars().count();
    if length > LONGEST {
        let reason =
            Invalid::new(format!("the query is {length} characters long, and {LONGEST} are the most"));
        return Err(Fault::overall(reason).in_text(&text));
    }
    let parser = Parser { lexer: Lexer::new(&text, reading), next: None, terms: 0, end: text.len() };
    parser.query().map_err(|fault| fault.in_text(&text))
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    next: Option<(Token, Span)>,
    terms: usize,
    end: usize,
}

impl Parser<'_> {
    fn query(mut self) -> Result<Option<Node>, Fault> {
        self.advance()?;
        if self.next.is_none() {
            return Ok(None);
        }
        let node = self.alternatives(0)?;
        match &self.next {
            None => Ok(Some(node)),
            Some((_, span)) => {
                let reason = Invalid::new("`)` closes nothing").hint(as_text(")"));
                Err(Fault::at(*span, reason))
            }
        }
    }

    fn advance(&mut self) -> Result<Option<(Token, Span)>, Fault> {
        let next = self.lexer.next()?;
        Ok(std::mem::replace(&mut self.next, next))
    }

    fn alternatives(&mut self, depth: usize) -> Result<Node, Fault> {
        let mut parts = vec![self.conjunction(depth)?];
        while matches!(self.next, Some((Token::Or, _))) {
            let joint = self.advance()?.map(|(_, span)| span);
            self.needs_more(joint, "or")?;
            parts.push(self.conjunction(depth)?);
        }
        Ok(Node::or(parts))
    }

    fn conjunction(&mut self, depth: usize) -> Result<Node, Fault> {
        let mut parts = vec![self.factor(depth)?];
        loop {
            match &self.next {
                None | Some((Token::Or | Token::Close, _)) => return Ok(Node::and(parts)),
                Some((Token::And, _)) => {
                    let joint = self.advance()?.map(|(_, span)| span);
                    self.needs_more(joint, "and")?;
                }
                Some(_) => {}
            }
            parts.push(self.factor(depth)?);
        }
    }

    fn factor(&mut self, depth: usize) -> Result<Node, Fault> {
        let Some((token, span)) = self.advance()? else {
            let end = Span { from: self.end, to: self.end };
            return Err(Fault::at(end, Invalid::new("the query ends too early")));
        };
        if matches!(token, Token::Open | Token::Not) && depth == DEEPEST {
            let reason =
                Invalid::new(format!("more than {DEEPEST} parentheses and `not` stand inside each other"));
            return Err(Fault::at(span, reason));
        }
        match token {
            Token::Open => self.group(span, depth),
            Token::Not => {
                self.needs_more(Some(span), "not")?;
                Ok(Node::Not(Box::new(self.factor(depth + 1)?)))
            }
            Token::Term(kind) => {
                self.terms += 1;
                if self.terms > MOST_TERMS {
                    return Err(Fault::at(
                        span,
                        Invalid::new(format!("a query has at most {MOST_TERMS} terms")),
                    ));
                }
                Ok(Node::Term(Term { kind, span: Some(span) }))
            }
            Token::And => Err(dangling(span, "and", "before")),
            Token::Or => Err(dangling(span, "or", "before")),
            Token::Close => {
                let reason = Invalid::new("`)` closes nothing").hint(as_text(")"));
                Err(Fault::at(span, reason))
            }
        }
    }

    fn group(&mut self, open: Span, depth: usize) -> Result<Node, Fault> {
        if let Some((Token::Close, close)) = &self.next {
            let all = Span { from: open.from, to: close.to };
            let reason = Invalid::new("nothing stands between the parentheses");
            return Err(Fault::at(all, reason.hint(as_text("()"))));
        }
        let node = match &self.next {
            Some(_) => self.alternatives(depth + 1)?,
            None => return Err(unclosed(open)),
        };
        match self.advance()? {
            Some((Token::Close, _)) => Ok(node),
            _ => Err(unclosed(open)),
        }
    }

    /// Behind a word that joins or turns round there must be something.
    fn needs_more(&self, joint: Option<Span>, word: &str) -> Result<(), Fault> {
        match (&self.next, joint) {
            (None | Some((Token::Close, _)), Some(span)) => Err(dangling(span, word, "behind")),
            _ => Ok(()),
        }
    }
}

fn unclosed(open: Span) -> Fault {
    Fault::at(open, Invalid::new("`(` is not closed").hint(as_text("(")))
}

fn dangling(span: Span, word: &str, side: &str) -> Fault {
    let reason = Invalid::new(format!("nothing stands {side} `{word}`"));
    Fault::at(span, reason.hint(as_text(word)))
}

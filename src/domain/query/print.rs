//! Queries as text again. What is printed parses to the same query, whatever decimal mark it is read by.

use std::fmt;

use super::amount::{Bound, Range};
use super::ast::{Direction, Kind, Node, Query};
use super::field::Field;
use super::lexer::is_syntax;
use super::pattern::Pattern;
use crate::domain::money::{AmountInput, Sign, Stated};

/// A text in quotes.
pub(super) fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A text as a word, in quotes if it needs them.
fn word(text: &str) -> String {
    let is_plain = !text.is_empty()
        && !text.contains(|c: char| c.is_whitespace() || "\"\\()".contains(c))
        && !text.starts_with('/')
        && !is_syntax(text);
    if is_plain { text.to_owned() } else { quote(text) }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root().map_or(Ok(()), |root| root.fmt(f))
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Node::And(parts) => f.write_str(&each(parts, |part| matches!(part, Node::Or(_))).join(" ")),
            Node::Or(parts) => f.write_str(&each(parts, |_| false).join(" or ")),
            Node::Not(part) => {
                let is_list = matches!(**part, Node::And(_) | Node::Or(_));
                write!(f, "not {}", in_parentheses(part, is_list))
            }
            Node::Term(term) => term.kind.fmt(f),
        }
    }
}

fn each(parts: &[Node], needs_parentheses: fn(&Node) -> bool) -> Vec<String> {
    parts.iter().map(|part| in_parentheses(part, needs_parentheses(part))).collect()
}

fn in_parentheses(node: &Node, is_needed: bool) -> String {
    if is_needed { format!("({node})") } else { node.to_string() }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (field, value) = match self {
            Kind::Word(pattern) => return pattern.fmt(f),
            Kind::Payee(pattern) => (Field::Payee, pattern.to_string()),
            Kind::Note(pattern) => (Field::Note, pattern.to_string()),
            Kind::Actor(pattern) => (Field::Actor, pattern.to_string()),
            Kind::Category(pattern) => (Field::Category, pattern.to_string()),
            Kind::Account(pattern) => (Field::Account, pattern.to_string()),
            Kind::Tag(pattern) => (Field::Tag, pattern.to_string()),
            Kind::Amount(range) => (Field::Amount, range.to_string()),
            Kind::Flow(direction, range) => {
                let field = if *direction == Direction::In { Field::In } else { Field::Out };
                (field, range.as_ref().map(ToString::to_string).unwrap_or_default())
            }
            Kind::Date(period) => (Field::Date, period.to_string()),
            Kind::Is(state) => (Field::Is, state.as_str().to_owned()),
            Kind::Id(id) => (Field::Id, id.to_string()),
            Kind::Operation(id) => (Field::Operation, id.to_string()),
        };
        write!(f, "{}:{value}", field.as_str())
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Pattern::Text(text) => f.write_str(&word(text)),
            Pattern::Regex(regex) => write!(f, "/{}/", regex.written()),
        }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match (&self.low, &self.high) {
            (Some(low), Some(high)) if low == high => amount(&low.amount),
            (Some(low), Some(high)) => format!("{}..{}", amount(&low.amount), amount(&high.amount)),
            (Some(low), None) => bound(">", low),
            (None, Some(high)) => bound("<", high),
            (None, None) => "..".to_owned(),
        };
        f.write_str(&if text.contains(char::is_whitespace) { quote(&text) } else { text })
    }
}

fn bound(than: &str, bound: &Bound) -> String {
    format!("{than}{}{}", if bound.is_included { "=" } else { "" }, amount(&bound.amount))
}

fn amount(amount: &AmountInput) -> String {
    let sign = match amount.sign {
        Sign::Unsigned => "",
        Sign::Plus => "+",
        Sign::Minus => "-",
    };
    let mut digits = amount.magnitude.to_string();
    // Three digits behind a mark may be read as thousands; four are always decimals.
    if digits.split_once('.').is_some_and(|(_, decimals)| decimals.len() == 3) {
        digits.push('0');
    }
    match &amount.stated {
        None => format!("{sign}{digits}"),
        Some(Stated::Code(code)) => format!("{sign}{digits} {code}"),
        Some(Stated::Symbol(symbol)) => format!("{sign}{digits} {symbol}"),
    }
}

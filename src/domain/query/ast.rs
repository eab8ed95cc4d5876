//! What a query is once it was read.

use chrono::NaiveDate;

use super::amount::Range;
use super::field::Field;
use super::misread::Misread;
use super::parser;
use super::pattern::Pattern;
use super::place::point_at;
use super::value;
use crate::domain::money::DecimalMark;
use crate::domain::transaction::Status;
use crate::domain::when::Period;

/// Bytes of a query's text: from the first to before the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub struct Span {
    pub from: usize,
    pub to: usize,
}

/// What the words of a query are read by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The user's day: what `date:mar` goes by.
    pub today: NaiveDate,
    /// What decides how `amt:1,234` is read.
    pub mark: DecimalMark,
}

/// Which transactions, or which postings, are meant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    root: Option<Node>,
    /// What was read, so that a place in it can be shown.
    text: String,
}

/// A part of a query. `And` and `Or` have two parts or more, none of them of their own sort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// All of these hold.
    And(Vec<Node>),
    /// One of these holds.
    Or(Vec<Node>),
    /// This does not hold.
    Not(Box<Node>),
    /// A single condition.
    Term(Term),
}

/// A single condition, and where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// What it asks.
    pub kind: Kind,
    /// Where it stands in the text; none for what was said by a flag.
    pub span: Option<Span>,
}

/// What a term asks of a transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// The payee or the note.
    Word(Pattern),
    /// The payee.
    Payee(Pattern),
    /// The note.
    Note(Pattern),
    /// Who recorded or changed it.
    Actor(Pattern),
    /// A category, or a group and so all of its categories.
    Category(Pattern),
    /// An account.
    Account(Pattern),
    /// A tag.
    Tag(Pattern),
    /// The size of the amount, whichever way it went.
    Amount(Range),
    /// Which way the money went, and how much it was if that matters.
    Flow(Direction, Option<Range>),
    /// The day.
    Date(Period),
    /// What state it is in.
    Is(State),
    /// The transaction of this number.
    Id(i64),
    /// What the operation of this number recorded or changed.
    Operation(i64),
}

/// Which way money went, seen from the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum Direction {
    In,
    Out,
}

/// What `is:` can ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// A posting is confirmed so far.
    Status(Status),
    /// A posting has no category and is no leg of a transfer.
    Uncategorised,
    /// Several postings in one account.
    Split,
    /// Postings in several accounts.
    Transfer,
}

impl State {
    /// All of them, in the order in which help names them.
    pub(super) const ALL: [State; 6] = [
        State::Status(Status::Pending),
        State::Status(Status::Cleared),
        State::Status(Status::Reconciled),
        State::Uncategorised,
        State::Split,
        State::Transfer,
    ];

    /// The word behind `is:`.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            State::Status(status) => status.as_str(),
            State::Uncategorised => "uncategorised",
            State::Split => "split",
            State::Transfer => "transfer",
        }
    }
}

impl Kind {
    /// The term that a flag for categories says: as `cat:`, `none` is what has none.
    pub fn category(text: String) -> Kind {
        if value::is_word_of(Field::Category, &text) {
            Kind::Is(State::Uncategorised)
        } else {
            Kind::Category(Pattern::Text(text))
        }
    }
}

impl Query {
    /// Reads a query; a text without words means everything.
    ///
    /// # Errors
    /// A text that is no query, with the place where it stops being one.
    pub fn parse(text: &str, reading: &Reading) -> Result<Query, Misread> {
        Ok(Query { root: parser::parse(text, reading)?, text: text.to_owned() })
    }

    /// What must hold; none if everything is meant.
    pub fn root(&self) -> Option<&Node> {
        self.root.as_ref()
    }

    /// The same query, and this must hold as well: what a flag says.
    #[must_use]
    pub fn and(self, kind: Kind) -> Query {
        let term = Node::Term(Term { kind, span: None });
        let all = self.root.into_iter().chain([term]).collect();
        Query { root: Some(Node::and(all)), ..self }
    }

    /// The query and a line with carets below a term of it; nothing for what a flag said.
    pub fn place_of(&self, term: &Term) -> Vec<String> {
        term.span.map(|span| point_at(&self.text, span).to_vec()).unwrap_or_default()
    }

    /// The days that the query is about: those of its first `date:` that holds for all of it, every day if one stands
    /// deeper in it; none if it names no day.
    pub fn period(&self) -> Option<Period> {
        let date = |kind: &Kind| match kind {
            Kind::Date(period) => Some(*period),
            _ => None,
        };
        let parts = match &self.root {
            Some(Node::And(parts)) => parts.as_slice(),
            other => other.as_slice(),
        };
        let overall = parts.iter().find_map(|part| match part {
            Node::Term(term) => date(&term.kind),
            _ => None,
        });
        overall.or_else(|| self.terms().iter().find_map(|term| date(&term.kind)).map(|_| Period::ALL))
    }

    /// The same query without its days, if `period` says all of them: they hold for all of it, and stand there once.
    #[must_use]
    pub fn without_period(self) -> Query {
        let is_date = |node: &Node| matches!(node, Node::Term(Term { kind: Kind::Date(_), .. }));
        let dates = self.terms().iter().filter(|term| matches!(term.kind, Kind::Date(_))).count();
        let root = match self.root.clone() {
            Some(root) if dates == 1 && is_date(&root) => None,
            Some(Node::And(parts)) if dates == 1 && parts.iter().any(is_date) => {
                Some(Node::and(parts.into_iter().filter(|part| !is_date(part)).collect()))
            }
            root => root,
        };
        Query { root, ..self }
    }

    /// The same query with other terms where `change` gives one.
    #[must_use]
    pub fn with_terms(self, change: &impl Fn(&Kind) -> Option<Kind>) -> Query {
        Query { root: self.root.map(|root| root.with_terms(change)), ..self }
    }

    /// The terms, in the order in which they are written.
    pub fn terms(&self) -> Vec<&Term> {
        let mut terms = Vec::new();
        if let Some(root) = &self.root {
            root.collect(&mut terms);
        }
        terms
    }
}

impl Node {
    /// All of these; parts that are themselves lists of all are taken apart.
    pub(super) fn and(parts: Vec<Node>) -> Node {
        let flat = parts.into_iter().flat_map(|part| match part {
            Node::And(parts) => parts,
            part => vec![part],
        });
        Node::one_or(flat.collect(), Node::And)
    }

    /// One of these; parts that are themselves alternatives are taken apart.
    pub(super) fn or(parts: Vec<Node>) -> Node {
        let flat = parts.into_iter().flat_map(|part| match part {
            Node::Or(parts) => parts,
            part => vec![part],
        });
        Node::one_or(flat.collect(), Node::Or)
    }

    fn one_or(mut parts: Vec<Node>, several: fn(Vec<Node>) -> Node) -> Node {
        match parts.len() {
            1 => parts.remove(0),
            _ => several(parts),
        }
    }

    fn with_terms(self, change: &impl Fn(&Kind) -> Option<Kind>) -> Node {
        let each = |parts: Vec<Node>| parts.into_iter().map(|part| part.with_terms(change)).collect();
        match self {
            Node::And(parts) => Node::And(each(parts)),
            Node::Or(parts) => Node::Or(each(parts)),
            Node::Not(part) => Node::Not(Box::new(part.with_terms(change))),
            Node::Term(term) => Node::Term(Term { kind: change(&term.kind).unwrap_or(term.kind), ..term }),
        }
    }

    fn collect<'a>(&'a self, terms: &mut Vec<&'a Term>) {
        match self {
            Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|part| part.collect(terms)),
            Node::Not(part) => part.collect(terms),
            Node::Term(term) => terms.push(term),
        }
    }
}

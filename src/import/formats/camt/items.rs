//! The statements of a file and the rows of their entries, in its order: what both passes read.
//!
//! `xml` gives the elements; here is which of them holds what. A message may stand in any envelope, and there may be
//! several. One entry is in memory at a time.

use std::io::Read;

use super::super::{Rejected, Row};
use super::balance::BalanceReader;
use super::entry::Entry;
use super::kind::{Kind, Status};
use super::leaf::Leaf;
use super::rows::{Booked, EntryRows};
use super::source::MAX_PIECE;
use super::summary::Summary;
use super::trouble::Trouble;
use super::xml::{Step, Xml};

/// What comes next in a file.
#[derive(Debug)]
pub enum Item {
    /// A row, or one that cannot be read.
    Row(Box<Row>),
    /// A message that begins, and its version, such as `camt.053.001.08`, where it states one.
    Message(Kind, Option<String>),
    /// A statement whose entries have all come.
    Statement(Box<Summary>),
}

/// Reads the items of a file.
pub struct Items<'a, R: Read> {
    xml: Xml<R>,
    /// The currency of what states none.
    currency: Option<&'a str>,
    version: Option<String>,
    /// Each with its depth.
    message: Option<(Kind, usize)>,
    statement: Option<(Summary, usize)>,
    part: Option<Part>,
    rows: Option<EntryRows>,
    /// How many statements and entries there were before.
    before: Before,
    is_at_end: bool,
}

/// A part of a statement that is read; all of them stand one below it.
enum Part {
    Balance(BalanceReader),
    Entry(Box<Entry>),
}

impl<'a, R: Read> Items<'a, R> {
    /// The items of a document; `currency` is what the user says of amounts that state none.
    pub fn new(xml: Xml<R>, currency: Option<&'a str>) -> Self {
        Items {
            xml,
            currency,
            version: None,
            message: None,
            statement: None,
            part: None,
            rows: None,
            before: Before::default(),
            is_at_end: false,
        }
    }

    /// Takes in an element that opens.
    fn open(&mut self) -> Option<Item> {
        let depth = self.xml.path().depth();
        let name = self.xml.path().name();
        let Some((kind, message_depth)) = self.message else {
            self.version = version(&self.xml).or(self.version.take());
            let kind = Kind::of(name)?;
            self.message = Some((kind, depth));
            return Some(Item::Message(kind, self.version.take()));
        };
        match (&self.statement, &mut self.part) {
            (Some((_, above)), Some(Part::Entry(entry))) => {
                let path = self.xml.path().below(above + 1);
                entry.open(path, self.xml.line(), self.xml.kept_place().0);
            }
            (Some((_, above)), None) if depth == above + 1 => match name {
                "Bal" => self.part = Some(Part::Balance(BalanceReader::default())),
                "Ntry" => {
                    self.part = Some(Part::Entry(Box::new(Entry::new(self.xml.line()))));
                    self.xml.keep();
                }
                _ => {}
            },
            (None, _) if depth == message_depth + 1 && name == kind.part() => {
                self.statement = Some((Summary::new(kind), depth));
            }
            _ => {}
        }
        None
    }

    /// Takes in an element that closes.
    fn close(&mut self) -> Option<Item> {
        let depth = self.xml.path().depth();
        let (_, message_depth) = self.message?;
        let Some((statement, above)) = &mut self.statement else {
            self.message = self.message.filter(|_| depth > message_depth);
            return None;
        };
        if depth == *above {
            self.before.statements = self.before.statements.saturating_add(1);
            return self.statement.take().map(|(statement, _)| Item::Statement(Box::new(statement)));
        }
        match &mut self.part {
            None => {
                if let Some(leaf) = Leaf::of(&self.xml, *above) {
                    statement.take(leaf);
                }
                None
            }
            Some(_) if depth == *above + 1 => self.finish(),
            Some(part) => {
                part.take(&self.xml, *above + 1, statement.account.as_deref());
                None
            }
        }
    }

    /// Takes in that the balance or the entry is complete.
    fn finish(&mut self) -> Option<Item> {
        let (part, (statement, _)) = (self.part.take()?, self.statement.as_mut()?);
        let currency = statement.currency.clone().or_else(|| self.currency.map(str::to_owned));
        let mut entry = match part {
            Part::Entry(entry) => *entry,
            Part::Balance(balance) => {
                statement.balance(balance.finish(currency.as_deref()));
                return None;
            }
        };
        entry.raw = self.xml.kept(0, self.xml.kept_place().1);
        self.xml.drop_kept();
        match outcome(&entry, statement, currency.as_deref()) {
            Ok(None) => None,
            Ok(Some(booked)) => {
                self.before.entries += 1;
                let rows = EntryRows::new(entry, booked, statement.account.clone(), self.before);
                statement.passed_over.unsummed += u64::from(rows.is_unsummed());
                self.rows = Some(rows);
                None
            }
            Err(reason) => {
                statement.count_rejected();
                let text =
                    entry.raw.unwrap_or_else(|| format!("<Ntry> of more than {} KiB", MAX_PIECE / 1024));
                let rejected = Rejected { line: entry.line, text, reason };
                Some(Item::Row(Box::new(Row::Rejected(rejected))))
            }
        }
    }

    fn step(&mut self) -> Result<Option<Item>, Trouble> {
        if let Some(line) = self.rows.as_mut().and_then(Iterator::next) {
            return Ok(Some(Item::Row(Box::new(Row::Line(line)))));
        }
        self.rows = None;
        Ok(match self.xml.next()? {
            Step::Open => self.open(),
            Step::Close => self.close(),
            Step::End => {
                self.is_at_end = true;
                None
            }
        })
    }
}

impl<R: Read> Iterator for Items<'_, R> {
    type Item = Result<Item, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_at_end {
            let step = self.step();
            self.is_at_end |= step.is_err();
            if let Some(item) = step.transpose() {
                return Some(item);
            }
        }
        None
    }
}

impl Part {
    /// Takes in an element that closes, below the part's own depth.
    fn take<R: Read>(&mut self, xml: &Xml<R>, depth: usize, account: Option<&str>) {
        let leaf = Leaf::of(xml, depth);
        match self {
            Part::Balance(balance) => {
                if let Some(leaf) = leaf {
                    balance.take(leaf);
                }
            }
            Part::Entry(entry) => {
                if let Some(leaf) = leaf {
                    entry.take(leaf, account);
                }
                entry.close(xml.path().below(depth), xml.kept_place().1, account);
            }
        }
    }
}

/// How many there were before in the file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Before {
    /// Statements.
    pub statements: u32,
    /// Entries that are rows, the one that is read included.
    pub entries: u64,
}

/// What becomes of an entry; none where it is left out.
fn outcome(entry: &Entry, statement: &mut Summary, currency: Option<&str>) -> Result<Option<Booked>, String> {
    let status = entry.status(statement.kind)?;
    if status == Status::Information {
        statement.passed_over.information += 1;
        return Ok(None);
    }
    let head = entry.head(currency)?;
    let is_pending = status == Status::Pending;
    let Some(date) = head.date else {
        statement.passed_over.undated += u64::from(is_pending);
        return if is_pending {
            Ok(None)
        } else {
            Err("the entry has no date (`BookgDt`, `ValDt`)".to_owned())
        };
    };
    if !is_pending {
        statement.count(&head);
    }
    Ok(Some(Booked { head, date, is_pending }))
}

/// The version that an element's namespace states, such as `camt.053.001.08`.
fn version<R: Read>(xml: &Xml<R>) -> Option<String> {
    xml.attributes().find_map(|(_, value)| {
        let start = value.find("camt.05")?;
        value.get(start..start + "camt.053.001.08".len()).map(str::to_owned)
    })
}

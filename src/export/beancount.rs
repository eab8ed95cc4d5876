//! A ledger for beancount that `bean-check` accepts. Accounts are opened on the day of their first transaction, so
//! that nothing of the book need be known before it is read; where a name had to change, the old one stands beside it.

mod spelling;

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::io::Write;

use chrono::NaiveDate;

use self::spelling::{FIXED, SPELLING, tag_name};
use super::Request;
use super::balanced::{Book, Line, common_status};
use super::journal::{self, Journal, currencies};
use super::names::{self, Named, Names};
use super::text::plain;
use super::told::{Told, came_meanwhile};
use crate::db::connection::DbConn;
use crate::db::pages::Entry;
use crate::db::query::Condition;
use crate::domain::ids::TagId;
use crate::domain::transaction::Status;
use crate::error::Result;

/// Writes the ledger.
///
/// # Errors
/// What the database says; a writer that takes no more.
pub fn write(
    conn: &mut DbConn,
    condition: Option<&Condition>,
    request: &Request<'_>,
    out: &mut dyn Write,
) -> Result<()> {
    let told = Told::load(conn, request.book)?;
    let names = Names::new(&told, &SPELLING);
    let book = Book { told: &told, names: &names, fixed: &FIXED };
    let mut journal = Beancount {
        book: &book,
        by_name: names.all().iter().map(|named| (named.name.as_str(), named)).collect(),
        opened: HashSet::new(),
        tags: names::tags(&told, tag_name, '-'),
        is_whole: condition.is_none(),
        last_day: condition.is_none().then_some(request.today),
    };
    journal::write(conn, condition, &book, &mut journal, out)
}

struct Beancount<'a> {
    book: &'a Book<'a>,
    by_name: HashMap<&'a str, &'a Named>,
    opened: HashSet<String>,
    tags: HashMap<TagId, String>,
    /// Whether all of the book is written.
    is_whole: bool,
    last_day: Option<NaiveDate>,
}

impl Journal for Beancount<'_> {
    fn begin(&mut self, text: &mut String) -> Result<()> {
        text.push_str("; a groat book\n\noption \"title\" \"groat\"\n");
        writeln!(text, "option \"operating_currency\" \"{}\"", self.book.told.currency.code)?;
        // A total price becomes one of a unit, with 28 digits: what is lost there must not look like money where
        // amounts have no decimals from which a tolerance could be guessed.
        for (code, _) in currencies(self.book.told).into_iter().filter(|(_, exponent)| *exponent == 0) {
            writeln!(text, "option \"inferred_tolerance_default\" \"{code}:0.001\"")?;
        }
        text.push('\n');
        Ok(())
    }

    fn entry(&mut self, text: &mut String, entry: &Entry, lines: &[Line<'_>]) -> Result<()> {
        self.last_day = Some(entry.date);
        for line in lines {
            let named = self.by_name.get(line.account).copied().ok_or_else(came_meanwhile)?;
            self.open(text, named, entry.date);
        }
        let common = common_status(lines);
        let flag = common.map_or("*", flag);
        write!(text, "{} {flag} ", entry.date)?;
        if let Some(payee) = &entry.payee {
            write!(text, "{} ", quoted(payee))?;
        }
        text.push_str(&quoted(entry.note.as_deref().unwrap_or_default()));
        for id in &entry.tags {
            write!(text, " #{}", self.tags.get(id).ok_or_else(came_meanwhile)?)?;
        }
        writeln!(text, "\n  id: \"{}\"", entry.id)?;
        for line in lines {
            let own = if common.is_none() && line.status == Status::Pending { "! " } else { "" };
            journal::write_line(text, line, own, &self.book.told.currency)?;
            text.push('\n');
            if line.date != entry.date {
                writeln!(text, "      date: {}", line.date)?;
            }
            if let Some(memo) = line.memo {
                writeln!(text, "      memo: {}", quoted(memo))?;
            }
        }
        text.push('\n');
        Ok(())
    }

    /// What has no transaction is opened all the same, so that nothing of a whole book is missing.
    fn end(&mut self, text: &mut String) {
        let Some(day) = self.last_day.filter(|_| self.is_whole) else { return };
        let names = self.book.names.all().iter().filter(|named| named.said.is_some());
        names.for_each(|named| self.open(text, named, day));
    }
}

impl Beancount<'_> {
    /// Appends the opening of an account, once. What is a category takes any currency.
    fn open(&mut self, text: &mut String, named: &Named, day: NaiveDate) {
        if !self.opened.insert(named.name.clone()) {
            return;
        }
        let currency = named.currency.map(|code| format!(" {code}")).unwrap_or_default();
        text.push_str(&format!("{day} open {}{currency}\n", named.name));
        let is_kept = |said: &&String| format!(":{}", named.name).ends_with(&format!(":{said}"));
        if let Some(said) = named.said.as_ref().filter(|said| !is_kept(said)) {
            text.push_str(&format!("  name: {}\n", quoted(said)));
        }
        text.push('\n');
    }
}

fn flag(status: Status) -> &'static str {
    journal::mark(status).trim_end()
}

/// A text in quotes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", plain(text).replace('\\', "\\\\").replace('"', "\\\""))
}

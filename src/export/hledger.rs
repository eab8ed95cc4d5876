//! A journal for hledger: what it needs to be told first, then every transaction, oldest first.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::Write;

use super::Request;
use super::balanced::{Book, Line, common_status};
use super::journal::{self, FIXED, Journal, SPELLING, currencies, mark, sample};
use super::names::{self, Names, Spelling};
use super::periodic::Budget;
use super::text::plain;
use super::told::{Told, came_meanwhile};
use crate::db::connection::DbConn;
use crate::db::pages::Entry;
use crate::db::query::Condition;
use crate::domain::ids::TagId;
use crate::domain::when::is_time_of_day;
use crate::error::Result;

/// Writes the journal, the whole one with what the present month assigns.
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
    let budget = match condition {
        None => Budget::load(conn, &told, request.today)?,
        Some(_) => None,
    };
    let names = Names::new(&told, &Spelling { fixed: FIXED_NAMES, ..SPELLING });
    let tags = names::tags(&told, tag, '-');
    let book = Book { told: &told, names: &names, fixed: &FIXED };
    let mut journal = Hledger { book: &book, tags, budget };
    journal::write(conn, condition, &book, &mut journal, out)
}

const FIXED_NAMES: &[&str] =
    &[FIXED.unknown_expenses, FIXED.unknown_income, FIXED.transfers, super::periodic::SOURCE];

struct Hledger<'a> {
    book: &'a Book<'a>,
    tags: HashMap<TagId, String>,
    budget: Option<Budget>,
}

impl Journal for Hledger<'_> {
    /// What a strict reader wants declared: currencies with their digits, and every account.
    fn begin(&mut self, text: &mut String) -> Result<()> {
        text.push_str("; a groat book\ndecimal-mark .\n\n");
        for (code, exponent) in currencies(self.book.told) {
            writeln!(text, "commodity {}", sample(&code, exponent, true))?;
        }
        text.push('\n');
        let all = self.book.names.all().iter();
        for named in all.filter(|named| self.budget.is_some() || named.name != super::periodic::SOURCE) {
            writeln!(text, "account {}", named.name)?;
        }
        text.push('\n');
        match &self.budget {
            Some(budget) => budget.write(text, self.book.names, &self.book.told.currency),
            None => Ok(()),
        }
    }

    fn entry(&mut self, text: &mut String, entry: &Entry, lines: &[Line<'_>]) -> Result<()> {
        let common = common_status(lines);
        self.head(text, entry, common.map_or("", mark))?;
        for line in lines {
            let own = if common.is_none() { mark(line.status) } else { "" };
            journal::write_line(text, line, own, &self.book.told.currency)?;
            let date = (line.date != entry.date).then(|| format!("date:{}", line.date));
            let said: Vec<String> = date.into_iter().chain(line.memo.map(memo)).collect();
            if !said.is_empty() {
                write!(text, "  ; {}", said.join(", "))?;
            }
            text.push('\n');
        }
        text.push('\n');
        Ok(())
    }
}

impl Hledger<'_> {
    fn head(&self, text: &mut String, entry: &Entry, mark: &str) -> Result<()> {
        // The id is also what keeps a description that begins with a parenthesis from being read as a code.
        write!(text, "{} {mark}({})", entry.date, entry.id)?;
        if let Some(payee) = &entry.payee {
            write!(text, " {}", plain(payee).replace(';', ",").replace('|', "/"))?;
        }
        if let Some(note) = &entry.note {
            write!(text, " | {}", plain(note).replace(';', ","))?;
        }
        for (at, id) in entry.tags.iter().enumerate() {
            let name = self.tags.get(id).ok_or_else(came_meanwhile)?;
            let colon = if name.contains(':') { "" } else { ":" };
            write!(text, "{}{name}{colon}", if at == 0 { "  ; " } else { ", " })?;
        }
        text.push('\n');
        Ok(())
    }
}

/// A remark in a comment, where brackets would be read as another day, and a word with a colon behind it as a tag: the
/// colon gets a blank before it, but in an address or a time.
fn memo(text: &str) -> String {
    let text = plain(text).replace('[', "(").replace(']', ")");
    let mut safe = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let word = safe.rsplit(' ').next().unwrap_or_default();
        let behind = &text[at + 1..];
        let is_tag = c == ':' && !word.is_empty() && !behind.starts_with("//");
        if is_tag && !is_time_of_day(word, behind) {
            safe.push(' ');
        }
        safe.push(c);
    }
    safe
}

/// A tag; a comma would end its value, and some names are hledger's own.
fn tag(name: &str) -> String {
    journal::tag(name, &["date", "date2", "type"]).replace(',', ";")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_of_a_remark_is_a_tag() {
        for (text, shown) in [
            ("bread: x, date:1/2 [1/3]", "bread : x, date :1/2 (1/3)"),
            (":a: b:: =c", ":a : b : : =c"),
            ("at 12:30 see https://a.b/c:d", "at 12:30 see https://a.b/c :d"),
            ("2026: a year", "2026 : a year"),
        ] {
            assert_eq!(memo(text), shown);
        }
    }

    #[test]
    fn values_of_tags_end_before_commas_and_names_are_none_of_hledgers_own() {
        for (name, shown) in
            [("trip:paris, france", "trip:paris; france"), ("date:1/2", "date-:1/2"), ("a,b", "a-b")]
        {
            assert_eq!(tag(name), shown);
        }
    }
}

//! A journal for ledger that `--strict --pedantic` accepts. It reads lines of at most 4,095 bytes and leaves out all
//! that follows a longer one, so that remarks are parted; what a remark says is the value of a `note:` or `memo:`, as
//! the first word with a colon would be a tag that nobody declared.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::io::Write;

use super::Request;
use super::balanced::{Book, Line, common_status};
use super::journal::{self, FIXED, Journal, SPELLING, currencies, mark, sample};
use super::names::{self, Names};
use super::text::{plain, wrapped};
use super::told::{Told, came_meanwhile};
use crate::db::connection::DbConn;
use crate::db::pages::Entry;
use crate::db::query::Condition;
use crate::domain::ids::TagId;
use crate::error::Result;

/// How many characters of a remark stand on a line.
const LINE: usize = 900;

/// What remarks are the values of: of the transaction, of a posting.
const REMARKS: [&str; 2] = ["note", "memo"];

/// Writes the journal.
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
    let tags = names::tags(&told, tag, '-');
    let book = Book { told: &told, names: &names, fixed: &FIXED };
    let mut journal = Ledger { book: &book, tags };
    journal::write(conn, condition, &book, &mut journal, out)
}

struct Ledger<'a> {
    book: &'a Book<'a>,
    tags: HashMap<TagId, String>,
}

impl Journal for Ledger<'_> {
    /// What a pedantic reader wants declared: currencies with their digits, accounts and tags.
    fn begin(&mut self, text: &mut String) -> Result<()> {
        text.push_str("; a groat book\n\n");
        for (code, exponent) in currencies(self.book.told) {
            writeln!(text, "commodity {code}\n    format {}", sample(&code, exponent, false))?;
        }
        text.push('\n');
        for named in self.book.names.all() {
            writeln!(text, "account {}", named.name)?;
        }
        text.push('\n');
        let name = |tag: &'_ String| tag.split(':').next().unwrap_or_default().to_owned();
        let tags: BTreeSet<String> = self.tags.values().map(name).chain(REMARKS.map(str::to_owned)).collect();
        for tag in tags {
            writeln!(text, "tag {tag}")?;
        }
        text.push('\n');
        Ok(())
    }

    fn entry(&mut self, text: &mut String, entry: &Entry, lines: &[Line<'_>]) -> Result<()> {
        let common = common_status(lines);
        // The id is also what keeps a payee that begins with a parenthesis from being read as a code.
        write!(text, "{} {}({})", entry.date, common.map_or("", mark), entry.id)?;
        if let Some(payee) = &entry.payee {
            write!(text, " {}", plain(payee).replace(';', ","))?;
        }
        text.push('\n');
        for id in &entry.tags {
            match self.tags.get(id).ok_or_else(came_meanwhile)?.split_once(':') {
                Some((name, value)) => writeln!(text, "    ; {name}: {value}")?,
                None => writeln!(text, "    ; :{}:", self.tags[id])?,
            }
        }
        let [note, memo] = REMARKS;
        remark(text, note, entry.note.as_deref())?;
        for line in lines {
            let own = if common.is_none() { mark(line.status) } else { "" };
            journal::write_line(text, line, own, &self.book.told.currency)?;
            if line.date != entry.date {
                write!(text, "  ; [{}]", line.date)?;
            }
            text.push('\n');
            remark(text, memo, line.memo)?;
        }
        text.push('\n');
        Ok(())
    }
}

/// Brackets would be read as another day.
fn remark(text: &mut String, key: &str, said: Option<&str>) -> Result<()> {
    let said = plain(said.unwrap_or_default()).replace('[', "(").replace(']', ")");
    for piece in wrapped(&said, LINE) {
        writeln!(text, "    ; {key}: {piece}")?;
    }
    Ok(())
}

/// A tag; some names are ledger's own, and with a value two are remarks.
fn tag(name: &str) -> String {
    let tag = journal::tag(name, &["Payee", "Value", "UUID", "Date"]);
    match tag.split_once(':').filter(|(name, _)| REMARKS.contains(name)) {
        Some((name, value)) => format!("{name}-:{value}"),
        None => tag,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_neither_remarks_nor_ledgers_own() {
        for (name, shown) in [
            ("trip:rome", "trip:rome"),
            ("note:x", "note-:x"),
            ("note", "note"),
            ("Payee", "Payee-"),
            ("a b", "a-b"),
        ] {
            assert_eq!(tag(name), shown);
        }
    }
}

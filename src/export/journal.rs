//! What journals have in common: the loop over the book, the names of accounts, and the lines of an entry, which look
//! alike in all of them up to the comment.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;

use super::balanced::{self, Book, Fixed, Line};
use super::names::{Spelling, is_owed};
use super::text::{amount, plain};
use super::told::Told;
use crate::db::connection::DbConn;
use crate::db::pages::{self, Detail, Entry};
use crate::db::query::Condition;
use crate::domain::category::{Category, CategoryKind, Role};
use crate::domain::money::Currency;
use crate::domain::transaction::Status;
use crate::domain::when::is_time_of_day;
use crate::error::Result;

/// A kind of journal.
pub trait Journal {
    /// Appends what comes before the first entry.
    ///
    /// # Errors
    /// What cannot be written.
    fn begin(&mut self, text: &mut String) -> Result<()>;

    /// Appends an entry of these lines.
    ///
    /// # Errors
    /// A tag that came meanwhile; a sum beyond 64 bits.
    fn entry(&mut self, text: &mut String, entry: &Entry, lines: &[Line<'_>]) -> Result<()>;

    /// Appends what comes after the last entry.
    fn end(&mut self, _text: &mut String) {}
}

/// hledger's own words, which ledger has no others for.
pub const FIXED: Fixed = Fixed {
    unknown_expenses: "expenses:unknown",
    unknown_income: "income:unknown",
    transfers: "equity:transfers",
};

/// How hledger and ledger want names.
pub const SPELLING: Spelling = Spelling {
    account: |account| if is_owed(account) { "liabilities:" } else { "assets:" },
    category: root,
    // Two blanks would end a name, and a `;` begins a comment.
    part: |name| plain(name).replace(';', ","),
    before_number: ' ',
    fixed: &[FIXED.unknown_expenses, FIXED.unknown_income, FIXED.transfers],
};

fn root(category: &Category) -> &'static str {
    match (category.role, category.kind) {
        // No report counts them as income, so no journal should.
        (Some(Role::StartingBalances), _) => "equity:",
        (_, CategoryKind::Expense) => "expenses:",
        _ => "income:",
    }
}

/// Writes what fits as a journal, oldest first.
///
/// # Errors
/// What the database says; a writer that takes no more.
pub fn write(
    conn: &mut DbConn,
    condition: Option<&Condition>,
    book: &Book<'_>,
    journal: &mut dyn Journal,
    out: &mut dyn Write,
) -> Result<()> {
    let mut text = String::new();
    journal.begin(&mut text)?;
    let mut last = None;
    loop {
        out.write_all(text.as_bytes())?;
        text.clear();
        let entries = pages::after(conn, condition, last, Detail::WithoutStamp)?;
        let Some(newest) = entries.last() else { break };
        last = Some((newest.date, newest.id));
        for entry in &entries {
            journal.entry(&mut text, entry, &balanced::lines(entry, book)?)?;
        }
    }
    journal.end(&mut text);
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Every currency of the book, with the digits after its point.
pub fn currencies(told: &Told) -> BTreeMap<String, u32> {
    let own = (told.currency.code.to_string(), told.currency.exponent);
    let others = told.accounts.iter().map(|account| (account.currency.to_string(), account.exponent));
    others.chain([own]).collect()
}

/// How an amount of a currency looks: `1000.00 EUR`, and with a point even without digits where `is_pointed`.
pub fn sample(code: &str, exponent: u32, is_pointed: bool) -> String {
    let point = if exponent > 0 || is_pointed { "." } else { "" };
    format!("1000{point}{:0<1$} {code}", "", exponent as usize)
}

/// The name and the value of a tag such as `trip:rome`; none where a journal would not read it as such: neither times of
/// day nor addresses are tags there.
pub fn valued(tag: &str) -> Option<(&str, &str)> {
    let (name, value) = tag.split_once(':')?;
    let (name, value) = (name.trim(), value.trim());
    (!name.is_empty() && !is_time_of_day(name, value) && !value.is_empty() && !value.starts_with("//"))
        .then_some((name, value))
}

/// A tag as `name` or `name:value`, where names of `reserved` get a dash; in a name no blank and none of the marks may
/// stand that mean something in a comment.
pub fn tag(tag: &str, reserved: &[&str]) -> String {
    let tag = plain(tag);
    let word = |name: &str| {
        let is_mark = |c: char| c.is_whitespace() || [':', ',', ';', '[', ']'].contains(&c);
        let name = name.replace(is_mark, "-");
        if reserved.contains(&name.as_str()) { format!("{name}-") } else { name }
    };
    match valued(&tag) {
        // Brackets would be read as another day.
        Some((name, value)) => format!("{}:{}", word(name), value.replace('[', "(").replace(']', ")")),
        None => word(&tag),
    }
}

/// The mark of a status, with a blank behind it.
pub fn mark(status: Status) -> &'static str {
    match status {
        Status::Pending => "! ",
        Status::Cleared | Status::Reconciled => "* ",
    }
}

/// Appends account, amount and what it is worth, without the line's end. `mark` stands before the account.
///
/// # Errors
/// A sum beyond 64 bits.
pub fn write_line(text: &mut String, line: &Line<'_>, mark: &str, book: &Currency) -> Result<()> {
    let named = format!("{mark}{}", line.account);
    let shown = amount(line.amount, line.currency)?;
    write!(text, "    {named:<36}  {shown:>10} {}", line.currency.code)?;
    if let Some(value) = line.price() {
        write!(text, " @@ {} {}", amount(value.abs(), book)?, book.code)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_keep_their_values() {
        for (name, shown) in [
            ("trip:rome", "trip:rome"),
            ("trip: to  rome:2026", "trip:to rome:2026"),
            ("my trip:rome, [1]", "my-trip:rome, (1)"),
            ("two words", "two-words"),
            ("12:30", "12-30"),
            ("2026:x", "2026:x"),
            ("https://a.b", "https-//a.b"),
            ("trip:", "trip-"),
            (":rome", "-rome"),
            ("date", "date-"),
            ("date:2026-01-02", "date-:2026-01-02"),
        ] {
            assert_eq!(tag(name, &["date"]), shown, "{name}");
        }
    }
}

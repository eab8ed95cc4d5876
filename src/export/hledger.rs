//! A journal for hledger: what it needs to be told first, then every transaction, oldest first.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::io::Write;

use super::accounts::Names;
use super::entry::{self, Book};
use crate::db::connection::DbConn;
use crate::db::pages;
use crate::db::query::Condition;
use crate::db::{names, tags};
use crate::domain::account::Account;
use crate::domain::ids::AccountId;
use crate::domain::money::Currency;
use crate::error::Result;

/// Writes the journal.
///
/// # Errors
/// What the database says; a writer that takes no more.
pub fn write(
    conn: &mut DbConn,
    condition: Option<&Condition>,
    book: &Currency,
    out: &mut dyn Write,
) -> Result<()> {
    let names = names::load(conn, None)?;
    let tags: HashMap<_, _> = tags::list(conn)?.into_iter().map(|tag| (tag.id, tag.name)).collect();
    let journal = Names::new(&names.accounts, &names.categories);
    let currencies: HashMap<AccountId, Currency> =
        names.accounts.iter().map(|account| (account.id, currency_of(account))).collect();
    let told = Book { currency: book, names: &journal, currencies: &currencies, tags: &tags };

    let mut text = head(book, &names.accounts, &journal)?;
    let mut last = None;
    loop {
        out.write_all(text.as_bytes())?;
        text.clear();
        let entries = pages::after(conn, condition, last)?;
        let Some(newest) = entries.last() else { break };
        last = Some((newest.date, newest.id));
        for entry in &entries {
            entry::write(&mut text, entry, &told)?;
        }
    }
    Ok(out.flush()?)
}

fn currency_of(account: &Account) -> Currency {
    Currency { code: account.currency, exponent: account.exponent, symbol: String::new() }
}

/// What a strict reader wants declared: currencies with their digits, and every account.
fn head(book: &Currency, accounts: &[Account], journal: &Names) -> Result<String> {
    let own = (book.code.to_string(), book.exponent);
    let others = accounts.iter().map(|account| (account.currency.to_string(), account.exponent));
    let currencies: BTreeMap<String, u32> = others.chain([own]).collect();
    let mut text = String::from("; a groat book\ndecimal-mark .\n\n");
    for (code, exponent) in currencies {
        writeln!(text, "commodity 1000.{:0<1$} {code}", "", exponent as usize)?;
    }
    text.push('\n');
    for name in journal.declared() {
        writeln!(text, "account {name}")?;
    }
    text.push('\n');
    Ok(text)
}

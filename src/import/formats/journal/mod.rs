//! Journals of hledger, ledger and beancount.
//!
//! `survey` goes through the file twice: once for what it declares (`learned`), once for its rows, which
//! `rows` streams again. From the bottom up: lines (`text`) -> `blocks` -> `entries` (read by `plain`,
//! `beancount` and `directives` within a `scope`) -> `balance` -> `booking` and `share` -> `reader`. A row is
//! what a transaction did to one own account; a category of income has `income:` before it.

mod accounts;
mod amount;
mod balance;
mod beancount;
mod blocks;
mod booking;
mod commodity;
mod costs;
mod dates;
mod dialect;
mod directives;
mod entries;
mod exact;
mod expression;
mod learned;
mod movement;
mod names;
mod numbers;
mod pads;
mod passed;
mod plain;
mod reader;
mod remarks;
mod ruled;
mod running;
mod scan;
mod scope;
mod share;
mod styles;
mod tally;
#[cfg(test)]
mod tests;
mod transaction;

use std::io::{self, SeekFrom};

pub use dialect::{Dialect, recognise};
pub use ruled::{Rules, survey as survey_ruled};

use super::text::{self, Encoded, Lines};
use super::{Facts, FormatName, Options, ReadSeek, Row, Rows, Statement, SurveyError};
use crate::domain::invalid::Invalid;
use blocks::Blocks;
use entries::Entries;
use learned::Learned;
use names::Names;
use reader::{Found, Reader};
use scope::Scope;

/// A surveyed journal. What it says of codes, second days and links is not kept, nor most of beancount's metadata, and
/// balances that it asserts are not checked.
#[derive(Debug)]
pub struct Journal {
    dialect: Dialect,
    encoded: Encoded,
    options: Options,
    learned: Learned,
    names: Names,
    facts: Facts,
}

/// Goes through the file and settles how its rows are read.
///
/// # Errors
/// For a file without transactions that groat did not write, one that includes others, and one with aliases by patterns.
pub fn survey(input: &mut dyn ReadSeek, options: &Options, dialect: Dialect) -> Result<Journal, SurveyError> {
    let encoded = text::detect(input, options.encoding.as_deref())?;
    let scope = || Scope::new(dialect, options);
    let mut learned = learned::learn(entries(input, encoded, scope())?)?;
    if let Some(refused) = learned.refused.take() {
        return Err(refused.into());
    }
    if !learned.has_transactions && !is_own(input, encoded)? {
        let message = format!("the file is no journal of {}: no transaction is in it", dialect.as_str());
        return Err(Invalid::new(message)
            .hint("a transaction begins with a day such as `2026-01-02`")
            .into());
    }
    let mut names = Names::of(&learned.accounts);
    let mut facts = first_facts(dialect, encoded);
    let mut reader = Reader::new(entries(input, encoded, scope())?, &learned);
    while let Some(found) = reader.read()? {
        facts.row_count += 1;
        if let Found::Movement(movement) = found {
            names.count(&movement.purse);
        }
    }
    facts.notes = reader.notes();
    drop(reader);
    for (name, currency) in names.settle() {
        facts.accounts.push(name);
        if !currency.is_empty() {
            facts.see_currency(&currency);
        }
    }
    Ok(Journal { dialect, encoded, options: options.clone(), learned, names, facts })
}

/// Whether the file is an export of groat's.
fn is_own(input: &mut dyn ReadSeek, encoded: Encoded) -> io::Result<bool> {
    input.seek(SeekFrom::Start(encoded.bom))?;
    let mut first = String::new();
    Lines::new(input, encoded.encoding, 0).read(&mut first)?;
    Ok(dialect::is_own(&first))
}

fn first_facts(dialect: Dialect, encoded: Encoded) -> Facts {
    let mut facts = Facts::new(FormatName::Journal(dialect));
    facts.described = vec![("encoding".to_owned(), encoded.encoding.name().to_owned())];
    facts
}

/// The entries of a file from its beginning.
fn entries(
    input: &mut dyn ReadSeek,
    encoded: Encoded,
    scope: Scope,
) -> io::Result<Entries<&mut dyn ReadSeek>> {
    input.seek(SeekFrom::Start(encoded.bom))?;
    let lines = Lines::new(input, encoded.encoding, 0);
    Ok(Entries::new(Blocks::new(lines, scope.dialect()), scope))
}

impl Statement for Journal {
    fn facts(&self) -> &Facts {
        &self.facts
    }

    fn rows<'a>(&'a self, input: &'a mut dyn ReadSeek) -> io::Result<Rows<'a>> {
        let scope = Scope::new(self.dialect, &self.options);
        let mut reader = Reader::new(entries(input, self.encoded, scope)?, &self.learned);
        Ok(Box::new(std::iter::from_fn(move || {
            loop {
                match reader.read() {
                    Err(error) => return Some(Err(error)),
                    Ok(None) => return None,
                    Ok(Some(Found::Rejected(rejected))) => return Some(Ok(Row::Rejected(rejected))),
                    Ok(Some(Found::Movement(movement))) => {
                        if let Some(line) = reader.line(movement, &self.names) {
                            return Some(Ok(Row::Line(line)));
                        }
                    }
                }
            }
        })))
    }
}

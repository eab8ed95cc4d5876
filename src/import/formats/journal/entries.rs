//! What the blocks of a file say, in their order: transactions, and the directives that count.
//!
//! Both passes read through here, and so does the one before them that learns what the file declares. Here is
//! decided which reader a block is for; what it says is read by `plain`, `directives` and `beancount`.

use std::io::{self, Read};

use super::super::Rejected;
use super::accounts::Kind;
use super::beancount::{self, Pad, Stated};
use super::blocks::{Block, Blocks};
use super::dialect::Dialect;
use super::scope::Scope;
use super::transaction::Transaction;
use super::{directives, plain};
use crate::domain::invalid::Invalid;

/// What one block says.
#[derive(Debug)]
pub enum Entry {
    /// A transaction.
    Transaction(Transaction),
    /// An account that is declared to be of a kind.
    Declared(String, Kind),
    /// What an account is called, by its name in the file.
    Called(String, String),
    /// The file's name of the accounts of one kind.
    Root(String, Kind),
    /// Beancount's `pad`.
    Pad(Pad),
    /// Beancount's `balance`.
    Stated(Stated),
    /// Something that is passed over with money behind it.
    LeftOut(LeftOut),
    /// What cannot be read; whether it may have been a transaction.
    Rejected(Rejected, bool),
    /// What makes all of the file unreadable.
    Refused(Invalid),
    /// Nothing that counts here.
    Nothing,
}

/// What is passed over with money behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// A rule for automated postings.
    Automated,
    /// A rule for transactions to come.
    Periodic,
    /// A line of a time clock.
    Clock,
}

/// Reads entries one at a time.
pub struct Entries<R> {
    blocks: Blocks<R>,
    block: Block,
    scope: Scope,
}

impl<R: Read> Entries<R> {
    /// The entries of these blocks; `scope` is what holds at the beginning.
    pub fn new(blocks: Blocks<R>, scope: Scope) -> Self {
        Entries { blocks, block: Block::default(), scope }
    }

    /// What holds behind the entry read last.
    pub fn scope(&mut self) -> &mut Scope {
        &mut self.scope
    }

    /// Reads the next entry; none at the end of the file.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn read(&mut self) -> io::Result<Option<Entry>> {
        if !self.blocks.read(&mut self.block)? {
            return Ok(None);
        }
        let Block { line, text, is_cut } = &self.block;
        let is_transaction = text.starts_with(|c: char| c.is_ascii_digit()) || text.starts_with([' ', '\t']);
        let entry = if *is_cut {
            Err("it is longer than a transaction may be".to_owned())
        } else if text.starts_with([' ', '\t']) {
            Err("an indented line belongs to no transaction".to_owned())
        } else {
            read_block(*line, text, is_transaction, &mut self.scope)
        };
        let rejected = |reason| Rejected { line: *line, text: text.clone(), reason };
        Ok(Some(entry.unwrap_or_else(|reason| Entry::Rejected(rejected(reason), is_transaction))))
    }
}

fn read_block(line: u64, text: &str, is_dated: bool, scope: &mut Scope) -> Result<Entry, String> {
    match scope.dialect() {
        Dialect::Beancount if is_dated => beancount::read_dated(line, text, scope),
        Dialect::Beancount => beancount::read_directive(text, scope),
        _ if is_dated => plain::read(line, text, scope).map(Entry::Transaction),
        _ => directives::read(text, scope),
    }
}

/// One file is read at a time: its rows have lines, and a folder is no statement.
pub fn refuse_include(argument: &str) -> Entry {
    let name = argument.trim().trim_matches('"');
    let message = format!("the journal includes another file: `{name}`");
    Entry::Refused(Invalid::new(message).hint(
        "import that file by itself and leave out this line, or import what `hledger print` or `ledger print` writes",
    ))
}

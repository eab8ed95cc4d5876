//! One entry with its details as a statement line, or rejected with its reason.

use super::super::{FileLine, Rejected, Row};
use super::fields::{Field, MAX_RECORD};
use super::{details, entry};

/// An entry as it is put together: `:61:` and the `:86:` that follow.
#[derive(Debug, Default)]
pub struct Record {
    /// The 1-based physical line of the entry's tag.
    line: u64,
    raw: String,
    entry: String,
    details: String,
    is_cut: bool,
    is_torn: bool,
}

impl Record {
    /// Begins with the field of an entry.
    pub fn new(field: &Field) -> Record {
        Record {
            line: field.line,
            raw: field.raw.clone(),
            entry: field.value().to_owned(),
            details: String::new(),
            is_cut: field.is_cut,
            is_torn: field.is_torn,
        }
    }

    /// Adds a field of details.
    pub fn push(&mut self, field: &Field) {
        self.is_torn |= field.is_torn;
        self.is_cut |= field.is_cut || self.raw.len() + field.raw.len() >= MAX_RECORD;
        if self.is_cut {
            return;
        }
        for (text, more) in [(&mut self.raw, field.raw.as_str()), (&mut self.details, field.value())] {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(more);
        }
    }

    /// The row; account and currency are the statement's, which is so many of the file behind its first.
    pub fn row(self, account: Option<&str>, currency: Option<&str>, statement: u32) -> Row {
        let line = if self.is_cut {
            Err("the entry is too long for a row".to_owned())
        } else if self.is_torn {
            // Behind an entry comes at least a balance: of what was cut off, digits of the amount may be a part.
            Err("the file ends in the entry".to_owned())
        } else {
            self.read(account, currency, statement)
        };
        line.map_or_else(|reason| Row::Rejected(self.rejected(reason)), Row::Line)
    }

    fn read(
        &self,
        account: Option<&str>,
        currency: Option<&str>,
        statement: u32,
    ) -> Result<FileLine, String> {
        let entry = entry::read(&self.entry)?;
        let details = details::read(&self.details, entry.reference, entry.supplement);
        Ok(FileLine {
            line: self.line,
            date: entry.date,
            amount: entry.amount,
            currency: currency.map(str::to_owned),
            payee: details.payee,
            memo: details.memo,
            bank_id: entry.bank_id.map(str::to_owned),
            account: account.map(str::to_owned),
            is_pending: entry.is_pending,
            balance: None,
            booking: None,
            statement,
            other_account: details.other_account,
            purpose: None,
            raw: self.raw.trim_end().to_owned(),
        })
    }

    fn rejected(&self, reason: String) -> Rejected {
        Rejected { line: self.line, text: self.raw.trim_end().to_owned(), reason }
    }
}

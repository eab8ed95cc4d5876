//! Transactions as CSV or JSON while they are read, so that a book of any size passes through little memory: the very
//! rows and objects of `list`.

use std::io::{self, Write};

use super::Format;
use super::delimited::write_records;
use super::transactions::{COLUMNS, posting_rows};
use crate::domain::transaction::Transaction;
use crate::error::{Problem, Result};

/// The forms in which transactions can be streamed, by their names.
pub const STREAMED: [(&str, Format); 3] =
    [("csv", Format::Csv), ("json", Format::Json), ("jsonl", Format::Jsonl)];

/// A file of transactions that is being written.
pub struct Streamed<'a> {
    form: Form,
    out: &'a mut dyn Write,
    /// A page, which is written at once.
    page: Vec<u8>,
    is_first: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Csv,
    Json,
    Jsonl,
}

impl<'a> Streamed<'a> {
    /// Begins a file.
    ///
    /// # Errors
    /// A form that transactions cannot be streamed in; a writer that takes no more.
    pub fn begin(format: Format, out: &'a mut dyn Write) -> Result<Streamed<'a>> {
        let form = match format {
            Format::Csv => Form::Csv,
            Format::Json => Form::Json,
            Format::Jsonl => Form::Jsonl,
            Format::Table | Format::Tsv | Format::Markdown => {
                return Err(Problem::internal("a form that is not streamed").into());
            }
        };
        let mut begun = Streamed { form, out, page: Vec::new(), is_first: true };
        match form {
            Form::Csv => write_records(&mut begun.page, b',', [COLUMNS])?,
            Form::Json => begun.page.extend_from_slice(b"{\"transactions\":["),
            Form::Jsonl => {}
        }
        Ok(begun)
    }

    /// Writes a page.
    ///
    /// # Errors
    /// A value that JSON cannot hold: a bug; a writer that takes no more.
    pub fn page(&mut self, transactions: &[Transaction]) -> Result<()> {
        match self.form {
            Form::Csv => write_records(&mut self.page, b',', transactions.iter().flat_map(posting_rows))?,
            Form::Json | Form::Jsonl => self.objects(transactions)?,
        }
        Ok(self.flush()?)
    }

    fn objects(&mut self, transactions: &[Transaction]) -> Result<()> {
        for transaction in transactions {
            match (self.form, std::mem::replace(&mut self.is_first, false)) {
                (Form::Json, true) => self.page.push(b'\n'),
                (Form::Json, false) => self.page.extend_from_slice(b",\n"),
                _ => {}
            }
            serde_json::to_writer(&mut self.page, transaction)?;
            if self.form == Form::Jsonl {
                self.page.push(b'\n');
            }
        }
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// A writer that takes no more.
    pub fn end(mut self) -> Result<()> {
        if self.form == Form::Json {
            self.page.extend_from_slice(b"\n]}\n");
        }
        self.flush()?;
        Ok(self.out.flush()?)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.write_all(&self.page)?;
        self.page.clear();
        Ok(())
    }
}

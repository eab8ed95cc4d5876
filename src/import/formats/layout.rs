//! How the rows of one file are to be read, whatever its format.
//!
//! The value between `survey` and `rows`: opaque to callers but for what they show, store and map.

use std::io;

use super::{DateOrder, Options, ReadSeek, Rows, Signs, StatedBalance, Statement, csv};

/// How the rows of one file are to be read; made by `survey`, for `rows` on the same file.
#[derive(Debug)]
pub struct Layout {
    how: How,
}

#[derive(Debug)]
enum How {
    Csv(Box<csv::Layout>),
    Other(Box<dyn Statement>),
}

impl Layout {
    pub(super) fn of_csv(csv: csv::Layout) -> Self {
        Layout { how: How::Csv(Box::new(csv)) }
    }

    pub(super) fn of_statement(statement: Box<dyn Statement>) -> Self {
        Layout { how: How::Other(statement) }
    }

    pub(super) fn rows<'a>(&'a self, input: &'a mut dyn ReadSeek) -> io::Result<Rows<'a>> {
        match &self.how {
            How::Csv(csv) => Ok(Box::new(csv::rows(input, csv)?)),
            How::Other(statement) => statement.rows(input),
        }
    }

    /// Whether rows say what they were for, and accounts are named by the user's words.
    pub fn says_purposes(&self) -> bool {
        match &self.how {
            How::Csv(_) => false,
            How::Other(statement) => statement.says_purposes(),
        }
    }

    /// Whether any row names a category.
    pub fn names_categories(&self) -> bool {
        match &self.how {
            How::Csv(_) => false,
            How::Other(statement) => statement.names_categories(),
        }
    }

    /// Whether the file says which categories are income.
    pub fn tells_income(&self) -> bool {
        match &self.how {
            How::Csv(_) => true,
            How::Other(statement) => statement.tells_income(),
        }
    }

    /// The format's name, such as `csv`.
    pub fn format(&self) -> &'static str {
        match &self.how {
            How::Csv(_) => "csv",
            How::Other(statement) => statement.facts().format.as_str(),
        }
    }

    /// The name under which rows of this kind of file are remembered: the same for the same bank's export next
    /// month, e.g. `ofx` or `csv:91c3d2a07be5f614:1,3,2,`. That of a CSV ends in the columns that are read: when a
    /// profile takes the payee from another one, the same rows have other texts, and are compared as another source's.
    pub fn source(&self) -> String {
        match &self.how {
            How::Csv(csv) => format!("{}{}", self.kind(), csv.reading()),
            How::Other(statement) => statement.source(),
        }
    }

    /// What the sources of files with the same headings begin with, whichever columns are read.
    pub fn kind(&self) -> String {
        match &self.how {
            How::Csv(csv) => format!("csv:{}:", csv.fingerprint()),
            How::Other(statement) => statement.kind(),
        }
    }

    /// The mark of the file's headings, the same for the bank's next file; none where it has none.
    pub fn fingerprint(&self) -> Option<String> {
        match &self.how {
            How::Csv(csv) => csv.has_header().then(|| csv.fingerprint()),
            How::Other(_) => None,
        }
    }

    /// Everything that was found out or said, as a profile keeps it: with these options the file is read in
    /// the same way, row for row. None for a format that says itself how it is read.
    pub fn options(&self, said: &Options) -> Option<Options> {
        match &self.how {
            How::Csv(csv) => Some(csv::options(csv, said)),
            How::Other(_) => None,
        }
    }

    /// What was detected or said, as (what, value) to be shown to the user.
    pub fn describe(&self) -> Vec<(String, String)> {
        match &self.how {
            How::Csv(csv) => csv::describe(csv),
            How::Other(statement) => {
                let format = ("format".to_owned(), self.format().to_uppercase());
                std::iter::once(format).chain(statement.facts().described.iter().cloned()).collect()
            }
        }
    }

    /// What was left out without being rejected (footers, lines that no money stands behind), one
    /// sentence each; empty for most files.
    pub fn notes(&self) -> Vec<String> {
        match &self.how {
            How::Csv(csv) => csv::notes(csv),
            How::Other(statement) => statement.facts().notes.clone(),
        }
    }

    /// The date order that was said or that the rows settled, to be remembered for later files; none
    /// where every date reads the same in any order.
    pub fn date_order(&self) -> Option<DateOrder> {
        match &self.how {
            How::Csv(csv) => csv.date_order(),
            How::Other(statement) => statement.facts().date_order,
        }
    }

    /// The decimal mark that was said or that the rows settled, likewise; none where no amount has one.
    pub fn decimal(&self) -> Option<char> {
        match &self.how {
            How::Csv(csv) => csv.decimal(),
            How::Other(statement) => statement.facts().decimal,
        }
    }

    /// What the rows, or earlier files, say of which money goes out, likewise; none where no row depends on it.
    pub fn signs(&self) -> Option<Signs> {
        match &self.how {
            How::Csv(csv) => csv.signs(),
            How::Other(_) => None,
        }
    }

    /// How many rows the file has, rejected ones included.
    pub fn row_count(&self) -> u64 {
        match &self.how {
            How::Csv(csv) => csv.row_count(),
            How::Other(statement) => statement.facts().row_count,
        }
    }

    /// Whether the file consists of several statements: of one account some may show the same rows.
    pub fn has_several_statements(&self) -> bool {
        match &self.how {
            How::Csv(_) => false,
            How::Other(statement) => statement.facts().statement_count > 1,
        }
    }

    /// Whether rows may be payments of bookings.
    pub fn has_bookings(&self) -> bool {
        self.format() == super::FormatName::Camt.as_str()
    }

    /// The accounts that rows name, in order of appearance.
    pub fn accounts(&self) -> &[String] {
        match &self.how {
            How::Csv(csv) => csv.accounts(),
            How::Other(statement) => &statement.facts().accounts,
        }
    }

    /// The currencies that the header or rows state, in order of appearance.
    pub fn currencies(&self) -> &[String] {
        match &self.how {
            How::Csv(csv) => csv.currencies(),
            How::Other(statement) => &statement.facts().currencies,
        }
    }

    /// The balances that the file states as a whole; those beside rows are the rows' own.
    pub fn balances(&self) -> &[StatedBalance] {
        match &self.how {
            How::Csv(_) => &[],
            How::Other(statement) => &statement.facts().balances,
        }
    }
}

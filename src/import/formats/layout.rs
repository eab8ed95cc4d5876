//! How the rows of one file are to be read, whatever its format.
//!
//! The value between `survey` and `rows`: opaque to callers but for what they show, store and map.

use super::{DateOrder, Options, Signs, csv};

/// How the rows of one file are to be read; made by `survey`, for `rows` on the same file.
#[derive(Debug)]
pub struct Layout {
    csv: csv::Layout,
}

impl Layout {
    pub(super) fn of_csv(csv: csv::Layout) -> Self {
        Layout { csv }
    }

    pub(super) fn csv(&self) -> &csv::Layout {
        &self.csv
    }

    /// The format's name, such as `csv`.
    pub fn format(&self) -> &'static str {
        "csv"
    }

    /// The name under which rows of this kind of file are remembered: the same for the same bank's export next
    /// month, e.g. `csv:91c3d2a07be5f614:1,3,2,`. It ends in the columns that are read: when a profile takes the
    /// payee from another one, the same rows have other texts, and are compared as another source's.
    pub fn source(&self) -> String {
        format!("{}{}", self.kind(), self.csv.reading())
    }

    /// What the sources of files with the same headings begin with, whichever columns are read.
    pub fn kind(&self) -> String {
        format!("csv:{}:", self.csv.fingerprint())
    }

    /// The mark of the file's headings, the same for the bank's next file; none where it has none.
    pub fn fingerprint(&self) -> Option<String> {
        self.csv.has_header().then(|| self.csv.fingerprint())
    }

    /// Everything that was found out or said, as a profile keeps it: with these options the file is read in
    /// the same way, row for row.
    pub fn options(&self, said: &Options) -> Options {
        csv::options(&self.csv, said)
    }

    /// What was detected or said, as (what, value) to be shown to the user.
    pub fn describe(&self) -> Vec<(String, String)> {
        csv::describe(&self.csv)
    }

    /// What was left out without being rejected (footers, lines that no money stands behind), one
    /// sentence each; empty for most files.
    pub fn notes(&self) -> Vec<String> {
        csv::notes(&self.csv)
    }

    /// The date order that was said or that the rows settled, to be remembered for later files; none
    /// where every date reads the same in any order.
    pub fn date_order(&self) -> Option<DateOrder> {
        self.csv.date_order()
    }

    /// The decimal mark that was said or that the rows settled, likewise; none where no amount has one.
    pub fn decimal(&self) -> Option<char> {
        self.csv.decimal()
    }

    /// What the rows, or earlier files, say of which money goes out, likewise; none where no row depends on it.
    pub fn signs(&self) -> Option<Signs> {
        self.csv.signs()
    }

    /// How many rows the file has, rejected ones included.
    pub fn row_count(&self) -> u64 {
        self.csv.row_count()
    }

    /// The accounts that rows name, in order of appearance.
    pub fn accounts(&self) -> &[String] {
        self.csv.accounts()
    }

    /// The currencies that the header or rows state, in order of appearance.
    pub fn currencies(&self) -> &[String] {
        self.csv.currencies()
    }
}

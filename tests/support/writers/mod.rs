//! Files of one account as banks and other programs write them, each from the same lines: what a format cannot say (an
//! id, say) is left out. For tests of what becomes of rows whatever they come in; the book is in dollars.

mod camt;
mod csv;
mod journal;
mod mt940;
mod ofx;
mod qif;
mod ynab;

use chrono::NaiveDate;
use groat::import::formats::Options;

/// What the file is to say of one payment.
#[derive(Debug, Clone)]
pub struct Line {
    pub date: NaiveDate,
    /// Cents into the account.
    pub minor: i64,
    /// Blank where the bank names nobody.
    pub payee: String,
    /// The bank's number of it.
    pub id: Option<String>,
    /// Chooses where a bank writes the same in several ways.
    pub variant: usize,
}

impl Line {
    fn is_in(&self) -> bool {
        self.minor > 0
    }

    /// How much, without a sign.
    fn size(&self) -> String {
        decimal(self.minor.abs())
    }
}

/// Cents as `-12.50`.
pub fn decimal(minor: i64) -> String {
    format!("{}{}.{:02}", if minor < 0 { "-" } else { "" }, minor.abs() / 100, minor.abs() % 100)
}

/// How a bank says in a CSV what goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// By a minus.
    Minus,
    /// By a word in a column of its own.
    Word,
    /// By `CR` in a column of its own, which is blank for what goes out.
    Blank,
    /// By `CR` behind what comes in.
    Mark,
    /// By the column; some of what comes in is a minus in that of money out.
    Sides,
}

/// A format, in one of the forms that it comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Csv(Written),
    /// Version 1, whose tags are not closed.
    OfxSgml,
    /// Version 2.
    OfxXml,
    /// Each payment an entry.
    CamtSingle,
    /// What one day brings or takes is one entry of several payments.
    CamtBatched,
    /// With `?20` and `?32` in the details.
    Mt940German,
    /// With `/NAME/` there.
    Mt940Dutch,
    Qif,
    Hledger,
    Beancount,
    Ynab,
}

/// Each of them.
pub const ALL: [Format; 15] = [
    Format::Csv(Written::Minus),
    Format::Csv(Written::Word),
    Format::Csv(Written::Blank),
    Format::Csv(Written::Mark),
    Format::Csv(Written::Sides),
    Format::OfxSgml,
    Format::OfxXml,
    Format::CamtSingle,
    Format::CamtBatched,
    Format::Mt940German,
    Format::Mt940Dutch,
    Format::Qif,
    Format::Hledger,
    Format::Beancount,
    Format::Ynab,
];

impl Format {
    /// What groat calls it.
    pub fn name(self) -> &'static str {
        match self {
            Format::Csv(_) => "csv",
            Format::OfxSgml | Format::OfxXml => "ofx",
            Format::CamtSingle | Format::CamtBatched => "camt",
            Format::Mt940German | Format::Mt940Dutch => "mt940",
            Format::Qif => "qif",
            Format::Hledger => "hledger",
            Format::Beancount => "beancount",
            Format::Ynab => "ynab",
        }
    }

    /// Whether its files can number their rows: a QIF, a journal and YNAB's register cannot.
    pub fn has_ids(self) -> bool {
        !matches!(self, Format::Qif | Format::Hledger | Format::Beancount | Format::Ynab)
    }

    /// The bank's file with these lines, in their order; `bank` tells one bank's CSV from the other's.
    pub fn file(self, bank: usize, lines: &[Line]) -> String {
        match self {
            Format::Csv(written) => csv::file(written, bank, lines),
            Format::OfxSgml => ofx::sgml(lines),
            Format::OfxXml => ofx::xml(lines),
            Format::CamtSingle => camt::single(lines),
            Format::CamtBatched => camt::batched(lines),
            Format::Mt940German => mt940::german(lines),
            Format::Mt940Dutch => mt940::dutch(lines),
            Format::Qif => qif::file(lines),
            Format::Hledger => journal::hledger(lines),
            Format::Beancount => journal::beancount(lines),
            Format::Ynab => ynab::file(lines),
        }
    }

    /// What a user says of it; of how signs are written only with the first file.
    pub fn options(self, bank: usize, has_ids: bool, is_first: bool) -> Options {
        match self {
            Format::Csv(written) => csv::options(written, bank, has_ids, is_first),
            _ => Options::default(),
        }
    }
}

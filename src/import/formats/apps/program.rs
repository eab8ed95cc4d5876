//! The programs whose exports are known, and the headings by which each is.
//!
//! Every heading of a list has to be there, so that no bank's file is taken for one: what makes each certain is
//! written beside it.

use encoding_rs::UTF_8;

use super::super::csv::records::{Record, Records};
use super::super::text::Lines;
use super::columns::Column;
use super::header::{DELIMITERS, Header};

/// A program that exports what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// You Need A Budget: the register of the web program, and that of YNAB 4.
    Ynab,
    /// Actual Budget's transactions.
    Actual,
    /// Mint's transactions, which ended in 2024; its files are still about.
    Mint,
    /// Firefly III's transactions.
    Firefly,
}

impl Program {
    pub(super) const ALL: [Program; 4] = [Program::Ynab, Program::Actual, Program::Mint, Program::Firefly];

    /// Its word for `--input-format`.
    pub fn name(self) -> &'static str {
        match self {
            Program::Ynab => "ynab",
            Program::Actual => "actual",
            Program::Mint => "mint",
            Program::Firefly => "firefly",
        }
    }

    /// Its name for people.
    pub fn title(self) -> &'static str {
        match self {
            Program::Ynab => "YNAB",
            Program::Actual => "Actual Budget",
            Program::Mint => "Mint",
            Program::Firefly => "Firefly III",
        }
    }

    /// The headings that its file has, all of them.
    pub(super) fn headings(self) -> &'static [Column] {
        use Column as C;
        match self {
            // `Flag` beside two columns of money, and groups over categories.
            Program::Ynab => &[
                C::Account,
                C::Flag,
                C::Date,
                C::Payee,
                C::Group,
                C::Memo,
                C::Outflow,
                C::Inflow,
                C::Cleared,
            ],
            // `Split_Amount`.
            Program::Actual => {
                &[C::Account, C::Date, C::Payee, C::Memo, C::Category, C::Amount, C::SplitAmount, C::Cleared]
            }
            // `Original Description` beside `Labels`.
            Program::Mint => &[
                C::Date,
                C::Description,
                C::Original,
                C::Amount,
                C::Type,
                C::Category,
                C::Account,
                C::Labels,
                C::Memo,
            ],
            // `journal_id`.
            Program::Firefly => &[
                C::GroupId,
                C::JournalId,
                C::GroupTitle,
                C::Type,
                C::Amount,
                C::Currency,
                C::Description,
                C::Date,
                C::Source,
                C::SourceType,
                C::Destination,
                C::DestinationType,
                C::Category,
                C::Tags,
                C::Memo,
            ],
        }
    }

    /// The columns that hold money.
    pub(super) fn money(self) -> &'static [Column] {
        match self {
            Program::Ynab => &[Column::Outflow, Column::Inflow],
            Program::Actual => &[Column::Amount, Column::SplitAmount],
            Program::Mint => &[Column::Amount],
            Program::Firefly => &[Column::Amount, Column::ForeignAmount],
        }
    }

    /// Whether its amounts are numbers for machines: a point before the decimals, and nothing between thousands.
    pub(super) fn writes_bare_numbers(self) -> bool {
        matches!(self, Program::Actual | Program::Firefly)
    }

    /// Whether it puts a currency's sign beside amounts, as its user likes it.
    pub(super) fn writes_signs(self) -> bool {
        self == Program::Ynab
    }
}

/// The program whose export begins like this, in any case; the headings have to be its first line.
pub fn recognise(head: &str) -> Option<Program> {
    let bare = head.trim_start_matches(['\u{feff}', '\u{ef}', '\u{bb}', '\u{bf}']);
    DELIMITERS.into_iter().find_map(|delimiter| {
        let mut first = Record::default();
        let lines = Lines::new(bare.as_bytes(), UTF_8, 0);
        Records::new(lines, delimiter, 1).read(&mut first).ok()?;
        Header::of(&first.fields, delimiter).map(|header| header.program)
    })
}

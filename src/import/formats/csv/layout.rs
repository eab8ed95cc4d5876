//! How the rows of one CSV file are to be read: made by `settle`, shown by `told`, kept by `profile`.

use super::super::text::amounts::Side;
use super::super::text::mark;
use super::super::{DateOrder, Signs};
use super::dialect::Dialect;
use super::directions::Directions;
use super::flags::FlagWords;
use super::headers::{Columns, Money};

/// How the rows of one CSV file are to be read.
#[derive(Debug)]
pub struct Layout {
    pub(super) dialect: Dialect,
    pub(super) columns: Columns,
    /// Cells beyond these make a row one too long.
    pub(super) width: usize,
    /// Cells that the last line must have, lest the file was cut in it.
    pub(super) least_width: usize,
    /// Decimals that every amount before the last line has: fewer at the very end of the file are cut off.
    pub(super) least_scale: u32,
    /// None where no date of the file needs it.
    pub(super) order: Option<DateOrder>,
    /// None where no amount of the file has one.
    pub(super) decimal: Option<char>,
    /// Which money goes out.
    pub(super) directions: Directions,
    pub(super) words: FlagWords,
    /// Whether amounts are whole cents.
    pub(super) is_in_cents: bool,
    /// Whether a plus is money out.
    pub(super) is_inverted: bool,
    /// Of all rows that state none: as said, else as a header states it.
    pub(super) currency: Option<Currency>,
    /// What was guessed of columns without a known name, and why.
    pub(super) guessed: Vec<(&'static str, String)>,
    pub(super) is_newest_first: bool,
    /// Whether every amount counts as money in, and nothing says that it does.
    pub(super) is_one_sided: bool,
    pub(super) accounts: Vec<String>,
    pub(super) currencies: Vec<String>,
    pub(super) rows: u64,
    pub(super) left_out: LeftOut,
}

/// The currency of a whole file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Currency {
    pub(super) code: String,
    pub(super) is_said: bool,
}

/// A column that says whether money goes in or out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    pub(super) column: usize,
    /// What a blank cell means.
    pub(super) blank: Option<Side>,
    /// The words that were seen.
    pub(super) seen: Vec<(String, Side)>,
}

/// What is neither a statement line nor rejected.
#[derive(Clone, Debug, Default)]
pub struct LeftOut {
    pub(super) no_rows: u64,
    pub(super) first: Option<(u64, String)>,
    pub(super) undated: u64,
    pub(super) void: u64,
    pub(super) balances: u64,
    pub(super) first_balance: Option<(u64, String)>,
    /// A column of accounts that has too many to be those of one person.
    pub(super) crowded: Option<usize>,
}

impl LeftOut {
    /// Counts a line without date and amount.
    pub fn no_row(&mut self, line: u64, text: &str) {
        self.no_rows += 1;
        self.first.get_or_insert_with(|| (line, text.chars().take(60).collect()));
    }

    /// Counts a balance.
    pub fn balance(&mut self, line: u64, text: &str) {
        self.balances += 1;
        self.first_balance.get_or_insert_with(|| (line, text.chars().take(60).collect()));
    }
}

/// The mark of a header, the same for every file with it: of its cells,
/// but for their case and their digits, which may be a day or a balance.
pub fn fingerprint<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let plain = |c: char| if c.is_ascii_digit() { '#' } else { c };
    mark(names.map(|name| name.to_lowercase().chars().map(plain).collect()))
}

impl Layout {
    /// The fingerprint of the header.
    pub fn fingerprint(&self) -> String {
        fingerprint(self.dialect.names.iter().map(String::as_str))
    }

    /// Which columns the day, the amount and the texts come from, as a short text that is the same for every file
    /// that is read alike: what rows are compared by comes from these.
    pub fn reading(&self) -> String {
        let columns = &self.columns;
        let flag = self.directions.flag.as_ref().map(|flag| flag.column);
        let joined = |places: &mut dyn Iterator<Item = usize>| {
            places
                .filter(|place| Some(*place) != flag)
                .map(|place| (place + 1).to_string())
                .collect::<Vec<_>>()
                .join(".")
        };
        let money = match columns.money {
            Money::Amount(place) => joined(&mut [place].into_iter()),
            Money::Sides { debit, credit } => {
                format!("{}-{}", joined(&mut debit.into_iter()), joined(&mut credit.into_iter()))
            }
        };
        let payee = joined(&mut columns.payer.iter().chain(&columns.payee).copied());
        let memo = joined(&mut columns.memo.iter().chain(&columns.texts).copied());
        let sign = if self.is_inverted { "i" } else { "" };
        format!("{},{sign}{money},{payee},{memo}", columns.date + 1)
    }

    /// Whether there is a header.
    pub fn has_header(&self) -> bool {
        self.dialect.header_line.is_some()
    }

    /// The date order that was said or that rows settled.
    pub fn date_order(&self) -> Option<DateOrder> {
        self.order
    }

    /// The decimal mark that was said or that rows settled.
    pub fn decimal(&self) -> Option<char> {
        self.decimal
    }

    /// What rows show, or earlier files settled, of which money goes out; none where no row depends on it.
    pub fn signs(&self) -> Option<Signs> {
        self.directions.signs
    }

    /// How many rows there are, rejected ones included.
    pub fn row_count(&self) -> u64 {
        self.rows
    }

    /// The accounts that rows name.
    pub fn accounts(&self) -> &[String] {
        &self.accounts
    }

    /// The currencies that the header or rows state.
    pub fn currencies(&self) -> &[String] {
        &self.currencies
    }
}

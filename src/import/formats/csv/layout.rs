//! How the rows of one CSV file are to be read, and how that is told.

use super::super::DateOrder;
use super::amounts::Side;
use super::dialect::Dialect;
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
    /// None where no date of the file needs it.
    pub(super) order: Option<DateOrder>,
    /// None where no amount of the file has one.
    pub(super) decimal: Option<char>,
    /// Whether the column of money out has minus signs of its own.
    pub(super) is_debit_signed: bool,
    /// Whether `CR` marks what comes in, and everything without it goes out.
    pub(super) is_unmarked_debit: bool,
    pub(super) flag: Option<Flag>,
    pub(super) header_currency: Option<&'static str>,
    pub(super) accounts: Vec<String>,
    pub(super) currencies: Vec<String>,
    pub(super) rows: u64,
    pub(super) left_out: LeftOut,
}

/// A column that says whether money goes in or out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flag {
    pub(super) column: usize,
    /// What a blank cell means.
    pub(super) blank: Option<Side>,
}

/// What is neither a statement line nor rejected.
#[derive(Clone, Debug, Default)]
pub struct LeftOut {
    pub(super) no_rows: u64,
    pub(super) first: Option<(u64, String)>,
    pub(super) undated: u64,
    pub(super) void: u64,
    pub(super) balances: u64,
}

impl LeftOut {
    /// Counts a line without date and amount.
    pub fn no_row(&mut self, line: u64, text: &str) {
        self.no_rows += 1;
        self.first.get_or_insert_with(|| (line, text.chars().take(60).collect()));
    }
}

impl Layout {
    /// Sixteen hexadecimal digits that are the same for every file with this header: FNV-1a of its cells,
    /// but for their case and their digits, which may be a day or a balance.
    pub fn fingerprint(&self) -> String {
        const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
        const PRIME: u64 = 0x0000_0100_0000_01b3;
        let plain = |c: char| if c.is_ascii_digit() { '#' } else { c };
        let cells = self
            .dialect
            .names
            .iter()
            .map(|name| name.to_lowercase().chars().map(plain).chain(['\u{1f}']).collect());
        let hash = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME);
        format!("{:016x}", cells.flat_map(String::into_bytes).fold(OFFSET, hash))
    }

    /// The date order that was said or that rows settled.
    pub fn date_order(&self) -> Option<DateOrder> {
        self.order
    }

    /// The decimal mark that was said or that rows settled.
    pub fn decimal(&self) -> Option<char> {
        self.decimal
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

    /// A column as it is shown: its number and its header.
    pub(super) fn column(&self, column: usize) -> String {
        match self.dialect.names.get(column).map(String::as_str) {
            None | Some("") => format!("column {}", column + 1),
            Some(name) => format!("column {} `{name}`", column + 1),
        }
    }
}

/// What was detected, as (what, value).
pub fn describe(layout: &Layout) -> Vec<(String, String)> {
    let mut told = Told { layout, lines: Vec::new() };
    told.dialect();
    told.date_and_money();
    told.others();
    told.lines
}

/// What was left out, one sentence each.
pub fn notes(layout: &Layout) -> Vec<String> {
    let LeftOut { no_rows, first, undated, void, balances } = &layout.left_out;
    let counted = |count: u64, one: &str, many: &str| {
        (count > 0).then(|| if count == 1 { format!("1 {one}") } else { format!("{count} {many}") })
    };
    let first =
        first.as_ref().map_or(String::new(), |(line, text)| format!(", the first is line {line}: `{text}`"));
    let no_rows = counted(*no_rows, "line has neither date nor amount", "lines have neither date nor amount");
    let undated = counted(
        *undated,
        "pending row has no date yet; a later file will have it",
        "pending rows have no date yet; a later file will have them",
    );
    let void = counted(
        *void,
        "row was declined or failed: no money moved",
        "rows were declined or failed: no money moved",
    );
    let balances = counted(*balances, "row is a balance, not a movement", "rows are balances, not movements");
    [no_rows.map(|text| text + &first), undated, void, balances].into_iter().flatten().collect()
}

/// The lines of a description as they are gathered.
struct Told<'a> {
    layout: &'a Layout,
    lines: Vec<(String, String)>,
}

impl Told<'_> {
    fn tell(&mut self, what: &str, value: impl Into<String>) {
        self.lines.push((what.to_owned(), value.into()));
    }

    fn tell_columns(&mut self, what: &str, columns: &[usize]) {
        let shown: Vec<_> = columns.iter().map(|column| self.layout.column(*column)).collect();
        if !shown.is_empty() {
            self.tell(what, shown.join(", "));
        }
    }

    fn dialect(&mut self) {
        let dialect = &self.layout.dialect;
        self.tell("format", "CSV");
        self.tell("encoding", dialect.encoded.encoding.name());
        self.tell(
            "delimiter",
            if dialect.delimiter == b'\t' {
                "tab".to_owned()
            } else {
                format!("`{}`", char::from(dialect.delimiter))
            },
        );
        self.tell("header", dialect.header_line.map_or("none".to_owned(), |line| format!("line {line}")));
    }

    fn date_and_money(&mut self) {
        let layout = self.layout;
        self.tell("date", layout.column(layout.columns.date));
        self.tell("date order", layout.order.map_or("the same in any", DateOrder::words));
        match layout.columns.money {
            Money::Amount(column) => self.tell("amount", layout.column(column)),
            Money::Sides { debit, credit } => {
                self.tell_columns("money out", debit.as_slice());
                self.tell_columns("money in", credit.as_slice());
            }
        }
        self.tell_columns("in or out", layout.flag.map(|flag| flag.column).as_slice());
        if layout.is_unmarked_debit {
            self.tell("in or out", "out, but for amounts marked `CR`");
        }
        self.tell("decimal mark", layout.decimal.map_or("none".to_owned(), |mark| format!("`{mark}`")));
    }

    fn others(&mut self) {
        let Layout { columns, .. } = self.layout;
        self.tell_columns("payee", &columns.payee);
        self.tell_columns("payee of money in", columns.payer.as_slice());
        self.tell_columns("memo", &columns.memo);
        match (columns.currency, self.layout.header_currency) {
            (Some(column), _) => self.tell_columns("currency", &[column]),
            (None, Some(code)) => self.tell("currency", format!("{code}, from the header")),
            (None, None) => {}
        }
        let accounts: Vec<_> = columns.accounts.iter().map(|account| account.column).collect();
        self.tell_columns("account", &accounts);
        self.tell_columns("bank id", &columns.ids);
        self.tell_columns("status", columns.status.as_slice());
        self.tell_columns("balance", columns.balance.as_slice());
    }
}

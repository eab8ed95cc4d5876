//! What a format makes of a file: statement lines and rejected rows.
//!
//! Values here, no rules. Formats fill them; `import`'s plan and its output read them.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;

/// One row of a bank's file, as read: nothing is rounded, renamed or matched yet.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(Default))]
pub struct FileLine {
    /// The 1-based physical line at which the row starts.
    pub line: u64,
    /// The bank's own day of the booking or the transaction.
    pub date: NaiveDate,
    /// Money into the account is positive, out of it negative; with as many decimals as the file shows.
    pub amount: Decimal,
    /// The currency that the row or the header states: an ISO 4217 code, else the text as it is.
    pub currency: Option<String>,
    /// The other party in the bank's words, without blanks around it; never blank.
    pub payee: Option<String>,
    /// What else the bank says of it; several columns are joined by a blank; never blank.
    pub memo: Option<String>,
    /// What the bank numbers its transactions by; never a placeholder such as `0` or `NONREF`.
    pub bank_id: Option<String>,
    /// The account as the file names it: a number, an IBAN or a name.
    pub account: Option<String>,
    /// Whether the bank says that it is not booked yet.
    pub is_pending: bool,
    /// The balance of the account beside the row, as it is signed there.
    pub balance: Option<Decimal>,
    /// The account on the other side as the file names it (an IBAN, a number; in QIF and journals a name): of a
    /// transfer, if it is one of the user's own.
    pub other_account: Option<String>,
    /// What it was for, where the file says so, as other programs' do; banks' files do not.
    pub purpose: Option<Box<Purpose>>,
    /// The bank's booking of several payments that the row is one of.
    pub booking: Option<Box<Booking>>,
    /// Which statement of the file it stands in, from 0: the rows of one may be those of an earlier one.
    pub statement: u32,
    /// The row's text without its line end; lines of a quoted field are joined by `\n`.
    pub raw: String,
}

/// A booking of several payments: other files, and other banks' formats, may show it as one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    /// Which of the file's it is.
    pub number: u64,
    /// What the bank numbers it by; never a placeholder.
    pub reference: Option<String>,
    /// What its payments sum to, signed as they are.
    pub total: Decimal,
}

/// What a row was for, by the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Purpose {
    /// Its parts: their amounts sum to the row's. None where the file says no categories.
    pub parts: Vec<FilePart>,
    /// Tags; never blank.
    pub tags: Vec<String>,
    /// The other party in better words than the bank's; never blank.
    pub payee: Option<String>,
    /// A note in better words than the bank's; never blank.
    pub memo: Option<String>,
    /// What all of it is worth in another currency, and which; signed as the row's amount is.
    pub worth: Option<(Decimal, String)>,
    /// Whether the file says that it is not confirmed yet, though it is booked here.
    pub is_unconfirmed: bool,
}

/// A part of a row's amount that the file gives a category.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilePart {
    /// The category in the file's words, groups before it parted by `:`; never blank.
    pub category: Option<String>,
    /// The own account that this part went to or came from, where it is a transfer.
    pub other_account: Option<String>,
    /// What that account has of it, with its own sign, and in which currency, where the file says so: an ISO 4217 code.
    /// None where it is the opposite.
    pub other_amount: Option<(Decimal, Option<String>)>,
    /// The day on which that account has it; none where it is the row's.
    pub other_date: Option<NaiveDate>,
    /// What is said of that account's side alone; never blank.
    pub other_memo: Option<String>,
    /// Signed as the row's amount is.
    pub amount: Decimal,
    /// What is said of this part alone; never blank.
    pub memo: Option<String>,
}

/// A row that cannot be read; it is told with its place and stops nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rejected {
    /// The 1-based physical line at which the row starts.
    pub line: u64,
    /// The row's text without its line end.
    pub text: String,
    /// One lower-case sentence without a full stop, the value in backticks.
    pub reason: String,
}

/// What became of one row of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// A statement line, pending ones included.
    Line(FileLine),
    /// A row that cannot be read.
    Rejected(Rejected),
}

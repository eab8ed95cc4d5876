//! By what a row is recognised when a later file shows it again: day, amount and normalised text.

use chrono::NaiveDate;

use super::formats::FileLine;
use crate::domain::money::Minor;
use crate::domain::name::fold;

/// The version of the normaliser below; it stands with every key, so that a better one can make older keys
/// anew from the kept rows.
pub const VERSION: i32 = 1;

/// The key of a booked row. The account stands beside it.
pub fn of_line(line: &FileLine, amount: Minor) -> String {
    of_parts(line.date, amount, line.payee.as_deref(), line.memo.as_deref())
}

fn of_parts(date: NaiveDate, amount: Minor, payee: Option<&str>, memo: Option<&str>) -> String {
    let text = |part: Option<&str>| part.map(fold).unwrap_or_default();
    format!("{date}|{}|{}|{}", amount.0, text(payee), text(memo))
}

/// The key of a row that is not booked yet: never that of a booked one.
pub fn of_pending(line: &FileLine, amount: Minor) -> String {
    format!("pending|{}", of_line(line, amount))
}

/// The key of a row that cannot be read: its text.
pub fn of_rejected(text: &str) -> String {
    format!("rejected|{text}")
}

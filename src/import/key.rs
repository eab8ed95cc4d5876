//! By what a row is recognised when a later file shows it again: day, amount and normalised text. A key begins
//! with day and amount as they are, whatever the version, so that keys also answer what stood on a day.

use chrono::NaiveDate;

use super::formats::FileLine;
use super::plan::minor;
use crate::domain::money::Minor;
use crate::domain::name::fold;

/// The version of the normaliser below; it stands with every key, so that a better one can make older keys
/// anew from the kept rows.
pub const VERSION: i32 = 1;

/// What stands before the key of a row that the bank has not booked.
const PENDING: &str = "pending|";

/// The key of a row; that of one that is not booked yet is never that of a booked one. The account stands
/// beside it.
pub fn of_line(line: &FileLine, amount: Minor) -> String {
    let mut key = of_day(line, amount);
    key.extend(line.payee.as_deref().map(fold));
    key.push('|');
    key.extend(line.memo.as_deref().map(fold));
    key
}

/// What all keys of that day and amount begin with.
pub fn of_day(line: &FileLine, amount: Minor) -> String {
    format!("{}{}|{}|", if line.is_pending { PENDING } else { "" }, line.date, amount.0)
}

/// What the booking of several payments that a row is one of is found by: it begins as the keys of its day and of its
/// sum do. None for a row that is no such payment, or of a sum that is 0 or no account can hold.
pub fn of_booking(line: &FileLine, exponent: u32) -> Option<String> {
    let booking = line.booking.as_ref()?;
    let total = minor(booking.total, exponent).filter(|total| total.0 != 0)?;
    Some(format!("{}{}", of_day(line, total), booking.reference.as_deref().unwrap_or_default()))
}

/// The amount in what a key, or what a booking is found by, begins with.
pub fn amount_of(key: &str) -> Option<i64> {
    key.strip_prefix(PENDING).unwrap_or(key).split('|').nth(1)?.parse().ok()
}

/// The key of a payment that the row which is that line booked with others, as one. It begins as keys of that day and amount
/// do, so that another source's row of the payment finds it; no row has it, as those go on to a third `|`.
pub fn of_share(date: NaiveDate, amount: i64, whole: i64) -> String {
    format!("{date}|{amount}|{whole}")
}

/// The line of the row that booked the payment which has the key; none for the key of a row.
pub fn whole_of(key: &str) -> Option<i64> {
    let (date, rest) = key.split_once('|')?;
    let (amount, whole) = rest.split_once('|')?;
    let is_share = date.parse::<NaiveDate>().is_ok() && amount.parse::<i64>().is_ok();
    is_share.then(|| whole.parse().ok()).flatten()
}

/// What the booking of several payments is found by that a row is all of: by its key's beginning and its number.
pub fn of_whole(line: &FileLine, amount: Minor) -> String {
    format!("{}{}", of_day(line, amount), line.bank_id.as_deref().unwrap_or_default())
}

/// Whether it is the key of a row that was not booked yet.
pub fn is_pending(key: &str) -> bool {
    key.starts_with(PENDING)
}

/// The keys of rows that were not booked yet, from a day to another, both included: from the first text to before
/// the second.
pub fn of_pending_days(from: NaiveDate, to: NaiveDate) -> (String, String) {
    (format!("{PENDING}{from}|"), format!("{PENDING}{to}}}"))
}

/// The key of a row that cannot be read: its text, but for NUL, which PostgreSQL cannot hold.
pub fn of_rejected(text: &str) -> String {
    format!("rejected|{}", text.replace('\0', "\u{fffd}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_a_payment_of_a_row_is_that_of_no_row() {
        let date = NaiveDate::default();
        let share = of_share(date, -200, 17);
        assert_eq!(whole_of(&share), Some(17));
        let line = FileLine { date, payee: Some("17".to_owned()), ..FileLine::default() };
        assert!(share.starts_with(&of_day(&line, Minor(-200))));
        let pending = FileLine { is_pending: true, ..line.clone() };
        let bare = FileLine { payee: None, ..line.clone() };
        for row in [&line, &pending, &bare] {
            assert_eq!(whole_of(&of_line(row, Minor(-200))), None);
        }
        assert_eq!(whole_of(&of_rejected("-200|17")), None);
    }
}

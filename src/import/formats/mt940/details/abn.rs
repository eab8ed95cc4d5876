//! Texts of ABN AMRO before SEPA, in columns of 32 characters: `GIRO   428428 KPN`, `52.89.39.882   MYCOM`, and
//! payments by card (`BEA   NR:XXX1234   21.05.11/12.54 DIRX,PAS999`).
//!
//! Only who it was is taken from them; the whole text is the memo, as nothing tells its parts apart.

use super::{Details, collapse, wrapped};

/// Where the first column ends.
const COLUMN: usize = 32;

/// Reads such a text; none where it begins otherwise.
pub fn read(text: &str) -> Option<Details> {
    let first = text.lines().next()?;
    let (payee, other_account) = giro(first).or_else(|| bank(first)).or_else(|| card(first))?;
    let memo = collapse(&wrapped::unwrap(text, wrapped::DUTCH_LINE, None));
    Some(Details { payee: collapse(payee), memo, other_account: other_account.map(str::to_owned) })
}

/// `GIRO`, a number and a name, which ends with the column or before.
fn giro(line: &str) -> Option<(&str, Option<&str>)> {
    let rest = line.strip_prefix("GIRO")?;
    let number = rest.trim_start();
    let (number, name) = number.split_at(number.find(' ')?);
    let is_number = rest.starts_with(' ') && number.bytes().all(|b| b.is_ascii_digit()) && !number.is_empty();
    let room = COLUMN.checked_sub(line.len() - name.len())?;
    let name = &name[..name.floor_char_boundary(room)];
    is_number.then_some((before_gap(name.trim_start()), Some(number)))
}

/// An account with dots in it, and a name in the second column.
fn bank(line: &str) -> Option<(&str, Option<&str>)> {
    let (number, name) = line.split_at(line.find(' ')?);
    let groups: Vec<_> = number.split('.').take(5).map(str::len).collect();
    let is_number = groups == [2, 2, 2, 3] && number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    is_number.then_some((before_gap(name.trim_start()), Some(number)))
}

/// A payment (`BEA`) or cash (`GEA`) by card: terminal, day and time, and who, up to the card's number.
fn card(line: &str) -> Option<(&str, Option<&str>)> {
    let rest = line.strip_prefix("BEA ").or_else(|| line.strip_prefix("GEA "))?;
    let rest = rest.trim_start().strip_prefix("NR:")?;
    let time = rest[rest.find(' ')?..].trim_start();
    let (time, name) = time.split_at(time.find(' ')?);
    let shape: String = time.chars().take(15).map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    let end = name.find(",PAS").unwrap_or(name.len());
    (shape == "99.99.99/99.99").then_some((name[..end].trim(), None))
}

/// The text up to where a column of blanks begins.
fn before_gap(text: &str) -> &str {
    text.split("  ").next().unwrap_or_default()
}

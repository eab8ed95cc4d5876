//! Amounts beside a currency's sign that is none of `text::currency`'s: YNAB's users choose from all there are.
//!
//! Such a sign states no currency here; it only must not keep the number from being read.

use std::borrow::Cow;

use super::super::text::amounts::{self, AmountText};

/// No sign has more characters: `Lek`, `лв.`, `RD$`, `Bs.F.`
const LONGEST_SIGN: usize = 5;

/// Reads an amount with any sign before or behind it.
pub fn read(text: &str) -> Option<AmountText> {
    amounts::read(text).or_else(|| amounts::read(&without_sign(text)?))
}

/// The number with its minus; none where something else than a sign stands around it.
fn without_sign(text: &str) -> Option<Cow<'_, str>> {
    let first = text.find(|c: char| c.is_ascii_digit())?;
    let last = text.rfind(|c: char| c.is_ascii_digit())?;
    let (before, number, behind) = (&text[..first], &text[first..=last], &text[last + 1..]);
    let around = || before.chars().chain(behind.chars());
    let is_minus = |c: &char| matches!(c, '-' | '\u{2212}');
    let is_of_sign =
        |c: char| c.is_alphabetic() || matches!(c, '$' | '.' | '/') || (!c.is_ascii() && !c.is_numeric());
    let sign: Vec<char> = around().filter(|c| !is_minus(c) && !c.is_whitespace()).collect();
    if sign.len() > LONGEST_SIGN || !sign.into_iter().all(is_of_sign) {
        return None;
    }
    match around().filter(is_minus).count() {
        0 => Some(Cow::Borrowed(number)),
        1 => Some(Cow::Owned(format!("-{number}"))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_all_countries_are_passed_over() {
        let cases = [
            ("$12.50", Some("12.50")),
            ("₱1,250.00", Some("1250.00")),
            ("-₱5.00", Some("-5.00")),
            ("₱-5.00", Some("-5.00")),
            ("Rp37.00", Some("37.00")),
            ("RM 12.00", Some("12.00")),
            ("S/.12.00", Some("12.00")),
            ("12.00 د.إ", Some("12.00")),
            ("L12.00-", Some("-12.00")),
            ("12.00", Some("12.00")),
            ("--₱5.00", None),
            ("about 12", Some("12")),
            ("nearly 12", None),
            ("#12", None),
            ("₱", None),
            ("", None),
        ];
        for (text, expected) in cases {
            let value = read(text).and_then(|read| read.value('.')).map(|value| value.to_string());
            assert_eq!(value.as_deref(), expected, "{text}");
        }
    }
}

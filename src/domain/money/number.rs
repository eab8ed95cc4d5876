//! One number as people write it: `1,234.56`, `1.234,56`, `1'234.50`, `1 234,5`, `.45`.
//!
//! Decides which mark is the decimal one (cli.md, section 4) and that the other groups in threes.
//! Blanks and apostrophes were made one kind each by `amount`; currency and sign are gone by then.

use super::{
    fraction::{Fraction, too_long},
    territory::DecimalMark,
};
use crate::domain::invalid::Invalid;

const MARKS: [char; 2] = ['.', ','];

/// Reads a number without sign.
///
/// # Errors
/// With the reason alone; `parse_amount` puts the text in front of it.
pub(super) fn read_number(text: &str, mark: DecimalMark) -> Result<Fraction, Invalid> {
    let (whole, fraction) = split_at_decimal_mark(text, mark)?;
    let digits = ungrouped(whole)? + fraction;
    let scale = u32::try_from(fraction.len()).map_err(|_| too_long())?;
    Fraction::from_digits(digits.parse().map_err(|_| too_long())?, scale)
}

fn split_at_decimal_mark(text: &str, mark: DecimalMark) -> Result<(&str, &str), Invalid> {
    let Some((whole, last, after)) = around_last_mark(text) else { return Ok((text, "")) };
    if !is_decimal_mark(whole, last, after, mark) {
        return Ok((text, ""));
    }
    if after.is_empty() {
        return Err(Invalid::new(format!("no digit follows its `{last}`")).hint("leave the mark out"));
    }
    if !is_digits(after) {
        return Err(Invalid::new(format!("after the decimal mark `{last}` come digits only")));
    }
    Ok((whole, after))
}

fn around_last_mark(text: &str) -> Option<(&str, char, &str)> {
    let at = text.rfind(MARKS)?;
    let last = text[at..].chars().next()?;
    Some((&text[..at], last, &text[at + last.len_utf8()..]))
}

/// Whether the last mark of a number is the decimal one and not a thousands mark.
fn is_decimal_mark(whole: &str, last: char, after: &str, mark: DecimalMark) -> bool {
    if whole.contains(last) {
        return false;
    }
    let is_grouped_otherwise = !is_digits(whole);
    let cannot_group = after.len() != 3 || whole.is_empty() || whole == "0";
    is_grouped_otherwise || cannot_group || last == mark.as_char()
}

/// The digits of a whole number, its thousands marks taken out.
fn ungrouped(whole: &str) -> Result<String, Invalid> {
    let Some(separator) = whole.chars().find(|c| !c.is_ascii_digit()) else { return Ok(whole.to_owned()) };
    let mut groups = whole.split(separator);
    let first = groups.next().unwrap_or_default();
    let leads = is_digits(first) && (1..=3).contains(&first.len()) && !first.starts_with('0');
    if leads && groups.all(|group| is_digits(group) && group.len() == 3) {
        return Ok(whole.split(separator).collect());
    }
    Err(Invalid::new("thousands are grouped in threes, with one kind of mark")
        .hint("write it without grouping, as in `1234567.89`"))
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

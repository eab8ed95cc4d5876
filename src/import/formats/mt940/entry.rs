//! An entry, `:61:`: `1105240524D9,NTRFNONREF//0724710333343453`, with a further line of the bank's own.
//!
//! SWIFT's own rule for it: value date, entry date, mark, funds code, amount, type, reference for the owner, `//` and
//! the bank's reference. Banks leave out most of what comes behind the amount.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::text::is_no_id;
use super::{amount, dates};

/// What the field says.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The entry date, on which it was booked, else the value date.
    pub date: NaiveDate,
    /// Money into the account is positive.
    pub amount: Decimal,
    /// Whether it is only expected (`EC`, `ED`, as in MT942).
    pub is_pending: bool,
    /// What the account's owner is to know it by; may be blank or a placeholder.
    pub reference: &'a str,
    /// The bank's reference.
    pub bank_id: Option<&'a str>,
    /// The further lines.
    pub supplement: &'a str,
}

/// Reads the value of the field.
///
/// # Errors
/// One lower-case sentence of what is wrong.
pub fn read(text: &str) -> Result<Entry<'_>, String> {
    let (first, supplement) = text.split_once('\n').unwrap_or((text, ""));
    let first = first.trim();
    let (date, rest) = date(first)?;
    let (mark, rest) = mark(rest).ok_or_else(|| {
        let shown = &rest[..rest.floor_char_boundary(20)];
        format!("`{shown}` begins neither with `C`, `D`, `RC` nor `RD`: money in or out is open")
    })?;
    // A letter before the amount is the third of the currency's code: a code for funds.
    let rest = rest.strip_prefix(|c: char| c.is_ascii_uppercase()).unwrap_or(rest).trim_start();
    let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.')).unwrap_or(rest.len());
    let (digits, rest) = rest.split_at(end);
    let value = amount::read(digits).ok_or_else(|| format!("the amount `{digits}` is not a number"))?;
    let (reference, bank_id) = references(rest);
    let value = if mark.is_out { amount::negated(value) } else { value };
    Ok(Entry { date, amount: value, is_pending: mark.is_expected, reference, bank_id, supplement })
}

/// The day, and what comes behind it. An entry date of zeros is none.
fn date(text: &str) -> Result<(NaiveDate, &str), String> {
    let (digits, rest) = text.split_at(text.bytes().take_while(u8::is_ascii_digit).count());
    let (value, entry) = digits.split_at(digits.len().min(6));
    let date = dates::value_date(value).ok_or_else(|| format!("the value date `{value}` cannot be read"))?;
    match entry {
        "" | "0000" => Ok((date, rest.trim_start())),
        _ if entry.len() != 4 => Err(format!("the dates `{digits}` cannot be read")),
        _ => {
            let entry = dates::entry_date(entry, date)
                .ok_or_else(|| format!("the entry date `{entry}` does not exist"))?;
            Ok((entry, rest.trim_start()))
        }
    }
}

/// Which way the money goes.
struct Mark {
    is_out: bool,
    is_expected: bool,
}

/// Reads the mark: a reversal of a credit (`RC`) takes money out.
fn mark(text: &str) -> Option<(Mark, &str)> {
    let marks = [
        ("RC", true, false),
        ("RD", false, false),
        ("EC", false, true),
        ("ED", true, true),
        ("C", false, false),
        ("D", true, false),
    ];
    let found = marks.into_iter().find_map(|(mark, is_out, is_expected)| {
        Some((Mark { is_out, is_expected }, text.strip_prefix(mark)?))
    });
    found.map(|(mark, rest)| (mark, rest.trim_start()))
}

/// The reference for the owner and the bank's, behind a type of four characters such as `NTRF`.
fn references(text: &str) -> (&str, Option<&str>) {
    let text = text.trim_start();
    let is_type = text.starts_with(['N', 'F', 'S'])
        && text.get(1..4).is_some_and(|code| code.bytes().all(|b| b.is_ascii_alphanumeric()));
    let rest = if is_type { &text[4..] } else { text };
    let (owner, bank) = rest.split_once("//").unwrap_or((rest, ""));
    (owner.trim(), Some(bank.trim()).filter(|id| !is_no_id(id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match read(text) {
            Err(reason) => reason,
            Ok(entry) => {
                let pending = if entry.is_pending { " pending" } else { "" };
                let id = entry.bank_id.unwrap_or("-");
                format!("{} {} {} {id}{pending}", entry.date, entry.amount, entry.reference)
            }
        }
    }

    #[test]
    fn entries_as_banks_write_them() {
        let cases = [
            ("1405070507C500,NTRFNONREF//B4E07XM00J000023", "2014-05-07 500 NONREF B4E07XM00J000023"),
            ("1105240520D9,N192NONREF", "2011-05-20 -9 NONREF -"),
            ("100722D25,03NTRFNONREF", "2010-07-22 -25.03 NONREF -"),
            ("0709070904CR50990,05NTRFNONREF//07247", "2007-09-04 50990.05 NONREF 07247"),
            ("0709040904DR0,08NTRFTFNr 40001 MSGID//R72", "2007-09-04 -0.08 TFNr 40001 MSGID R72"),
            ("2401021231RC12,50NRTIX//1", "2023-12-31 -12.50 X 1"),
            ("2312310102RD12,50NRTIX//1", "2024-01-02 12.50 X 1"),
            ("240102RDR12,50NRTIX", "2024-01-02 12.50 X -"),
            ("240102ED7,NTRFX", "2024-01-02 -7 X - pending"),
            ("240102EC7,NTRFX", "2024-01-02 7 X - pending"),
            ("1407290729C500NTRF29-07-2014 10:05//B4G", "2014-07-29 500 29-07-2014 10:05 B4G"),
            ("130101D000000000025,00N102EREF", "2013-01-01 -25.00 EREF -"),
            ("240102D9,", "2024-01-02 -9  -"),
            ("2401020000C9,NTRFX//NONREF", "2024-01-02 9 X -"),
            ("2212191220C119,NMSC341241773/1XX//O/3412", "2022-12-20 119 341241773/1XX O/3412"),
            ("230230C1,NINT", "2023-02-28 1  -"),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn odd_entries_say_what_is_odd() {
        let cases = [
            ("", "the value date `` cannot be read"),
            ("241301C5,", "the value date `241301` cannot be read"),
            ("24010201C5,", "the dates `24010201` cannot be read"),
            ("2401020230C5,", "the entry date `0230` does not exist"),
            (
                "240102X5,NTRF",
                "`X5,NTRF` begins neither with `C`, `D`, `RC` nor `RD`: money in or out is open",
            ),
            ("240102C1.234NTRF", "the amount `1.234` is not a number"),
            ("240102C5,00,NTRF", "the amount `5,00,` is not a number"),
            ("240102CNTRF", "the amount `` is not a number"),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}

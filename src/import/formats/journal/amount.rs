//! Amounts of hledger and ledger: a number with a commodity on either side, signs before either.
//!
//! `posting` and the directives call it; `numbers` knows the digits.

use rust_decimal::Decimal;

use super::commodity::Commodity;
use super::dialect::Dialect;
use super::expression::{self, Value};
use super::scan::Scan;
use super::styles::Styles;

/// So much of a commodity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// How much, signed, with the decimals that the file shows.
    pub number: Decimal,
    /// Of what.
    pub commodity: Commodity,
}

/// An amount with what its text showed.
pub struct Written<'a> {
    /// The sign or word beside the number as it stands, without quotes; none where there is none.
    pub symbol: Option<&'a str>,
    /// The number, without its sign.
    pub number: super::numbers::Number,
    /// Whether a minus stands before it.
    pub is_negative: bool,
}

impl Written<'_> {
    /// The value with its sign.
    pub fn value(&self) -> Decimal {
        let value = self.number.value;
        if self.is_negative && !value.is_zero() { -value } else { value }
    }
}

/// Reads an amount, in ledger also one that is calculated.
///
/// # Errors
/// Where there is none.
pub fn read(scan: &mut Scan<'_>, styles: &mut Styles) -> Result<Amount, String> {
    if styles.dialect == Dialect::Ledger && scan.peek() == Some('(') {
        return calculated(scan, styles);
    }
    let begin = scan.rest();
    let written = read_written(scan, styles)?;
    let amount = Amount { number: written.value(), commodity: commodity(written.symbol, styles) };
    if written.number.is_ambiguous && amount.commodity.is_currency {
        styles.doubt(begin[..begin.len() - scan.rest().len()].trim());
    }
    Ok(amount)
}

fn commodity(symbol: Option<&str>, styles: &Styles) -> Commodity {
    Commodity::of(symbol.unwrap_or(styles.default_symbol()))
}

/// Reads an amount and keeps how it is written.
///
/// # Errors
/// Where there is none.
pub fn read_written<'a>(scan: &mut Scan<'a>, styles: &mut Styles) -> Result<Written<'a>, String> {
    let missing = match scan.next_word() {
        "" => "an amount is missing".to_owned(),
        word => format!("`{word}` is no amount"),
    };
    let mut is_negative = sign(scan);
    let mut symbol = None;
    if !begins_number(scan.rest()) {
        symbol = Some(read_symbol(scan).ok_or_else(|| missing.clone())?);
        scan.skip_blanks();
        is_negative = is_negative.or_else(|| sign(scan));
    }
    let digits = take_number(scan, styles.dialect).ok_or(missing)?;
    if symbol.is_none() {
        let mut ahead = *scan;
        ahead.skip_blanks();
        symbol = read_symbol(&mut ahead);
        if symbol.is_some() {
            *scan = ahead;
        }
    }
    let number = styles.read(digits, symbol.unwrap_or(styles.default_symbol()).to_owned().as_str())?;
    Ok(Written { symbol, number, is_negative: is_negative.unwrap_or(false) })
}

/// Moves behind a sign and blanks; whether it is a minus, if there is one.
fn sign(scan: &mut Scan<'_>) -> Option<bool> {
    let found = match scan.peek() {
        Some('-') => scan.eat("-"),
        Some('+') => !scan.eat("+"),
        _ => return None,
    };
    scan.skip_blanks();
    Some(found)
}

fn begins_number(text: &str) -> bool {
    let digits = text.strip_prefix(['.', ',']).unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit())
}

/// The digits and marks of a number; hledger's groups may be parted by blanks.
fn take_number<'a>(scan: &mut Scan<'a>, dialect: Dialect) -> Option<&'a str> {
    let text = scan.rest();
    if !begins_number(text) {
        return None;
    }
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let behind = text[at + c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit());
        let is_group = matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}') && dialect == Dialect::Hledger;
        match c {
            _ if c.is_ascii_digit() => {}
            '.' | ',' => {}
            '\'' if behind => {}
            _ if is_group && behind => {}
            _ => break,
        }
        end = at + c.len_utf8();
    }
    Some(scan.take(end))
}

/// A commodity's sign or word, in quotes or without digits and marks.
fn read_symbol<'a>(scan: &mut Scan<'a>) -> Option<&'a str> {
    if scan.peek() == Some('"') {
        let mut ahead = *scan;
        ahead.eat("\"");
        let quoted = ahead.take_until("\"").filter(|text| !text.trim().is_empty())?;
        *scan = ahead;
        return Some(quoted.trim());
    }
    let word = scan.take_while(|c| {
        let is_mark = "-+.,;:?!()[]{}<>*/^&|=@\"~#%'".contains(c);
        !is_mark && !c.is_whitespace() && !c.is_ascii_digit() && !c.is_control()
    });
    (!word.is_empty()).then_some(word)
}

/// Ledger's `(10 * $2)`.
fn calculated(scan: &mut Scan<'_>, styles: &mut Styles) -> Result<Amount, String> {
    let text = scan.next_word().to_owned();
    let value = expression::read(scan, &mut |scan| {
        let written = read_written(scan, styles)?;
        Ok(Value { number: written.value(), symbol: written.symbol.map(str::to_owned) })
    });
    let value = value.map_err(|reason| format!("`{text}` cannot be calculated: {reason}"))?;
    Ok(Amount { number: value.number, commodity: commodity(value.symbol.as_deref(), styles) })
}

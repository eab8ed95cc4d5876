//! What stands before and after the digits of an amount: sign, parentheses, currency.
//!
//! `amount` cuts the text at its first and last digit and has the ends read here.

use super::{
    amount::Stated,
    arithmetic::{OPERATORS, doubled_sign, lone_operator},
    currency::CurrencyCode,
};
use crate::domain::invalid::Invalid;

/// Signs have at most six characters (`Sh.So.`); longer words are no currency.
const LONGEST_SYMBOL: usize = 6;

/// What was written around the digits.
#[derive(Default)]
pub(super) struct Around {
    /// `+` or `-`, parentheses counting as `-`.
    pub sign: Option<char>,
    pub is_in_parentheses: bool,
    pub stated: Option<Stated>,
}

impl Around {
    /// Reads both ends.
    ///
    /// # Errors
    /// With the reason alone; `parse_amount` puts the text in front of it.
    pub(super) fn read(before: &str, after: &str) -> Result<Around, Invalid> {
        let mut around = Around::default();
        around.read_before(before)?;
        around.read_after(after)?;
        Ok(around)
    }

    fn read_before(&mut self, before: &str) -> Result<(), Invalid> {
        let mut rest = before.trim();
        while let Some(first) = rest.chars().next() {
            let end = match first {
                '+' | '-' => self.take_sign(first)?,
                '(' => self.open()?,
                _ => self.state(rest, &[' ', '+', '-', '('])?,
            };
            rest = rest[end..].trim_start();
        }
        Ok(())
    }

    fn read_after(&mut self, after: &str) -> Result<(), Invalid> {
        if let Some(mark) = after.chars().next().filter(|c| matches!(c, '.' | ',')) {
            return Err(Invalid::new(format!("no digit follows its `{mark}`")).hint("leave the mark out"));
        }
        let mut rest = after.trim();
        if rest.starts_with(OPERATORS) {
            return Err(lone_operator());
        }
        let mut is_open = self.is_in_parentheses;
        while let Some(first) = rest.chars().next() {
            let end = match first {
                ')' if is_open => {
                    is_open = false;
                    first.len_utf8()
                }
                ')' => return Err(unbalanced()),
                _ => self.state(rest, &[' ', ')'])?,
            };
            rest = rest[end..].trim_start();
        }
        if is_open { Err(unbalanced()) } else { Ok(()) }
    }

    /// Notes a sign and gives its length. Inside parentheses a minus says the same again.
    fn take_sign(&mut self, sign: char) -> Result<usize, Invalid> {
        match self.sign.replace(sign) {
            None => Ok(sign.len_utf8()),
            Some('-') if self.is_in_parentheses && sign == '-' => Ok(sign.len_utf8()),
            Some(_) => Err(doubled_sign()),
        }
    }

    fn open(&mut self) -> Result<usize, Invalid> {
        match self.sign.replace('-') {
            None => {
                self.is_in_parentheses = true;
                Ok('('.len_utf8())
            }
            Some(_) => Err(doubled_sign()),
        }
    }

    /// Notes the word at the start of `rest` as the currency and gives its length.
    fn state(&mut self, rest: &str, ends: &[char]) -> Result<usize, Invalid> {
        let word = &rest[..rest.find(ends).unwrap_or(rest.len())];
        match self.stated.replace(currency_of(word)?) {
            None => Ok(word.len()),
            Some(_) => Err(Invalid::new("it states more than one currency").hint("state one, as in `3 EUR`")),
        }
    }
}

fn currency_of(word: &str) -> Result<Stated, Invalid> {
    if let Ok(code) = CurrencyCode::parse(word) {
        return Ok(Stated::Code(code));
    }
    let is_short = word.chars().nth(LONGEST_SYMBOL).is_none();
    // Signs such as `S/` and `.د.ب` have a mark in them, but none is a mark alone.
    let names_something = word.contains(|c| c != '.' && c != '/') && !word.starts_with('/');
    if is_short && names_something && word.chars().all(stands_in_symbols) {
        return Ok(Stated::Symbol(word.to_owned()));
    }
    Err(Invalid::new(format!("`{}` beside its digits is no currency", crate::domain::name::excerpt(word))))
}

/// Letters (with the line below of the som), the full stop and slash of abbreviations, and Unicode's Sc.
fn stands_in_symbols(c: char) -> bool {
    c.is_alphabetic()
        || matches!(c, '.' | '/' | '$' | '¢'..='¥' | '\u{300}'..='\u{36f}' | '֏' | '؋' | '৲' | '৳' | '૱' | '௹')
        || matches!(c, '฿' | '៛' | '\u{20a0}'..='\u{20cf}' | '﷼' | '＄' | '￠' | '￡' | '￥' | '￦')
}

fn unbalanced() -> Invalid {
    Invalid::new("its parentheses do not match").hint("money out is `-12.50` or `(12.50)`")
}

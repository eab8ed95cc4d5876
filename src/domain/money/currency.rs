//! Currencies: their codes, and the ISO 4217 list a new book is given.
//!
//! The list is copied into the book once and is data from then on (scale and symbol are read from
//! there), so a book keeps working when ISO or the crate changes.

use std::fmt;

use iso_currency::IntoEnumIterator;
use serde::{Deserialize, Serialize};

use crate::domain::{invalid::Invalid, name::excerpt};

/// Three upper-case ASCII letters naming a currency; it need not be one of ISO 4217.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CurrencyCode([u8; 3]);

impl CurrencyCode {
    /// Reads a code in either case.
    ///
    /// # Errors
    /// When the text is not exactly three ASCII letters.
    pub fn parse(text: &str) -> Result<CurrencyCode, Invalid> {
        match <[u8; 3]>::try_from(text.as_bytes()) {
            Ok(letters) if letters.iter().all(u8::is_ascii_alphabetic) => {
                Ok(CurrencyCode(letters.map(|letter| letter.to_ascii_uppercase())))
            }
            _ => Err(Invalid::new(format!("`{}` is not a currency code", excerpt(text)))
                .hint("a code is three letters, for example `EUR`")),
        }
    }

    /// The three letters, upper-case.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a currency code is three ASCII letters")
    }
}

impl fmt::Display for CurrencyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl From<CurrencyCode> for String {
    fn from(code: CurrencyCode) -> String {
        code.as_str().to_owned()
    }
}

impl TryFrom<String> for CurrencyCode {
    type Error = Invalid;

    fn try_from(text: String) -> Result<CurrencyCode, Invalid> {
        CurrencyCode::parse(&text)
    }
}

/// A currency as a book knows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Currency {
    /// What it is called in commands, files and JSON.
    pub code: CurrencyCode,
    /// Digits after the decimal mark: JPY 0, EUR 2, KWD 3.
    pub exponent: u32,
    /// The sign written beside amounts; the code itself where there is none.
    pub symbol: String,
}

/// Every currency of ISO 4217 that has a minor unit, superseded ones included, sorted by code.
///
/// Metals, testing codes and the like have no scale and are left out.
pub fn iso_currencies() -> Vec<Currency> {
    let mut all: Vec<Currency> = iso_currency::Currency::iter().filter_map(book_currency).collect();
    all.sort_by_key(|currency| currency.code);
    all
}

/// The currency of ISO 4217 with that code; none for an unknown code, and for what has no scale.
pub fn iso_currency(code: CurrencyCode) -> Option<Currency> {
    iso_currency::Currency::from_code(code.as_str()).and_then(book_currency)
}

fn book_currency(listed: iso_currency::Currency) -> Option<Currency> {
    let exponent = u32::from(listed.exponent()?);
    let code = CurrencyCode::parse(listed.code()).ok()?;
    Some(Currency { code, exponent, symbol: symbol_of(listed) })
}

/// The crate's symbol, but for those nobody writes: `¤` stands for "none", `₣` was the French
/// franc's and is listed for seven others, and the lari has had a sign of its own since 2014.
fn symbol_of(listed: iso_currency::Currency) -> String {
    match listed.symbol().symbol.as_str() {
        "¤" | "₣" => listed.code().to_owned(),
        "ლ" => "₾".to_owned(),
        usual => usual.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(code: &str) -> Currency {
        let code = CurrencyCode::parse(code).unwrap();
        iso_currencies().into_iter().find(|currency| currency.code == code).unwrap()
    }

    #[test]
    fn a_code_is_three_ascii_letters_in_either_case() {
        assert_eq!(CurrencyCode::parse("eur").unwrap().as_str(), "EUR");
        assert_eq!(CurrencyCode::parse("Zzz").unwrap().to_string(), "ZZZ");
        for text in ["", "EU", "EURO", "E1R", " EUR", "ÄÖ", "€"] {
            let said = CurrencyCode::parse(text).unwrap_err();
            assert_eq!(said.message, format!("`{text}` is not a currency code"));
        }
    }

    #[test]
    fn a_code_is_a_string_in_json() {
        let code = CurrencyCode::parse("GBP").unwrap();
        assert_eq!(serde_json::to_string(&code).unwrap(), r#""GBP""#);
        assert_eq!(serde_json::from_str::<CurrencyCode>(r#""gbp""#).unwrap(), code);
        assert!(serde_json::from_str::<CurrencyCode>(r#""pounds""#).is_err());
    }

    #[test]
    fn the_iso_list_has_scales_and_symbols_and_is_sorted() {
        for (code, exponent, symbol) in [
            ("GBP", 2, "£"),
            ("EUR", 2, "€"),
            ("USD", 2, "$"),
            ("JPY", 0, "¥"),
            ("KWD", 3, "د.ك"),
            ("CLF", 4, "CLF"),
            ("CHF", 2, "CHF"),
            ("GEL", 2, "₾"),
            ("HRK", 2, "kn"),
        ] {
            let currency = listed(code);
            assert_eq!((currency.exponent, currency.symbol.as_str()), (exponent, symbol), "{code}");
        }
        let all = iso_currencies();
        assert!(all.windows(2).all(|pair| pair[0].code < pair[1].code));
        assert!(all.iter().all(|currency| currency.code.as_str() != "XAU"), "gold has no minor unit");
    }
}

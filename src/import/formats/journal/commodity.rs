//! What amounts are of: a currency, or something that groat does not keep.
//!
//! A sign stands for the currency it most often means, as the file's owner meant one; a code may be in
//! capitals or small letters. Everything else (shares, hours, miles) is no currency.

use super::super::text::currency;

/// What an amount is of.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Commodity {
    /// The ISO 4217 code of a currency, else the text as it is; blank where the amount names none.
    pub name: String,
    /// Whether it is money; an amount without a name is, of whatever currency its account has.
    pub is_currency: bool,
}

/// Signs of many countries, with the one that is meant where nothing is said.
const SIGNS: [(&str, &str); 2] = [("$", "USD"), ("¥", "JPY")];

impl Commodity {
    /// What a sign or word beside a number stands for.
    pub fn of(symbol: &str) -> Commodity {
        match code(symbol) {
            Some(code) => Commodity { name: code.to_owned(), is_currency: true },
            None => Commodity { name: symbol.to_owned(), is_currency: symbol.is_empty() },
        }
    }
}

fn code(symbol: &str) -> Option<&'static str> {
    if let Some((_, code)) = SIGNS.iter().find(|(sign, _)| *sign == symbol) {
        return Some(code);
    }
    let is_code = symbol.len() == 3
        && (symbol.bytes().all(|b| b.is_ascii_uppercase()) || symbol.bytes().all(|b| b.is_ascii_lowercase()));
    let is_sign = symbol.chars().any(|c| c == '$' || !c.is_ascii());
    if is_code || is_sign { currency::usual(symbol) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn currencies_are_known_by_sign_and_code() {
        let cases = [
            ("$", "USD", true),
            ("US$", "USD", true),
            ("£", "GBP", true),
            ("€", "EUR", true),
            ("EUR", "EUR", true),
            ("eur", "EUR", true),
            ("", "", true),
            ("AAPL", "AAPL", false),
            ("IRAUSD", "IRAUSD", false),
            ("Fr", "Fr", false),
            ("h", "h", false),
        ];
        for (symbol, name, is_currency) in cases {
            assert_eq!(Commodity::of(symbol), Commodity { name: name.into(), is_currency }, "{symbol}");
        }
    }
}

//! Currencies as they stand beside an amount, in a column of their own, or in a header.
//!
//! A code states one. A sign states one of those that are written with it: `$` and `kr` belong to many, so that a row
//! with such a sign fits each of their accounts and no other.

use iso_currency::Currency;

/// A sign or word, and the currencies that are written with it.
type Sign = (&'static str, &'static [&'static str]);

const DOLLARS: &[&str] = &[
    "USD", "CAD", "AUD", "NZD", "HKD", "SGD", "MXN", "TWD", "ARS", "CLP", "COP", "UYU", "DOP", "CUP", "BBD",
    "BMD", "BND", "BSD", "BZD", "FJD", "GYD", "JMD", "KYD", "LRD", "NAD", "SBD", "SRD", "TTD", "XCD", "TOP",
    "WST", "CVE", "MOP", "NIO", "BRL", "ZWL", "USN",
];
const POUNDS: &[&str] = &["GBP", "EGP", "FKP", "GIP", "LBP", "SDG", "SHP", "SSP", "SYP"];
const CROWNS: &[&str] = &["SEK", "NOK", "DKK", "ISK"];
const YEN: &[&str] = &["JPY", "CNY"];
const FRANCS: &[&str] = &["CHF", "XAF", "XOF", "XPF", "BIF", "CDF", "DJF", "GNF", "KMF", "RWF"];

/// The first currency of each is the one that is meant where nothing else says which.
const SIGNS: [Sign; 36] = [
    ("€", &["EUR"]),
    ("£", POUNDS),
    ("$", DOLLARS),
    ("¥", YEN),
    ("￥", YEN),
    ("kr", CROWNS),
    ("kr.", CROWNS),
    ("Euro", &["EUR"]),
    ("Euros", &["EUR"]),
    ("US$", &["USD"]),
    ("A$", &["AUD"]),
    ("AU$", &["AUD"]),
    ("C$", &["CAD", "NIO"]),
    ("CA$", &["CAD"]),
    ("NZ$", &["NZD"]),
    ("HK$", &["HKD"]),
    ("S$", &["SGD"]),
    ("R$", &["BRL"]),
    ("R", &["ZAR"]),
    ("Fr", FRANCS),
    ("Fr.", FRANCS),
    ("SFr.", &["CHF"]),
    ("zł", &["PLN"]),
    ("Kč", &["CZK"]),
    ("Ft", &["HUF"]),
    ("lei", &["RON", "MDL"]),
    ("лв", &["BGN"]),
    ("лв.", &["BGN"]),
    ("₽", &["RUB"]),
    ("₴", &["UAH"]),
    ("₹", &["INR"]),
    ("₺", &["TRY"]),
    ("₪", &["ILS"]),
    ("₩", &["KRW", "KPW"]),
    ("₫", &["VND"]),
    ("฿", &["THB"]),
];

/// What a word beside an amount says: a code, or a sign as it is known here; none where it is nothing known.
pub fn stated(word: &str) -> Option<&'static str> {
    sign(word).map(|(sign, codes)| if codes.len() == 1 { codes[0] } else { *sign }).or_else(|| code(word))
}

/// The one currency that a word states, by its code; none for the signs that give no way to tell which.
pub fn usual(word: &str) -> Option<&'static str> {
    let is_open = |sign: &Sign| [DOLLARS, YEN, CROWNS].contains(&sign.1);
    sign(word).map_or_else(|| code(word), |sign| (!is_open(sign)).then(|| sign.1[0]))
}

/// The currency that a text most likely means; none for what is nothing known.
pub fn likely(stated: &str) -> Option<&'static str> {
    sign(stated).map(|(_, codes)| codes[0]).or_else(|| code(stated))
}

/// Whether what a row states may be the currency of that code.
pub fn may_be(stated: &str, code: &str) -> bool {
    stated.eq_ignore_ascii_case(code) || sign(stated).is_some_and(|(_, codes)| codes.contains(&code))
}

/// The first of these that is stated; a sign that several currencies have is made the next that is one of them.
pub fn plainest<const N: usize>(stated: [Option<String>; N]) -> Option<String> {
    let stated = stated.into_iter().flatten();
    stated.reduce(|first, next| if may_be(&first, &next) { next } else { first })
}

fn sign(word: &str) -> Option<&'static Sign> {
    SIGNS.iter().find(|(sign, _)| sign.eq_ignore_ascii_case(word))
}

/// The ISO 4217 code that the word is, in any case.
fn code(word: &str) -> Option<&'static str> {
    if word.len() != 3 || !word.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    Currency::from_code(&word.to_ascii_uppercase()).map(|currency| currency.code())
}

/// The currency of a cell in a column of currencies: its code where it is one alone, else as it stands.
pub fn of_cell(cell: &str) -> String {
    // The usual case, which needs no look-up: a code stays as it is, and so does what is none.
    if cell.len() == 3 && cell.bytes().all(|b| b.is_ascii_uppercase()) {
        return cell.to_owned();
    }
    stated(cell).unwrap_or(cell).to_owned()
}

/// The currency that the header of an amount states: `Amount (EUR)`, `Umsatz in EUR`, `Betrag €`.
pub fn in_header(header: &str) -> Option<&'static str> {
    let is_apart = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ':' | ',' | '/' | '_');
    let mut words = header.split(is_apart).filter(|word| !word.is_empty());
    words.next()?;
    // The first word names the column. A code has to be in capitals here: `all` is not the lek.
    let is_plain =
        |word: &&str| !word.chars().any(char::is_lowercase) || word.to_lowercase().starts_with("euro");
    words.filter(is_plain).find_map(stated)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_signs_and_codes_are_kept() {
        assert_eq!(stated("EUR"), Some("EUR"));
        assert_eq!(stated("€"), Some("EUR"));
        assert_eq!(stated("$"), Some("$"));
        assert_eq!(stated("XYZ"), None);
        assert_eq!(of_cell("gbp"), "GBP");
        assert_eq!(of_cell("$"), "$");
    }

    #[test]
    fn a_sign_is_that_of_some_currencies_and_no_others() {
        for (stated, codes, others) in [
            ("$", &["USD", "CAD", "MXN"][..], &["EUR", "GBP"][..]),
            ("kr", &["SEK", "ISK"], &["EUR", "CZK"]),
            ("¥", &["JPY", "CNY"], &["USD"]),
            ("£", &["GBP", "GIP"], &["EUR"]),
            ("usd", &["USD"], &["CAD"]),
            ("zł", &["PLN"], &["EUR"]),
            ("?", &[], &["EUR"]),
        ] {
            assert!(codes.iter().all(|code| may_be(stated, code)), "{stated}");
            assert!(!others.iter().any(|code| may_be(stated, code)), "{stated}");
        }
        let known = SIGNS.iter().flat_map(|(_, codes)| *codes);
        known.for_each(|known| assert_eq!(code(known), Some(*known)));
        assert_eq!([usual("$"), usual("£"), usual("gbp")], [None, Some("GBP"), Some("GBP")]);
        assert_eq!([likely("$"), likely("kr"), likely("?")], [Some("USD"), Some("SEK"), None]);
    }

    #[test]
    fn headers_state_currencies() {
        let cases = [
            ("Amount (EUR)", Some("EUR")),
            ("Umsatz in EUR", Some("EUR")),
            ("Montant(EUROS)", Some("EUR")),
            ("Withdrawals (SGD)", Some("SGD")),
            ("Betrag (€)", Some("EUR")),
            ("Amount", None),
            ("Amount (all)", None),
            ("EUR", None),
            ("Betrag ($)", Some("$")),
        ];
        for (header, expected) in cases {
            assert_eq!(in_header(header), expected, "{header}");
        }
    }
}

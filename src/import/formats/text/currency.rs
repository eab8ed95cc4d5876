//! Currencies as they stand beside an amount, in a column of their own, or in a header.
//!
//! Only what is plain is kept: `$` and `kr` belong to many, so they state nothing.

use iso_currency::Currency;

/// Signs and words that stand for one currency, or for none in particular.
const SIGNS: [(&str, Option<&str>); 35] = [
    ("€", Some("EUR")),
    ("£", Some("GBP")),
    ("$", None),
    ("¥", None),
    ("kr", None),
    ("kr.", None),
    ("Euro", Some("EUR")),
    ("Euros", Some("EUR")),
    ("US$", Some("USD")),
    ("A$", Some("AUD")),
    ("AU$", Some("AUD")),
    ("C$", Some("CAD")),
    ("CA$", Some("CAD")),
    ("NZ$", Some("NZD")),
    ("HK$", Some("HKD")),
    ("S$", Some("SGD")),
    ("R$", Some("BRL")),
    ("R", Some("ZAR")),
    ("Fr", Some("CHF")),
    ("Fr.", Some("CHF")),
    ("SFr.", Some("CHF")),
    ("zł", Some("PLN")),
    ("Kč", Some("CZK")),
    ("Ft", Some("HUF")),
    ("lei", Some("RON")),
    ("лв", Some("BGN")),
    ("лв.", Some("BGN")),
    ("₽", Some("RUB")),
    ("₴", Some("UAH")),
    ("₹", Some("INR")),
    ("₺", Some("TRY")),
    ("₪", Some("ILS")),
    ("₩", Some("KRW")),
    ("₫", Some("VND")),
    ("฿", Some("THB")),
];

/// What a word beside an amount says: a currency, none in particular, or (`None`) nothing known.
pub fn stated(word: &str) -> Option<Option<&'static str>> {
    let sign = SIGNS.iter().find(|(sign, _)| sign.eq_ignore_ascii_case(word)).map(|(_, code)| *code);
    sign.or_else(|| code(word).map(Some))
}

/// The ISO 4217 code that the word is, in any case.
fn code(word: &str) -> Option<&'static str> {
    if word.len() != 3 || !word.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    Currency::from_code(&word.to_ascii_uppercase()).map(|currency| currency.code())
}

/// The currency of a cell in a column of currencies: its code where it is plain, else as it stands.
pub fn of_cell(cell: &str) -> String {
    // The usual case, which needs no look-up: a code stays as it is, and so does what is none.
    if cell.len() == 3 && cell.bytes().all(|b| b.is_ascii_uppercase()) {
        return cell.to_owned();
    }
    stated(cell).flatten().map_or_else(|| cell.to_owned(), str::to_owned)
}

/// The currency that the header of an amount states: `Amount (EUR)`, `Umsatz in EUR`, `Betrag €`.
pub fn in_header(header: &str) -> Option<&'static str> {
    let is_apart = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ':' | ',' | '/' | '_');
    let mut words = header.split(is_apart).filter(|word| !word.is_empty());
    words.next()?;
    // The first word names the column. A code has to be in capitals here: `all` is not the lek.
    let is_plain =
        |word: &&str| !word.chars().any(char::is_lowercase) || word.to_lowercase().starts_with("euro");
    words.filter(is_plain).find_map(|word| stated(word).flatten())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_signs_and_codes_are_kept() {
        assert_eq!(stated("EUR"), Some(Some("EUR")));
        assert_eq!(stated("€"), Some(Some("EUR")));
        assert_eq!(stated("$"), Some(None));
        assert_eq!(stated("XYZ"), None);
        assert_eq!(of_cell("gbp"), "GBP");
        assert_eq!(of_cell("$"), "$");
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
            ("Betrag ($)", None),
        ];
        for (header, expected) in cases {
            assert_eq!(in_header(header), expected, "{header}");
        }
    }
}

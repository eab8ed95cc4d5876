//! What a locale's territory says about money: its currency, and which mark comes before the cents.
//!
//! `cli/` reads the locale's name from the environment and passes it in. It is a first guess for a
//! new book only; the book and the configuration are asked from then on.

use std::str::FromStr;

use iso_currency::Country;

use super::currency::CurrencyCode;

/// The mark before the decimals, where an amount alone does not tell (`1,234`).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum DecimalMark {
    /// `1,234.56`
    #[default]
    Point,
    /// `1.234,56`
    Comma,
}

impl DecimalMark {
    /// The mark that is usual in a locale (`de_DE.UTF-8`); the point where it names no territory.
    ///
    /// Canada is the one country where it goes by the language and not by the territory.
    pub fn of_locale(locale: &str) -> DecimalMark {
        match territory_of_locale(locale).as_deref() {
            Some("CA") if locale.starts_with("fr") => DecimalMark::Comma,
            Some(territory) if COMMA_TERRITORIES.split_whitespace().any(|one| one == territory) => {
                DecimalMark::Comma
            }
            _ => DecimalMark::Point,
        }
    }

    pub(super) fn as_char(self) -> char {
        match self {
            DecimalMark::Point => '.',
            DecimalMark::Comma => ',',
        }
    }
}

/// Where amounts are written `1.234,56` or `1 234,56`: Unicode CLDR, `decimal` of each territory's
/// first language. Switzerland writes money with a point in all of its languages.
const COMMA_TERRITORIES: &str = "
    AD AL AM AO AR AT AW AX AZ BA BE BF BG BI BJ BL BO BQ BR BY CD CF CG CI CL CM CO CR CV CW CY CZ
    DE DJ DK DZ EC EE ES FI FO FR GA GE GF GL GN GP GQ GR GW HR HU ID IS IT KG KM KZ LA LT LU LV LY
    MA MC MD ME MF MG MK ML MQ MR MZ NC NE NL NO PF PL PM PT PY RE RO RS RU SE SI SJ SK SM SN SR ST
    SX TD TF TG TL TM TN TR UA UY UZ VA VE VN WF XK YT";

/// The territory a locale's name ends in: `GB` of `en_GB.UTF-8@euro`, upper-case; none in `C` or `es_419`.
pub fn territory_of_locale(locale: &str) -> Option<String> {
    let name = locale.split(['.', '@']).next()?;
    // The parts between are scripts (`zh_Hans_CN`), which have four letters.
    name.split(['_', '-'])
        .skip(1)
        .find(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic()))
        .map(str::to_ascii_uppercase)
}

/// The currency of an ISO 3166 territory (`GB`), leaving out funds and superseded ones; none if unknown.
pub fn currency_of_territory(territory: &str) -> Option<CurrencyCode> {
    let territory = territory.to_ascii_uppercase();
    let code = match territory.as_str() {
        // The crate's list has no territory for Namibia's dollar, still has the colón that El
        // Salvador gave up in 2001, and ISO 3166 has no Kosovo (`XK` is what locales use).
        "NA" => "NAD",
        "SV" => "USD",
        "XK" => "EUR",
        listed => first_current(Country::from_str(listed).ok()?)?.code(),
    };
    CurrencyCode::parse(code).ok()
}

/// Where there are two, as in Bhutan (BTN, INR), the list has the territory's own first.
fn first_current(country: Country) -> Option<iso_currency::Currency> {
    iso_currency::Currency::from_country(country).into_iter().find(|currency| currency.flags().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_territory_stands_between_language_and_encoding() {
        for (locale, territory) in [
            ("en_GB.UTF-8@euro", Some("GB")),
            ("en_GB", Some("GB")),
            ("en-us", Some("US")),
            ("zh_Hans_CN.UTF-8", Some("CN")),
            ("sr_RS@latin", Some("RS")),
            ("C", None),
            ("C.UTF-8", None),
            ("POSIX", None),
            ("es_419", None),
            ("de", None),
            ("", None),
        ] {
            assert_eq!(territory_of_locale(locale).as_deref(), territory, "{locale}");
        }
    }

    #[test]
    fn a_territory_has_its_own_current_currency() {
        for (territory, code) in [
            ("GB", "GBP"),
            ("us", "USD"),
            ("DE", "EUR"),
            ("HR", "EUR"),
            ("BG", "EUR"),
            ("CH", "CHF"),
            ("LI", "CHF"),
            ("BT", "BTN"),
            ("LS", "LSL"),
            ("NA", "NAD"),
            ("PA", "PAB"),
            ("SV", "USD"),
            ("UY", "UYU"),
            ("CL", "CLP"),
            ("MX", "MXN"),
            ("ZW", "ZWG"),
            ("XK", "EUR"),
            ("JP", "JPY"),
        ] {
            let found = currency_of_territory(territory).map(String::from);
            assert_eq!(found.as_deref(), Some(code), "{territory}");
        }
        for nowhere in ["", "AQ", "ZZ", "GBR", "🦀"] {
            assert_eq!(currency_of_territory(nowhere), None, "{nowhere}");
        }
    }

    #[test]
    fn the_decimal_mark_follows_the_territory_and_in_canada_the_language() {
        for comma in ["de_DE.UTF-8", "fr_FR", "en_DK", "pt_BR", "fr_CA.UTF-8", "id_ID", "de_AT@euro"] {
            assert_eq!(DecimalMark::of_locale(comma), DecimalMark::Comma, "{comma}");
        }
        for point in ["en_GB.UTF-8", "en_CA", "de_CH", "fr_CH", "es_MX", "C", "", "ja_JP", "de"] {
            assert_eq!(DecimalMark::of_locale(point), DecimalMark::Point, "{point}");
        }
    }
}

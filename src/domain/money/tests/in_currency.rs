//! Amounts in the currency of an account.

use rust_decimal::Decimal;

use super::*;

#[test]
fn every_iso_currency_is_understood_by_its_code_and_by_its_symbol() {
    for currency in iso_currencies() {
        let Currency { code, symbol, .. } = &currency;
        for text in [
            format!("{code} 12"),
            format!("12{code}"),
            format!("{symbol} 12"),
            format!("12 {symbol}"),
            format!("{symbol}12"),
        ] {
            let amount = parse_amount(&text, DecimalMark::Point).unwrap();
            assert!(amount.stated.is_some(), "{text}");
            let units = 12 * 10i64.pow(currency.exponent);
            assert_eq!(amount.to_minor(&currency).unwrap().minor, Minor(units), "{text}");
        }
    }
}

#[test]
fn amounts_are_rounded_half_to_even_once_at_the_scale_of_the_currency() {
    for (text, code, minor, rounded_from) in [
        ("12.5", "EUR", 1250, None),
        ("-12.5", "EUR", -1250, None),
        ("(12.50)", "EUR", -1250, None),
        ("+12.5", "EUR", 1250, None),
        ("12.345", "EUR", 1234, Some("12.345")),
        ("12.355", "EUR", 1236, Some("12.355")),
        ("-12.3450001", "EUR", -1235, Some("12.3450001")),
        ("0.05/3*1.5", "EUR", 2, Some("0.025")),
        ("12.5", "JPY", 12, Some("12.5")),
        ("13.5", "JPY", 14, Some("13.5")),
        ("1.234", "KWD", 1234, None),
        ("1.2345", "KWD", 1234, Some("1.2345")),
        ("10/3", "KWD", 3333, Some("3.3333333333333333333333333333")),
        ("12.3450000000", "CLF", 123_450, None),
    ] {
        let exact = parse_amount(text, DecimalMark::Point).unwrap().to_minor(&currency(code)).unwrap();
        let rounded_from = rounded_from.map(|text| Decimal::from_str_exact(text).unwrap());
        assert_eq!(exact, Exact { minor: Minor(minor), rounded_from }, "{text} {code}");
    }
}

#[test]
fn a_stated_currency_must_be_the_accounts() {
    let in_pounds = |text: &str| parse_amount(text, DecimalMark::Point).unwrap().to_minor(&currency("GBP"));
    assert_eq!(in_pounds("3 gbp").unwrap().minor, Minor(300));
    assert_eq!(in_pounds("£3").unwrap().minor, Minor(300));
    let said = in_pounds("3 EUR").unwrap_err();
    assert_eq!(said.message, "the amount is stated in `EUR`, but the currency here is `GBP` (`£`)");
    assert_eq!(said.hint.as_deref(), Some("leave `EUR` out, or choose an account in that currency"));
    assert!(in_pounds("€3").unwrap_err().message.contains("`€`"));
}

#[test]
fn a_full_stop_between_currency_and_digits_is_never_guessed_at() {
    let in_account = |text: &str, code: &str| {
        parse_amount(text, DecimalMark::Point).unwrap().to_minor(&currency(code)).map(|exact| exact.minor)
    };
    assert_eq!(in_account("Bs.12", "VED"), Ok(Minor(1200)));
    assert_eq!(in_account("B/.12", "PAB"), Ok(Minor(1200)));
    assert_eq!(in_account("$.12", "USD"), Ok(Minor(12)));
    assert_eq!(in_account("CHF .12", "CHF"), Ok(Minor(12)));
    assert!(in_account("CHF.12", "CHF").is_err());
    assert!(in_account("kr.12", "DKK").is_err());
}

#[test]
fn what_does_not_fit_or_cannot_be_negated_is_an_error() {
    let to_minor = |text: &str| parse_amount(text, DecimalMark::Point).unwrap().to_minor(&currency("EUR"));
    assert_eq!(to_minor("-92233720368547758.07").unwrap().minor, Minor(-i64::MAX));
    assert!(to_minor("-92233720368547758.08").is_err());
    assert_eq!(
        to_minor("92233720368547758.08").unwrap_err().message,
        "`92233720368547758.08` EUR is more than an amount can be"
    );
    assert!(to_minor("9999999999999999999999999999").is_err());
}

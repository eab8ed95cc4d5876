//! Amounts, indicators and currencies as ISO 20022 writes them: `1234.50`, `CRDT` or `DBIT`, `EUR`.
//!
//! An amount has no sign (ActiveOrHistoricCurrencyAndAmount is 0 or more): the indicator beside it says which way the
//! money goes, for a reversal too. "If the CreditDebitIndicator is CRDT and ReversalIndicator is Yes, the original
//! operation was a debit entry", says the message definition of `RvslInd`: the entry itself is a credit.

use rust_decimal::Decimal;

use super::super::text::amounts::Side;

/// Reads an amount; none for one with a sign, with another mark than a point, or with more digits than are exact.
pub fn read(text: &str) -> Option<Decimal> {
    let is_plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if !is_plain || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    Decimal::from_str_exact(text).ok()
}

/// Money in is positive, money out negative; zero has no sign.
pub fn signed(amount: Decimal, side: Side) -> Decimal {
    if side == Side::Debit && !amount.is_zero() { -amount } else { amount }
}

/// Reads `CdtDbtInd`.
pub fn side(text: &str) -> Option<Side> {
    match text {
        "CRDT" => Some(Side::Credit),
        "DBIT" => Some(Side::Debit),
        _ => None,
    }
}

/// Whether the text can be a currency: three letters.
pub fn is_currency(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_they_stand() {
        let cases = [
            ("8.85", Some("8.85")),
            ("80", Some("80")),
            ("0.00", Some("0.00")),
            ("12.", Some("12")),
            (".5", Some("0.5")),
            ("000012.50", Some("12.50")),
            ("12345678901234567890.12345", Some("12345678901234567890.12345")),
            ("-5.00", None),
            ("+5.00", None),
            ("5,00", None),
            ("1.234.50", None),
            ("1e5", None),
            (".", None),
            ("", None),
            ("1_000", None),
            ("123456789012345678901234567890", None),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text).map(|value| value.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn zero_has_no_sign() {
        let zero = signed(Decimal::ZERO, Side::Debit);
        assert_eq!(zero.to_string(), "0");
        assert_eq!(signed(Decimal::ONE, Side::Debit).to_string(), "-1");
    }
}

//! Amounts as SWIFT writes them: digits and a decimal comma, without sign and without grouping.

use rust_decimal::Decimal;

use super::super::text::amounts;

/// Reads an amount: `12,5`, `9,` and `000000000025,00`; some banks leave the comma out, or write a point.
/// None where it could be read in two ways, such as `1.234`.
pub fn read(text: &str) -> Option<Decimal> {
    let mut marks = text.bytes().filter(|b| !b.is_ascii_digit());
    let mark = marks.next();
    if marks.next().is_some() || !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    match mark {
        None | Some(b',') => amounts::read(text)?.value(','),
        Some(b'.') if text.len() - text.find('.')? <= 3 => amounts::read(text)?.value('.'),
        Some(_) => None,
    }
}

/// The opposite; zero has no sign.
pub fn negated(value: Decimal) -> Decimal {
    if value.is_zero() { value } else { -value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_a_decimal_comma() {
        let cases = [
            ("9,", Some("9")),
            ("11,8", Some("11.8")),
            ("000000000025,00", Some("25.00")),
            ("500", Some("500")),
            ("1,234", Some("1.234")),
            ("0,", Some("0")),
            ("12.50", Some("12.50")),
            ("12.", Some("12")),
            ("1.234", None),
            ("1.234,50", None),
            (",50", None),
            ("", None),
            ("-5,00", None),
            ("5,0,0", None),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text).map(|value| value.to_string()).as_deref(), expected, "{text}");
        }
        assert_eq!(read(&"9".repeat(40)), None);
    }
}

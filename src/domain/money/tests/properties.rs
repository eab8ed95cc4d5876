//! What holds for all texts and all amounts.

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "(?s).*", is_comma: bool) {
        let mark = if is_comma { DecimalMark::Comma } else { DecimalMark::Point };
        let _ = parse_amount(&text, mark);
        let _ = territory_of_locale(&text).and_then(|territory| currency_of_territory(&territory));
        let _ = currency_of_territory(&text);
        let _ = CurrencyCode::parse(&text);
    }

    #[test]
    fn no_text_that_resembles_an_amount_makes_it_panic(
        text in "[-+*/]?[£( ]{0,2}([0-9]{0,4}[-+*/.,' eE)€]{0,2}){0,24}",
        exponent in 0u32..40,
    ) {
        if let Ok(amount) = parse_amount(&text, DecimalMark::Comma) {
            prop_assert!(amount.magnitude >= Decimal::ZERO);
            let _ = amount.to_minor(&Currency { exponent, ..currency("EUR") });
        }
    }

    #[test]
    fn what_is_printed_is_read_back(minor: i64, exponent in 0u32..=4) {
        let euro = Currency { exponent, ..currency("EUR") };
        for text in [format_minor(Minor(minor), exponent), format_human(Minor(minor), exponent)] {
            let amount = parse_amount(&text, DecimalMark::Point).unwrap();
            prop_assert_eq!(amount.to_minor(&euro).unwrap(), Exact { minor: Minor(minor), rounded_from: None });
        }
    }

    #[test]
    fn the_other_mark_is_read_back_where_it_is_configured(minor: i64, exponent in 0u32..=4) {
        let human = format_human(Minor(minor), exponent);
        let continental: String = human.chars().map(|c| match c { '.' => ',', ',' => '.', c => c }).collect();
        let amount = parse_amount(&continental, DecimalMark::Comma).unwrap();
        let euro = Currency { exponent, ..currency("EUR") };
        prop_assert_eq!(amount.to_minor(&euro).unwrap().minor, Minor(minor));
    }

    #[test]
    fn a_sum_of_amounts_is_the_amount_of_the_sum(a in 0i64..1_000_000_000, b in 0i64..1_000_000_000) {
        let text = format!("{}+{}", format_minor(Minor(a), 2), format_minor(Minor(b), 2));
        let amount = parse_amount(&text, DecimalMark::Point).unwrap();
        prop_assert_eq!(amount.to_minor(&currency("EUR")).unwrap().minor, Minor(a + b));
    }
}

//! Tables and properties of amount text, and of what becomes of it in a currency.

mod arithmetic;
mod in_currency;
mod properties;
mod reading;

use super::*;

fn currency(code: &str) -> Currency {
    let code = CurrencyCode::parse(code).unwrap();
    iso_currencies().into_iter().find(|currency| currency.code == code).unwrap()
}

/// The amount with its sign, as text: `+12.5`, `-3`, `4 EUR`; or what is wrong with it.
fn shown(text: &str, mark: DecimalMark) -> String {
    match parse_amount(text, mark) {
        Err(invalid) => invalid.message,
        Ok(amount) => {
            let sign = match amount.sign {
                Sign::Unsigned => "",
                Sign::Plus => "+",
                Sign::Minus => "-",
            };
            let stated = match amount.stated {
                None => String::new(),
                Some(Stated::Code(code)) => format!(" {code}"),
                Some(Stated::Symbol(symbol)) => format!(" `{symbol}`"),
            };
            format!("{sign}{}{stated}", amount.magnitude)
        }
    }
}

#[track_caller]
fn all_read(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(shown(text, DecimalMark::Point), *expected, "`{text}` with a point");
        assert_eq!(shown(text, DecimalMark::Comma), *expected, "`{text}` with a comma");
    }
}

/// Each is refused with its text and this reason.
#[track_caller]
fn all_refused(cases: &[(&str, &str)]) {
    for (text, why) in cases {
        let invalid = parse_amount(text, DecimalMark::Point).unwrap_err();
        assert_eq!(invalid.message, format!("`{text}` is not an amount: {why}"));
        assert!(invalid.hint.is_some());
    }
}

//! The share of an amount that a part of a rule gets, as it is typed, stored and shown: `30%` or `12.50`.

use std::fmt;

use rust_decimal::Decimal;

use crate::domain::invalid::Invalid;
use crate::domain::money::{DecimalMark, Sign, parse_amount};
use crate::domain::name::excerpt;
use crate::domain::target::Percent;

/// How much of the whole a part is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Share {
    /// Of what the fixed amounts leave; above 0, at most 100%.
    Percent(Percent),
    /// In the currency of the account, above 0, with the sign of the whole.
    Amount(Decimal),
}

impl Share {
    /// Reads `30%` or `12.50`.
    ///
    /// # Errors
    /// What is neither; a sign, a currency, nothing at all, more than 100%.
    pub fn parse(text: &str, mark: DecimalMark) -> Result<Share, Invalid> {
        let no_sign = || {
            Invalid::new(format!("`{}`: a part of a rule has no sign", excerpt(text)))
                .hint("it follows the sign of the whole: `groceries=12.50`")
        };
        if text.trim() == "%" {
            return Err(
                Invalid::new("a part of `%` names no share").hint("a percentage looks like `10%` or `12.5%`")
            );
        }
        if let Some(number) = text.trim().strip_suffix('%') {
            let (percent, sign) = Percent::parse(number.trim(), mark)?;
            return match percent.parts() {
                _ if sign != Sign::Unsigned => Err(no_sign()),
                1..=Percent::WHOLE => Ok(Share::Percent(percent)),
                0 => Err(Invalid::new("a part of 0% is none")),
                _ => Err(Invalid::new(format!("`{}` is more than the whole", excerpt(text)))),
            };
        }
        let read = parse_amount(text, mark)?;
        match read.stated {
            Some(stated) => {
                Err(Invalid::new(format!("a part of a rule has no currency, and this one has `{stated}`"))
                    .hint("it is in the currency of the account that the row is of"))
            }
            None if read.sign != Sign::Unsigned => Err(no_sign()),
            None if read.magnitude.is_zero() => Err(Invalid::new("a part of 0 is none")),
            None => Ok(Share::Amount(read.magnitude.normalize())),
        }
    }
}

/// Three decimals get a fourth: behind one mark they could be read as thousands.
impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Share::Percent(percent) => percent.fmt(f),
            Share::Amount(amount) => {
                let is_ambiguous = amount.scale() == 3;
                write!(f, "{amount}{}", if is_ambiguous { "0" } else { "" })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_read_and_shown_as_they_are_read() {
        for (text, shown) in [
            ("30%", "30%"),
            ("12.5 %", "12.5%"),
            ("100%", "100%"),
            ("12.50", "12.5"),
            ("1,234.56", "1234.56"),
            ("0.125", "0.1250"),
            ("10/4", "2.5"),
        ] {
            let share = Share::parse(text, DecimalMark::Point).unwrap();
            assert_eq!(share.to_string(), shown);
            for mark in [DecimalMark::Point, DecimalMark::Comma] {
                assert_eq!(Share::parse(shown, mark).unwrap(), share, "{shown}");
            }
        }
    }

    #[test]
    fn what_is_no_share_is_refused() {
        for text in
            ["", "x", "0", "0%", "-5", "+5", "-5%", "100.0001%", "101%", "5 EUR", "£5", "%", "1.00001%"]
        {
            assert!(Share::parse(text, DecimalMark::Point).is_err(), "{text}");
        }
    }
}

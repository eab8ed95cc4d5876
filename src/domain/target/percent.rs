//! Percentages as they are typed, exact, and shares by them.

use std::fmt;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::domain::invalid::Invalid;
use crate::domain::money::{DecimalMark, Sign, parse_amount};
use crate::domain::name::excerpt;

/// The most that is read. More is a slip, and the products stay within 128 bits.
const MOST: i64 = 1000;

/// In one per cent; so four decimals are kept.
const PARTS: i64 = 10_000;

/// A percentage with up to four decimals, from -1000% to 1000%.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Percent(i64);

impl Percent {
    /// What 100% is in [`parts`](Self::parts).
    pub const WHOLE: i128 = 100 * PARTS as i128;

    /// Reads the number in front of a `%` sign, and the sign it was written with.
    ///
    /// # Errors
    /// What is no number, has a currency, more than four decimals or a size above 1000.
    pub(in crate::domain) fn parse(number: &str, mark: DecimalMark) -> Result<(Percent, Sign), Invalid> {
        let Ok(read) = parse_amount(number, mark) else {
            return Err(Invalid::new(format!("`{}` is not a percentage", excerpt(number)))
                .hint("a percentage looks like `10%` or `12.5%`"));
        };
        if let Some(stated) = &read.stated {
            return Err(Invalid::new(format!("a percentage has no currency, and this one has `{stated}`")));
        }
        let parts = read.magnitude.checked_mul(Decimal::from(PARTS)).map(|parts| parts.normalize());
        let parts = parts.and_then(|parts| parts.to_i64().map(|whole| (whole, parts.scale())));
        match parts {
            Some((_, 1..)) => Err(Invalid::new(format!("`{number}%` has more than four decimals"))),
            Some((parts, _)) if parts <= MOST * PARTS => {
                let signed = if read.sign == Sign::Minus { -parts } else { parts };
                Ok((Percent(signed), read.sign))
            }
            _ => Err(Invalid::new(format!("`{number}%` is more than {MOST}%, the most that is read"))),
        }
    }

    /// In ten thousandths of a per cent, so that 100% is [`WHOLE`](Self::WHOLE).
    pub fn parts(self) -> i128 {
        i128::from(self.0)
    }
}

/// `10%`, `-12.5%`. Three decimals get a fourth: behind one mark they could be read as thousands.
impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = Decimal::new(self.0, PARTS.ilog10()).normalize().to_string();
        let is_ambiguous = number.split_once('.').is_some_and(|(_, decimals)| decimals.len() == 3);
        write!(f, "{number}{}%", if is_ambiguous { "0" } else { "" })
    }
}

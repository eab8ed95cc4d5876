//! An amount as it was typed, and what it is in a currency.
//!
//! `parse` reads it and knows no account; whether an unsigned amount is money in or out is the
//! caller's. Here the stated currency is checked against the account's, and the one rounding done.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{
    currency::{Currency, CurrencyCode},
    minor::Minor,
};
use crate::domain::{invalid::Invalid, name::visible};

/// The currency written beside an amount.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stated {
    /// Three letters: `3 EUR`.
    Code(CurrencyCode),
    /// Anything else: `£3`.
    Symbol(String),
}

/// The sign written before an amount; what an absent one means is the command's to say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sign {
    /// None was written.
    Unsigned,
    /// `+`: into the account.
    Plus,
    /// `-`, or parentheses around the number: out of the account.
    Minus,
}

/// An amount as it was typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AmountInput {
    /// The result's sign, where the text starts with one.
    pub sign: Sign,
    /// Zero or above, in major units (pounds, not pence), not rounded yet.
    pub magnitude: Decimal,
    /// The currency beside it, not compared with anything yet.
    pub stated: Option<Stated>,
}

/// An amount in minor units, and whether rounding was needed to get there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Exact {
    /// With the sign as written: negative for `Sign::Minus`, else positive.
    pub minor: Minor,
    /// The magnitude in major units before rounding, if rounding changed it.
    pub rounded_from: Option<Decimal>,
}

impl AmountInput {
    /// The amount in minor units of `currency`, rounded half to even at its scale.
    ///
    /// # Errors
    /// When another currency is stated, or the amount does not fit 64 bits of minor units.
    pub fn to_minor(&self, currency: &Currency) -> Result<Exact, Invalid> {
        if let Some(stated) = self.stated.as_ref().filter(|stated| !stated.is(currency)) {
            return Err(other_currency(stated, currency));
        }
        let rounded =
            self.magnitude.round_dp_with_strategy(currency.exponent, RoundingStrategy::MidpointNearestEven);
        let magnitude = units(rounded, currency.exponent);
        let signed = if self.sign == Sign::Minus { magnitude.map(|units| -units) } else { magnitude };
        // The one number of 64 bits that cannot be negated is no amount: nothing could take it back.
        match signed.and_then(|units| i64::try_from(units).ok()).filter(|minor| *minor != i64::MIN) {
            Some(minor) => Ok(Exact {
                minor: Minor(minor),
                rounded_from: (rounded != self.magnitude).then_some(self.magnitude),
            }),
            None => {
                Err(Invalid::new(format!("`{}` {} is more than an amount can be", rounded, currency.code)))
            }
        }
    }
}

/// What comparisons ask of an amount.
impl AmountInput {
    /// Whether no other currency than this is written beside it.
    pub fn may_be_in(&self, currency: &Currency) -> bool {
        self.stated.as_ref().is_none_or(|stated| stated.is(currency))
    }

    /// The whole minor units of `currency` in its magnitude, and whether that is all of it.
    ///
    /// # Errors
    /// When it does not fit 64 bits of minor units.
    pub fn floor_in(&self, currency: &Currency) -> Result<(i64, bool), Invalid> {
        let units =
            10i128.checked_pow(currency.exponent).and_then(|one| self.magnitude.mantissa().checked_mul(one));
        let places = 10i128.checked_pow(self.magnitude.scale());
        let floor = units.zip(places).map(|(units, places)| (units / places, units % places == 0));
        match floor.and_then(|(floor, is_all)| Some((i64::try_from(floor).ok()?, is_all))) {
            Some(floor) => Ok(floor),
            None => Err(Invalid::new(format!(
                "`{}` {} is more than an amount can be",
                self.magnitude, currency.code
            ))),
        }
    }
}

/// The minor units of a decimal that has no more than `exponent` places.
fn units(rounded: Decimal, exponent: u32) -> Option<i128> {
    let missing_places = exponent.checked_sub(rounded.scale())?;
    rounded.mantissa().checked_mul(10i128.checked_pow(missing_places)?)
}

impl std::fmt::Display for Stated {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Stated::Code(code) => code.fmt(f),
            Stated::Symbol(symbol) => f.write_str(symbol),
        }
    }
}

impl Stated {
    /// `Ksh` is three letters and so looks like a code. Signs have to be equal to the full stop: in
    /// `kr.50` it could as well be a decimal mark.
    fn is(&self, currency: &Currency) -> bool {
        match self {
            Stated::Code(code) => {
                *code == currency.code || code.as_str().eq_ignore_ascii_case(&currency.symbol)
            }
            Stated::Symbol(symbol) => *symbol == currency.symbol,
        }
    }
}

fn other_currency(stated: &Stated, currency: &Currency) -> Invalid {
    let stated = match stated {
        Stated::Code(code) => code.as_str(),
        Stated::Symbol(symbol) => symbol,
    };
    let code = currency.code;
    let own = if currency.symbol == code.as_str() {
        format!("`{code}`")
    } else {
        format!("`{code}` (`{}`)", visible(&currency.symbol))
    };
    Invalid::new(format!("the amount is stated in `{stated}`, but the currency here is {own}"))
        .hint(format!("leave `{stated}` out, or choose an account in that currency"))
}

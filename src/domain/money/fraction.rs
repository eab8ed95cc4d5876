//! Exact fractions, so that `0.05/3*1.5` is 0.025 and not a digit beside it.
//!
//! Only the arithmetic of typed amounts uses it. What does not fit 128 bits is refused, not rounded.

use rust_decimal::Decimal;

use crate::domain::invalid::Invalid;

/// A reduced fraction; the denominator is positive.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Fraction {
    numerator: i128,
    denominator: i128,
}

impl Fraction {
    pub(super) const ZERO: Fraction = Fraction { numerator: 0, denominator: 1 };

    /// `digits` with the decimal mark moved `scale` places to the left.
    pub(super) fn from_digits(digits: i128, scale: u32) -> Result<Fraction, Invalid> {
        reduced(Some(digits), 10i128.checked_pow(scale))
    }

    pub(super) fn negated(self) -> Fraction {
        // A numerator is either read from digits or checked below to have an opposite.
        Fraction { numerator: -self.numerator, ..self }
    }

    pub(super) fn is_negative(self) -> bool {
        self.numerator < 0
    }

    pub(super) fn plus(self, other: Fraction) -> Result<Fraction, Invalid> {
        let left = self.numerator.checked_mul(other.denominator);
        let right = other.numerator.checked_mul(self.denominator);
        let sum = left.zip(right).and_then(|(left, right)| left.checked_add(right));
        reduced(sum, self.denominator.checked_mul(other.denominator))
    }

    pub(super) fn times(self, other: Fraction) -> Result<Fraction, Invalid> {
        reduced(self.numerator.checked_mul(other.numerator), self.denominator.checked_mul(other.denominator))
    }

    /// # Errors
    /// Division by zero, besides what is too long.
    pub(super) fn over(self, other: Fraction) -> Result<Fraction, Invalid> {
        if other == Fraction::ZERO {
            return Err(Invalid::new("it divides by zero"));
        }
        reduced(self.numerator.checked_mul(other.denominator), self.denominator.checked_mul(other.numerator))
    }

    /// The distance from zero: exact where 28 digits are enough, else its first 28 digits, rounded.
    pub(super) fn magnitude(self) -> Result<Decimal, Invalid> {
        let decimal = |part: i128| Decimal::try_from_i128_with_scale(part, 0).ok();
        let quotient = decimal(self.numerator)
            .zip(decimal(self.denominator))
            .and_then(|(numerator, denominator)| numerator.checked_div(denominator));
        quotient.map(|exact| exact.abs().normalize()).ok_or_else(too_long)
    }
}

fn reduced(numerator: Option<i128>, denominator: Option<i128>) -> Result<Fraction, Invalid> {
    let (numerator, denominator) = numerator.zip(denominator).ok_or_else(too_long)?;
    if numerator == i128::MIN || denominator == i128::MIN {
        return Err(too_long());
    }
    let divisor = common_divisor(numerator.abs(), denominator.abs()) * denominator.signum();
    Ok(Fraction { numerator: numerator / divisor, denominator: denominator / divisor })
}

fn common_divisor(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// What is said of more digits than the arithmetic keeps.
pub(super) fn too_long() -> Invalid {
    Invalid::new("it has more digits than can be kept exactly").hint("28 digits are kept, marks not counted")
}

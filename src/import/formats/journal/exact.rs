//! Sums and products that are exact or none: `Decimal` rounds in silence where 28 digits do not suffice.

use rust_decimal::Decimal;

/// Why a calculation was given up.
pub const TOO_LONG: &str = "its amounts have more digits than can be kept";

/// The sum.
///
/// # Errors
/// Where it has more than 28 digits.
pub fn add(a: Decimal, b: Decimal) -> Result<Decimal, String> {
    let sum = a.checked_add(b).filter(|sum| sum.checked_sub(a) == Some(b) && sum.checked_sub(b) == Some(a));
    sum.ok_or_else(|| TOO_LONG.to_owned())
}

/// The product.
///
/// # Errors
/// Where it has more than 28 digits.
pub fn multiply(a: Decimal, b: Decimal) -> Result<Decimal, String> {
    let exactly = |a: Decimal, b: Decimal| {
        let is_exact = |product: &Decimal| product.is_zero() || product.scale() == a.scale() + b.scale();
        a.checked_mul(b).filter(is_exact)
    };
    exactly(a, b).or_else(|| exactly(a.normalize(), b.normalize())).ok_or_else(|| TOO_LONG.to_owned())
}

/// What an amount is worth at a price: to 28 digits, as prices are quotients themselves.
///
/// # Errors
/// Where it is too large.
pub fn value(number: Decimal, price: Decimal) -> Result<Decimal, String> {
    number.checked_mul(price).ok_or_else(|| TOO_LONG.to_owned())
}

/// The same without zeros at its end, but for the two digits that money has.
pub fn shortened(number: Decimal) -> Decimal {
    let mut short = number.normalize();
    if short.scale() < 2.min(number.scale()) {
        short.rescale(2.min(number.scale()));
    }
    short
}

/// The quotient, to 28 digits, without zeros at its end that neither number shows.
///
/// # Errors
/// For a division by nothing.
pub fn divide(a: Decimal, b: Decimal) -> Result<Decimal, String> {
    let quotient = a.checked_div(b).ok_or_else(|| "it divides by nothing".to_owned())?;
    let mut short = quotient.normalize();
    short.rescale(short.scale().max(a.scale().saturating_sub(b.scale())));
    Ok(short)
}

//! Division in integers, and the way back from 128 bits.

use crate::domain::invalid::Invalid;
use crate::domain::money::Minor;

/// The quotient, half to even; the divisor is positive.
pub(super) fn half_even(dividend: i128, divisor: i128) -> i128 {
    let (quotient, rest) = (dividend.div_euclid(divisor), dividend.rem_euclid(divisor));
    match rest.cmp(&(divisor - rest)) {
        std::cmp::Ordering::Less => quotient,
        std::cmp::Ordering::Greater => quotient + 1,
        std::cmp::Ordering::Equal => quotient + quotient.rem_euclid(2),
    }
}

/// The same number in minor units.
///
/// # Errors
/// When it does not fit 64 bits.
pub(super) fn narrow(amount: i128) -> Result<Minor, Invalid> {
    i64::try_from(amount)
        .map(Minor)
        .map_err(|_| Invalid::new(format!("`{amount}` minor units are more than an amount can be")))
}

/// The minor units in 128 bits.
pub(super) fn wide(amount: Minor) -> i128 {
    i128::from(amount.0)
}

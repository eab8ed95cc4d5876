//! The way to 128 bits and back.

use crate::domain::invalid::Invalid;
use crate::domain::money::Minor;

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

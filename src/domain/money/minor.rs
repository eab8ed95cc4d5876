//! The stored amount: a count of minor units, with checked arithmetic.
//!
//! Which currency, and so how many digits stand after the mark, is known by whoever holds the
//! amount. Overflow is an error everywhere, never a wrap and never a clamp.

use serde::{Deserialize, Serialize};

use crate::domain::invalid::Invalid;

/// An amount in minor units (pence, cents, yen); money into an account is positive, out of it negative.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Minor(pub i64);

impl Minor {
    /// Nothing.
    pub const ZERO: Minor = Minor(0);

    /// The sum of two amounts of one currency.
    ///
    /// # Errors
    /// When the sum does not fit 64 bits.
    pub fn checked_add(self, other: Minor) -> Result<Minor, Invalid> {
        fit(i128::from(self.0) + i128::from(other.0))
    }

    /// This amount less another of the same currency.
    ///
    /// # Errors
    /// When the difference does not fit 64 bits.
    pub fn checked_sub(self, other: Minor) -> Result<Minor, Invalid> {
        fit(i128::from(self.0) - i128::from(other.0))
    }

    /// The same amount in the other direction.
    ///
    /// # Errors
    /// For the one amount without an opposite, `i64::MIN`.
    pub fn checked_neg(self) -> Result<Minor, Invalid> {
        fit(-i128::from(self.0))
    }

    /// The sum of any number of amounts of one currency; zero of none.
    ///
    /// Only the total has to fit, so the order of the amounts does not matter.
    ///
    /// # Errors
    /// When the total does not fit 64 bits.
    pub fn checked_sum(amounts: impl IntoIterator<Item = Minor>) -> Result<Minor, Invalid> {
        // Fewer than 2^64 amounts of 64 bits each cannot overflow 128.
        fit(amounts.into_iter().map(|amount| i128::from(amount.0)).sum())
    }

    /// Whether this is nothing.
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Whether this is money out.
    pub fn is_negative(self) -> bool {
        self.0 < 0
    }
}

fn fit(total: i128) -> Result<Minor, Invalid> {
    i64::try_from(total).map(Minor).map_err(|_| {
        Invalid::new(format!("`{total}` minor units are more than an amount can be"))
            .hint(format!("amounts go up to {} minor units", i64::MAX))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_total_of_a_sum_has_to_fit() {
        let amounts = [Minor(i64::MAX), Minor(1), Minor(-2)];
        assert_eq!(Minor::checked_sum(amounts), Ok(Minor(i64::MAX - 1)));
        assert_eq!(Minor::checked_sum([]), Ok(Minor::ZERO));
    }

    #[test]
    fn overflow_is_an_error_in_every_operation() {
        let (largest, smallest) = (Minor(i64::MAX), Minor(i64::MIN));
        assert!(largest.checked_add(Minor(1)).is_err());
        assert!(smallest.checked_sub(Minor(1)).is_err());
        assert!(smallest.checked_neg().is_err());
        let said = Minor::checked_sum([largest, Minor(1)]).unwrap_err();
        assert_eq!(said.message, "`9223372036854775808` minor units are more than an amount can be");
    }

    #[test]
    fn it_is_a_bare_number_in_json() {
        assert_eq!(serde_json::to_string(&Minor(-1250)).unwrap(), "-1250");
        assert_eq!(serde_json::from_str::<Minor>("-1250").unwrap(), Minor(-1250));
    }
}

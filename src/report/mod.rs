//! Reports: values that are worked out from the book, for any face to show. They print nothing and change
//! nothing.

pub mod budget;
pub mod check;
pub mod expenses;
pub mod income;
pub mod networth;
pub mod overview;
pub mod payees;
pub mod register;
pub mod spending;
pub mod summary;

use crate::domain::money::Minor;
use crate::error::Result;

/// A sum as an amount.
///
/// # Errors
/// One beyond 64 bits.
fn narrow(sum: i128) -> Result<Minor> {
    i64::try_from(sum).map(Minor).map_err(|_| {
        crate::error::Problem::conflict("the sum is larger than groat can count")
            .hint("report a shorter period")
            .into()
    })
}

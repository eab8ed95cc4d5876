//! Money: integer minor units, the currencies they are counted in, and the text of amounts.
//!
//! Everything here is exact: integers, `rust_decimal` where a user types, never a float. It knows
//! accounts, the book and the configuration only through its arguments. `cli/`, `import/` and
//! `report/` parse with `parse_amount` and print with `format_minor` or `format_human`.

mod amount;
mod arithmetic;
mod around;
mod currency;
mod format;
mod fraction;
mod minor;
mod number;
mod parse;
mod ratio;
mod shares;
mod territory;
#[cfg(test)]
mod tests;

pub use amount::{AmountInput, Exact, Sign, Stated};
pub use currency::{Currency, CurrencyCode, iso_currencies, iso_currency};
pub use format::{format_human, format_minor};
pub use minor::Minor;
pub use parse::parse_amount;
pub use ratio::{average, half_even, percent_of};
pub use shares::shares_of;
pub use territory::{DecimalMark, currency_of_territory, territory_of_locale};

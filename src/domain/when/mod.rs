//! Days, months and periods as people write them (cli.md section 4, DATE and PERIOD).
//!
//! Text is split into words, read into a `Reading` that knows no calendar, and resolved against `today`,
//! which is always an argument. Knows nothing of postings or of the command line; every layer above uses it.
//! Days go from [`FIRST_DAY`] to [`LAST_DAY`]. Weeks are ISO weeks: they start on Monday.

mod calendar;
mod date;
mod day;
mod describe;
mod join;
mod month;
mod numbers;
mod period;
mod range;
mod reading;
mod span;
mod step;
mod time;
mod words;

#[cfg(test)]
mod tests;

pub use calendar::{FIRST_DAY, LAST_DAY};
pub use date::parse_date;
pub use join::join_hint;
pub use month::Month;
pub use numbers::DateOrder;
pub use period::Period;
pub use range::parse_period;
pub use span::Lean;
pub use step::Step;
pub use time::is_time_of_day;

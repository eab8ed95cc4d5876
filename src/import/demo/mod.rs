//! The example household of `groat demo`: a book of its own to try everything on, of any size, and the data of tests
//! and benchmarks.
//!
//! ```text
//!  calendar ─┐
//!  payees   ─┼─> household: a stream of events ── fill ─> book
//!  chance   ─┘                                     └─ budget
//! ```
//!
//! The seed and the day decide everything: equal ones give equal books, on both databases.

mod budget;
mod calendar;
mod categories;
mod chance;
mod fill;
mod household;
mod payees;
mod purses;

pub use fill::fill;
pub use household::{Event, Household, Leg, Life, Purpose, USUAL_SIZE};
pub use purses::Purse;

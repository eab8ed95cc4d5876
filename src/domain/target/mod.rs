//! Targets: the template lines of an envelope that ask for money (`50 up to 200`, `500 by 2027-03`).
//!
//! Text is parsed once into a [`Line`], which prints as its canonical text. Nothing here knows a database, a
//! category's id or what is left to give: `budget/plan/` computes what a line asks for and what it is given.
//!
//! ```text
//!  line   := ["!" N] ask [limit]                    without a priority it is 0
//!  ask    := AMOUNT | limit | AMOUNT every | AMOUNT by | share | schedule | average | copy | remainder | goal
//!  limit  := "up to" AMOUNT ["per" (day | week | month) ["starting" DATE]] ["hold"]
//!  every  := "every" [N] UNIT "starting" DATE
//!  by     := "by" MONTH ["spend from" MONTH] ["repeat every" [N] (months | years)]
//! ```

mod by;
mod clauses;
mod limit;
mod line;
mod misread;
mod name;
mod parser;
mod percent;
mod print;
mod recurrence;
#[cfg(test)]
mod tests;
mod values;
mod words;

pub use by::{By, Due};
pub use limit::{Limit, Per};
pub use line::{Adjust, Ask, Base, Line, Reading};
pub use percent::Percent;
pub use recurrence::{Every, Recurrence, Unit};

//! What the targets of all envelopes ask for in a month, and what they are given of what is to be budgeted.
//!
//! Pure: [`plan`] takes what is there and says what would be, with a reason for each line; the caller stores it or
//! only shows it. Sums are of 128 bits inside and refused where they leave 64.
//!
//! Order: what is assigned now is returned, what lies above a limit is given back, priority 0 (which may take to be
//! budgeted below zero), priorities 1, 2 and so on of what is left, then the remainders.

mod ask;
mod check;
mod due;
mod input;
mod need;
mod outcome;
mod refused;
mod remainder;
mod round;
mod run;
mod seat;
#[cfg(test)]
mod tests;

pub use input::{CategoryInput, History, Input, Target};
pub use need::{Need, needs};
pub use outcome::{GivenBack, Plan, Planned, PlannedLine};
pub use refused::{BadLine, Refused};

use check::check_all;
use run::Run;

/// The plan for a month. It touches the visible categories that have a line which asks and nothing assigned; with
/// `overwrite` all visible categories that have a line which asks, and twice is the same as once.
///
/// # Errors
/// Every line of a visible category that cannot be planned, all at once; a sum beyond 64 bits.
pub fn plan(input: &Input, history: &dyn History) -> Result<Plan, Refused> {
    check_all(input)?;
    let mut run = Run::new(input, history, |category| input.overwrite || category.assigned.is_zero());
    run.give_back();
    run.serve_levels()?;
    run.share_remainder();
    run.into_plan()
}

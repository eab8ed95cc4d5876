//! Envelope budgets: every month's numbers, and what gives money to envelopes. Each function is one operation for all
//! faces; the arithmetic is `domain::envelope`'s, and nothing that it works out is stored.

pub mod apply;
pub mod assign;
pub mod carryover;
pub mod changed;
pub mod closing;
pub mod cover;
mod differing;
mod envelopes;
pub mod explain;
pub mod hold;
pub mod month;
pub mod moving;
pub mod plan;
mod planning;
pub mod standing;
pub mod targets;

pub use changed::Changed;
pub use envelopes::{Envelopes, Place};

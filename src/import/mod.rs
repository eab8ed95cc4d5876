//! Import: a bank's file into the book, as plan and apply. Formats read bytes, the plan decides what each row
//! is, purposes say what it was for, apply writes all of it in one operation. `demo` fills a book of its own.
//!
//! ```text
//!  file ── formats::survey ─> layout ── formats::rows ─> rows ── plan ─> decisions ── apply ─> book
//! ```

pub mod accounts;
mod admission;
pub mod answers;
pub mod apply;
mod balances;
pub mod batches;
pub mod decision;
pub mod demo;
pub mod formats;
mod given;
mod imported;
mod key;
mod learning;
mod matching;
pub mod plan;
mod planned;
pub mod profile;
mod purpose;
pub mod reading;
mod reckoning;
pub mod rules;
#[cfg(test)]
#[path = "tests/shared.rs"]
mod shared;
mod standing;
mod stated;
mod unmatching;

pub use apply::{import, with_purpose};
pub use decision::Decision;
pub use imported::{Imported, Part};
pub use matching::{AT_ONCE, Offer};
pub use plan::{How, ImportPlan, PlannedRow, Request, Rows};
pub use purpose::{By, Told};

//! Import: a bank's file into the book, as plan and apply. Formats read bytes, the plan decides what each row
//! is, apply writes all of it in one operation. `demo` fills a book of its own.
//!
//! ```text
//!  file ── formats::survey ─> layout ── formats::rows ─> rows ── plan ─> decisions ── apply ─> book
//! ```

pub mod accounts;
pub mod apply;
mod balances;
pub mod batches;
pub mod decision;
pub mod demo;
pub mod formats;
mod key;
mod matching;
pub mod plan;
pub mod profile;
mod purposes;
pub mod reading;
#[cfg(test)]
#[path = "tests/shared.rs"]
mod shared;
mod standing;
mod unmatching;

pub use apply::{Imported, Part, import};
pub use decision::Decision;
pub use matching::AT_ONCE;
pub use plan::{How, ImportPlan, PlannedRow, Request, Rows};

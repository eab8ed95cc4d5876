//! Import: a bank's file into the book, as plan and apply. Formats read bytes, the plan decides what each row
//! is, apply writes all of it in one operation.
//!
//! ```text
//!  file ── formats::survey ─> layout ── formats::rows ─> rows ── plan ─> decisions ── apply ─> book
//! ```

pub mod apply;
pub mod batches;
pub mod formats;
mod key;
mod matching;
pub mod plan;

pub use apply::{Imported, import};
pub use plan::{Decision, ImportPlan, PlannedRow, Request};

//! The heavy tests: undo against random histories, many writers at once, `kill -9`, a wire that breaks, what a
//! write costs in round trips and syncs, and the one schema against both databases. They work through the binary,
//! but for random histories and overlapping transactions, which use the library.
//!
//! `PROPTEST_CASES=5000 cargo test --test robustness undo` looks further than the fixed cases of the gate, from
//! another start each time.

mod support;

#[path = "robustness/applying.rs"]
mod applying;
#[path = "robustness/balances.rs"]
mod balances;
#[path = "robustness/budgeting.rs"]
mod budgeting;
#[path = "robustness/closing.rs"]
mod closing;
#[path = "robustness/concurrency.rs"]
mod concurrency;
#[path = "robustness/files.rs"]
mod files;
#[path = "robustness/giving.rs"]
mod giving;
#[path = "robustness/kill.rs"]
mod kill;
#[path = "robustness/promise/mod.rs"]
mod promise;
#[path = "robustness/schema.rs"]
mod schema;
#[path = "robustness/shelf.rs"]
mod shelf;
#[path = "robustness/statements.rs"]
mod statements;
#[path = "robustness/step.rs"]
mod step;
#[path = "robustness/undo.rs"]
mod undo;
#[path = "robustness/wire.rs"]
mod wire;

//! The types and rules of groat, without input or output. Imports nothing of ours.
//!
//! ```text
//!  book ── currency                      group ──< category (expense | income)
//!    │                                              │ 0..1
//!  account (kind, currency, on budget) ──< posting >┘
//!                                             │ amount, value, date, status
//!  payee ──< alias     tag >──< transaction ──┘
//!    └────────────────────────────┘ date, note          a transfer: postings in two accounts
//!
//!  operation ──< change (one row before)    import batch >──< statement line ── 0..1 transaction
//!  rule (query, payee, note, tags) ──< part (category, share)
//! ```

pub mod account;
pub mod category;
pub mod envelope;
pub mod ids;
pub mod invalid;
pub mod iso;
pub mod legs;
pub mod money;
pub mod name;
pub mod numbered;
pub mod pairing;
pub mod query;
pub mod rule;
pub mod runs;
pub mod target;
pub mod transaction;
pub mod when;

/// `1 row`, `2 rows`.
pub fn counted(count: i64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

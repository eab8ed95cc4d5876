//! The query language: what `list`, `report` and every other face take to say which transactions are meant
//! (cli.md section 4, QUERY).
//!
//! Text is parsed once into a [`Query`], a tree of terms that remember where they stand. Nothing here knows a
//! database or a name in it: `ledger/query.rs` looks names up, `db/query.rs` makes conditions of the result.
//!
//! ```text
//!  query := and ("or" and)*                 weakest
//!  and   := not ("and"? not)*               words side by side
//!  not   := "not" not | "(" query ")" | term
//!  term  := word | "quoted" | /regex/ | field:value
//! ```

mod amount;
mod ast;
mod field;
mod join;
mod lexer;
mod many;
mod misread;
mod parser;
mod pattern;
mod place;
mod print;
#[cfg(test)]
mod tests;
mod value;

pub use amount::{Bound, Limits, Range};
pub use ast::{Direction, Kind, Node, Query, Reading, Span, State, Term};
pub use join::{is_query, joined};
pub use many::Patterns;
pub use misread::Misread;
pub use pattern::{Matcher, Pattern, Text};
pub use place::point_at;

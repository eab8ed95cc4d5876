//! The face for agents: the Model Context Protocol over stdin and stdout, read-only. Each tool takes its arguments
//! apart, calls the function of the areas that the command line calls, and hands on the same JSON, made shorter.
//!
//! `server` speaks the protocol, `desk` has the book open, `tools/` has one file a tool, `answers` and `cursor` bound
//! what goes out. `cli/commands/mcp.rs` starts it. No SQL and no sums here.

mod answers;
mod cursor;
mod desk;
mod server;
mod tools;

pub use desk::Opener;
pub use server::serve;

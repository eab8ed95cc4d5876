//! Files as text: their encoding, their lines, and how numbers, days and words are written in them, by whatever bank
//! and in whatever format. Nothing here knows what a field means. From the bottom up: `encoding` -> `lines`;
//! `fold` -> `months` -> `dates`; `currency` -> `amounts`; `votes` settle what all cells of a file allow.

pub mod amounts;
pub mod currency;
pub mod dates;
mod encoding;
mod fold;
mod ids;
mod lines;
mod mark;
mod months;
pub mod votes;

pub use encoding::{Encoded, detect, read_some};
pub use fold::fold;
pub use ids::is_no_id;
pub use lines::{LineEnd, Lines};
pub use mark::mark;

//! Names: what may be one, how it is stored, and the folded key it is found by.
//!
//! Everything typed or read from a file passes through `clean`, `clean_from_file` or `clean_note`
//! before it is stored, and through `visible` before it is shown. Looking names up (exact, slug,
//! alias, prefix, near match) is `db/` and the areas' work; `fold` and `near` serve them.

mod clean;
mod fold;
mod hidden;
mod near;
mod search;

pub use clean::{NameKind, clean, clean_from_file, clean_note};
pub use fold::{capitalise_first, fold, split_category};
pub(crate) use hidden::excerpt;
pub use hidden::visible;
pub use near::near;
pub use search::search_key;

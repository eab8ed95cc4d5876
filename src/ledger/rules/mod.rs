//! Rules for the rows of banks' files: made and changed by people, asked of rows by imports.
//!
//! ```text
//!  text of a query ── reading (names looked up) ─> condition ── ruleset (all of them) ─> the first rule that fits
//! ```
//!
//! `edit` and `renaming` change rules, `view` is how they are answered. What a rule does to a transaction is `import/`'s.

mod condition;
mod edit;
mod reading;
mod renaming;
mod ruleset;
#[cfg(test)]
mod tests;
mod view;

pub use condition::BankRow;
pub use edit::{Actions, Changed, Place, add, append, delete, edit};
pub use reading::canonical;
pub use renaming::{refuse_asked, refuse_set, refuse_used, rename_account, rename_tag, replace_category};
pub use ruleset::Ruleset;
pub use view::{PartView, RuleView, list};

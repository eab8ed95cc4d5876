//! Words for people: text made safe to show, plurals, instants.

pub use crate::domain::counted;
pub use crate::domain::name::visible;

/// An instant as people read it, UTC.
pub fn instant(at: chrono::NaiveDateTime) -> String {
    at.format("%Y-%m-%d %H:%M").to_string()
}

/// An instant as programs read it.
pub fn iso_instant(at: chrono::NaiveDateTime) -> String {
    format!("{}Z", at.format("%Y-%m-%dT%H:%M:%S"))
}

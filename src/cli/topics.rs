//! The topics of `groat help`: what holds for many commands at once.

/// Name, one line about it, and the text.
pub const TOPICS: &[(&str, &str, &str)] = &[];

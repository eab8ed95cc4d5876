//! Cursors: which page comes next, and of which call. Opaque to clients, and checked when they come back, as a model may
//! make one up or give it to another call.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use rmcp::model::JsonObject;

use crate::domain::name::visible;
use crate::error::{Problem, Result};

/// The argument that every tool with pages takes.
const CURSOR: &str = "cursor";

/// The cursor of a page (from 1) of a call.
pub fn write(page: usize, tool: &str, arguments: &JsonObject) -> String {
    format!("{page}-{:016x}", mark(page, tool, arguments))
}

/// The page that a call asks for; the first without a cursor.
///
/// # Errors
/// A cursor that no page of this call had.
pub fn read(tool: &str, arguments: &JsonObject) -> Result<usize> {
    let Some(text) = arguments.get(CURSOR).and_then(|value| value.as_str()) else { return Ok(1) };
    let page = text.split_once('-').and_then(|(page, _)| page.parse().ok());
    page.filter(|page| write(*page, tool, arguments) == text).ok_or_else(|| {
        Problem::usage(format!("`{}` is no cursor of this call", visible(text)))
            .hint("give `next_cursor` of the last answer, with the same arguments; leave `cursor` out to begin anew")
            .into()
    })
}

/// What tells this page of this call from others, whatever the order of its arguments.
fn mark(page: usize, tool: &str, arguments: &JsonObject) -> u64 {
    let others: BTreeMap<&str, String> = arguments
        .iter()
        .filter(|(name, value)| *name != CURSOR && !value.is_null())
        .map(|(name, value)| (name.as_str(), value.to_string()))
        .collect();
    let mut hasher = DefaultHasher::new();
    (page, tool, others).hash(&mut hasher);
    hasher.finish()
}

//! Texts of Dutch banks with keys between slashes: `/TRTP/SEPA OVERBOEKING/IBAN/NL.../NAME/J JANSEN/REMI/Rent`.
//!
//! ABN, ING, Rabobank and others use the same keys; ING has the other side in one (`/CNTP/account/BIC/name/city/`).

use super::{Details, account, collapse, wrapped};

/// The keys, of which only some are of use: a value ends where another one begins.
const KEYS: [&str; 28] = [
    "TRTP", "TYPE", "TRCD", "IBAN", "BIC", "NAME", "REMI", "EREF", "IREF", "PREF", "MARF", "CSID", "CRED",
    "ORDP", "BENM", "CNTP", "ADDR", "ISDT", "ID", "ULTC", "ULTD", "ULTB", "PURP", "RTRN", "SVCL", "NRTX",
    "EXCH", "ACCW",
];

/// Reads such a text; none where it does not begin with a key.
pub fn read(text: &str) -> Option<Details> {
    let text = wrapped::unwrap(text.trim(), wrapped::DUTCH_LINE, None);
    key(&text)?;
    let mut details = Details::default();
    let mut kind = None;
    for (key, value) in values(&text) {
        match key {
            "NAME" => fill(&mut details.payee, collapse(bare(value))),
            "IBAN" => fill(&mut details.other_account, account(bare(value))),
            "REMI" => fill(&mut details.memo, collapse(remittance(value))),
            "TRTP" | "TYPE" => fill(&mut kind, collapse(bare(value))),
            "CNTP" => {
                let mut parts = value.split('/');
                fill(&mut details.other_account, parts.next().and_then(account));
                fill(&mut details.payee, parts.nth(1).and_then(collapse));
            }
            _ => {}
        }
    }
    details.memo = details.memo.or(kind);
    Some(details)
}

/// The key with which the text begins.
fn key(text: &str) -> Option<&'static str> {
    let rest = text.strip_prefix('/')?;
    KEYS.iter().find(|key| rest.strip_prefix(**key).is_some_and(|rest| rest.starts_with('/'))).copied()
}

/// The keys with what stands behind each, in order.
fn values(text: &str) -> impl Iterator<Item = (&'static str, &str)> {
    let starts = text.match_indices('/').filter_map(|(at, _)| Some((at, key(&text[at..])?)));
    let mut starts = starts.peekable();
    std::iter::from_fn(move || {
        let (at, key) = starts.next()?;
        let from = at + key.len() + 2;
        // Two keys may share a slash: then the first has no value.
        let to = starts.peek().map_or(text.len(), |(next, _)| (*next).max(from));
        Some((key, &text[from.min(to)..to]))
    })
}

/// What was written to the payee: unstructured, or a reference of a structure's.
fn remittance(value: &str) -> &str {
    let value = bare(value);
    bare(value.strip_prefix("USTD/").or_else(|| value.strip_prefix("STRD/")).unwrap_or(value))
}

fn bare(value: &str) -> &str {
    value.trim().trim_matches('/').trim()
}

/// The first that is there counts.
fn fill(text: &mut Option<String>, found: Option<String>) {
    if text.is_none() {
        *text = found;
    }
}

//! The keywords of SEPA payments inside a purpose: `EREF+...`, `SVWZ+...`.
//!
//! German banks write them into `?20` to `?29`, in the order of the payment's own fields; `german` calls.

/// The keywords, by the German banks' description of `:86:` (DFÜ-Abkommen, annex 3).
const WORDS: [&str; 13] =
    ["EREF", "KREF", "MREF", "CRED", "DEBT", "COAM", "OAMT", "SVWZ", "ABWA", "ABWE", "IBAN", "BIC", "PURP"];

/// Whether a piece begins with one.
pub fn begins(piece: &str) -> bool {
    WORDS.iter().any(|word| piece.strip_prefix(word).is_some_and(|rest| rest.starts_with('+')))
}

/// What stands behind a keyword, up to the next one; none where it is not there, or blank.
pub fn section<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let mut starts = keywords(text);
    let (_, from) = starts.find(|(found, _)| *found == word)?;
    let to = starts.next().map_or(text.len(), |(next, at)| at - next.len() - 1);
    Some(text[from..to].trim()).filter(|section| !section.is_empty())
}

/// The keywords in the text, each with the place behind it; one stands at the beginning or behind a blank.
fn keywords(text: &str) -> impl Iterator<Item = (&'static str, usize)> {
    text.match_indices('+').filter_map(|(at, _)| {
        let before = &text[..at];
        let word = WORDS.iter().find(|word| before.ends_with(**word))?;
        let is_apart = before[..at - word.len()].chars().next_back().is_none_or(char::is_whitespace);
        is_apart.then_some((*word, at + 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_end_at_the_next_keyword() {
        let text = "EREF+1 SVWZ+Rent + heat XSVWZ+ May\nABWA+Else";
        assert_eq!(section(text, "SVWZ"), Some("Rent + heat XSVWZ+ May"));
        assert_eq!(section(text, "EREF"), Some("1"));
        assert_eq!(section(text, "ABWA"), Some("Else"));
        assert_eq!(section("EREF+ SVWZ+", "SVWZ"), None);
        assert_eq!(section("Rent", "SVWZ"), None);
        assert!(begins("SVWZ+x") && !begins("SVWZ x"));
    }
}

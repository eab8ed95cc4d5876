//! The folded key of a name, and the small cuts made on names beside it.
//!
//! The key is stored and indexed; names are unique by it, found by it and sorted by it, and it is
//! the segment of a slug. Changing it means a migration.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The key of a name: NFC, lower-case in any script, each run of blanks, `-` and `_` one `-`, none at the ends.
///
/// NFC and not NFKC: compatibility forms would turn `：` and `℅` into the `:` and `/` that part group
/// and category. Case is folded character by character: `ß` stays and is not `ss`, and the final
/// sigma is an ordinary one, so that the key of a word's beginning begins the word's key.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return joined(&text.to_ascii_lowercase());
    }
    let composed_text = composed(text);
    let lowered = composed_text.chars().flat_map(char::to_lowercase).map(|c| if c == 'ς' { 'σ' } else { c });
    // Lower case can leave what NFC composes or reorders: `İ` becomes an i with a dot above it.
    joined(&composed(&lowered.collect::<String>()))
}

/// The text in NFC. Most is in it already, which is found out much faster than it is made.
pub(super) fn composed(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        IsNormalized::No | IsNormalized::Maybe => Cow::Owned(text.nfc().collect()),
    }
}

/// Each run of blanks, `-` and `_` as one `-`, none at the ends.
fn joined(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let is_joint = |c: char| c == '-' || c == '_' || c.is_whitespace();
    for word in text.split(is_joint).filter(|word| !word.is_empty()) {
        if !key.is_empty() {
            key.push('-');
        }
        key.push_str(word);
    }
    key
}

/// The text with its first letter in upper case, the rest untouched.
pub fn capitalise_first(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map(char::to_uppercase).into_iter().flatten().chain(rest).collect()
}

/// Group and category, parted at the first `/` or `:` and trimmed; no group where there is neither.
///
/// An empty part is given as it is (`/out` has the group ``) and refused when it is cleaned.
pub fn split_category(text: &str) -> (Option<&str>, &str) {
    match text.split_once(['/', ':']) {
        Some((group, category)) => (Some(group.trim()), category.trim()),
        None => (None, text.trim()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn case_blanks_hyphens_and_underscores_do_not_tell_names_apart() {
        for (text, key) in [
            ("Eating Out", "eating-out"),
            ("eating_out", "eating-out"),
            (" --Eating \u{a0}_- OUT- ", "eating-out"),
            ("CAFE\u{301}", "café"),
            ("Straße", "straße"),
            ("STRAẞE", "straße"),
            ("ΟΔΟΣ", "οδοσ"),
            ("οδος", "οδοσ"),
            ("ЕДА", "еда"),
            ("食費", "食費"),
            ("M&S", "m&s"),
            ("İstanbul", "i\u{307}stanbul"),
            ("--", ""),
            ("", ""),
        ] {
            assert_eq!(fold(text), key);
        }
    }

    #[test]
    fn the_first_letter_is_upper_cased_in_any_script() {
        for (text, capitalised) in
            [("coffee", "Coffee"), ("éclairs", "Éclairs"), ("еда", "Еда"), ("7up", "7up"), ("", "")]
        {
            assert_eq!(capitalise_first(text), capitalised);
        }
    }

    #[test]
    fn a_category_is_parted_from_its_group_at_the_first_mark() {
        for (text, parts) in [
            ("groceries", (None, "groceries")),
            ("food/eating-out", (Some("food"), "eating-out")),
            ("Food : Eating out ", (Some("Food"), "Eating out")),
            ("a/b:c", (Some("a"), "b:c")),
            ("/b", (Some(""), "b")),
            ("a:", (Some("a"), "")),
        ] {
            assert_eq!(split_category(text), parts, "{text}");
        }
    }

    #[test]
    fn every_characters_key_is_its_own_key() {
        // Beyond the ideographs nothing has a case or a composition.
        for c in '\0'..='\u{2ffff}' {
            let key = fold(&format!("a{c}b"));
            assert_eq!(fold(&key), key, "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "(?s)(.|[-_ A-Za-zΣς\u{300}-\u{345}]){0,60}") {
            let key = fold(&text);
            prop_assert_eq!(fold(&key), key.clone());
            prop_assert!(!key.contains("--") && !key.starts_with('-') && !key.ends_with('-'));
        }

        #[test]
        fn case_does_not_change_the_key_of_ascii_names(text in "[ -~]{0,40}") {
            prop_assert_eq!(fold(&text.to_ascii_uppercase()), fold(&text));
        }
    }
}

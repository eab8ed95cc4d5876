//! The key that words are looked for in: the folded key of a name, without what some scripts lose in capitals.
//!
//! Names are told apart by `fold`, which keeps a word's length; looking for a word may be more generous.

use std::borrow::Cow;

/// A folded key as it is searched: `ß` is `ss`, an i is an i with a dot or without, and Greek vowels have no accent,
/// as `STRASSE`, `İSTANBUL` and `ΟΔΟΣ` are how `Straße`, `istanbul` and `οδός` are written in capitals.
pub fn search_key(key: &str) -> Cow<'_, str> {
    if key.is_ascii() {
        return Cow::Borrowed(key);
    }
    let mut found = String::with_capacity(key.len());
    for c in key.chars() {
        match c {
            'ß' => found.push_str("ss"),
            '\u{307}' if found.ends_with('i') => {}
            c => found.push(plain(c)),
        }
    }
    Cow::Owned(found)
}

fn plain(c: char) -> char {
    match c {
        'ı' => 'i',
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' => 'ι',
        'ό' => 'ο',
        'ύ' => 'υ',
        'ώ' => 'ω',
        'ΐ' => 'ϊ',
        'ΰ' => 'ϋ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::name::fold;

    #[test]
    fn capitals_of_any_script_are_found() {
        for (one, other) in [
            ("Straße", "STRASSE"),
            ("STRAẞE", "strasse"),
            ("İSTANBUL", "istanbul"),
            ("KIRŞEHİR", "kırşehir"),
            ("ΟΔΟΣ", "οδός"),
            ("Σκλαβενίτης", "ΣΚΛΑΒΕΝΙΤΗΣ"),
            ("ПЯТЁРОЧКА", "пятёрочка"),
            ("ÉCLAIR", "e\u{301}clair"),
        ] {
            assert_eq!(search_key(&fold(one)), search_key(&fold(other)));
        }
        assert_ne!(search_key(&fold("café")), search_key(&fold("cafe")), "an accent is no matter of case");
        assert!(matches!(search_key("corner-bakery"), Cow::Borrowed(_)));
    }
}

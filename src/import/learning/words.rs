//! The words of what a bank says, as they are learned.

use crate::domain::name::fold;

/// The words of texts, folded and without digits, each once and in order; single letters are none.
pub fn words<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut words = Vec::new();
    for text in texts {
        for piece in fold(text).split(|c: char| !c.is_alphanumeric()) {
            let word: String = piece.chars().filter(|c| !c.is_numeric()).collect();
            if word.chars().nth(1).is_some() {
                words.push(word);
            }
        }
    }
    words.sort_unstable();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_capitals_and_signs_make_no_difference() {
        for (text, expected) in [
            ("TESCO STORES 2041", &["stores", "tesco"][..]),
            ("AMZN Mktp DE*2K4 A", &["amzn", "de", "mktp"]),
            ("tesco  Tesco-tesco_TESCO", &["tesco"]),
            ("Café Zoë, 寿司", &["café", "zoë", "寿司"]),
            ("2026-01-02 7", &[]),
        ] {
            assert_eq!(words([text].into_iter()), expected, "{text}");
        }
    }
}

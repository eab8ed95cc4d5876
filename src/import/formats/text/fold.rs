//! Words as they are compared, whoever wrote them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower-case letters and digits without accents, one blank between words; `AccountName` is two.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        folded(text.chars(), text.len())
    } else {
        folded(text.nfkd().filter(|c| !is_combining_mark(*c)), text.len())
    }
}

fn folded(letters: impl Iterator<Item = char>, length: usize) -> String {
    let mut folded = String::with_capacity(length + 4);
    let mut was_lower = false;
    for c in letters {
        let is_hump = was_lower && c.is_uppercase();
        was_lower = c.is_lowercase();
        if (is_hump || !c.is_alphanumeric()) && !folded.ends_with(' ') && !folded.is_empty() {
            folded.push(' ');
        }
        if c.is_alphanumeric() {
            push_letter(&mut folded, c);
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Pushes the lower-case letter, plain where its accent is part of it.
fn push_letter(folded: &mut String, c: char) {
    match c {
        _ if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
        'ß' => folded.push_str("ss"),
        'æ' | 'Æ' => folded.push_str("ae"),
        'œ' | 'Œ' => folded.push_str("oe"),
        'ø' | 'Ø' => folded.push('o'),
        'ł' | 'Ł' => folded.push('l'),
        'đ' | 'Đ' => folded.push('d'),
        'ı' => folded.push('i'),
        _ => folded.extend(c.to_lowercase()),
    }
}

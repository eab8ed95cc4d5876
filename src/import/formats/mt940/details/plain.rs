//! Texts in the banks' own words. A payee is read where the text names one plainly; else the whole text is the memo.

use super::{Details, account, collapse, wrapped};

/// Reads any text. `reference` and `extra` are the entry's own.
pub fn read(text: &str, reference: &str, extra: &str) -> Details {
    coded(text, extra).or_else(|| labelled(text)).or_else(|| repeated(text, reference, extra)).unwrap_or_else(
        || Details {
            memo: collapse(&wrapped::unwrap(text, wrapped::DUTCH_LINE, None)),
            ..Details::default()
        },
    )
}

/// A French or Canadian bank's code, then who, and further lines of what for: `A44?Librairie`. The entry's further
/// line may be repeated behind the name.
fn coded(text: &str, extra: &str) -> Option<Details> {
    let code = text.get(..4)?.as_bytes();
    let is_code =
        code[0].is_ascii_uppercase() && code[1..3].iter().all(u8::is_ascii_digit) && code[3] == b'?';
    let rest = is_code.then(|| &text[4..])?;
    let (name, memo) = rest.split_once('\n').unwrap_or((rest, ""));
    let name = name.trim();
    let name = name.strip_suffix(extra).filter(|name| !name.trim().is_empty()).unwrap_or(name);
    Some(Details { payee: collapse(name), memo: collapse(memo), other_account: None })
}

/// Knab's labels at the end: `REK: NL65INGB0123456789/NAAM: PICQER`.
fn labelled(text: &str) -> Option<Details> {
    let text = wrapped::unwrap(text, wrapped::DUTCH_LINE, None);
    let at = text.rfind("REK: ")?;
    let (number, name) = text[at + 5..].split_once("/NAAM: ")?;
    let number = account(number).filter(|number| number.len() <= 34)?;
    Some(Details { payee: collapse(name), memo: collapse(&text[..at]), other_account: Some(number) })
}

/// SNS writes the other account and its owner's name twice: as the entry's reference and further line, and here.
fn repeated(text: &str, reference: &str, extra: &str) -> Option<Details> {
    let is_number = reference.len() >= 7 && reference.bytes().all(|b| b.is_ascii_digit());
    let rest = text.trim_start().strip_prefix(reference).filter(|_| is_number && !extra.is_empty())?;
    let memo = rest.strip_prefix(' ')?.trim_start().strip_prefix(extra)?;
    if memo.starts_with(char::is_alphanumeric) {
        return None;
    }
    Some(Details { payee: collapse(extra), memo: collapse(memo), other_account: account(reference) })
}

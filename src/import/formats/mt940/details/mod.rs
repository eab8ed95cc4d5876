//! What the banks write into `:86:`: who, what for, and which account on the other side.
//!
//! SWIFT leaves the field to the banks. Each module here knows one of their ways and answers none where the text is
//! not written so; `plain` takes the rest: a text that does not say who is nobody's name. `row` calls `read`.

mod abn;
mod german;
mod keyed;
mod plain;
mod sepa;
mod wrapped;

/// Who and what for; no text is blank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// The other party.
    pub payee: Option<String>,
    /// What it was for.
    pub memo: Option<String>,
    /// The other side's IBAN or number.
    pub other_account: Option<String>,
}

/// Reads the text of an entry's `:86:`, its lines parted by `\n`. `reference` and `supplement` are the entry's own
/// reference for the owner and further lines, which some banks use for the other side.
pub fn read(text: &str, reference: &str, supplement: &str) -> Details {
    let supplement = collapse(supplement);
    let extra = supplement.as_deref().unwrap_or_default();
    let mut details = german::read(text)
        .or_else(|| keyed::read(text))
        .or_else(|| abn::read(text))
        .unwrap_or_else(|| plain::read(text, reference, extra));
    supplementary(&mut details, extra);
    if details.memo.is_none() && details.payee.is_none() {
        details.memo = collapse(reference).filter(|text| !is_placeholder(text));
    }
    details
}

/// The entry's further lines: Rabobank writes the other account there, others a word on the kind of payment.
/// Codes for amounts in other currencies and charges are left to the row's raw text.
fn supplementary(details: &mut Details, extra: &str) {
    let is_account = is_iban(extra) || is_giro_number(extra);
    if is_account && details.other_account.is_none() {
        details.other_account = Some(extra.to_owned());
    }
    let is_in = |text: &Option<String>| text.as_deref().is_some_and(|text| text.contains(extra));
    if extra.is_empty()
        || is_account
        || extra.starts_with('/')
        || is_in(&details.memo)
        || is_in(&details.payee)
    {
        return;
    }
    details.memo = joined([details.memo.as_deref(), Some(extra)]);
}

/// Rabobank's way to write an account of the Dutch giro: `P001234567`.
fn is_giro_number(text: &str) -> bool {
    text.strip_prefix('P')
        .is_some_and(|digits| (7..=10).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether the text has the form of an IBAN; its check digits are the bank's affair.
fn is_iban(text: &str) -> bool {
    let bytes = text.as_bytes();
    (15..=34).contains(&bytes.len())
        && bytes[..2].iter().all(u8::is_ascii_uppercase)
        && bytes[2..4].iter().all(u8::is_ascii_digit)
        && bytes.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// References that say nothing: none, or the name of the SEPA field in which it is to be found.
fn is_placeholder(text: &str) -> bool {
    let names = ["EREF", "KREF", "MREF", "EREF+", "KREF+", "MREF+", "PREF", "MARF"];
    super::super::text::is_no_id(text) || names.contains(&text)
}

/// The text with one blank for every run of blanks and control characters; none where nothing is left.
fn collapse(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let is_blank = |c: char| c.is_whitespace() || c.is_control();
    for word in text.split(is_blank).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    Some(out).filter(|out| !out.is_empty())
}

/// An account without the blanks in it; none for a placeholder.
fn account(text: &str) -> Option<String> {
    let name: String = text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    Some(name).filter(|name| !super::super::text::is_no_id(name))
}

/// Texts with a blank between.
fn joined<const N: usize>(texts: [Option<&str>; N]) -> Option<String> {
    let texts: Vec<_> = texts.into_iter().flatten().collect();
    collapse(&texts.join(" "))
}

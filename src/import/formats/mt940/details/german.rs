//! The structured `:86:` of German, Austrian and Polish banks: `166?00GUTSCHRIFT?20SVWZ+Rent?32KARL?33 KAUFMANN`.
//!
//! Three digits of the kind of business, then subfields: `?00` the kind in words, `?20`-`?29` and `?60`-`?63` the
//! purpose, `?31` and `?38` the other account, `?32` and `?33` the other party. Another mark than `?` is used, too.

use super::{Details, account, collapse, joined, sepa, wrapped};

/// Width of a piece of the purpose or a name: a full one goes on in the next.
const PIECE: usize = 27;

/// The subfields that are of use.
#[derive(Default)]
struct Subfields {
    kind: String,
    purpose: String,
    name: String,
    number: String,
    iban: String,
    /// Whether the last piece of the purpose and of the name was full.
    is_purpose_full: bool,
    is_name_full: bool,
}

/// Reads such a text; none where it is another.
pub fn read(text: &str) -> Option<Details> {
    let text = text.trim_start();
    let mark = mark(text)?;
    let text = wrapped::unwrap(text, wrapped::LINE, Some(mark));
    let mut subfields = Subfields::default();
    for (code, piece) in pieces(&text, mark) {
        subfields.take(code, piece);
    }
    Some(subfields.details())
}

/// The mark that parts the subfields.
fn mark(text: &str) -> Option<char> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = match digits {
        0 | 3 => &text[digits..],
        _ => return None,
    };
    let mark = rest.chars().next()?;
    let is_mark =
        mark == '?' || (digits == 3 && matches!(mark, '<' | '>' | '~' | '^' | '|' | '§' | '$' | '\''));
    let is_coded = rest[mark.len_utf8()..].bytes().take(2).filter(u8::is_ascii_digit).count() == 2;
    (is_mark && is_coded).then_some(mark)
}

/// The subfields in order: a mark that has no two digits behind it is text.
fn pieces(text: &str, mark: char) -> impl Iterator<Item = (u8, &str)> {
    let is_code =
        |at: &usize| text.as_bytes()[*at..].iter().take(2).filter(|b| b.is_ascii_digit()).count() == 2;
    let mut starts =
        text.match_indices(mark).map(|(at, mark)| at + mark.len()).filter(move |at| is_code(at)).peekable();
    std::iter::from_fn(move || {
        let start = starts.next()?;
        let end = starts.peek().map_or(text.len(), |next| next - mark.len_utf8());
        let code = text[start..start + 2].parse().ok()?;
        Some((code, &text[start + 2..end]))
    })
}

impl Subfields {
    fn take(&mut self, code: u8, piece: &str) {
        match code {
            0 => self.kind.push_str(piece),
            20..=29 | 60..=63 => {
                // A keyword begins a section of its own, whatever stands before.
                let is_apart = !self.is_purpose_full || sepa::begins(piece);
                push(&mut self.purpose, piece, is_apart);
                self.is_purpose_full = is_full(piece);
            }
            31 => self.number.push_str(piece),
            32 | 33 => {
                push(&mut self.name, piece, !self.is_name_full);
                self.is_name_full = is_full(piece);
            }
            38 => self.iban.push_str(piece),
            _ => {}
        }
    }

    fn details(&self) -> Details {
        let purpose = sepa::section(&self.purpose, "SVWZ").unwrap_or(&self.purpose);
        let of_purpose = || sepa::section(&self.purpose, "IBAN")?.split_whitespace().next();
        let other_account =
            account(&self.iban).or_else(|| account(&self.number)).or_else(|| account(of_purpose()?));
        Details {
            payee: collapse(&self.name),
            memo: joined([Some(purpose), Some(&self.kind)]),
            other_account,
        }
    }
}

fn push(text: &mut String, piece: &str, is_apart: bool) {
    if is_apart && !text.is_empty() {
        text.push(' ');
    }
    text.push_str(piece);
}

fn is_full(piece: &str) -> bool {
    wrapped::is_full(piece, PIECE) && !wrapped::is_full(piece, PIECE + 1)
}

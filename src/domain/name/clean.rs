//! The form in which names and notes are stored, and which of them are refused.
//!
//! What a person typed is refused with a message when it has something hidden in it; what came from
//! a file is repaired, because nobody is there to type it again and its raw text is kept elsewhere.

use std::borrow::Cow;

use super::{
    fold::{composed, fold},
    hidden::{excerpt, is_hidden, is_zero_width},
};
use crate::domain::invalid::Invalid;

const LONGEST_NAME: usize = 200;
const LONGEST_NOTE: usize = 2000;

/// Words that stand for something else where an account, a category or a group is named.
const RESERVED: [&str; 5] = ["tbb", "none", "all", "previous", "available"];

/// What is being named.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NameKind {
    /// Where money is or is owed.
    Account,
    /// What money was for.
    Category,
    /// A heading over categories.
    Group,
    /// Who was paid or paid; free in its characters, as banks write anything.
    Payee,
    /// A word on transactions; free as well.
    Tag,
    /// One database; the name becomes a file's, `NAME.db`.
    Book,
}

impl NameKind {
    /// The word for it in messages: `account`, `category`, ...
    pub fn word(self) -> &'static str {
        match self {
            NameKind::Account => "account",
            NameKind::Category => "category",
            NameKind::Group => "group",
            NameKind::Payee => "payee",
            NameKind::Tag => "tag",
            NameKind::Book => "book",
        }
    }

    /// Characters that mean something beside names of this kind.
    fn refused_characters(self) -> &'static [char] {
        match self {
            NameKind::Account | NameKind::Category | NameKind::Group => &['/', ':'],
            NameKind::Book => &['/', '\\', ':'],
            NameKind::Payee | NameKind::Tag => &[],
        }
    }

    /// Payees and tags are never looked for where a reserved word could stand; a shop may be `All`.
    fn has_reserved_words(self) -> bool {
        matches!(self, NameKind::Account | NameKind::Category | NameKind::Group)
    }
}

/// A typed name as it is stored: NFC, trimmed, each inner run of blanks one blank.
///
/// # Errors
/// When it is empty or only blanks, `-` and `_`; has control, bidirectional or zero-width characters
/// inside; is longer than 200 characters; has a `/` or `:` where those part group and category; or
/// is a reserved word. The name is shown made visible.
pub fn clean(kind: NameKind, text: &str) -> Result<String, Invalid> {
    let what = format!("{} name", kind.word());
    let name = clean_typed(&what, text, LONGEST_NAME)?;
    if name.is_empty() {
        return Err(Invalid::new(format!("{what} `` is empty")));
    }
    refuse_characters(kind, &what, &name)?;
    let key = fold(&name);
    if key.is_empty() {
        return Err(Invalid::new(format!("{what} `{name}` has nothing but blanks, `-` and `_`"))
            .hint("a name needs at least one other character"));
    }
    if kind.has_reserved_words() && RESERVED.contains(&key.as_str()) {
        return Err(Invalid::new(format!("{what} `{name}` is a reserved word"))
            .hint(format!("reserved are {}", RESERVED.map(|word| format!("`{word}`")).join(", "))));
    }
    Ok(name)
}

/// A name from a file as it is stored, at most 200 characters; none if nothing is left.
///
/// Control and bidirectional characters become blanks and zero-width ones go, then it is NFC, blanks
/// are collapsed and trimmed. Only what is longer is cut, after the 200th character.
pub fn clean_from_file(text: &str) -> Option<String> {
    let shown = if text.contains(is_hidden) {
        let shown = text.chars().filter(|&c| !is_zero_width(c)).map(|c| if is_hidden(c) { ' ' } else { c });
        Cow::Owned(shown.collect::<String>())
    } else {
        Cow::Borrowed(text)
    };
    let name = collapse_blanks(&composed(&shown));
    // No text has more characters than bytes.
    let too_long = (name.len() > LONGEST_NAME).then(|| name.char_indices().nth(LONGEST_NAME)).flatten();
    let name = match too_long {
        Some((end, _)) => name[..end].trim_end().to_owned(),
        None => name,
    };
    (!name.is_empty()).then_some(name)
}

/// A typed note or memo as it is stored; none if it is empty.
///
/// # Errors
/// When it has control (a newline is one), bidirectional or zero-width characters inside, or is
/// longer than 2000 characters.
pub fn clean_note(text: &str) -> Result<Option<String>, Invalid> {
    let note = clean_typed("note", text, LONGEST_NOTE)?;
    Ok((!note.is_empty()).then_some(note))
}

fn clean_typed(what: &str, text: &str, longest: usize) -> Result<String, Invalid> {
    // Blanks at the ends go first: the newline that `$(...)` or a paste leaves there means nothing.
    let text = text.trim();
    if text.contains(is_hidden) {
        let refused =
            Invalid::new(format!("{what} `{}` has control or other hidden characters", excerpt(text)));
        return Err(match clean_from_file(text) {
            Some(repaired) => refused.hint(format!("without them it is `{}`", excerpt(&repaired))),
            None => refused,
        });
    }
    let cleaned = collapse_blanks(&composed(text));
    match cleaned.chars().count() {
        length if length > longest => Err(Invalid::new(format!(
            "{what} `{}` is {length} characters long, and {longest} is the most",
            excerpt(&cleaned)
        ))),
        _ => Ok(cleaned),
    }
}

fn collapse_blanks(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !collapsed.is_empty() {
            collapsed.push(' ');
        }
        collapsed.push_str(word);
    }
    collapsed
}

fn refuse_characters(kind: NameKind, what: &str, name: &str) -> Result<(), Invalid> {
    if let Some(refused) = name.chars().find(|c| kind.refused_characters().contains(c)) {
        let why: Cow<'_, str> = match kind {
            NameKind::Book => "it is the name of a file, without a folder".into(),
            _ => format!("`{refused}` parts group and category").into(),
        };
        return Err(Invalid::new(format!("{what} `{}` may not contain `{refused}`: {why}", excerpt(name)))
            .hint(format!("write it `{}`", excerpt(&name.replace(kind.refused_characters(), "-")))));
    }
    if kind == NameKind::Book && name.starts_with('.') {
        return Err(Invalid::new(format!("{what} `{}` may not start with `.`", excerpt(name))));
    }
    Ok(())
}

#[cfg(test)]
mod tests;

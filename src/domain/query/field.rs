//! The names in front of a colon, and those that people from elsewhere write.

use super::misread::as_text;
use crate::domain::invalid::Invalid;
use crate::domain::name::{capitalise_first, excerpt, near};

/// What a value is asked of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Category,
    Account,
    Payee,
    Tag,
    Note,
    Amount,
    Date,
    Is,
    In,
    Out,
    Id,
    Operation,
    Actor,
}

impl Field {
    /// All of them, in the order in which help names them.
    pub const ALL: [Field; 13] = [
        Field::Category,
        Field::Account,
        Field::Payee,
        Field::Tag,
        Field::Note,
        Field::Amount,
        Field::Date,
        Field::Is,
        Field::In,
        Field::Out,
        Field::Id,
        Field::Operation,
        Field::Actor,
    ];

    /// The word in front of the colon.
    pub fn as_str(self) -> &'static str {
        match self {
            Field::Category => "cat",
            Field::Account => "acct",
            Field::Payee => "payee",
            Field::Tag => "tag",
            Field::Note => "note",
            Field::Amount => "amt",
            Field::Date => "date",
            Field::Is => "is",
            Field::In => "in",
            Field::Out => "out",
            Field::Id => "id",
            Field::Operation => "op",
            Field::Actor => "by",
        }
    }

    /// Whether its value is text that a regular expression can be matched against.
    pub fn is_text(self) -> bool {
        matches!(
            self,
            Field::Category | Field::Account | Field::Payee | Field::Tag | Field::Note | Field::Actor
        )
    }
}

/// What other programs call a field, and what it is called here.
const ELSEWHERE: [(&str, &str); 12] = [
    ("category", "cat:"),
    ("account", "acct:"),
    ("acc", "acct:"),
    ("desc", "payee:"),
    ("description", "payee:"),
    ("memo", "note:"),
    ("amount", "amt:"),
    ("tags", "tag:"),
    ("status", "is:"),
    ("period", "date:"),
    ("actor", "by:"),
    ("not", "not "),
];

/// A text parted at the colon behind its first word, if that is of letters: name and value.
pub(super) fn parted(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.split_once(':')?;
    let is_word = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    (is_word && names_field(name)).then_some((name, value))
}

/// Whether a name is a field's, or nearly one's. Any other text with a colon in it is a word: `http://x`, `12:30`.
fn names_field(name: &str) -> bool {
    known(name).is_some() || meant(name).is_some()
}

fn known(name: &str) -> Option<Field> {
    let whole = [("category", Field::Category), ("account", Field::Account)];
    let names = Field::ALL.map(|field| (field.as_str(), field)).into_iter().chain(whole);
    names.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, field)| field)
}

/// What a word seems to mean that compares without a field's colon: `amt:>5` of `amt>5`, `amount>5` and `>5`.
pub(super) fn compared(word: &str) -> Option<String> {
    let at = word.find(['<', '>', '='])?;
    let (name, rest) = word.split_at(at);
    let value = rest.strip_prefix('=').filter(|value| !value.is_empty()).unwrap_or(rest);
    if name.is_empty() {
        let is_amount = value.trim_start_matches(['<', '>', '=']).starts_with(|c: char| c.is_ascii_digit());
        return (is_amount && !rest.starts_with('=')).then(|| format!("amt:{rest}"));
    }
    let elsewhere = ELSEWHERE.into_iter().find(|(theirs, _)| theirs.eq_ignore_ascii_case(name));
    let ours = known(name).map(|field| format!("{}:", field.as_str()));
    ours.or_else(|| elsewhere.map(|(_, ours)| ours.to_owned())).map(|field| format!("{field}{value}"))
}

/// What a name that is no field's seems to mean, as it is written here.
fn meant(name: &str) -> Option<String> {
    let name = name.to_ascii_lowercase();
    let ours = Field::ALL.map(|field| (field.as_str(), format!("{}:", field.as_str())));
    let theirs = ELSEWHERE.map(|(theirs, ours)| (theirs, ours.to_owned()));
    // Every two letters are one slip from `in`, `is` or `id`.
    let candidates = ours.into_iter().chain(theirs).filter(|(known, _)| known.len() > 2 && name.len() > 2);
    near(&name, candidates).into_iter().next()
}

/// The field of that name.
///
/// # Errors
/// A name that is only nearly one's, or another program's.
pub(super) fn get(name: &str, value: &str) -> Result<Field, Invalid> {
    known(name).ok_or_else(|| {
        let written = excerpt(&format!("{name}:{value}"));
        let meant = meant(name).unwrap_or_default();
        Invalid::new(format!("`{written}`: there is no field `{name}:`"))
            .hint(format!("did you mean `{meant}`? {}", capitalise_first(&as_text(&written))))
    })
}

//! What stands behind a field's colon.

use super::amount::read_range;
use super::ast::{Direction, Kind, Reading, Span, State};
use super::field::Field;
use super::misread::Fault;
use super::pattern::Pattern;
use crate::domain::invalid::Invalid;
use crate::domain::name::{fold, near};
use crate::domain::when::{Lean, parse_period};

/// A value, the term that it belongs to as it is shown, and where the value begins in the query.
pub(super) struct Value<'a> {
    pub term: &'a str,
    pub text: &'a str,
    pub from: usize,
}

/// Whether a value that could be a text is a word of the language.
pub(super) fn is_word_of(field: Field, text: &str) -> bool {
    field == Field::Category && fold(text) == "none"
}

/// The term that asks a field for a text.
pub(super) fn of_pattern(field: Field, pattern: Pattern) -> Kind {
    match field {
        Field::Category => Kind::Category(pattern),
        Field::Account => Kind::Account(pattern),
        Field::Tag => Kind::Tag(pattern),
        Field::Payee => Kind::Payee(pattern),
        Field::Note => Kind::Note(pattern),
        Field::Actor => Kind::Actor(pattern),
        // These are never asked for a text.
        Field::Amount | Field::Date | Field::Is | Field::In | Field::Out | Field::Id | Field::Operation => {
            Kind::Word(pattern)
        }
    }
}

/// The term of a field whose value is no text to look for.
///
/// # Errors
/// A value that the field cannot have.
pub(super) fn read(field: Field, value: &Value<'_>, reading: &Reading) -> Result<Kind, Fault> {
    let range = || read_range(value.term, value.text, value.from, reading.mark);
    let flow = |direction| match value.text {
        "" => Ok(Kind::Flow(direction, None)),
        _ => Ok(Kind::Flow(direction, Some(range()?))),
    };
    match field {
        Field::Amount => range().map(Kind::Amount),
        Field::In => flow(Direction::In),
        Field::Out => flow(Direction::Out),
        Field::Date => value.date(reading),
        Field::Is => value.state(),
        Field::Id => value.number("groat list").map(Kind::Id),
        Field::Operation => value.number("groat log").map(Kind::Operation),
        // The only word that could be a text: `cat:none`.
        Field::Category | Field::Account | Field::Payee | Field::Tag | Field::Note | Field::Actor => {
            Ok(Kind::Is(State::Uncategorised))
        }
    }
}

impl Value<'_> {
    fn date(&self, reading: &Reading) -> Result<Kind, Fault> {
        if self.text.trim().is_empty() {
            return Err(self.fault("no period", "write `date:2026-03`, `date:mar` or `date:\"last month\"`"));
        }
        parse_period(self.text, reading.today, Lean::Past).map(Kind::Date).map_err(|invalid| {
            let message = format!("`{}`: {}", self.term, invalid.message);
            Fault::at(self.span(), Invalid { message, hint: invalid.hint })
        })
    }

    fn state(&self) -> Result<Kind, Fault> {
        let key = fold(self.text);
        if let Some(state) = State::ALL.into_iter().find(|state| state.as_str() == key) {
            return Ok(Kind::Is(state));
        }
        let words = State::ALL.map(State::as_str);
        let hint = match near(&key, words.map(|word| (word, word))).first() {
            Some(word) => format!("did you mean `is:{word}`?"),
            None => format!("behind `is:` stands {} or {}", words[..5].join(", "), words[5]),
        };
        Err(self.fault("no such state", &hint))
    }

    fn number(&self, shown_by: &str) -> Result<i64, Fault> {
        let is_digits = !self.text.is_empty() && self.text.bytes().all(|byte| byte.is_ascii_digit());
        let number = is_digits.then(|| self.text.parse().ok()).flatten();
        number.ok_or_else(|| self.fault("not a number", &format!("`{shown_by}` shows the numbers")))
    }

    fn fault(&self, what: &str, hint: &str) -> Fault {
        Fault::at(self.span(), Invalid::new(format!("`{}`: {what}", self.term)).hint(hint))
    }

    fn span(&self) -> Span {
        Span { from: self.from, to: self.from + self.text.len() }
    }
}

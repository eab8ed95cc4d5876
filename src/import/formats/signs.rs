//! How a kind of file says which money goes out and which comes in: settled by a file's rows, remembered with its
//! source, and used again where a later file leaves it open. Without that memory a month without a single `CR`
//! would be read with the opposite sign.

use crate::domain::invalid::Invalid;

/// How a file tells money out from money in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signs {
    /// No amount has a sign or a mark, so all of them came in: nothing shows that this is meant.
    Unsigned,
    /// A minus, or a mark such as `DR`, is money out.
    AsWritten,
    /// What has no `CR` beside it goes out.
    UnmarkedOut,
    /// The words of a column say it.
    Words {
        /// Its 0-based place.
        column: usize,
        /// Whether a blank cell there means money out, where blank cells mean something.
        blank_is_out: Option<bool>,
    },
    /// In the column of money out every amount has a minus.
    SignedDebits,
    /// In the column of money out a minus is money that came back.
    PlainDebits,
}

impl Signs {
    /// The text by which it is stored.
    pub fn as_text(self) -> String {
        match self {
            Signs::Unsigned => "unsigned".to_owned(),
            Signs::AsWritten => "as-written".to_owned(),
            Signs::UnmarkedOut => "unmarked-out".to_owned(),
            Signs::Words { column, blank_is_out } => {
                let blank = blank_is_out.map_or("", |is_out| if is_out { ":blank-out" } else { ":blank-in" });
                format!("words:{}{blank}", column + 1)
            }
            Signs::SignedDebits => "signed-debits".to_owned(),
            Signs::PlainDebits => "plain-debits".to_owned(),
        }
    }

    /// What a stored text says.
    ///
    /// # Errors
    /// For a text that no version of this program has stored.
    pub fn parse(text: &str) -> Result<Signs, Invalid> {
        let unknown = || Invalid::new(format!("`{text}` does not say how signs are written"));
        match text {
            "unsigned" => Ok(Signs::Unsigned),
            "as-written" => Ok(Signs::AsWritten),
            "unmarked-out" => Ok(Signs::UnmarkedOut),
            "signed-debits" => Ok(Signs::SignedDebits),
            "plain-debits" => Ok(Signs::PlainDebits),
            _ => {
                let mut parts = text.strip_prefix("words:").ok_or_else(unknown)?.split(':');
                let number = parts.next().and_then(|number| number.parse::<usize>().ok());
                let column = number.and_then(|number| number.checked_sub(1)).ok_or_else(unknown)?;
                let blank_is_out = match (parts.next(), parts.next()) {
                    (None, _) => None,
                    (Some("blank-out"), None) => Some(true),
                    (Some("blank-in"), None) => Some(false),
                    _ => return Err(unknown()),
                };
                Ok(Signs::Words { column, blank_is_out })
            }
        }
    }

    /// The flag that says it.
    fn flag(self) -> String {
        match self {
            Signs::Unsigned | Signs::AsWritten => "--unmarked in".to_owned(),
            Signs::UnmarkedOut => "--unmarked out".to_owned(),
            Signs::Words { column, blank_is_out } => {
                let blank = blank_is_out
                    .map_or("", |is_out| if is_out { " --unmarked out" } else { " --unmarked in" });
                format!("--flag-column {}{blank}", column + 1)
            }
            Signs::SignedDebits => "--debits signed".to_owned(),
            Signs::PlainDebits => "--debits plain".to_owned(),
        }
    }

    fn words(self) -> String {
        match self {
            Signs::Unsigned => "no amount has a sign".to_owned(),
            Signs::AsWritten => "signs beside the amounts say it".to_owned(),
            Signs::UnmarkedOut => "only amounts marked `CR` come in".to_owned(),
            Signs::Words { column, blank_is_out: None } => format!("column {} says it", column + 1),
            Signs::Words { column, blank_is_out: Some(is_out) } => {
                let side = if is_out { "goes out" } else { "comes in" };
                format!("column {} says it, and what is blank there {side}", column + 1)
            }
            Signs::SignedDebits => "money out has a minus".to_owned(),
            Signs::PlainDebits => "money out has no minus".to_owned(),
        }
    }

    /// The question when a file says it in another way than earlier ones of its kind.
    pub fn ask(self, earlier: Signs) -> Invalid {
        let (now, before) = (self.words(), earlier.words());
        Invalid::new(format!(
            "which money goes out is said otherwise than in earlier files of this kind: here {now}, there {before}"
        ))
        .hint(format!(
            "`{}`, or `{}`, says which holds; where earlier files were misread, `groat import undo` them first",
            self.flag(),
            earlier.flag()
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_read_again() {
        let words = |blank_is_out| Signs::Words { column: 3, blank_is_out };
        for signs in [
            Signs::Unsigned,
            Signs::AsWritten,
            Signs::UnmarkedOut,
            words(None),
            words(Some(true)),
            words(Some(false)),
            Signs::SignedDebits,
            Signs::PlainDebits,
        ] {
            assert_eq!(Signs::parse(&signs.as_text()), Ok(signs));
        }
        for text in ["", "words:", "words:0", "words:2:blank", "words:2:blank-in:x", "plain"] {
            assert!(Signs::parse(text).is_err(), "{text}");
        }
    }
}

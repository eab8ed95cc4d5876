//! What the user may say about a file, and how the flags' words are read.
//!
//! `cli` fills `Options` from its flags and from profiles; formats use what concerns them. What is
//! not said is detected, and what is said is never overruled.

use crate::domain::invalid::Invalid;
pub use crate::domain::when::DateOrder;

/// A format by its name on the command line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FormatName {
    /// Whatever the first bytes say.
    #[default]
    Auto,
    /// Delimited text.
    Csv,
}

impl FormatName {
    /// Every format with its word for `--input-format`.
    const WORDS: [(&'static str, FormatName); 2] = [("auto", FormatName::Auto), ("csv", FormatName::Csv)];

    /// Reads the word of `--input-format`.
    ///
    /// # Errors
    /// For an unknown one, listing those known.
    pub fn parse(text: &str) -> Result<FormatName, Invalid> {
        let found = Self::WORDS.iter().find(|(word, _)| word.eq_ignore_ascii_case(text));
        found.map(|(_, format)| *format).ok_or_else(|| {
            let known: Vec<_> = Self::WORDS.iter().map(|(word, _)| format!("`{word}`")).collect();
            Invalid::new(format!("no input format named `{text}`"))
                .hint(format!("known are {}", known.join(" and ")))
        })
    }
}

/// Reads the value of `--delimiter`: one character, or `tab`, `\t`, `comma`, `semicolon`, `pipe`.
///
/// # Errors
/// For more than one character, and for a letter, a digit, a quote or a line end.
pub fn delimiter(text: &str) -> Result<char, Invalid> {
    let named = match text {
        "tab" | "\\t" => Some('\t'),
        "comma" => Some(','),
        "semicolon" => Some(';'),
        "pipe" => Some('|'),
        _ => None,
    };
    let mut letters = text.chars();
    let one = named.or_else(|| letters.next().filter(|_| letters.next().is_none()));
    one.filter(|c| is_delimiter(*c)).ok_or_else(|| {
        Invalid::new(format!("`{text}` cannot part columns"))
            .hint("use one character such as `--delimiter ';'`, or `tab`")
    })
}

/// Whether the character can part columns: one byte in UTF-8, and nothing that values are made of.
pub(super) fn is_delimiter(c: char) -> bool {
    c.is_ascii() && !c.is_ascii_alphanumeric() && !matches!(c, '"' | '\n' | '\r' | '\0' | '-' | '+')
}

/// Reads the value of `--decimal`: `.` or `,`.
///
/// # Errors
/// For anything else.
pub fn decimal_mark(text: &str) -> Result<char, Invalid> {
    match text {
        "." => Ok('.'),
        "," => Ok(','),
        _ => {
            Err(Invalid::new(format!("`{text}` is no decimal mark"))
                .hint("use `--decimal .` or `--decimal ,`"))
        }
    }
}

/// What the user, or a profile, says about a file. A column is the text of its header or its
/// 1-based number; the text is tried first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The day of the row.
    pub date_column: Option<String>,
    /// A signed amount; excludes the next two.
    pub amount_column: Option<String>,
    /// Money out of the account.
    pub debit_column: Option<String>,
    /// Money into the account.
    pub credit_column: Option<String>,
    /// The other party.
    pub payee_column: Option<String>,
    /// What else there is to say.
    pub memo_column: Option<String>,
    /// The bank's number of the transaction.
    pub id_column: Option<String>,
    /// The currency of the row.
    pub currency_column: Option<String>,
    /// The account of the row.
    pub account_column: Option<String>,
    /// What parts the columns.
    pub delimiter: Option<char>,
    /// The order of dates in numbers.
    pub date_order: Option<DateOrder>,
    /// The decimal mark, `.` or `,`.
    pub decimal: Option<char>,
    /// The encoding by one of its usual names: `utf-8`, `utf-16`, `cp1252`, `latin-1`, ...
    pub encoding: Option<String>,
    /// How many lines to leave out before the header; blank ones are not counted.
    pub skip: Option<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_format_is_told_those_known() {
        let invalid = FormatName::parse("xls").unwrap_err();
        assert_eq!(invalid.message, "no input format named `xls`");
        assert_eq!(invalid.hint.as_deref(), Some("known are `auto` and `csv`"));
        assert_eq!(FormatName::parse("CSV"), Ok(FormatName::Csv));
    }

    #[test]
    fn words_of_the_flags_are_read() {
        assert_eq!(DateOrder::parse("Dmy"), Ok(DateOrder::Dmy));
        assert!(DateOrder::parse("dym").is_err());
        assert_eq!(delimiter("tab"), Ok('\t'));
        assert_eq!(delimiter("|"), Ok('|'));
        for refused in ["", ";;", "\"", "a", "é", "-"] {
            assert!(delimiter(refused).is_err(), "{refused}");
        }
        assert_eq!(decimal_mark(","), Ok(','));
        assert!(decimal_mark("'").is_err());
    }
}

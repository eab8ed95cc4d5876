//! Amounts as OFX has them, and which decimal mark they are written with.
//!
//! The standard allows `.` and `,` as the mark and no groups; banks group nevertheless. So `1,234` is settled by the
//! other amounts of the file. `survey` counts them, and `row` asks for values.

use rust_decimal::Decimal;

use super::super::text::amounts::{self, AmountText};
use super::super::text::votes::{MarkVotes, Verdict, ask_mark};
use super::super::{Options, SurveyError};

/// A longer text is no number.
const LONGEST: usize = 60;

/// What stands where an amount belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountField {
    /// A number; which one may need the decimal mark.
    Number(AmountText),
    /// What banks write where nothing moved: `null`, or a mark without digits.
    Nothing,
    /// Anything else.
    Other,
}

/// Reads the text of an amount; currencies and letters have no place in it.
pub fn read(text: &str) -> AmountField {
    let bare = text.trim_start_matches(['+', '-']).trim();
    let is_marks = !bare.is_empty() && bare.chars().all(|c| matches!(c, '.' | ','));
    if is_marks || bare.eq_ignore_ascii_case("null") {
        return AmountField::Nothing;
    }
    let is_of_number = |c: char| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || matches!(c, '+' | '-' | '.' | ',' | '\'' | '\u{2019}' | '\u{2212}' | '\u{2013}')
    };
    let read = (text.len() <= LONGEST && text.chars().all(is_of_number)).then(|| amounts::read(text));
    read.flatten().map_or(AmountField::Other, AmountField::Number)
}

/// How the amounts of a file can be read, counted.
#[derive(Debug, Default)]
pub struct Marks {
    rows: MarkVotes,
    /// Those of the rows and of the balances.
    all: MarkVotes,
}

impl Marks {
    /// Counts the amount of a row.
    pub fn count(&mut self, read: AmountText, line: u64, text: &str) {
        self.rows.count(read, line, text);
        self.all.count(read, line, text);
    }

    /// Counts a balance, which is asked only where rows do not settle it.
    pub fn count_balance(&mut self, read: AmountText, line: u64, text: &str) {
        self.all.count(read, line, text);
    }

    /// The mark that was said, or else settled.
    ///
    /// # Errors
    /// Where rows can be read in two ways, with the question.
    pub fn settle(&self, options: &Options) -> Result<Mark, SurveyError> {
        if options.decimal.is_some() {
            return Ok(Mark { mark: options.decimal, is_said: true });
        }
        let mark = match (self.rows.verdict(), self.all.verdict()) {
            (Verdict::Settled(mark), _) | (_, Verdict::Settled(mark)) => Some(mark),
            (Verdict::Open(line, text), _) => return Err(SurveyError::Open(ask_mark(line, &text))),
            (Verdict::Any, _) => None,
        };
        Ok(Mark { mark, is_said: false })
    }
}

/// The decimal mark of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// The mark; none where no row needs one.
    pub mark: Option<char>,
    is_said: bool,
}

impl Mark {
    /// The value of an amount. One that makes no number with the file's mark but does with the other is
    /// read with that, as the standard allows either; unless the user said which.
    pub fn value(self, read: AmountText) -> Option<Decimal> {
        let [dot, comma] = ['.', ','].map(|mark| read.value(mark));
        match self.mark {
            Some(mark) if self.is_said => read.value(mark),
            Some(mark) => read.value(mark).or(dot).or(comma),
            None if dot == comma || comma.is_none() => dot,
            None => comma.filter(|_| dot.is_none()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str, mark: Mark) -> Option<String> {
        match read(text) {
            AmountField::Number(read) => mark.value(read).map(|value| value.to_string()),
            _ => None,
        }
    }

    #[test]
    fn amounts_of_one_reading_need_no_mark() {
        let cases = [
            ("-6.60", "-6.60"),
            ("-1006,60", "-1006.60"),
            ("-1.006,60", "-1006.60"),
            ("-1,006.60", "-1006.60"),
            ("+1,006.60", "1006.60"),
            ("+1 006,60", "1006.60"),
            ("            -11,76", "-11.76"),
            ("+00000000000115.8331", "115.8331"),
            ("-00000000001500.0000", "-1500.0000"),
            ("0.1234567890123", "0.1234567890123"),
            ("5.00-", "-5.00"),
            ("-0.00", "0.00"),
            ("7", "7"),
        ];
        for (text, expected) in cases {
            for mark in [None, Some('.'), Some(',')] {
                assert_eq!(value(text, Mark { mark, is_said: false }).as_deref(), Some(expected), "{text}");
            }
        }
    }

    #[test]
    fn what_the_user_said_is_not_overruled() {
        let said = Mark { mark: Some(','), is_said: true };
        assert_eq!(value("1,234", said).as_deref(), Some("1.234"));
        assert_eq!(value("12.50", said), None);
        assert_eq!(value("1,234", Mark::default()), None);
    }

    #[test]
    fn nothing_is_no_amount_and_neither_is_text() {
        for text in ["null", "-null", "NULL", "   .  ", ",", "-.", "+ ."] {
            assert_eq!(read(text), AmountField::Nothing, "{text}");
        }
        for text in ["", "-", "$20", "20 EUR", "1e5", "(5)", "5 CR", "abc", "--5", &"9".repeat(70)] {
            assert_eq!(read(text), AmountField::Other, "{text}");
        }
    }
}

//! Columns whose words say whether money goes in or out, beside amounts without a sign.
//!
//! `survey` counts every column that may be one; only words that all mean a direction make it a flag.

use super::super::text::amounts::Side;
use super::super::text::fold;
use super::phrases;
use super::seen::Remembered;

/// Words that were said to mean a direction, beside those known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FlagWords {
    debit: Vec<String>,
    credit: Vec<String>,
}

impl FlagWords {
    /// Takes them as they were said.
    pub fn new(debit: &[String], credit: &[String]) -> FlagWords {
        FlagWords { debit: debit.to_vec(), credit: credit.to_vec() }
    }

    /// What a word means; as it stands before its folded form, so that `+` and `-` can be said.
    pub fn side(&self, text: &str) -> Option<Side> {
        let is_among = |words: &[String]| {
            let is_same =
                |word: &String| word == text || (!fold(text).is_empty() && fold(word) == fold(text));
            words.iter().any(is_same)
        };
        if is_among(&self.debit) {
            Some(Side::Debit)
        } else if is_among(&self.credit) {
            Some(Side::Credit)
        } else {
            phrases::side(text)
        }
    }
}

/// Whether the words of a column say in which direction money goes.
#[derive(Clone, Debug)]
pub struct Flags {
    is_named: bool,
    /// Values that are no such word.
    others: u64,
    debits: Signs,
    credits: Signs,
    blanks: Signs,
    has_long: bool,
    words: FlagWords,
    sides: Remembered<Option<Side>>,
}

/// How many amounts have a minus, and how many none.
#[derive(Clone, Copy, Debug, Default)]
struct Signs {
    negative: u64,
    positive: u64,
}

impl Signs {
    fn count(&mut self, is_negative: bool) {
        *(if is_negative { &mut self.negative } else { &mut self.positive }) += 1;
    }

    fn all(self) -> u64 {
        self.negative + self.positive
    }
}

impl Flags {
    /// For a column whose header says that it is a flag, or one that has none.
    pub fn new(is_named: bool, words: FlagWords) -> Self {
        let none = Signs::default();
        Flags {
            is_named,
            others: 0,
            debits: none,
            credits: none,
            blanks: none,
            has_long: false,
            words,
            sides: Remembered::default(),
        }
    }

    /// Counts one cell, beside an amount with or without a minus.
    pub fn count(&mut self, text: &str, is_negative: bool) {
        // Without a heading, one other word is enough for it to be something else.
        if self.others > 0 && !self.is_named {
            return;
        }
        if text.is_empty() {
            return self.blanks.count(is_negative);
        }
        self.has_long |= text.chars().count() > 2;
        let is_named = self.is_named;
        let is_word = |text: &str| is_named || !matches!(text, "+" | "-" | "\u{2212}");
        let words = &self.words;
        match self.sides.answer(text, |text| words.side(text).filter(|_| is_word(text))) {
            Some(Side::Debit) => self.debits.count(is_negative),
            Some(Side::Credit) => self.credits.count(is_negative),
            None => self.others += 1,
        }
    }

    /// What a blank means, if this is a flag: the other side where only `CR`, or only `DR`, is written.
    /// Amounts that have signs need none, unless these are those of the bank: minus for money in. A column that is
    /// headed as a flag is one when most of its cells are known words: the rows of the others are rejected.
    pub fn settle(&self) -> Option<Option<Side>> {
        let is_signed = self.debits.negative + self.credits.negative + self.blanks.negative > 0;
        let is_reversed =
            self.is_named && self.debits.negative + self.credits.positive + self.blanks.all() == 0;
        let known = self.debits.all() + self.credits.all();
        if known == 0 || (is_signed && !is_reversed) {
            return None;
        }
        let blank = self.blank().filter(|_| !self.has_long);
        let unclear = self.others + if blank.is_none() { self.blanks.all() } else { 0 };
        let is_flag = if self.is_named { known > unclear } else { unclear == 0 };
        is_flag.then_some(blank)
    }

    /// Whether every word says what the sign beside it says, so that the amounts alone say the same.
    pub fn agree_with_signs(&self, blank: Option<Side>) -> bool {
        let blanks = match blank {
            None => self.blanks.all(),
            Some(Side::Debit) => self.blanks.positive,
            Some(Side::Credit) => self.blanks.negative,
        };
        self.debits.positive + self.credits.negative + self.others + blanks == 0
    }

    /// What a blank means in a column that was said to be a flag: as was said, else the side that no word has.
    pub fn blank_as_said(&self, unmarked_is_debit: Option<bool>) -> Option<Side> {
        let said = unmarked_is_debit.map(|is_debit| if is_debit { Side::Debit } else { Side::Credit });
        self.words.side("").or(said).or_else(|| self.blank())
    }

    fn blank(&self) -> Option<Side> {
        match (self.debits.all(), self.credits.all()) {
            (0, 1..) => Some(Side::Debit),
            (1.., 0) => Some(Side::Credit),
            _ => None,
        }
    }

    /// The words that were seen, each with its direction.
    pub fn seen(&self) -> Vec<(String, Side)> {
        self.sides.all().filter_map(|(text, side)| Some((text.to_owned(), (*side)?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flags(words: &[&str]) -> Option<Option<Side>> {
        let mut flags = Flags::new(true, FlagWords::default());
        words.iter().for_each(|word| flags.count(word.trim_matches('-'), word.starts_with('-')));
        flags.settle()
    }

    #[test]
    fn flags_are_columns_of_such_words_alone() {
        assert_eq!(flags(&["debit", "credit", "debit"]), Some(None));
        assert_eq!(flags(&["", "CR", ""]), Some(Some(Side::Debit)));
        assert_eq!(flags(&["", "Deposit", ""]), None);
        assert_eq!(flags(&["debit", "Visa"]), None);
        assert_eq!(flags(&["debit", "", "credit"]), Some(None));
        assert_eq!(flags(&["debit", "Visa", "credit", "debit"]), Some(None));
        assert_eq!(flags(&["debit", "", "", "credit"]), None);
        assert_eq!(flags(&["", ""]), None);
        assert_eq!(flags(&["-debit", "credit"]), None);
        assert_eq!(flags(&["debit", "-credit"]), Some(None));
    }

    #[test]
    fn words_that_are_said_go_before_those_known() {
        let words = FlagWords::new(&["H".into(), String::new()], &["Rein".into()]);
        assert_eq!((words.side("h"), words.side("rein")), (Some(Side::Debit), Some(Side::Credit)));
        assert_eq!((words.side(""), words.side("S")), (Some(Side::Debit), Some(Side::Debit)));
        assert_eq!(FlagWords::default().side(""), None);
    }
}

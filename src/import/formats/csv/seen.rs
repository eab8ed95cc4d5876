//! What the values of one column have in common, counted at flat memory.
//!
//! `survey` fills these for columns whose names leave open what they are: accounts and currencies,
//! ids, flags.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use super::amounts::Side;
use super::phrases;

/// More distinct values than these are no accounts and no currencies.
const MOST_VALUES: usize = 100;

/// So many ids are remembered to find one that comes twice; a column that is no id shows it early.
const MOST_IDS: usize = 1 << 16;

/// Answers remembered by their text: the words of a status or of a flag come again in every row.
#[derive(Clone, Debug)]
pub struct Remembered<T> {
    answers: Vec<(String, T)>,
}

impl<T> Default for Remembered<T> {
    fn default() -> Self {
        Remembered { answers: Vec::new() }
    }
}

impl<T: Copy> Remembered<T> {
    /// The answer to a text: a remembered one, else what `answer` gives.
    pub fn answer(&mut self, text: &str, answer: impl Fn(&str) -> T) -> T {
        const MOST: usize = 16;
        if let Some((_, known)) = self.answers.iter().find(|(known, _)| known == text) {
            return *known;
        }
        let new = answer(text);
        if self.answers.len() < MOST {
            self.answers.push((text.to_owned(), new));
        }
        new
    }
}

/// The distinct values of a column, in order of appearance.
#[derive(Clone, Debug, Default)]
pub struct Values {
    values: Vec<String>,
    last: usize,
    is_full: bool,
    blanks: u64,
}

impl Values {
    /// Counts one cell.
    pub fn count(&mut self, text: &str) {
        if text.is_empty() {
            self.blanks += 1;
        } else if self.values.get(self.last).is_none_or(|last| last != text) && !self.is_full {
            self.last = self.values.iter().position(|value| value == text).unwrap_or_else(|| self.add(text));
        }
    }

    fn add(&mut self, text: &str) -> usize {
        self.is_full = self.values.len() == MOST_VALUES;
        if !self.is_full {
            self.values.push(text.to_owned());
        }
        self.values.len() - 1
    }

    /// Whether every row has a value and there are few: so it is with accounts.
    pub fn is_of_few(&self) -> bool {
        !self.is_full && self.blanks == 0 && !self.values.is_empty()
    }

    /// The values, in order of appearance.
    pub fn into_values(self) -> Vec<String> {
        self.values
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }
}

/// Whether the values of a column can be ids: mostly there, and none twice.
#[derive(Debug, Default)]
pub struct Ids {
    hashes: HashSet<u64>,
    hasher: RandomState,
    filled: u64,
    rows: u64,
    has_repeat: bool,
}

impl Ids {
    /// Counts one cell; an id counts within its account and currency.
    pub fn count(&mut self, id: &str, account: &str, currency: &str) {
        self.rows += 1;
        if phrases::is_no_id(id) {
            return;
        }
        self.filled += 1;
        if self.hashes.len() < MOST_IDS && !self.has_repeat {
            self.has_repeat = !self.hashes.insert(self.hasher.hash_one((id, account, currency)));
        }
    }

    /// Whether the column holds ids.
    pub fn are_ids(&self) -> bool {
        !self.has_repeat && self.filled * 2 > self.rows
    }
}

/// Whether the words of a column say in which direction money goes.
#[derive(Clone, Debug)]
pub struct Flags {
    is_named: bool,
    /// A value that is no such word: then it is no flag at all.
    has_other: bool,
    debits: Signs,
    credits: Signs,
    blanks: Signs,
    has_long: bool,
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
    pub fn new(is_named: bool) -> Self {
        let none = Signs::default();
        Flags {
            is_named,
            has_other: false,
            debits: none,
            credits: none,
            blanks: none,
            has_long: false,
            sides: Remembered::default(),
        }
    }

    /// Counts one cell, beside an amount with or without a minus.
    pub fn count(&mut self, text: &str, is_negative: bool) {
        if self.has_other {
            return;
        }
        if text.is_empty() {
            return self.blanks.count(is_negative);
        }
        self.has_long |= text.chars().count() > 2;
        let is_named = self.is_named;
        let is_word = |text: &str| is_named || !matches!(text, "+" | "-" | "\u{2212}");
        match self.sides.answer(text, |text| phrases::side(text).filter(|_| is_word(text))) {
            Some(Side::Debit) => self.debits.count(is_negative),
            Some(Side::Credit) => self.credits.count(is_negative),
            None => self.has_other = true,
        }
    }

    /// What a blank means, if this is a flag: the other side where only `CR`, or only `DR`, is written.
    /// Amounts that have signs need none, unless these are those of the bank: minus for money in.
    pub fn settle(&self) -> Option<Option<Side>> {
        let is_signed = self.debits.negative + self.credits.negative + self.blanks.negative > 0;
        let is_reversed =
            self.is_named && self.debits.negative + self.credits.positive + self.blanks.all() == 0;
        if self.has_other || self.debits.all() + self.credits.all() == 0 || (is_signed && !is_reversed) {
            return None;
        }
        let blank = match (self.debits.all(), self.credits.all()) {
            (0, _) => Some(Side::Debit),
            (_, 0) => Some(Side::Credit),
            _ => None,
        };
        let is_usable = self.blanks.all() == 0 || (blank.is_some() && !self.has_long);
        is_usable.then_some(blank)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flags(words: &[&str]) -> Option<Option<Side>> {
        let mut flags = Flags::new(true);
        words.iter().for_each(|word| flags.count(word.trim_matches('-'), word.starts_with('-')));
        flags.settle()
    }

    #[test]
    fn flags_are_columns_of_such_words_alone() {
        assert_eq!(flags(&["debit", "credit", "debit"]), Some(None));
        assert_eq!(flags(&["", "CR", ""]), Some(Some(Side::Debit)));
        assert_eq!(flags(&["", "Deposit", ""]), None);
        assert_eq!(flags(&["debit", "Visa"]), None);
        assert_eq!(flags(&["debit", "", "credit"]), None);
        assert_eq!(flags(&["", ""]), None);
        assert_eq!(flags(&["-debit", "credit"]), None);
        assert_eq!(flags(&["debit", "-credit"]), Some(None));
    }

    #[test]
    fn ids_are_mostly_there_and_never_twice() {
        let ids = |values: &[&str]| {
            let mut ids = Ids::default();
            values.iter().for_each(|id| ids.count(id, "", ""));
            ids.are_ids()
        };
        assert!(ids(&["a", "b", "NONREF"]));
        assert!(!ids(&["a", "b", "a"]));
        assert!(!ids(&["a", "", "0", ""]));
    }

    #[test]
    fn accounts_are_few_and_never_blank() {
        let mut values = Values::default();
        ["a", "a", "b", "a"].iter().for_each(|value| values.count(value));
        assert!(values.is_of_few());
        assert_eq!(values.clone().into_values(), ["a", "b"]);
        (0..200).for_each(|n| values.count(&n.to_string()));
        assert!(!values.is_of_few());
    }
}

//! What the values of one column have in common, counted at flat memory.
//!
//! `survey` fills these for columns whose names leave open what they are: accounts, currencies, ids.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use super::super::text::is_no_id;

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
    /// Everything that is remembered, in order of appearance.
    pub fn all(&self) -> impl Iterator<Item = (&str, &T)> {
        self.answers.iter().map(|(text, answer)| (text.as_str(), answer))
    }

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
    filled: u64,
}

impl Values {
    /// Counts one cell.
    pub fn count(&mut self, text: &str) {
        if text.is_empty() {
            self.blanks += 1;
            return;
        }
        self.filled += 1;
        if self.values.get(self.last).is_none_or(|last| last != text) && !self.is_full {
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

    /// Whether most rows have a value and there are few: so it is with accounts.
    pub fn is_of_few(&self) -> bool {
        !self.is_full && self.filled > self.blanks
    }

    /// Whether every row has a value.
    pub fn is_everywhere(&self) -> bool {
        self.blanks == 0
    }

    /// Whether there are more values than are kept.
    pub fn is_full(&self) -> bool {
        self.is_full
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
        if is_no_id(id) {
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

#[cfg(test)]
mod tests {
    use super::*;

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
    fn accounts_are_few_and_mostly_there() {
        let mut values = Values::default();
        ["a", "a", "b", "a"].iter().for_each(|value| values.count(value));
        assert!(values.is_of_few());
        assert_eq!(values.clone().into_values(), ["a", "b"]);
        (0..3).for_each(|_| values.count(""));
        assert!(values.is_of_few() && !values.is_everywhere());
        values.count("");
        assert!(!values.is_of_few());
        (0..5).for_each(|_| values.count("a"));
        (0..200).for_each(|n| values.count(&n.to_string()));
        assert!(!values.is_of_few());
    }
}

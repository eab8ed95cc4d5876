//! Numbers that mostly follow one another, kept as runs: a million ids that were given one after the other are one.
//! For ids of rows that are made or found again in bulk.

use std::collections::BTreeMap;

/// A set of numbers.
#[derive(Debug, Clone, Default)]
pub struct Runs(BTreeMap<i64, i64>);

impl Runs {
    /// Whether a number is in it.
    pub fn contains(&self, number: i64) -> bool {
        self.before(number).is_some_and(|(_, last)| number <= last)
    }

    /// Takes a number in; beside a run it makes that longer, between two it makes one of both.
    pub fn insert(&mut self, number: i64) {
        if self.contains(number) {
            return;
        }
        let before = self.before(number).filter(|(_, last)| last.checked_add(1) == Some(number));
        let after = number.checked_add(1).and_then(|next| self.0.remove(&next));
        self.0.insert(before.map_or(number, |(first, _)| first), after.unwrap_or(number));
    }

    /// Takes all numbers out.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The run at or before a number: its first and its last one.
    fn before(&self, number: i64) -> Option<(i64, i64)> {
        self.0.range(..=number).next_back().map(|(first, last)| (*first, *last))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_in_a_row_are_one_run() {
        let mut runs = Runs::default();
        (1..=1_000).chain((2_000..3_000).rev()).for_each(|number| runs.insert(number));
        assert_eq!(runs.0.len(), 2);
        runs.clear();
        assert!(!runs.contains(1));
    }

    proptest! {
        #[test]
        fn it_holds_what_a_set_holds(numbers in prop::collection::vec(-20_i64..20, 0..60)) {
            let mut runs = Runs::default();
            numbers.iter().for_each(|number| runs.insert(*number));
            let set: HashSet<i64> = numbers.into_iter().collect();
            for number in -22..22 {
                prop_assert_eq!(runs.contains(number), set.contains(&number), "{}", number);
            }
        }
    }
}

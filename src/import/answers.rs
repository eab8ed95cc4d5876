//! What the user said of rows that look like what is there: that a row is it, or that it is not. `import -i` gathers
//! the answers from one rehearsal to the next; matching goes by them, and reasons tell them.

use std::collections::{BTreeMap, BTreeSet};

/// A row of a file, the same in each rehearsal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowPlace {
    /// The place of its account among those that rows of the file go to, from 0.
    pub part: usize,
    /// Its place among the rows that go to that account, from 0.
    pub index: usize,
}

/// The transaction that a row may be, or be the other side of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Other {
    /// One that is in the book.
    There(i64),
    /// The one that the import makes of another row: its number may be another in each rehearsal.
    Made(RowPlace),
}

/// What the user said of a file's rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    yes: BTreeMap<RowPlace, Other>,
    no: BTreeMap<RowPlace, Vec<Refused>>,
    leaves_offers: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Refused {
    other: Other,
    /// What the row is not, for people.
    words: String,
}

impl Answers {
    /// Keeps that the row is it, or its other side.
    pub fn confirm(&mut self, row: RowPlace, other: Other) {
        self.yes.insert(row, other);
    }

    /// Keeps that the row is not it, nor its other side; `words` say what it is not: `1 (market)`.
    pub fn refuse(&mut self, row: RowPlace, other: Other, words: String) {
        self.no.entry(row).or_default().push(Refused { other, words });
    }

    /// Keeps that nothing more is to be offered.
    pub fn leave_offers(&mut self) {
        self.leaves_offers = true;
    }

    /// Whether anything was said of the two.
    pub fn has(&self, row: RowPlace, other: Other) -> bool {
        self.yes.get(&row) == Some(&other)
            || self.no.get(&row).is_some_and(|all| all.iter().any(|refused| refused.other == other))
    }

    /// What was said of the rows that go to one account; `made` has the transactions that the import made so far.
    pub fn of_part(&self, part: usize, made: impl Fn(RowPlace) -> Option<i64>) -> Said {
        let id = |other: Other| match other {
            Other::There(id) => Some(id),
            Other::Made(row) => made(row),
        };
        let mut said = Said { leaves_offers: self.leaves_offers, ..Said::default() };
        for (row, other) in self.yes.iter().filter(|(row, _)| row.part == part) {
            said.yes.extend(id(*other).map(|id| (row.index, id)));
        }
        for (row, all) in self.no.iter().filter(|(row, _)| row.part == part) {
            said.no.extend(all.iter().filter_map(|refused| Some((row.index, id(refused.other)?))));
            let words: Vec<&str> = all.iter().map(|refused| refused.words.as_str()).collect();
            said.words.insert(row.index, format!("not {}, as you said", words.join(" nor ")));
        }
        said
    }
}

/// What the user said of the rows that go to one account, by their places and the numbers of transactions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    yes: BTreeMap<usize, i64>,
    no: BTreeSet<(usize, i64)>,
    words: BTreeMap<usize, String>,
    leaves_offers: bool,
}

impl Said {
    /// What the row is, or the other side of, by the user's word.
    pub fn confirmed(&self, index: usize) -> Option<i64> {
        self.yes.get(&index).copied()
    }

    /// Whether the row is that, or its other side, by the user's word.
    pub fn confirms(&self, index: usize, transaction: i64) -> bool {
        self.confirmed(index) == Some(transaction)
    }

    /// Whether the row is not that, nor its other side, by the user's word.
    pub fn refuses(&self, index: usize, transaction: i64) -> bool {
        self.no.contains(&(index, transaction))
    }

    /// Whether nothing is to be offered, by the user's word.
    pub fn leaves_offers(&self) -> bool {
        self.leaves_offers
    }

    /// What a row is not, by the user's word: `not 1 (market) nor 2 (petrol), as you said`.
    pub fn words(&self, index: usize) -> Option<&str> {
        self.words.get(&index).map(String::as_str)
    }

    /// With one more row that is that.
    #[cfg(test)]
    pub fn and_yes(mut self, index: usize, transaction: i64) -> Said {
        self.yes.insert(index, transaction);
        self
    }

    /// With one more row that is not that.
    #[cfg(test)]
    pub fn and_no(mut self, index: usize, transaction: i64) -> Said {
        self.no.insert((index, transaction));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(part: usize, index: usize) -> RowPlace {
        RowPlace { part, index }
    }

    #[test]
    fn each_account_has_its_own_answers() {
        let mut answers = Answers::default();
        answers.confirm(row(0, 3), Other::There(7));
        answers.refuse(row(1, 3), Other::There(7), "7 (market)".to_owned());
        answers.refuse(row(1, 3), Other::There(8), "8".to_owned());
        let (first, second) = (answers.of_part(0, |_| None), answers.of_part(1, |_| None));
        assert!(first.confirms(3, 7) && !first.refuses(3, 7) && first.words(3).is_none());
        assert!(!second.confirms(3, 7) && second.refuses(3, 7) && second.refuses(3, 8));
        assert_eq!(second.words(3), Some("not 7 (market) nor 8, as you said"));
        assert!(answers.has(row(0, 3), Other::There(7)) && !answers.has(row(0, 3), Other::There(8)));
    }

    #[test]
    fn what_the_import_makes_goes_by_its_row_and_not_by_its_number() {
        let mut answers = Answers::default();
        answers.confirm(row(1, 0), Other::Made(row(0, 2)));
        for number in [41, 52] {
            let said = answers.of_part(1, |made| (made == row(0, 2)).then_some(number));
            assert_eq!(said.confirmed(0), Some(number));
        }
        // The row makes no transaction any more.
        assert_eq!(answers.of_part(1, |_| None).confirmed(0), None);
    }
}

//! Statements of one file that show the same rows, as when two downloads are put into one: a row is an earlier one where
//! the bank's id, the day and the amount are the same. They are counted as keys are, statement by statement, as there
//! are banks whose ids are the same for two equal rows of a day. Without ids nothing tells a repeated row from a
//! second one: that is only told.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::NaiveDate;

use crate::domain::counted;
use crate::domain::money::Minor;
use crate::import::decision::Decision;
use crate::import::formats::FileLine;

/// An account as the file names it: ids are the account's own.
type Account = Option<Box<str>>;

/// Rows by what tells them apart, and how many of them the statement that is read has shown.
type Counts<K, V> = HashMap<K, (V, (u32, usize))>;

/// What statements of the file have shown.
#[derive(Debug, Default)]
pub struct Repeats {
    has_several: bool,
    /// The places of rows by account and id, day and amount; of the rows that are none before them.
    ids: Counts<(Account, Box<str>, NaiveDate, i64), Vec<usize>>,
    /// The ids of booked rows, and of pending ones that were seen.
    booked: HashSet<(Account, Box<str>)>,
    pending: HashSet<(Account, Box<str>)>,
    /// How many new rows there are by their keys, of those that no id tells apart. Of keys a number is kept: two of one
    /// number cost a needless word.
    keys: Counts<u64, usize>,
    /// How many of these stood in an earlier statement.
    alike: usize,
}

impl Repeats {
    /// Nothing is kept of a file with one statement.
    pub fn new(has_several: bool) -> Repeats {
        Repeats { has_several, ..Repeats::default() }
    }

    /// The place of the row that this one is again, which bears a believed id.
    pub fn earlier(&mut self, index: usize, id: &str, line: &FileLine, amount: Minor) -> Option<usize> {
        if !self.has_several {
            return None;
        }
        self.booked.insert((account(line), id.into()));
        let (rows, count) = self.ids.entry((account(line), id.into(), line.date, amount.0)).or_default();
        let place = next(count, line.statement);
        let earlier = rows.get(place).copied();
        if earlier.is_none() {
            rows.push(index);
        }
        earlier
    }

    /// Whether a pending row stands in the file once more, booked or as it is here.
    pub fn is_pending_again(&mut self, line: &FileLine) -> bool {
        let Some(id) = line.bank_id.as_deref().filter(|_| self.has_several) else { return false };
        let of = (account(line), Box::from(id));
        self.booked.contains(&of) || !self.pending.insert(of)
    }

    /// Forgets what ids said.
    pub fn disbelieve(&mut self) {
        self.ids.clear();
        self.booked.clear();
    }

    /// Counts a row that is new, if no id tells it apart.
    pub fn see(&mut self, line: &FileLine, key: &str, decision: Decision) {
        let has_id = line.bank_id.is_some() && !self.ids.is_empty();
        if !self.has_several || has_id || decision != Decision::New {
            return;
        }
        let mut hasher = DefaultHasher::new();
        (&line.account, key).hash(&mut hasher);
        let (known, count) = self.keys.entry(hasher.finish()).or_default();
        if next(count, line.statement) < *known {
            self.alike += 1;
        } else {
            *known += 1;
        }
    }

    /// What is to be known of rows that stand in two statements.
    pub fn warning(&self) -> Option<String> {
        let rows = counted(i64::try_from(self.alike).ok()?, "row has", "rows have");
        (self.alike > 0).then(|| {
            format!(
                "{rows} the day, amount and text of one in an earlier statement of the file, and no bank id that can be believed: they are \
                 taken for further ones; if the file holds a statement twice, `groat undo` and import it once"
            )
        })
    }
}

fn account(line: &FileLine) -> Account {
    line.account.as_deref().map(Box::from)
}

/// The place of a row among those that its statement shows alike.
fn next((statement, shown): &mut (u32, usize), of: u32) -> usize {
    if *statement != of {
        (*statement, *shown) = (of, 0);
    }
    *shown += 1;
    *shown - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places of the rows that rows of (statement, id, cents) are again.
    fn ask(rows: &[(u32, &str, i64)]) -> Vec<Option<usize>> {
        let mut repeats = Repeats::new(true);
        let date = NaiveDate::default();
        let ask = |(index, (statement, id, minor)): (usize, &(u32, &str, i64))| {
            let line = FileLine { statement: *statement, date, ..FileLine::default() };
            repeats.earlier(index, id, &line, Minor(*minor))
        };
        rows.iter().enumerate().map(ask).collect()
    }

    #[test]
    fn rows_of_one_id_are_counted_statement_by_statement() {
        assert_eq!(ask(&[(0, "A", 1), (0, "A", 1), (1, "A", 1)]), [None, None, Some(0)]);
        assert_eq!(ask(&[(0, "A", 1), (1, "A", 1), (1, "A", 1)]), [None, Some(0), None]);
        let thrice = [(0, "A", 1), (1, "A", 1), (1, "A", 1), (2, "A", 1), (2, "A", 1), (2, "A", 1)];
        assert_eq!(ask(&thrice), [None, Some(0), None, Some(0), Some(2), None]);
    }

    #[test]
    fn another_accounts_row_is_another_row() {
        let mut repeats = Repeats::new(true);
        let line = |statement, name: &str| FileLine {
            statement,
            account: Some(name.to_owned()),
            ..FileLine::default()
        };
        assert_eq!(repeats.earlier(0, "A", &line(0, "111"), Minor(1)), None);
        assert_eq!(repeats.earlier(1, "A", &line(1, "222"), Minor(1)), None);
        assert_eq!(repeats.earlier(2, "A", &line(2, "111"), Minor(1)), Some(0));
    }

    #[test]
    fn another_amount_or_id_is_another_row() {
        assert_eq!(ask(&[(0, "A", 1), (1, "A", 2), (1, "B", 1)]), [None, None, None]);
    }
}

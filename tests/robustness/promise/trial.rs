//! One history on a book of its own: each step is taken, and after each it is counted what the book holds.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use groat::db::dialect::Isolation;
use groat::db::{names, sources};
use groat::domain::ids::{BatchId, TransactionId};
use groat::domain::money::{DecimalMark, parse_amount};
use groat::error::Result;
use groat::import::formats::{FormatName, Layout};
use groat::import::{How, Request, Rows, batches, import, reading};
use groat::ledger::delete::delete;
use groat::ledger::record::{Entry, record};

use super::histories::{AMOUNTS, History, Ids, Step};
use crate::shelf::Shelf;
use crate::support::inspect;
use crate::support::writers::decimal;

/// How many transactions there are of a day and an amount.
type Counts = BTreeMap<(String, i64), usize>;

/// A book with one account, and what it should hold.
pub struct Trial<'a> {
    shelf: &'a Shelf,
    history: &'a History,
    /// Each live batch with its source and the payments that it showed.
    live: Vec<(BatchId, usize, Vec<usize>)>,
    typed: BTreeSet<usize>,
    /// The sources whose files were read once.
    read: BTreeSet<usize>,
    /// How many rows of a day and amount were deleted.
    deleted: Counts,
}

impl<'a> Trial<'a> {
    pub fn new(shelf: &'a Shelf, history: &'a History) -> Self {
        Self {
            shelf,
            history,
            live: Vec::new(),
            typed: BTreeSet::new(),
            read: BTreeSet::new(),
            deleted: Counts::new(),
        }
    }

    /// Lets all of it happen; then every file that is there is imported again.
    pub fn run(&mut self) -> std::result::Result<(), String> {
        for (number, step) in self.history.steps.iter().enumerate() {
            self.take(step).map_err(|e| format!("step {number}: {e:#}"))?;
            self.check().map_err(|e| format!("after step {number}, {step:?}: {e}"))?;
        }
        for (_, source, places) in self.live.clone() {
            let new = self.import(source, &places).map_err(|e| format!("again: {e:#}"))?;
            if new > 0 {
                return Err(format!("a file that is there brought {new} new rows: {places:?} of {source}"));
            }
        }
        self.check().map_err(|e| format!("after every file again: {e}"))?;
        let flaws = self.shelf.flaws();
        if flaws.is_empty() { Ok(()) } else { Err(flaws.join("; ")) }
    }

    fn take(&mut self, step: &Step) -> Result<()> {
        match *step {
            Step::Import(slice) => {
                let places = self.history.shown(slice);
                places.iter().try_for_each(|place| self.type_in(*place))?;
                if !places.is_empty() {
                    self.import(slice.source, &places)?;
                }
            }
            Step::TakeBack(back) if !self.live.is_empty() && self.deleted.is_empty() => {
                let (batch, ..) = self.live.remove(self.live.len() - 1 - back % self.live.len());
                self.shelf.open("ann").write(Isolation::Deciding, |w| batches::undo(w, batch))?;
            }
            Step::TakeBack(_) => {}
            Step::Delete(place) => self.delete(place)?,
        }
        Ok(())
    }

    /// Deletes a transaction that no other has been typed as.
    fn delete(&mut self, place: usize) -> Result<()> {
        let sql = format!(
            "SELECT CAST(p.transaction_id AS TEXT), CAST(p.date AS TEXT), CAST(p.amount AS TEXT) FROM postings p \
             WHERE p.amount IN ({}) ORDER BY p.transaction_id",
            AMOUNTS.map(|amount| amount.to_string()).join(", ")
        );
        let rows = inspect::query(self.shelf.url(), &sql);
        if rows.is_empty() {
            return Ok(());
        }
        let [id, date, amount] = &rows[place % rows.len()][..] else {
            panic!("three columns were asked for")
        };
        let ids = [TransactionId(id.parse().expect("an id"))];
        self.shelf.write("ann", |w| delete(w, &ids, false))?;
        *self.deleted.entry((date.clone(), amount.parse().expect("an amount"))).or_default() += 1;
        Ok(())
    }

    /// Types a payment before a file first shows it.
    fn type_in(&mut self, place: usize) -> Result<()> {
        let Some(date) = self.history.typed(place) else { return Ok(()) };
        if !self.typed.insert(place) {
            return Ok(());
        }
        let entry = Entry {
            is_income: true,
            amount: parse_amount(&decimal(self.history.minor(place)), DecimalMark::Point)?,
            payee: Some(self.history.payee(place).to_owned()).filter(|payee| !payee.is_empty()),
            category: Some("none".to_owned()),
            account: Some("Checking".to_owned()),
            date,
            note: None,
            tags: Vec::new(),
            split: Vec::new(),
            value: None,
            status: None,
            is_strict: false,
            configured_account: None,
        };
        self.shelf.write("ann", |w| record(w, &entry)).map(drop)
    }

    /// Answers how many rows were new.
    fn import(&mut self, source: usize, places: &[usize]) -> Result<usize> {
        let mut file = Cursor::new(self.history.file(source, places).into_bytes());
        let layout = self.survey(source, &mut file)?;
        assert_eq!(layout.row_count(), places.len() as u64, "each payment is a row");
        let book = self.shelf.open("ann");
        let account = book.read(|conn| names::load(conn, None))?.accounts.remove(0);
        let request = Request {
            account,
            rows: Rows::All,
            how: How {
                file_name: format!("{source}.{}", layout.format()),
                restores_deleted: false,
                with_pending: false,
                suggests: false,
                shown: None,
                at_once: self.history.at_once,
                answers: Default::default(),
            },
        };
        let done = book
            .write(Isolation::Recording, |w| import(w, &mut file, &layout, std::slice::from_ref(&request)))?;
        let rejected = done.rejected();
        assert!(rejected.is_empty(), "{rejected:?}");
        let batch = done.parts[0].batch.expect("a file with rows makes a batch");
        self.live.push((batch, source, places.to_vec()));
        Ok(done.count("new"))
    }

    /// By its content alone the file is seen to be of its format.
    fn survey(&mut self, source: usize, file: &mut Cursor<Vec<u8>>) -> Result<Layout> {
        let shown_by = self.history.sources[source];
        let is_first = self.read.insert(source);
        let options = shown_by.format.options(source, shown_by.ids != Ids::None, is_first);
        let earlier = self.shelf.open("ann").read(sources::list)?;
        let layout = reading::survey(file, FormatName::Auto, &options, &earlier)?;
        assert_eq!(layout.format(), shown_by.format.name());
        Ok(layout)
    }

    /// How many rows of a day and amount there should be: as many as the source shows that shows most.
    fn expected(&self) -> Counts {
        let mut by_source: [BTreeSet<usize>; 2] = [BTreeSet::new(), BTreeSet::new()];
        for (_, source, places) in &self.live {
            by_source[*source].extend(places);
        }
        let mut expected = Counts::new();
        for places in &by_source {
            for (key, count) in self.counts(places) {
                let most = expected.entry(key).or_default();
                *most = count.max(*most);
            }
        }
        for (key, deleted) in &self.deleted {
            *expected.entry(key.clone()).or_default() -= deleted;
        }
        expected.retain(|_, count| *count > 0);
        for place in &self.typed {
            // Joined, it keeps the day on which it was typed; beyond a week it is another one.
            let (minor, typed) = (self.history.minor(*place), self.history.typed(*place));
            let typed = typed.expect("only such payments are typed").to_string();
            *expected.entry((typed, minor)).or_default() += 1;
            let away = self.history.payment(*place).typed.unwrap_or(0).abs();
            if away > 7 && by_source.iter().any(|places| places.contains(place)) {
                *expected.entry((self.history.date(*place).to_string(), minor)).or_default() += 1;
            }
        }
        expected
    }

    /// Of these payments those that were not typed, counted.
    fn counts(&self, places: &BTreeSet<usize>) -> Counts {
        let mut counts = Counts::new();
        for place in places.iter().filter(|place| !self.typed.contains(place)) {
            let key = (self.history.date(*place).to_string(), self.history.minor(*place));
            *counts.entry(key).or_default() += 1;
        }
        counts
    }

    fn check(&self) -> std::result::Result<(), String> {
        let sql = "SELECT CAST(p.date AS TEXT), CAST(p.amount AS TEXT), CAST(count(*) AS TEXT) \
                   FROM postings p GROUP BY p.date, p.amount";
        let held: Counts = inspect::query(self.shelf.url(), sql)
            .into_iter()
            .map(|row| {
                ((row[0].clone(), row[1].parse().expect("an amount")), row[2].parse().expect("a count"))
            })
            .collect();
        let expected = self.expected();
        if held == expected {
            Ok(())
        } else {
            Err(format!("the book holds {held:?}, and should hold {expected:?}"))
        }
    }
}

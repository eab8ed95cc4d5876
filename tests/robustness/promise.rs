//! What imports promise, over random histories: no row is lost and none is counted twice. Two sources show an account,
//! each in slices of whole days, or of single rows where its ids can be believed, in any order and any number of
//! times, with signs as banks write them; some rows were typed before, and imports are taken back or rows deleted in
//! between. After every step the book holds, for each day and amount, as many rows as the source that shows most,
//! less what was deleted.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use chrono::{Duration, NaiveDate};
use groat::db::dialect::Isolation;
use groat::db::{names, sources};
use groat::domain::account::AccountKind;
use groat::domain::ids::{BatchId, TransactionId};
use groat::domain::money::parse_amount;
use groat::import::formats::{FormatName, Options};
use groat::import::{How, Request, Rows, batches, import, reading};
use groat::ledger::accounts::{self, Wanted};
use groat::ledger::delete::delete;
use groat::ledger::record::{Entry, record};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::shelf::{Shelf, today};
use crate::support::{Sandbox, inspect, on_both_databases};

const AMOUNTS: [i64; 3] = [-480, -1250, 480];
const PAYEES: [&str; 4] = ["Bakery", "BAKERY", "Metro", ""];
/// Cents of rows that are typed before: each has an amount of its own, so that it is clear what belongs together.
const TYPED: i64 = -10_000;

/// How a bank numbers its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ids {
    None,
    /// Each row has its own for ever.
    Stable,
    /// From 1 in every file.
    Restarting,
    /// The same few again and again.
    Reused,
}

/// How a bank says what goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    /// By a minus.
    Minus,
    /// By a word in a column of its own.
    Word,
    /// By `CR` in a column of its own, which is blank for what goes out.
    Blank,
    /// By `CR` behind what comes in.
    Mark,
    /// By the column; some of what comes in is a minus in that of money out.
    Sides,
}

/// What was paid. Both sources show it, unless one leaves it out.
#[derive(Debug, Clone)]
struct Payment {
    day: i64,
    amount: usize,
    payee: usize,
    /// Which of the sources show it.
    shown: [bool; 2],
    /// How many days from the bank's day it was typed, before any file showed it.
    typed: Option<i64>,
    id: usize,
}

#[derive(Debug, Clone)]
enum Step {
    /// One source's rows from a day on, for so many days; of single rows those whose bits are set.
    Import { source: usize, first: i64, days: i64, mask: u16, is_newest_first: bool },
    /// The batch of that place, counted from the newest.
    TakeBack(usize),
    /// The user deletes the transaction of that place; from then on no batch is taken back.
    Delete(usize),
}

#[derive(Debug, Clone)]
struct History {
    payments: Vec<Payment>,
    ids: [Ids; 2],
    written: [Written; 2],
    /// How many rows are looked up at once.
    at_once: usize,
    steps: Vec<Step>,
}

fn any_history() -> impl Strategy<Value = History> {
    let payment = (
        0_i64..5,
        0..AMOUNTS.len(),
        0..PAYEES.len(),
        prop_oneof![4 => Just([true, true]), 1 => Just([true, false]), 1 => Just([false, true])],
        prop::option::weighted(0.2, -9_i64..10),
        0_usize..3,
    );
    let payment = payment.prop_map(|(day, amount, payee, shown, typed, id)| Payment {
        day,
        amount,
        payee,
        shown,
        typed,
        id,
    });
    let ids = || prop::sample::select(vec![Ids::None, Ids::Stable, Ids::Restarting, Ids::Reused]);
    let step = prop_oneof![
        6 => (0_usize..2, -1_i64..5, 1_i64..6, any::<u16>(), any::<bool>()).prop_map(
            |(source, first, days, mask, is_newest_first)| Step::Import { source, first, days, mask, is_newest_first }),
        1 => (0_usize..4).prop_map(Step::TakeBack),
        1 => (0_usize..8).prop_map(Step::Delete),
    ];
    let written = || {
        prop::sample::select(vec![
            Written::Minus,
            Written::Word,
            Written::Blank,
            Written::Mark,
            Written::Sides,
        ])
    };
    let steps = prop::collection::vec(step, 1..9);
    (prop::collection::vec(payment, 1..14), [ids(), ids()], [written(), written()], 1_usize..4, steps)
        .prop_map(|(payments, ids, written, at_once, steps)| History {
            payments,
            ids,
            written,
            at_once,
            steps,
        })
}

fn date(day: i64) -> NaiveDate {
    today() - Duration::days(30) + Duration::days(day)
}

impl History {
    /// A typed payment has an amount that no other has.
    fn minor(&self, place: usize) -> i64 {
        let payment = &self.payments[place];
        match payment.typed {
            Some(_) => TYPED - i64::try_from(place).expect("few"),
            None => AMOUNTS[payment.amount],
        }
    }

    /// The payments that a step shows, in the order of the file.
    fn slice(&self, source: usize, first: i64, days: i64, mask: u16, is_newest_first: bool) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.payments.len())
            .filter(|place| {
                let payment = &self.payments[*place];
                let is_in = (first..first + days).contains(&payment.day);
                let is_cut = self.ids[source] == Ids::Stable && mask & (1 << place) == 0;
                payment.shown[source] && is_in && !is_cut
            })
            .collect();
        places.sort_by_key(|place| self.payments[*place].day);
        if is_newest_first {
            places.reverse();
        }
        places
    }

    fn file(&self, source: usize, places: &[usize]) -> String {
        let money = match self.written[source] {
            Written::Word | Written::Blank => "Amount,Debit/Credit",
            Written::Sides => "Debit,Credit",
            Written::Minus | Written::Mark => "Amount",
        };
        let header = format!("{},{money},Id", ["Date,Payee", "Booked,Name"][source]);
        let rows = places.iter().zip(1..).map(|(place, number)| {
            let payment = &self.payments[*place];
            let id = match self.ids[source] {
                Ids::None => String::new(),
                Ids::Stable => format!("S{place}"),
                Ids::Restarting => format!("R{number}"),
                Ids::Reused => format!("U{}", payment.id),
            };
            let payee = PAYEES[payment.payee];
            // The second bank has words of its own for some.
            let payee = if source == 1 && payment.id > 0 && !payee.is_empty() {
                format!("{payee} {}", payment.id)
            } else {
                payee.to_owned()
            };
            format!("\n{},{payee},{},{id}", date(payment.day), self.amount(source, *place))
        });
        format!("{header}{}\n", rows.collect::<String>())
    }
}

impl History {
    /// The cells of an amount, as the source writes them.
    fn amount(&self, source: usize, place: usize) -> String {
        let minor = self.minor(place);
        let (is_in, size) = (minor > 0, decimal(minor.abs()));
        match self.written[source] {
            Written::Minus => decimal(minor),
            Written::Word => format!("{size},{}", if is_in { "Credit" } else { "Debit" }),
            Written::Blank => format!("{size},{}", if is_in { "CR" } else { "" }),
            Written::Mark => format!("{size}{}", if is_in { " CR" } else { "" }),
            Written::Sides if is_in && self.payments[place].id == 0 => format!("-{size},"),
            Written::Sides if is_in => format!(",{size}"),
            Written::Sides => format!("{size},"),
        }
    }
}

fn decimal(minor: i64) -> String {
    format!("{}{}.{:02}", if minor < 0 { "-" } else { "" }, minor.abs() / 100, minor.abs() % 100)
}

/// A book with one account, and what it should hold.
struct Trial<'a> {
    shelf: &'a Shelf,
    url: String,
    history: &'a History,
    /// Each live batch with its source and the payments that it showed.
    live: Vec<(BatchId, usize, Vec<usize>)>,
    typed: BTreeSet<usize>,
    /// The sources whose files were read once.
    read: BTreeSet<usize>,
    /// How many rows of a day and amount were deleted.
    deleted: BTreeMap<(String, i64), usize>,
}

impl Trial<'_> {
    fn run(&mut self) -> Result<(), String> {
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

    fn take(&mut self, step: &Step) -> groat::error::Result<()> {
        match *step {
            Step::Import { source, first, days, mask, is_newest_first } => {
                let places = self.history.slice(source, first, days, mask, is_newest_first);
                places.iter().try_for_each(|place| self.type_in(*place))?;
                if !places.is_empty() {
                    self.import(source, &places)?;
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
    fn delete(&mut self, place: usize) -> groat::error::Result<()> {
        let sql = format!(
            "SELECT CAST(p.transaction_id AS TEXT), CAST(p.date AS TEXT), CAST(p.amount AS TEXT) FROM postings p \
             WHERE p.amount IN ({}) ORDER BY p.transaction_id",
            AMOUNTS.map(|amount| amount.to_string()).join(", ")
        );
        let rows = inspect::query(&self.url, &sql);
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
    fn type_in(&mut self, place: usize) -> groat::error::Result<()> {
        let payment = &self.history.payments[place];
        let Some(away) = payment.typed.filter(|_| self.typed.insert(place)) else { return Ok(()) };
        let amount =
            parse_amount(&decimal(self.history.minor(place)), groat::domain::money::DecimalMark::Point)?;
        let payee = Some(PAYEES[payment.payee].to_owned()).filter(|payee| !payee.is_empty());
        let entry = Entry {
            is_income: true,
            amount,
            payee,
            category: Some("none".to_owned()),
            account: Some("Checking".to_owned()),
            date: date(payment.day + away),
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
    fn import(&mut self, source: usize, places: &[usize]) -> groat::error::Result<usize> {
        let mut file = Cursor::new(self.history.file(source, places).into_bytes());
        let columns: [[&str; 2]; 2] = [["Date", "Payee"], ["Booked", "Name"]];
        let [date, payee] = columns[source].map(|name| Some(name.to_owned()));
        let written = self.history.written[source];
        // The first file may leave it open how signs are written: its user looks, and says it. Later ones do not ask.
        let is_first = self.read.insert(source);
        let options = Options {
            date_column: date,
            payee_columns: payee.map(|name| vec![name]),
            id_column: (self.history.ids[source] != Ids::None).then(|| "Id".to_owned()),
            flag_column: (is_first && matches!(written, Written::Word | Written::Blank))
                .then(|| "Debit/Credit".to_owned()),
            unmarked_is_debit: (is_first && matches!(written, Written::Mark | Written::Blank))
                .then_some(true),
            debit_is_signed: (is_first && written == Written::Sides).then_some(false),
            ..Options::default()
        };
        let book = self.shelf.open("ann");
        let earlier = book.read(sources::list)?;
        let layout = reading::survey(&mut file, FormatName::Csv, &options, &earlier)?;
        let account = book.read(|conn| names::load(conn, None))?.accounts.remove(0);
        let request = Request {
            account,
            rows: Rows::All,
            how: How {
                file_name: format!("{source}.csv"),
                restores_deleted: false,
                with_pending: false,
                suggests: false,
                shown: None,
                at_once: self.history.at_once,
                refused: Default::default(),
            },
        };
        let done = book
            .write(Isolation::Recording, |w| import(w, &mut file, &layout, std::slice::from_ref(&request)))?;
        let batch = done.parts[0].batch.expect("a file with rows makes a batch");
        self.live.push((batch, source, places.to_vec()));
        Ok(done.count("new"))
    }

    /// How many rows of a day and amount there should be: as many as the source shows that shows most.
    fn expected(&self) -> BTreeMap<(String, i64), usize> {
        let mut by_source: [BTreeSet<usize>; 2] = [BTreeSet::new(), BTreeSet::new()];
        for (_, source, places) in &self.live {
            by_source[*source].extend(places);
        }
        let mut expected: BTreeMap<(String, i64), usize> = BTreeMap::new();
        for places in &by_source {
            let mut counts: BTreeMap<(String, i64), usize> = BTreeMap::new();
            for place in places.iter().filter(|place| !self.typed.contains(place)) {
                let day = date(self.history.payments[*place].day).to_string();
                *counts.entry((day, self.history.minor(*place))).or_default() += 1;
            }
            for (key, count) in counts {
                let most = expected.entry(key).or_default();
                *most = count.max(*most);
            }
        }
        for (key, deleted) in &self.deleted {
            let left = expected.entry(key.clone()).or_default();
            *left -= deleted;
        }
        expected.retain(|_, count| *count > 0);
        for place in &self.typed {
            // Joined, it keeps the day on which it was typed; beyond a week it is another one.
            let payment = &self.history.payments[*place];
            let away = payment.typed.unwrap_or(0);
            let minor = self.history.minor(*place);
            *expected.entry((date(payment.day + away).to_string(), minor)).or_default() += 1;
            if away.abs() > 7 && by_source.iter().any(|places| places.contains(place)) {
                *expected.entry((date(payment.day).to_string(), minor)).or_default() += 1;
            }
        }
        expected
    }

    fn check(&self) -> Result<(), String> {
        let sql = "SELECT CAST(p.date AS TEXT), CAST(p.amount AS TEXT), CAST(count(*) AS TEXT) FROM postings p GROUP BY p.date, p.amount";
        let held: BTreeMap<(String, i64), usize> = inspect::query(&self.url, sql)
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

on_both_databases! {
    fn no_row_is_lost_and_none_is_counted_twice(s: &Sandbox) {
        let url = s.database_url();
        furnish(s);
        let template = (!s.is_postgres()).then(|| std::fs::read(s.book_path()).expect("the book was just made"));
        let mut runner = TestRunner::new(config(s));
        let outcome = runner.run(&any_history(), |history| {
            match &template {
                Some(bytes) => std::fs::write(s.book_path(), bytes).expect("the book can be put there"),
                None => {
                    s.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
                    furnish(s);
                }
            }
            let shelf = Shelf::new(url.clone());
            let mut trial = Trial { shelf: &shelf, url: url.clone(), history: &history, live: Vec::new(), typed: BTreeSet::new(), read: BTreeSet::new(), deleted: BTreeMap::new() };
            trial.run().map_err(TestCaseError::fail)
        });
        if let Err(error) = outcome {
            panic!("{error}");
        }
    }
}

/// Makes a book with one account.
fn furnish(s: &Sandbox) {
    if !s.is_postgres() {
        let folder = s.book_path();
        std::fs::create_dir_all(folder.parent().expect("a book is in a folder")).expect("a folder");
    }
    let wanted = Wanted {
        name: "Checking".to_owned(),
        kind: AccountKind::Checking,
        currency: None,
        is_off_budget: false,
        balance: None,
        date: today(),
    };
    Shelf::new(s.database_url()).write("ann", |w| accounts::add(w, &wanted)).expect("nothing is in the way");
}

/// These histories are short and small: more of them than of others.
fn config(s: &Sandbox) -> Config {
    let common = crate::undo::config(s);
    Config { cases: common.cases * if s.is_postgres() { 1 } else { 3 }, ..common }
}

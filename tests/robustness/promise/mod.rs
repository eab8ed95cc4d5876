//! What imports promise, over random histories: no row is lost and none is counted twice. Two sources show an account,
//! each in slices of whole days, or of single rows where its ids can be believed, in any order and any number of
//! times, in any two formats and with signs as banks write them; some rows were typed before, and imports are taken
//! back or rows deleted in between. After every step the book holds, for each day and amount, as many rows as the
//! source that shows most, less what was deleted.
//!
//! `histories` says what happens, `trial` lets it happen to a book and counts.

mod histories;
mod trial;

use groat::domain::account::AccountKind;
use groat::ledger::accounts::{self, Wanted};
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::shelf::{Shelf, today};
use crate::support::writers::{self, Format};
use crate::support::{Sandbox, on_both_databases};
use histories::{any_history, overlapping};
use trial::Trial;

on_both_databases! {
    fn no_row_is_lost_and_none_is_counted_twice(s: &Sandbox) {
        let books = Books::new(s);
        let outcome = TestRunner::new(config(s)).run(&any_history(), |history| {
            books.renew();
            Trial::new(&Shelf::new(s.database_url()), &history).run().map_err(TestCaseError::fail)
        });
        if let Err(error) = outcome {
            panic!("{error}");
        }
    }

    /// The same story for each two formats, whatever the random histories happened to visit: twins, files that
    /// overlap, and one of them taken back.
    fn twins_stay_two_and_an_overlapping_file_that_is_taken_back_takes_nothing_of_the_others(s: &Sandbox) {
        let books = Books::new(s);
        for (number, pair) in pairs().into_iter().enumerate() {
            // PostgreSQL answers the same questions by the same code, more slowly: a few of them.
            let is_asked = !s.is_postgres() || number % 9 == 3;
            let Some(history) = overlapping(pair, number).filter(|_| is_asked) else { continue };
            books.renew();
            let told = Trial::new(&Shelf::new(s.database_url()), &history).run();
            told.unwrap_or_else(|reason| panic!("{reason}\n{history:?}"));
        }
    }
}

/// Each two formats, in the next of the forms that they come in.
fn pairs() -> Vec<(Format, Format)> {
    let mut names: Vec<&str> = writers::ALL.iter().map(|format| format.name()).collect();
    names.dedup();
    let form = |name: &str, number: usize| {
        let forms: Vec<Format> = writers::ALL.into_iter().filter(|format| format.name() == name).collect();
        forms[number % forms.len()]
    };
    let all = names.iter().flat_map(|one| names.iter().map(move |other| (one, other)));
    all.enumerate().map(|(number, (one, other))| (form(one, number), form(other, number / 3))).collect()
}

/// Makes the sandbox's book anew, with one account and nothing else.
struct Books<'a> {
    s: &'a Sandbox,
    /// The bytes of such a book, where it is a file.
    template: Option<Vec<u8>>,
}

impl<'a> Books<'a> {
    fn new(s: &'a Sandbox) -> Self {
        furnish(s);
        let bytes = || std::fs::read(s.book_path()).expect("the book was just made");
        Self { s, template: (!s.is_postgres()).then(bytes) }
    }

    fn renew(&self) {
        match &self.template {
            Some(bytes) => std::fs::write(self.s.book_path(), bytes).expect("the book can be put there"),
            None => {
                self.s.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
                furnish(self.s);
            }
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

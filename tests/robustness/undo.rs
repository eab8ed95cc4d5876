//! Undo against random histories: what it takes back is back to the byte, what is refused changes nothing, and the
//! kept totals are right after every step. Then the cases that need a certain order, each by its story.

use std::fs;
use std::sync::OnceLock;

use groat::domain::ids::OperationId;
use groat::error::{Kind, Problem};
use groat::history;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};

use crate::shelf::{Shelf, without_history};
use crate::step::{PEOPLE, Step, any_change, any_step, household};
use crate::support::{Sandbox, on_both_databases};

/// Enough to have found what was wrong here in the past, and few enough for every gate.
const CASES: u32 = 48;
/// PostgreSQL answers the same questions over a socket, by the same code.
const CASES_ON_POSTGRES: u32 = 8;
const LONGEST: usize = 14;

/// What a random history begins on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    Empty,
    Household,
}

/// Says what went wrong; proptest then looks for the shortest history in which it does.
pub type Checked = Result<(), String>;

on_both_databases! {
    fn what_an_operation_did_is_taken_back_to_the_byte_and_done_again(s: &Sandbox) {
        let steps = proptest::collection::vec((prop::sample::select(&PEOPLE), any_step()), 1..=LONGEST);
        for_random(s, &steps, |shelf, steps| {
            steps.iter().try_for_each(|(actor, step)| take_and_take_back(shelf, actor, step))
        });
    }

    fn a_whole_history_is_undone_step_by_step_and_redone(s: &Sandbox) {
        let steps = proptest::collection::vec(any_change(), 1..=LONGEST);
        for_random(s, &steps, |shelf, steps| undo_all_and_redo_all(shelf, steps));
    }
}

/// Tries `check` on many histories, each on a book of its own.
#[track_caller]
pub fn for_random<S: Strategy>(s: &Sandbox, steps: &S, check: impl Fn(&Shelf, &S::Value) -> Checked) {
    let starts = prop_oneof![1 => Just(Start::Empty), 3 => Just(Start::Household)];
    let mut runner = TestRunner::new(config(s));
    let outcome = runner.run(&(starts, steps), |(start, steps)| {
        let shelf = fresh(s, start);
        check(&shelf, &steps).map_err(TestCaseError::fail)
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

/// The same histories every time, so that a gate is green or red for a reason in the change before it; with
/// `PROPTEST_CASES` that many others.
pub fn config(s: &Sandbox) -> Config {
    #[allow(clippy::disallowed_methods, reason = "the harness reads the environment")]
    let wanted: Option<u32> = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    let fixed = if s.is_postgres() { CASES_ON_POSTGRES } else { CASES };
    Config {
        cases: wanted.map_or(fixed, |wanted| wanted.max(fixed)),
        rng_seed: if wanted.is_some() { RngSeed::Random } else { RngSeed::Fixed(20_261_121) },
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..Config::default()
    }
}

/// Returns a book on the sandbox's database in place of the one before.
fn fresh(s: &Sandbox, start: Start) -> Shelf {
    let shelf = Shelf::new(s.database_url());
    if s.is_postgres() {
        s.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        shelf.open("ann");
        if start == Start::Household {
            furnish(&shelf);
        }
    } else {
        fs::create_dir_all(s.book_path().parent().expect("a book is in a folder")).expect("a folder");
        fs::write(s.book_path(), template(start)).expect("the book can be put there");
    }
    shelf
}

/// A SQLite book is its file: made once, copied for each case.
fn template(start: Start) -> &'static [u8] {
    static EMPTY: OnceLock<Vec<u8>> = OnceLock::new();
    static HOUSEHOLD: OnceLock<Vec<u8>> = OnceLock::new();
    let place = if start == Start::Empty { &EMPTY } else { &HOUSEHOLD };
    place.get_or_init(|| {
        let s = Sandbox::sqlite();
        let shelf = Shelf::new(s.database_url());
        shelf.open("ann");
        if start == Start::Household {
            furnish(&shelf);
        }
        fs::read(s.book_path()).expect("the book was just made")
    })
}

fn furnish(shelf: &Shelf) {
    for step in household() {
        step.take(shelf, "ann").expect("nothing is in the way");
    }
}

fn take_and_take_back(shelf: &Shelf, actor: &str, step: &Step) -> Checked {
    let (before, newest) = (shelf.dump(), newest(shelf));
    if let Err(error) = step.take(shelf, actor) {
        is_a_refusal(step, &error)?;
        return same("what was refused", &before, &shelf.dump());
    }
    let after = shelf.dump();
    is_sound(shelf, "it was done")?;
    let done = newest_since(shelf, newest);
    let Some(done) = done else { return same("what recorded nothing", &before, &after) };
    let (before, after) = (without_history(&before), without_history(&after));
    let undone = shelf
        .write(actor, |w| history::undo(w, Some(done)))
        .map_err(|e| format!("what was done just now cannot be undone: {e:#}"))?;
    same("do and undo", &before, &without_history(&shelf.dump()))?;
    is_sound(shelf, "it was undone")?;
    let redone = if step.is_about_history() {
        shelf.write(actor, |w| history::undo(w, Some(undone.operation)))
    } else {
        shelf.write(actor, history::redo)
    };
    redone.map_err(|e| format!("what was undone just now cannot be redone: {e:#}"))?;
    same("undo and redo", &after, &without_history(&shelf.dump()))?;
    is_sound(shelf, "it was redone")
}

fn undo_all_and_redo_all(shelf: &Shelf, steps: &[Step]) -> Checked {
    let mut states = vec![without_history(&shelf.dump())];
    for step in steps {
        let newest = newest(shelf);
        let taken = step.take(shelf, "ann");
        if taken.is_ok() && newest_since(shelf, newest).is_some() {
            states.push(without_history(&shelf.dump()));
        }
    }
    for state in states.iter().rev().skip(1) {
        shelf.write("ann", |w| history::undo(w, None)).map_err(|e| format!("on the way back: {e:#}"))?;
        same("undo of all", state, &without_history(&shelf.dump()))?;
    }
    is_sound(shelf, "all was undone")?;
    for state in &states[1..] {
        shelf.write("ann", history::redo).map_err(|e| format!("on the way forth: {e:#}"))?;
        same("redo of all", state, &without_history(&shelf.dump()))?;
    }
    is_sound(shelf, "all was redone")
}

fn newest(shelf: &Shelf) -> i64 {
    shelf.operations().last().copied().unwrap_or(0)
}

fn newest_since(shelf: &Shelf, before: i64) -> Option<OperationId> {
    Some(newest(shelf)).filter(|newest| *newest > before).map(OperationId)
}

/// An operation is refused for what the user said or for what is in the book, and says so itself: only an undo may
/// leave it to the database to find that a name is taken or a row in use by now.
pub fn is_a_refusal(step: &Step, error: &anyhow::Error) -> Checked {
    let problem = error.downcast_ref::<Problem>();
    let is_left_to_the_database = ["something else bears that name", "something still refers"]
        .iter()
        .any(|text| error.to_string().contains(text));
    match problem.map(|problem| problem.kind) {
        Some(Kind::Conflict) if is_left_to_the_database && !step.is_about_history() => {
            Err(format!("the database had to refuse it: {error:#}"))
        }
        Some(Kind::Conflict | Kind::Usage | Kind::NotFound | Kind::Ambiguous | Kind::WouldAsk) => Ok(()),
        _ => Err(format!("no refusal but a failure: {error:#}")),
    }
}

pub fn is_sound(shelf: &Shelf, when: &str) -> Checked {
    let mut flaws = shelf.flaws();
    flaws.extend(shelf.contradictions());
    if flaws.is_empty() { Ok(()) } else { Err(format!("after {when}: {}", flaws.join("; "))) }
}

/// Tells the lines that differ.
fn same(what: &str, should: &str, is: &str) -> Checked {
    if should == is {
        return Ok(());
    }
    let only = |in_this: &str, not_in: &str, sign: &str| -> String {
        let lines = in_this.lines().filter(|line| !not_in.lines().any(|other| other == *line));
        lines.map(|line| format!("{sign} {line}\n")).collect()
    };
    Err(format!("{what} is not the same book:\n{}{}", only(should, is, "-"), only(is, should, "+")))
}

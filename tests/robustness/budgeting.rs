//! Many at one budget: processes that move money while others spend it, and pairs that want the same money, or the
//! same envelope, at the same moment. No money is made, and whoever comes second is told why.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Barrier, Mutex};
use std::thread;

use groat::book::Book;
use groat::budget::moving::move_money;
use groat::db::categories as category_rows;
use groat::db::dialect::Isolation;
use groat::db::writer::Writer;
use groat::domain::category::CategoryKind;
use groat::domain::when::Month;
use groat::error::{Kind, Problem, Result};
use groat::ledger::categories;

use crate::concurrency::alone;
use crate::shelf::{amount, opening, today};
use crate::support::{Run, Sandbox, on_both_databases};

const PLACES: [&str; 5] = ["tbb", "a", "b", "c", "spent"];

/// 1,000.00 of income, of which 100.00 are in each of four envelopes.
fn envelopes(s: &Sandbox) {
    for line in ["account add Bank", "category add pay --kind income", "income 1000 boss -c pay -a bank"] {
        ok(s, line);
    }
    for place in &PLACES[1..] {
        ok(s, &format!("category add envelopes/{place}"));
        ok(s, &format!("budget assign {place} 100"));
    }
}

#[track_caller]
fn ok(s: &Sandbox, line: &str) -> Run {
    s.groat(line.split_whitespace()).ok()
}

fn minor(amount: &serde_json::Value) -> i64 {
    amount.as_str().expect("a text").replace('.', "").parse().expect("an amount")
}

on_both_databases! {
    fn many_who_move_money_make_none(s: &Sandbox) {
        let _alone = alone();
        let (movers, moves, spenders, adds) = if s.is_postgres() { (8, 50, 2, 20) } else { (4, 15, 2, 8) };
        envelopes(s);
        let failures = Mutex::new(Vec::new());
        let moved = AtomicUsize::new(0);
        thread::scope(|scope| {
            for mover in 0..movers {
                let (failures, moved) = (&failures, &moved);
                scope.spawn(move || {
                    for line in lines_of(mover, moves) {
                        let run = s.groat(line.split_whitespace());
                        let is_told = run.stderr.contains(" USD in 2026-01, less than ");
                        match run.code {
                            0 => drop(moved.fetch_add(1, Ordering::Relaxed)),
                            1 if is_told => {}
                            _ => failures.lock().expect("nothing panics with it in hand").push(run.snapshot()),
                        }
                    }
                });
            }
            for _ in 0..spenders {
                scope.spawn(|| (0..adds).for_each(|_| drop(ok(s, "add 1.25 shop -c spent -a bank"))));
            }
        });
        let failures = failures.into_inner().expect("nothing panics with it in hand");
        assert!(failures.is_empty(), "no refusals but failures:\n{}", failures.join("\n"));
        assert!(moved.load(Ordering::Relaxed) > 0, "nobody moved anything");
        // Besides the four by which envelopes were filled.
        let rows = s.query("SELECT count(*) FROM budget_moves");
        assert_eq!(rows, [[(moved.into_inner() + 4).to_string()]]);
        nobody_gave_what_was_not_there(s);
        let budget = s.groat(["budget", "--json"]).ok().json();
        let spent = spenders * adds * 125;
        assert_eq!(minor(&budget["to_be_budgeted"]) + minor(&budget["totals"]["assigned"]), 100_000);
        assert_eq!(minor(&budget["to_be_budgeted"]) + minor(&budget["totals"]["available"]), 100_000 - spent);
        ok(s, "db verify");
    }

    fn two_who_want_the_same_money_at_once_do_not_both_get_it(s: &Sandbox) {
        envelopes(s);
        for (round, [one, other], told) in [
            (1, ["budget move 80 a b", "budget move 80 a c"], "`a` has 20.00 USD in 2026-01, less than 80.00"),
            (2, ["budget move 80 b a", "budget move 180 b tbb"], "`b` has "),
            (3, ["budget move 500 tbb a", "budget move 500 tbb b"], "to be budgeted has "),
            (4, ["budget move 500 tbb a", "budget hold 500"], " USD in 2026-01"),
        ] {
            let before = s.dump(&[]);
            let both = [one, other].map(|line| s.spawn(line.split_whitespace())).map(|running| running.wait());
            let mut codes = both.each_ref().map(|run| run.code);
            codes.sort_unstable();
            assert_eq!(codes, [0, 1], "round {round}:\n{}\n{}", both[0].snapshot(), both[1].snapshot());
            let refused = both.iter().find(|run| run.code == 1).expect("one was refused");
            assert!(refused.stderr.contains(told) || refused.stderr.contains("can be held"), "{}", refused.snapshot());
            ok(s, "undo");
            assert_eq!(crate::shelf::without_history(&before), crate::shelf::without_history(&s.dump(&[])));
        }
    }

    fn two_who_set_the_same_at_once_both_do(s: &Sandbox) {
        envelopes(s);
        for (line, table, count) in [
            ("budget carryover a on", "carryovers", "1"),
            ("budget hold 50", "budget_holds", "1"),
            ("budget assign a +30", "budget_moves", "6"),
            ("budget assign b 70", "budget_moves", "7"),
        ] {
            let both = [(); 2].map(|()| s.spawn(line.split_whitespace()));
            both.into_iter().for_each(|running| drop(running.wait().ok()));
            assert_eq!(s.query(&format!("SELECT count(*) FROM {table}")), [[count]], "{line}");
        }
        let budget = s.groat(["budget", "--json"]).ok().json();
        assert_eq!(budget["totals"]["assigned"], "430.00");
        assert_eq!(budget["to_be_budgeted"], "520.00");
    }
}

/// What a mover does: always the same.
fn lines_of(mover: usize, count: usize) -> Vec<String> {
    let mut state = mover as u64 + 1;
    let mut next = move |below: u64| {
        // Knuth's MMIX: the high bits are random enough to choose by.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((state >> 33) % below).expect("it is small")
    };
    let line = |_| {
        let from = next(5);
        let to = (from + 1 + next(4)) % 5;
        format!("budget move {}.{:02} {} {}", next(120), 1 + next(99), PLACES[from], PLACES[to])
    };
    (0..count).map(line).collect()
}

/// Goes through the moves in their order: but for the envelope that others spend from, what was taken was there.
fn nobody_gave_what_was_not_there(s: &Sandbox) {
    let moves = s.query(
        "SELECT coalesce(f.name_key, 'tbb'), coalesce(t.name_key, 'tbb'), m.amount FROM budget_moves m \
         LEFT JOIN categories f ON f.id = m.from_category_id \
         LEFT JOIN categories t ON t.id = m.to_category_id ORDER BY m.id",
    );
    let mut there = std::collections::HashMap::from([("tbb".to_owned(), 100_000_i64)]);
    for row in moves {
        let amount: i64 = row[2].parse().expect("an amount");
        *there.entry(row[1].clone()).or_default() += amount;
        let from = there.entry(row[0].clone()).or_default();
        *from -= amount;
        assert!(*from >= 0, "{} of {} was not there", amount, row[0]);
    }
}

/// Somebody moves money into an envelope that somebody else has just decided to delete, to merge, or to make one of
/// income. Both have read before either writes.
#[test]
fn an_envelope_does_not_go_while_it_is_given_money_on_postgres() {
    type Change = fn(&mut Writer<'_>) -> Result<()>;
    let changes: [(&str, Change); 3] = [
        ("delete", |w| categories::delete(w, "spare").map(drop)),
        ("merge", |w| categories::merge(w, "spare", "a").map(drop)),
        ("edit", |w| {
            let edit = categories::Edit { kind: Some(CategoryKind::Income), ..categories::Edit::default() };
            categories::edit(w, "spare", &edit).map(drop)
        }),
    ];
    for (name, change) in changes {
        let Some(s) = Sandbox::postgres() else { return };
        envelopes(&s);
        ok(&s, "category add spare");
        let both_have_read = Barrier::new(2);
        let meet = |mine: &mut usize| {
            *mine += 1;
            if *mine == 1 {
                both_have_read.wait();
            }
        };
        let open = |actor| Book::open(opening(&s.database_url(), actor, 60)).expect("the book can be opened");
        let (given, changed) = thread::scope(|scope| {
            let giving = scope.spawn(|| {
                let mut mine = 0;
                open("ann").write(Isolation::Budgeting, |w| {
                    category_rows::list(w.conn())?;
                    meet(&mut mine);
                    move_money(w, Month::of(today()), &amount("5"), "tbb", "spare").map(drop)
                })
            });
            let changing = scope.spawn(|| {
                let mut mine = 0;
                open("bob").write(Isolation::Deciding, |w| {
                    category_rows::list(w.conn())?;
                    meet(&mut mine);
                    change(w)
                })
            });
            (giving.join().expect("no panic"), changing.join().expect("no panic"))
        });
        for (who, outcome) in [("given", &given), ("changed", &changed)] {
            let problem =
                outcome.as_ref().err().map(|error| (error.downcast_ref::<Problem>(), format!("{error:#}")));
            if let Some((problem, text)) = problem {
                let kind = problem.map(|problem| problem.kind);
                assert!(matches!(kind, Some(Kind::Conflict | Kind::NotFound)), "{name}, {who}: {text}");
                assert!(!text.contains("kept changing") && !text.contains("refers"), "{name}, {who}: {text}");
            }
        }
        assert!(given.is_ok() || changed.is_ok(), "{name}: one of them was first");
        let budget = s.groat(["budget", "--json"]).ok().json();
        assert_eq!(
            minor(&budget["to_be_budgeted"]) + minor(&budget["totals"]["available"]),
            100_000,
            "{name}"
        );
        ok(&s, "db verify");
    }
}

//! Balances that statements state, and locking many rows at once, through the library: no format states one yet.

use chrono::NaiveDate;
use groat::db::statement_balances::{self, Filed, Origin};
use groat::domain::ids::{AccountId, BatchId, OperationId};
use groat::domain::money::Minor;
use groat::history;
use groat::import::batches;
use groat::ledger::reconcile::{Request, Statement, reconcile};

use crate::shelf::{Shelf, today, without_history};
use crate::support::{Sandbox, on_both_databases};

const BANK: AccountId = AccountId(1);
const BATCH: BatchId = BatchId(1);

/// An account with an imported row of -10.00.
fn imported(s: &Sandbox) -> Shelf {
    s.write("bank.csv", "Date,Payee,Amount\n2026-01-14,shell,-10.00\n");
    for line in ["account add Bank", "import bank.csv -a bank"] {
        s.groat(line.split_whitespace()).ok();
    }
    Shelf::new(s.database_url())
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, day).expect("the test's day is one")
}

fn store(shelf: &Shelf, stated: &[(NaiveDate, Minor)]) -> OperationId {
    let stored = shelf.write("ann", |w| {
        let operation = w.begin("stated balances")?;
        statement_balances::insert_of_batch(w, BATCH, BANK, stated)?;
        Ok(operation)
    });
    stored.expect("balances can be stored")
}

/// Day and amount of all, in the order of days.
fn amounts(s: &Sandbox) -> Vec<Vec<String>> {
    s.query("SELECT date, amount, origin, batch_id FROM statement_balances ORDER BY date, amount")
}

on_both_databases! {
    fn what_a_file_states_is_stored_once_and_taken_back(s: &Sandbox) {
        let shelf = imported(s);
        let before = without_history(&shelf.dump());
        let twice = [(day(14), Minor(-1000)), (day(13), Minor(0)), (day(14), Minor(-1000)), (day(14), Minor(5))];
        let stored = store(&shelf, &twice);
        let all = [["2026-01-13", "0", "file", "1"], ["2026-01-14", "-1000", "file", "1"], ["2026-01-14", "5", "file", "1"]];
        assert_eq!(amounts(s), all);
        store(&shelf, &[(day(13), Minor(0))]);
        assert_eq!(amounts(s), all, "the same again is known");
        let after = without_history(&shelf.dump());
        shelf.write("ann", |w| history::undo(w, Some(stored))).expect("nothing is in the way");
        assert_eq!(before, without_history(&shelf.dump()));
        shelf.write("ann", history::redo).expect("nothing is in the way");
        assert_eq!(after, without_history(&shelf.dump()));
    }

    fn the_newest_is_found_until_the_account_is_reconciled(s: &Sandbox) {
        let shelf = imported(s);
        store(&shelf, &[(day(12), Minor(3)), (day(14), Minor(-1000)), (day(20), Minor(9))]);
        let newest = |until, on| {
            let found = shelf.read(|conn| statement_balances::newest_filed(conn, BANK, until, on));
            found.filter(|filed| filed.reconciled.is_none()).map(|Filed { stated, .. }| (stated.date, stated.amount.0, stated.file))
        };
        let file = || Some(("bank.csv".to_owned(), BATCH));
        assert_eq!(newest(today(), None), Some((day(14), -1000, file())));
        assert_eq!(newest(today(), Some(day(12))), Some((day(12), 3, file())));
        assert_eq!(newest(today(), Some(day(11))), None);
        assert_eq!(newest(day(11), None), None);
        let request = request(Minor(-1000), day(14));
        shelf.write("ann", |w| reconcile(w, &request)).expect("both agree");
        assert_eq!(newest(today(), None), None);
        assert_eq!(newest(day(20), None), Some((day(20), 9, file())));
        let all = shelf.read(|conn| statement_balances::newest_of_all(conn, day(31)));
        let all: Vec<_> = all.into_iter().map(|stated| (stated.date, stated.origin)).collect();
        assert_eq!(all, [(day(20), Origin::File), (day(14), Origin::Reconciled)]);
        let all = shelf.read(|conn| statement_balances::newest_of_all(conn, day(13)));
        assert_eq!(all.into_iter().map(|stated| stated.date).collect::<Vec<_>>(), [day(12)]);
    }

    fn taking_the_import_back_takes_its_balances(s: &Sandbox) {
        let shelf = imported(s);
        store(&shelf, &[(day(14), Minor(-1000))]);
        let before = without_history(&shelf.dump());
        shelf.write("ann", |w| batches::undo(w, BATCH)).expect("nothing is in the way");
        assert!(amounts(s).is_empty());
        shelf.write("ann", |w| history::undo(w, None)).expect("nothing is in the way");
        assert_eq!(before, without_history(&shelf.dump()));
    }

    fn a_thousand_rows_are_locked_and_unlocked_to_the_byte(s: &Sandbox) {
        let rows: String = (0..1000).map(|n| format!("2026-01-{:02},payee {n},-0.01\n", n % 14 + 1)).collect();
        s.write("bank.csv", format!("Date,Payee,Amount\n{rows}"));
        for line in ["account add Bank", "import bank.csv -a bank"] {
            s.groat(line.split_whitespace()).ok();
        }
        let shelf = Shelf::new(s.database_url());
        let before = without_history(&shelf.dump());
        let request = request(Minor(-1000), day(14));
        let done = shelf.write("ann", |w| reconcile(w, &request)).expect("both agree");
        assert_eq!(done.reconciled, 1000);
        assert_eq!(s.query("SELECT status, count(*) FROM postings GROUP BY status"), [["reconciled", "1000"]]);
        assert_eq!(shelf.flaws(), Vec::<String>::new());
        shelf.write("ann", |w| history::undo(w, None)).expect("nothing is in the way");
        assert_eq!(before, without_history(&shelf.dump()));
    }
}

fn request(amount: Minor, date: NaiveDate) -> Request {
    Request {
        account: "bank".to_owned(),
        statement: Statement::Filed(amount, "bank.csv".to_owned()),
        date,
        seen: Vec::new(),
        is_forced: false,
    }
}

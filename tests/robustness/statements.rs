//! Files of banks as steps of a history: few, with the amounts and days of what else is recorded, so that their rows are
//! new, known, typed before, deleted or still pending by turns.

use std::io::Cursor;

use groat::db::dialect::Isolation;
use groat::db::names;
use groat::domain::ids::BatchId;
use groat::error::{Problem, Result};
use groat::import::formats::{self, FormatName, Options};
use groat::import::{How, Request, Rows, batches, import};
use groat::ledger::lookup;

use crate::shelf::Shelf;

/// Two kinds of file, with days of their own and in common.
const FILES: [&str; 5] = [
    "Date,Payee,Amount,Status\n2026-01-15,Tesco,-3.20,\n2026-01-14,Shell,-12.50,\n2026-01-14,Shell,-12.50,\n",
    "Date,Payee,Amount,Status\n2026-01-14,Shell,-12.50,\n2025-12-26,Boots,7.00,\n2026-01-15,Lidl,-9.00,pending\n",
    "Date,Payee,Amount,Status\n2026-01-17,LIDL 7,-9.00,\n2025-12-27,,-30.00,\n",
    "Booked,Name,Sum,Purpose\n2026-01-15,TESCO 12,-3.20,weekly\n2026-01-14,,-12.50,\n",
    "Booked,Name,Sum,Purpose\n2026-01-16,,-40.00,pump 3\n2025-12-05,TESCO 12,-0.01,\n",
];

/// A file that is imported.
#[derive(Debug, Clone, Copy)]
pub struct Statement {
    pub account: &'static str,
    /// Which of the files; more than there are begin anew.
    pub file: usize,
    pub with_pending: bool,
    pub restores_deleted: bool,
}

impl Statement {
    /// Imports it as somebody.
    pub fn import(&self, shelf: &Shelf, actor: &str) -> Result<()> {
        let number = self.file % FILES.len();
        let mut file = Cursor::new(FILES[number].as_bytes().to_vec());
        let columns = |names: [&str; 3]| names.map(|name| Some(name.to_owned()));
        let [date_column, payee_column, amount_column] = if number < 3 {
            columns(["Date", "Payee", "Amount"])
        } else {
            columns(["Booked", "Name", "Sum"])
        };
        let payee_columns = payee_column.map(|name| vec![name]);
        let options = Options { date_column, payee_columns, amount_column, ..Options::default() };
        let layout = formats::survey(&mut file, FormatName::Csv, &options).expect("the test's file is one");
        let book = shelf.open(actor);
        let names = book.read(|conn| names::load(conn, None))?;
        let account = lookup::account(&names, self.account)?.clone();
        let requests = [Request {
            account,
            rows: Rows::All,
            how: How {
                file_name: format!("{number}.csv"),
                restores_deleted: self.restores_deleted,
                with_pending: self.with_pending,
                suggests: false,
                shown: Some(0),
                at_once: 1,
                answers: Default::default(),
            },
        }];
        book.write(Isolation::Deciding, |w| import(w, &mut file, &layout, &requests)).map(drop)
    }
}

/// Takes the batch of that place back, counted from the newest.
pub fn take_back(shelf: &Shelf, actor: &str, place: usize) -> Result<()> {
    let all = shelf.read(batches::list);
    let count = all.len().max(1);
    let id = all.get(place % count).map(|batch| batch.id);
    let id: BatchId = id.ok_or_else(|| Problem::not_found("there is no import batch"))?;
    shelf.write(actor, |w| batches::undo(w, id)).map(drop)
}

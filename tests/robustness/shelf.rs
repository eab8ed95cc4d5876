//! A book used through the library, without a process for each operation. Every opening has an instant of its own,
//! a second after the last, so that a time that is not put back is seen.

use std::cell::Cell;

use chrono::{Duration, NaiveDate, NaiveDateTime};
use groat::book::{Book, Opening};
use groat::db::connection::{ConnectionSettings, DbConn};
use groat::db::dialect::Isolation;
use groat::db::location::Location;
use groat::db::upkeep::verify;
use groat::db::writer::{Author, Writer};
use groat::domain::ids::TransactionId;
use groat::domain::money::{AmountInput, Currency, DecimalMark, iso_currencies, parse_amount};
use groat::error::Result;

use crate::support::inspect;

/// Never changed by an operation, and long.
const CURRENCIES: &str = "currencies";

/// A book at an address, made when it is first opened.
pub struct Shelf {
    url: String,
    seconds: Cell<i64>,
}

impl Shelf {
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), seconds: Cell::new(0) }
    }

    /// Opens the book as somebody.
    #[track_caller]
    pub fn open(&self, actor: &str) -> Book {
        self.seconds.set(self.seconds.get() + 1);
        Book::open(opening(&self.url, actor, self.seconds.get())).expect("the book can be opened")
    }

    /// Changes the book as somebody; takes what `Book::write` takes.
    #[track_caller]
    pub fn write<T>(&self, actor: &str, work: impl FnMut(&mut Writer<'_>) -> Result<T>) -> Result<T> {
        self.open(actor).write(Isolation::Deciding, work)
    }

    #[track_caller]
    pub fn read<T>(&self, work: impl FnOnce(&mut DbConn) -> Result<T>) -> T {
        self.open("reader").read(work).expect("the book can be read")
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// Dates the second leg of a transfer apart from the first, which no command does yet and the book can hold.
    pub fn date_leg(&self, transaction: TransactionId, date: NaiveDate) -> Result<()> {
        let leg = format!("transaction_id = {} AND position = 1 AND is_transfer", transaction.0);
        inspect::execute(&self.url, &format!("UPDATE postings SET date = '{date}' WHERE {leg}"));
        self.read(|conn| {
            verify::rebuild_totals(conn)?;
            Ok(())
        });
        Ok(())
    }

    /// Returns the ids of all transactions.
    #[track_caller]
    pub fn transactions(&self) -> Vec<i64> {
        self.numbers("SELECT id FROM transactions ORDER BY id")
    }

    /// Returns the numbers of all operations.
    #[track_caller]
    pub fn operations(&self) -> Vec<i64> {
        self.numbers("SELECT id FROM operations ORDER BY id")
    }

    #[track_caller]
    fn numbers(&self, sql: &str) -> Vec<i64> {
        let rows = inspect::query(&self.url, sql);
        rows.iter().map(|row| row[0].parse().expect("an id is a number")).collect()
    }

    /// Returns every row, history included, as text.
    #[track_caller]
    pub fn dump(&self) -> String {
        inspect::dump(&self.url, &[CURRENCIES])
    }

    /// Returns what is wrong with the book beyond what `db verify` looks for.
    #[track_caller]
    pub fn contradictions(&self) -> Vec<String> {
        let found = CONTRADICTIONS.iter().flat_map(|sql| inspect::query(&self.url, sql));
        found.flatten().collect()
    }

    /// Returns what `db verify` finds, a line each.
    #[track_caller]
    pub fn flaws(&self) -> Vec<String> {
        let flaws = self.read(verify::verify);
        flaws.into_iter().map(|flaw| format!("{}: {}", flaw.check, flaw.message)).collect()
    }
}

/// What the design says of the rows and no constraint holds.
const CONTRADICTIONS: [&str; 2] = [
    // "value in minor units of the book's currency (equal when the currencies are)".
    "SELECT 'posting ' || p.id || ' is worth ' || p.value || ' and not its amount, ' || p.amount \
     FROM postings p JOIN accounts a ON a.id = p.account_id JOIN book b ON b.currency = a.currency \
     WHERE p.value IS NULL OR p.value <> p.amount",
    "SELECT 'both payee ' || p.id || ' and payee ' || a.payee_id || ' are meant by ' || p.name_key \
     FROM payees p JOIN payee_aliases a ON a.name_key = p.name_key",
];

/// Returns a dump without the history: all that undo puts back.
pub fn without_history(dump: &str) -> String {
    let mut is_history = false;
    let kept = dump.lines().filter(|line| {
        if let Some(table) = line.strip_prefix("== ") {
            is_history = ["operations:", "changes:"].iter().any(|name| table.starts_with(name));
        }
        !is_history
    });
    kept.map(|line| format!("{line}\n")).collect()
}

/// What opening a book needs, `seconds` after noon.
#[track_caller]
pub fn opening(url: &str, actor: &str, seconds: i64) -> Opening {
    let now = noon() + Duration::seconds(seconds);
    Opening {
        location: Location::parse(url, "the test").expect("the test's address is understood"),
        settings: ConnectionSettings::default(),
        create: Some(dollar()),
        default_currency: dollar(),
        today: today(),
        now,
        author: Author { actor: actor.to_owned(), source: "cli", command: "groat".to_owned(), now },
        dry_run: false,
    }
}

/// The day that `Sandbox` runs on too.
pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 15).expect("it is in the calendar")
}

fn noon() -> NaiveDateTime {
    today().and_hms_opt(12, 0, 0).expect("every day has a noon")
}

fn dollar() -> Currency {
    let all = iso_currencies();
    all.into_iter().find(|currency| currency.code.as_str() == "USD").expect("the list has the dollar")
}

/// Returns an amount as it was typed.
#[track_caller]
pub fn amount(text: &str) -> AmountInput {
    parse_amount(text, DecimalMark::Point).expect("the test's amount is one")
}

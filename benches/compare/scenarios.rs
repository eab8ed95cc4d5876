//! What is asked of groat and of the others.
//!
//! The yardstick is the sqlite3 command line with the best SQL for groat's own tables, so that it pays for what
//! groat keeps. Goals are in hundredths of the yardstick's cost.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::books::{Book, Books};
use super::cost::{self, Contender};
use super::table::Measured;

/// On which books a scenario makes sense.
#[derive(Clone, Copy)]
pub enum On {
    /// The one without transactions.
    Empty,
    /// All examples.
    Every,
    /// Examples of that many transactions or more.
    AtLeast(u32),
}

/// What a scenario leaves behind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Writes {
    /// Nothing: it runs on the book itself.
    Nothing,
    /// A row: each contender has a copy of the book.
    Row,
    /// A whole file, into a copy of the empty book that is made anew for each run.
    File,
    /// Likewise, with rules for its rows.
    Ruled,
    /// A file that is there already: the copy stays.
    Again,
}

/// One question, as each contender is asked.
pub struct Scenario {
    /// As the table names it.
    pub name: &'static str,
    /// On which books.
    pub on: On,
    /// The goal against the yardstick, in hundredths.
    goal: Option<i64>,
    groat: &'static [&'static str],
    sql: Option<&'static str>,
    hledger: &'static [&'static str],
    ledger: &'static [&'static str],
    writes: Writes,
}

const NOTHING: Scenario = Scenario {
    name: "",
    on: On::Every,
    goal: None,
    groat: &[],
    sql: None,
    hledger: &[],
    ledger: &[],
    writes: Writes::Nothing,
};

/// All, in the order of the table.
pub fn all() -> Vec<Scenario> {
    let mut all = reports();
    all.extend(searches());
    all.extend(writes());
    all
}

fn reports() -> Vec<Scenario> {
    vec![
        Scenario {
            name: "start-up, empty book",
            on: On::Empty,
            goal: Some(150),
            groat: &["list"],
            sql: Some(include_str!("sql/start.sql")),
            ..NOTHING
        },
        Scenario {
            name: "a month by category",
            goal: Some(140),
            groat: &["report", "-p", "2025-12"],
            sql: Some(include_str!("sql/month.sql")),
            hledger: &["balance", "expenses", "-p", "2025-12"],
            ledger: &["balance", "^expenses", "-p", "2025-12"],
            ..NOTHING
        },
        Scenario {
            name: "balances",
            goal: Some(140),
            groat: &["balance"],
            sql: Some(include_str!("sql/balances.sql")),
            hledger: &["balance", "assets", "liabilities", "-e", "2026-01-16"],
            ledger: &["balance", "^assets", "^liabilities", "-e", "2026-01-16"],
            ..NOTHING
        },
        Scenario {
            name: "budget, rolled over from the first month",
            goal: Some(140),
            groat: &["budget", "-p", "2025-12"],
            sql: Some(include_str!("sql/budget.sql")),
            ..NOTHING
        },
        Scenario {
            name: "category x month, all",
            goal: Some(200),
            groat: &["report", "--by", "category,month", "-p", "all", "--csv"],
            sql: Some(include_str!("sql/matrix.sql")),
            hledger: &["balance", "expenses", "-M", "-O", "csv"],
            ..NOTHING
        },
        Scenario {
            name: "income statement, all",
            goal: Some(200),
            groat: &["report", "income", "-p", "all", "--csv"],
            sql: Some(include_str!("sql/income.sql")),
            hledger: &["incomestatement", "-M", "-O", "csv"],
            ..NOTHING
        },
        Scenario {
            name: "net worth, all",
            goal: Some(200),
            groat: &["report", "networth", "-p", "all", "--csv"],
            sql: Some(include_str!("sql/networth.sql")),
            hledger: &["balancesheet", "-M", "-O", "csv"],
            ..NOTHING
        },
    ]
}

fn searches() -> Vec<Scenario> {
    vec![
        Scenario {
            name: "payee search",
            goal: Some(150),
            groat: &["list", "payee:rewe"],
            sql: Some(include_str!("sql/payee.sql")),
            hledger: &["register", "desc:rewe"],
            ledger: &["register", "@rewe"],
            ..NOTHING
        },
        Scenario {
            name: "word in payees and notes",
            goal: Some(120),
            groat: &["list", "dinner"],
            sql: Some(include_str!("sql/note.sql")),
            ..NOTHING
        },
        Scenario {
            name: "spending by payee, all",
            goal: Some(120),
            groat: &["report", "--by", "payee", "-p", "all", "--csv"],
            sql: Some(include_str!("sql/by_payee.sql")),
            hledger: &["balance", "expenses", "--pivot", "payee"],
            ..NOTHING
        },
    ]
}

fn writes() -> Vec<Scenario> {
    vec![
        Scenario {
            name: "add, durable",
            goal: Some(160),
            groat: &["add", "3.20", "coffee", "-a", "Checking"],
            sql: Some(include_str!("sql/add.sql")),
            writes: Writes::Row,
            ..NOTHING
        },
        Scenario {
            name: "import a bank's file",
            on: On::AtLeast(100_000),
            goal: Some(130),
            groat: &["import", "statement.csv", "-a", "Checking"],
            sql: Some(include_str!("sql/import.sql")),
            writes: Writes::File,
            ..NOTHING
        },
        Scenario {
            name: "import it with 400 rules",
            on: On::AtLeast(100_000),
            goal: Some(130),
            groat: &["import", "statement.csv", "-a", "Checking"],
            sql: Some(include_str!("sql/import.sql")),
            writes: Writes::Ruled,
            ..NOTHING
        },
        Scenario {
            name: "import it again",
            on: On::AtLeast(100_000),
            groat: &["import", "statement.csv", "-a", "Checking"],
            writes: Writes::Again,
            ..NOTHING
        },
        Scenario {
            name: "export as CSV",
            on: On::AtLeast(100_000),
            goal: Some(80),
            groat: &["export", "-O", "csv"],
            sql: Some(include_str!("sql/export_csv.sql")),
            ..NOTHING
        },
        Scenario {
            name: "export as JSON",
            on: On::AtLeast(100_000),
            goal: Some(80),
            groat: &["export", "-O", "json"],
            sql: Some(include_str!("sql/export_json.sql")),
            ..NOTHING
        },
        Scenario {
            name: "export as a journal",
            on: On::AtLeast(100_000),
            groat: &["export", "-O", "hledger"],
            hledger: &["print"],
            ledger: &["print"],
            ..NOTHING
        },
    ]
}

impl Scenario {
    /// Runs all contenders on a book.
    ///
    /// # Errors
    /// A contender that fails.
    pub fn measure(&self, books: &Books, book: &Book) -> Result<Measured> {
        let copies = self.copies(books, book)?;
        let contenders = self.contenders(books, book, &copies)?;
        let is_file = matches!(self.writes, Writes::File | Writes::Ruled);
        let mut prepare = || match is_file {
            true => renew(&self.original(books, book), &copies),
            false => Ok(()),
        };
        if self.writes == Writes::Again {
            contenders[0].run()?;
        }
        let costs = cost::least(&contenders, &mut prepare)?;
        prepare()?;
        let peak_kib = cost::peak(&contenders[0])?;
        if is_file {
            prepare()?;
            contenders.iter().try_for_each(Contender::run)?;
            refuse_difference(&copies)?;
        }
        let names = contenders.iter().map(|contender| contender.name);
        let costs = names.zip(costs).collect();
        Ok(Measured { name: self.name, size: book.size, costs, goal: self.goal, peak_kib })
    }

    /// The files of groat and of the yardstick.
    fn copies(&self, books: &Books, book: &Book) -> Result<[PathBuf; 2]> {
        if self.writes == Writes::Nothing {
            return Ok([book.path.clone(), book.path.clone()]);
        }
        let copies = ["of-groat.db", "of-sqlite3.db"].map(|name| books.folder.join(name));
        if self.writes == Writes::Ruled {
            books.prepare_rules(book)?;
            std::fs::copy(books.outcome(book), books.folder.join("ruled.csv"))?;
        }
        renew(&self.original(books, book), &copies)?;
        if matches!(self.writes, Writes::File | Writes::Ruled | Writes::Again) {
            std::fs::copy(books.statement(book), books.folder.join("statement.csv"))?;
        }
        Ok(copies)
    }

    /// What the copies are of.
    fn original(&self, books: &Books, book: &Book) -> PathBuf {
        match self.writes {
            Writes::Nothing | Writes::Row => book.path.clone(),
            Writes::File | Writes::Again => books.empty().path.clone(),
            Writes::Ruled => books.ruled(book).path,
        }
    }

    fn contenders(&self, books: &Books, book: &Book, copies: &[PathBuf; 2]) -> Result<Vec<Contender>> {
        let make = |name, argv: Vec<String>| Contender { name, argv, folder: books.folder.clone() };
        let [of_groat, of_sqlite3] = copies.each_ref().map(|path| path.display().to_string());
        let words = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<String>>();
        let mut groat = words(&[&books.groat, "--db", &of_groat]);
        groat.extend(words(self.groat));
        let mut contenders = vec![make("groat", groat)];
        if let Some(sql) = self.sql {
            let file = books.folder.join("yardstick.sql");
            std::fs::write(&file, filled(sql, self.writes))?;
            let read = format!(".read {}", file.display());
            contenders.push(make("sqlite3", words(&["sqlite3", "-batch", &of_sqlite3, &read])));
        }
        let journal = books.journal(book).display().to_string();
        for (peer, asked) in [("hledger", self.hledger), ("ledger", self.ledger)] {
            if asked.is_empty() || !books.peers.contains(&peer) {
                continue;
            }
            let mut argv = words(&[peer, "-f", &journal]);
            argv.extend(words(asked));
            contenders.push(make(peer, argv));
        }
        Ok(contenders)
    }
}

/// The yardstick's text with what depends on the file that it reads.
fn filled(sql: &str, writes: Writes) -> String {
    let marks = match writes {
        Writes::Ruled => [
            ("{file}", "ruled.csv"),
            ("{more}", ", category INTEGER, why TEXT"),
            ("{category}", "nullif(category, '')"),
            ("{why}", "why"),
        ],
        _ => [
            ("{file}", "statement.csv"),
            ("{more}", ""),
            ("{category}", "NULL"),
            ("{why}", "'not seen before'"),
        ],
    };
    marks.into_iter().fold(sql.to_owned(), |sql, (mark, text)| sql.replace(mark, text))
}

fn renew(original: &PathBuf, copies: &[PathBuf; 2]) -> Result<()> {
    for copy in copies {
        std::fs::copy(original, copy).with_context(|| format!("cannot write `{}`", copy.display()))?;
    }
    Ok(())
}

/// Both must have filled the same tables with as many rows, or the comparison is of no worth.
fn refuse_difference(copies: &[PathBuf; 2]) -> Result<()> {
    const TABLES: [&str; 8] = [
        "transactions",
        "postings",
        "payees",
        "statement_lines",
        "batch_lines",
        "changes",
        "account_totals",
        "category_totals",
    ];
    let counts = TABLES.map(|table| format!("SELECT '{table}', count(*) FROM {table}")).join(" UNION ALL ");
    let mut told = Vec::new();
    for copy in copies {
        let output = std::process::Command::new("sqlite3").arg(copy).arg(&counts).output()?;
        told.push(String::from_utf8(output.stdout)?);
    }
    if told[0] != told[1] {
        bail!("groat and sqlite3 did not fill the same rows:\n{}\n{}", told[0], told[1]);
    }
    Ok(())
}

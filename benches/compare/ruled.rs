//! A book with 400 rules, and what they make of a bank's file.

use std::path::PathBuf;

use anyhow::Result;

use super::books::{Book, Books, run};

const RULES: usize = 400;
const CATEGORIES: usize = 12;

impl Books {
    /// The empty book with rules for the demo's payees.
    pub fn ruled(&self, demo: &Book) -> Book {
        Book { size: demo.size, path: self.folder.join(format!("{}-ruled.db", demo.size)) }
    }

    /// The demo as a bank's file, with what the rules say of each row.
    pub fn outcome(&self, demo: &Book) -> PathBuf {
        self.folder.join(format!("{}-ruled.csv", demo.size))
    }

    /// Makes both.
    ///
    /// # Errors
    /// A program that is missing or fails.
    pub fn prepare_rules(&self, demo: &Book) -> Result<()> {
        let (ruled, outcome) = (self.ruled(demo), self.outcome(demo));
        if outcome.exists() {
            return Ok(());
        }
        eprintln!("making {RULES} rules for the payees of {}", demo.size);
        std::fs::copy(&self.empty().path, &ruled.path)?;
        for number in 0..CATEGORIES {
            self.groat(&ruled, &["category", "add", &format!("Category {number}")])?;
        }
        let names = self.sqlite3(demo, "SELECT name FROM payees ORDER BY id")?;
        let names: Vec<&str> = names.lines().collect();
        for number in 0..RULES {
            let query = query(number, names[number * 7 % names.len()]);
            self.groat(&ruled, &["rule", "add", &query, "-c", &format!("category-{}", number % CATEGORIES)])?;
        }
        let filled = Book { size: demo.size, path: self.folder.join("filled.db") };
        std::fs::copy(&ruled.path, &filled.path)?;
        let statement = self.statement(demo).display().to_string();
        self.groat(&filled, &["import", &statement, "-a", "Checking"])?;
        let sql = self.folder.join("outcome.sql");
        std::fs::write(&sql, include_str!("sql/outcome.sql"))?;
        let (book, read) = (filled.path.display().to_string(), format!(".read {}", sql.display()));
        let mut command = self.command(&["sqlite3", "-csv", "-header", "-batch", &book, &read]);
        command.stdout(std::fs::File::create(&outcome)?);
        run(&mut command)
    }

    fn sqlite3(&self, book: &Book, sql: &str) -> Result<String> {
        let mut command = self.command(&["sqlite3", &book.path.display().to_string(), sql]);
        Ok(String::from_utf8(command.stdout(std::process::Stdio::piped()).output()?.stdout)?)
    }
}

/// A condition of one of the kinds that people write.
fn query(number: usize, payee: &str) -> String {
    let name = payee.replace(['"', '/'], " ");
    let pattern: String =
        name.chars().map(|c| if c.is_alphanumeric() || c == ' ' { c } else { '.' }).collect();
    match number % 5 {
        0 => format!("payee:\"{name}\""),
        1 => format!("payee:/^{pattern}/"),
        2 => format!("payee:/{pattern}|depot {number}/ amt:>5"),
        3 => format!("\"{name}\" or note:/ref {number}$/"),
        _ => format!("payee:\"{name}\" out: amt:1..90"),
    }
}

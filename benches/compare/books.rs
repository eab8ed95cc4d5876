//! The books that are compared on: example households by `groat demo`, an empty one, a bank's file, journals.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::Wanted;
use super::scenarios::{On, Scenario};

/// The day on which everything happens.
pub const TODAY: &str = "2026-01-15";

/// One book and how many transactions it has.
pub struct Book {
    /// How many.
    pub size: u32,
    /// The file.
    pub path: PathBuf,
}

/// All books, in one folder.
pub struct Books {
    /// The folder.
    pub folder: PathBuf,
    /// The peers that are installed.
    pub peers: Vec<&'static str>,
    /// The program that is measured.
    pub groat: String,
    empty: Book,
    demos: Vec<Book>,
}

impl Books {
    /// Makes what is not there yet.
    ///
    /// # Errors
    /// A program that is missing or fails.
    pub fn prepare(folder: &Path, wanted: &Wanted) -> Result<Books> {
        std::fs::create_dir_all(folder)?;
        let folder = folder.canonicalize()?;
        let peers =
            ["hledger", "ledger"].into_iter().filter(|peer| wanted.has_peers && is_there(peer)).collect();
        let empty = Book { size: 0, path: folder.join("empty.db") };
        let demo = |size: &u32| Book { size: *size, path: folder.join(format!("{size}.db")) };
        let demos = wanted.sizes.iter().map(demo).collect();
        let books = Books { folder, peers, groat: wanted.groat.display().to_string(), empty, demos };
        if !books.empty.path.exists() {
            let words = ["init", "--currency", "EUR", "--account", "Checking", "--categories", "none"];
            books.groat(&books.empty, &words)?;
        }
        for demo in &books.demos {
            books.prepare_demo(demo)?;
        }
        Ok(books)
    }

    fn prepare_demo(&self, demo: &Book) -> Result<()> {
        if !demo.path.exists() {
            eprintln!("making a book of {}", demo.size);
            let (path, size) = (demo.path.display().to_string(), demo.size.to_string());
            run(&mut self.command(&[&self.groat, "demo", &path, "-L", &size, "--currency", "EUR"]))?;
        }
        let journal = self.journal(demo);
        if !self.peers.is_empty() && !journal.exists() {
            self.groat(demo, &["export", "-O", "hledger", "-o", &journal.display().to_string()])?;
        }
        let statement = self.statement(demo);
        if !statement.exists() {
            let (book, sql) = (demo.path.display().to_string(), self.folder.join("statement.sql"));
            std::fs::write(&sql, include_str!("sql/statement.sql"))?;
            let read = format!(".read {}", sql.display());
            let mut command = self.command(&["sqlite3", "-csv", "-header", "-batch", &book, &read]);
            command.stdout(std::fs::File::create(&statement)?);
            run(&mut command)?;
        }
        Ok(())
    }

    /// The demo's journal, for hledger and ledger.
    pub fn journal(&self, demo: &Book) -> PathBuf {
        self.folder.join(format!("{}.journal", demo.size))
    }

    /// The demo as a bank's file.
    pub fn statement(&self, demo: &Book) -> PathBuf {
        self.folder.join(format!("{}.csv", demo.size))
    }

    /// The book without transactions, with one account.
    pub fn empty(&self) -> &Book {
        &self.empty
    }

    /// Those that a scenario is measured on.
    pub fn of<'a>(&'a self, scenario: &Scenario) -> Vec<&'a Book> {
        match scenario.on {
            On::Empty => vec![&self.empty],
            On::Every => self.demos.iter().collect(),
            On::AtLeast(size) => self.demos.iter().filter(|demo| demo.size >= size).collect(),
        }
    }

    /// Who is compared.
    ///
    /// # Errors
    /// A program that is missing or fails.
    pub fn versions(&self) -> Result<String> {
        let mut versions = Vec::new();
        for program in [self.groat.as_str(), "sqlite3"].into_iter().chain(self.peers.iter().copied()) {
            let output =
                Command::new(program).arg("--version").output().with_context(|| program.to_owned())?;
            let text = String::from_utf8(output.stdout)?;
            let name = if program == self.groat { "groat" } else { program };
            let version =
                text.split([' ', ',', '\n']).find(|word| word.starts_with(|c: char| c.is_ascii_digit()));
            versions.push(format!("{name} {}", version.unwrap_or("of unknown version")));
        }
        Ok(versions.join(", "))
    }

    /// Runs groat on a book.
    ///
    /// # Errors
    /// A command that fails.
    pub fn groat(&self, book: &Book, words: &[&str]) -> Result<()> {
        let mut command = self.command(&[&self.groat, "--db", &book.path.display().to_string()]);
        run(command.args(words))
    }

    /// A command in the folder.
    pub fn command(&self, argv: &[&str]) -> Command {
        let argv = argv.iter().map(ToString::to_string).collect();
        super::cost::Contender { name: "", argv, folder: self.folder.clone() }.command()
    }
}

fn is_there(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Runs a command.
///
/// # Errors
/// One that is not there or fails.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot run {command:?}"))?;
    if !status.success() {
        bail!("{command:?} failed: {status}");
    }
    Ok(())
}

//! `cargo bench --bench compare`: groat against the sqlite3 command line on groat's own books, and against hledger
//! and ledger, where they are installed, on an export of the same data.
//!
//! Prints the table that stands in `docs/performance.md`. Every contender of a scenario runs in turn, many times, as
//! a whole process; the least time of processor (user and system) counts, so that what else the machine does
//! matters little. Ratios within one run mean something, the times themselves only on one machine.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a program of its own, which prints a table and runs others"
)]

mod books;
mod cost;
mod ruled;
mod scenarios;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use books::Books;

const USAGE: &str =
    "usage: cargo bench --bench compare -- [--sizes 1000,100000,1000000] [--folder DIR] [--groat FILE] [--no-peers]

  --sizes N,...   how many transactions the books have, smallest first
  --folder DIR    keeps the books there for the next run [default: a temporary folder]
  --groat FILE    measures this program [default: the one that was built with the benchmark]
  --no-peers      leaves hledger and ledger out: at a million transactions they take minutes";

/// What the command line asks for.
struct Wanted {
    sizes: Vec<u32>,
    folder: Option<PathBuf>,
    groat: PathBuf,
    has_peers: bool,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let done = match words.first().map(String::as_str) {
        // The program calls itself so: only a small process sees the true peak of its child.
        Some("--peak") => cost::print_peak(&words[1..]),
        _ => wanted(&words).and_then(|wanted| run(&wanted)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn wanted(words: &[String]) -> Result<Wanted> {
    let groat = env!("CARGO_BIN_EXE_groat").into();
    let mut wanted = Wanted { sizes: vec![1_000, 100_000, 1_000_000], folder: None, groat, has_peers: true };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            // Cargo itself adds it.
            "--bench" => {}
            "--no-peers" => wanted.has_peers = false,
            "--groat" => wanted.groat = PathBuf::from(words.next().context(USAGE)?).canonicalize()?,
            "--folder" => wanted.folder = Some(words.next().context(USAGE)?.into()),
            "--sizes" => wanted.sizes = sizes(words.next().context(USAGE)?)?,
            _ => bail!("`{word}` is not understood\n{USAGE}"),
        }
    }
    Ok(wanted)
}

fn sizes(text: &str) -> Result<Vec<u32>> {
    let sizes = text.split(',').map(|size| size.parse().with_context(|| format!("`{size}` is no size")));
    let sizes: Vec<u32> = sizes.collect::<Result<_>>()?;
    if !sizes.is_sorted() || sizes.contains(&0) {
        bail!("sizes go up, from at least 1: `{text}`");
    }
    Ok(sizes)
}

fn run(wanted: &Wanted) -> Result<()> {
    let temporary = tempfile::tempdir()?;
    let folder = wanted.folder.clone().unwrap_or_else(|| temporary.path().to_owned());
    let books = Books::prepare(&folder, wanted)?;
    let mut results = Vec::new();
    for scenario in scenarios::all() {
        for book in books.of(&scenario) {
            eprintln!("{} at {}", scenario.name, book.size);
            results.push(scenario.measure(&books, book)?);
        }
    }
    print!("{}", table::markdown(&books, &results)?);
    Ok(())
}

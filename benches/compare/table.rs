//! The results as Markdown.

use std::fmt::Write;
use std::fs;

use anyhow::Result;

use super::books::Books;

/// What one scenario gave on one book.
pub struct Measured {
    /// What was asked.
    pub name: &'static str,
    /// How many transactions the book has.
    pub size: u32,
    /// Name and microseconds of each contender: groat first, then the yardstick, then the peers.
    pub costs: Vec<(&'static str, i64)>,
    /// The goal against the yardstick, in hundredths.
    pub goal: Option<i64>,
    /// groat's peak memory in KiB.
    pub peak_kib: i64,
}

impl Measured {
    /// groat against the yardstick, in hundredths.
    fn ratio(&self) -> Option<i64> {
        let yardstick = self.costs.get(1).filter(|(name, _)| !PEERS.contains(name))?;
        Some(self.costs[0].1 * 100 / yardstick.1.max(1))
    }

    fn peer(&self, name: &str) -> String {
        let cost = self.costs.iter().find(|(peer, _)| *peer == name);
        cost.map_or_else(|| "-".to_owned(), |(_, us)| milliseconds(*us))
    }
}

const PEERS: [&str; 2] = ["hledger", "ledger"];

/// The machine, the versions, the table of ratios, and how groat's own cost grows.
///
/// # Errors
/// A version that cannot be asked for.
pub fn markdown(books: &Books, results: &[Measured]) -> Result<String> {
    let mut text = format!("Machine: {}.\n\n", machine()?);
    writeln!(text, "Versions: {}.\n", books.versions()?)?;
    text.push_str(
        "| scenario | transactions | groat | sqlite3 | ratio | goal | hledger | ledger | memory |\n",
    );
    text.push_str("|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    for result in results {
        let yardstick = result.ratio().map(|_| milliseconds(result.costs[1].1));
        writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} MB |",
            result.name,
            result.size,
            milliseconds(result.costs[0].1),
            yardstick.unwrap_or_else(|| "-".to_owned()),
            result.ratio().map_or_else(|| "-".to_owned(), hundredths),
            result.goal.map_or_else(|| "-".to_owned(), |goal| format!("≤ {}", hundredths(goal))),
            result.peer("hledger"),
            result.peer("ledger"),
            result.peak_kib / 1024,
        )?;
    }
    text.push_str(&growth(results)?);
    Ok(text)
}

fn growth(results: &[Measured]) -> Result<String> {
    let mut text =
        "\nHow groat's own cost grows with the book:\n\n| scenario | growth |\n|---|---|\n".to_owned();
    let mut done: Vec<&str> = Vec::new();
    for first in results {
        let later: Vec<&Measured> =
            results.iter().filter(|other| other.name == first.name && other.size > first.size).collect();
        if done.contains(&first.name) || later.is_empty() {
            continue;
        }
        done.push(first.name);
        let steps = later.iter().map(|other| {
            let ratio = hundredths(other.costs[0].1 * 100 / first.costs[0].1.max(1));
            format!("{} / {}: {ratio}", other.size, first.size)
        });
        writeln!(text, "| {} | {} |", first.name, steps.collect::<Vec<_>>().join(", "))?;
    }
    Ok(text)
}

/// 1,480 µs are `1.48 ms`, 3,600,000 µs are `3600 ms`.
fn milliseconds(us: i64) -> String {
    if us >= 100_000 {
        return format!("{} ms", us / 1000);
    }
    format!("{}.{:02} ms", us / 1000, us % 1000 / 10)
}

/// 148 is `1.48x`.
fn hundredths(ratio: i64) -> String {
    format!("{}.{:02}x", ratio / 100, ratio % 100)
}

fn machine() -> Result<String> {
    let info = fs::read_to_string("/proc/cpuinfo")?;
    let field = |name: &str| {
        let line = info.lines().find(|line| line.starts_with(name))?;
        line.split_once(':').map(|(_, value)| value.trim().to_owned())
    };
    let model = field("model name").unwrap_or_else(|| "unknown processor".to_owned());
    let cores = info.lines().filter(|line| line.starts_with("processor")).count();
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease")?;
    Ok(format!("{model}, {cores} cores, Linux {}", kernel.trim()))
}

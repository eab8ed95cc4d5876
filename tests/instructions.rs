//! What the everyday commands cost in instructions, counted by callgrind: a figure that does not depend on what else
//! the machine does. It holds two promises: start-up does not grow unseen, and what is asked every day does not grow
//! with the history.

mod support;

use std::path::Path;
use std::process::Command;

use support::Sandbox;
use support::postgres::cannot_run;

/// How many thousand instructions a command may take: on an empty book, and on one of a hundred thousand transactions.
/// A tenth above what was counted for the build that tests run, in which only the libraries are optimised. The large
/// book's month has rows to show, and `list` counts all transactions.
const CEILINGS: [(&[&str], u64, u64); 3] = [
    (&["add", "3.20", "coffee", "-a", "Checking"], 9_000, 10_500),
    (&["list", "-L", "10"], 7_600, 10_600),
    (&["report", "-p", "2025-12"], 7_200, 11_500),
];

#[test]
fn everyday_commands_stay_below_their_ceilings_on_an_empty_and_on_a_large_book() {
    if !can_count() {
        return;
    }
    let s = Sandbox::sqlite();
    let (empty, large) = (s.path("empty.db"), s.path("large.db"));
    let words = ["init", "--currency", "EUR", "--account", "Checking", "--categories", "none"];
    s.groat(["--db".as_ref(), empty.as_os_str()].into_iter().chain(words.iter().map(AsRef::as_ref))).ok();
    s.groat(["demo".as_ref(), large.as_os_str(), "-L".as_ref(), "100000".as_ref()]).ok();
    let mut told = String::new();
    let mut is_kept = true;
    for (words, on_empty, on_large) in CEILINGS {
        for (book, thousands) in [(&empty, on_empty), (&large, on_large)] {
            let counted = instructions(&s, book, words).div_ceil(1_000);
            is_kept &= counted <= thousands;
            told += &format!("{words:?} on {}: {counted} of {thousands} thousand\n", book.display());
        }
    }
    assert!(is_kept, "\n{told}");
}

/// Counts one run of a command, everything from the loading of the program on.
fn instructions(s: &Sandbox, book: &Path, words: &[&str]) -> u64 {
    let groat = s.command(words);
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(groat.get_program());
    command.arg("--db").arg(book).args(groat.get_args()).env_clear().current_dir(s.path(""));
    command.envs(groat.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let output = command.output().expect("valgrind was there a moment ago");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    let (_, count) =
        told.lines().find_map(|line| line.split_once("Collected : ")).expect("callgrind tells a sum");
    count.trim().parse().expect("a sum is a number")
}

/// Whether counting means anything here; says so if not, and fails under `CI=true`.
fn can_count() -> bool {
    let reason = if !cfg!(feature = "bundled") {
        "the ceilings are for the build with its own libraries"
    } else if !cfg!(target_arch = "x86_64") {
        "the ceilings are for x86-64"
    } else if !Command::new("valgrind").arg("--version").output().is_ok_and(|output| output.status.success())
    {
        "counting instructions needs valgrind"
    } else {
        return true;
    };
    cannot_run::<()>(reason);
    false
}

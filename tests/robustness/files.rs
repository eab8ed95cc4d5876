//! The SQLite book as files: who may read it, how it is kept safe from a power cut, and how many syncs that takes.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use crate::support::Sandbox;

/// What `bench/peers.md` allows a durable `add`.
const MOST_SYNCS: u64 = 4;

/// Before this one, two processes that checkpoint at once may lose a page in WAL mode (sqlite.org, release 3.51.3).
const SAFE_WITH_WAL: (u32, u32, u32) = (3, 51, 3);
/// RETURNING came with 3.35, STRICT with 3.37.
const OLDEST: (u32, u32, u32) = (3, 37, 0);

#[test]
fn a_fresh_book_can_be_read_by_its_owner_alone() {
    let s = Sandbox::sqlite();
    s.groat(["add", "3.20", "coffee"]).ok();
    let folder = s.book_path().parent().expect("a book is in a folder").to_owned();
    assert_eq!(mode(&s.book_path()), 0o600);
    assert_eq!(mode(&folder), 0o700);
    let files: Vec<_> = std::fs::read_dir(&folder).expect("the folder can be read").collect();
    assert_eq!(files.len(), 1, "no journal or second file is left: {files:?}");
}

#[test]
fn a_named_book_can_be_read_by_its_owner_alone() {
    let s = Sandbox::sqlite();
    s.groat(["--book", "other", "add", "3.20", "coffee"]).ok();
    assert_eq!(mode(&s.book_path().with_file_name("other.db")), 0o600);
}

#[test]
fn wal_is_off_or_sqlite_is_new_enough_for_it() {
    let s = Sandbox::sqlite();
    s.groat(["add", "3.20", "coffee"]).ok();
    let answer = s.groat(["db", "query", "SELECT sqlite_version() AS version", "--json"]).ok();
    let version = find_version(&answer.stdout);
    let journal = s.query("PRAGMA journal_mode")[0][0].clone();
    println!("SQLite {version:?}, journal mode {journal}");
    assert_eq!(journal, "delete", "database.md: a rollback journal costs fewer syncs than WAL");
    assert!(version >= OLDEST, "{version:?}");
    assert!(journal != "wal" || version >= SAFE_WITH_WAL, "{version:?} with WAL");
    if cfg!(feature = "bundled") {
        // The file format's own mark (bytes 18 and 19): 1 is a rollback journal, 2 is WAL.
        let head = std::fs::read(s.book_path()).expect("the book can be read");
        assert_eq!(head[18..20], [1, 1]);
    }
}

/// Finds `3.51.3` in a text.
#[track_caller]
fn find_version(text: &str) -> (u32, u32, u32) {
    let words = text.split(|c: char| !c.is_ascii_digit() && c != '.');
    let numbers = words.map(|word| word.split('.').flat_map(str::parse).collect::<Vec<u32>>());
    match numbers.into_iter().find(|numbers| numbers.len() == 3).as_deref() {
        Some([major, minor, patch]) => (*major, *minor, *patch),
        _ => panic!("no version in {text}"),
    }
}

/// Counts with strace. Where there is none (a bare CI machine), the test says so and passes: the figure belongs to
/// the code and not to the machine, so that any developer's machine finds a regression. Where strace is installed
/// but may not trace (a locked-down container), it says so too, and under CI=true fails: someone who installs strace
/// in CI means this test to run.
#[test]
fn a_durable_add_takes_at_most_four_syncs() {
    let s = Sandbox::sqlite();
    s.groat(["add", "3.20", "coffee"]).ok();
    if Command::new("strace").arg("-V").output().is_err() {
        return not_run("strace is not installed");
    }
    let counts = s.path("syncs");
    let groat = s.command(["add", "4.10", "coffee", "-c", "groceries"]);
    let mut traced = Command::new("strace");
    traced.args(["-f", "-c", "-e", "trace=fsync,fdatasync,sync_file_range,sync,syncfs", "-o"]).arg(&counts);
    traced.arg(groat.get_program()).args(groat.get_args()).current_dir(s.path("")).env_clear();
    traced.envs(groat.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let output = traced.output().expect("strace was there a moment ago");
    let transactions = s.query("SELECT count(*) FROM transactions")[0][0].clone();
    if !output.status.success() || transactions != "2" {
        #[allow(clippy::disallowed_methods, reason = "the harness reads the environment")]
        let is_ci = std::env::var("CI").is_ok_and(|value| value == "true");
        let reason = format!("strace cannot trace: {}", String::from_utf8_lossy(&output.stderr).trim());
        assert!(!is_ci, "{reason}");
        return not_run(&reason);
    }
    let table = std::fs::read_to_string(&counts).expect("strace wrote its table");
    let syncs = count_calls(&table);
    assert!((1..=MOST_SYNCS).contains(&syncs), "{syncs} syncs, not 1 to {MOST_SYNCS}:\n{table}");
}

/// Adds up the column `calls` of `strace -c`, whose last line is their total.
fn count_calls(table: &str) -> u64 {
    let rows =
        table.lines().filter(|line| line.trim_end().ends_with(['c', 'e', 's']) && line.contains("sync"));
    rows.filter_map(|line| line.split_whitespace().nth(3)?.parse::<u64>().ok()).sum()
}

/// Past the test runner, which keeps what a passing test prints to itself.
fn not_run(reason: &str) {
    use std::io::Write;
    let line = format!("a_durable_add_takes_at_most_four_syncs: not run: {reason}\n");
    let _ = std::io::stderr().write_all(line.as_bytes());
}

#[track_caller]
fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).expect("the file is there").permissions().mode() & 0o777
}

//! Programs of the machine that some tests need: shells, those who show manual pages.

use std::io::Write;

/// Returns the machine's PATH.
pub fn path() -> String {
    std::env::var("PATH").expect("there is a PATH")
}

/// Whether a program is there. A test that cannot run says so and passes, but never where a green result is relied on.
#[track_caller]
pub fn has(program: &str) -> bool {
    let is_there = std::env::split_paths(&path()).any(|folder| folder.join(program).is_file());
    let is_ci = std::env::var("CI").is_ok_and(|value| value == "true");
    assert!(is_there || !is_ci, "under CI=true every test must run: there is no {program}");
    if !is_there {
        // Past the test runner, which keeps what a passing test prints to itself.
        let _ = std::io::stderr().write_all(format!("not run: there is no {program}\n").as_bytes());
    }
    is_there
}

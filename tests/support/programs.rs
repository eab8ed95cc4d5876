//! Programs of the machine that some tests need: shells, those who show manual pages, those who read exports.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

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

/// What a program says on stdout of a file, which it must accept; none where there is no such program.
#[track_caller]
pub fn ask(program: &str, before: &[&str], file: &Path, behind: &[&str]) -> Option<String> {
    if !has(program) {
        return None;
    }
    let (code, said, told) = run(program, before, file, behind);
    assert!(code == Some(0), "`{program} {before:?} .. {behind:?}` refused the file: {said}{told}");
    Some(said)
}

/// What a program says that must not accept a file.
#[track_caller]
pub fn refusal(program: &str, before: &[&str], file: &Path, behind: &[&str]) -> String {
    let (code, said, told) = run(program, before, file, behind);
    assert!(code != Some(0), "`{program}` accepted the file");
    said + &told
}

fn run(program: &str, before: &[&str], file: &Path, behind: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(program);
    command.args(before).arg(file).args(behind).env("LANG", "C.UTF-8").stdin(Stdio::null());
    for variable in ["LEDGER_FILE", "LEDGER_INIT"] {
        command.env_remove(variable);
    }
    let output = command.output().expect("the program was found");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

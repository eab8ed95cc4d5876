//! The example lines of help texts, `  $ groat ...`, and running them as they stand, in a shell. A line below that
//! begins with `exit` claims another end than 0. Used by `help` and `topics`.

use std::path::Path;
use std::process::Command;

use crate::support::Sandbox;

const GROAT: &str = env!("CARGO_BIN_EXE_groat");

/// What is to be typed, and the exit code that is claimed.
#[derive(Debug, PartialEq)]
pub struct Example {
    pub line: String,
    pub code: i32,
}

/// The examples of a text, in their order.
pub fn examples_in(text: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut is_below_example = false;
    for line in text.lines().map(str::trim) {
        if let Some(line) = line.strip_prefix("$ ") {
            examples.push(Example { line: line.to_owned(), code: 0 });
            is_below_example = true;
            continue;
        }
        if let (true, Some(last), Some(claim)) =
            (is_below_example, examples.last_mut(), line.strip_prefix("exit "))
        {
            let digits = claim.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
            last.code = digits.parse().unwrap_or_else(|_| panic!("`{line}` claims no exit code"));
        }
        is_below_example = false;
    }
    examples
}

/// Runs the examples one after the other in the sandbox and answers those that end otherwise than claimed.
pub fn broken(sandbox: &Sandbox, examples: &[Example]) -> Vec<String> {
    examples.iter().filter_map(|example| broken_one(sandbox, example)).collect()
}

fn broken_one(sandbox: &Sandbox, example: &Example) -> Option<String> {
    let hermetic = sandbox.command(Vec::<&str>::new());
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(&example.line).env_clear().current_dir(sandbox.path(""));
    for (name, value) in hermetic.get_envs() {
        let value = value.unwrap_or_default();
        match name.to_str() {
            Some("PATH") => shell.env(name, path_with_groat(value.to_str().unwrap_or_default())),
            _ => shell.env(name, value),
        };
    }
    let output = shell.output().expect("there is a shell");
    let code = output.status.code().expect("the shell ends by itself");
    (code != example.code).then(|| {
        let said = String::from_utf8_lossy(&output.stderr);
        format!("`{}` ends with {code}, not {}: {}", example.line, example.code, said.trim())
    })
}

fn path_with_groat(path: &str) -> String {
    let folder = Path::new(GROAT).parent().expect("a program is in a folder");
    format!("{}:{path}", folder.display())
}

#[test]
fn examples_are_found_with_what_they_claim() {
    let text = "Title\n\n  $ groat list\n  $ groat add 0\n    exit 2: nothing to record\n\nexit 3\n  other\n  exit 4\n";
    let example = |line: &str, code| Example { line: line.to_owned(), code };
    assert_eq!(examples_in(text), [example("groat list", 0), example("groat add 0", 2)]);
}

#[test]
fn an_example_that_ends_otherwise_is_told() {
    let sandbox = Sandbox::sqlite();
    let lines = ["groat add 0", "groat list | head -n 1", "GROAT_BOOK=x groat --version"];
    let examples = lines.map(|line| Example { line: line.to_owned(), code: 0 });
    let broken = broken(&sandbox, &examples);
    assert_eq!(broken.len(), 1);
    assert!(broken[0].starts_with("`groat add 0` ends with 2, not 0: "), "{}", broken[0]);
}

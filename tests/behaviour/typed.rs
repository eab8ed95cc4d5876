//! Commands as a person types them, and what every refusal has in common: one error in the promised form, nothing
//! on stdout, an unchanged book.

use std::process::{Command, Stdio};

use serde_json::Value;

use crate::support::{Run, Sandbox};

/// The tables that grow with every operation, undone or not.
pub const HISTORY: [&str; 2] = ["operations", "changes"];

/// Runs command lines in a sandbox.
pub trait Typed {
    /// Runs `groat` and these words, whatever comes of it.
    fn run(&self, line: &str) -> Run;

    /// Runs it and asserts exit code 0.
    fn ok(&self, line: &str) -> Run;

    /// Runs it with `--json`, asserts exit code 0, and returns the object.
    fn json(&self, line: &str) -> Value;

    /// Runs it and asserts the exit code, one error in the promised form, and an empty stdout.
    fn fails(&self, code: i32, line: &str) -> Run;

    /// Like `fails`, and asserts that the book is as it was.
    fn refuses(&self, code: i32, line: &str) -> Run;

    /// Whether there is no book: no file, no table.
    fn has_no_book(&self) -> bool;
}

impl Typed for Sandbox {
    #[track_caller]
    fn run(&self, line: &str) -> Run {
        self.groat(words(line))
    }

    #[track_caller]
    fn ok(&self, line: &str) -> Run {
        self.run(line).ok()
    }

    #[track_caller]
    fn json(&self, line: &str) -> Value {
        self.groat(words(line).into_iter().chain(["--json".to_owned()])).ok().json()
    }

    #[track_caller]
    fn fails(&self, code: i32, line: &str) -> Run {
        let run = self.run(line).fails(code);
        assert_is_one_error(&run);
        run
    }

    #[track_caller]
    fn refuses(&self, code: i32, line: &str) -> Run {
        let before = self.dump(&[]);
        let run = self.fails(code, line);
        assert_eq!(before, self.dump(&[]), "`{line}` was refused, but changed the book");
        run
    }

    fn has_no_book(&self) -> bool {
        if self.is_postgres() {
            self.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").is_empty()
        } else {
            !self.book_path().exists()
        }
    }
}

/// Returns the words of a command line; single quotes keep blanks together, and may hold nothing.
pub fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, part) in line.split('\'').enumerate() {
        if at % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// Asserts the form `error: ...` and then hints, as the contract's "Errors" shows it. In between may stand a query and
/// a line with carets.
#[track_caller]
pub fn assert_is_one_error(run: &Run) {
    let shown = run.snapshot();
    assert!(run.stdout.is_empty(), "an error leaves stdout empty\n{shown}");
    let lines: Vec<&str> = run.stderr.lines().skip_while(|line| !line.starts_with("error: ")).collect();
    let Some((error, hints)) = lines.split_first() else { panic!("no error is told\n{shown}") };
    let first = error["error: ".len()..].chars().next().unwrap_or(' ');
    assert!(!first.is_whitespace() && !first.is_uppercase(), "an error begins in lower case\n{shown}");
    let hints = match hints {
        [query, carets, hints @ ..] if query.starts_with("  ") => {
            assert!(carets.trim_start().bytes().all(|byte| byte == b'^'), "carets below a query\n{shown}");
            assert!(carets.contains('^'), "carets below a query\n{shown}");
            hints
        }
        hints => hints,
    };
    for hint in hints {
        let text = hint.strip_prefix("hint: ").unwrap_or_default();
        assert!(!text.trim().is_empty(), "behind the error come hints alone, none empty\n{shown}");
    }
    assert!(hints.len() <= 6, "an error is a few lines\n{shown}");
    for debris in ["panicked", "os error", "Error(", "Some(", "RUST_BACKTRACE"] {
        assert!(!run.stderr.contains(debris), "no debug output\n{shown}");
    }
}

/// Asserts that stderr says all of these.
#[track_caller]
pub fn says(run: &Run, all: &[&str]) {
    for part in all {
        assert!(run.stderr.contains(part), "`{part}` is not said\n{}", run.snapshot());
    }
}

/// Returns a shell that is to run a script in the sandbox, in which `"$0" "$@"` is groat with these words.
pub fn shell(s: &Sandbox, script: &str, line: &str) -> Command {
    let groat = s.command(words(line));
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(script).arg(groat.get_program()).args(groat.get_args());
    like(&mut shell, &groat);
    shell
}

/// Gives a command another one's variables, folder and empty stdin.
pub fn like(command: &mut Command, other: &Command) {
    let variables = other.get_envs().filter_map(|(name, value)| Some((name, value?)));
    command.env_clear().envs(variables).stdin(Stdio::null());
    command.current_dir(other.get_current_dir().expect("a sandbox has a folder to work in"));
}

/// Adds one transaction as a person does, and then more, up to this many, straight into the tables: the list reads
/// nothing else. The first is of today, the others of the day before, by number.
pub fn fill(s: &Sandbox, count: usize) {
    s.ok("add 1 first");
    let no = if s.is_postgres() { "FALSE" } else { "0" };
    let transaction =
        |n| format!("({n}, '2026-01-14', 1, 'a note to fill a pipe', '2026-01-14 00:00:00', 1)");
    let posting = |n| format!("({n}, 0, 1, '2026-01-14', -{n}, -{n}, 'cleared', {no})");
    let rows = |row: &dyn Fn(usize) -> String| (2..=count).map(row).collect::<Vec<_>>().join(",");
    s.execute(&format!(
        "INSERT INTO transactions (id, date, payee_id, note, created_at, operation_id) VALUES {}; \
         INSERT INTO postings (transaction_id, position, account_id, date, amount, value, status, is_transfer) \
         VALUES {}",
        rows(&transaction),
        rows(&posting)
    ));
}

/// Returns an object's keys, parted by blanks, in their order.
#[track_caller]
pub fn keys(value: &Value) -> String {
    let object = value.as_object().expect("an object");
    object.keys().map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// Returns what stands under a key in every object of a list, as text: `null` where there is nothing.
#[track_caller]
pub fn column(list: &Value, key: &str) -> Vec<String> {
    let list = list.as_array().expect("a list");
    list.iter().map(|object| text(&object[key])).collect()
}

/// Returns a JSON value as text, without quotes.
pub fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Returns several keys of an object as one text, parted by blanks: for comparing rows at a glance.
#[track_caller]
pub fn brief(value: &Value, keys: &str) -> String {
    keys.split(' ').map(|key| text(&value[key])).collect::<Vec<_>>().join(" ")
}

/// Returns `brief` of every object of a list.
#[track_caller]
pub fn briefs(list: &Value, keys: &str) -> Vec<String> {
    list.as_array().expect("a list").iter().map(|object| brief(object, keys)).collect()
}

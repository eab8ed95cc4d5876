//! The pages in `docs/` that people look things up in: what `troubleshooting.md` shows is what happens, what it quotes
//! besides is in the sources, and the commands of `words.md` are commands.

use std::path::Path;
use std::process::Command;

use crate::support::Sandbox;

const TROUBLE: &str = include_str!("../../docs/troubleshooting.md");
const WORDS: &str = include_str!("../../docs/words.md");

/// Types a line into a shell and returns what both streams said.
fn typed(sandbox: &Sandbox, line: &str) -> String {
    let hermetic = sandbox.command(Vec::<&str>::new());
    let folder = Path::new(hermetic.get_program()).parent().expect("a program is in a folder").to_owned();
    let home = sandbox.root().join("home");
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("{{ {line}\n}} 2>&1 </dev/null")).env_clear().current_dir(sandbox.path(""));
    shell.env("PATH", format!("{}:/usr/bin:/bin", folder.display())).env("HOME", &home);
    shell.envs([("LC_MONETARY", "en_GB.UTF-8"), ("GROAT_TODAY", "2026-01-15"), ("GROAT_ACTOR", "sam")]);
    let output = shell.output().expect("there is a shell");
    String::from_utf8_lossy(&output.stdout).replace(&home.display().to_string(), "/home/sam")
}

#[test]
fn every_message_of_troubleshooting_that_is_shown_is_what_is_said() {
    let sandbox = Sandbox::sqlite();
    sandbox.write("statement.csv", include_bytes!("../fixtures/import/csv/statement.csv"));
    sandbox.write("notes.txt", "not a book\n");
    sandbox.write("days.csv", "Date,Payee,Amount\n03/04/2026,Shop,-1.00\n05/06/2026,Shop,-2.00\n");
    sandbox.write("odd.csv", "Date,Payee,Amount\n2026-01-03,Shop,-1.00\n2026-02-30,Shop,-2.00\n");
    let mut count = 0;
    for block in TROUBLE.split("```console\n").skip(1).filter_map(|rest| rest.split("```").next()) {
        for shown in block.split("$ ").filter(|shown| !shown.is_empty()) {
            let (line, output) = shown.split_once('\n').expect("a command is a line");
            assert_eq!(typed(&sandbox, line), output, "of `{line}`");
            count += 1;
        }
    }
    assert!(count > 20, "only {count} commands found");
}

/// Every source file of groat as one text, the pieces of broken string literals joined.
fn sources() -> String {
    let mut waiting = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut all = String::new();
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder of sources").flatten() {
            match entry.path() {
                path if path.is_dir() => waiting.push(path),
                path => all += &std::fs::read_to_string(path).unwrap_or_default(),
            }
        }
    }
    all
}

#[test]
fn every_other_message_of_troubleshooting_stands_in_the_sources() {
    let sources = sources();
    let mut count = 0;
    for row in TROUBLE.lines().filter(|line| line.starts_with("| `")) {
        let cell = row.split(" | ").next().unwrap_or_default().trim_start_matches("| ").trim_matches('`');
        let message = cell.strip_prefix("error: ").unwrap_or_else(|| panic!("no message: {row}"));
        for part in message.split('…').map(|part| part.trim_matches(['`', ' '])).filter(|part| part.len() > 3)
        {
            assert!(sources.contains(part), "`{part}` of `{message}` is said nowhere");
            count += 1;
        }
    }
    assert!(count > 10, "only {count} messages found");
}

#[test]
fn every_command_of_the_table_of_words_is_one() {
    let sandbox = Sandbox::sqlite();
    sandbox.write("statement.csv", include_bytes!("../fixtures/import/csv/statement.csv"));
    for line in [
        "init --account Checking --categories starter",
        "account add Savings",
        "config set account checking",
        "add 1 x",
        "add 2 amzn",
        "add 3 amazon",
    ] {
        drop(typed(&sandbox, &format!("groat {line}")));
    }
    let mut count = 0;
    let rows = WORDS.lines().filter(|line| line.starts_with('|')).skip(2);
    for command in rows.flat_map(|row| row.rsplit(" | ").next().unwrap_or_default().split('`')) {
        if command.starts_with("groat ") && command != "groat account add Checking" {
            let said = typed(&sandbox, &format!("{command} && echo well"));
            assert!(said.ends_with("well\n") || said.contains("already"), "{command}: {said}");
            count += 1;
        }
    }
    assert!(count > 20, "only {count} commands found");
}

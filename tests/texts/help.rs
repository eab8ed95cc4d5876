//! `--help` of every command: all of it in one snapshot, nothing without an explanation, nothing wider than the
//! terminal, and examples that run.

use clap::Command;

use crate::examples::{broken, examples_in};
use crate::support::Sandbox;
use crate::topics::small_book;

const COLUMNS: usize = 80;

/// Every command and subcommand as its words, the program itself as none.
fn commands() -> Vec<(Vec<String>, Command)> {
    let mut root = groat::cli::command();
    root.build();
    let mut found = Vec::new();
    let mut waiting = vec![(Vec::new(), root)];
    while let Some((words, command)) = waiting.pop() {
        let inner: Vec<Command> = command.get_subcommands().cloned().collect();
        for inner in inner.into_iter().rev() {
            let mut path = words.clone();
            path.push(inner.get_name().to_owned());
            waiting.push((path, inner));
        }
        found.push((words, command));
    }
    found
}

fn help_of(sandbox: &Sandbox, words: &[String]) -> String {
    sandbox.groat(words.iter().map(String::as_str).chain(["--help"])).ok().stdout
}

/// The flags that every command takes, as they are explained.
fn everywhere(help: &str) -> String {
    let lines = help.lines().skip_while(|line| *line != "Everywhere:").take_while(|line| !line.is_empty());
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn all_help_reads_as_it_was_read_before() {
    let sandbox = Sandbox::sqlite();
    let mut all = sandbox.groat(["--version"]).ok().snapshot();
    let everywhere = everywhere(&help_of(&sandbox, &[]));
    for (words, _) in commands() {
        let line =
            ["groat"].into_iter().chain(words.iter().map(String::as_str)).collect::<Vec<_>>().join(" ");
        let help = help_of(&sandbox, &words);
        // What all have in common is read once.
        let help =
            if words.is_empty() { help } else { help.replace(&everywhere, "Everywhere: [the same]\n") };
        all += &format!("\n$ {line} --help\n{help}");
    }
    let listed = sandbox.groat(["help"]).ok().stdout;
    let (_, topics) = listed.split_once("\nTopics:\n").unwrap();
    all += &format!("\n$ groat help\n[...]\nTopics:\n{topics}");
    for topic in topics.lines().filter_map(|line| line.split_whitespace().next()) {
        all += &format!("\n$ groat help {topic}\n{}", sandbox.groat(["help", topic]).ok().stdout);
    }
    insta::with_settings!({filters => [(r"groat \d+\.\d+\.\d+\S*", "groat [VERSION]")], omit_expression => true}, {
        insta::assert_snapshot!("help", all);
    });
}

#[test]
fn no_line_of_help_is_wider_than_the_terminal() {
    let sandbox = Sandbox::sqlite();
    for (words, _) in commands() {
        for text in [
            help_of(&sandbox, &words),
            sandbox.groat([&["help".to_owned()][..], &words].concat()).ok().stdout,
        ] {
            for line in text.lines() {
                let width = line.chars().count();
                assert!(width <= COLUMNS, "{words:?} has a line of {width} columns:\n{line}");
            }
        }
    }
}

#[test]
fn every_command_and_every_argument_is_explained() {
    let mut silent = Vec::new();
    for (words, command) in commands() {
        let name = words.join(" ");
        if command.get_about().is_none_or(|about| about.to_string().trim().is_empty()) {
            silent.push(format!("groat {name}"));
        }
        for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
            if argument.get_help().is_none_or(|help| help.to_string().trim().is_empty()) {
                silent.push(format!("groat {name}: {}", argument.get_id()));
            }
        }
    }
    assert!(silent.is_empty(), "not explained: {silent:#?}");
}

/// The small book with more accounts, so that there is something to move money between, and a bank's file beside it.
fn larger_book() -> Sandbox {
    let sandbox = small_book();
    sandbox.write("statement.csv", include_bytes!("../fixtures/import/csv/statement.csv"));
    for args in [
        &["account", "add", "Savings", "--kind", "savings"][..],
        &["account", "add", "Cash", "--kind", "cash"],
        &["config", "set", "account", "checking"],
    ] {
        drop(sandbox.groat(args).ok());
    }
    sandbox
}

#[test]
fn the_examples_of_commands_end_as_claimed() {
    let mut count = 0;
    for (words, _) in commands() {
        let examples = examples_in(&help_of(&Sandbox::sqlite(), &words));
        if examples.is_empty() {
            continue;
        }
        count += examples.len();
        // What sets a book up begins without one.
        let sandbox = if words == ["init"] { Sandbox::sqlite() } else { larger_book() };
        let broken = broken(&sandbox, &examples);
        assert!(broken.is_empty(), "groat {}:\n{}", words.join(" "), broken.join("\n"));
    }
    assert!(count > 20, "only {count} examples found");
}

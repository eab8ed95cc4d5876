//! What the README shows is what happens: its `console` blocks are typed into a shell, one after the other, and
//! must give the lines that stand there.

#![allow(clippy::disallowed_methods, reason = "a shell needs the machine's PATH")]

mod support;

use std::process::Command;

use support::Sandbox;

/// A command of the README and the lines it shows below it.
struct Shown {
    command: String,
    output: String,
}

/// The commands of the `console` blocks, as far as they need no server.
fn transcript() -> Vec<Shown> {
    let readme = include_str!("../README.md");
    let mut shown: Vec<Shown> = Vec::new();
    for block in readme.split("```console\n").skip(1).filter_map(|rest| rest.split("```").next()) {
        if block.contains("postgres://") {
            continue;
        }
        for line in block.lines() {
            match line.strip_prefix("$ ") {
                Some(command) => shown.push(Shown { command: command.to_owned(), output: String::new() }),
                None => {
                    let last = shown.last_mut().expect("a block begins with a command");
                    last.output.push_str(line);
                    last.output.push('\n');
                }
            }
        }
    }
    shown
}

/// Instants differ from run to run.
fn without_instants(text: &str) -> String {
    let is_instant = |window: &str| {
        window
            .bytes()
            .zip("dddd-dd-dd dd:dd".bytes())
            .all(|(byte, shape)| if shape == b'd' { byte.is_ascii_digit() } else { byte == shape })
    };
    let mut out = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        if rest.len() >= 16 && rest.is_char_boundary(16) && is_instant(&rest[..16]) {
            out.push_str("YYYY-MM-DD HH:MM");
            rest = &rest[16..];
        } else {
            let next = rest.chars().next().expect("the rest is not empty").len_utf8();
            out.push_str(&rest[..next]);
            rest = &rest[next..];
        }
    }
    out
}

#[test]
fn every_command_of_the_readme_gives_what_stands_there() {
    let sandbox = Sandbox::sqlite();
    let groat =
        std::path::Path::new(env!("CARGO_BIN_EXE_groat")).parent().expect("the binary is in a folder");
    let path = std::env::var_os("PATH").expect("there is a PATH");
    let paths = std::iter::once(groat.to_owned()).chain(std::env::split_paths(&path));
    let path = std::env::join_paths(paths).expect("a PATH can be joined");
    let home = sandbox.root().join("home");
    let transcript = transcript();
    assert!(transcript.len() > 12, "the README shows {} commands only", transcript.len());
    for Shown { command, output } in transcript {
        let run = Command::new("sh")
            .args(["-c", &format!("{command} 2>&1")])
            .current_dir(sandbox.root().join("work"))
            .env_clear()
            .env("PATH", &path)
            .env("HOME", &home)
            .envs([("LC_MONETARY", "de_DE.UTF-8"), ("GROAT_TODAY", "2026-01-15"), ("GROAT_ACTOR", "sam")])
            .output()
            .expect("there is a shell");
        let said = String::from_utf8(run.stdout).expect("groat writes UTF-8");
        let said = said.replace(&home.display().to_string(), "/home/sam");
        let is_refused = output.starts_with("error: ") || output.contains(" does not agree with ");
        assert_eq!(run.status.success(), !is_refused, "`{command}`: {said}");
        if !output.is_empty() {
            assert_eq!(without_instants(&said), without_instants(&output), "of `{command}`");
        }
    }
}

//! The manual pages: one for each command, with what a page has, and without a word of complaint from those who show
//! them.

use std::process::Command;

use crate::support::Sandbox;
use crate::support::programs::has;
use crate::typed::{Typed, says};

fn pages_below(command: &clap::Command, name: &str, all: &mut Vec<String>) {
    all.push(format!("{name}.1"));
    for inner in command.get_subcommands() {
        pages_below(inner, &format!("{name}-{}", inner.get_name()), all);
    }
}

#[test]
fn every_command_has_a_page_with_what_a_page_has() {
    let s = Sandbox::sqlite();
    says(&s.ok("man new/folder --json"), &[]);
    let mut expected = Vec::new();
    pages_below(&groat::cli::command(), "groat", &mut expected);
    expected.sort();
    let folder = s.path("new/folder");
    let files = std::fs::read_dir(&folder).expect("the folder was made").flatten();
    let mut names: Vec<String> = files.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    assert_eq!(names, expected);
    for (name, parts) in [
        (
            "groat.1",
            &["NAME", "SYNOPSIS", "EXIT STATUS", "ENVIRONMENT", "GROAT_DATABASE_URL", "TOPICS", "SEE ALSO"][..],
        ),
        (
            "groat-add.1",
            &[r"\fBgroat add\fR [OPTIONS] [AMOUNT] [PAYEE]...", "EXAMPLES", r"$ groat add 3.20 coffee"],
        ),
        ("groat-move.1", &[r"<ID>... <CAT>", "All are moved or none"]),
        ("groat-account-add.1", &[r"\fBgroat\-account\fR(1)", r"\fBgroat\fR(1)"]),
    ] {
        let page = std::fs::read_to_string(folder.join(name)).expect("the page was written");
        for part in parts {
            assert!(page.contains(part), "{name} lacks {part}:\n{page}");
        }
    }
    assert!(s.has_no_book());
}

#[test]
fn those_who_show_pages_have_nothing_to_complain_of() {
    let s = Sandbox::sqlite();
    s.ok("man pages -q");
    let files = std::fs::read_dir(s.path("pages")).expect("the folder was made").flatten();
    let files: Vec<_> = files.map(|file| file.path()).collect();
    assert!(files.len() > 50);
    for (program, flags) in
        [("mandoc", &["-Tlint", "-Wwarning"][..]), ("man", &["--warnings", "-l", "-Tutf8", "-Z"])]
    {
        if !has(program) {
            continue;
        }
        for file in &files {
            let shown = Command::new(program).args(flags).arg(file).env("LC_ALL", "C.UTF-8").output();
            let shown = shown.expect("it was there a moment ago");
            assert_eq!(String::from_utf8_lossy(&shown.stderr), "", "{program} of {}", file.display());
            if program == "mandoc" {
                assert_eq!(String::from_utf8_lossy(&shown.stdout), "", "{}", file.display());
            }
        }
    }
}

#[test]
fn a_file_in_the_place_of_the_folder_is_refused_and_a_dry_run_writes_nothing() {
    let s = Sandbox::sqlite();
    s.write("taken", "mine");
    says(&s.fails(1, "man taken"), &["taken", "cannot write"]);
    assert!(s.ok("man elsewhere -n").stdout.starts_with("would write "));
    assert!(!s.path("elsewhere").exists());
    s.fails(2, "man");
}

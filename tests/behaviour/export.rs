//! `export`: a query says what, files are whole or not at all, formats have names. What is in them stands in the files
//! beside this one.

use crate::support::Sandbox;
use crate::typed::{Typed, says, shell};

/// Every format and a text that each transaction has in it once.
const FORMATS: [(&str, &str); 6] = [
    ("json", "{\"id\":"),
    ("jsonl", "{\"id\":"),
    ("hledger", "\n20"),
    ("ledger", "\n20"),
    ("beancount", "\n  id: "),
    ("csv", "\n"),
];

#[test]
fn a_query_says_what_is_exported() {
    let s = Sandbox::sqlite();
    s.ok("demo demo.db -L 1200");
    for query in
        ["date:2025-11", "'amt:>50' cat:food", "not is:transfer tag:shared or payee:/stadt/", "nowhere"]
    {
        let count = s.json(&format!("--db demo.db list {query} -L 1"))["total"].clone();
        for (format, mark) in FORMATS.iter().filter(|(format, _)| *format != "csv") {
            let file = s.ok(&format!("--db demo.db export {query} -O {format}")).stdout;
            assert_eq!(count, file.matches(mark).count(), "{query} as {format}");
        }
    }
    s.fails(2, "--db demo.db export 'amt:>' -O hledger -o x.journal");
    s.fails(3, "--db demo.db export cat:nothing -O hledger -o x.journal");
    assert!(!s.path("x.journal").exists());
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let s = Sandbox::sqlite();
    s.ok("add 3 coffee");
    let path = s.write("book.journal", "what was there");
    std::os::unix::fs::symlink("book.journal", s.path("link")).expect("a link can be made");
    s.ok("export -O hledger -o link");
    let written = std::fs::read_to_string(&path).expect("the journal was written");
    assert!(written.contains("coffee") && s.path("link").is_symlink(), "{written}");
    s.execute("DROP TABLE postings");
    s.fails(5, "export -O hledger -o book.journal");
    assert_eq!(std::fs::read_to_string(&path).expect("it is there"), written);
    let left = std::fs::read_dir(s.path("")).expect("the folder can be read").count();
    assert_eq!(left, 2, "nothing half written is left");
}

#[test]
fn where_nothing_can_be_written_is_an_error() {
    let s = Sandbox::sqlite();
    s.ok("add 3 coffee");
    s.fails(1, "export -O hledger -o no/such/folder.journal");
    s.fails(1, "export -O hledger -o .");
    let run = s.ok("export -O hledger -o /dev/stdout");
    assert!(run.stdout.contains("coffee"));
    let dry = s.ok("export -O hledger -o dry.journal -n");
    assert!(dry.stdout.is_empty() && !s.path("dry.journal").exists());
}

#[test]
fn a_closed_pipe_is_no_error() {
    let s = Sandbox::sqlite();
    s.ok("demo demo.db -L 3000");
    let script = r#"{ "$0" "$@"; echo "code $?" >&2; } | head -1"#;
    let output = shell(&s, script, "--db demo.db export -O hledger").output().expect("there is a shell");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "code 0\n");
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 1);
}

#[test]
fn formats_are_told_apart_from_those_of_answers() {
    let s = Sandbox::sqlite();
    for line in [
        "export",
        "export -O tsv",
        "export -O table",
        "export -O markdown",
        "export -O xml",
        "list -O hledger",
        "-O qif",
    ] {
        s.fails(2, line);
    }
    for line in ["export", "export -O tsv"] {
        says(&s.fails(2, line), &["`-O csv`, `-O json`", "`-O beancount`"]);
    }
    says(&s.fails(2, "export -O xml"), &["formats of export are csv, json, jsonl, qif, ofx, hledger"]);
    says(&s.fails(2, "list -O ledger"), &["groat export"]);
    says(&s.fails(2, "list -O hledgr"), &["tsv, markdown"]);
    assert_eq!(s.ok("-O hledger export").stdout, s.ok("export -O hledger").stdout);
    assert_eq!(s.ok("export --csv").stdout, s.ok("export -O csv").stdout);
    assert_eq!(s.ok("export --json").stdout, s.ok("export -O json").stdout);
    let help = s.ok("export --help").stdout;
    assert!(help.contains("What to write: csv, json, jsonl, qif") && !help.contains("tsv"), "{help}");
}

#[test]
fn an_empty_book_is_a_sound_file() {
    let s = Sandbox::sqlite();
    for (format, begin) in [
        ("csv", "id,kind,date,"),
        ("json", "{\"transactions\":["),
        ("jsonl", ""),
        ("hledger", "; a groat book"),
        ("ledger", "; a groat book"),
        ("beancount", "; a groat book"),
        ("qif", "!Option:AutoSwitch"),
        ("ofx", "<?xml"),
    ] {
        let file = s.ok(&format!("export -O {format}")).stdout;
        assert!(file.starts_with(begin), "{file}");
    }
    assert!(s.has_no_book());
    assert_eq!(s.json("export")["transactions"].as_array().map(Vec::len), Some(0));
}

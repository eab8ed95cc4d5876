//! The official clients: the Python package `mcp` and the Inspector's command line. `tests/mcp/install` puts both, at
//! the versions that are pinned there, into a folder under target/; where they are not, the tests say so.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::household;
use crate::support::Sandbox;
use crate::support::postgres::cannot_run;

const GROAT: &str = env!("CARGO_BIN_EXE_groat");

/// The program of a client, if it is installed.
#[track_caller]
fn installed(program: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mcp-clients").join(program);
    if path.exists() { Some(path) } else { cannot_run(&format!("no {program}: `tests/mcp/install` gets it")) }
}

#[track_caller]
fn said(command: &mut Command) -> String {
    let Output { status, stdout, stderr } = command.output().expect("it can be started");
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    assert!(status.success(), "{}\n{}", text(&stdout), text(&stderr));
    text(&stdout)
}

#[test]
fn the_python_client_gets_along_with_it() {
    let Some(python) = installed("python/bin/python") else { return };
    let s = Sandbox::sqlite();
    household(&s);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mcp/client.py");
    let told = said(Command::new(python).arg(script).arg(GROAT).arg(s.book_path()));
    assert_eq!(told, "all is well\n");
}

#[test]
fn the_inspector_gets_along_with_it() {
    let Some(inspector) = installed("inspector/node_modules/.bin/mcp-inspector") else { return };
    let s = Sandbox::sqlite();
    household(&s);
    let ask = |method: &[&str]| -> Value {
        let mut command = Command::new(&inspector);
        command.args(["--cli", GROAT, "--db"]).arg(s.book_path()).args(["mcp", "--method"]).args(method);
        serde_json::from_str(&said(&mut command)).expect("the Inspector prints JSON")
    };
    let listed = ask(&["tools/list"]);
    assert_eq!(listed["tools"].as_array().map(Vec::len), Some(6));
    let told =
        ask(&["tools/call", "--tool-name", "query_expenses_by_category", "--tool-arg", "category=groceries"]);
    assert_eq!(told["structuredContent"]["total"], "67.70");
    let told =
        ask(&["tools/call", "--tool-name", "query_expenses_by_category", "--tool-arg", "category=grocries"]);
    assert_eq!(told["isError"], true);
}

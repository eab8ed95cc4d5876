//! Holds what the layout promises: imports point down only, the database has one door, printing and the clock have
//! their places, and files stay short and say what they are for. Reads the words of `src/`, not the program: enough
//! for an honest mistake, no match for a clever detour.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{fs, iter};

#[path = "layers/words.rs"]
mod words;
use words::{Token, paths, text, text_at, tokens, without_tests};

/// Bottom to top. A file imports from lines above its own here, and from its own module; those on one line do not
/// know each other.
const LAYERS: [&[&str]; 14] = [
    &["domain"],
    &["error"],
    &["config"],
    &["db"],
    &["book"],
    &["history"],
    &["ledger"],
    &["budget"],
    &["schedule"],
    &["import"],
    &["report", "export"],
    &["output"],
    &["tui", "mcp"],
    &["cli"],
];

const PRINTING: [&str; 5] = ["print", "println", "eprint", "eprintln", "dbg"];

/// Those that may ask which of the two databases it is.
const BACKEND_FILES: [&str; 4] =
    ["src/db/connection.rs", "src/db/dialect.rs", "src/db/dialect/bulk.rs", "src/db/migrations.rs"];

/// Printed by a tool, as long as there are tables.
const GENERATED: &str = "src/db/schema.rs";

const LONGEST: usize = 500;

#[test]
fn the_sources_keep_to_their_layers() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = rust_files(&root.join("src"));
    assert!(files.len() > 1, "no sources found under {}", root.display());
    let mut report = String::new();
    for file in files {
        let source = fs::read_to_string(&file).unwrap();
        let path = file.strip_prefix(root).unwrap().to_str().unwrap();
        for finding in check(path, &source) {
            writeln!(report, "{path}:{}: {}", finding.line, finding.message).unwrap();
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("src/ can be read") {
        let path = entry.expect("src/ can be read").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

#[derive(Debug, PartialEq)]
struct Finding {
    line: usize,
    message: String,
}

/// Returns what is wrong in one file; `path` is relative to the crate, as in `src/db/payees.rs`.
fn check(path: &str, source: &str) -> Vec<Finding> {
    let file = File::new(path);
    let mut findings = file.check_form(source);
    findings.extend(file.check_place());
    let tokens = if file.is_test() { Vec::new() } else { without_tests(&tokens(source)) };
    for at in 0..tokens.len() {
        let found = [
            file.check_printing(&tokens, at),
            file.check_clock(&tokens, at),
            file.check_backend(&tokens, at),
            file.check_diesel(&tokens, at),
        ];
        let imports = file.check_imports(&tokens, at);
        let messages = found.into_iter().flatten().chain(imports);
        findings.extend(messages.map(|message| Finding { line: tokens[at].line, message }));
    }
    findings
}

/// A source file and the module it is.
struct File<'a> {
    path: &'a str,
    /// `src/db/payees.rs` is `[db, payees]`, `src/db/mod.rs` is `[db]`, `src/lib.rs` is empty.
    module: Vec<&'a str>,
}

impl<'a> File<'a> {
    fn new(path: &'a str) -> Self {
        let name = path.trim_start_matches("src/").trim_end_matches(".rs");
        let mut module: Vec<&str> = name.split('/').collect();
        if matches!(module.last(), Some(&"mod")) || matches!(name, "lib" | "main") {
            module.pop();
        }
        Self { path, module }
    }

    fn top(&self) -> Option<&str> {
        self.module.first().copied()
    }

    fn is_main(&self) -> bool {
        self.path == "src/main.rs"
    }

    fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }

    fn check_form(&self, source: &str) -> Vec<Finding> {
        let mut findings = Vec::new();
        let length = source.lines().count();
        if self.path == GENERATED {
            return findings;
        }
        if !source.starts_with("//!") {
            findings.push(Finding { line: 1, message: "does not begin with a `//!` comment".into() });
        }
        if length > LONGEST {
            let message = format!("has {length} lines, more than {LONGEST}: part it");
            findings.push(Finding { line: length, message });
        }
        findings
    }

    fn check_place(&self) -> Option<Finding> {
        let top = self.top()?;
        let message = format!("`{top}` has no layer: put it into LAYERS");
        (layer(top).is_none()).then_some(Finding { line: 1, message })
    }

    fn check_printing(&self, tokens: &[Token], at: usize) -> Option<String> {
        let is_macro = PRINTING.contains(&tokens[at].text.as_str()) && text(tokens, at + 1) == "!";
        (is_macro && self.top() != Some("output")).then(|| format!("`{}!` outside output/", tokens[at].text))
    }

    fn check_clock(&self, tokens: &[Token], at: usize) -> Option<String> {
        if self.is_main() || self.top() == Some("cli") {
            return None;
        }
        let is_clock = ["Utc", "Local", "SystemTime"].contains(&tokens[at].text.as_str())
            && text(tokens, at + 1) == "::"
            && text(tokens, at + 2) == "now";
        if is_clock {
            return Some(format!("`{}::now` outside cli/: take the time as an argument", tokens[at].text));
        }
        let is_environment = paths(tokens, at, "std").iter().any(|path| text_at(path, 1) == "env");
        is_environment.then(|| "`std::env` outside cli/: take its values as arguments".into())
    }

    fn check_backend(&self, tokens: &[Token], at: usize) -> Option<String> {
        if BACKEND_FILES.contains(&self.path) {
            return None;
        }
        let word = tokens[at].text.as_str();
        let is_variant = word == "DbConn"
            && text(tokens, at + 1) == "::"
            && ["Sqlite", "Pg", "{", "*"].contains(&text(tokens, at + 2));
        let is_named = is_variant || ["SqliteConnection", "PgConnection"].contains(&word);
        is_named.then(|| format!("`{word}` names a database: only {} may", BACKEND_FILES.join(", ")))
    }

    fn check_diesel(&self, tokens: &[Token], at: usize) -> Option<String> {
        let is_path = ["diesel", "diesel_migrations"].contains(&tokens[at].text.as_str())
            && (text(tokens, at + 1) == "::" || text(tokens, at.wrapping_sub(1)) == "use");
        if !is_path {
            return None;
        }
        if self.top() != Some("db") {
            // Its traits in scope are what a `.filter(..)` on a table needs.
            return Some("Diesel outside db/: give db/ a named query".into());
        }
        let is_passed_on = text(tokens, at.wrapping_sub(1)) == "use" && is_public_use(tokens, at - 1);
        is_passed_on.then(|| "`pub use diesel` lets Diesel out of db/".into())
    }

    fn check_imports(&self, tokens: &[Token], at: usize) -> Vec<String> {
        if self.is_main() {
            return self.check_main(tokens, at);
        }
        let mut targets: Vec<Vec<&str>> =
            paths(tokens, at, "crate").iter().map(|path| path[1..].to_vec()).collect();
        targets.extend(paths(tokens, at, "super").iter().filter_map(|path| self.resolve(path)));
        targets.iter().filter_map(|target| self.why_not(target)).collect()
    }

    fn check_main(&self, tokens: &[Token], at: usize) -> Vec<String> {
        let paths = iter::once("groat").chain(["crate"]).flat_map(|root| paths(tokens, at, root));
        let others = paths.filter(|path| text_at(path, 1) != "cli");
        others.map(|path| format!("imports `{}`: main.rs knows cli alone", path.join("::"))).collect()
    }

    /// Follows `super` from this file's module; None where that ends at something that is no layer, as it does from
    /// a module inside a file.
    fn resolve<'p>(&self, path: &[&'p str]) -> Option<Vec<&'p str>>
    where
        'a: 'p,
    {
        let ups = path.iter().take_while(|name| **name == "super").count();
        let kept = self.module.len().saturating_sub(ups);
        let target: Vec<&str> = self.module[..kept].iter().chain(&path[ups..]).copied().collect();
        target.first().is_some_and(|top| layer(top).is_some()).then_some(target)
    }

    /// Returns why this file may not import that path (without `crate`), if so.
    fn why_not(&self, target: &[&str]) -> Option<String> {
        let (own, other) = (self.top()?, *target.first()?);
        let shown = format!("crate::{}", target.join("::"));
        let Some(there) = layer(other) else {
            return Some(format!("imports `{shown}`: `{other}` has no layer"));
        };
        if self.module.starts_with(&["import", "formats"]) {
            let is_allowed = other == "domain" || target.starts_with(&["import", "formats"]);
            return (!is_allowed)
                .then(|| format!("imports `{shown}`: a format knows domain and formats alone"));
        }
        let is_below = layer(own).is_some_and(|here| there < here);
        (!is_below && own != other).then(|| format!("imports `{shown}`: {other} is not below {own}"))
    }
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

fn is_public_use(tokens: &[Token], at: usize) -> bool {
    // `pub use`, `pub(crate) use`.
    ["pub", ")"].contains(&text(tokens, at.wrapping_sub(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of a file that is well formed but for this code.
    fn said(path: &str, code: &str) -> Vec<String> {
        let findings = check(path, &format!("//! Words.\n{code}\n"));
        findings.into_iter().map(|finding| format!("{}: {}", finding.line, finding.message)).collect()
    }

    /// Each line of the table: path | code | the one thing said of it, or nothing.
    fn hold(table: &str) {
        for case in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let fields: Vec<&str> = case.split('|').map(str::trim).collect();
            let expected: Vec<String> = fields[2..].iter().map(|message| format!("2: {message}")).collect();
            assert_eq!(said(&format!("src/{}", fields[0]), fields[1]), expected, "{case}");
        }
    }

    #[test]
    fn imports_that_point_up_or_sideways_are_found() {
        hold(
            "domain/money.rs | use crate::error::Problem;   | imports `crate::error::Problem`: error is not below domain
             error.rs        | use crate::config::Config;   | imports `crate::config::Config`: config is not below error
             db/payees.rs    | use crate::book::Book;       | imports `crate::book::Book`: book is not below db
             db/payees.rs    | use crate::ledger;           | imports `crate::ledger`: ledger is not below db
             book.rs         | use crate::history::undo;    | imports `crate::history::undo`: history is not below book
             book.rs         | use super::ledger;           | imports `crate::ledger`: ledger is not below book
             ledger/mod.rs   | use crate::budget::Plan;     | imports `crate::budget::Plan`: budget is not below ledger
             ledger/edit.rs  | use super::super::cli::x;    | imports `crate::cli::x`: cli is not below ledger
             ledger/edit.rs  | use crate::utils::x;         | imports `crate::utils::x`: `utils` has no layer
             budget/plan.rs  | use crate::schedule;         | imports `crate::schedule`: schedule is not below budget
             report/a.rs     | use crate::export::b;        | imports `crate::export::b`: export is not below report
             report/a.rs     | use crate::output;           | imports `crate::output`: output is not below report
             output/a.rs     | fn f() { crate::cli::run() } | imports `crate::cli::run`: cli is not below output
             tui/app.rs      | use crate::mcp::x;           | imports `crate::mcp::x`: mcp is not below tui
             tui/app.rs      | use crate::cli::x;           | imports `crate::cli::x`: cli is not below tui
             main.rs         | use groat::db::x;            | imports `groat::db::x`: main.rs knows cli alone",
        );
    }

    #[test]
    fn formats_know_domain_alone() {
        hold(
            "import/formats/a.rs | use crate::domain::money; use super::Line; use crate::import::formats::b;
             import/formats/a.rs | use crate::error::E; | imports `crate::error::E`: a format knows domain and formats alone
             import/formats/a.rs | use super::super::P; | imports `crate::import::P`: a format knows domain and formats alone",
        );
    }

    #[test]
    fn every_import_of_a_group_is_looked_at() {
        let code =
            "use crate::{\n    domain::money::{self, Money as M},\n    report::{a, b::*},\n    cli as c,\n};";
        let expected = ["report::a`: report", "report::b::*`: report", "cli`: cli"]
            .map(|end| format!("2: imports `crate::{end} is not below ledger"));
        assert_eq!(said("src/ledger/edit.rs", code), expected);
    }

    #[test]
    fn imports_that_point_down_are_fine() {
        hold(
            "domain/money.rs | use crate::domain::when; use super::account::Account;
             error.rs        | use crate::domain;
             config.rs       | use crate::{domain, error::Problem};
             book.rs         | use crate::db::DbConn; use crate::config;
             export/csv.rs   | use crate::history; use crate::book::Book; use crate::import::plan;
             import/plan.rs  | use crate::import::formats; mod inner { use super::X; }
             cli/mod.rs      | use crate::{tui, mcp, output}; fn f() { std::env::args(); chrono::Utc::now(); }
             main.rs         | use groat::cli; use std::process::ExitCode; fn f() { std::env::args(); }
             lib.rs          | pub mod cli; pub mod db;
             db/payees.rs    | use diesel::prelude::*; pub(crate) fn f() {}
             ledger/tests.rs | use crate::cli;",
        );
    }

    #[test]
    fn test_items_may_import_anything_and_hide_nothing_behind_them() {
        let code = "#[cfg(test)]\nmod tests;\n#[cfg(test)]\nmod more { fn f() { crate::cli::x() } }\n\
            #[cfg(test)]\nuse crate::{cli, tui};\n\
            #[cfg(test)]\nfn f(a: [u8; 2]) -> u8 { if a { 1 } else { 2 } }\n\
            use crate::mcp;";
        assert_eq!(said("src/ledger/mod.rs", code), ["10: imports `crate::mcp`: mcp is not below ledger"]);
    }

    #[test]
    fn printing_clock_environment_and_databases_have_their_places() {
        hold(
            "cli/mod.rs    | fn f() { println!(); }             | `println!` outside output/
             ledger/mod.rs | fn f() { anstream::eprint!(); }    | `eprint!` outside output/
             output/mod.rs | fn f() { println!(); }
             tui/app.rs    | fn f() { Utc::now(); }             | `Utc::now` outside cli/: take the time as an argument
             book.rs       | fn f() { chrono::Local::now(); }   | `Local::now` outside cli/: take the time as an argument
             config.rs     | use std::{fs, env};                | `std::env` outside cli/: take its values as arguments
             config.rs     | use ::std::env;                    | `std::env` outside cli/: take its values as arguments
             book.rs       | use diesel::prelude::*;            | Diesel outside db/: give db/ a named query
             error.rs      | fn f(e: diesel::result::Error) {}  | Diesel outside db/: give db/ a named query
             db/mod.rs     | pub(crate) use diesel::prelude;    | `pub use diesel` lets Diesel out of db/
             db/dialect.rs | fn f() { DbConn::Sqlite(c); } fn g(c: PgConnection) {}",
        );
        for code in ["fn f() { DbConn::Sqlite(c); }", "use super::DbConn::*;", "fn f(c: PgConnection) {}"] {
            let findings = said("src/db/payees.rs", code);
            assert!(
                matches!(&findings[..], [one] if one.contains("names a database")),
                "{code}: {findings:?}"
            );
        }
    }

    #[test]
    fn comments_texts_and_lifetimes_are_no_code() {
        let code = r###"
            // crate::cli::x
            /* a /* nested */ crate::cli::x */
            const A: &str = "crate::cli::x \" crate::cli::x";
            const B: &str = r#"println!(" crate::cli::x"#;
            const C: (char, char, u8) = ('"', '\'', b'"');
            fn f<'crate>(r#type: &'static str) { env!("X"); }
        "###;
        assert_eq!(said("src/domain/money.rs", code), [""; 0]);
        let behind = format!("{code}use crate::cli;");
        assert_eq!(
            said("src/domain/money.rs", &behind),
            ["9: imports `crate::cli`: cli is not below domain"],
            "what follows is still read"
        );
    }

    #[test]
    fn files_have_a_header_a_place_and_an_end() {
        let messages = |path, source: &str| -> Vec<String> {
            check(path, source).into_iter().map(|finding| finding.message).collect()
        };
        let lines = |count: usize| format!("//! Words.\n{}", "\n".repeat(count - 1));
        assert_eq!(
            messages("src/domain/money.rs", "use std::fmt;\n"),
            ["does not begin with a `//!` comment"]
        );
        assert_eq!(messages("src/domain/money.rs", &lines(500)), [""; 0]);
        assert_eq!(messages("src/domain/money.rs", &lines(501)), ["has 501 lines, more than 500: part it"]);
        assert_eq!(messages("src/utils.rs", "//! Words.\n"), ["`utils` has no layer: put it into LAYERS"]);
        assert_eq!(messages("src/db/schema.rs", &"\n".repeat(900)), [""; 0]);
    }
}

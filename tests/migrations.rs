//! Compares the two migration folders and holds what both databases need: the same names, a way back, texts that
//! sort by bytes on PostgreSQL, tables that check their types on SQLite. Reads the SQL, runs none of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const TEXT_TYPES: [&str; 6] = ["text", "varchar", "character", "char", "bpchar", "citext"];

/// What may stand first in the parentheses of a table and is no column.
const CONSTRAINTS: [&str; 7] = ["constraint", "primary", "unique", "check", "foreign", "exclude", "like"];

fn folder(database: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(database)
}

fn names(database: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(folder(database)).expect("the migrations are in the repository");
    entries
        .map(|entry| entry.expect("a folder can be read").file_name().to_string_lossy().into_owned())
        .collect()
}

/// Returns every file of a folder with its text, by path.
fn scripts(database: &str) -> BTreeMap<String, String> {
    let mut scripts = BTreeMap::new();
    for name in names(database) {
        for file in ["up.sql", "down.sql"] {
            let sql = fs::read_to_string(folder(database).join(&name).join(file)).unwrap_or_default();
            scripts.insert(format!("migrations/{database}/{name}/{file}"), sql);
        }
    }
    scripts
}

/// Returns what `wrong_in` finds in the statements of all scripts, each behind its path.
fn findings(database: &str, wrong_in: impl Fn(&[String]) -> Vec<String>) -> Vec<String> {
    let mut findings = Vec::new();
    for (path, sql) in scripts(database) {
        for statement in statements(&sql) {
            findings.extend(wrong_in(&statement).into_iter().map(|finding| format!("{path}: {finding}")));
        }
    }
    findings
}

#[test]
fn both_databases_have_the_same_migrations() {
    let names_on_both = names("postgres");
    assert!(!names_on_both.is_empty(), "no migrations in {}", folder("postgres").display());
    assert_eq!(names_on_both, names("sqlite"));
}

#[test]
fn migrations_are_named_by_time_and_what_they_do() {
    let wrong: Vec<String> = names("postgres").into_iter().filter(|name| !is_well_named(name)).collect();
    assert!(wrong.is_empty(), "not `YYYY-MM-DD-HHMMSS_verb_object`: {wrong:?}");
}

#[test]
fn every_migration_goes_up_and_down() {
    for database in ["postgres", "sqlite"] {
        for (path, sql) in scripts(database) {
            assert!(!statements(&sql).is_empty(), "{path} is missing or does nothing");
        }
    }
}

#[test]
fn text_sorts_by_bytes_on_postgres() {
    let wrong = findings("postgres", texts_without_collation);
    assert!(wrong.is_empty(), "columns without COLLATE \"C\":\n{}", wrong.join("\n"));
}

#[test]
fn tables_are_strict_on_sqlite() {
    let wrong = findings("sqlite", tables_that_are_not_strict);
    assert!(wrong.is_empty(), "tables that are not STRICT:\n{}", wrong.join("\n"));
}

fn is_well_named(name: &str) -> bool {
    let Some((time, what)) = name.split_once('_') else { return false };
    let shape: String = time.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    let words: Vec<&str> = what.split('_').collect();
    let is_lower =
        |word: &&str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    shape == "9999-99-99-999999" && words.len() >= 2 && words.iter().all(is_lower)
}

/// Returns `table.column` of each text column, made or changed, that does not sort by bytes.
fn texts_without_collation(statement: &[String]) -> Vec<String> {
    let Some(table) = table_of(statement) else { return Vec::new() };
    let columns = columns(statement).into_iter().filter(|(_, definition)| {
        let is_text = definition.first().is_some_and(|word| TEXT_TYPES.contains(&word.as_str()));
        is_text && !definition.windows(2).any(|pair| pair == ["collate", "\"C\""])
    });
    columns.map(|(name, _)| format!("{table}.{name}")).collect()
}

fn tables_that_are_not_strict(statement: &[String]) -> Vec<String> {
    let end = statement.iter().rposition(|word| word == ")").unwrap_or(statement.len());
    let is_strict = statement[end..].iter().any(|word| word == "strict");
    let table = table_of(statement).filter(|_| statement[0] == "create" && !is_strict);
    table.map(str::to_owned).into_iter().collect()
}

/// Returns the table that a CREATE TABLE or ALTER TABLE is about.
fn table_of(statement: &[String]) -> Option<&str> {
    let is_about_table = matches!(statement.first()?.as_str(), "create" | "alter");
    let at = statement.iter().take(4).position(|word| word == "table")?;
    let name =
        statement[at + 1..].iter().find(|word| !["if", "not", "exists", "only"].contains(&word.as_str()))?;
    is_about_table.then_some(name)
}

/// Returns name and definition (the type first) of each column that a statement makes or gives another type.
fn columns(statement: &[String]) -> Vec<(&str, &[String])> {
    let is_new = statement[0] == "create";
    let start = if is_new { statement.iter().position(|word| word == "(").map(|at| at + 1) } else { Some(0) };
    let entries = entries(&statement[start.unwrap_or(statement.len())..]);
    entries
        .into_iter()
        .filter_map(|entry| if is_new { new_column(entry) } else { altered_column(entry) })
        .collect()
}

fn new_column(entry: &[String]) -> Option<(&str, &[String])> {
    let (name, definition) = entry.split_first()?;
    (!CONSTRAINTS.contains(&name.as_str())).then_some((name, definition))
}

/// `ADD [COLUMN] [IF NOT EXISTS] name type`, `ALTER [COLUMN] name [SET DATA] TYPE type`.
fn altered_column(entry: &[String]) -> Option<(&str, &[String])> {
    let at = entry.iter().rposition(|word| ["add", "alter"].contains(&word.as_str()))?;
    let optional = ["column", "if", "not", "exists"];
    let at = at + 1 + entry[at + 1..].iter().take_while(|word| optional.contains(&word.as_str())).count();
    let (name, definition) = new_column(&entry[at..])?;
    let is_addition = entry.iter().any(|word| word == "add");
    let at = if is_addition { 0 } else { definition.iter().position(|word| word == "type")? + 1 };
    Some((name, &definition[at..]))
}

/// Parts words at commas, up to the parenthesis that closes them.
fn entries(words: &[String]) -> Vec<&[String]> {
    let (mut entries, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, word) in words.iter().enumerate() {
        match word.as_str() {
            "(" => depth += 1,
            ")" if depth == 0 => {
                entries.push(&words[start..at]);
                return entries;
            }
            ")" => depth -= 1,
            "," if depth == 0 => {
                entries.push(&words[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    entries.push(&words[start..]);
    entries
}

/// Splits SQL into statements of words: lower-cased names, names in double quotes as they are, single signs; comments
/// and texts are left out.
fn statements(sql: &str) -> Vec<Vec<String>> {
    let (mut statements, mut statement) = (Vec::new(), Vec::new());
    let mut rest = sql.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |at| at + 2),
            '\'' | '"' => rest[1..].find(first).map_or(rest.len(), |at| at + 2),
            _ if is_word(first) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let word = &rest[..length];
        match first {
            ';' => statements.push(std::mem::take(&mut statement)),
            '\'' => {}
            '"' => statement.push(word.to_owned()),
            _ if word.starts_with("--") || word.starts_with("/*") => {}
            _ => statement.push(word.to_lowercase()),
        }
        rest = rest[length..].trim_start();
    }
    statements.push(statement);
    statements.retain(|statement| !statement.is_empty());
    statements
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(sql: &str, wrong_in: fn(&[String]) -> Vec<String>) -> Vec<String> {
        statements(sql).iter().flat_map(|statement| wrong_in(statement)).collect()
    }

    #[test]
    fn names_without_time_or_object_are_found() {
        assert!(is_well_named("2026-11-21-101500_create_books"));
        for name in [
            "create_books",
            "2026-11-21-101500_create",
            "2026-11-21_create_books",
            "2026-11-21-101500_Create_Books",
        ] {
            assert!(!is_well_named(name), "{name}");
        }
    }

    #[test]
    fn texts_without_collation_are_found() {
        let sql = r#"
            -- name TEXT in a comment
            CREATE TABLE IF NOT EXISTS a (
                id BIGINT PRIMARY KEY CHECK (id > 0 AND 'x, y TEXT' <> ''),
                good TEXT COLLATE "C" NOT NULL DEFAULT 'a;b',
                text VARCHAR(3) NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('a', 'b')),
                UNIQUE (text, kind),
                CONSTRAINT c CHECK (CAST(id AS TEXT) <> '')
            );
            CREATE INDEX i ON a (kind);
            ALTER TABLE a ADD COLUMN later TEXT, ADD COLUMN IF NOT EXISTS n BIGINT, ADD good2 text collate "C";
            ALTER TABLE ONLY a ALTER COLUMN kind TYPE text, ALTER COLUMN n SET NOT NULL, DROP COLUMN id;
            INSERT INTO a SELECT x::text FROM b;"#;
        assert_eq!(all(sql, texts_without_collation), ["a.text", "a.kind", "a.later", "a.kind"]);
    }

    #[test]
    fn tables_that_are_not_strict_are_found() {
        let sql = "CREATE TABLE a (strict INTEGER);
            CREATE TABLE b (id INTEGER CHECK (id > 0)) STRICT;
            CREATE TABLE c (id INTEGER PRIMARY KEY) STRICT, WITHOUT ROWID;
            CREATE TEMP TABLE d (id INTEGER) WITHOUT ROWID;
            CREATE TABLE e AS SELECT 1;
            CREATE INDEX f ON a (strict);
            ALTER TABLE a ADD COLUMN x TEXT;";
        assert_eq!(all(sql, tables_that_are_not_strict), ["a", "d", "e"]);
    }
}

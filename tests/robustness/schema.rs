//! The one `schema.rs` against what the migrations make on both databases: tables, columns, types, what may be null,
//! keys and references. And every kind of change done and undone through the binary, which loads every table that a
//! command knows through its models.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use groat::db::account_numbers::NumberRow;
use groat::db::accounts::AccountRow;
use groat::db::batches::BatchImage;
use groat::db::book::BookTableRow;
use groat::db::categories::CategoryRow;
use groat::db::groups::GroupRow;
use groat::db::payees::PayeeImage;
use groat::db::rules::RuleImage;
use groat::db::sources::SourceRow;
use groat::db::statement_balances::BalanceRow;
use groat::db::statement_lines::LineRow;
use groat::db::tables::Imaged;
use groat::db::tags::TagRow;
use groat::db::transactions::TransactionImage;

use crate::shelf::{Shelf, without_history};
use crate::support::{Sandbox, on_both_databases};

const MIGRATIONS: &str = "__diesel_schema_migrations";

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Column {
    name: String,
    /// As the database calls it.
    sql_type: String,
    is_nullable: bool,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Tables {
    columns: BTreeMap<String, Vec<Column>>,
    /// In the order of the key.
    keys: BTreeMap<String, Vec<String>>,
    /// (child table, column, parent table), to parents with the key `id`.
    references: BTreeSet<(String, String, String)>,
}

on_both_databases! {
    fn the_schema_is_what_the_migrations_make(s: &Sandbox) {
        s.groat(["db", "init", "--yes"]).ok();
        let (described, made) = (described(s.is_postgres()), made(s));
        assert!(described.columns.len() > 10, "schema.rs was not understood");
        assert_eq!(described.columns.keys().collect::<Vec<_>>(), made.columns.keys().collect::<Vec<_>>());
        for (table, columns) in &described.columns {
            assert_eq!(columns, &made.columns[table], "the columns of {table}");
            assert_eq!(described.keys[table], made.keys[table], "the key of {table}");
        }
        let unknown: Vec<_> = described.references.difference(&made.references).collect();
        assert!(unknown.is_empty(), "joinable!, but no foreign key: {unknown:?}");
    }

    fn every_table_is_read_through_its_model(s: &Sandbox) {
        s.groat(["add", "3.20", "coffee", "-c", "drinks", "-t", "first", "-m", "note"]).ok();
        s.groat(["payee", "rename", "coffee", "Bean"]).ok();
        s.groat(["rule", "add", "coffee", "--split", "drinks=30%", "--split", "none", "-t", "new"]).ok();
        // No command makes these yet.
        s.execute(
            "INSERT INTO import_sources (account_id, source, ids_unreliable, operation_id) \
             VALUES (1, 'csv', FALSE, 1); \
             INSERT INTO import_batches (account_id, format, source, file_name, created_at, operation_id) \
             SELECT 1, 'csv', 'csv', 'a.csv', created_at, 1 FROM book; \
             INSERT INTO statement_lines (account_id, source, row_key, key_version, date, amount, raw, decision, \
             reason, transaction_id, operation_id) \
             SELECT 1, 'csv', 'k', 1, date, -320, 'raw', 'matched', 'by hand', id, 1 FROM transactions; \
             INSERT INTO batch_lines (batch_id, line, statement_line_id, decision, reason) \
             VALUES (1, 1, 1, 'matched', 'by hand'); \
             INSERT INTO account_numbers (account_id, number, number_key, operation_id) \
             VALUES (1, 'DE 12', 'de12', 1); \
             INSERT INTO statement_balances (account_id, date, amount, origin, batch_id, operation_id) \
             SELECT 1, date, -320, 'file', 1, 1 FROM transactions",
        );
        let shelf = Shelf::new(s.database_url());
        assert_reads::<BookTableRow>(&shelf);
        assert_reads::<AccountRow>(&shelf);
        assert_reads::<GroupRow>(&shelf);
        assert_reads::<CategoryRow>(&shelf);
        assert_reads::<PayeeImage>(&shelf);
        assert_reads::<TagRow>(&shelf);
        assert_reads::<TransactionImage>(&shelf);
        assert_reads::<SourceRow>(&shelf);
        assert_reads::<BatchImage>(&shelf);
        assert_reads::<LineRow>(&shelf);
        assert_reads::<NumberRow>(&shelf);
        assert_reads::<BalanceRow>(&shelf);
        assert_reads::<RuleImage>(&shelf);
        for line in ["log", "list", "show 1", "balance", "report", "account list", "category list", "payee list",
            "tag list", "db info", "db history", "db verify"]
        {
            s.groat(line.split_whitespace()).ok();
        }
    }

    fn every_command_that_changes_is_undone_to_the_byte(s: &Sandbox) {
        for line in [
            "account add Cash --kind cash",
            "account add Bank",
            "account add Broker --off-budget",
            "category add food/rice",
            "add 3.20 coffee -a cash -c drinks -t first",
            "add 10 tesco -a bank --split rice=4 --split drinks=6",
            "transfer 5 bank cash",
        ] {
            s.groat(line.split_whitespace()).ok();
        }
        for line in [
            "init --categories starter",
            "add 5 bakery -a cash -c bread -t new -m note",
            "income 20 work -a bank",
            "transfer 7 cash broker -c drinks",
            "edit 1 --amount -4 --payee tea -c rice -a bank -d yesterday -m note -t more --untag first --pending",
            "edit 2 --split rice=5 --split drinks=5",
            "edit 1 2 3 --cleared",
            "move 1 rice",
            "delete 1 2 3",
            "duplicate 2",
            "account edit bank --name Giro --kind savings",
            "account edit bank --off-budget",
            "account close cash --to bank",
            "account delete broker",
            "reconcile cash --statement 1.80",
            "reconcile bank --statement 5 --force",
            "category edit rice --name Noodles --group Home",
            "category merge rice drinks",
            "category hide rice",
            "category group add Fun",
            "category group edit food --name Eating",
            "payee rename coffee Bean",
            "payee merge coffee tesco",
            "tag rename first 1st",
        ] {
            let before = without_history(&s.dump(&["currencies"]));
            let run = s.groat(line.split_whitespace()).ok();
            let after = without_history(&s.dump(&["currencies"]));
            assert_ne!(before, after, "{}", run.snapshot());
            s.groat(["db", "verify"]).ok();
            s.groat(["undo"]).ok();
            assert_eq!(before, without_history(&s.dump(&["currencies"])), "undo of `groat {line}`");
            s.groat(["redo"]).ok();
            assert_eq!(after, without_history(&s.dump(&["currencies"])), "redo of `groat {line}`");
            s.groat(["undo"]).ok();
            s.groat(["db", "verify"]).ok();
        }
    }
}

/// Loads the first rows of a table, and the same again from the image that history keeps of them.
#[track_caller]
fn assert_reads<T: Imaged + PartialEq + std::fmt::Debug>(shelf: &Shelf) {
    let rows = shelf.read(|conn| T::find_many(conn, &[1, 2, 3]));
    assert!(!rows.is_empty(), "no row of {}", T::TABLE.as_str());
    let image = serde_json::to_string(&rows).expect("a row can be written as JSON");
    assert_eq!(rows, serde_json::from_str::<Vec<T>>(&image).expect("an image can be read"));
}

/// What `src/db/schema.rs` says.
fn described(is_postgres: bool) -> Tables {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/db/schema.rs");
    let text = fs::read_to_string(path).expect("the schema is in the repository");
    let mut tables = Tables::default();
    for block in text.split("diesel::table! {").skip(1) {
        let (head, rest) = block.trim_start().split_once(") {").expect("a table has a key and columns");
        let (name, key) = head.split_once(" (").expect("a table has a key");
        let columns = rest.lines().map(str::trim).skip(1).take_while(|line| *line != "}");
        let columns = columns.filter(|line| line.contains(" -> ")).map(|line| column(line, is_postgres));
        tables.columns.insert(name.to_owned(), columns.collect());
        tables.keys.insert(name.to_owned(), key.split(", ").map(str::to_owned).collect());
    }
    for line in text.lines().filter_map(|line| line.strip_prefix("diesel::joinable!(")) {
        // `child -> parent (column));`
        let words: Vec<&str> =
            line.split([' ', '(', ')', '-', '>', ';']).filter(|word| !word.is_empty()).collect();
        let [child, parent, column] = words[..] else { panic!("joinable! was not understood: {line}") };
        tables.references.insert((child.to_owned(), column.to_owned(), parent.to_owned()));
    }
    tables
}

/// Reads `name -> Nullable<Type>,`.
fn column(line: &str, is_postgres: bool) -> Column {
    let (name, rust_type) = line.trim_end_matches(',').split_once(" -> ").expect("a column has a type");
    let inner = rust_type.strip_prefix("Nullable<").and_then(|inner| inner.strip_suffix('>'));
    let sql_type = match (inner.unwrap_or(rust_type), is_postgres) {
        ("Int8", true) => "bigint",
        ("Int4", true) => "integer",
        ("Text", true) => "text",
        ("Bool", true) => "boolean",
        ("Date", true) => "date",
        ("Timestamp", true) => "timestamp without time zone",
        ("Int8" | "Int4" | "Bool", false) => "INTEGER",
        ("Text" | "Date" | "Timestamp", false) => "TEXT",
        (other, _) => panic!("{name} has a type that this test does not know: {other}"),
    };
    Column { name: name.to_owned(), sql_type: sql_type.to_owned(), is_nullable: inner.is_some() }
}

/// What the database says of itself.
fn made(s: &Sandbox) -> Tables {
    let (columns, keys, references) = if s.is_postgres() {
        (POSTGRES_COLUMNS, POSTGRES_KEYS, POSTGRES_REFERENCES)
    } else {
        (SQLITE_COLUMNS, SQLITE_KEYS, SQLITE_REFERENCES)
    };
    let mut tables = Tables::default();
    for row in s.query(columns).into_iter().filter(|row| row[0] != MIGRATIONS) {
        let column = Column {
            name: row[1].clone(),
            sql_type: row[2].clone(),
            is_nullable: row[3] == "YES" || row[3] == "0",
        };
        tables.columns.entry(row[0].clone()).or_default().push(column);
    }
    for row in s.query(keys).into_iter().filter(|row| row[0] != MIGRATIONS) {
        tables.keys.entry(row[0].clone()).or_default().push(row[1].clone());
    }
    for row in s.query(references) {
        tables.references.insert((row[0].clone(), row[1].clone(), row[2].clone()));
    }
    tables
}

const POSTGRES_COLUMNS: &str = "SELECT table_name::text, column_name::text, data_type::text, is_nullable::text \
    FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position";
const POSTGRES_KEYS: &str = "SELECT k.table_name::text, k.column_name::text \
    FROM information_schema.key_column_usage k JOIN information_schema.table_constraints c \
    ON c.constraint_name = k.constraint_name AND c.table_name = k.table_name \
    WHERE c.constraint_type = 'PRIMARY KEY' AND k.table_schema = 'public' ORDER BY k.table_name, k.ordinal_position";
const POSTGRES_REFERENCES: &str = "SELECT c.conrelid::regclass::text, a.attname::text, c.confrelid::regclass::text \
    FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] \
    WHERE c.contype = 'f'";

const SQLITE_COLUMNS: &str = "SELECT m.name, c.name, c.type, CAST(c.\"notnull\" AS TEXT) \
    FROM sqlite_schema m JOIN pragma_table_info(m.name) c \
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY m.name, c.cid";
const SQLITE_KEYS: &str = "SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c \
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND c.pk > 0 ORDER BY m.name, c.pk";
const SQLITE_REFERENCES: &str = "SELECT m.name, f.\"from\", f.\"table\" FROM sqlite_schema m \
    JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'";

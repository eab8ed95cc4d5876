//! `db`: where the book is, its schema, its soundness, and asking it in SQL. `check book` tells cron the same.

use crate::support::{Sandbox, inspect, on_both_databases};
use crate::typed::{HISTORY, Typed, brief, column, keys, says};

on_both_databases! {
    fn info_says_what_the_book_is(s: &Sandbox) {
        s.ok("add 3 coffee");
        s.ok("add 4 tea");
        let info = s.json("db info");
        assert_eq!(
            keys(&info),
            "backend url path origin exists currency schema_version transactions size_bytes pool"
        );
        assert_eq!(brief(&info, "exists currency transactions"), "true USD 2");
        if s.is_postgres() {
            assert_eq!(brief(&info, "backend path"), "postgresql null");
            assert_eq!(info["url"], s.database_url().as_str());
            assert_eq!(s.ok("db path").stdout, format!("{}\n", s.database_url()));
        } else {
            let path = s.book_path().display().to_string();
            assert_eq!(brief(&info, "backend path"), format!("sqlite {path}"));
            let size = s.book_path().metadata().expect("the book is a file").len();
            assert_eq!(info["size_bytes"].as_u64(), Some(size));
            assert_eq!(s.ok("db path").stdout, format!("{path}\n"));
        }
        assert!(info["size_bytes"].as_i64().is_some_and(|bytes| bytes > 0));
        assert!(info["schema_version"].as_str().is_some_and(|version| version.len() == 14));
        assert!(info["pool"].is_object());
        let text = s.ok("db info").stdout;
        assert!(text.contains("USD") && text.contains('2'), "{text}");
    }

    fn history_lists_the_migrations_oldest_first(s: &Sandbox) {
        s.ok("add 3 coffee");
        let history = s.json("db history");
        assert_eq!(keys(&history), "migrations");
        assert_eq!(keys(&history["migrations"][0]), "version name applied_at");
        let versions = column(&history["migrations"], "version");
        assert!(versions.is_sorted() && versions.len() >= 4, "{versions:?}");
        assert!(!column(&history["migrations"], "applied_at").contains(&"null".to_owned()));
        assert_eq!(versions.last(), Some(&crate::typed::text(&s.json("db info")["schema_version"])));
        says_newest(s, versions.last().expect("there are some"));
    }

    fn a_sound_book_verifies_and_checks_in_silence(s: &Sandbox) {
        s.ok("add 3 coffee");
        let verified = s.json("db verify");
        assert_eq!((&verified["ok"], &verified["transactions"]), (&true.into(), &1.into()));
        assert!(s.ok("db verify").stdout.contains('1'));
        for line in ["check", "check book", "check book -q"] {
            let run = s.ok(line);
            assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""), "{line}");
        }
        let checked = s.json("check book");
        assert_eq!(keys(&checked), "findings pace");
        assert_eq!(checked["findings"].as_array().map(Vec::len), Some(0));
        s.fails(2, "check nonsense");
    }

    fn a_spoilt_book_is_found_out_and_its_totals_are_repaired(s: &Sandbox) {
        s.ok("add 3 coffee -c drinks");
        s.ok("add 4 tea -d 2025-12-01");
        let sound = s.dump(&HISTORY);
        s.execute("UPDATE account_totals SET amount = amount + 1 WHERE month = 202601");
        s.execute("DELETE FROM category_totals WHERE bucket = 0");
        for line in ["check", "check book", "db verify"] {
            let run = s.run(line).fails(10);
            assert!(run.stdout.contains("total"), "{line}: {}", run.stdout);
            assert!(!s.run(&format!("{line} -q")).fails(10).stdout.is_empty(), "a finding is never silenced");
        }
        let checked = s.run("check book --json").fails(10).json();
        assert_eq!(checked["findings"].as_array().map(Vec::len), Some(2));
        assert_eq!(keys(&checked["findings"][0]), "check severity message category_slug");
        assert_eq!(brief(&checked["findings"][0], "check severity"), "book error");
        assert_eq!(s.run("db verify --json").fails(10).json()["ok"], false);
        s.run("db verify --repair -n");
        s.run("db verify").fails(10);
        let repaired = s.json("db verify --repair");
        assert_eq!((&repaired["ok"], &repaired["repaired"]), (&true.into(), &true.into()));
        assert_eq!(sound, s.dump(&HISTORY));
        s.ok("check");
    }

    fn one_select_is_answered_as_a_table(s: &Sandbox) {
        s.ok("add 3 coffee");
        s.ok("add 4 tea");
        let sql = "SELECT t.id, p.name, t.note FROM transactions t JOIN payees p ON p.id = t.payee_id ORDER BY t.id";
        let run = s.groat(["db", "query", sql, "--json"]).ok().json();
        assert_eq!(keys(&run), "columns rows more");
        assert_eq!(run["columns"], serde_json::json!(["id", "name", "note"]));
        assert_eq!(
            run["rows"],
            serde_json::json!([
                {"id": "1", "name": "coffee", "note": null},
                {"id": "2", "name": "tea", "note": null},
            ])
        );
        assert_eq!(s.groat(["db", "query", sql, "--csv"]).ok().stdout, "id,name,note\n1,coffee,\n2,tea,\n");
        let one = s.groat(["db", "query", sql, "-L", "1", "--json"]).ok();
        assert_eq!(
            (&one.json()["more"], one.json()["rows"].as_array().map(Vec::len)),
            (&true.into(), Some(1))
        );
        says(&one, &["-L"]);
        // One SELECT may end in a semicolon or a comment, and begin with WITH.
        for sql in
            ["SELECT 1 AS one;", "SELECT 1 AS one -- first", "WITH x AS (SELECT 1 AS one) SELECT one FROM x"]
        {
            assert_eq!(s.groat(["db", "query", sql, "--csv"]).ok().stdout, "one\n1\n", "{sql}");
        }
    }

    fn a_query_can_change_nothing(s: &Sandbox) {
        s.ok("add 3 coffee");
        let before = s.dump(&[]);
        for sql in [
            "DELETE FROM postings",
            "UPDATE accounts SET name = 'x'",
            "DROP TABLE postings",
            "SELECT 1; DELETE FROM postings",
            "WITH gone AS (DELETE FROM postings RETURNING 1) SELECT * FROM gone",
            "INSERT INTO tags (name) VALUES ('x')",
            "CREATE TABLE x (a INTEGER)",
            "COMMIT",
            "SELECT * FROM nowhere",
            "SELEC 1",
            "",
            "--",
        ] {
            let run = s.groat(["db", "query", sql]).fails(2);
            crate::typed::assert_is_one_error(&run);
            assert_eq!(before, s.dump(&[]), "{sql}");
        }
        // What looks like one SELECT only because it closes the parenthesis around it.
        let _ = s.groat(["db", "query", "SELECT 1) x; DELETE FROM postings; SELECT (1"]);
        assert_eq!(before, s.dump(&[]));
    }

    fn a_query_that_takes_too_long_is_stopped(s: &Sandbox) {
        s.ok("add 3 coffee");
        let endless =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
        let run = s.groat(["db", "query", endless, "--seconds", "1"]).fails(1);
        says(&run, &["--seconds"]);
        s.ok("add 4 tea");
    }

    fn a_rollback_asks_and_loses_nothing_that_the_older_schema_holds(s: &Sandbox) {
        s.ok("add 3 coffee -c drinks -t out");
        let applied = |s: &Sandbox| inspect::query(&s.database_url(), "SELECT version FROM __diesel_schema_migrations").len();
        let (before, newest) = (s.dump(&[]), applied(s));
        let run = s.refuses(4, "db rollback");
        says(&run, &["--yes"]);
        says(&s.ok("db rollback -n"), &["dry run"]);
        assert_eq!(before, s.dump(&[]));
        let reverted = s.json("db rollback -y");
        assert_eq!(reverted["reverted"].as_str().map(str::len), Some(14));
        if s.is_postgres() {
            assert!(reverted["copy"].is_null());
        } else {
            let copy = reverted["copy"].as_str().expect("a copy from before");
            assert!(std::path::Path::new(copy).is_file(), "{copy}");
        }
        assert_eq!(applied(s), newest - 1);
        // The next command brings it up to date again.
        assert_eq!(s.json("list")["total"], 1);
        assert_eq!(before, s.dump(&[]));
        s.ok("db verify");
        s.ok("add 4 tea");
        s.ok("undo");
    }

    fn a_dry_run_of_migrate_changes_nothing(s: &Sandbox) {
        s.ok("add 3 coffee");
        s.ok("db rollback -y");
        let state = |s: &Sandbox| (s.dump(&[]), column(&s.json("db history -n")["migrations"], "applied_at"));
        let before = state(s);
        says(&s.ok("db migrate -n"), &["dry run"]);
        assert_eq!(before, state(s));
        s.ok("db migrate");
        assert_ne!(before, state(s));
    }

    fn an_older_book_is_brought_up_to_date_by_any_command(s: &Sandbox) {
        for line in ["list", "add 4 tea", "db migrate"] {
            s.ok("add 3 coffee");
            s.ok("db rollback -y");
            s.ok(line);
            let pending = column(&s.json("db history")["migrations"], "applied_at");
            assert!(!pending.contains(&"null".to_owned()), "{line}");
        }
        s.ok("db verify");
    }

    fn there_is_nothing_to_roll_back_without_a_book(s: &Sandbox) {
        s.fails(3, "db rollback -y");
        assert!(s.has_no_book());
    }
}

fn says_newest(s: &Sandbox, version: &str) {
    assert!(s.ok("db migrate").stdout.contains(version));
    assert_eq!(s.json("db migrate")["schema_version"], version);
}

#[test]
fn a_server_compiles_no_statements_unless_the_address_says_so() {
    let Some(mut s) = Sandbox::postgres() else { return };
    s.ok("account add Cash --kind cash");
    s.execute(
        "CREATE TABLE seen (jit TEXT); \
         CREATE FUNCTION note_it() RETURNS trigger LANGUAGE plpgsql AS \
         'BEGIN INSERT INTO seen VALUES (current_setting(''jit'')); RETURN NEW; END'; \
         CREATE TRIGGER noting AFTER INSERT ON transactions FOR EACH ROW EXECUTE FUNCTION note_it()",
    );
    s.ok("add 3 coffee");
    let url = s.database_url();
    s.set("GROAT_DATABASE_URL", format!("{url}?options=-c%20jit%3Don"));
    s.ok("add 4 tea");
    assert_eq!(s.query("SELECT jit FROM seen"), [["off"], ["on"]]);
}

//! Places that are no book, or cannot be reached, read or written: exit 5 (2 for what is no address at all), and
//! nothing there is touched.

use std::fs::{self, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};

use crate::support::postgres::with_database;
use crate::support::{Proxy, Sandbox, on_both_databases};
use crate::typed::{Typed, assert_is_one_error, like, says, shell, words};

/// Commands that read, that change, and that look after the book.
const COMMANDS: [&str; 8] =
    ["list", "add 3 coffee", "balance", "report", "undo", "db info", "db verify", "init --currency EUR"];

#[test]
fn a_file_that_is_no_database_is_refused_and_left_alone() {
    let s = Sandbox::sqlite();
    let text =
        "Dear diary,\nthis is not a database, though it is long enough to be taken for one.\n".repeat(100);
    let file = s.write("diary.txt", &text);
    for line in COMMANDS {
        says(&s.fails(5, &format!("{line} --db diary.txt")), &["diary.txt", "not a groat book"]);
    }
    assert_eq!(fs::read_to_string(&file).expect("it is still there"), text);
    s.write("short", "x");
    s.fails(5, "add 3 coffee --db short");
}

#[test]
fn a_folder_is_refused() {
    let s = Sandbox::sqlite();
    for line in COMMANDS {
        says(&s.fails(5, &format!("{line} --db .")), &["folder"]);
    }
    // A path through a file, or into a folder that cannot be made.
    s.write("file", "x");
    s.fails(5, "add 3 coffee --db file/book.db");
    s.fails(5, "add 3 coffee --db /proc/nowhere/book.db");
}

#[test]
fn a_damaged_book_is_told_and_left_alone() {
    let s = Sandbox::sqlite();
    s.ok("add 3 coffee");
    let mut bytes = fs::read(s.book_path()).expect("the book is a file");
    for byte in &mut bytes[100..] {
        *byte = 0xaa;
    }
    fs::write(s.book_path(), &bytes).expect("it can be written");
    for line in COMMANDS {
        s.fails(5, line);
    }
    assert_eq!(fs::read(s.book_path()).expect("it is still there"), bytes);
}

#[test]
fn an_empty_file_becomes_a_book_with_the_first_change() {
    let s = Sandbox::sqlite();
    let file = s.write("empty.db", "");
    assert_eq!(s.json("list --db empty.db")["total"], 0);
    s.fails(2, "add 0 --db empty.db");
    assert_eq!(fs::metadata(&file).expect("it is still there").len(), 0);
    s.ok("add 3 coffee --db empty.db");
    assert_eq!(s.json("list --db empty.db")["total"], 1);
}

#[test]
fn a_book_in_a_folder_that_is_not_there_is_made_with_it() {
    let s = Sandbox::sqlite();
    s.ok("add 3 coffee --db sqlite:new/folder/book.db");
    assert!(s.path("new/folder/book.db").is_file());
    // A name that looks like part of a URL is a name.
    for name in ["a b.db", "50%.db", "q?x=1.db", "ünïcode.db", "-dash.db", "it's.db", "a#b.db", "a:b.db"] {
        s.groat(["add", "3", "coffee", &format!("--db={name}")]).ok();
        assert!(s.path(name).is_file(), "{name}");
        assert_eq!(s.groat(["list", "--json", &format!("--db={name}")]).ok().json()["total"], 1, "{name}");
    }
}

#[test]
fn where_there_is_no_book_the_command_that_makes_that_one_is_named() {
    let mut s = Sandbox::sqlite();
    for (line, how) in [
        ("list", "`groat add 3.20 coffee`"),
        ("--book demo list", "`groat demo`"),
        ("--book holiday list", "`groat --book holiday add 3.20 coffee`"),
        ("--db ./my.db", "`groat --db ./my.db add 3.20 coffee`"),
        ("--db './my book.db' db history", "`groat --db './my book.db' add 3.20 coffee`"),
    ] {
        says(&s.ok(line), &[&format!("; {how} makes one")]);
    }
    s.set("GROAT_BOOK", "demo");
    says(&s.ok("list"), &["`groat demo` makes one"]);
    s.set("GROAT_BOOK", "holiday");
    says(&s.ok("list"), &["`groat add 3.20 coffee` makes one"]);
}

on_both_databases! {
    fn another_programs_database_is_never_touched(s: &Sandbox) {
        let theirs = "CREATE TABLE __diesel_schema_migrations (version VARCHAR(50) PRIMARY KEY NOT NULL, \
                run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP); \
             INSERT INTO __diesel_schema_migrations (version) VALUES ('20240101000000'); \
             CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO users VALUES (1, 'ann');";
        make(s, theirs);
        let before = s.dump(&[]);
        for line in COMMANDS {
            says(
                &s.fails(5, line),
                &[
                    "another program's",
                    if s.is_postgres() { "GROAT_DATABASE_URL" } else { "the default place" },
                ],
            );
            assert_eq!(before, s.dump(&[]), "{line}");
        }
        s.fails(5, "db init -y");
        s.fails(5, "db migrate");
        s.fails(5, "db rollback -y");
        assert_eq!(before, s.dump(&[]));
        // One that happens to have a table of that name as well.
        s.execute("CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT)");
        let before = s.dump(&[]);
        for line in COMMANDS {
            s.fails(5, line);
        }
        assert_eq!(before, s.dump(&[]));
    }

    fn a_book_of_a_newer_groat_is_neither_read_nor_changed(s: &Sandbox) {
        s.ok("add 3 coffee");
        s.execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('29990101000000')");
        let before = s.dump(&[]);
        for line in COMMANDS {
            says(&s.fails(5, line), &["newer groat", "29990101000000"]);
        }
        s.fails(5, "db rollback -y");
        assert_eq!(before, s.dump(&[]));
    }

    fn an_address_of_an_unknown_kind_is_refused_with_those_there_are(s: &Sandbox) {
        for address in [
            "mysql://joe@host/db",
            "mysql:db",
            "http://example.org/book.db",
            "ftp://host/x",
            "jdbc:postgresql://h/d",
            "mongodb://h",
        ] {
            for line in ["list", "add 3 coffee", "db path"] {
                let run = s.fails(2, &format!("{line} --db {address}"));
                says(&run, &["sqlite:PATH", "postgres://", "postgresql://", "`--db`"]);
            }
        }
        s.fails(2, "list --db ''");
        s.fails(2, "list --db '  '");
        let run = s.groat_with("", &[("GROAT_DATABASE_URL", "mysql://h/d")], ["list"]).fails(2);
        says(&run, &["GROAT_DATABASE_URL"]);
        assert!(s.has_no_book());
    }
}

/// Makes the sandbox's database what these statements make, before any groat.
fn make(s: &Sandbox, sql: &str) {
    if s.is_postgres() {
        s.execute(sql);
    } else {
        let path = s.book_path();
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
        let mut connection =
            SqliteConnection::establish(&path.display().to_string()).expect("a database can be made");
        connection.batch_execute(sql).expect("the statements are sound");
    }
}

/// What keeps root from passing file rights by.
const BOUND: [&str; 2] = ["--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"];

/// Whether a command can be run as somebody whom file rights bind: root is not, unless it gives the right to pass
/// them by away. Says so where it cannot.
#[allow(clippy::disallowed_methods, reason = "whether a test may be left out is asked of the environment")]
fn can_be_bound(s: &Sandbox) -> bool {
    if !rustix::process::geteuid().is_root() {
        return true;
    }
    let probe = s.write("probe", "");
    fs::set_permissions(&probe, Permissions::from_mode(0o400)).expect("rights can be set");
    let asked = Command::new("setpriv").args(BOUND).args(["test", "!", "-w"]).arg(&probe).status();
    if asked.is_ok_and(|status| status.success()) {
        return true;
    }
    assert!(!std::env::var("CI").is_ok_and(|value| value == "true"), "under CI=true every test must run");
    let _ = std::io::stderr()
        .write_all(b"not run: root cannot give up the right to write read-only files here\n");
    false
}

fn bound_by_rights(s: &Sandbox, line: &str) -> Command {
    let groat = s.command(words(line));
    if !rustix::process::geteuid().is_root() {
        return groat;
    }
    let mut command = Command::new("setpriv");
    command.args(BOUND).arg(groat.get_program()).args(groat.get_args());
    like(&mut command, &groat);
    command
}

#[track_caller]
fn run_bound(s: &Sandbox, code: i32, line: &str) -> String {
    let done = bound_by_rights(s, line).output().expect("groat can be started");
    let stderr = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(code), "{line}: {stderr}");
    stderr
}

#[test]
fn a_read_only_book_can_be_read_and_not_written() {
    let s = Sandbox::sqlite();
    if !can_be_bound(&s) {
        return;
    }
    s.ok("add 3 coffee");
    let before = s.dump(&[]);
    let set = |path: &Path, mode| {
        fs::set_permissions(path, Permissions::from_mode(mode)).expect("rights can be set")
    };
    set(&s.book_path(), 0o400);
    for line in [
        "list",
        "show 1",
        "balance",
        "report",
        "log",
        "db info",
        "db verify",
        "check",
        "db query 'SELECT 1'",
        "",
    ] {
        run_bound(&s, 0, line);
    }
    for line in [
        "add 3 coffee",
        "edit 1 --amount -4",
        "undo",
        "account add X",
        "init --currency EUR",
        "db verify --repair",
    ] {
        let told = run_bound(&s, 5, line);
        assert!(told.contains("can be read but not written"), "{line}: {told}");
    }
    // A folder that takes no journal beside the book is no better.
    set(&s.book_path(), 0o600);
    let folder = s.book_path().parent().expect("a folder").to_owned();
    set(&folder, 0o500);
    run_bound(&s, 0, "list");
    run_bound(&s, 5, "add 3 coffee");
    run_bound(&s, 5, "add 3 coffee --book another");
    set(&folder, 0o700);
    set(&s.book_path(), 0o000);
    run_bound(&s, 5, "list");
    set(&s.book_path(), 0o600);
    assert_eq!(before, s.dump(&[]));
}

#[test]
fn a_disk_that_takes_no_more_is_told_and_nothing_is_changed() {
    let s = Sandbox::sqlite();
    s.ok("add 3 coffee");
    let before = s.dump(&[]);
    for line in ["add 4 tea -c drinks", "edit 1 --amount -4", "db verify --repair"] {
        // What stands for a full disk without rights of any kind: no file may grow.
        let script = "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\"";
        let done = shell(&s, script, line).output().expect("there is a shell");
        let stderr = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(5), "{line}: {stderr}");
        assert!(stderr.contains("error: ") && !stderr.contains("panicked"), "{stderr}");
        assert_eq!(before, s.dump(&[]), "{line}");
    }
    s.ok("add 4 tea");
    s.ok("db verify");
}

#[test]
fn a_locked_book_is_waited_for_and_then_told() {
    let s = Sandbox::sqlite();
    s.ok("add 3 coffee");
    let mut other =
        SqliteConnection::establish(&s.book_path().display().to_string()).expect("the book is there");
    other.batch_execute("BEGIN IMMEDIATE").expect("nobody else writes");
    // Reading goes on meanwhile.
    assert_eq!(s.json("list")["total"], 1);
    s.ok("config set busy_timeout 0");
    says(&s.fails(5, "add 4 tea"), &["locked"]);
    s.ok("config set busy_timeout 30");
    let waiting = s.spawn(["add", "4", "tea"]);
    other.batch_execute("ROLLBACK").expect("it was begun");
    waiting.wait().ok();
    assert_eq!(s.json("list")["total"], 2);
}

#[test]
fn a_postgres_book_that_is_locked_is_waited_for_and_then_told() {
    let Some(s) = Sandbox::postgres() else { return };
    s.ok("add 3 coffee");
    let mut other = diesel::PgConnection::establish(&s.database_url()).expect("the server is there");
    other.batch_execute("BEGIN; LOCK TABLE postings IN EXCLUSIVE MODE").expect("nobody else is there");
    // Reading goes on meanwhile.
    assert_eq!(s.json("list")["total"], 1);
    s.ok("config set busy_timeout 1");
    says(&s.fails(5, "add 4 tea"), &["locked"]);
    other.batch_execute("ROLLBACK").expect("it was begun");
    s.ok("add 4 tea");
}

#[test]
fn a_postgres_that_is_down_or_has_no_such_database_is_told() {
    let Some(s) = Sandbox::postgres() else { return };
    let down = Proxy::unreachable_url(&s);
    let unknown = with_database(&s.database_url(), "groat_test_no_such_database");
    for line in COMMANDS {
        for url in [&down, &unknown] {
            let run = s.groat_with("", &[("GROAT_DATABASE_URL", url)], words(line)).fails(5);
            assert_is_one_error(&run);
            says(&run, &["cannot connect", "GROAT_DATABASE_URL"]);
        }
    }
    let run = s.groat(["list", "--json", "--db", &down]).fails(5);
    assert_eq!(run.json_error()["code"], "database");
    // What needs no database needs no server either.
    for line in ["help", "config list", "db path", "--version"] {
        s.groat_with("", &[("GROAT_DATABASE_URL", &down)], words(line)).ok();
    }
    assert!(s.has_no_book());
}

#[test]
fn a_postgres_book_without_the_right_to_write_can_be_read() {
    let Some(s) = Sandbox::postgres() else { return };
    s.ok("add 3 coffee");
    let before = s.dump(&[]);
    let joint = if s.database_url().contains('?') { '&' } else { '?' };
    let url = format!("{}{joint}options=-c%20default_transaction_read_only%3Don", s.database_url());
    let run = |line: &str| s.groat_with("", &[("GROAT_DATABASE_URL", &url)], words(line));
    for line in ["list", "balance", "report", "log", "db info", "db verify"] {
        run(line).ok();
    }
    for line in ["add 3 coffee", "undo", "edit 1 --amount -4"] {
        says(&run(line).fails(5), &["can be read but not written"]);
    }
    assert_eq!(before, s.dump(&[]));
}

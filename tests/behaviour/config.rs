//! `config`, and which of flag, variable, `.env`, file and default wins.

use crate::support::{Sandbox, on_both_databases};
use crate::typed::{Typed, brief, keys, says, words};

fn setting(s: &Sandbox, key: &str) -> String {
    let list = s.json("config list --origin");
    let all = list["settings"].as_array().expect("settings");
    let found = all.iter().find(|setting| setting["key"] == key).expect("a known setting");
    brief(found, "value origin")
}

#[test]
fn a_setting_is_set_shown_and_unset() {
    let s = Sandbox::sqlite();
    let file = s.root().join("config/groat/config.toml");
    assert_eq!(s.ok("config path").stdout, format!("{}\n", file.display()));
    assert_eq!(s.json("config path")["path"], file.display().to_string());
    s.fails(3, "config get account");
    s.ok("config set account Checking");
    assert_eq!(s.ok("config get account").stdout, "Checking\n");
    assert_eq!(brief(&s.json("config get account"), "key value origin"), "account Checking config file");
    s.ok("config set strict true");
    s.ok("config set pool.size 4");
    assert_eq!(
        std::fs::read_to_string(&file).expect("it was written"),
        "account = \"Checking\"\nstrict = true\n\n[pool]\nsize = 4\n"
    );
    s.ok("config unset account");
    s.fails(3, "config get account");
    s.fails(3, "config unset account");
    assert_eq!(setting(&s, "pool.size"), "4 config file");
    assert!(s.has_no_book());
}

#[test]
fn a_comment_in_the_file_survives_a_change() {
    let s = Sandbox::sqlite();
    s.ok("config set strict true");
    let file = s.root().join("config/groat/config.toml");
    std::fs::write(&file, "# mine\nstrict = true # really\n").expect("it can be written");
    s.ok("config set account Cash");
    let text = std::fs::read_to_string(&file).expect("it was written");
    assert!(text.starts_with("# mine\nstrict = true # really\n"), "{text}");
}

#[test]
fn what_no_setting_takes_is_refused() {
    let s = Sandbox::sqlite();
    for (line, said) in [
        ("config set acount X", "did you mean `account`?"),
        ("config get nope", "nope"),
        ("config unset nope", "nope"),
        ("config set strict yes", "true or false"),
        ("config set date_order mdyy", "dmy"),
        ("config set decimal_mark ;", "decimal_mark"),
        ("config set pool.size 0", "1"),
        ("config set busy_timeout -- -1", "busy_timeout"),
        ("config set account ''", "account"),
        ("config set database mysql://h/d", "postgres://"),
        ("config", "list"),
    ] {
        says(&s.fails(2, line), &[said]);
    }
    assert!(!s.root().join("config/groat/config.toml").exists());
}

#[test]
fn a_config_file_that_cannot_be_is_an_error_of_every_command() {
    let s = Sandbox::sqlite();
    s.ok("config set strict true");
    let file = s.root().join("config/groat/config.toml");
    for (text, said) in [
        ("strict = ", "TOML"),
        ("strict = \"perhaps\"", "strict"),
        ("colour = \"never\"", "colour"),
        ("account = [1]", "account"),
        ("[pool]\nsizes = 3", "pool.sizes"),
    ] {
        std::fs::write(&file, text).expect("it can be written");
        says(&s.fails(2, "list"), &[said, "config.toml"]);
        s.fails(2, "add 3 coffee");
    }
    assert!(s.has_no_book());
    // Another file may be named, and must then be there.
    s.write("other.toml", "strict = true\n");
    s.ok("list --config other.toml");
    s.fails(2, "list --config nope.toml");
}

#[test]
fn a_dry_run_writes_no_file() {
    let s = Sandbox::sqlite();
    says(&s.ok("config set strict true -n"), &["dry run"]);
    assert!(!s.root().join("config/groat/config.toml").exists());
}

#[test]
fn list_says_where_each_value_comes_from() {
    let mut s = Sandbox::sqlite();
    assert_eq!(keys(&s.json("config list")), "settings");
    assert_eq!(setting(&s, "strict"), "false default");
    assert_eq!(setting(&s, "actor"), "tester GROAT_ACTOR");
    s.ok("config set actor ann");
    assert_eq!(setting(&s, "actor"), "tester GROAT_ACTOR");
    s.unset("GROAT_ACTOR");
    assert_eq!(setting(&s, "actor"), "ann config file");
    assert!(s.ok("config list --origin").stdout.contains("config file"));
    // What came with a folder settles which book is meant, and nothing else.
    s.write(".env", "GROAT_ACTOR=bob\nGROAT_CONFIG=/no/such/file\nGROAT_PAGER=reboot\n");
    assert_eq!(setting(&s, "actor"), "ann config file");
    assert_eq!(setting(&s, "pager"), "null default");
}

#[test]
fn list_says_where_the_book_is_named() {
    let mut s = Sandbox::sqlite();
    s.ok("config set database /file/book.db");
    let named = setting(&s, "database");
    assert!(named.starts_with("/file/book.db ") && named.contains("config file"), "{named}");
    s.write(".env", "DATABASE_URL=mysql://theirs\n");
    let named = setting(&s, "database");
    assert!(named.starts_with("mysql://theirs ") && named.contains("DATABASE_URL in ./.env"), "{named}");
    s.set("GROAT_DATABASE_URL", "postgres://joe@host/db");
    let named = setting(&s, "database");
    assert!(named.starts_with("postgres://joe@host/db ") && named.contains("GROAT_DATABASE_URL"), "{named}");
}

#[test]
fn the_book_is_the_first_that_is_named() {
    let mut s = Sandbox::sqlite();
    let data = s.root().join("data/groat");
    let path = |s: &Sandbox, flags: &str| s.ok(&format!("db path {flags}")).stdout.trim_end().to_owned();
    // From the weakest on: each wins over all before it.
    assert_eq!(path(&s, ""), data.join("groat.db").display().to_string());
    s.ok("config set database /file.db");
    assert_eq!(path(&s, ""), "/file.db");
    s.write(".env", "DATABASE_URL=/dotenv.db\n");
    assert_eq!(path(&s, ""), "/dotenv.db");
    s.write(".env", "DATABASE_URL=/dotenv.db\nGROAT_DATABASE_URL=/groat-dotenv.db\n");
    assert_eq!(path(&s, ""), "/groat-dotenv.db");
    s.set("DATABASE_URL", "/variable.db");
    assert_eq!(path(&s, ""), "/variable.db");
    s.set("GROAT_DATABASE_URL", "/groat-variable.db");
    assert_eq!(path(&s, ""), "/groat-variable.db");
    s.set("GROAT_BOOK", "work");
    assert_eq!(path(&s, ""), data.join("work.db").display().to_string());
    assert_eq!(path(&s, "--book play"), data.join("play.db").display().to_string());
    assert_eq!(path(&s, "--book play --db sqlite:/flag.db"), "/flag.db");
    assert_eq!(path(&s, "--db postgresql://joe@h/d"), "postgresql://joe@h/d");
    for name in ["''", "a/b", "../x", ".hidden"] {
        s.fails(2, &format!("db path --book {name}"));
    }
}

#[test]
fn the_dotenv_of_a_parent_folder_is_never_read() {
    let s = Sandbox::sqlite();
    s.write(".env", "GROAT_DATABASE_URL=/dotenv.db\nSECRET=x\n");
    let below = s.path("below");
    std::fs::create_dir(&below).expect("a folder can be made");
    let mut command = s.command(["db", "path"]);
    let shown = command.current_dir(&below).output().expect("groat can be started");
    assert_eq!(String::from_utf8_lossy(&shown.stdout), format!("{}\n", s.book_path().display()));
}

#[test]
fn books_beside_each_other_do_not_know_each_other() {
    let s = Sandbox::sqlite();
    s.ok("add 1 here");
    s.ok("add 2 there --book holiday");
    assert_eq!(s.json("list")["transactions"][0]["payee"], "here");
    assert_eq!(s.json("list --book holiday")["transactions"][0]["payee"], "there");
    assert_eq!(s.groat_with("", &[("GROAT_BOOK", "holiday")], words("list --json")).ok().json()["total"], 1);
}

on_both_databases! {
    fn a_plain_database_url_is_made_a_book_only_when_told(s: &Sandbox) {
        // As another program's variable: not GROAT_DATABASE_URL.
        let place =
            if s.is_postgres() { s.database_url() } else { s.path("theirs.db").display().to_string() };
        let env = [("GROAT_DATABASE_URL", ""), ("DATABASE_URL", place.as_str())];
        let run = |line: &str| s.groat_with("", &env, words(line));
        let untouched = || {
            if s.is_postgres() { assert!(s.has_no_book()) } else { assert!(!s.path("theirs.db").exists()) }
        };
        run("list").ok();
        untouched();
        let refused = run("add 3 coffee").fails(5);
        says(&refused, &["DATABASE_URL", "groat db init"]);
        untouched();
        run("db init").fails(4);
        run("db init -y -n").ok();
        untouched();
        let made = run("db init -y --json").ok().json();
        assert_eq!((&made["created"], &made["currency"]), (&true.into(), &"USD".into()));
        run("add 3 coffee").ok();
        assert_eq!(run("list --json").ok().json()["total"], 1);
        // Once is enough, and again does no harm.
        assert_eq!(run("db init --json").ok().json()["created"], false);
        assert_eq!(run("list --json").ok().json()["total"], 1);
    }
}

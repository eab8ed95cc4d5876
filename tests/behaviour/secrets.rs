//! Passwords in addresses are never printed: not in answers, errors, logs, SQL echoes, nor kept in the history.

use crate::support::postgres::with_database;
use crate::support::{Run, Sandbox};
use crate::typed::{Typed, text, words};

const PASSWORD: &str = "tr0ub4dor";

/// Addresses with a password that lead nowhere, in the forms that libpq takes and some that it does not.
fn addresses() -> Vec<String> {
    [
        "postgres://joe:{}@127.0.0.1:1/db",
        "postgresql://joe:{}@127.0.0.1:1/db?connect_timeout=1",
        "postgres://joe:a@b:{}@127.0.0.1:1/db",
        "postgres://joe:a {} b@127.0.0.1:1/db",
        "postgres://joe:{}%40%2F@127.0.0.1:1/db",
        "postgres://joe:{}%zz@127.0.0.1:1/db",
        "postgres://joe:%zz{}@127.0.0.1:1/db",
        "postgres://joe:{}@127.0.0.1:port/db",
        "postgres://joe:{}@[::1/db",
        "postgres://joe:{}@127.0.0.1:1/db?nonsense=1",
        "postgres://joe:{}@127.0.0.1:1/db?sslmode=nonsense",
        "postgres://127.0.0.1:1/db?user=joe&password={}",
        "postgres://127.0.0.1:1/db?password=a%20{}&user=joe",
        "postgres://127.0.0.1:1/db?user=joe&sslpassword={}",
        "postgres://joe:{}/x@127.0.0.1:1/db",
        "postgres://joe:{}?x@127.0.0.1:1/db",
        "mysql://joe:{}@host/db",
        "http://joe:{}@host/db",
    ]
    .map(|form| form.replace("{}", PASSWORD))
    .to_vec()
}

#[track_caller]
fn keeps_quiet(run: &Run) {
    assert!(!run.stdout.contains(PASSWORD) && !run.stderr.contains(PASSWORD), "{}", run.snapshot());
}

#[test]
fn an_error_about_an_address_never_shows_its_password() {
    let s = Sandbox::sqlite();
    for address in addresses() {
        for flags in ["", "--json", "-vv"] {
            let flag = s.groat(["list", "--db", &address].into_iter().chain(flags.split_whitespace()));
            assert!(flag.code == 5 || flag.code == 2, "{}", flag.snapshot());
            keeps_quiet(&flag);
        }
        let variables = [("GROAT_DATABASE_URL", address.as_str()), ("GROAT_LOG", "debug")];
        for line in
            ["add 3 coffee", "db info", "db path", "db init -y", "config list --origin", "config list --json"]
        {
            keeps_quiet(&s.groat_with("", &variables, words(line)));
        }
        s.write(".env", format!("DATABASE_URL='{address}'\n"));
        keeps_quiet(&s.ok("config list --origin"));
        let run = s.run("list");
        assert!(run.code == 5 || run.code == 2, "{}", run.snapshot());
        keeps_quiet(&run);
        s.write(".env", "");
    }
}

#[test]
fn an_address_in_the_config_file_is_shown_without_its_password() {
    let s = Sandbox::sqlite();
    for address in addresses().into_iter().filter(|address| address.starts_with("postgres")) {
        for line in [
            &["config", "set", "database", &address][..],
            &["config", "set", "database", &address, "--json"],
            &["config", "get", "database"],
            &["config", "get", "database", "--json"],
            &["config", "list"],
            &["config", "list", "--csv"],
            &["db", "path"],
            &["db", "info"],
            &["list"],
        ] {
            keeps_quiet(&s.groat(line));
        }
    }
    let kept = std::fs::read_to_string(s.root().join("config/groat/config.toml")).expect("it was written");
    assert!(kept.contains(PASSWORD), "what was set is what is kept: {kept}");
}

#[test]
fn an_unknown_database_and_a_refused_user_are_told_without_the_password() {
    let Some(s) = Sandbox::postgres() else { return };
    for user in ["postgres", "nobody_of_that_name"] {
        let url =
            with_password(&with_database(&s.database_url(), "groat_test_no_such_database"), user, PASSWORD);
        for line in ["list", "add 3 coffee", "db info", "list -vv", "list --json"] {
            let run = s.groat_with("", &[("GROAT_DATABASE_URL", &url)], words(line)).fails(5);
            keeps_quiet(&run);
        }
    }
}

#[test]
fn the_history_keeps_command_lines_without_passwords() {
    let Some(s) = Sandbox::postgres() else { return };
    // The server trusts: any password will do.
    for (at, password) in
        [PASSWORD.to_owned(), format!("a {PASSWORD} b"), format!("{PASSWORD}%40"), format!("a@{PASSWORD}")]
            .iter()
            .enumerate()
    {
        let url = with_password(&s.database_url(), "postgres", password);
        let flag = format!("--db={url}");
        for args in [
            &["add", "3", "coffee", "--db", &url][..],
            &["add", "3", "coffee", &flag],
            &["--db", &url, "undo"],
            &["list", &flag, "-vv"],
        ] {
            let run = s.groat(args);
            if run.code != 0 {
                // libpq ends the user at the first `@`, and since version 17 refuses blanks.
                assert!(password.contains(['@', ' ']), "{at}: {}", run.snapshot());
            }
            keeps_quiet(&run);
        }
        for line in ["log --json", "log", "db info", "db path"] {
            keeps_quiet(&s.groat_with("", &[("GROAT_DATABASE_URL", &url)], words(line)));
        }
    }
    assert!(!s.dump(&[]).contains(PASSWORD));
    assert!(text(&s.json("log")).contains("--db"), "all but the password is kept");
}

/// The same address with another user and a password.
fn with_password(url: &str, user: &str, password: &str) -> String {
    let (scheme, rest) = url.split_once("://").expect("a URL has a scheme");
    let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    format!("{scheme}://{user}:{password}@{host}")
}

//! One PostgreSQL database a test, on the server that `GROAT_TEST_POSTGRES` names. Connects as an administrator for
//! as long as one statement takes. Used by `sandbox`.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::io::Write;
use std::sync::OnceLock;
use std::thread;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::{Connection, ConnectionResult, PgConnection};

const DEFAULT_SERVER: &str = "postgres://postgres@127.0.0.1:5432/postgres";

/// A database of its own, dropped with everybody on it when this value is.
pub struct Database {
    pub name: String,
    pub url: String,
}

impl Database {
    /// Makes an empty UTF-8 database, by default sorting by bytes. Without a server, or without the locale, it says
    /// so on stderr and returns None; under `CI=true` it panics.
    #[track_caller]
    pub fn create(locale: Option<&str>) -> Option<Self> {
        if let Err(reason) = server_answers() {
            return cannot_run(&format!("no PostgreSQL at {}: {reason}", server()));
        }
        let name = unique_name();
        match create(&name, locale.unwrap_or("C")) {
            Ok(()) => Some(Self { url: with_database(&server(), &name), name }),
            Err(reason) if reason.contains("invalid locale name") => cannot_run(&reason),
            Err(reason) => panic!("no database {name}: {reason}"),
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // No panic: this also runs while a failed test unwinds.
        if let Err(reason) = administer(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)) {
            say(&format!("left behind: database {}: {reason}", self.name));
        }
    }
}

/// Returns the URL of the server's administrative database.
pub fn server() -> String {
    std::env::var("GROAT_TEST_POSTGRES").unwrap_or_else(|_| DEFAULT_SERVER.into())
}

/// Returns the same URL for another database of the same server.
pub fn with_database(url: &str, name: &str) -> String {
    let (place, options) = url.split_at(url.find('?').unwrap_or(url.len()));
    let host = place.find("://").map_or(0, |scheme| scheme + 3);
    let path = place[host..].find('/').map_or(place.len(), |slash| host + slash);
    format!("{}/{name}{options}", &place[..path])
}

/// Asked once a program: every test would wait for the same answer.
fn server_answers() -> Result<(), String> {
    static ANSWER: OnceLock<Result<(), String>> = OnceLock::new();
    ANSWER.get_or_init(|| administer("SELECT 1")).clone()
}

fn create(name: &str, locale: &str) -> Result<(), String> {
    let sql = format!(
        "CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE '{locale}' LC_CTYPE '{locale}'"
    );
    let mut answer = administer(&sql);
    // Autovacuum visits the template now and then, and it cannot be copied meanwhile.
    for attempt in 1..10 {
        let Err(reason) = &answer else { break };
        if !reason.contains("is being accessed by other users") {
            break;
        }
        thread::sleep(Duration::from_millis(50 * attempt));
        answer = administer(&sql);
    }
    answer
}

fn administer(sql: &str) -> Result<(), String> {
    let mut connection = connect(&server()).map_err(|error| error.to_string())?;
    connection.batch_execute(sql).map_err(|error| error.to_string())
}

/// Connects; a server that is full, as another test is just filling it, is asked again for half a minute.
pub fn connect(url: &str) -> ConnectionResult<PgConnection> {
    for _ in 0..150 {
        match PgConnection::establish(url) {
            Err(error) if error.to_string().contains("too many clients") => {
                thread::sleep(Duration::from_millis(200));
            }
            other => return other,
        }
    }
    PgConnection::establish(url)
}

/// Process ids are used again and a killed run leaves its databases behind: hence the random part.
fn unique_name() -> String {
    format!("groat_test_{}_{:016x}", std::process::id(), RandomState::new().build_hasher().finish())
}

/// A test that cannot run says so and passes, but never where a green result is relied on.
#[track_caller]
pub fn cannot_run<T>(reason: &str) -> Option<T> {
    let is_ci = std::env::var("CI").is_ok_and(|value| value == "true");
    assert!(!is_ci, "under CI=true every test must run: {reason}");
    let test = thread::current().name().unwrap_or("a test").to_owned();
    let words: Vec<&str> = reason.split_whitespace().collect();
    say(&format!("{test}: not run: {}", words.join(" ")));
    None
}

/// Past the test runner, which keeps what a passing test prints to itself.
fn say(line: &str) {
    let _ = std::io::stderr().write_all(format!("{line}\n").as_bytes());
}

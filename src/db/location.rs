//! Where a book is: a file or a PostgreSQL URL, and how to speak of it without giving a password away.
//!
//! Made by the command line from flags, environment and configuration; used by `connection.rs`.

use std::path::{Path, PathBuf};

use crate::domain::invalid::Invalid;

/// The schemes that are understood, for messages.
const SCHEMES: &str = "`sqlite:PATH`, a path, `postgres://` or `postgresql://`";

/// A place that holds, or may come to hold, a book.
#[derive(Clone, PartialEq, Eq)]
pub enum Place {
    /// A SQLite file.
    File(PathBuf),
    /// A PostgreSQL database, as a URL for libpq.
    Postgres(String),
    /// A book that lives as long as the process: what a reading command sees where there is none.
    Memory,
}

/// A place and who named it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Location {
    /// The database.
    pub place: Place,
    /// Which flag, variable or setting named it, for messages: "`--db`", "the default place".
    pub origin: String,
    /// Named by a plain `DATABASE_URL`, which may belong to another program: an empty database there is
    /// not made a book without being told to.
    pub is_borrowed: bool,
}

impl Location {
    /// The location that `text` names.
    ///
    /// # Errors
    /// An unknown scheme or an empty text, listing what is understood.
    pub fn parse(text: &str, origin: &str) -> Result<Location, Invalid> {
        Ok(Location { place: Place::parse(text, origin)?, origin: origin.to_owned(), is_borrowed: false })
    }
}

impl Place {
    fn parse(text: &str, origin: &str) -> Result<Place, Invalid> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Invalid::new(format!("{origin} is empty")).hint(format!("give {SCHEMES}")));
        }
        match text.split_once(':') {
            Some(("sqlite", path)) => Ok(Place::File(PathBuf::from(path.strip_prefix("//").unwrap_or(path)))),
            Some(("postgres" | "postgresql", rest)) if rest.starts_with("//") => {
                Ok(Place::Postgres(text.to_owned()))
            }
            Some((scheme, rest)) if rest.starts_with("//") || is_scheme(scheme) => {
                Err(Invalid::new(format!(
                    "{origin} has the scheme `{}`, which groat does not know",
                    crate::domain::name::visible(scheme)
                ))
                .hint(format!("understood are {SCHEMES}")))
            }
            _ if text.contains("password=") => {
                Err(Invalid::new(format!("{origin} is no path")).hint(format!("understood are {SCHEMES}")))
            }
            _ => Ok(Place::File(PathBuf::from(text))),
        }
    }

    /// The file, when it is one.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Place::File(path) => Some(path),
            _ => None,
        }
    }

    /// Whether the address says by itself whether the server compiles statements: `?options=-c%20jit=on`.
    pub fn says_how_to_compile(&self) -> bool {
        let Place::Postgres(url) = self else { return false };
        url.split_once('?').is_some_and(|(_, said)| said.contains("jit"))
    }

    /// Whether both are one database, as far as the words tell: one file by whatever path, or the same name on the same
    /// server, whoever asks for it.
    pub fn is_same(&self, other: &Place) -> bool {
        match (self, other) {
            (Place::File(one), Place::File(two)) => real(one) == real(two),
            (Place::Postgres(one), Place::Postgres(two)) => database_in(one) == database_in(two),
            (Place::Memory, Place::Memory) => true,
            (Place::File(_) | Place::Postgres(_) | Place::Memory, _) => false,
        }
    }

    /// The URL or path with any password replaced by `***`.
    pub fn redacted(&self) -> String {
        match self {
            Place::File(path) => redact_word(&path.display().to_string()),
            Place::Postgres(url) => redact_word(url),
            Place::Memory => "(none yet)".to_owned(),
        }
    }
}

/// The path with the links in its folder resolved; the file need not be there.
fn real(path: &Path) -> PathBuf {
    let plain = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    // The file itself, and folders that are not there yet, have no links in them.
    let known = plain.ancestors().skip(1).find_map(|folder| Some((folder, folder.canonicalize().ok()?)));
    match known {
        Some((folder, real)) => real.join(plain.strip_prefix(folder).unwrap_or(&plain)),
        None => plain,
    }
}

/// Host, port and name of the database in an address, each as it is by default where it is not said.
fn database_in(url: &str) -> [String; 3] {
    let address = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (address, query) = address.split_once('?').unwrap_or((address, ""));
    let (user, rest) = address.rsplit_once('@').unwrap_or(("", address));
    let user = user.split(':').next().unwrap_or_default();
    let (server, name) = rest.split_once('/').unwrap_or((rest, ""));
    let (host, port) = server.rsplit_once(':').unwrap_or((server, ""));
    let said = |key: &str, there: &str, usual: &str| {
        let in_query = query.split('&').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='));
        let said = in_query.unwrap_or(there);
        if said.is_empty() { usual.to_owned() } else { said.to_lowercase() }
    };
    [said("host", host, "localhost"), said("port", port, "5432"), said("dbname", name, user)]
}

/// A word before a colon that somebody meant as a scheme (`mysql:foo`), not a file called `a:b` or `C:\`.
fn is_scheme(word: &str) -> bool {
    [
        "mysql",
        "mariadb",
        "mongodb",
        "http",
        "https",
        "redis",
        "mssql",
        "sqlserver",
        "oracle",
        "jdbc",
        "pg",
        "postgres",
        "postgresql",
        "file",
    ]
    .contains(&word.to_ascii_lowercase().as_str())
}

/// A message with the passwords of every `scheme://user:password@` and `password=` in it replaced by `***`. An
/// address ends at a blank; for one that stands alone see `redact_word`.
pub fn redact(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        out.push_str(before);
        let end = after.find(char::is_whitespace).unwrap_or(after.len());
        out.push_str(&without_password(&after[..end]));
        rest = &after[end..];
    }
    out.push_str(rest);
    redact_parameter(&out)
}

/// One argument or address, blanks and all, with its password replaced by `***`.
pub fn redact_word(word: &str) -> String {
    match word.find("://") {
        Some(at) => redact_parameter(&format!("{}{}", &word[..at + 3], without_password(&word[at + 3..]))),
        None => redact_parameter(word),
    }
}

/// What stands behind `scheme://`. A password may hold a raw `/`, `?` or `@`: all up to the last `@` counts as
/// user info, which hides too much rather than too little.
fn without_password(address: &str) -> String {
    let Some((user_info, host)) = address.rsplit_once('@') else { return address.to_owned() };
    match user_info.split_once(':') {
        Some((user, _)) => format!("{user}:***@{host}"),
        None => address.to_owned(),
    }
}

/// The password in an address, as it is written there.
pub(super) fn password_in(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    let (user_info, _) = rest.rsplit_once('@')?;
    user_info.split_once(':').map(|(_, password)| password).filter(|password| !password.is_empty())
}

fn redact_parameter(text: &str) -> String {
    const KEYS: [&str; 2] = ["password=", "sslpassword="];
    let Some((at, key)) = KEYS.iter().filter_map(|key| text.find(key).map(|at| (at, *key))).min() else {
        return text.to_owned();
    };
    let value_at = at + key.len();
    let value = &text[value_at..];
    let end = value.find(|c: char| c == '&' || c.is_whitespace()).unwrap_or(value.len());
    format!("{}***{}", &text[..value_at], redact_parameter(&value[end..]))
}

impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.redacted())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_never_shown() {
        for (url, shown) in [
            ("postgres://joe:s3cret@host/db", "postgres://joe:***@host/db"),
            ("postgres://joe:a@b@host/db", "postgres://joe:***@host/db"),
            ("postgres://joe:a/b?c@host/db", "postgres://joe:***@host/db"),
            ("postgres://joe@host/db", "postgres://joe@host/db"),
            ("postgres://host/db?user=joe&password=x&a=b", "postgres://host/db?user=joe&password=***&a=b"),
            ("groat --db postgres://a:b@c/d list", "groat --db postgres://a:***@c/d list"),
            ("no url here", "no url here"),
        ] {
            assert_eq!(redact(url), shown);
        }
    }

    #[test]
    fn an_address_that_stands_alone_hides_a_password_with_blanks() {
        for (word, shown) in [
            ("postgres://joe:s3 cret@h:1/x", "postgres://joe:***@h:1/x"),
            ("--db=postgres://joe:s3 cret@h/x", "--db=postgres://joe:***@h/x"),
            ("postgres://h/db", "postgres://h/db"),
        ] {
            assert_eq!(redact_word(word), shown);
        }
        assert!(Location::parse("host=h password=s3cret", "`--db`").is_err());
    }

    #[test]
    fn one_place_may_be_written_in_several_ways() {
        let place = |text: &str| Location::parse(text, "x").unwrap().place;
        for (one, two, is_same) in [
            ("a.db", "sqlite:./a.db", true),
            ("a.db", "b.db", false),
            ("a.db", "postgres://h/d", false),
            ("postgres://joe:x@h/d", "postgresql://ann@H:5432/d?sslmode=require", true),
            ("postgres://joe@h", "postgres://h/joe", true),
            ("postgres://x/d?host=h", "postgres://h/d", true),
            ("postgres://h/d", "postgres://h/e", false),
            ("postgres://h:1/d", "postgres://h:2/d", false),
            ("postgres://h/d", "postgres://i/d", false),
        ] {
            assert_eq!(place(one).is_same(&place(two)), is_same, "{one} {two}");
        }
    }

    #[test]
    fn unknown_schemes_are_refused() {
        for text in ["mysql:foo", "mysql://h/d", "http://x", "ftp://x", ""] {
            assert!(Location::parse(text, "`--db`").is_err(), "{text}");
        }
    }

    #[test]
    fn paths_and_urls_are_told_apart() {
        for (text, place) in [
            ("sqlite:/a/b.db", Place::File("/a/b.db".into())),
            ("sqlite:///a/b.db", Place::File("/a/b.db".into())),
            ("books/me.db", Place::File("books/me.db".into())),
            ("postgresql://h/d", Place::Postgres("postgresql://h/d".into())),
        ] {
            assert_eq!(Location::parse(text, "x").unwrap().place, place);
        }
    }
}

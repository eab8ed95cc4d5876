//! The hermetic surroundings of one test: own HOME, XDG folders, working directory and book, a fixed day, and no
//! variable of the machine but PATH. Leaves the databases on the server to `postgres`, the results to `run`.

use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use tempfile::TempDir;

use super::inspect;
use super::postgres::Database;
use super::proxy::Proxy;
use super::run::{Run, Running};
use super::terminal::Terminal;

const GROAT: &str = env!("CARGO_BIN_EXE_groat");

const FIXED: [(&str, &str); 5] = [
    ("GROAT_TODAY", "2026-01-15"),
    ("TZ", "UTC"),
    ("LANG", "C.UTF-8"),
    ("COLUMNS", "80"),
    ("GROAT_ACTOR", "tester"),
];

/// One test's own corner of the machine; gone when dropped, its PostgreSQL database included.
pub struct Sandbox {
    env: Vec<(OsString, OsString)>,
    root: PathBuf,
    database: Option<Database>,
    _folder: TempDir,
}

impl Sandbox {
    /// Returns a sandbox without a book; the first changing command makes one at [`Sandbox::book_path`].
    pub fn sqlite() -> Self {
        let folder = TempDir::with_prefix("groat-test-").expect("a temporary folder can be made");
        // Where the temporary folder is behind a link, groat may print the real path.
        let root = folder.path().canonicalize().expect("the folder was just made");
        for name in ["home", "config", "data", "cache", "state", "work"] {
            std::fs::create_dir(root.join(name)).expect("a folder can be made in the sandbox");
        }
        Self { env: environment(&root), root, database: None, _folder: folder }
    }

    /// Returns a sandbox on an empty PostgreSQL database of its own, named in `GROAT_DATABASE_URL`; None where there
    /// is no server (the reason goes to stderr), which under `CI=true` fails the test instead.
    #[track_caller]
    pub fn postgres() -> Option<Self> {
        Database::create(None).map(Self::on)
    }

    /// Another empty sandbox on the same kind of database.
    #[track_caller]
    pub fn another(&self) -> Self {
        let other = if self.is_postgres() { Self::postgres() } else { Some(Self::sqlite()) };
        other.expect("what ran a moment ago still answers")
    }

    /// Like [`Sandbox::postgres`], with a database that sorts and compares by `locale`, say `en_US.UTF-8`.
    #[track_caller]
    pub fn postgres_with_locale(locale: &str) -> Option<Self> {
        Database::create(Some(locale)).map(Self::on)
    }

    fn on(database: Database) -> Self {
        let mut sandbox = Self::sqlite();
        sandbox.set("GROAT_DATABASE_URL", &database.url);
        sandbox.database = Some(database);
        sandbox
    }

    /// Sets a variable for every later run.
    pub fn set(&mut self, name: &str, value: impl AsRef<OsStr>) {
        self.unset(name);
        self.env.push((name.into(), value.as_ref().into()));
    }

    /// Takes a variable away from every later run.
    pub fn unset(&mut self, name: &str) {
        self.env.retain(|(known, _)| known != name);
    }

    pub fn is_postgres(&self) -> bool {
        self.database.is_some()
    }

    /// Returns where a book is made when nothing else is said.
    pub fn book_path(&self) -> PathBuf {
        self.root.join("data/groat/groat.db")
    }

    /// Returns the URL of the book that runs use by default: `sqlite:PATH` or `postgres://..`.
    pub fn database_url(&self) -> String {
        match &self.database {
            Some(database) => database.url.clone(),
            None => format!("sqlite:{}", self.book_path().display()),
        }
    }

    /// Returns the path of a file in the working directory (of the directory itself for "").
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.join("work").join(name)
    }

    /// Returns the folder that holds home, config, data, cache, state and work.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Writes a file into the working directory and returns its path.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).expect("a file can be written in the sandbox");
        path
    }

    /// Runs groat to its end, with nothing on stdin.
    #[track_caller]
    #[must_use = "check it with ok() or fails(code)"]
    pub fn groat(&self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Run {
        self.spawn(args).wait()
    }

    /// Runs groat to its end with this on stdin and these variables set besides the sandbox's own.
    #[track_caller]
    #[must_use = "check it with ok() or fails(code)"]
    pub fn groat_with(
        &self,
        stdin: &str,
        env: &[(&str, &str)],
        args: impl IntoIterator<Item = impl AsRef<OsStr>>,
    ) -> Run {
        let mut command = self.command(args);
        command.envs(env.iter().copied()).stdin(Stdio::piped());
        let mut running = self.start(command);
        let mut pipe = running.child.stdin.take().expect("stdin was asked to be a pipe");
        let text = stdin.to_owned();
        // Beside the reading, as either side may wait for the other; groat may also end without reading it all.
        thread::spawn(move || pipe.write_all(text.as_bytes()));
        running.wait()
    }

    /// Runs groat to its end on the sandbox's database, reached through a proxy.
    #[track_caller]
    #[must_use = "check it with ok() or fails(code)"]
    pub fn groat_through(&self, proxy: &Proxy, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Run {
        self.groat_with("", &[("GROAT_DATABASE_URL", &proxy.url())], args)
    }

    /// Starts groat and returns at once: for runs beside each other.
    #[track_caller]
    pub fn spawn(&self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Running {
        self.start(self.command(args))
    }

    /// Starts groat in a pseudo-terminal of 24 rows and 80 columns.
    #[track_caller]
    pub fn terminal(&self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Terminal {
        let mut command = self.command(args);
        // The terminal itself says how wide it is.
        command.env_remove("COLUMNS").env("TERM", "xterm-256color");
        Terminal::start(&command)
    }

    /// Returns the command that the other ways to run start: for pipes, signals and the like.
    pub fn command(&self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
        let mut command = Command::new(GROAT);
        command.args(args).env_clear().envs(self.env.iter().cloned()).current_dir(self.path(""));
        command.stdin(Stdio::null());
        command
    }

    #[track_caller]
    fn start(&self, mut command: Command) -> Running {
        let line = command_line(&command);
        let child =
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("groat can be started");
        Running::new(child, line, self.redactions())
    }

    fn redactions(&self) -> Vec<(String, &'static str)> {
        let mut redactions = vec![(self.root.display().to_string(), "[SANDBOX]")];
        if let Some(database) = &self.database {
            redactions.push((database.url.clone(), "[DATABASE_URL]"));
            redactions.push((database.name.clone(), "[DATABASE]"));
        }
        redactions
    }

    /// Returns the rows of a query on the book, every cell as text (see [`inspect::query`]).
    #[track_caller]
    pub fn query(&self, sql: &str) -> Vec<Vec<String>> {
        inspect::query(&self.database_url(), sql)
    }

    /// Runs statements on the book behind groat's back: to spoil it, or to make what groat would not.
    #[track_caller]
    pub fn execute(&self, sql: &str) {
        inspect::execute(&self.database_url(), sql);
    }

    /// Returns every row of every table but these as text (see [`inspect::dump`]).
    #[track_caller]
    pub fn dump(&self, leave_out: &[&str]) -> String {
        inspect::dump(&self.database_url(), leave_out)
    }
}

fn environment(root: &Path) -> Vec<(OsString, OsString)> {
    let mut env: Vec<(OsString, OsString)> =
        FIXED.iter().map(|(name, value)| (name.into(), value.into())).collect();
    for (name, folder) in [
        ("HOME", "home"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_STATE_HOME", "state"),
    ] {
        env.push((name.into(), root.join(folder).into()));
    }
    env.extend(std::env::var_os("PATH").map(|path| ("PATH".into(), path)));
    env
}

/// Returns the command as a person would type it.
fn command_line(command: &Command) -> String {
    let mut line = String::from("groat");
    for arg in command.get_args() {
        let arg = arg.to_string_lossy();
        let is_plain =
            !arg.is_empty() && !arg.contains(|c: char| c.is_whitespace() || "'\"\\$&|;<>()*?#".contains(c));
        line += &if is_plain { format!(" {arg}") } else { format!(" '{}'", arg.replace('\'', r"'\''")) };
    }
    line
}

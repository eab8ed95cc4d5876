//! A PostgreSQL server of one test's own, which it may stop and start: never the one that all tests share.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::postgres::cannot_run;

/// A running server, gone with its data when dropped.
pub struct Cluster {
    programs: PathBuf,
    folder: String,
    port: u16,
}

impl Cluster {
    /// Makes one and starts it; where there is no PostgreSQL to make it with, says so, and fails under `CI=true`.
    #[track_caller]
    pub fn start() -> Option<Cluster> {
        let Some(programs) = programs() else {
            return cannot_run("no initdb and pg_ctl under /usr/lib/postgresql");
        };
        let folder = as_owner("mktemp", &["-d", "/tmp/groat-cluster-XXXXXX"]).trim().to_owned();
        // Somebody else could take it before the server does; the server would then not start.
        let port = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr());
        let port = port.expect("a local port is free").port();
        let cluster = Cluster { programs, folder, port };
        let data = cluster.data();
        cluster.run(
            "initdb",
            &["-D", &data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"],
        );
        cluster.begin();
        Some(cluster)
    }

    /// The URL of its first database.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// Starts it.
    pub fn begin(&self) {
        let options = format!("-p {} -k {} -h 127.0.0.1 -F", self.port, self.folder);
        let log = format!("{}/log", self.folder);
        self.run("pg_ctl", &["start", "-w", "-D", &self.data(), "-l", &log, "-o", &options]);
    }

    /// Stops it, putting everybody out.
    pub fn stop(&self) {
        self.run("pg_ctl", &["stop", "-w", "-m", "fast", "-D", &self.data()]);
    }

    /// Stops and starts it.
    pub fn restart(&self) {
        self.stop();
        self.begin();
    }

    fn data(&self) -> String {
        format!("{}/data", self.folder)
    }

    fn run(&self, program: &str, args: &[&str]) {
        as_owner(&self.programs.join(program).display().to_string(), args);
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // It may be down, and a test that fails must not fail twice.
        let program = self.programs.join("pg_ctl").display().to_string();
        let _ = owner(&program, &["stop", "-m", "immediate", "-D", &self.data()]).output();
        let _ = owner("rm", &["-rf", &self.folder]).output();
    }
}

/// Where Debian keeps the server's programs, of the newest version.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut found: Vec<PathBuf> = versions.flatten().map(|version| version.path().join("bin")).collect();
    found.retain(|folder| folder.join("initdb").exists() && folder.join("pg_ctl").exists());
    found.sort();
    found.pop()
}

/// PostgreSQL refuses to run as root.
fn owner(program: &str, args: &[&str]) -> Command {
    let mut command = if rustix::process::getuid().is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--", program]);
        command
    } else {
        Command::new(program)
    };
    command.args(args).current_dir(Path::new("/"));
    command
}

fn as_owner(program: &str, args: &[&str]) -> String {
    // Not through pipes: the server would inherit and keep them.
    let out = tempfile::tempfile().expect("a temporary file");
    let copy = out.try_clone().expect("a file can be shared");
    let err = out.try_clone().expect("a file can be shared");
    let status = owner(program, args).stdout(copy).stderr(err).status().expect("it can be started");
    let said = std::io::read_to_string(rewound(out)).expect("it writes text");
    assert!(status.success(), "{program} {args:?}: {said}");
    said
}

fn rewound(mut file: std::fs::File) -> std::fs::File {
    std::io::Seek::rewind(&mut file).expect("a file can be read again");
    file
}

//! One run of the binary: [`Running`] while it lasts, [`Run`] when it is over, with the assertions that most tests
//! end in. A failed assertion shows the command, both streams and the exit code.

use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Output};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

/// A run that takes longer is stuck: on a prompt, a lock or a dead connection.
const DEADLINE: Duration = Duration::from_secs(60);

/// A `groat` that has been started and not yet waited for.
#[must_use = "wait for it"]
pub struct Running {
    pub child: Child,
    command: String,
    redactions: Vec<(String, &'static str)>,
}

/// What one run gave.
#[derive(Debug)]
pub struct Run {
    pub stdout: String,
    pub stderr: String,
    /// The exit code; minus the number of the signal that ended it, if one did.
    pub code: i32,
    command: String,
    redactions: Vec<(String, &'static str)>,
}

impl Running {
    /// Takes charge of a process; `redactions` are (text, what [`Run::snapshot`] shows in its place).
    pub fn new(child: Child, command: String, redactions: Vec<(String, &'static str)>) -> Self {
        Self { child, command, redactions }
    }

    /// Ends the process as `kill -9` does; wait for it afterwards.
    pub fn kill(&mut self) {
        self.child.kill().expect("a process that was started can be killed");
    }

    /// Sends it a signal, as Ctrl-C sends `INT`; wait for it afterwards.
    pub fn send(&self, signal: Signal) {
        send(self.child.id(), signal);
    }

    /// Waits for the end; a process that takes longer than a minute is killed, and the test fails.
    #[track_caller]
    pub fn wait(self) -> Run {
        let Self { child, command, redactions } = self;
        let pid = child.id();
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || sender.send(child.wait_with_output()));
        let Ok(output) = receiver.recv_timeout(DEADLINE) else {
            send(pid, Signal::KILL);
            panic!("`{command}` did not end within {DEADLINE:?}");
        };
        Run::new(output.expect("the output of a process can be read"), command, redactions)
    }
}

impl Run {
    #[track_caller]
    fn new(output: Output, command: String, redactions: Vec<(String, &'static str)>) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("groat writes UTF-8 alone");
        let code = output.status.code().or_else(|| output.status.signal().map(|signal| -signal));
        Self {
            stdout: text(output.stdout),
            stderr: text(output.stderr),
            code: code.expect("a process that has ended has a code or a signal"),
            command,
            redactions,
        }
    }

    /// Asserts exit code 0.
    #[track_caller]
    pub fn ok(self) -> Self {
        self.fails(0)
    }

    /// Asserts this exit code.
    #[track_caller]
    pub fn fails(self, code: i32) -> Self {
        assert!(self.code == code, "expected exit code {code}\n{}", self.transcript());
        self
    }

    /// Returns stdout read as one JSON value, whatever the exit code (import prints with 6 as well).
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        self.parse(&self.stdout)
    }

    /// Returns the error object, which with `--json` is the last line of stderr, and asserts an empty stdout.
    #[track_caller]
    pub fn json_error(&self) -> serde_json::Value {
        assert!(self.stdout.is_empty(), "an error leaves stdout empty\n{}", self.transcript());
        self.parse(self.stderr.lines().last().unwrap_or_default())["error"].clone()
    }

    /// Returns command, exit code and both streams as one text without the paths and names of this run.
    pub fn snapshot(&self) -> String {
        let mut text = self.transcript();
        for (private, shown) in &self.redactions {
            text = text.replace(private, shown);
        }
        text
    }

    fn transcript(&self) -> String {
        let mut text = format!("$ {}\nexit: {}\n", self.command, self.code);
        for (name, stream) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !stream.is_empty() {
                text += &format!("--- {name}\n{stream}");
                // Said, because the end of a snapshot is trimmed and a missing line end would go unseen.
                text += if stream.ends_with('\n') { "" } else { "[no line end]\n" };
            }
        }
        text
    }

    #[track_caller]
    fn parse(&self, text: &str) -> serde_json::Value {
        match serde_json::from_str(text) {
            Ok(value) => value,
            Err(error) => panic!("not JSON: {error}\n{}", self.transcript()),
        }
    }
}

fn send(pid: u32, signal: Signal) {
    let pid = i32::try_from(pid).ok().and_then(Pid::from_raw).expect("a process id is a positive i32");
    // It may have ended by itself just now.
    let _ = kill_process(pid, signal);
}

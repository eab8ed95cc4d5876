//! A client of `groat mcp`: JSON-RPC, one message a line, over the pipes of the real binary. Every line that comes back
//! must be a message of the protocol.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use serde_json::{Value, json};

use super::sandbox::Sandbox;

/// An answer that takes longer does not come.
const DEADLINE: Duration = Duration::from_secs(60);

/// A running `groat mcp`, killed when dropped.
pub struct Agent {
    pub child: Child,
    stdin: Option<ChildStdin>,
    lines: Receiver<String>,
    stderr: Option<JoinHandle<String>>,
    last_id: u64,
}

/// How a `groat mcp` ended.
pub struct Ended {
    pub code: Option<i32>,
    pub stderr: String,
    /// Lines that nobody had asked for.
    pub unread: Vec<String>,
}

impl Agent {
    /// Starts `groat mcp` in a sandbox and shakes hands.
    #[track_caller]
    pub fn start(sandbox: &Sandbox) -> Agent {
        Agent::start_as(sandbox.command(["mcp"]))
    }

    /// Starts this command and shakes hands.
    #[track_caller]
    pub fn start_as(command: Command) -> Agent {
        let mut agent = Agent::spawn(command);
        let hello = agent.hello();
        assert_eq!(hello["result"]["serverInfo"]["name"], "groat", "{hello}");
        agent
    }

    /// Starts this command and says nothing.
    pub fn spawn(mut command: Command) -> Agent {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("groat can be started");
        let stdout = BufReader::new(child.stdout.take().expect("stdout is a pipe"));
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in stdout.lines() {
                let Ok(line) = line else { break };
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        // Read all along: groat would wait for who does not.
        let mut stderr = child.stderr.take().expect("stderr is a pipe");
        let stderr = thread::spawn(move || {
            let mut said = String::new();
            stderr.read_to_string(&mut said).expect("groat writes UTF-8");
            said
        });
        let stdin = child.stdin.take();
        Agent { child, stdin, lines, stderr: Some(stderr), last_id: 0 }
    }

    /// Shakes hands and returns the answer.
    #[track_caller]
    pub fn hello(&mut self) -> Value {
        let answer = self.request(
            "initialize",
            json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}),
        );
        self.say(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}).to_string());
        answer
    }

    /// Sends a line as it is.
    #[track_caller]
    pub fn say(&mut self, line: &str) {
        let stdin = self.stdin.as_mut().expect("stdin is open");
        stdin.write_all(format!("{line}\n").as_bytes()).expect("groat reads");
        stdin.flush().expect("groat reads");
    }

    /// Sends a request and returns its number.
    #[track_caller]
    pub fn ask(&mut self, method: &str, params: Value) -> u64 {
        self.last_id += 1;
        let id = self.last_id;
        self.say(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}).to_string());
        id
    }

    /// The next message.
    #[track_caller]
    pub fn hear(&mut self) -> Value {
        let line = self.lines.recv_timeout(DEADLINE).expect("groat answers");
        let message: Value = serde_json::from_str(&line).unwrap_or_else(|e| panic!("no JSON ({e}): {line}"));
        assert_eq!(message["jsonrpc"], "2.0", "stdout carries the protocol alone: {line}");
        message
    }

    /// Sends a request and returns the whole answer.
    #[track_caller]
    pub fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        let answer = self.hear();
        assert_eq!(answer["id"], id, "{answer}");
        answer
    }

    /// Calls a tool and returns its result, be it an error.
    #[track_caller]
    pub fn call(&mut self, tool: &str, arguments: Value) -> Value {
        let answer = self.request("tools/call", json!({"name": tool, "arguments": arguments}));
        assert!(answer.get("error").is_none(), "a failed call is a result, not: {answer}");
        answer["result"].clone()
    }

    /// Calls a tool and returns what it answers, which its text and its structure must agree on.
    #[track_caller]
    pub fn tell(&mut self, tool: &str, arguments: Value) -> Value {
        let result = self.call(tool, arguments);
        assert_ne!(result["isError"], true, "{result}");
        let text = result["content"][0]["text"].as_str().expect("an answer has text");
        let told: Value = serde_json::from_str(text).expect("the text is JSON");
        assert_eq!(told, result["structuredContent"]);
        told
    }

    /// Calls a tool that must fail, and returns the error.
    #[track_caller]
    pub fn fail(&mut self, tool: &str, arguments: Value) -> Value {
        let result = self.call(tool, arguments);
        assert_eq!(result["isError"], true, "{result}");
        let text = result["content"][0]["text"].as_str().expect("an error has text");
        let told: Value = serde_json::from_str(text).expect("the text is JSON");
        told["error"].clone()
    }

    /// Closes stdin and waits for the end.
    #[track_caller]
    pub fn finish(mut self) -> Ended {
        self.stdin = None;
        self.wait()
    }

    /// Waits for the end.
    #[track_caller]
    pub fn wait(mut self) -> Ended {
        let deadline = std::time::Instant::now() + DEADLINE;
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("a child can be waited for") {
                break status;
            }
            assert!(std::time::Instant::now() < deadline, "groat mcp does not end");
            thread::sleep(Duration::from_millis(5));
        };
        let stderr = self.stderr.take().expect("read once").join().expect("stderr was read");
        Ended { code: status.code(), stderr, unread: self.lines.iter().collect() }
    }

    /// What the process holds in memory, in KiB (proc(5), VmRSS).
    #[track_caller]
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("Linux");
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("proc(5) says VmRSS");
        line.split_whitespace().nth(1).expect("a number").parse().expect("a number")
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

//! groat in a pseudo-terminal: keys go in, the screen is read as a person sees it. Everything waits for what the
//! screen shows, with a deadline, never for a span of time. Started by `sandbox`.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

const ROWS: u16 = 24;
const COLUMNS: u16 = 80;
const DEADLINE: Duration = Duration::from_secs(20);

/// What a terminal sends for the keys that are no letters.
pub mod keys {
    pub const ENTER: &str = "\r";
    pub const ESCAPE: &str = "\x1b";
    pub const TAB: &str = "\t";
    pub const BACK_TAB: &str = "\x1b[Z";
    pub const BACKSPACE: &str = "\x7f";
    pub const DELETE: &str = "\x1b[3~";
    pub const UP: &str = "\x1b[A";
    pub const DOWN: &str = "\x1b[B";
    pub const RIGHT: &str = "\x1b[C";
    pub const LEFT: &str = "\x1b[D";
    pub const PAGE_UP: &str = "\x1b[5~";
    pub const PAGE_DOWN: &str = "\x1b[6~";
    pub const CTRL_C: &str = "\x03";
    pub const CTRL_D: &str = "\x04";
}

/// A running groat and its screen; killed when dropped.
pub struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keyboard: Keyboard,
    screen: Arc<Screen>,
}

type Keyboard = Arc<Mutex<Box<dyn Write + Send>>>;

struct Screen {
    view: Mutex<View>,
    has_changed: Condvar,
}

struct View {
    parser: vt100::Parser<Questions>,
    output: Vec<u8>,
    is_over: bool,
}

/// The answers to what a program asks its terminal, still to be sent.
#[derive(Default)]
struct Questions {
    answers: String,
}

impl vt100::Callbacks for Questions {
    fn unhandled_csi(
        &mut self,
        screen: &mut vt100::Screen,
        first: Option<u8>,
        _: Option<u8>,
        parameters: &[&[u16]],
        kind: char,
    ) {
        match (first, kind, parameters) {
            // Where is the cursor? Prompts ask, and wait for seconds if nobody answers.
            (None, 'n', [[6]]) => {
                let (row, column) = screen.cursor_position();
                self.answers += &format!("\x1b[{};{}R", row + 1, column + 1);
            }
            // What are you? A VT100 with its better screen.
            (None, 'c', _) => self.answers += "\x1b[?1;2c",
            _ => {}
        }
    }
}

impl Terminal {
    /// Starts a program in a terminal of 24 rows and 80 columns, with the command's arguments, variables and folder.
    #[track_caller]
    pub fn start(command: &Command) -> Self {
        let pty =
            native_pty_system().openpty(size(ROWS, COLUMNS)).expect("this machine has pseudo-terminals");
        let child = pty.slave.spawn_command(builder(command)).expect("groat can be started");
        let output = pty.master.try_clone_reader().expect("a terminal can be read");
        let keyboard = Arc::new(Mutex::new(pty.master.take_writer().expect("a terminal can be written to")));
        let screen = Arc::new(Screen { view: Mutex::new(View::new()), has_changed: Condvar::new() });
        let (shown, answering) = (Arc::clone(&screen), Arc::clone(&keyboard));
        thread::spawn(move || shown.follow(output, &answering));
        Self { child, master: pty.master, keyboard, screen }
    }

    /// Types text and [`keys`].
    #[track_caller]
    pub fn type_keys(&self, text: &str) {
        send(&self.keyboard, text).expect("a running program takes keys");
    }

    /// Waits until the screen shows this text and returns the screen.
    #[track_caller]
    pub fn wait_for(&self, text: &str) -> String {
        self.wait_until(&format!("`{text}` on the screen"), |screen| screen.contains(text))
    }

    /// Waits until the screen no longer shows this text and returns the screen.
    #[track_caller]
    pub fn wait_for_no(&self, text: &str) -> String {
        self.wait_until(&format!("no `{text}` on the screen"), |screen| !screen.contains(text))
    }

    /// Waits until the screen is as wanted and returns it; fails after 20 seconds, or when the program has ended
    /// without that, showing the screen. `what` says what was waited for.
    #[track_caller]
    pub fn wait_until(&self, what: &str, mut is_wanted: impl FnMut(&str) -> bool) -> String {
        let view = self.screen.wait_while(|view| !is_wanted(&view.text()) && !view.is_over);
        let text = view.text();
        drop(view);
        assert!(is_wanted(&text), "waited for {what}, but the screen is:\n{text}");
        text
    }

    /// Returns what the screen shows: a line a row, without blanks at the ends of lines and empty lines at the end.
    pub fn screen(&self) -> String {
        self.screen.view().text()
    }

    /// Returns everything the program has written, with all escape sequences.
    pub fn output(&self) -> String {
        String::from_utf8_lossy(&self.screen.view().output).into_owned()
    }

    /// Makes the window larger or smaller, as a person does with the mouse.
    pub fn resize(&self, rows: u16, columns: u16) {
        self.screen.view().parser.screen_mut().set_size(not_zero(rows), not_zero(columns));
        self.master.resize(size(rows, columns)).expect("a terminal can be resized");
    }

    /// Waits for the program's end and returns its exit code.
    #[track_caller]
    pub fn wait_for_exit(&mut self) -> u32 {
        let view = self.screen.wait_while(|view| !view.is_over);
        let (is_over, text) = (view.is_over, view.text());
        drop(view);
        assert!(is_over, "waited for the end, but the screen is:\n{text}");
        self.child.wait().expect("a child can be waited for").exit_code()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Screen {
    fn view(&self) -> MutexGuard<'_, View> {
        self.view.lock().expect("no thread panics with the view in hand")
    }

    fn wait_while(&self, mut is_waiting: impl FnMut(&View) -> bool) -> MutexGuard<'_, View> {
        self.has_changed
            .wait_timeout_while(self.view(), DEADLINE, |view| is_waiting(view))
            .expect("no thread panics with the view in hand")
            .0
    }

    fn follow(&self, mut output: Box<dyn Read + Send>, keyboard: &Keyboard) {
        let mut bytes = [0; 4096];
        // Linux reports an error, not an end, when the last program on a terminal is gone.
        while let Ok(count @ 1..) = output.read(&mut bytes) {
            let answers = self.view().take(&bytes[..count]);
            self.has_changed.notify_all();
            if !answers.is_empty() && send(keyboard, &answers).is_err() {
                break;
            }
        }
        self.view().is_over = true;
        self.has_changed.notify_all();
    }
}

impl View {
    fn new() -> Self {
        let parser =
            vt100::Parser::new_with_callbacks(not_zero(ROWS), not_zero(COLUMNS), 0, Questions::default());
        Self { parser, output: Vec::new(), is_over: false }
    }

    /// Shows bytes and returns what the terminal answers to them.
    fn take(&mut self, bytes: &[u8]) -> String {
        self.output.extend_from_slice(bytes);
        self.parser.process(bytes);
        std::mem::take(&mut self.parser.callbacks_mut().answers)
    }

    fn text(&self) -> String {
        let contents = self.parser.screen().contents();
        let lines: Vec<&str> = contents.lines().map(str::trim_end).collect();
        lines.join("\n").trim_end().to_owned()
    }
}

fn send(keyboard: &Keyboard, text: &str) -> std::io::Result<()> {
    let mut keyboard = keyboard.lock().expect("no thread panics with the keyboard in hand");
    keyboard.write_all(text.as_bytes())?;
    keyboard.flush()
}

/// The same command for the pseudo-terminal's own way to start it.
fn builder(command: &Command) -> CommandBuilder {
    let mut builder = CommandBuilder::new(command.get_program());
    builder.args(command.get_args());
    builder.env_clear();
    for (name, value) in command.get_envs() {
        if let Some(value) = value {
            builder.env(name, value);
        }
    }
    if let Some(folder) = command.get_current_dir() {
        builder.cwd(folder);
    }
    builder
}

fn size(rows: u16, columns: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn not_zero(length: u16) -> NonZeroU16 {
    NonZeroU16::new(length).expect("a terminal has rows and columns")
}

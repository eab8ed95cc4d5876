//! The lines of a file of rules with those of the files that it includes, each with its place.
//!
//! `parse` reads from here and never sees a file; who calls hands in how included ones are read.

use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Files that include others go no deeper.
const DEEPEST: usize = 10;

/// How an included file is read: its text, or why it cannot be.
pub type Read<'r> = dyn Fn(&Path) -> Result<String, String> + 'r;

/// One line of rules.
#[derive(Clone, Debug)]
pub struct Line {
    /// The file in which it stands.
    pub path: Rc<Path>,
    /// Its 1-based number there.
    pub number: usize,
    /// Its text without blanks at the end.
    pub text: String,
}

/// What is wrong at one place of the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// `bank.rules:3:5`.
    pub place: String,
    /// One lower-case sentence without a full stop.
    pub message: String,
    /// What to do instead.
    pub hint: Option<String>,
}

impl Line {
    /// What is wrong with a part of the line, by its place in the text.
    pub fn flaw(&self, at: usize, message: impl Into<String>) -> Flaw {
        let column = self.text.get(..at).map_or(0, |before| before.chars().count()) + 1;
        let place = format!("{}:{}:{column}", self.path.display(), self.number);
        Flaw { place, message: message.into(), hint: None }
    }

    /// Whether the line is blank.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Whether it is a comment.
    pub fn is_comment(&self) -> bool {
        self.text.trim_start().starts_with(['#', ';', '*'])
    }

    /// Whether it stands below an `if`.
    pub fn is_indented(&self) -> bool {
        self.text.starts_with([' ', '\t'])
    }

    /// Where the text begins behind its blanks.
    pub fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }
}

impl Flaw {
    /// The same with what to do.
    pub fn hint(self, hint: impl Into<String>) -> Flaw {
        Flaw { hint: Some(hint.into()), ..self }
    }
}

/// All lines of a text, included files in the place of the line that names them.
pub fn collect(text: &str, path: &Path, read: &Read<'_>, flaws: &mut Vec<Flaw>) -> Vec<Line> {
    let mut lines = Vec::new();
    Collector { read, flaws, lines: &mut lines }.take(text, path, 0);
    lines
}

struct Collector<'c> {
    read: &'c Read<'c>,
    flaws: &'c mut Vec<Flaw>,
    lines: &'c mut Vec<Line>,
}

impl Collector<'_> {
    fn take(&mut self, text: &str, path: &Path, depth: usize) {
        let shared: Rc<Path> = Rc::from(path);
        for (number, text) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let line = Line { path: Rc::clone(&shared), number, text: text.trim_end().to_owned() };
            match included(&line.text) {
                Some(name) => self.include(&line, name, depth),
                None => self.lines.push(line),
            }
        }
    }

    fn include(&mut self, line: &Line, name: &str, depth: usize) {
        let folder = line.path.parent().unwrap_or(Path::new(""));
        let path: PathBuf = folder.join(name);
        if depth == DEEPEST {
            self.flaws.push(line.flaw(0, format!("files include each other more than {DEEPEST} deep")));
            return;
        }
        match (self.read)(&path) {
            Ok(text) => self.take(&text, &path, depth + 1),
            Err(reason) => {
                let message = format!("`{name}` cannot be read: {reason}");
                self.flaws.push(line.flaw(0, message));
            }
        }
    }
}

/// The file that a line includes.
fn included(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("include")?;
    let name = rest.strip_prefix([' ', '\t'])?.trim();
    (!name.is_empty()).then_some(name)
}

//! Text into rules: settings, the list of columns, assignments, and blocks under conditions.
//!
//! Everything that is wrong is told at once, each with file, line and column. Values and patterns name columns that may
//! be listed behind them, so they are kept as text until all is read.

mod blocks;
mod settings;

use std::collections::HashMap;
use std::path::Path;

use super::columns::Columns;
use super::field::{Field, Kind};
use super::lines::{Flaw, Line, Read, collect};
use super::matching::{Subject, Subjects};
use super::rules::{Block, Matcher, Rules, Settings, Value};
use super::template::Template;
use crate::domain::invalid::Invalid;

/// So many flaws are told.
const MOST_FLAWS: usize = 5;

/// A file has no more blocks.
const MOST_BLOCKS: usize = 100_000;

/// An assignment as text.
struct Assignment {
    field: Field,
    value: String,
}

/// A block as text: groups of patterns, each with the line in which it stands, and assignments.
#[derive(Default)]
struct Draft {
    groups: Vec<Vec<Pattern>>,
    assignments: Vec<Assignment>,
}

/// A pattern as text, and its place.
struct Pattern {
    line: Line,
    at: usize,
    text: String,
    is_negated: bool,
}

#[derive(Default)]
struct Parser {
    lines: std::vec::IntoIter<Line>,
    settings: Settings,
    columns: Option<Vec<String>>,
    assignments: Vec<Assignment>,
    blocks: Vec<Draft>,
    flaws: Vec<Flaw>,
}

impl Rules {
    /// Reads rules; `path` is where the text stands, and `read` reads the files that it includes.
    ///
    /// # Errors
    /// All that is wrong with them.
    pub fn parse(text: &str, path: &Path, read: &Read<'_>) -> Result<Rules, Invalid> {
        let mut flaws = Vec::new();
        let lines = collect(text, path, read, &mut flaws);
        let text = lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n");
        let mut parser = Parser { lines: lines.into_iter(), flaws, ..Parser::default() };
        parser.read_all();
        parser.finish(text, path)
    }
}

impl Parser {
    fn read_all(&mut self) {
        while let Some(line) = self.lines.next() {
            if line.is_blank() || line.is_comment() {
                continue;
            }
            if line.is_indented() {
                let flaw = line.flaw(line.indent(), "an indented line belongs to no `if`");
                self.flaws.push(flaw.hint("an `if` and its patterns stand at the beginning of their lines"));
                continue;
            }
            let read = match line.text.strip_prefix("if").and_then(|rest| rest.chars().next()) {
                Some(separator) if !separator.is_alphanumeric() && !separator.is_whitespace() => {
                    self.read_table(&line, separator)
                }
                Some(blank) if blank.is_whitespace() => self.read_block(&line),
                None if line.text == "if" => self.read_block(&line),
                _ => self.read_line(&line),
            };
            self.flaws.extend(read.err());
        }
    }

    fn read_line(&mut self, line: &Line) -> Result<(), Flaw> {
        let (word, value, at) = halves(&line.text, 0);
        if word == "fields" {
            self.columns = Some(listed(value));
            return Ok(());
        }
        if let Some(read) = self.settings.take(word, value) {
            return read.map_err(|message| line.flaw(at, message));
        }
        let assignment = assignment(line, 0)?;
        if matches!(assignment.field.kind, Kind::Skip | Kind::End) {
            return Err(line.flaw(0, format!("`{word}` stands below no `if`")));
        }
        self.assignments.push(assignment);
        Ok(())
    }

    fn finish(mut self, text: String, path: &Path) -> Result<Rules, Invalid> {
        let columns = Columns::new(self.columns.take().unwrap_or_default());
        let mut values: HashMap<Field, Vec<Value>> = HashMap::new();
        let mut assign = |field, value| values.entry(field).or_default().push(value);
        for (place, name) in columns.names().enumerate() {
            if let Some(field) = Field::named(name) {
                assign(field, Value { block: None, template: Template::column(place) });
            }
        }
        for Assignment { field, value } in &self.assignments {
            assign(*field, Value { block: None, template: Template::read(value, &columns) });
        }
        let mut subjects = Subjects::default();
        let mut blocks = Vec::with_capacity(self.blocks.len());
        for (place, draft) in self.blocks.iter().enumerate() {
            let mut block = Block { groups: Vec::new(), catches: false };
            for Assignment { field, value } in &draft.assignments {
                let template = Template::read(value, &columns);
                block.catches |= template.has_groups();
                assign(*field, Value { block: Some(place), template });
            }
            for group in &draft.groups {
                let matchers = group.iter().map(|pattern| pattern.matcher(&columns, &mut subjects));
                match matchers.collect() {
                    Ok(matchers) => block.groups.push(matchers),
                    Err(flaw) => self.flaws.push(flaw),
                }
            }
            blocks.push(block);
        }
        if self.flaws.is_empty() && !values.contains_key(&Field::of(Kind::Date)) {
            self.flaws
                .push(whole(path, "no rule assigns `date`").hint("such as `date %1`, or `fields date, ...`"));
        }
        refuse(&self.flaws)?;
        let catching =
            blocks.iter().filter(|block| block.catches).flat_map(|block| block.groups.iter().flatten());
        subjects
            .compile(catching)
            .map_err(|message| Invalid::new(format!("{}: {message}", path.display())))?;
        Ok(Rules { settings: self.settings, columns, values, blocks, subjects, text })
    }
}

impl Pattern {
    /// The pattern for what it looks at.
    fn matcher(&self, columns: &Columns, subjects: &mut Subjects) -> Result<Matcher, Flaw> {
        let flaw = |message| self.line.flaw(self.at, message);
        let (subject, text) = match self.text.strip_prefix('%') {
            None => (Subject::Record, self.text.as_str()),
            Some(rest) => {
                let (name, text) = rest.split_once([' ', '\t']).unwrap_or((rest, ""));
                let place =
                    columns.find(name).ok_or_else(|| flaw(format!("no column is called `{name}`")))?;
                (Subject::Column(place), text.trim_start())
            }
        };
        if text.is_empty() {
            return Err(flaw("a pattern is missing".to_owned()));
        }
        let (subject, pattern) = subjects.add(subject, text).map_err(flaw)?;
        Ok(Matcher { subject, pattern, is_negated: self.is_negated })
    }
}

/// The word at that place, what stands behind it and a colon, and where that begins.
fn halves(text: &str, at: usize) -> (&str, &str, usize) {
    let end = text[at..].find([' ', '\t', ':']).map_or(text.len(), |end| at + end);
    let rest = text[end..].strip_prefix(':').unwrap_or(&text[end..]);
    let value = rest.trim_start();
    (&text[at..end], value, text.len() - value.len())
}

/// The names in a list of columns, in small letters; those that are blank or `_` have none.
fn listed(text: &str) -> Vec<String> {
    let name = |name: &str| {
        let name = name.trim().trim_matches('"').trim().to_lowercase();
        if name == "_" { String::new() } else { name }
    };
    text.split(',').map(name).collect()
}

/// `FIELD VALUE` or `FIELD: VALUE`.
fn assignment(line: &Line, at: usize) -> Result<Assignment, Flaw> {
    let (word, value, behind) = halves(&line.text, at);
    let Some(field) = Field::named(word) else {
        let flaw = line.flaw(at, format!("no field or directive is called `{word}`"));
        return Err(flaw.hint(
            "fields are `date`, `status`, `code`, `description`, `comment`, `account1`, `amount`, `amount-in`, \
             `amount-out`, `currency`, `balance`, and those with the number of a posting",
        ));
    };
    if field.kind == Kind::Account && (value.contains("  ") || value.contains('\t')) {
        return Err(
            line.flaw(behind, "an account's name has two blanks in it, which would end it in a journal")
        );
    }
    if field.kind == Kind::Skip && !value.is_empty() && value.parse::<u32>().is_err() {
        return Err(line.flaw(behind, format!("`skip` is followed by a number, not by `{value}`")));
    }
    Ok(Assignment { field, value: value.to_owned() })
}

fn whole(path: &Path, message: &str) -> Flaw {
    Flaw { place: path.display().to_string(), message: message.to_owned(), hint: None }
}

/// One error for all flaws.
fn refuse(flaws: &[Flaw]) -> Result<(), Invalid> {
    let Some(first) = flaws.first() else { return Ok(()) };
    let told = flaws.iter().take(MOST_FLAWS).map(|flaw| format!("{}: {}", flaw.place, flaw.message));
    let mut message = told.collect::<Vec<_>>().join("; ");
    if let Some(more) = flaws.len().checked_sub(MOST_FLAWS).filter(|more| *more > 0) {
        message.push_str(&format!("; and {more} more"));
    }
    let invalid = Invalid::new(message);
    Err(match first.hint.clone() {
        Some(hint) => invalid.hint(hint),
        None => invalid,
    })
}

//! `if` in its two forms: a block of patterns with assignments below it, and a table of patterns and values.

use super::super::field::Field;
use super::super::lines::{Flaw, Line};
use super::{Assignment, Draft, MOST_BLOCKS, Parser, Pattern, assignment};

impl Parser {
    /// Patterns behind `if` and in the lines below it, then indented assignments.
    pub(super) fn read_block(&mut self, first: &Line) -> Result<(), Flaw> {
        self.refuse_many(first)?;
        let mut draft = Draft::default();
        let behind = 2 + (first.text[2..].len() - first.text[2..].trim_start().len());
        if !first.text[behind..].is_empty() {
            draft.add(first, behind);
        }
        while let Some(line) = self.peek(|line| !line.is_indented() && !line.is_blank()) {
            if !line.is_comment() {
                draft.add(&line, 0);
            }
        }
        let mut has_body = false;
        while let Some(line) = self.peek(|line| line.is_indented() || line.is_blank()) {
            if line.is_blank() || line.is_comment() {
                continue;
            }
            has_body = true;
            match assignment(&line, line.indent()) {
                Ok(assignment) => draft.assignments.push(assignment),
                Err(flaw) => self.flaws.push(flaw),
            }
        }
        if draft.groups.is_empty() {
            return Err(first.flaw(behind, "no pattern follows `if`"));
        }
        if !has_body {
            return Err(first
                .flaw(0, "nothing is assigned below this `if`")
                .hint("assignments stand in indented lines below the patterns"));
        }
        self.blocks.push(draft);
        Ok(())
    }

    /// `if,FIELD,FIELD`, then `PATTERN,VALUE,VALUE` in each line up to a blank one.
    pub(super) fn read_table(&mut self, head: &Line, separator: char) -> Result<(), Flaw> {
        let mut at = 2 + separator.len_utf8();
        let mut fields = Vec::new();
        let mut trouble = None;
        for name in head.text[at..].split(separator) {
            match Field::named(name.trim()) {
                Some(field) => fields.push(field),
                None => {
                    trouble.get_or_insert_with(|| {
                        head.flaw(at, format!("no field is called `{}`", name.trim()))
                    });
                }
            }
            at += name.len() + separator.len_utf8();
        }
        while let Some(line) = self.peek(|line| !line.is_blank()) {
            if !line.is_comment() && trouble.is_none() {
                let read = self.read_row(&line, separator, &fields);
                self.flaws.extend(read.err());
            }
        }
        trouble.map_or(Ok(()), Err)
    }

    fn read_row(&mut self, line: &Line, separator: char, fields: &[Field]) -> Result<(), Flaw> {
        self.refuse_many(line)?;
        let mut cells = line.text.split(separator);
        let pattern = cells.next().unwrap_or_default();
        let values: Vec<&str> = cells.map(str::trim).collect();
        if values.len() != fields.len() {
            let (has, wants) = (values.len(), fields.len());
            let message = format!("the row has {has} values, and its table {wants} fields");
            return Err(line.flaw(pattern.len(), message));
        }
        let mut draft = Draft::default();
        draft.add_text(line, 0, pattern.trim());
        if draft.groups.is_empty() {
            return Err(line.flaw(0, "a pattern is missing"));
        }
        // A blank cell assigns nothing.
        let filled = fields.iter().zip(values).filter(|(_, value)| !value.is_empty());
        draft.assignments =
            filled.map(|(field, value)| Assignment { field: *field, value: value.to_owned() }).collect();
        self.blocks.push(draft);
        Ok(())
    }

    fn refuse_many(&self, line: &Line) -> Result<(), Flaw> {
        if self.blocks.len() < MOST_BLOCKS {
            return Ok(());
        }
        Err(line.flaw(0, format!("there are more than {MOST_BLOCKS} conditions")))
    }

    /// The next line, if it is so.
    fn peek(&mut self, is_so: impl Fn(&Line) -> bool) -> Option<Line> {
        if !self.lines.as_slice().first().is_some_and(is_so) {
            return None;
        }
        self.lines.next()
    }
}

impl Draft {
    /// Takes in the patterns of a line from that place on.
    fn add(&mut self, line: &Line, at: usize) {
        self.add_text(line, at, &line.text[at..]);
    }

    /// Patterns are joined by `&&`, and by `&` at the beginning of a line to those of the line before.
    fn add_text(&mut self, line: &Line, at: usize, text: &str) {
        let (is_joined, text) = match text.strip_prefix('&') {
            Some(rest) => (true, rest.strip_prefix('&').unwrap_or(rest)),
            None => (false, text),
        };
        let patterns: Vec<Pattern> = text
            .split(" && ")
            .map(str::trim)
            .map(|text| {
                let bare = text.strip_prefix('!').map(str::trim_start);
                let (is_negated, text) = (bare.is_some(), bare.unwrap_or(text).to_owned());
                Pattern { line: line.clone(), at, text, is_negated }
            })
            .filter(|pattern| !pattern.text.is_empty() || pattern.is_negated)
            .collect();
        match self.groups.last_mut().filter(|_| is_joined) {
            Some(last) => last.extend(patterns),
            None if patterns.is_empty() => {}
            None => self.groups.push(patterns),
        }
    }
}

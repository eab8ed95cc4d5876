//! Patterns of blocks: all that look at the same text are tried at once.
//!
//! `parse` adds them, `assigned` asks which blocks hold for a record. Patterns are matched anywhere in the text and in
//! any case, as hledger does.

use csv::StringRecord;
use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder, SetMatches};

use super::rules::{Block, Matcher};

/// All patterns of a file together may take so much memory when they are compiled.
const MOST_BYTES: usize = 64 << 20;

/// What a pattern looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The cells of the record, joined by commas.
    Record,
    /// One cell.
    Column(usize),
}

/// The patterns by what they look at.
#[derive(Clone, Debug, Default)]
pub struct Subjects {
    all: Vec<Patterns>,
}

#[derive(Clone, Debug)]
struct Patterns {
    subject: Subject,
    texts: Vec<String>,
    set: RegexSet,
    /// Those whose catches are asked for.
    single: Vec<Option<Regex>>,
}

/// Which patterns match one record.
pub struct Matched {
    texts: Vec<String>,
    matches: Vec<SetMatches>,
}

impl Subjects {
    /// Adds a pattern; its place and that of its subject.
    ///
    /// # Errors
    /// What is wrong with the pattern.
    pub fn add(&mut self, subject: Subject, text: &str) -> Result<(usize, usize), String> {
        compiled(text)?;
        let known = self.all.iter().position(|patterns| patterns.subject == subject);
        let place = known.unwrap_or_else(|| {
            let set = RegexSet::empty();
            self.all.push(Patterns { subject, texts: Vec::new(), set, single: Vec::new() });
            self.all.len() - 1
        });
        let patterns = &mut self.all[place];
        patterns.texts.push(text.to_owned());
        patterns.single.push(None);
        Ok((place, patterns.texts.len() - 1))
    }

    /// Compiles what was added; the catches of the patterns in `catching` will be asked for.
    ///
    /// # Errors
    /// Where all of them together are too large.
    pub fn compile<'m>(&mut self, catching: impl Iterator<Item = &'m Matcher>) -> Result<(), String> {
        for patterns in &mut self.all {
            let builder = RegexSetBuilder::new(&patterns.texts)
                .case_insensitive(true)
                .size_limit(MOST_BYTES)
                .dfa_size_limit(MOST_BYTES)
                .build();
            patterns.set = builder.map_err(|_| "the patterns are too large together".to_owned())?;
        }
        for matcher in catching {
            let patterns = &mut self.all[matcher.subject];
            patterns.single[matcher.pattern] = Some(compiled(&patterns.texts[matcher.pattern])?);
        }
        Ok(())
    }

    /// The columns that patterns look at.
    pub fn columns(&self) -> impl Iterator<Item = usize> {
        self.all.iter().filter_map(|patterns| match patterns.subject {
            Subject::Record => None,
            Subject::Column(place) => Some(place),
        })
    }

    /// Tries all patterns on a record.
    pub fn matched(&self, record: &StringRecord) -> Matched {
        let texts: Vec<String> = self.all.iter().map(|patterns| patterns.subject.text(record)).collect();
        let matches =
            self.all.iter().zip(&texts).map(|(patterns, text)| patterns.set.matches(text)).collect();
        Matched { texts, matches }
    }

    /// What the patterns of a block catch, of those that match, in their order.
    pub fn catches(&self, block: &Block, matched: &Matched) -> Vec<String> {
        let mut all = Vec::new();
        let matchers = block.groups.iter().flatten().filter(|matcher| !matcher.is_negated);
        for matcher in matchers.filter(|matcher| matched.matches(matcher)) {
            let regex = self.all[matcher.subject].single[matcher.pattern].as_ref();
            let caught = regex.and_then(|regex| regex.captures(&matched.texts[matcher.subject]));
            let groups = caught.iter().flat_map(|caught| caught.iter().skip(1));
            all.extend(groups.map(|group| group.map_or_else(String::new, |text| text.as_str().to_owned())));
        }
        all
    }
}

impl Matched {
    /// Whether a block's conditions hold.
    pub fn holds(&self, block: &Block) -> bool {
        let is_met = |matcher: &Matcher| self.matches(matcher) != matcher.is_negated;
        block.groups.iter().any(|group| group.iter().all(is_met))
    }

    fn matches(&self, matcher: &Matcher) -> bool {
        self.matches[matcher.subject].matched(matcher.pattern)
    }
}

impl Subject {
    fn text(self, record: &StringRecord) -> String {
        match self {
            Subject::Record => record.iter().map(str::trim).collect::<Vec<_>>().join(","),
            Subject::Column(place) => record.get(place).unwrap_or_default().trim().to_owned(),
        }
    }
}

fn compiled(text: &str) -> Result<Regex, String> {
    let regex = RegexBuilder::new(text).case_insensitive(true).size_limit(MOST_BYTES / 16).build();
    regex.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => format!("the pattern `{text}` is too large"),
        _ => format!("`{text}` is no regular expression: {}", last_line(&error.to_string())),
    })
}

/// What the last line of an error says: those before it draw the pattern.
fn last_line(text: &str) -> String {
    let last = text.lines().next_back().unwrap_or_default().trim();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}
